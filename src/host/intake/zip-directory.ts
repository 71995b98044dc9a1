import type { ByteSource } from './byte-source.ts';
import { ARCHIVE_DIRECTORY_BYTES_MAX } from './limits.ts';
import { bufferOf, dataStart, entryName, type ZipEntry } from './zip-entry.ts';
import { salvageEntries } from './zip-salvage.ts';

export interface ZipDirectory {
  readonly entries: readonly ZipEntry[];
  /** How many entries the archive says it has; may be more than were read. */
  readonly stated: number;
  /** The list was missing or broken: entries were found by their own headers. */
  readonly damaged: boolean;
}

/** APPNOTE.TXT 4.3.16: 22 bytes and a comment of at most 65,535. */
const END_BYTES = 22;
const END_SEARCH_BYTES = END_BYTES + 0xffff;
const LIST_HEADER_BYTES = 46;

const END_SIGNATURE = Buffer.of(0x50, 0x4b, 5, 6);
const LIST_SIGNATURE = 0x02014b50;
const END64_LOCATOR_SIGNATURE = 0x07064b50;
const END64_SIGNATURE = 0x06064b50;

interface End {
  readonly count: number;
  readonly listAt: number;
  readonly listBytes: number;
  /** Bytes that stand before the archive: stated places count from its start. */
  readonly shift: number;
}

/** The archive's entries, at most `most`; from the entries' own headers where the list fails. */
export async function readDirectory(source: ByteSource, most: number): Promise<ZipDirectory> {
  const end = await findEnd(source);
  const listed = end === null ? [] : await readList(source, end, most);
  const whole = end !== null && listed.length === Math.min(end.count, most);
  if (end !== null && whole) {
    const entries = await standing(source, listed, end.shift);
    return { entries, stated: end.count, damaged: false };
  }
  const salvaged = await salvageEntries(source, most);
  const entries = salvaged.length > listed.length ? salvaged : listed;
  return { entries, stated: entries.length, damaged: true };
}

/**
 * Bytes before the archive shift the entries as they shift the list. Where the list alone is
 * shifted, because somebody lengthened an entry's header, the entries stand where they are stated.
 */
async function standing(
  source: ByteSource,
  entries: readonly ZipEntry[],
  shift: number,
): Promise<readonly ZipEntry[]> {
  const [first] = entries;
  if (shift === 0 || first === undefined || (await dataStart(source, first)) !== null) {
    return entries;
  }
  return entries.map((entry) => ({ ...entry, headerAt: entry.headerAt - shift }));
}

/** The list's place. Bytes before the archive (4.1.9) shift it; bytes after it are passed over. */
async function findEnd(source: ByteSource): Promise<End | null> {
  const from = Math.max(0, source.size - END_SEARCH_BYTES);
  const tail = bufferOf(await source.read(from, END_SEARCH_BYTES));
  for (let at = tail.lastIndexOf(END_SIGNATURE); at !== -1; ) {
    if (at + END_BYTES <= tail.length) {
      const end = await locate(source, tail.subarray(at), from + at);
      if (end !== null) return end;
    }
    at = at === 0 ? -1 : tail.lastIndexOf(END_SIGNATURE, at - 1);
  }
  return null;
}

async function locate(source: ByteSource, record: Buffer, at: number): Promise<End | null> {
  const end = (await readEnd64(source, at)) ?? {
    count: record.readUInt16LE(10),
    listBytes: record.readUInt32LE(12),
    listAt: record.readUInt32LE(16),
    listEndsAt: at,
    shift: 0,
  };
  if (end.count === 0) return { ...end, listBytes: 0 };
  for (const listAt of [end.listAt, end.listEndsAt - end.listBytes]) {
    const start = bufferOf(await source.read(Math.max(0, listAt), 4));
    if (start.length === 4 && start.readUInt32LE(0) === LIST_SIGNATURE) {
      return { ...end, listAt, shift: listAt - end.listAt };
    }
  }
  return null;
}

/** APPNOTE.TXT 4.3.14 and 4.3.15: sizes beyond 4 GB. */
async function readEnd64(
  source: ByteSource,
  endAt: number,
): Promise<(End & { readonly listEndsAt: number }) | null> {
  const locator = bufferOf(await source.read(Math.max(0, endAt - 20), 20));
  if (locator.length < 20 || locator.readUInt32LE(0) !== END64_LOCATOR_SIGNATURE) return null;
  const at = wide(locator, 8);
  if (at > source.size - 56) return null;
  const record = bufferOf(await source.read(at, 56));
  if (record.length < 56 || record.readUInt32LE(0) !== END64_SIGNATURE) return null;
  return {
    count: wide(record, 32),
    listBytes: wide(record, 40),
    listAt: wide(record, 48),
    listEndsAt: at,
    shift: 0,
  };
}

async function readList(source: ByteSource, end: End, most: number): Promise<readonly ZipEntry[]> {
  const list = bufferOf(await source.read(end.listAt, ARCHIVE_DIRECTORY_BYTES_MAX));
  const entries: ZipEntry[] = [];
  for (let at = 0; entries.length < Math.min(end.count, most); ) {
    if (at + LIST_HEADER_BYTES > list.length || list.readUInt32LE(at) !== LIST_SIGNATURE) break;
    const nameAt = at + LIST_HEADER_BYTES;
    const extraAt = nameAt + list.readUInt16LE(at + 28);
    const next = extraAt + list.readUInt16LE(at + 30) + list.readUInt16LE(at + 32);
    if (next > list.length) break;
    const sizes = wideSizes(list.subarray(extraAt, extraAt + list.readUInt16LE(at + 30)), {
      unpackedBytes: list.readUInt32LE(at + 24),
      packedBytes: list.readUInt32LE(at + 20),
      headerAt: list.readUInt32LE(at + 42),
    });
    entries.push({
      index: entries.length,
      name: entryName(list.subarray(nameAt, extraAt)),
      locked: (list.readUInt16LE(at + 8) & 1) !== 0,
      method: list.readUInt16LE(at + 10),
      crc32: list.readUInt32LE(at + 16),
      ...sizes,
      headerAt: sizes.headerAt + end.shift,
    });
    at = next;
  }
  return entries;
}

interface Sizes {
  readonly unpackedBytes: number;
  readonly packedBytes: number;
  readonly headerAt: number;
}

/** APPNOTE.TXT 4.5.3: a size of all ones stands in the extra field instead, in this order. */
function wideSizes(extra: Buffer, sizes: Sizes): Sizes {
  for (let at = 0; at + 4 <= extra.length; ) {
    const length = extra.readUInt16LE(at + 2);
    if (extra.readUInt16LE(at) === 1) {
      let field = extra.subarray(at + 4, at + 4 + length);
      const widened = (size: number): number => {
        if (size !== 0xffff_ffff || field.length < 8) return size;
        const wider = wide(field, 0);
        field = field.subarray(8);
        return wider;
      };
      return {
        unpackedBytes: widened(sizes.unpackedBytes),
        packedBytes: widened(sizes.packedBytes),
        headerAt: widened(sizes.headerAt),
      };
    }
    at += 4 + length;
  }
  return sizes;
}

const wide = (bytes: Buffer, at: number): number =>
  Math.min(Number(bytes.readBigUInt64LE(at)), Number.MAX_SAFE_INTEGER);
