import { base64Write, latin1Slice, plain } from './native-bytes.ts';

/** A body above this size is decoded piece by piece: whole, its text would take its size again. */
const WHOLE_BYTES_MAX = 1_048_576;
const PIECE_BYTES = 65_536;
const LF = 0x0a;
const LETTER_A = 0x41;
const PADDING = 0x3d;

/** RFC 4648 base64 to bytes; foreign characters are skipped, digits behind the last group too. */
export function decodeBase64(bytes: Uint8Array, start: number, end: number): Uint8Array {
  const inPieces = end - start > WHOLE_BYTES_MAX ? decodeInPieces(bytes, start, end) : null;
  return inPieces ?? plain(Buffer.from(latin1Slice(bytes, start, end), 'base64'));
}

/** Null where padding stands, or a piece does not end with a whole group as encoders' lines do. */
function decodeInPieces(bytes: Uint8Array, start: number, end: number): Uint8Array | null {
  if (bytes.subarray(start, end).includes(PADDING)) return null;
  const out = new Uint8Array(Math.ceil(((end - start) * 3) / 4));
  const piece = new Uint8Array(PIECE_BYTES + 3);
  let length = 0;
  for (let at = start; at < end; ) {
    const next = endOfPiece(bytes, at, end);
    piece.set(bytes.subarray(at, next));
    const size = next - at;
    if (next < end) {
      // Three digits more make 3n+2 bytes behind whole groups, and never behind a broken one.
      piece.fill(LETTER_A, size, size + 3);
      const written = base64Write(out, latin1Slice(piece, 0, size + 3), length);
      if (written % 3 !== 2) return null;
      length += written - 2;
    } else length += base64Write(out, latin1Slice(piece, 0, size), length);
    at = next;
  }
  return out.subarray(0, length);
}

/** Behind the last line break of the next piece, or where it must end for want of one. */
function endOfPiece(bytes: Uint8Array, at: number, end: number): number {
  const stop = at + PIECE_BYTES;
  if (stop >= end) return end;
  const lineEnd = bytes.subarray(at, stop).lastIndexOf(LF);
  return lineEnd < 0 ? stop : at + lineEnd + 1;
}
