/** Units of equal length in the bytes: an ASCII stretch, or UTF-16 units of a base64 run. */
export interface Utf7Run {
  readonly start: number;
  /** Bytes a unit: 1, or 8/3 inside a run (16 of 6 bits). */
  readonly size: number;
  readonly count: number;
}

/** UTF-16 unit in base64 characters. */
const RUN_UNIT_BYTES = 16 / 6;

const PLUS = 0x2b;
const MINUS = 0x2d;

/** How UTF-7 text (RFC 2152) is laid out, in order. */
export function utf7Runs(bytes: Uint8Array): readonly Utf7Run[] {
  const runs: Utf7Run[] = [];
  const add = (start: number, size: number, count: number): void => {
    if (count > 0) runs.push({ start, size, count });
  };
  for (let at = 0; at < bytes.length; ) {
    const plus = bytes.indexOf(PLUS, at);
    add(at, 1, (plus < 0 ? bytes.length : plus) - at);
    if (plus < 0) break;
    const end = endOfRun(bytes, plus + 1);
    const closed = bytes[end] === MINUS;
    if (end === plus + 1) add(plus, 1, 1);
    else add(plus + 1, RUN_UNIT_BYTES, unitsOf(end - plus - 1));
    at = closed ? end + 1 : end;
  }
  return runs;
}

/**
 * UTF-7 (RFC 2152): ASCII with runs of base64-coded UTF-16 between `+` and `-`.
 *
 * Bytes above 0x7F are malformed and come out as U+FFFD, as does a unit that a run cuts short.
 */
export function decodeUtf7(bytes: Uint8Array): string {
  const pieces: string[] = [];
  for (const { start, size, count } of utf7Runs(bytes)) {
    if (size === 1) pieces.push(asciiOf(bytes.subarray(start, start + count)));
    else pieces.push(utf16Of(bytes, start, count));
  }
  return pieces.join('');
}

/** RFC 2152 section 5: a rest of less than six bits is padding, of more a unit cut short. */
const unitsOf = (characters: number): number =>
  Math.floor((characters * 6) / 16) + ((characters * 6) % 16 >= 6 ? 1 : 0);

const CHUNK = 4096;

function asciiOf(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += CHUNK)
    text += String.fromCharCode(...bytes.subarray(at, at + CHUNK));
  return text.replace(/[\u0080-\u00ff]/g, '\ufffd');
}

function endOfRun(bytes: Uint8Array, start: number): number {
  let end = start;
  while (end < bytes.length && base64Value(bytes[end]!) >= 0) end++;
  return end;
}

function utf16Of(bytes: Uint8Array, start: number, count: number): string {
  const pieces: string[] = [];
  let bits = 0;
  let value = 0;
  for (let i = start; pieces.length < count; i++) {
    const six = i < bytes.length ? base64Value(bytes[i]!) : -1;
    if (six < 0) {
      pieces.push('\ufffd');
      break;
    }
    value = ((value << 6) | six) & 0x3fffff;
    bits += 6;
    if (bits >= 16) {
      bits -= 16;
      pieces.push(String.fromCharCode((value >> bits) & 0xffff));
    }
  }
  return pieces.join('');
}

function base64Value(code: number): number {
  if (code >= 65 && code <= 90) return code - 65;
  if (code >= 97 && code <= 122) return code - 71;
  if (code >= 48 && code <= 57) return code + 4;
  if (code === 43) return 62;
  return code === 47 ? 63 : -1;
}
