import type { Kernels } from '../base/index.ts';
import { canonicalCharset, decodeBodyText, decodeCharset } from '../charset/index.ts';

/** More encoded words than this stay as written: no client writes a hundredth of it. */
export const ENCODED_WORDS_MAX = 10_000;

/** Charset names are at most 40 characters (RFC 2978), language tags 35 (RFC 5646). */
const CHARSET_LENGTH_MAX = 100;

const BASE64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const LETTER_B = 0x62;
const LETTER_Q = 0x71;

/** Where an encoded word stands in the Latin-1 view of a header: its parts as ranges. */
export interface EncodedWord {
  readonly charset: string;
  readonly base64: boolean;
  readonly textStart: number;
  readonly textEnd: number;
  readonly end: number;
}

/**
 * A header field's value as a person reads it: unfolded (RFC 5322 section 2.2.3), encoded words
 * decoded (RFC 2047, language tags of RFC 2231 section 5), raw UTF-8 kept (RFC 6532), raw 8-bit
 * guessed.
 *
 * White space between adjacent words is dropped, and adjacent words of one charset are joined as
 * bytes first, so characters cut in two survive. Blanks inside a word are tolerated. Line breaks
 * that were hidden in a word become spaces, NUL becomes U+FFFD. `elsewhere` names charsets used in
 * the same message, for raw 8-bit text.
 */
export function decodeHeaderText(
  raw: Uint8Array,
  kernels: Kernels,
  elsewhere: Iterable<string> = [],
): string {
  const latin1 = kernels.latin1(raw, 0, raw.length);
  const decoder = new HeaderDecoder(raw, latin1, kernels, elsewhere);
  return decoder.decode().trim();
}

class HeaderDecoder {
  readonly #raw: Uint8Array;
  readonly #latin1: string;
  readonly #kernels: Kernels;
  readonly #elsewhere: Iterable<string>;
  #text = '';
  /** Adjacent words of one charset, not decoded yet. */
  #run: EncodedWord[] = [];

  constructor(raw: Uint8Array, latin1: string, kernels: Kernels, elsewhere: Iterable<string>) {
    this.#raw = raw;
    this.#latin1 = latin1;
    this.#kernels = kernels;
    this.#elsewhere = elsewhere;
  }

  decode(): string {
    const words = new EncodedWordFinder(this.#latin1);
    let done = 0;
    for (let at = this.#latin1.indexOf('=?'), count = 0; at >= 0 && count < ENCODED_WORDS_MAX; ) {
      const word = words.at(at);
      if (word === null) {
        at = this.#latin1.indexOf('=?', at + 2);
        continue;
      }
      const joins = this.#run.length > 0 && isBlank(this.#latin1, done, at);
      if (!joins) this.#plain(done, at);
      this.#word(word);
      done = word.end;
      at = this.#latin1.indexOf('=?', done);
      count++;
    }
    this.#plain(done, this.#latin1.length);
    return this.#text;
  }

  #word(word: EncodedWord): void {
    const last = this.#run.at(-1);
    if (last !== undefined && last.charset !== word.charset) this.#flush();
    this.#run.push(word);
  }

