import {
  type DnsEntry,
  type DnsRecord,
  type DnsTranscript,
  type DnsType,
  questionKey,
} from '../../core/forensics/index.ts';
import { type DnsSource, OVER_LIMIT, unanswered } from './dns-source.ts';

/** Questions about one message: SPF 10 + 10 MX + 10 PTR, 10 signatures, ARC, DMARC's tree walks. */
export const MESSAGE_QUESTIONS_MAX = 100;
/** All questions about one message together; later ones time out without being asked. */
export const MESSAGE_TIME_MAX_MS = 20_000;

/** The resolver that one message's checks ask, and what they were told. */
export interface RecordingResolver {
  /** As `dns.promises.resolve`: throws an error with a `code`. */
  readonly resolve: (name: string, type: string) => Promise<DnsRecord[]>;
  /** The same without throwing: an absent record is an entry with an `error`. */
  readonly ask: (name: string, type: DnsType) => Promise<DnsEntry>;
  /** In order of first asking; each question once. */
  readonly transcript: () => DnsTranscript;
  /**
   * A resolver of the same record that also says which answers it gave, each once, in order of
   * asking.
   */
  readonly overheard: () => {
    readonly resolve: RecordingResolver['resolve'];
    readonly ask: RecordingResolver['ask'];
    readonly heard: () => readonly DnsEntry[];
  };
  /** Records answers that another message's record holds; false where they would pass the limit. */
  readonly repeat: (entries: readonly DnsEntry[]) => boolean;
  /** A question was refused because of `MESSAGE_QUESTIONS_MAX` or `MESSAGE_TIME_MAX_MS`. */
  readonly hitLimit: () => boolean;
}

/**
 * Keeps every answer that one message's checks get, and caps how many questions they may ask.
 * `monotonicMs`: milliseconds that only grow.
 */
export function recordingResolver(source: DnsSource, monotonicMs: () => number): RecordingResolver {
  const kept = new Map<string, Promise<DnsEntry>>();
  const told: DnsEntry[] = [];
  const until = monotonicMs() + MESSAGE_TIME_MAX_MS;
  let refused = false;
  const ask = async (name: string, type: DnsType): Promise<DnsEntry> => {
    const error =
      kept.size >= MESSAGE_QUESTIONS_MAX ? OVER_LIMIT : monotonicMs() > until ? 'ETIMEOUT' : null;
    if (error === null) return await source.ask(name, type);
    refused = true;
    return unanswered({ name, type }, error, source.now());
  };
  const entryOf = async (name: string, type: string): Promise<DnsEntry> => {
    const key = questionKey(name, type);
    let answer = kept.get(key);
    if (answer === undefined) {
      answer = ask(name, type as DnsType);
      kept.set(key, answer);
      answer.then((entry) => told.push(entry)).catch(() => undefined);
    }
    return await answer;
  };
  return {
    resolve: async (name, type) => recordsOf(await entryOf(name, type)),
    ask: entryOf,
    overheard() {
      const heard = new Set<DnsEntry>();
      const listen = async (name: string, type: string): Promise<DnsEntry> => {
        const entry = await entryOf(name, type);
        heard.add(entry);
        return entry;
      };
      return {
        resolve: async (name, type) => recordsOf(await listen(name, type)),
        ask: listen,
        heard: () => [...heard],
      };
    },
    repeat(entries) {
      if (kept.size + entries.length > MESSAGE_QUESTIONS_MAX) return false;
      for (const entry of entries) {
        const key = questionKey(entry.name, entry.type);
        if (kept.has(key)) continue;
        kept.set(key, Promise.resolve(entry));
        told.push(entry);
      }
      return true;
    },
    transcript: () => ({ schema: 'tocsin/dns-transcript/1', entries: [...told] }),
    hitLimit: () => refused,
  };
}

function recordsOf({ error, answers }: DnsEntry): DnsRecord[] {
  if (error !== null) throw dnsError(error);
  return [...answers];
}

/** Without a stack: absent records are answers, and half of all DMARC look-ups end in one. */
function dnsError(code: string): Error {
  const depth = Error.stackTraceLimit;
  Error.stackTraceLimit = 0;
  const error = Object.assign(new Error(`DNS: ${code}`), { code });
  Error.stackTraceLimit = depth;
  return error;
}
