import type { DNSResolver } from 'mailauth';
import type { DnsEntry } from '../../core/forensics/index.ts';
import type { RecordingResolver } from '../dns/index.ts';
import { type KeyReader, keyReader } from './plain-key.ts';
import { plainSpf } from './plain-spf.ts';
import {
  evaluateSpf,
  SPF_TIME_MAX_MS,
  type SpfFinding,
  type SpfQuestion,
  spfFindingOf,
} from './spf.ts';

/**
 * What the messages of one run teach about later ones: keys parsed, SPF answered. A campaign comes
 * from few addresses under few names. Belongs to one source of answers, and is bounded.
 */
export interface CheckMemory {
  readonly keys: KeyReader;
  readonly spf: Map<string, { readonly result: SpfFinding; readonly heard: readonly DnsEntry[] }>;
}

/** Different SMTP sessions remembered, with the name servers' answers that each rests on. */
const SPF_REMEMBERED_MAX = 10_000;

export const checkMemory = (): CheckMemory => ({ keys: keyReader(), spf: new Map() });

/**
 * SPF of one session. A session that was judged before gets the same result, and its answers go
 * into this message's record too, so that the record alone still replays to the result.
 */
export async function rememberedSpf(
  question: SpfQuestion,
  recorder: RecordingResolver,
  { spf }: CheckMemory,
): Promise<SpfFinding> {
  const key = JSON.stringify([question.ip, question.helo, question.sender]);
  const known = spf.get(key);
  if (known !== undefined && recorder.repeat(known.heard)) return known.result;
  const { result, heard } = await judgedSpf(question, recorder);
  const isFirm = result.result !== 'temperror' && !recorder.hitLimit();
  if (isFirm && spf.size < SPF_REMEMBERED_MAX) spf.set(key, { result, heard });
  return result;
}

/** The short way, and where it stands aside, mailauth in what is left of the time. */
async function judgedSpf(
  question: SpfQuestion,
  recorder: RecordingResolver,
): Promise<{ readonly result: SpfFinding; readonly heard: readonly DnsEntry[] }> {
  const start = performance.now();
  const plain = recorder.overheard();
  const result = await plainSpf(question, plain.ask);
  const left = SPF_TIME_MAX_MS - (performance.now() - start);
  if (result !== null && left > 0) return { result, heard: plain.heard() };
  const { resolve, heard } = recorder.overheard();
  const judged = await evaluateSpf(question, resolve as DNSResolver, Math.max(1, left));
  return { result: spfFindingOf(judged), heard: heard() };
}
