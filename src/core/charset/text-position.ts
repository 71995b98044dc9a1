import type { Kernels } from '../base/index.ts';
import { canonicalCharset, decodeCharset } from './decode.ts';
import { bytesPerCharacter, hzRuns, iso2022Runs, type Run } from './shifted.ts';
import { utf7Runs } from './utf-7.ts';

/** Where decoded text stands in the bytes it came from. */
export interface TextPositions {
  /**
   * First byte of the character that holds this UTF-16 offset; the end of the bytes for the end of
   * the text. Offsets outside are clamped.
   */
  byteAt(textOffset: number): number;
  /** False where malformed bytes keep the places from being exact; then `byteAt` is near. */
  readonly exact: boolean;
}

/**
 * Maps the text that `decodeCharset` (or `decodeBodyText`) made back to its bytes.
 *
 * The table is built once, in linear time: characters of one length in a row are one entry.
 */
export function textPositions(bytes: Uint8Array, charset: string, kernels: Kernels): TextPositions {
  const text = decodeCharset(charset, bytes, kernels) ?? '';
  const table = new PositionTable();
  walk(bytes, canonicalCharset(charset), text.length, table);
  table.close(bytes.length);
  const exact = table.units === text.length;
  const scale = exact || table.units === 0 ? 1 : table.units / Math.max(1, text.length);
  const clamp = (offset: number): number => Math.min(Math.max(0, offset), text.length);
  return { exact, byteAt: (offset) => table.byteAt(Math.floor(clamp(offset) * scale)) };
}

/** Entries of characters that take equally many bytes and units, in order. */
class PositionTable {
  readonly #unitStarts: number[] = [];
  readonly #byteStarts: number[] = [];
  readonly #sizes: number[] = [];
  readonly #widths: number[] = [];
  units = 0;
  #length = 0;

  /** A character of `size` bytes and `width` UTF-16 units at byte `start`. */
  add(start: number, size: number, width: number, count = 1): void {
    if (count === 0) return;
    const last = this.#sizes.length - 1;
    const continues =
      last >= 0 &&
      this.#sizes[last] === size &&
      this.#widths[last] === width &&
      this.#byteStarts[last]! + ((this.units - this.#unitStarts[last]!) / width) * size === start;
    if (!continues) {
      this.#unitStarts.push(this.units);
      this.#byteStarts.push(start);
      this.#sizes.push(size);
      this.#widths.push(width);
    }
    this.units += width * count;
  }

  close(length: number): void {
    this.#length = length;
  }

