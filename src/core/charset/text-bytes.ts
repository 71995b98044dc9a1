/** Bytes of one body that are read as text: fifty times what a person writes or reads. */
export const TEXT_BYTES_MAX = 8_000_000;

const LF = 0x0a;
/** Lines of text end within it, and so does any shift between character sets. */
const LINE_LOOK_BYTES = 65_536;

/**
 * The bytes of a body that are read as text: all, or at most `most` (a multiple of four), cut
 * behind a line, so that they decode as they would in the whole. Where no line ends near, between
 * two characters of UTF-8, UTF-16 or UTF-32.
 */
export function textBytes(bytes: Uint8Array, most = TEXT_BYTES_MAX): Uint8Array {
  if (bytes.length <= most) return bytes;
  const near = bytes.subarray(Math.max(0, most - LINE_LOOK_BYTES), most);
  // Characters of two or four bytes, and `most` stands between two.
  if (near.includes(0)) return bytes.subarray(0, most);
  const line = near.lastIndexOf(LF) + 1;
  if (line > 0) return bytes.subarray(0, most - near.length + line);
  let end = most;
  while (end > most - 4 && isContinuation(bytes[end]!)) end -= 1;
  return bytes.subarray(0, isContinuation(bytes[end]!) ? most : end);
}

/** UTF-8 (RFC 3629 section 3): not the first byte of a character. */
const isContinuation = (byte: number): boolean => (byte & 0xc0) === 0x80;
