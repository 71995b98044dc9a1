import { Resolver } from 'node:dns/promises';
import type { Instant } from '../../core/base/index.ts';
import {
  type DnsEntry,
  type DnsRecord,
  type DnsTranscript,
  type DnsType,
  questionKey,
} from '../../core/forensics/index.ts';

/** Asks one question; the promise always resolves, a failure is the entry's `error`. */
export type DnsAsk = (name: string, type: DnsType) => Promise<DnsEntry>;

/** Where answers come from. `live` asks the network, `recorded` a sealed transcript. */
export interface DnsSource {
  readonly kind: 'live' | 'recorded';
  readonly ask: DnsAsk;
  /** The time of asking: of a transcript, when it was made, so that a replay gives the same. */
  readonly now: () => Instant;
  /** Also asks what spells the local part of a sender (SPF's `%{l}`); it can name the recipient. */
  readonly asksLocalParts?: boolean;
}

/** Error of a question that a transcript does not hold. */
export const NOT_RECORDED = 'ENOTRECORDED';
/** Error of a question that was not put, as the run was over. */
export const NOT_ASKED = 'ENOTASKED';
/** Error of a question over the limit of one message. */
export const OVER_LIMIT = 'ELIMIT';

const UNHEARD: ReadonlySet<string | null> = new Set([NOT_RECORDED, NOT_ASKED, OVER_LIMIT]);

/** When the last of the questions was put to a name server; null where none was. */
export const lastAsked = (entries: readonly DnsEntry[]): Instant | null =>
  entries.reduce<Instant | null>(
    (last, { time, error }) =>
      UNHEARD.has(error) || (last !== null && time <= last) ? last : time,
    null,
  );

/**
 * Milliseconds that count towards the limits of time. None do where answers come from a recording:
 * what follows from it must not depend on how fast a machine reads it.
 */
export const askingClock = ({ kind }: DnsSource): (() => number) =>
  kind === 'recorded' ? () => 0 : () => performance.now();

/** One question, retry included; a slow server of the sender must not hold a case up. */
const QUESTION_TIME_MAX_MS = 5_000;
/** Answers kept for the messages that follow; the same few domains send a campaign. */
const REMEMBERED_MAX = 50_000;

export interface LiveDnsOptions {
  readonly now: () => Instant;
  /** `192.0.2.53` or `192.0.2.53:5353`; the system's servers where empty. */
  readonly servers?: readonly string[];
  readonly timeMaxMs?: number;
  readonly asksLocalParts?: boolean;
}

/**
 * Asks name servers over the network, each question once per process.
 *
 * Opt-in: the names that are asked for tell the sender's name server that a message is being
 * examined, per-recipient selectors and SPF macros which.
 */
export function liveDns(options: LiveDnsOptions): DnsSource {
  const resolver = new Resolver({
    timeout: (options.timeMaxMs ?? QUESTION_TIME_MAX_MS) / 2,
    tries: 2,
  });
  if (options.servers !== undefined && options.servers.length > 0)
    resolver.setServers([...options.servers]);
  const server = resolver.getServers().join(' ');
  const asked = new Map<string, Promise<DnsEntry>>();
  const ask = async (name: string, type: DnsType): Promise<DnsEntry> => {
    const entry = { name, type, time: options.now(), server };
    try {
      const { answers, ttl } = await query(resolver, name, type);
      const error = answers.length === 0 ? 'ENODATA' : null;
      return { ...entry, answers, ttl, error };
    } catch (cause) {
      return { ...entry, answers: [], ttl: null, error: codeOf(cause) };
    }
  };
  return {
    kind: 'live',
    now: options.now,
    asksLocalParts: options.asksLocalParts === true,
    ask: (name, type) => {
      const key = questionKey(name, type);
      const known = asked.get(key);
      if (known !== undefined) return known;
      const answer = ask(name, type);
      if (asked.size < REMEMBERED_MAX) asked.set(key, answer);
      return answer;
    },
  };
}

async function query(
  resolver: Resolver,
  name: string,
  type: DnsType,
): Promise<{ readonly answers: readonly DnsRecord[]; readonly ttl: number | null }> {
  if (type === 'A' || type === 'AAAA') {
    const records =
      type === 'A'
        ? await resolver.resolve4(name, { ttl: true })
        : await resolver.resolve6(name, { ttl: true });
    const answers = records.map((record) => record.address);
    return { answers, ttl: records.length === 0 ? null : Math.min(...records.map((r) => r.ttl)) };
  }
  if (type === 'MX') {
    const records = await resolver.resolveMx(name);
    return {
      answers: records.map(({ exchange, priority }) => ({ exchange, priority })),
      ttl: null,
    };
  }
  const answers = (await resolver.resolve(name, type)) as readonly DnsRecord[];
  return { answers, ttl: null };
}

/** Node's own codes only; a message could hold the name that was asked. */
function codeOf(cause: unknown): string {
  const code = cause instanceof Error && 'code' in cause ? cause.code : undefined;
  return typeof code === 'string' && /^E[A-Z_]{2,30}$/.test(code) ? code : 'EUNKNOWN';
}

const EPOCH = '1970-01-01T00:00:00.000Z' as Instant;

/**
 * Answers from a transcript. A question that it does not hold was not asked then: the answer is
 * the error `NOT_RECORDED`, which makes the check a temporary error and never a fail.
 */
export function recordedDns(transcript: DnsTranscript): DnsSource {
  const now = (): Instant => transcript.entries.at(-1)?.time ?? EPOCH;
  const entries = new Map<string, DnsEntry>();
  for (const entry of transcript.entries) {
    const key = questionKey(entry.name, entry.type);
    if (!entries.has(key)) entries.set(key, entry);
  }
  return {
    kind: 'recorded',
    now,
    ask: async (name, type) =>
      entries.get(questionKey(name, type)) ?? unanswered({ name, type }, NOT_RECORDED, now()),
  };
}

/** The entry of a question that no server was asked; `error` says why. */
export const unanswered = (
  { name, type }: { readonly name: string; readonly type: DnsType },
  error: string,
  time: Instant,
): DnsEntry => ({ name, type, time, server: '', answers: [], ttl: null, error });
