import type { DNSResolver } from 'mailauth';
import type { DnsEntry } from '../../core/forensics/index.ts';
import {
  askingClock,
  type DnsSource,
  NOT_RECORDED,
  type RecordingResolver,
  recordingResolver,
} from '../dns/index.ts';
import { discreetResolver, hasLocalPart } from './local-part.ts';
import { type PolicyReader, policyReader } from './plain-dmarc.ts';
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
 * What the messages of one run teach about later ones: keys and policies read, SPF answered. A
 * campaign comes from few addresses under few names. Belongs to one source of answers, and is
 * bounded.
 */
export interface CheckMemory {
  readonly keys: KeyReader;
  readonly policies: PolicyReader;
  readonly spf: Map<string, { readonly result: SpfFinding; readonly heard: readonly DnsEntry[] }>;
}

/** Different SMTP sessions remembered, with the name servers' answers that each rests on. */
const SPF_REMEMBERED_MAX = 10_000;

export const checkMemory = (): CheckMemory => ({
  keys: keyReader(),
  policies: policyReader(),
  spf: new Map(),
});

/**
 * SPF of one session. A session that was judged before gets the same result, and its answers go
 * into this message's record too, so that the record alone still replays to the result.
 */
export async function rememberedSpf(
  question: SpfQuestion,
  { dns, recorder, memory: { spf } }: SpfSources,
): Promise<SpfFinding> {
  const key = JSON.stringify([question.ip, question.helo, question.sender]);
  const known = spf.get(key);
  if (known !== undefined && recorder.repeat(known.heard)) return known.result;
  const { result, heard } = await judgedSpf(question, dns, recorder);
  const isFirm = result.result !== 'temperror' && !recorder.hitLimit();
  if (isFirm && spf.size < SPF_REMEMBERED_MAX) spf.set(key, { result, heard });
  return result;
}

/** Where SPF's answers come from, and where they are kept. */
export interface SpfSources {
  readonly dns: DnsSource;
  /** Of the message, over `dns`. */
  readonly recorder: RecordingResolver;
  readonly memory: CheckMemory;
}

interface Judged {
  readonly result: SpfFinding;
  readonly heard: readonly DnsEntry[];
}

/** The short way, and where it stands aside, mailauth in what is left of the time. */
async function judgedSpf(
  question: SpfQuestion,
  dns: DnsSource,
  recorder: RecordingResolver,
): Promise<Judged> {
  const clock = askingClock(dns);
  const start = clock();
  const left = (): number => SPF_TIME_MAX_MS - (clock() - start);
  const plain = recorder.overheard();
  const result = await plainSpf(question, plain.ask);
  if (result !== null && left() > 0) return { result, heard: plain.heard() };
  const timeMaxMs = dns.kind === 'recorded' ? null : Math.max(1, left());
  return hasLocalPart(question) && dns.asksLocalParts !== true
    ? discreetSpf(question, { dns, recorder, timeMaxMs })
    : judgedByMailauth(question, recorder, timeMaxMs);
}

async function judgedByMailauth(
  question: SpfQuestion,
  recorder: RecordingResolver,
  timeMaxMs: number | null,
): Promise<Judged> {
  const { resolve, heard } = recorder.overheard();
  const judged = await evaluateSpf(question, resolve as DNSResolver, timeMaxMs);
  return { result: spfFindingOf(judged), heard: heard() };
}

/**
 * Nobody is asked for what spells the sender's local part, which can name the recipient. A
 * recording gives it where it was asked for.
 */
async function discreetSpf(
  question: SpfQuestion,
  { dns, recorder, timeMaxMs }: Omit<SpfSources, 'memory'> & { readonly timeMaxMs: number | null },
): Promise<Judged> {
  const { resolve, heard } = recorder.overheard();
  const discreet = discreetResolver(resolve);
  const judged = spfFindingOf(
    await evaluateSpf(question, discreet.resolve as DNSResolver, timeMaxMs),
  );
  const result = { ...judged, record: discreet.published(judged.record) };
  if (!discreet.hasHeldBack()) return { result, heard: heard() };
  if (dns.kind === 'recorded') {
    const whole = await judgedByMailauth(question, recordingResolver(dns, askingClock(dns)), null);
    const isKnown = whole.heard.every(({ error }) => error !== NOT_RECORDED);
    if (isKnown && recorder.repeat(whole.heard)) return whole;
  }
  return { result: { ...result, isHeldBack: true }, heard: heard() };
}
