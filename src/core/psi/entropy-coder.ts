import { assert } from '../base/index.ts';

/**
 * An entropy coder: symbols of known frequencies take log2(total / frequency) bits each, fractions
 * of bits included. All arithmetic is on whole numbers below 2^53, so that every machine computes
 * the same.
 *
 * Source: Duda 2013, "Asymmetric numeral systems", range variant. What is put last is taken first.
 */
export interface SymbolWriter {
  put(symbol: number, of: Frequencies): void;
  /** `width` at most 32: a number of which nothing is known. */
  putBits(value: number, width: number): void;
  finish(): Uint8Array;
}

export interface SymbolReader {
  take(of: Frequencies): number;
  takeBits(width: number): number;
  /** Whether every byte was used, and all of them were written by a writer of the same symbols. */
  ended(): boolean;
}

/** How often each symbol comes. */
export interface Frequencies {
  /** Where the share of each symbol begins; behind the last, the total. */
  readonly starts: Float64Array;
}

export function frequenciesOf(counts: readonly number[]): Frequencies {
  const starts = new Float64Array(counts.length + 1);
  for (const [symbol, count] of counts.entries()) starts[symbol + 1] = starts[symbol]! + count;
  return { starts };
}

/** Numbers of more bits are split: a total must divide the least state. */
const PIECE_BITS = 16;
const PIECE = 2 ** PIECE_BITS;
const BYTE = 256;
/** The last state is below 2^53. */
const STATE_BYTES = 7;

/** Totals are `total` or powers of two up to 2^16; `total` at most 2^29. */
const leastState = (total: number): number => total * PIECE;

export function symbolWriter(total: number, bytesExpected: number): SymbolWriter {
  const least = leastState(total);
  assert(least * BYTE <= 2 ** 53, 'the state is a whole number');
  let state = least;
  let bytes = new Uint8Array(Math.max(16, bytesExpected));
  let length = 0;
  const push = (): void => {
    if (length === bytes.length) {
      const larger = new Uint8Array(length * 2);
      larger.set(bytes);
      bytes = larger;
    }
    const rest = Math.floor(state / BYTE);
    bytes[length++] = state - rest * BYTE;
    state = rest;
  };
  const encode = (start: number, count: number, of: number): void => {
    assert(count > 0, 'a symbol of a known frequency');
    const most = (least / of) * BYTE * count;
    while (state >= most) push();
    const whole = Math.floor(state / count);
    state = whole * of + start + (state - whole * count);
  };
  return {
    put: (symbol, { starts }) => {
      const start = starts[symbol]!;
      encode(start, starts[symbol + 1]! - start, starts[starts.length - 1]!);
    },
    putBits: (value, width) => {
      const low = Math.min(width, PIECE_BITS);
      const high = Math.floor(value / PIECE);
      encode(value - high * PIECE, 1, 2 ** low);
      if (width > low) encode(high, 1, 2 ** (width - low));
    },
    finish: () => {
      for (let at = 0; at < STATE_BYTES; at++) push();
      return bytes.slice(0, length).reverse();
    },
  };
}

/**
 * Reads any bytes: linear in what is taken, and never throws. Behind the end it reads zeros, which
 * `ended` tells. Null where the bytes begin with no state.
 */
export function symbolReader(total: number, bytes: Uint8Array): SymbolReader | null {
  const least = leastState(total);
  let at = STATE_BYTES;
  let state = bytes.subarray(0, at).reduce((sum, byte) => sum * BYTE + byte, 0);
  if (state < least || state >= least * BYTE) return null;
  const decode = (whole: number, count: number, slot: number): void => {
    state = whole * count + slot;
    while (state < least) state = state * BYTE + (bytes[at++] ?? 0);
  };
  const takePiece = (width: number): number => {
    const of = 2 ** width;
    const whole = Math.floor(state / of);
    const value = state - whole * of;
    decode(whole, 1, 0);
    return value;
  };
  return {
    take: ({ starts }) => {
      const of = starts[starts.length - 1]!;
      const whole = Math.floor(state / of);
      const slot = state - whole * of;
      const symbol = lastUpTo(starts, slot);
      const start = starts[symbol]!;
      decode(whole, starts[symbol + 1]! - start, slot - start);
      return symbol;
    },
    takeBits: (width) => {
      const low = Math.min(width, PIECE_BITS);
      const high = width > low ? takePiece(width - low) : 0;
      return high * PIECE + takePiece(low);
    },
    ended: () => at === bytes.length && state === least,
  };
}

/** The last symbol that begins at `slot` or before; `slot` is below the total. */
function lastUpTo(starts: Float64Array, slot: number): number {
  let low = 0;
  let high = starts.length - 1;
  while (high - low > 1) {
    const middle = (low + high) >>> 1;
    if (starts[middle]! <= slot) low = middle;
    else high = middle;
  }
  return low;
}
