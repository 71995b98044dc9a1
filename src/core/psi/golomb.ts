import { assert } from '../base/index.ts';

/** Bits, most significant first. */
export interface BitWriter {
  /** `width` at most 31. */
  write(value: number, width: number): void;
  finish(): Uint8Array;
}

export function bitWriter(bytesExpected: number): BitWriter {
  let bytes = new Uint8Array(Math.max(16, bytesExpected));
  let length = 0;
  let pending = 0;
  let filled = 0;
  const push = (byte: number): void => {
    if (length === bytes.length) {
      const larger = new Uint8Array(bytes.length * 2);
      larger.set(bytes);
      bytes = larger;
    }
    bytes[length++] = byte;
  };
  return {
    write: (value, width) => {
      for (let left = width; left > 0; ) {
        const take = Math.min(left, 8 - filled);
        pending = (pending << take) | ((value >>> (left - take)) & ((1 << take) - 1));
        filled += take;
        left -= take;
        if (filled === 8) {
          push(pending);
          pending = 0;
          filled = 0;
        }
      }
    },
    finish: () => {
      if (filled > 0) push(pending << (8 - filled));
      return bytes.slice(0, length);
    },
  };
}

export interface BitReader {
  /** -1 behind the end. */
  bit(): number;
  /** `width` at most 31; -1 behind the end. */
  read(width: number): number;
}

export function bitReader(bytes: Uint8Array): BitReader {
  let at = 0;
  const end = bytes.length * 8;
  const bit = (): number => {
    if (at >= end) return -1;
    const value = (bytes[at >>> 3]! >>> (7 - (at & 7))) & 1;
    at += 1;
    return value;
  };
  const read = (width: number): number => {
    if (at + width > end) return -1;
    let value = 0;
    for (let left = width; left > 0; ) {
      const offset = at & 7;
      const take = Math.min(left, 8 - offset);
      const part = (bytes[at >>> 3]! >>> (8 - offset - take)) & ((1 << take) - 1);
      value = value * 2 ** take + part;
      at += take;
      left -= take;
    }
    return value;
  };
  return { bit, read };
}

/**
 * Ascending whole numbers as the gaps between them: quotient by 2^remainder in unary, remainder in
 * bits (Golomb 1966, Rice 1979). For tags spread evenly over count * 2^remainder the cost is
 * remainder + 1.6 bits each, 0.1 above the entropy.
 */
export function writeGaps(writer: BitWriter, values: Float64Array, remainder: number): void {
  const divisor = 2 ** remainder;
  let last = 0;
  for (const value of values) {
    const gap = value - last;
    assert(gap >= 0, 'tags ascend');
    let quotient = Math.floor(gap / divisor);
    for (; quotient >= 30; quotient -= 30) writer.write(2 ** 30 - 1, 30);
    // Ones, then a zero.
    writer.write(2 ** (quotient + 1) - 2, quotient + 1);
    writer.write(gap % divisor, remainder);
    last = value;
  }
}

/** Null where the bits end too early or a number leaves the range. */
export function readGaps(
  reader: BitReader,
  {
    count,
    remainder,
    below,
  }: {
    readonly count: number;
    readonly remainder: number;
    readonly below: number;
  },
): Float64Array | null {
  const divisor = 2 ** remainder;
  const values = new Float64Array(count);
  let last = 0;
  for (let at = 0; at < count; at++) {
    let quotient = 0;
    for (;;) {
      const bit = reader.bit();
      if (bit === -1) return null;
      if (bit === 0) break;
      quotient += 1;
    }
    const rest = reader.read(remainder);
    last += quotient * divisor + rest;
    if (rest === -1 || last >= below) return null;
    values[at] = last;
  }
  return values;
}
