import type { HeaderField, MailMessage } from '../mail/index.ts';
import { isResults, type RecordPlace, recordPlaces } from '../route/index.ts';
import type { AuthResult } from './authentication.ts';

/** More of these fields in one message are not read: a forger's pile, not a provider's record. */
const RECORDED_FIELDS_MAX = 50;
/** More results in one field are not read. */
const RECORDED_RESULTS_MAX = 50;
/** Real fields stay under 4 kB; a longer one is cut. */
const RECORDED_FIELD_LENGTH_MAX = 16_384;

/** One `method=result` of an Authentication-Results field (RFC 8601 section 2.2). */
export interface RecordedResult {
  /** Lower case: `spf`, `dkim`, `dmarc`, `arc`, ... */
  readonly method: string;
  /** Lower case; null for a word that RFC 8601 does not know. */
  readonly result: AuthResult | null;
  /** The result that was written, where it rests on a guess and `result` says what is published. */
  readonly guessed?: AuthResult;
  /** `ptype.property` in lower case to its value: `smtp.mailfrom`, `header.d`. */
  readonly properties: Readonly<Record<string, string>>;
  readonly reason: string | null;
  readonly comment: string | null;
}

/** One field in which a server wrote down what it checked, and how far that can be believed. */
export interface RecordedResults {
  readonly header: 'Authentication-Results' | 'Received-SPF';
  /** Who says so (authserv-id); null where the field names nobody, as Microsoft's. */
  readonly recordedBy: string | null;
  /** Where it stands, and so who wrote it. */
  readonly place: RecordPlace;
  /** The recipient's own record: `above` or `at`. Everything else is a claim, in no verdict. */
  readonly trusted: boolean;
  readonly results: readonly RecordedResult[];
  /**
   * The policy of the domain shown, where the same side repeats it in a field beside its results.
   */
  readonly policy?: string;
  readonly offset: number;
  readonly length: number;
}

/** Reads every Authentication-Results and Received-SPF field of a message, in message order. */
export function readRecordedResults(
  message: Pick<MailMessage, 'headers' | 'route'>,
): readonly RecordedResults[] {
  const fields = message.headers
    .filter((field) => isResults(field.name))
    .slice(0, RECORDED_FIELDS_MAX);
  if (fields.length === 0) return [];
  const read = new Map(fields.map((field) => [field, readField(field)]));
  const placeOf = recordPlaces(message.headers, message.route, (field) => {
    const { id, results } = read.get(field) ?? readField(field);
    return { id, methods: results.map(({ method }) => method) };
  });
  const recorded = [...read].map(([field, { id, results }]): RecordedResults => {
    const place = placeOf(field);
    return {
      header: isSpfField(field) ? 'Received-SPF' : 'Authentication-Results',
      recordedBy: id,
      place,
      trusted: place === 'above' || place === 'at',
      results,
      offset: field.offset,
      length: field.length,
    };
  });
  const policy = policyBeside(message.headers, recorded);
  return policy === null
    ? recorded
    : recorded.map((one) => (one.place === 'at' ? { ...one, policy } : one));
}

/**
 * Apple writes `X-DMARC-Info: pass=fail; dmarc-policy=reject` between its results. Nobody else's
 * field can stand between two of one run (`RecordsBelow`).
 */
function policyBeside(
  headers: readonly HeaderField[],
  recorded: readonly RecordedResults[],
): string | null {
  const own = recorded.filter(({ place }) => place === 'at');
  const [first, last] = [own[0]?.offset ?? 0, own.at(-1)?.offset ?? 0];
  const field = headers.find(
    ({ name, offset }) => offset > first && offset < last && name.toLowerCase() === DMARC_INFO,
  );
  return field === undefined ? null : (/\bdmarc-policy=([a-z]+)/i.exec(field.value)?.[1] ?? null);
}

const DMARC_INFO = 'x-dmarc-info';

const isSpfField = ({ name }: HeaderField): boolean => name.length === 'received-spf'.length;

function readField(field: HeaderField): ReturnType<typeof parseAuthenticationResults> {
  const value = field.value.slice(0, RECORDED_FIELD_LENGTH_MAX);
  return isSpfField(field) ? readReceivedSpf(value) : parseAuthenticationResults(value);
}

const RESULTS: ReadonlySet<string> = new Set<AuthResult>([
  'pass',
  'fail',
  'softfail',
  'neutral',
  'none',
  'policy',
  'temperror',
  'permerror',
]);

/** `hardfail`, `bestguesspass` and the like are not in the registry and say nothing that counts. */
export function authResultFrom(word: string): AuthResult | null {
  const lower = word.toLowerCase();
  return RESULTS.has(lower) ? (lower as AuthResult) : null;
}

interface Statement {
  readonly words: readonly string[];
  readonly comment: string | null;
}

/**
 * Reads an Authentication-Results value (RFC 8601 section 2.2), with the field's usual liberties:
 * no authserv-id, values with `=` in them, missing versions. Linear time, never throws.
 */
export function parseAuthenticationResults(value: string): {
  readonly id: string | null;
  readonly results: readonly RecordedResult[];
} {
  const statements = splitStatements(value);
  const [first, ...rest] = statements;
  const named = first !== undefined && !(first.words[0] ?? '=').includes('=');
  const id = named ? (first.words[0] ?? '').toLowerCase() : null;
  const results = (named ? rest : statements)
    .slice(0, RECORDED_RESULTS_MAX)
    .flatMap((statement) => readStatement(statement) ?? []);
  return { id: id === '' ? null : id, results };
}

