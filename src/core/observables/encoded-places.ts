/** Where each decoded byte stands in the encoded body: from `starts[n]` up to `ends[n]`. */
export interface EncodedPlaces {
  readonly starts: Uint32Array;
  readonly ends: Uint32Array;
}

/** Decoded bytes mapped in one part: 8 bytes of table each. Longer texts are padding. */
const MAPPED_BYTES_MAX = 8_000_000;

/**
 * Maps what came out of base64 or quoted-printable back to the characters it was written with.
 *
 * `decoded` is what the mail reader made of `body`. The map is built by decoding once more; where
 * the two do not agree byte for byte there is no map, rather than a wrong one: null.
 */
export function encodedPlaces(
  encoding: 'base64' | 'quoted-printable',
  body: Uint8Array,
  decoded: Uint8Array,
): EncodedPlaces | null {
  if (decoded.length > MAPPED_BYTES_MAX) return null;
  const map = new Mapping(decoded);
  if (encoding === 'base64') mapBase64(body, map);
  else mapQuotedPrintable(body, map);
  return map.places();
}

/** Takes decoded bytes one by one and checks them against what is expected. */
class Mapping {
  readonly #expected: Uint8Array;
  readonly #starts: Uint32Array;
  readonly #ends: Uint32Array;
  #agrees = true;
  length = 0;

  constructor(expected: Uint8Array) {
    this.#expected = expected;
    this.#starts = new Uint32Array(expected.length);
    this.#ends = new Uint32Array(expected.length);
  }

  get isFull(): boolean {
    return this.length >= this.#expected.length;
  }

  add(byte: number, start: number, end: number): void {
    if (this.#expected[this.length] !== byte) this.#agrees = false;
    else {
      this.#starts[this.length] = start;
      this.#ends[this.length] = end;
    }
    this.length += 1;
  }

  places(): EncodedPlaces | null {
    const isWhole = this.#agrees && this.length === this.#expected.length;
    return isWhole ? { starts: this.#starts, ends: this.#ends } : null;
  }
}

const EQUALS = 0x3d;
const [LF, CR, SPACE, TAB] = [0x0a, 0x0d, 0x20, 0x09];

/** RFC 2045 section 6.8; padding starts a group anew, foreign characters are passed over. */
function mapBase64(body: Uint8Array, map: Mapping): void {
  let [bits, count, last] = [0, 0, 0];
  for (let at = 0; at < body.length && !map.isFull; at += 1) {
    const code = body[at]!;
    if (code === EQUALS) count = 0;
    const digit = base64Digit(code);
    if (digit < 0) continue;
    bits = ((bits << 6) | digit) & 0xffffff;
    count = (count + 1) & 3;
    // The second, third and fourth digit of a group each complete a byte begun by the one before.
    if (count === 2) map.add((bits >> 4) & 0xff, last, at + 1);
    else if (count === 3) map.add((bits >> 2) & 0xff, last, at + 1);
    else if (count === 0) map.add(bits & 0xff, last, at + 1);
    last = at;
  }
}

function base64Digit(code: number): number {
  if (code >= 65 && code <= 90) return code - 65;
  if (code >= 97 && code <= 122) return code - 71;
  if (code >= 48 && code <= 57) return code + 4;
  // Node reads the letters of RFC 4648 section 5 as well.
  if (code === 43 || code === 45) return 62;
  return code === 47 || code === 95 ? 63 : -1;
}

/** RFC 2045 section 6.7: as the mail reader decodes it, blanks before a line break dropped. */
function mapQuotedPrintable(body: Uint8Array, map: Mapping): void {
  for (let at = 0; at < body.length && !map.isFull; ) {
    const byte = body[at]!;
    if (byte === SPACE || byte === TAB) {
      const end = blanksEnd(body, at);
      if (!isLineEnd(body, end)) for (let n = at; n < end; n += 1) map.add(body[n]!, n, n + 1);
      at = end;
      continue;
    }
    const value = byte === EQUALS ? hexPair(body[at + 1], body[at + 2]) : -1;
    if (value >= 0) {
      map.add(value, at, at + 3);
      at += 3;
      continue;
    }
    const next = byte === EQUALS ? softBreakEnd(body, at + 1) : -1;
    if (next < 0) map.add(byte, at, at + 1);
    at = next < 0 ? at + 1 : next;
  }
}

function blanksEnd(body: Uint8Array, from: number): number {
  let at = from;
  while (body[at] === SPACE || body[at] === TAB) at += 1;
  return at;
}

const isLineEnd = (body: Uint8Array, at: number): boolean =>
  at >= body.length || body[at] === LF || (body[at] === CR && body[at + 1] === LF);

function softBreakEnd(body: Uint8Array, from: number): number {
  const at = blanksEnd(body, from);
  if (at >= body.length) return body.length;
  if (body[at] === LF) return at + 1;
  if (body[at] !== CR) return -1;
  return body[at + 1] === LF ? at + 2 : at + 1;
}

function hexPair(first: number | undefined, second: number | undefined): number {
  const [high, low] = [hexDigit(first), hexDigit(second)];
  return high < 0 || low < 0 ? -1 : high * 16 + low;
}

function hexDigit(code: number | undefined): number {
  if (code === undefined) return -1;
  if (code >= 48 && code <= 57) return code - 48;
  const upper = code & ~0x20;
  return upper >= 65 && upper <= 70 ? upper - 55 : -1;
}
