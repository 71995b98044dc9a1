import { fail, type Instant, isRecord, ok, parseInstant, type Result } from '../base/index.ts';

/** Record types that the checks ask for (RFC 1035, RFC 3596). */
export type DnsType = 'A' | 'AAAA' | 'TXT' | 'MX' | 'PTR' | 'CNAME' | 'NS';

/**
 * One resource record as the checks read it: TXT keeps its strings apart (RFC 7208 section 3.3).
 */
export type DnsRecord =
  | string
  | readonly string[]
  | { readonly exchange: string; readonly priority: number };

/**
 * One question and what was answered, as sealed with the finding that rests on it.
 *
 * `error` is null for an answer, else a code as Node's resolver names them: `ENOTFOUND` (no such
 * name), `ENODATA` (no such record), `ETIMEOUT`, `ESERVFAIL`, ...; `ELIMIT` where the cap on
 * questions was reached and nothing was asked.
 */
export interface DnsEntry {
  readonly name: string;
  readonly type: DnsType;
  readonly time: Instant;
  /** Name servers that were asked, as configured; empty where unknown. */
  readonly server: string;
  readonly answers: readonly DnsRecord[];
  /** Seconds; null where the resolver does not tell. */
  readonly ttl: number | null;
  readonly error: string | null;
}

/**
 * Everything that name servers answered, in order of asking. Replays to the same results offline.
 */
export interface DnsTranscript {
  readonly schema: 'tocsin/dns-transcript/1';
  readonly entries: readonly DnsEntry[];
  /** Of a case: the originals whose questions were put to the end, as paths by exhibit. */
  readonly asked?: Readonly<Record<string, readonly string[]>>;
}

/** Why a file is no transcript. */
export interface TranscriptFailure {
  readonly code: 'transcript-malformed';
  /** Index of the entry that could not be read; null where it is the document. */
  readonly entry: number | null;
}

/** Entries of one transcript file; a case of 10,000 mails has fewer. */
const TRANSCRIPT_ENTRIES_MAX = 1_000_000;

const TYPES: ReadonlySet<string> = new Set(['A', 'AAAA', 'TXT', 'MX', 'PTR', 'CNAME', 'NS']);

/** Reads a transcript from parsed JSON. */
export function parseDnsTranscript(value: unknown): Result<DnsTranscript, TranscriptFailure> {
  const entries = isRecord(value) && isList(value['entries']) ? value['entries'] : null;
  const isOurs = isRecord(value) && value['schema'] === 'tocsin/dns-transcript/1';
  if (entries === null || !isOurs || entries.length > TRANSCRIPT_ENTRIES_MAX)
    return fail({ code: 'transcript-malformed', entry: null });
  const read: DnsEntry[] = [];
  for (const [index, row] of entries.entries()) {
    const entry = parseEntry(row);
    if (entry === null) return fail({ code: 'transcript-malformed', entry: index });
    read.push(entry);
  }
  const asked = isRecord(value) ? value['asked'] : undefined;
  if (asked !== undefined && !isAsked(asked))
    return fail({ code: 'transcript-malformed', entry: null });
  return ok({
    schema: 'tocsin/dns-transcript/1',
    entries: read,
    ...(asked === undefined ? {} : { asked }),
  });
}

const isAsked = (value: unknown): value is NonNullable<DnsTranscript['asked']> =>
  isRecord(value) &&
  Object.values(value).every(
    (paths) => isList(paths) && paths.every((path) => typeof path === 'string'),
  );

function parseEntry(row: unknown): DnsEntry | null {
  if (!isRecord(row)) return null;
  const { name, type, time, server, answers, ttl, error } = row;
  const instant = typeof time === 'string' ? parseInstant(time) : null;
  if (typeof name !== 'string' || typeof type !== 'string' || !TYPES.has(type)) return null;
  if (typeof server !== 'string' || instant?.ok !== true || !isList(answers)) return null;
  if (ttl !== null && typeof ttl !== 'number') return null;
  if (error !== null && typeof error !== 'string') return null;
  const records = answers.map(parseRecord);
  if (records.includes(null)) return null;
  return {
    name,
    type: type as DnsType,
    time: instant.value,
    server,
    answers: records.filter((record) => record !== null),
    ttl,
    error,
  };
}

function parseRecord(value: unknown): DnsRecord | null {
  if (typeof value === 'string') return value;
  if (isList(value)) return value.every((part) => typeof part === 'string') ? value : null;
  if (!isRecord(value)) return null;
  const { exchange, priority } = value;
  return typeof exchange === 'string' && typeof priority === 'number'
    ? { exchange, priority }
    : null;
}

const isList = (value: unknown): value is readonly unknown[] => Array.isArray(value);

/** One question in the spelling under which its answer is kept. */
export const questionKey = (name: string, type: string): string =>
  `${type} ${(name.endsWith('.') ? name.slice(0, -1) : name).toLowerCase()}`;
