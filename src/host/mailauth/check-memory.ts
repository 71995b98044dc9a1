import type { DNSResolver, SPFResult } from 'mailauth';
import type { DnsEntry } from '../../core/forensics/index.ts';
import type { RecordingResolver } from '../dns/index.ts';
import { type KeyReader, keyReader } from './plain-key.ts';
import { evaluateSpf, type SpfQuestion } from './spf.ts';

/**
 * What the messages of one run teach about later ones: keys parsed, SPF answered. A campaign comes
 * from few addresses under few names. Belongs to one source of answers, and is bounded.
 */
export interface CheckMemory {
  readonly keys: KeyReader;
  readonly spf: Map<string, { readonly result: SPFResult; readonly heard: readonly DnsEntry[] }>;
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
): Promise<SPFResult> {
  const key = JSON.stringify([question.ip, question.helo, question.sender]);
  const known = spf.get(key);
  if (known !== undefined && recorder.repeat(known.heard)) return known.result;
  const { resolve, heard } = recorder.overheard();
  const result = await evaluateSpf(question, resolve as DNSResolver);
  const isFirm = result.status.result !== 'temperror' && !recorder.hitLimit();
  if (isFirm && spf.size < SPF_REMEMBERED_MAX) spf.set(key, { result, heard: heard() });
  return result;
}
