import { type Kernels, latin1Bytes } from '../base/index.ts';
import { decodeUu } from './uuencode.ts';

/** Content-Transfer-Encoding by what undoes it (RFC 2045 section 6); `identity`: nothing does. */
export type TransferEncoding = 'identity' | 'base64' | 'quoted-printable' | 'uuencode';

/**
 * A body with its encoding undone. `defect`: text behind the padding of base64, which is left out;
 * or a body that is not encoded as it says, which stays as it is.
 */
export interface TransferDecoded {
  /** A view of the input where nothing was encoded. */
  readonly bytes: Uint8Array;
  readonly defect: 'base64-trailing-text' | 'encoding-not-applied' | null;
}

const NAMES: ReadonlyMap<string, TransferEncoding> = new Map([
  ['', 'identity'],
  ['7bit', 'identity'],
  ['7-bit', 'identity'],
  ['8bit', 'identity'],
  ['8-bit', 'identity'],
  ['binary', 'identity'],
  ['none', 'identity'],
  ['base64', 'base64'],
  ['base-64', 'base64'],
  ['quoted-printable', 'quoted-printable'],
  ['quoted printable', 'quoted-printable'],
  ['quotedprintable', 'quoted-printable'],
  ['uuencode', 'uuencode'],
  ['x-uuencode', 'uuencode'],
  ['x-uue', 'uuencode'],
  ['uue', 'uuencode'],
]);

