/**
 * Two 32-bit hashes of a value, side by side in an Int32Array: 64 bits tell the values of any roll
 * apart, and hashing bytes where they lie makes no texts of ten million rows. The first lane finds
 * the slot of a table, the second tells the values of a slot apart.
 */
export type Lanes = Int32Array;

/**
 * What each byte counts as; SKIP: as nothing; ASK: a byte above ASCII whose letter must be looked
 * at.
 */
export type Fold = Uint8Array;
const SKIP = 0;
const ASK = 255;

const letterOf = (byte: number, letters: 'upper' | 'lower' | 'as-they-are'): number => {
  if (letters === 'upper' && byte > 96 && byte < 123) return byte - 32;
  return letters === 'lower' && byte > 64 && byte < 91 ? byte + 32 : byte;
};

const foldOf = (
  skipped: string,
  letters: 'upper' | 'lower' | 'as-they-are',
  high: 'ask' | 'keep',
): Fold =>
  Uint8Array.from({ length: 256 }, (_, byte) => {
    if (byte > 127) return high === 'ask' ? ASK : byte;
    return skipped.includes(String.fromCharCode(byte)) ? SKIP : letterOf(byte, letters);
  });

/** Folds as `core/roll/spelling` spells: names, e-mail addresses, words of an address line. */
export const NAME_FOLD: Fold = foldOf(' .-\'`"', 'upper', 'ask');
export const EMAIL_FOLD: Fold = foldOf(' \t', 'lower', 'ask');
export const WORD_FOLD: Fold = foldOf('.,', 'upper', 'ask');
/** For texts that have been spelt before. */
export const SPELT_FOLD: Fold = foldOf('.,', 'as-they-are', 'keep');
export const EXACT_FOLD: Fold = foldOf('', 'as-they-are', 'keep');

const SEED_A = 0x811c9dc5 | 0;
const SEED_B = 0x2c1b3c6d | 0;

/** Murmur3's finaliser: every bit of the sum decides over every bit of the lane. */
function mixed(sum: number): number {
  let h = sum;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return h ^ (h >>> 16);
}

/** The lanes of an empty value. */
export const EMPTY_A = mixed(SEED_A);

/** A stretch of bytes, and the lanes that hashes of it go to. One is used again for every row. */
export interface Hashing {
  bytes: Buffer;
  from: number;
  to: number;
  readonly lanes: Lanes;
}

/**
 * Hashes the stretch to lanes `at` and `at + 1`, at most `most` of the bytes that count. Says how
 * many counted; -1 where a byte above ASCII asks to be looked at, and the lanes are left as they
 * were.
 */
export function hashStretch(hashing: Hashing, fold: Fold, at: number, most: number): number {
  const { bytes, to, lanes } = hashing;
  let a = SEED_A;
  let b = SEED_B;
  let counted = 0;
  for (let place = hashing.from; place < to && counted < most; place++) {
    const byte = fold[bytes[place]!]!;
    if (byte === SKIP) continue;
    if (byte === ASK) return -1;
    a = Math.imul(a ^ byte, 0x01000193);
    b = Math.imul(b ^ byte, 0x5bd1e995);
    b ^= b >>> 15;
    counted += 1;
  }
  lanes[at] = mixed(a);
  lanes[at + 1] = mixed(b);
  return counted;
}

/** The first lane of several parts together; `salt` keeps kinds of joins apart. */
export function joinFirst(lanes: Lanes, parts: readonly number[], salt: number): number {
  let a = SEED_A ^ salt;
  for (let at = 0; at < parts.length; at++) a = Math.imul(a, 0x9e3779b1) ^ lanes[parts[at]!]!;
  a = Math.imul(a, 0x85ebca6b);
  return a ^ (a >>> 15);
}

export function joinSecond(lanes: Lanes, parts: readonly number[], salt: number): number {
  let b = SEED_B ^ salt;
  for (let at = 0; at < parts.length; at++) b = Math.imul(b, 0x5bd1e995) ^ lanes[parts[at]! + 1]!;
  return mixed(b);
}

/** 53 of the 64 bits, as one number: for sorting and for sets. */
export const numberOf = (a: number, b: number): number => (a >>> 0) * 0x20_0000 + (b >>> 11);

/** Places of values by their lanes: open addressing, at most half full. */
export interface LaneTable {
  /** -1 for a value that was never added. */
  find(a: number, b: number): number;
  /** The value's place, from 0 in the order of adding. */
  add(a: number, b: number): number;
  size(): number;
}

/**
 * One bit in so many is set at most: a row that meets no key asks the table one time in that many.
 */
const SPARSE = 32;

/** Says of most values that were never added that they were not; of no other (Bloom 1970). */
export interface LaneSieve {
  add(a: number): void;
  mayHave(a: number): boolean;
}

export function laneSieve(expected: number): LaneSieve {
  const power = Math.min(27, Math.max(10, Math.ceil(Math.log2(expected * SPARSE))));
  const shift = 32 - power;
  const bits = new Int32Array(1 << (power - 5));
  return {
    add: (a) => {
      const bit = a >>> shift;
      bits[bit >>> 5]! |= 1 << (bit & 31);
    },
    mayHave: (a) => {
      const bit = a >>> shift;
      return ((bits[bit >>> 5]! >>> (bit & 31)) & 1) === 1;
    },
  };
}

export function laneTable(expected = 512): LaneTable {
  let slots = 1 << Math.ceil(Math.log2(Math.max(16, expected * 2)));
  let held = new Int32Array(slots * 3);
  let size = 0;
  const slotOf = (a: number, b: number): number => {
    const mask = slots - 1;
    let slot = a & mask;
    for (;;) {
      const at = slot * 3;
      const place = held[at + 2]!;
      if (place === 0 || (held[at + 1] === b && held[at] === a)) return at;
      slot = (slot + 1) & mask;
    }
  };
  const grow = (): void => {
    const before = held;
    slots *= 2;
    held = new Int32Array(slots * 3);
    for (let at = 0; at < before.length; at += 3) {
      if (before[at + 2] === 0) continue;
      held.set(before.subarray(at, at + 3), slotOf(before[at]!, before[at + 1]!));
    }
  };
  return {
    find: (a, b) => held[slotOf(a, b) + 2]! - 1,
    add: (a, b) => {
      let at = slotOf(a, b);
      if (held[at + 2] !== 0) return held[at + 2]! - 1;
      if ((size + 1) * 2 > slots) {
        grow();
        at = slotOf(a, b);
      }
      held[at] = a;
      held[at + 1] = b;
      size += 1;
      held[at + 2] = size;
      return size - 1;
    },
    size: () => size,
  };
}