  #flush(): void {
    const [first] = this.#run;
    if (first === undefined) return;
    const bytes = this.#bytesOf(this.#run);
    this.#run = [];
    const text =
      decodeCharset(first.charset, bytes, this.#kernels) ??
      decodeBodyText(bytes, { label: null, html: false, elsewhere: [] }, this.#kernels).text;
    this.#text += harmless(text);
  }

  #bytesOf(words: readonly EncodedWord[]): Uint8Array {
    const head = words.length > 2 ? this.#wholeGroups(words.slice(0, -1)) : null;
    const rest = head === null ? words : words.slice(-1);
    const pieces: Uint8Array[] = head === null ? [] : [head];
    for (let at = 0; at < rest.length; ) {
      const end = this.#endOfStretch(rest, at);
      const stretch = rest.slice(at, end);
      if (!rest[at]!.base64) pieces.push(qBytes(this.#raw, stretch));
      else {
        const digits = textOf(this.#raw, stretch);
        pieces.push(this.#kernels.base64(digits, 0, digits.length));
      }
      at = end;
    }
    return joined(pieces);
  }

  /** Behind the words that are decoded as one: all in Q, or base64 that was cut in mid-byte. */
  #endOfStretch(words: readonly EncodedWord[], at: number): number {
    let end = at + 1;
    if (!words[at]!.base64) while (words[end]?.base64 === false) end += 1;
    else while (words[end]?.base64 === true && this.#isCut(words[end - 1]!)) end += 1;
    return end;
  }

  /**
   * Whether a word's base64 ends in the middle of a byte, so that the next word goes on with it:
   * some programs cut the encoded stream where the line is full. Without padding two or three
   * digits of a group are whole too, if no bit is left over.
   */
  #isCut({ textStart, textEnd }: EncodedWord): boolean {
    const text = this.#latin1.slice(textStart, textEnd);
    if (!/^[A-Za-z0-9+/]+$/.test(text)) return false;
    const over = text.length % 4;
    if (over < 2) return over === 1;
    const last = BASE64.indexOf(text.at(-1)!);
    return (last & (over === 2 ? 0x0f : 0x03)) !== 0;
  }

  /**
   * Base64 words decoded in one go, as servers write them by the hundred; null where a word is not
   * made of whole groups of four digits.
   */
  #wholeGroups(words: readonly EncodedWord[]): Uint8Array | null {
    const isWhole = words.every(
      ({ base64, textStart, textEnd }) => base64 && (textEnd - textStart) % 4 === 0,
    );
    if (!isWhole) return null;
    const digits = textOf(this.#raw, words);
    const bytes = this.#kernels.base64(digits, 0, digits.length);
    // Padding and foreign characters give less.
    return bytes.length * 4 === digits.length * 3 ? bytes : null;
  }

  #plain(start: number, end: number): void {
    this.#flush();
    if (start === end) return;
    const latin1 = this.#latin1.slice(start, end);
    this.#text += harmless(unfold(this.#isAscii(latin1) ? latin1 : this.#eightBit(start, end)));
  }

  #isAscii(latin1: string): boolean {
    return !/[\u0080-\u00ff]/.test(latin1);
  }

  #eightBit(start: number, end: number): string {
    const hints = { label: null, html: false, elsewhere: this.#elsewhere };
    return decodeBodyText(this.#raw.subarray(start, end), hints, this.#kernels).text;
  }
}

/** Finds encoded words at given places of one Latin-1 text, in linear time over all calls. */
export class EncodedWordFinder {
  readonly #latin1: string;
  #close = 0;
  #label = '';
  #canonical: string | null = null;

  constructor(latin1: string) {
    this.#latin1 = latin1;
  }

  /** The word that begins at `start` (which must not go backwards), or null. */
  at(start: number): EncodedWord | null {
    const latin1 = this.#latin1;
    // The next `=?` holds the next question mark at the latest: linear over all calls.
    const mark = latin1.indexOf('?', start + 2);
    const kind = latin1.charCodeAt(mark + 1) | 0x20;
    const isWord = (kind === LETTER_B || kind === LETTER_Q) && latin1[mark + 2] === '?';
    if (mark < 0 || !isWord) return null;
    const charset = this.#charset(start + 2, mark);
    const textStart = mark + 3;
    const textEnd = charset === null ? -1 : this.#closeFrom(textStart);
    if (charset === null || textEnd < 0) return null;
    return { charset, base64: kind === LETTER_B, textStart, textEnd, end: textEnd + 2 };
  }

  /** The label's canonical name; words of one field nearly always share it. Null for no label. */
  #charset(start: number, end: number): string | null {
    if (end <= start || end > start + CHARSET_LENGTH_MAX) return null;
    const label = this.#latin1.slice(start, end);
    if (label !== this.#label) {
      this.#label = label;
      // RFC 2231 section 5: `=?charset*language?...`
      this.#canonical = /\s/.test(label) ? null : canonicalCharset(label.split('*', 1)[0]!);
    }
    return this.#canonical;
  }

  #closeFrom(from: number): number {
    if (this.#close >= 0 && this.#close < from) this.#close = this.#latin1.indexOf('?=', from);
    return this.#close;
  }
}

/** RFC 2047 section 4.2: `_` is 0x20, `=XX` a byte; folding inside a word is dropped. */
function qBytes(raw: Uint8Array, words: readonly EncodedWord[]): Uint8Array {
  const bytes = new Uint8Array(textLength(words));
  let length = 0;
  for (const { textStart, textEnd } of words) {
    for (let i = textStart; i < textEnd; i++) {
      const code = raw[i]!;
      if (code === 0x0d || code === 0x0a) continue;
      const high = code === 0x3d && i + 2 < textEnd ? hexValue(raw[i + 1]!) : -1;
      const low = high < 0 ? -1 : hexValue(raw[i + 2]!);
      if (low >= 0) {
        bytes[length++] = high * 16 + low;
        i += 2;
      } else bytes[length++] = code === 0x5f ? 0x20 : code;
    }
  }
  return bytes.subarray(0, length);
}

/** The encoded texts of these words, one behind the other. */
function textOf(raw: Uint8Array, words: readonly EncodedWord[]): Uint8Array {
  const bytes = new Uint8Array(textLength(words));
  let length = 0;
  for (const { textStart, textEnd } of words) {
    for (let i = textStart; i < textEnd; i++) bytes[length++] = raw[i]!;
  }
  return bytes;
}

function textLength(words: readonly EncodedWord[]): number {
  let length = 0;
  for (const { textStart, textEnd } of words) length += textEnd - textStart;
  return length;
}

/** 0 to 15 for the character code of a hexadecimal digit of either case; -1 for any other. */
export function hexValue(code: number): number {
  if (code >= 48 && code <= 57) return code - 48;
  const letter = code | 0x20;
  return letter >= 97 && letter <= 102 ? letter - 87 : -1;
}

function joined(pieces: readonly Uint8Array[]): Uint8Array {
  if (pieces.length === 1) return pieces[0]!;
  const bytes = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    bytes.set(piece, at);
    at += piece.length;
  }
  return bytes;
}

function isBlank(text: string, start: number, end: number): boolean {
  for (let i = start; i < end; i++) {
    const code = text.charCodeAt(i);
    if (code !== 0x20 && code !== 0x09 && code !== 0x0d && code !== 0x0a) return false;
  }
  return true;
}

/** RFC 5322 section 2.2.3: a fold is a break before white space; the white space stays. */
const unfold = (text: string): string =>
  /[\r\n]/.test(text) ? text.replace(/\r?\n(?=[ \t])|\r(?=[ \t])/g, '') : text;

/** A decoded value is one line: breaks smuggled in would forge fields wherever it is shown. */
const harmless = (text: string): string =>
  /[\r\n\0]/.test(text) ? text.replace(/[\r\n]+/g, ' ').replaceAll('\0', '\ufffd') : text;
