import type { Kernels } from '../base/index.ts';
import { decodeCharset } from './decode.ts';
import { LANGUAGE_LETTERS, type LanguageLetters } from './language-letters.data.ts';

/** The guess reads so many bytes from the first one that is not ASCII. */
const SAMPLE_BYTES_MAX = 512;

/**
 * The charset that makes the most readable text of unlabelled bytes; null where nothing speaks for
 * any, as for pure ASCII.
 *
 * Each candidate decodes a sample; each character beyond ASCII costs what it is unlikely in the
 * languages written in that charset (bits, from letter frequencies), with a fine for symbols inside
 * words, capitals behind small letters and letters of two scripts in one word. The cheapest wins.
 */
export function guessCharset(bytes: Uint8Array, kernels: Kernels): string | null {
  const escaped = guessFromEscapes(bytes);
  if (escaped !== null) return escaped;
  const wide = guessUtf16(bytes);
  if (wide !== null) return wide;
  const first = firstHighByte(bytes);
  if (first < 0) return null;
  const sample = bytes.subarray(Math.max(0, first - 16), first + SAMPLE_BYTES_MAX);
  if (looksLikeBrokenUtf8(sample)) return 'utf-8';
  let best: string | null = null;
  let bestCost = COST_PER_BYTE_MAX * countHighBytes(sample);
  for (const charset of CANDIDATES) {
    const text = decodeCharset(charset, sample, kernels);
    const cost = text === null ? Number.POSITIVE_INFINITY : costOf(text, charset, bestCost);
    if (cost < bestCost) [best, bestCost] = [charset, cost];
  }
  return best;
}

/** Dearer than this on average is noise: no language is written so. */
const COST_PER_BYTE_MAX = 9;

/** In the order that ties are broken. */
const CANDIDATES: readonly string[] = [...new Set(LANGUAGE_LETTERS.map((row) => row.charset))];

/** ISO 2022 and HZ are ASCII to look at: their shifts give them away. */
export function guessFromEscapes(bytes: Uint8Array): string | null {
  const shift = bytes.indexOf(0x1b);
  if (shift >= 0 && shift + 2 < bytes.length) {
    const [a, b, c] = [bytes[shift + 1], bytes[shift + 2], bytes[shift + 3]];
    if (a === 0x24 && (b === 0x42 || b === 0x40)) return 'iso-2022-jp';
    if (a === 0x24 && b === 0x29 && c === 0x43) return 'iso-2022-kr';
    if (a === 0x24 && b === 0x29 && c === 0x41) return 'iso-2022-cn';
    if (a === 0x28 && (b === 0x4a || b === 0x49)) return 'iso-2022-jp';
  }
  return looksLikeHz(bytes) ? 'hz-gb-2312' : null;
}

/** `~{` and a closing `~}` with an even number of GB 2312 bytes between them. */
function looksLikeHz(bytes: Uint8Array): boolean {
  for (let open = bytes.indexOf(0x7e); open >= 0; open = bytes.indexOf(0x7e, open + 1)) {
    if (bytes[open + 1] !== 0x7b) continue;
    let at = open + 2;
    while (isGb(bytes[at]) && isGraphic(bytes[at + 1])) at += 2;
    if (at > open + 2 && bytes[at] === 0x7e && bytes[at + 1] === 0x7d) return true;
    open = at - 1;
  }
  return false;
}

const isGb = (code: number | undefined): boolean =>
  code !== undefined && code > 0x20 && code < 0x78;
const isGraphic = (code: number | undefined): boolean =>
  code !== undefined && code > 0x20 && code < 0x7f;

/** Every second byte zero is Latin text in UTF-16 without its mark. */
export function guessUtf16(bytes: Uint8Array): string | null {
  const end = Math.min(bytes.length, 512) & ~1;
  if (end < 8) return null;
  let [even, odd] = [0, 0];
  for (let i = 0; i < end; i += 2) {
    if (bytes[i] === 0) even++;
    if (bytes[i + 1] === 0) odd++;
  }
  if (odd > end * 0.3 && even < end * 0.05) return 'utf-16le';
  return even > end * 0.3 && odd < end * 0.05 ? 'utf-16be' : null;
}

function firstHighByte(bytes: Uint8Array): number {
  for (let i = 0; i < bytes.length; i++) if (bytes[i]! >= 0x80) return i;
  return -1;
}

function countHighBytes(bytes: Uint8Array): number {
  let count = 0;
  for (const byte of bytes) if (byte >= 0x80) count++;
  return count;
}

/** Whole multi-byte sequences outnumber the rest: UTF-8 that was cut or mixed on its way. */
function looksLikeBrokenUtf8(bytes: Uint8Array): boolean {
  let [whole, broken] = [0, 0];
  for (let i = 0; i < bytes.length; ) {
    const lead = bytes[i]!;
    const length = lead < 0x80 ? 1 : lead < 0xc2 ? 0 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
    let size = 1;
    while (size < length && (bytes[i + size]! & 0xc0) === 0x80) size++;
    if (lead >= 0x80) size === length && length > 1 ? whole++ : broken++;
    i += size;
  }
  return whole > 2 * broken;
}

