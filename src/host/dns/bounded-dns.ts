import type { DnsEntry, DnsTranscript, DnsType } from '../../core/forensics/index.ts';
import { questionKey } from '../../core/forensics/index.ts';
import type { DnsSource } from './dns-source.ts';

/** All questions of one run: a case is asked about while a person waits, and can be gone on with. */
export const RUN_TIME_MAX_MS = 20 * 60_000;
/** Different questions of one run; 6,046 real mails of 2002, most names gone, ask 2,340. */
export const RUN_QUESTIONS_MAX = 100_000;
/** Questions in a row on which nobody could say anything: then there is no network. */
export const SILENT_MAX = 24;

/** A source that asks no more when it is of no use, and remembers what it was told. */
export interface BoundedDns {
  readonly source: DnsSource;
  readonly stopped: 'silent' | 'time-over-limit' | 'questions-over-limit' | null;
  readonly answered: number;
  readonly unanswered: number;
  /** Every question that was put, once, with its answer or error. */
  readonly transcript: () => DnsTranscript;
}

/** `monotonicMs`: milliseconds that only grow. */
export function boundedDns(source: DnsSource, monotonicMs: () => number): BoundedDns {
  const until = monotonicMs() + RUN_TIME_MAX_MS;
  const told = new Map<string, Promise<DnsEntry>>();
  const entries: DnsEntry[] = [];
  let stopped: BoundedDns['stopped'] = null;
  let [answered, silentInARow] = [0, 0];
  const keep = (entry: DnsEntry): DnsEntry => {
    entries.push(entry);
    if (SPOKEN.has(entry.error)) {
      answered += 1;
      silentInARow = 0;
    } else {
      silentInARow += 1;
      if (silentInARow >= SILENT_MAX) stopped ??= 'silent';
    }
    return entry;
  };
  const ask = (name: string, type: DnsType): Promise<DnsEntry> => {
    const key = questionKey(name, type);
    const known = told.get(key);
    if (known !== undefined) return known;
    if (monotonicMs() > until) stopped ??= 'time-over-limit';
    if (told.size >= RUN_QUESTIONS_MAX) stopped ??= 'questions-over-limit';
    if (stopped !== null) return Promise.resolve(notAsked(name, type, source));
    const answer = source.ask(name, type).then(keep);
    told.set(key, answer);
    return answer;
  };
  return {
    source: { ...source, ask },
    get stopped() {
      return stopped;
    },
    get answered() {
      return answered;
    },
    get unanswered() {
      return entries.length - answered;
    },
    transcript: () => ({ schema: 'tocsin/dns-transcript/1', entries: [...entries] }),
  };
}

/** A record, no such record, no such name: all else is the words of nobody. */
const SPOKEN: ReadonlySet<string | null> = new Set([null, 'ENODATA', 'ENOTFOUND']);

/** Not kept: what nobody was asked is open, and the next run asks it. */
const notAsked = (name: string, type: DnsType, { now }: DnsSource): DnsEntry => ({
  name,
  type,
  time: now(),
  server: '',
  answers: [],
  ttl: null,
  error: 'ENOTASKED',
});