  byteAt(unit: number): number {
    if (unit >= this.units) return this.#length;
    let [low, high] = [0, this.#unitStarts.length - 1];
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.#unitStarts[middle]! <= unit) low = middle;
      else high = middle - 1;
    }
    const characters = Math.floor((unit - this.#unitStarts[low]!) / this.#widths[low]!);
    return this.#byteStarts[low]! + Math.floor(characters * this.#sizes[low]!);
  }
}

function walk(bytes: Uint8Array, charset: string, units: number, table: PositionTable): void {
  const runs = runsOf(bytes, charset);
  // As many units as bytes: one byte a character, in UTF-8 as in others.
  if (charset === 'utf-8' && units === bytes.length) table.add(0, 1, 1, units);
  else if (charset === 'utf-8') walkUtf8(bytes, table);
  else if (charset.startsWith('utf-16')) walkUtf16(bytes, units, table);
  else if (charset === 'utf-7')
    for (const { start, size, count } of utf7Runs(bytes)) table.add(start, size, 1, count);
  else if (runs !== null) walkRuns(runs, table);
  else if (units === bytes.length) table.add(0, 1, 1, units);
  else walkMultiByte(bytes, LENGTHS.get(charset) ?? oneByte, table);
}

function runsOf(bytes: Uint8Array, charset: string): readonly Run[] | null {
  if (charset === 'hz-gb-2312') return hzRuns(bytes);
  if (charset === 'iso-2022-kr') return iso2022Runs(bytes, 'ks');
  if (charset.startsWith('iso-2022-cn')) return iso2022Runs(bytes, 'gb');
  return charset.startsWith('iso-2022-jp') ? iso2022Runs(bytes, 'jis') : null;
}

/** WHATWG Encoding section 8.1.1: a malformed sequence gives one U+FFFD per longest valid start. */
function walkUtf8(bytes: Uint8Array, table: PositionTable): void {
  let at = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
  while (at < bytes.length) {
    const lead = bytes[at]!;
    if (lead < 0x80) {
      const end = asciiEnd(bytes, at);
      table.add(at, 1, 1, end - at);
      at = end;
      continue;
    }
    const wanted = lead < 0xc2 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : lead < 0xf5 ? 4 : 1;
    let size = 1;
    while (size < wanted && continuesUtf8(lead, bytes[at + size], size)) size++;
    table.add(at, size, size === 4 ? 2 : 1);
    at += size;
  }
}

function asciiEnd(bytes: Uint8Array, from: number): number {
  let at = from;
  while (at < bytes.length && bytes[at]! < 0x80) at++;
  return at;
}

function continuesUtf8(lead: number, code: number | undefined, index: number): boolean {
  if (code === undefined) return false;
  let [low, high] = [0x80, 0xbf];
  if (index === 1) {
    if (lead === 0xe0) low = 0xa0;
    if (lead === 0xed) high = 0x9f;
    if (lead === 0xf0) low = 0x90;
    if (lead === 0xf4) high = 0x8f;
  }
  return code >= low && code <= high;
}

function walkUtf16(bytes: Uint8Array, units: number, table: PositionTable): void {
  const marked =
    (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff);
  table.add(marked ? 2 : 0, 2, 1, units);
}

function walkRuns(runs: readonly Run[], table: PositionTable): void {
  for (const { start, end, plane } of runs) {
    const size = bytesPerCharacter(plane);
    table.add(start, size, 1, Math.ceil((end - start) / size));
  }
}

/** How many bytes the character at a place takes. */
type CharacterLength = (bytes: Uint8Array, at: number) => number;

const within = (code: number | undefined, low: number, high: number): boolean =>
  code !== undefined && code >= low && code <= high;

const oneByte: CharacterLength = () => 1;

/** WHATWG Encoding sections 10 to 13: a pair is one character where the second byte can follow. */
const gb18030: CharacterLength = (bytes, at) => {
  if (!within(bytes[at], 0x81, 0xfe)) return 1;
  const second = bytes[at + 1];
  if (within(second, 0x30, 0x39))
    return within(bytes[at + 2], 0x81, 0xfe) && within(bytes[at + 3], 0x30, 0x39) ? 4 : 1;
  return within(second, 0x40, 0x7e) || within(second, 0x80, 0xfe) ? 2 : 1;
};

const pairs =
  (leads: readonly [number, number][], trails: readonly [number, number][]): CharacterLength =>
  (bytes, at) =>
    leads.some(([low, high]) => within(bytes[at], low, high)) &&
    trails.some(([low, high]) => within(bytes[at + 1], low, high))
      ? 2
      : 1;

const eucJp: CharacterLength = (bytes, at) => {
  const lead = bytes[at];
  if (lead === 0x8f && within(bytes[at + 1], 0xa1, 0xfe))
    return within(bytes[at + 2], 0xa1, 0xfe) ? 3 : 2;
  if (lead === 0x8e) return within(bytes[at + 1], 0xa1, 0xdf) ? 2 : 1;
  return within(lead, 0xa1, 0xfe) && within(bytes[at + 1], 0xa1, 0xfe) ? 2 : 1;
};

const big5 = pairs(
  [[0x81, 0xfe]],
  [
    [0x40, 0x7e],
    [0xa1, 0xfe],
  ],
);
const shiftJis = pairs(
  [
    [0x81, 0x9f],
    [0xe0, 0xfc],
  ],
  [
    [0x40, 0x7e],
    [0x80, 0xfc],
  ],
);
const eucKr = pairs([[0x81, 0xfe]], [[0x41, 0xfe]]);

const LENGTHS: ReadonlyMap<string, CharacterLength> = new Map([
  ['gbk', gb18030],
  ['gb18030', gb18030],
  ['gb2312', gb18030],
  ['big5', big5],
  ['big5-hkscs', big5],
  ['shift_jis', shiftJis],
  ['euc-jp', eucJp],
  ['euc-kr', eucKr],
]);

function walkMultiByte(bytes: Uint8Array, lengthAt: CharacterLength, table: PositionTable): void {
  for (let at = 0; at < bytes.length; ) {
    const size = lengthAt(bytes, at);
    // GB 18030: four bytes from 0x90 on are outside the Basic Multilingual Plane.
    table.add(at, size, size === 4 && bytes[at]! >= 0x90 ? 2 : 1);
    at += size;
  }
}