function readStatement({ words, comment }: Statement): RecordedResult | null {
  const [method, result] = pair(words[0] ?? '');
  if (result === null || method === '') return null;
  const properties: Record<string, string> = {};
  let reason: string | null = null;
  for (const word of words.slice(1)) {
    const [name, stated] = pair(word);
    if (stated === null) continue;
    if (name === 'reason') reason = stated;
    else if (!Object.hasOwn(properties, name)) properties[name] = stated;
  }
  const name = method.replace(/\/\d+$/, '');
  return { method: name, ...resultOf(name, result, comment), properties, reason, comment };
}

/**
 * Google guesses an SPF record for a domain that has none, from its A and MX records ("best guess
 * record for domain of ..."). No record is `none` (RFC 7208 section 2.6.1), and authorises nobody.
 */
function resultOf(
  method: string,
  word: string,
  comment: string | null,
): Pick<RecordedResult, 'result' | 'guessed'> {
  const result = authResultFrom(word);
  const isGuess = method === 'spf' && BEST_GUESS.test(comment ?? '');
  return isGuess && result !== null ? { result: 'none', guessed: result } : { result };
}

const BEST_GUESS = /\bbest guess record for domain\b/i;

function pair(word: string): readonly [string, string | null] {
  const equals = word.indexOf('=');
  if (equals < 0) return [word.toLowerCase(), null];
  return [word.slice(0, equals).toLowerCase(), word.slice(equals + 1)];
}

/**
 * Splits at `;` into words; comments go aside, quoted strings lose their quotes, `a = b` is `a=b`.
 */
function splitStatements(value: string): readonly Statement[] {
  const statements: Statement[] = [];
  let words: string[] = [];
  let comments: string[] = [];
  const close = (): void => {
    statements.push({ words: joinMarks(words), comment: comments.join(' ') || null });
    words = [];
    comments = [];
  };
  let glued = false;
  for (let at = 0; at < value.length; ) {
    const char = value[at] ?? '';
    if (/\s/.test(char)) {
      glued = false;
      at += 1;
    } else if (char === ';') {
      close();
      glued = false;
      at += 1;
    } else if (char === '(') {
      const end = commentEnd(value, at);
      comments.push(value.slice(at + 1, end - 1).trim());
      glued = false;
      at = end;
    } else {
      const end = char === '"' ? quoteEnd(value, at) : wordEnd(value, at);
      const text = char === '"' ? unquote(value.slice(at, end)) : value.slice(at, end);
      if (glued) words.push(`${words.pop() ?? ''}${text}`);
      else words.push(text);
      glued = true;
      at = end;
    }
  }
  close();
  return statements;
}

/** RFC 8601 allows blanks and comments around `=`, `.` and `/`: `policy . expired = 1`. */
function joinMarks(words: readonly string[]): readonly string[] {
  const joined: string[] = [];
  let wasMark = false;
  for (const word of words) {
    const last = joined.at(-1);
    const isMark = word === '.' || word === '/';
    const joins = isMark || wasMark || (last !== undefined && joinsByEquals(last, word));
    if (last !== undefined && joins) joined[joined.length - 1] = last + word;
    else joined.push(word);
    wasMark = isMark;
  }
  return joined;
}

/** Base64 values end in `=` too: only a lone `name =` or `= value` is joined. */
const joinsByEquals = (last: string, word: string): boolean =>
  word.startsWith('=') ? !last.includes('=') : last.indexOf('=') === last.length - 1;

function commentEnd(value: string, open: number): number {
  let depth = 0;
  for (let at = open; at < value.length; at += 1) {
    const char = value[at];
    if (char === '\\') at += 1;
    else if (char === '(') depth += 1;
    else if (char === ')') {
      depth -= 1;
      if (depth === 0) return at + 1;
    }
  }
  return value.length + 1;
}

function quoteEnd(value: string, open: number): number {
  for (let at = open + 1; at < value.length; at += 1) {
    if (value[at] === '\\') at += 1;
    else if (value[at] === '"') return at + 1;
  }
  return value.length;
}

function wordEnd(value: string, start: number): number {
  let at = start;
  while (at < value.length && !/[\s;("]/.test(value[at] ?? '')) at += 1;
  return at;
}

const unquote = (quoted: string): string => quoted.replace(/^"|"$/g, '').replace(/\\(.)/gs, '$1');

/** RFC 7208 section 9.1: `pass (comment) client-ip=192.0.2.1; envelope-from="a@b"; ...`. */
function readReceivedSpf(value: string): ReturnType<typeof parseAuthenticationResults> {
  const statements = splitStatements(value);
  const words = statements.flatMap((statement) => statement.words);
  const properties: Record<string, string> = {};
  for (const word of words.slice(1)) {
    const [name, stated] = pair(word);
    if (stated !== null && !Object.hasOwn(properties, name)) properties[name] = stated;
  }
  const sender = properties['envelope-from'];
  if (sender !== undefined) properties['smtp.mailfrom'] = sender;
  const comment = statements[0]?.comment ?? null;
  const id = properties['receiver'] ?? /^([\w.-]+):/.exec(comment ?? '')?.[1] ?? null;
  return {
    id: id === null ? null : id.toLowerCase(),
    results: [
      {
        method: 'spf',
        ...resultOf('spf', words[0] ?? '', comment),
        properties,
        reason: null,
        comment,
      },
    ],
  };
}
