import type { Sha256 } from './digest.ts';

/**
 * The byte work that a platform does in native code: pure functions, the same answer everywhere.
 *
 * Core cannot reach Node or the browser, so whoever calls it hands these in
 * (`host/kernels` fills them for Node). Ranges are half open: `start` included, `end` not.
 */
export interface Kernels {
  sha256(bytes: Uint8Array): Sha256;
  /** The same digest as its 32 bytes. */
  sha256Raw(bytes: Uint8Array): Uint8Array;
  /** One UTF-16 unit per byte, U+0000 to U+00FF. */
  latin1(bytes: Uint8Array, start: number, end: number): string;
  /** UTF-8 with U+FFFD for what is malformed (WHATWG Encoding). */
  utf8(bytes: Uint8Array, start: number, end: number): string;
  isUtf8(bytes: Uint8Array): boolean;
  /** Whether all bytes are below 0x80. */
  isAscii(bytes: Uint8Array): boolean;
  /** Text to UTF-8. */
  encode(text: string): Uint8Array;
  /** Text under a charset label (WHATWG, else iconv-lite); null where the label is unknown. */
  decode(label: string, bytes: Uint8Array): string | null;
  /** First place of `needle` at or after `from`, or -1. */
  indexOf(bytes: Uint8Array, needle: Uint8Array, from: number): number;
  /** RFC 4648 base64 to bytes, foreign characters skipped. */
  base64(bytes: Uint8Array, start: number, end: number): Uint8Array;
  toBase64(bytes: Uint8Array): string;
  /**
   * RFC 1950 (zlib) unpacked, what stands behind its end left out; as far as it goes where it ends
   * early, null where it is damaged or gives more than `most` bytes.
   */
  inflate(bytes: Uint8Array, most: number): Uint8Array | null;
}
