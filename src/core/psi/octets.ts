import { assert, joinBytes } from '../base/index.ts';

/** RFC 8017 section 4.1: a whole number as big-endian octets. */
export function octetsOf(value: number, length: number): Uint8Array {
  assert(value < 256 ** length, 'the number does not fit');
  const out = new Uint8Array(length);
  let rest = value;
  for (let at = length - 1; at >= 0; at--) {
    out[at] = rest % 256;
    rest = Math.floor(rest / 256);
  }
  return out;
}

/** Two octets of length, then the octets. */
export const prefixed = (part: Uint8Array): Uint8Array => joinBytes(octetsOf(part.length, 2), part);

/** ASCII text; anything else is a defect. */
export function ascii(text: string): Uint8Array {
  const out = new Uint8Array(text.length);
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    assert(unit < 128, 'not ASCII');
    out[at] = unit;
  }
  return out;
}

/** Below 0, 0 or above 0, byte by byte; a prefix comes first. For public values: time tells. */
export function compareOctets(a: Uint8Array, b: Uint8Array): number {
  const length = Math.min(a.length, b.length);
  for (let at = 0; at < length; at++) {
    const difference = a[at]! - b[at]!;
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
}

export const sameOctets = (a: Uint8Array, b: Uint8Array): boolean =>
  a.length === b.length && compareOctets(a, b) === 0;

/** Null where the text is not lower-case hex of `length` octets. */
export function fromHex(text: string, length: number): Uint8Array | null {
  if (text.length !== length * 2 || !/^[0-9a-f]*$/.test(text)) return null;
  return Uint8Array.from({ length }, (_, at) =>
    Number.parseInt(text.slice(at * 2, at * 2 + 2), 16),
  );
}
