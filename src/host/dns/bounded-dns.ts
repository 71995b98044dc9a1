import type { DnsEntry, DnsTranscript, DnsType } from '../../core/forensics/index.ts';
import { questionKey } from '../../core/forensics/index.ts';
import { type DnsSource, NOT_ASKED, unanswered } from './dns-source.ts';

/**
 * All questions of one run: a case is asked about while a person waits, and can be gone on with.
 */
export const RUN_TIME_MAX_MS = 20 * 60_000;
/** Different questions of one run; 6,046 real mails of 2002, most names gone, ask 2,340. */
export const RUN_QUESTIONS_MAX = 100_000;
/**
 * After so many questions in a row on which nobody could say anything, it is asked for the network.
 */
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

/**
 * `live` opens a source without memory; `monotonicMs`: milliseconds that only grow.
 *
 * Silence alone ends nothing, as the senders choose which names are asked: twenty-four dead zones
 * in a few mails would else leave all the others open. It does where the root is silent too.
 */
export function boundedDns(live: () => DnsSource, monotonicMs: () => number): BoundedDns {
  const source = live();
  const until = monotonicMs() + RUN_TIME_MAX_MS;
  const told = new Map<string, Promise<DnsEntry>>();
  const entries: DnsEntry[] = [];
  let stopped: BoundedDns['stopped'] = null;
  let [answered, silentInARow] = [0, 0];
  const keep = async (entry: DnsEntry): Promise<DnsEntry> => {
    entries.push(entry);
    if (SPOKEN.has(entry.error)) {
      answered += 1;
      silentInARow = 0;
    } else {
      silentInARow += 1;
      if (silentInARow < SILENT_MAX) return entry;
      silentInARow = 0;
      if (!(await hasNetwork(live()))) stopped ??= 'silent';
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

/** The servers of the root are known to whoever answers at all; the question names nobody. */
const hasNetwork = async ({ ask }: DnsSource): Promise<boolean> =>
  SPOKEN.has((await ask('.', 'NS')).error);

/** Not kept: what nobody was asked is open, and the next run asks it. */
const notAsked = (name: string, type: DnsType, { now }: DnsSource): DnsEntry =>
  unanswered({ name, type }, NOT_ASKED, now());
