import { parseIpAddress } from './ip-address.ts';

/** A word of a Received field, or a comment: its text without the outer parentheses. */
export interface ReceivedToken {
  readonly kind: 'word' | 'comment';
  readonly text: string;
}

/** The clauses of a Received field (RFC 5321 section 4.4). */
export type ClauseName = 'from' | 'by' | 'via' | 'with' | 'id' | 'for';

/** A Received field cut into its clauses; nothing of it is interpreted. */
export interface ReceivedClauses {
  /** Words and comments of each clause; clauses of one name are joined. */
  readonly clauses: Readonly<Partial<Record<ClauseName, readonly ReceivedToken[]>>>;
  /** Comments before the first clause: `(qmail 123 invoked by uid 104)`. */
  readonly lead: readonly string[];
  /** Where a date may stand, likeliest first: behind a semicolon, else behind the last value. */
  readonly dateTexts: readonly string[];
}

/** Real fields have below fifty; the rest of a longer one is left out. */
export const RECEIVED_TOKENS_MAX = 400;

const CLAUSES: ReadonlySet<string> = new Set(['from', 'by', 'via', 'with', 'id', 'for']);

/** RFC 5321 section 4.4 puts the date behind a semicolon; some software writes others before it. */
const DATE_TEXTS_MAX = 3;

/**
 * Splits a Received value into its clauses in one pass, without looking back.
 *
 * A clause name counts only outside comments and where it does not itself stand as the value of
 * the clause before (`from with by mx.example`).
 */
export function readClauses(value: string): ReceivedClauses {
  const clauses: Partial<Record<ClauseName, ReceivedToken[]>> = {};
  const lead: string[] = [];
  let open: ReceivedToken[] | null = null;
  let awaitsValue = false;
  const { tokens, semicolons } = scanTokens(value);
  const ended: ReceivedToken[] = [];
  for (const token of tokens) {
    if (token.kind === 'end') {
      open = ended;
      continue;
    }
    const name = token.kind === 'word' && !awaitsValue ? clauseName(token.text) : null;
    if (name !== null) {
      // Smail writes `from host from [ip] by ...`: what is said twice is one clause.
      open = clauses[name] ??= [];
      awaitsValue = true;
    } else {
      if (open !== null) open.push(token);
      else if (token.kind === 'comment') lead.push(token.text);
      if (token.kind === 'word') awaitsValue = false;
    }
  }
  const dateTexts = semicolons.map((at, index) => value.slice(at + 1, semicolons[index - 1]));
  if (dateTexts.length === 0 && open !== null) dateTexts.push(wordsBehindValue(open));
  return { clauses, lead, dateTexts };
}

/** The clause that a word opens, in either case of its letters; null for any other word. */
export function clauseName(word: string): ClauseName | null {
  if (word.length < 2 || word.length > 4) return null;
  if (CLAUSES.has(word)) return word as ClauseName;
  const lower = word.toLowerCase();
  return CLAUSES.has(lower) ? (lower as ClauseName) : null;
}

/** SendGrid: `id X 2023-09-03 08:13:49.4 +0000 UTC m=+996.9` (Go's clock, no semicolon). */
const wordsBehindValue = (tokens: readonly ReceivedToken[]): string =>
  tokens
    .filter((token, index) => index > 0 && token.kind === 'word' && !token.text.startsWith('m='))
    .map((token) => token.text)
    .join(' ');

/** A semicolon: no clause goes on behind it. */
const END = { kind: 'end', text: ';' } as const;

interface Scanned {
  readonly tokens: readonly (ReceivedToken | typeof END)[];
  /** Places of the last semicolons outside comments, last first. */
  readonly semicolons: readonly number[];
}

function scanTokens(value: string): Scanned {
  const tokens: (ReceivedToken | typeof END)[] = [];
  const semicolons: number[] = [];
  let commentsEnd = true;
  let at = 0;
  while (at < value.length && tokens.length < RECEIVED_TOKENS_MAX) {
    const code = value.charCodeAt(at);
    if (code === OPEN && commentsEnd) {
      const end = endOfComment(value, at + 1);
      commentsEnd = end >= 0;
      if (commentsEnd) tokens.push({ kind: 'comment', text: value.slice(at + 1, end) });
      at = end < 0 ? at + 1 : end + 1;
    } else if (code === SEMICOLON) {
      if (semicolons.unshift(at) > DATE_TEXTS_MAX) semicolons.pop();
      tokens.push(END);
      at++;
    } else if (isGap(code)) at++;
    else {
      const end = endOfWord(value, at);
      tokens.push({ kind: 'word', text: value.slice(at, end) });
      at = end;
    }
  }
  return { tokens, semicolons };
}

/** `(`, which begins a comment. */
export const OPEN = 0x28;
const CLOSE = 0x29;
/** `;`, behind which the date stands. */
export const SEMICOLON = 0x3b;
const BRACKET = 0x5b;

/** Blanks, and parentheses that belong to no comment. */
export const isGap = (code: number): boolean =>
  code === 0x20 || code === OPEN || code === CLOSE || code === 9 || code === 13 || code === 10;

/** `host[192.0.2.1]` is two words. */
export function endOfWord(value: string, from: number): number {
  for (let at = from + 1; at < value.length; at++) {
    const code = value.charCodeAt(at);
    // Two comparisons dismiss nearly every character of a word.
    if (code > CLOSE ? code === SEMICOLON || code === BRACKET : isGap(code)) return at;
  }
  return value.length;
}

/** Where the comment that was opened before `from` closes, -1 where it does not. */
export function endOfComment(value: string, from: number): number {
  let depth = 1;
  for (let at = from; at < value.length; at++) {
    const code = value.charCodeAt(at);
    if (code === 0x5c) at++;
    else if (code === OPEN) depth++;
    else if (code === CLOSE && --depth === 0) return at;
  }
  return -1;
}

/** The `by` word: an address in one spelling, or the name without the dot at its end. */
export function receivingHost(word: string): string {
  const inner = word.includes(']') ? word.replace(/^\[|\]$/g, '') : word;
  return parseIpAddress(inner) ?? (word.endsWith('.') ? word.slice(0, -1) : word);
}

/** The `for` word without angle brackets; null where nothing is left. */
export function recipientOf(word: string): string | null {
  const inner = word.slice(word.startsWith('<') ? 1 : 0, word.endsWith('>') ? -1 : undefined);
  return inner === '' ? null : inner;
}

/** Sendmail's and qmail's comment on a mail that was handed in on the machine itself. */
export const isLocalLead = (comment: string): boolean =>
  comment.startsWith('from ') || comment.includes('invoked by ');