const COST = {
  punctuation: 5,
  stranger: 12,
  wrongPlace: 14,
  capital: 2,
  control: 18,
  malformed: 40,
};

/** Bits that the characters beyond ASCII cost in the best fitting language; at most `enough`. */
function costOf(text: string, charset: string, enough: number): number {
  const places = new Places(text);
  let best = enough;
  for (const row of LANGUAGE_LETTERS) {
    if (row.charset !== charset) continue;
    const language = costsIn(row);
    let cost = 0;
    for (let i = 0, place = places.at(0); place !== null && cost < best; place = places.at(++i)) {
      cost += costOfPlace(place, language);
    }
    best = Math.min(best, cost);
  }
  return best;
}

interface LanguageCosts {
  readonly common: string;
  readonly letters: string;
  readonly commonCost: number;
  readonly letterCost: number;
}

/**
 * A letter costs the logarithm of how many share its part of the text: the common letters of an
 * alphabet make about three quarters of it, the common characters of East Asia two fifths.
 */
function costsIn({ common, letters }: LanguageLetters): LanguageCosts {
  const share = common > '\u2e80' ? 0.4 : 0.75;
  const commonCost = Math.log2(common.length / share);
  return { common, letters, commonCost, letterCost: Math.log2(sizeOf(letters) / (1 - share)) };
}

/** More characters than this no language's text uses. */
const CHARACTERS_MAX = 6_000;

function sizeOf(letters: string): number {
  let size = letters.length;
  for (let dash = letters.indexOf('-'); dash > 0; dash = letters.indexOf('-', dash + 1))
    size += letters.charCodeAt(dash + 1) - letters.charCodeAt(dash - 1);
  return Math.min(size, CHARACTERS_MAX);
}

/** A character beyond ASCII with its neighbours. */
interface Place {
  readonly character: string;
  readonly before: string;
  readonly after: string;
}

/** Of one text, found as far as they are asked for: most candidates have lost after a few. */
class Places {
  readonly #text: string;
  readonly #found: Place[] = [];
  #next = 0;
  #before = ' ';

  constructor(text: string) {
    this.#text = text;
  }

  at(index: number): Place | null {
    while (this.#found.length <= index && this.#next < this.#text.length) this.#step();
    return this.#found[index] ?? null;
  }

  #step(): void {
    const character = characterAt(this.#text, this.#next);
    this.#next += character.length;
    if (character > '\u007f') {
      const after = characterAt(this.#text, this.#next) || ' ';
      this.#found.push({ character, before: this.#before, after });
    }
    this.#before = character;
  }
}

/** A whole character, not half of a surrogate pair; empty at the end. */
function characterAt(text: string, at: number): string {
  const code = text.codePointAt(at);
  return code === undefined ? '' : text.slice(at, at + (code > 0xffff ? 2 : 1));
}

function costOfPlace({ character, before, after }: Place, language: LanguageCosts): number {
  if (character === '\ufffd') return COST.malformed;
  if (character < '\u00a0' || (character >= '\ue000' && character <= '\uf8ff')) return COST.control;
  if (PUNCTUATION.includes(character)) {
    const insideWord = isLetter(before) && isLetter(after) && !'’·'.includes(character);
    return insideWord ? COST.wrongPlace : COST.punctuation;
  }
  const lower = character.toLowerCase();
  if (mixesScripts(lower, before) || mixesScripts(lower, after)) return COST.wrongPlace;
  const capital = character === lower ? 0 : isLower(before) ? COST.wrongPlace / 2 : COST.capital;
  if (language.common.includes(lower)) return language.commonCost + capital;
  if (inLetters(lower, language.letters)) return language.letterCost + capital;
  // East Asian characters stand for two bytes: a wrong one weighs as much as two wrong letters.
  return lower > '\u2e80' ? 2 * COST.stranger : COST.stranger;
}

/** `letters` is a list, or ends in a range such as `一-鿿`. */
function inLetters(character: string, letters: string): boolean {
  if (letters.includes(character)) return true;
  for (let dash = letters.indexOf('-'); dash > 0; dash = letters.indexOf('-', dash + 1))
    if (character >= letters[dash - 1]! && character <= letters[dash + 1]!) return true;
  return false;
}

const PUNCTUATION = '\u00a0§«»°·©®¡¿“”„‘’‚–—…•€£‹›™№´　、。，！？：；（）「」『』・〜～《》【】';

const isLetter = (character: string): boolean => /\p{L}/u.test(character);
const isLower = (character: string): boolean => /\p{Ll}/u.test(character);

/** A Latin letter beside one of another alphabet that is written without Latin ones. */
const mixesScripts = (character: string, neighbour: string): boolean =>
  character >= '\u0370' && character < '\u2000' && /[a-z]/i.test(neighbour);
