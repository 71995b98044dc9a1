import type { ByteSource } from './byte-source.ts';
import { bufferOf, entryName, type ZipEntry } from './zip-entry.ts';

const HEADER_BYTES = 30;
const HEADER = Buffer.of(0x50, 0x4b, 3, 4);
/** What may follow an entry whose header does not say how long it is. */
const FOLLOWERS = [HEADER, Buffer.of(0x50, 0x4b, 7, 8), Buffer.of(0x50, 0x4b, 1, 2)];
/** What is sought mostly stands near: a look starts small and doubles. */
const FIRST_SCAN_BYTES = 1 << 12;
const SCAN_BYTES_MAX = 1 << 20;
/** A longer entry name is cut: it only serves to be judged. */
const NAME_BYTES_MAX = 1 << 10;

/**
 * Entries of an archive without a usable list (a download cut short), by their own headers
 * (APPNOTE.TXT 4.3.7). One pass: bytes are scanned once, whatever they hold.
 */
export async function salvageEntries(
  source: ByteSource,
  most: number,
): Promise<readonly ZipEntry[]> {
  const entries: ZipEntry[] = [];
  let at = await findFirst(source, 0, [HEADER]);
  while (at !== null && entries.length < most) {
    const { entry, endsAt } = await entryAt(source, at, entries.length);
    entries.push(entry);
    at = await findFirst(source, endsAt, [HEADER]);
  }
  return entries;
}

async function entryAt(
  source: ByteSource,
  at: number,
  index: number,
): Promise<{ readonly entry: ZipEntry; readonly endsAt: number }> {
  const head = bufferOf(await source.read(at, HEADER_BYTES + NAME_BYTES_MAX));
  const field = (offset: number): number =>
    offset + 2 <= head.length ? head.readUInt16LE(offset) : 0;
  const size = (offset: number): number =>
    offset + 4 <= head.length ? head.readUInt32LE(offset) : 0;
  const nameEndsAt = HEADER_BYTES + field(26);
  const dataAt = Math.min(source.size, at + nameEndsAt + field(28));
  // Flag bit 3: sizes and CRC follow the data, the header holds zeros (4.4.4).
  const sizesFollow = (field(6) & 8) !== 0 && size(18) === 0;
  const stated = sizesFollow
    ? ((await findFirst(source, dataAt, FOLLOWERS)) ?? source.size) - dataAt
    : size(18);
  const packedBytes = Math.max(0, Math.min(stated, source.size - dataAt));
  const entry = {
    index,
    name: entryName(head.subarray(HEADER_BYTES, nameEndsAt)),
    locked: (field(6) & 1) !== 0,
    method: field(8),
    crc32: sizesFollow ? null : size(14),
    unpackedBytes: sizesFollow ? null : size(22),
    packedBytes,
    headerAt: at,
  };
  return { entry, endsAt: dataAt + packedBytes };
}

async function findFirst(
  source: ByteSource,
  from: number,
  needles: readonly Buffer[],
): Promise<number | null> {
  let width = FIRST_SCAN_BYTES;
  for (
    let at = from;
    at < source.size;
    at += width - 3, width = Math.min(2 * width, SCAN_BYTES_MAX)
  ) {
    const chunk = bufferOf(await source.read(at, width));
    const hits = needles.map((needle) => chunk.indexOf(needle)).filter((hit) => hit !== -1);
    if (hits.length > 0) return at + Math.min(...hits);
    if (chunk.length < width) break;
  }
  return null;
}