/** What a Content-Transfer-Encoding value means (RFC 2045 section 6); null where it is unknown. */
export function transferEncoding(value: string): TransferEncoding | null {
  const known = NAMES.get(value);
  if (known !== undefined) return known;
  const name = value
    .slice(0, 200)
    .replace(/\([^)]*\)|["']/g, '')
    .replace(/;.*$/s, '')
    .trim()
    .toLowerCase();
  return NAMES.get(name) ?? null;
}

/** Decodes one body exactly: line ends of what comes out are never touched. Linear time. */
export function decodeTransfer(
  encoding: TransferEncoding,
  body: Uint8Array,
  kernels: Kernels,
): TransferDecoded {
  switch (encoding) {
    case 'identity':
      return { bytes: body, defect: null };
    case 'base64':
      return decodeBase64(body, kernels);
    case 'quoted-printable':
      return { bytes: decodeQuotedPrintable(body, kernels), defect: null };
    case 'uuencode': {
      const bytes = decodeUu(body, kernels);
      return bytes === null
        ? { bytes: body, defect: 'encoding-not-applied' }
        : { bytes, defect: null };
    }
  }
}

const EQUALS = Uint8Array.of(0x3d);
const EMPTY_LF = latin1Bytes('\n\n');
const EMPTY_CRLF = latin1Bytes('\n\r\n');
const LF = 0x0a;
const CR = 0x0d;
const SPACE = 0x20;
const TAB = 0x09;

/**
 * RFC 2045 section 6.8, with what is met: foreign characters are skipped, padding may be missing or
 * stand in mid-stream (pieces that were encoded apart), text that a list added behind is left out.
 */
function decodeBase64(body: Uint8Array, kernels: Kernels): TransferDecoded {
  const padding = kernels.indexOf(body, EQUALS, 0);
  const dataEnd = padding < 0 ? body.length : padding;
  const paddingEnd = skipPadding(body, dataEnd);
  if (paddingEnd === body.length) {
    const footer = padding < 0 ? textBehind(body, kernels) : -1;
    const end = footer < 0 ? dataEnd : footer;
    return {
      bytes: kernels.base64(body, 0, end),
      defect: footer < 0 ? null : 'base64-trailing-text',
    };
  }
  if (hasWords(body, paddingEnd)) {
    return { bytes: kernels.base64(body, 0, dataEnd), defect: 'base64-trailing-text' };
  }
  return { bytes: decodePieces(body), defect: null };
}

function skipPadding(body: Uint8Array, from: number): number {
  let at = from;
  while (at < body.length && (body[at]! <= SPACE || body[at] === 0x3d)) at += 1;
  return at;
}

/** Place of words behind an empty line: no encoder writes either; -1 where there are none. */
function textBehind(body: Uint8Array, kernels: Kernels): number {
  const hits = [EMPTY_LF, EMPTY_CRLF].map((needle) => kernels.indexOf(body, needle, 0));
  const found = hits.filter((hit) => hit > 0);
  if (found.length === 0) return -1;
  const at = Math.min(...found);
  return hasWords(body, at) ? at : -1;
}

/** Whether a line holds a blank between other characters, as text does and base64 does not. */
function hasWords(body: Uint8Array, from: number): boolean {
  let word = false;
  let blank = false;
  for (let at = from; at < body.length; at += 1) {
    const byte = body[at]!;
    if (byte === LF || byte === CR) {
      word = false;
      blank = false;
    } else if (byte === SPACE || byte === TAB) blank = word;
    else if (blank) return true;
    else word = true;
  }
  return false;
}

/** Value of each base64 digit; 64: padding; 255: skipped. */
const DIGITS = (() => {
  const digits = new Uint8Array(256).fill(255);
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
  for (let value = 0; value < 64; value += 1) digits[alphabet.charCodeAt(value)] = value;
  digits[0x3d] = 64;
  return digits;
})();

function decodePieces(body: Uint8Array): Uint8Array {
  const out = new Uint8Array(Math.ceil(body.length / 4) * 3);
  let length = 0;
  let bits = 0;
  let count = 0;
  for (let at = 0; at < body.length; at += 1) {
    const digit = DIGITS[body[at]!]!;
    if (digit === 255) continue;
    if (digit === 64) {
      count = 0;
      continue;
    }
    bits = ((bits << 6) | digit) & 0xffffff;
    count = (count + 1) & 3;
    // The second, third and fourth digit of a group each complete a byte.
    if (count === 2) out[length++] = (bits >> 4) & 0xff;
    else if (count === 3) out[length++] = (bits >> 2) & 0xff;
    else if (count === 0) out[length++] = bits & 0xff;
  }
  return out.subarray(0, length);
}

/**
 * RFC 2045 section 6.7: soft breaks joined, blanks before a line break dropped, `=` that encodes
 * nothing kept.
 */
function decodeQuotedPrintable(body: Uint8Array, kernels: Kernels): Uint8Array {
  if (kernels.indexOf(body, EQUALS, 0) < 0 && !hasTrailingBlanks(body)) return body;
  const end = body.length;
  const out = new Uint8Array(end);
  let length = 0;
  // Blanks up to here were encoded, or stand before a soft break: they stay.
  let fixed = 0;
  for (let at = 0; at < end; ) {
    let byte = body[at]!;
    // A loop of its own, which the engine makes tight: most of the time is spent here.
    while (byte !== 0x3d && byte !== LF) {
      out[length++] = byte;
      at += 1;
      if (at === end) break;
      byte = body[at]!;
    }
    if (at === end) break;
    if (byte === LF) {
      length = endLine(out, length, fixed);
      at += 1;
    } else if (at + 2 < end && (HEX[body[at + 1]!]! | HEX[body[at + 2]!]!) < 16) {
      out[length++] = HEX[body[at + 1]!]! * 16 + HEX[body[at + 2]!]!;
      at += 3;
    } else {
      const next = softBreakEnd(body, at + 1);
      if (next < 0) out[length++] = byte;
      at = next < 0 ? at + 1 : next;
    }
    fixed = length;
  }
  return out.subarray(0, withoutBlanks(out, length, fixed));
}

/** Writes a line break, CRLF where CR stands before it, behind the line without its blanks. */
function endLine(out: Uint8Array, length: number, fixed: number): number {
  const carriage = length > fixed && out[length - 1] === CR;
  let end = withoutBlanks(out, carriage ? length - 1 : length, fixed);
  if (carriage) out[end++] = CR;
  out[end++] = LF;
  return end;
}

function withoutBlanks(out: Uint8Array, length: number, fixed: number): number {
  let end = length;
  while (end > fixed && (out[end - 1] === SPACE || out[end - 1] === TAB)) end -= 1;
  return end;
}

/** Behind a soft break with its trailing blanks; -1 where `=` is none. */
function softBreakEnd(body: Uint8Array, from: number): number {
  const end = body.length;
  let at = from;
  while (at < end && (body[at] === SPACE || body[at] === TAB)) at += 1;
  if (at >= end) return end;
  if (body[at] === LF) return at + 1;
  if (body[at] !== CR) return -1;
  return at + 1 < end && body[at + 1] === LF ? at + 2 : at + 1;
}

function hasTrailingBlanks(body: Uint8Array): boolean {
  for (let at = body.indexOf(LF); at >= 0; at = body.indexOf(LF, at + 1)) {
    const last = body[at - 1] === CR ? body[at - 2] : body[at - 1];
    if (last === SPACE || last === TAB) return true;
  }
  const last = body.at(-1);
  return last === SPACE || last === TAB;
}

const HEX = (() => {
  const values = new Uint8Array(256).fill(255);
  for (let value = 0; value < 16; value += 1) {
    values[value.toString(16).charCodeAt(0)] = value;
    values[value.toString(16).toUpperCase().charCodeAt(0)] = value;
  }
  return values;
})();
