import { NAMED_REFERENCES, OPEN_REFERENCES } from './html-entities.data.ts';

/**
 * Text with its character references decoded (HTML section 13.2.5.72): named, decimal, hexadecimal.
 *
 * In an attribute, `&copy=` stays as written, so that a query string keeps its parameters.
 */
export function decodeReferences(text: string, inAttribute = false): string {
  let plain = '';
  let done = 0;
  for (let at = text.indexOf('&'); at >= 0; at = text.indexOf('&', at + 1)) {
    const end = endOfReference(text, at);
    if (end < 0) continue;
    plain += text.slice(done, at) + decodeReference(text, at, end, inAttribute);
    done = end;
    at = end - 1;
  }
  return done === 0 ? text : plain + text.slice(done);
}

/** A longer name is no name: the longest that HTML knows has 31 characters. */
const NAME_LENGTH_MAX = 32;

/** Behind the reference that begins at `at`, its semicolon included; -1 where none does. */
function endOfReference(text: string, at: number): number {
  const numeric = text.charCodeAt(at + 1) === 0x23;
  const hex = numeric && (text.charCodeAt(at + 2) | 0x20) === 0x78;
  const start = at + (hex ? 3 : numeric ? 2 : 1);
  if (!numeric && !isLetter(text.charCodeAt(start))) return -1;
  const stop = numeric ? text.length : Math.min(text.length, start + NAME_LENGTH_MAX);
  let end = start;
  while (end < stop && isReferenceCode(text.charCodeAt(end), numeric, hex)) end++;
  if (end - start < (numeric ? 1 : 2)) return -1;
  return text.charCodeAt(end) === 0x3b ? end + 1 : end;
}

function isReferenceCode(code: number, numeric: boolean, hex: boolean): boolean {
  if (code >= 0x30 && code <= 0x39) return true;
  if (!numeric) return isLetter(code);
  return hex && (code | 0x20) >= 0x61 && (code | 0x20) <= 0x66;
}

/** An ASCII letter. */
export const isLetter = (code: number): boolean => (code | 0x20) >= 0x61 && (code | 0x20) <= 0x7a;

function decodeReference(text: string, at: number, end: number, inAttribute: boolean): string {
  if (text.charCodeAt(at + 1) === 0x23) {
    const hex = (text.charCodeAt(at + 2) | 0x20) === 0x78;
    const start = at + (hex ? 3 : 2);
    return numbered(Number.parseInt(text.slice(start, start + DIGITS_READ), hex ? 16 : 10));
  }
  const closed = text.charCodeAt(end - 1) === 0x3b;
  const known = closed ? NAMED.get(text.slice(at + 1, end - 1)) : undefined;
  if (known !== undefined) return known;
  return openPrefix(text.slice(at, end), inAttribute, closed ? '' : (text[end] ?? ''));
}

/** Enough to see that a number is beyond Unicode. */
const DIGITS_READ = 12;

const NAMED: ReadonlyMap<string, string> = new Map(
  NAMED_REFERENCES.map((row) => {
    const blank = row.indexOf(' ');
    return [row.slice(0, blank), row.slice(blank + 1)];
  }),
);
const OPEN: ReadonlySet<string> = new Set(OPEN_REFERENCES);
const OPEN_LENGTH_MAX = 6;

/** The old names need no semicolon, and match at the start of a longer word (`&ampx`). */
function openPrefix(whole: string, inAttribute: boolean, next: string): string {
  for (let length = Math.min(OPEN_LENGTH_MAX, whole.length - 1); length >= 2; length--) {
    const name = whole.slice(1, 1 + length);
    if (!OPEN.has(name)) continue;
    const follows = whole[1 + length] ?? next;
    if (inAttribute && /^[=A-Za-z0-9]/.test(follows)) return whole;
    return NAMED.get(name) + whole.slice(1 + length);
  }
  return whole;
}

/** HTML section 13.2.5.80: 0x80 to 0x9F mean windows-1252, and what is no character is U+FFFD. */
function numbered(code: number): string {
  if (code >= 0x80 && code < 0xa0) return WINDOWS_1252[code - 0x80]!;
  if (code === 0 || code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff)) return '\ufffd';
  return String.fromCodePoint(code);
}

const WINDOWS_1252 =
  '\u20ac\u0081\u201a\u0192\u201e\u2026\u2020\u2021\u02c6\u2030\u0160\u2039\u0152\u008d\u017d\u008f' +
  '\u0090\u2018\u2019\u201c\u201d\u2022\u2013\u2014\u02dc\u2122\u0161\u203a\u0153\u009d\u017e\u0178';
