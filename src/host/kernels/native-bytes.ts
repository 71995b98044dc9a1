/**
 * Buffer's native calls on any `Uint8Array`: no Buffer has to be wrapped around the bytes first,
 * and all byte arrays of a reading have one shape, for which the engine compiles tighter code.
 */
interface NativeCalls {
  latin1Slice(this: Uint8Array, start: number, end: number): string;
  utf8Slice(this: Uint8Array, start: number, end: number): string;
  ucs2Slice(this: Uint8Array, start: number, end: number): string;
  base64Slice(this: Uint8Array, start: number, end: number): string;
  base64Write(this: Uint8Array, text: string, at: number, length: number): number;
  indexOf(this: Uint8Array, needle: Uint8Array, from: number): number;
}

/** @types/node leaves the slices out. */
const native = Buffer.prototype as unknown as NativeCalls;

export const latin1Slice = (bytes: Uint8Array, start: number, end: number): string =>
  native.latin1Slice.call(bytes, start, end);

export const utf8Slice = (bytes: Uint8Array, start: number, end: number): string =>
  native.utf8Slice.call(bytes, start, end);

/** Text of UTF-16 units, which machines keep with the low byte first. */
export const utf16Slice = (units: Uint16Array, start: number, end: number): string =>
  native.ucs2Slice.call(new Uint8Array(units.buffer), 2 * start, 2 * end);

export const base64Slice = (bytes: Uint8Array, start: number, end: number): string =>
  native.base64Slice.call(bytes, start, end);

/** Decodes into `bytes` from `at` on; gives how many bytes were written. */
export const base64Write = (bytes: Uint8Array, text: string, at: number): number =>
  native.base64Write.call(bytes, text, at, bytes.length - at);

export const indexOfBytes = (bytes: Uint8Array, needle: Uint8Array, from: number): number =>
  native.indexOf.call(bytes, needle, from);

/** The same bytes without Buffer's prototype. */
export const plain = (bytes: Uint8Array): Uint8Array =>
  new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.length);
