import type { Kernels } from '../base/index.ts';
import { decodeCharset } from './decode.ts';
import { LANGUAGE_LETTERS, type LanguageLetters } from './language-letters.data.ts';

/** The guess reads so many bytes, those beyond ASCII and what stands around them. */
const SAMPLE_BYTES_MAX = 528;
/** ASCII that is kept on each side: the rest of a word, the second bytes of characters. */
const AROUND_BYTES = 16;
/** How far from the first byte beyond ASCII others are sought. */
const SAMPLE_LOOK_MAX = 65_536;

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
  const sample = sampleOf(bytes.subarray(Math.max(0, first - AROUND_BYTES)));
  if (looksLikeBrokenUtf8(sample)) return 'utf-8';
  const high = highBytes(sample);
  let best: string | null = null;
  let bestCost = COST_PER_BYTE_MAX * high.places.length;
  for (const charset of CANDIDATES) {
    if (charset === 'euc-kr' && COST.malformed * brokenUhcPairs(sample) >= bestCost) continue;
    const places = placesIn(charset, sample, high, kernels);
    const cost = places === null ? Number.POSITIVE_INFINITY : costOf(places, charset, bestCost);
    if (cost < bestCost) [best, bestCost] = [charset, cost];
  }
  return best;
}

/** Candidates whose characters beyond ASCII take more than a byte. */
const WIDE: ReadonlySet<string> = new Set(['big5', 'euc-jp', 'euc-kr', 'gbk', 'shift_jis']);

/** The bytes beyond ASCII of a sample, and where they stand. */
interface HighBytes {
  readonly bytes: Uint8Array;
  readonly places: readonly number[];
}

function highBytes(sample: Uint8Array): HighBytes {
  const places: number[] = [];
  for (let i = 0; i < sample.length; i++) if (sample[i]! >= 0x80) places.push(i);
  return { bytes: Uint8Array.from(places, (place) => sample[place]!), places };
}

function placesIn(
  charset: string,
  sample: Uint8Array,
  high: HighBytes,
  kernels: Kernels,
): PlaceList | null {
  if (WIDE.has(charset)) {
    const text = decodeCharset(charset, sample, kernels);
    return text === null ? null : new TextPlaces(text);
  }
  const letters = decodeCharset(charset, high.bytes, kernels);
  return letters === null ? null : new BytePlaces(sample, high.places, letters);
}

/**
 * Bytes that begin no pair of UHC (windows-949): each decodes to U+FFFD. Text in another charset
 * mostly holds some, and the decoder for UHC is a large one to load for nothing.
 */
function brokenUhcPairs(bytes: Uint8Array): number {
  let broken = 0;
  for (let i = 0; i < bytes.length; i++) {
    const lead = bytes[i]!;
    if (lead < 0x80) continue;
    const trail = lead > 0x80 && lead < 0xff ? (bytes[i + 1] ?? 0) : 0;
    const lower = trail | 0x20;
    if (trail > 0x80 && trail < 0xff) i++;
    else if (trail < 0x80 && lower >= 0x61 && lower <= 0x7a) i++;
    else broken++;
  }
  return broken;
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

function firstHighByte(bytes: Uint8Array, from = 0, end = bytes.length): number {
  for (let i = from; i < end; i++) if (bytes[i]! >= 0x80) return i;
  return -1;
}

/**
 * The first letters beyond ASCII with their words; markup and addresses between them are left out.
 */
function sampleOf(bytes: Uint8Array): Uint8Array {
  const end = Math.min(bytes.length, SAMPLE_LOOK_MAX);
  const sample = new Uint8Array(Math.min(end, SAMPLE_BYTES_MAX));
  let length = 0;
  let ascii = 0;
  for (let at = 0; at < end && length < sample.length; at++) {
    ascii = bytes[at]! < 0x80 ? ascii + 1 : 0;
    if (ascii > AROUND_BYTES) {
      const next = firstHighByte(bytes, at, end);
      if (next < 0) break;
      at = Math.max(at, next - AROUND_BYTES);
      ascii = Number.NEGATIVE_INFINITY;
    }
    sample[length++] = bytes[at]!;
  }
  return sample.subarray(0, length);
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
function costOf(places: PlaceList, charset: string, enough: number): number {
  // What no language changes is worked out once, and only as far as a language gets.
  const weighed: WeighedPlace[] = [];
  let best = enough;
  for (const row of LANGUAGE_LETTERS) {
    if (row.charset !== charset) continue;
    const language = costsIn(row);
    let cost = 0;
    for (let i = 0; cost < best; i++) {
      if (i === weighed.length) {
        const place = places.at(i);
        if (place === null) break;
        weighed.push(weigh(place));
      }
      cost += costOfPlace(weighed[i]!, language);
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

/** Found as far as they are asked for: most candidates have lost after a few. */
interface PlaceList {
  at(index: number): Place | null;
}

/** Of bytes that are a character each: only those beyond ASCII are decoded. */
class BytePlaces implements PlaceList {
  readonly #sample: Uint8Array;
  readonly #places: readonly number[];
  readonly #letters: string;

  constructor(sample: Uint8Array, places: readonly number[], letters: string) {
    this.#sample = sample;
    this.#places = places;
    this.#letters = letters;
  }

  at(index: number): Place | null {
    const place = this.#places[index];
    if (place === undefined) return null;
    const before = this.#neighbour(place - 1, index - 1);
    return {
      character: this.#letters[index]!,
      before,
      after: this.#neighbour(place + 1, index + 1),
    };
  }

  #neighbour(at: number, index: number): string {
    const byte = this.#sample[at];
    if (byte === undefined) return ' ';
    return byte < 0x80 ? String.fromCharCode(byte) : this.#letters[index]!;
  }
}

/** Of a text. */
class TextPlaces implements PlaceList {
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

/** What a place costs in any language, and the letter that languages differ in; empty: in none. */
interface WeighedPlace {
  readonly letter: string;
  readonly bits: number;
}

function weigh({ character, before, after }: Place): WeighedPlace {
  const always = (bits: number): WeighedPlace => ({ letter: '', bits });
  if (character === '\ufffd') return always(COST.malformed);
  if (character < '\u00a0' || (character >= '\ue000' && character <= '\uf8ff'))
    return always(COST.control);
  if (character >= '\uff01' && character <= '\uff5e') return always(COST.punctuation);
  if (PUNCTUATION.includes(character)) {
    const insideWord = isLetter(before) && isLetter(after) && !'’·'.includes(character);
    return always(insideWord ? COST.wrongPlace : COST.punctuation);
  }
  const letter = character.toLowerCase();
  if (mixesScripts(letter, before) || mixesScripts(letter, after)) return always(COST.wrongPlace);
  if (character === letter) return { letter, bits: 0 };
  return { letter, bits: isLower(before) ? COST.wrongPlace / 2 : COST.capital };
}

function costOfPlace({ letter, bits }: WeighedPlace, language: LanguageCosts): number {
  if (letter === '') return bits;
  if (language.common.includes(letter)) return language.commonCost + bits;
  if (inLetters(letter, language.letters)) return language.letterCost + bits;
  // East Asian characters stand for two bytes: a wrong one weighs as much as two wrong letters.
  return letter > '\u2e80' ? 2 * COST.stranger : COST.stranger;
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
