import type { Sha256 } from '../../core/base/index.ts';

/** Values by place, kept smaller than the objects that they read as. */
export interface Field<Value> {
  get(at: number): Value;
  set(at: number, value: Value): void;
}

type Numbers = Uint32Array | Float64Array;

const FIRST_LENGTH = 1 << 10;

/** Numbers in one typed array that grows. */
export function numberField(make: new (length: number) => Numbers): Field<number> {
  let numbers = new make(FIRST_LENGTH);
  return {
    get: (at) => numbers[at] ?? 0,
    set: (at, value) => {
      while (at >= numbers.length) {
        const wider = new make(numbers.length * 2);
        wider.set(numbers);
        numbers = wider;
      }
      numbers[at] = value;
    },
  };
}

/** Equal values stand once: senders, subjects and forms recur. `keyOf` tells equal ones. */
export function pooledField<Value>(keyOf: (value: Value) => string | null): Field<Value> {
  const numbers = new Map<string | null, number>();
  const values: Value[] = [];
  const column = numberField(Uint32Array);
  return {
    get: (at) => values[column.get(at)] as Value,
    set: (at, value) => {
      const key = keyOf(value);
      const standing = numbers.get(key);
      if (standing === undefined) numbers.set(key, values.push(value) - 1);
      column.set(at, standing ?? values.length - 1);
    },
  };
}

const DIGEST_BYTES = 32;
const DIGEST_LETTERS = 64;
/** Digests in one stretch: growing never copies what stands. */
const STRETCH = 1 << 12;
const LETTERS = Uint8Array.from('0123456789abcdef', (letter) => letter.charCodeAt(0));

/** SHA-256 values as bytes: hex text would take three times as much. */
export function digestField(): Field<Sha256> {
  const stretches: Uint8Array[] = [];
  const letters = new Uint8Array(DIGEST_LETTERS);
  const bytesAt = (at: number): Uint8Array => {
    const stretch = Math.floor(at / STRETCH);
    while (stretches.length <= stretch) stretches.push(new Uint8Array(STRETCH * DIGEST_BYTES));
    const from = (at % STRETCH) * DIGEST_BYTES;
    return (stretches[stretch] ?? new Uint8Array()).subarray(from, from + DIGEST_BYTES);
  };
  return {
    get: (at) => {
      bytesAt(at).forEach((byte, place) => {
        letters[2 * place] = LETTERS[byte >>> 4] ?? 0;
        letters[2 * place + 1] = LETTERS[byte & 15] ?? 0;
      });
      return String.fromCharCode(...letters) as Sha256;
    },
    set: (at, digest) => {
      const bytes = bytesAt(at);
      for (let place = 0; place < DIGEST_BYTES; place++) {
        bytes[place] =
          (nibble(digest.charCodeAt(2 * place)) << 4) | nibble(digest.charCodeAt(2 * place + 1));
      }
    },
  };
}

/** Of a lower-case hex digit: `a` is 97, and 97 & 15 is 1. */
const nibble = (letter: number): number => (letter & 15) + (letter > 57 ? 9 : 0);
