import { joinBytes } from '../base/index.ts';
import { crc32 } from './zip.ts';

/** RFC 1951 section 3.2.4: a stored block holds at most this. */
const BLOCK_BYTES_MAX = 65_535;
/** RFC 1952 section 2.3: magic, deflate, no flags, no time, no level, unknown system. */
const HEADER = [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255];

/**
 * A gzip member whose blocks are stored, not compressed: every reader unpacks it, and it is the
 * same bytes with every version of every compressor.
 */
export function gzipStored(bytes: Uint8Array): Uint8Array {
  const pieces: Uint8Array[] = [Uint8Array.from(HEADER)];
  for (let from = 0; ; ) {
    const until = endOfBlock(bytes, from);
    const block = bytes.subarray(from, until);
    const [low, high] = [block.length & 0xff, block.length >>> 8];
    const head = [until === bytes.length ? 1 : 0, low, high, low ^ 0xff, high ^ 0xff];
    pieces.push(Uint8Array.from(head), block);
    if (until === bytes.length) break;
    from = until;
  }
  pieces.push(Uint8Array.from([...word(crc32(bytes)), ...word(bytes.length)]));
  return joinBytes(...pieces);
}

/** Blocks end with a line, so that a text can be read through its packing. */
function endOfBlock(bytes: Uint8Array, from: number): number {
  const limit = Math.min(bytes.length, from + BLOCK_BYTES_MAX);
  if (limit === bytes.length) return limit;
  const line = bytes.lastIndexOf(LINE_FEED, limit - 1);
  return line > from ? line + 1 : limit;
}

const LINE_FEED = 10;

/** Little-endian. */
const word = (value: number): readonly number[] =>
  [0, 8, 16, 24].map((shift) => (value >>> shift) & 0xff);
