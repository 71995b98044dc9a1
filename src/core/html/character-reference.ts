import { NAMED_REFERENCES, OPEN_REFERENCES } from './html-entities.data.ts';

/**
 * Text with its character references decoded (HTML section 13.2.5.72): named, decimal, hexadecimal.
 *
 * In an attribute, `&copy=` stays as written, so that a query string keeps its parameters.
 */
export function decodeReferences(text: string, inAttribute = false): string {
  if (!text.includes('&')) return text;
  return text.replace(
    /&(?:#(?:([0-9]+)|[xX]([0-9a-fA-F]+));?|([a-zA-Z][a-zA-Z0-9]{1,31})(;?))/g,
    (
      whole: string,
      decimal: string | undefined,
      hex: string | undefined,
      name: string | undefined,
      semicolon: string | undefined,
      offset: number,
    ) => {
      if (decimal !== undefined) return numbered(Number(decimal.slice(0, 12)));
      if (hex !== undefined) return numbered(Number.parseInt(hex.slice(0, 12), 16));
      if (semicolon === ';') return NAMED.get(name ?? '') ?? openPrefix(whole, inAttribute, '');
      return openPrefix(whole, inAttribute, text[offset + whole.length] ?? '');
    },
  );
}

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
