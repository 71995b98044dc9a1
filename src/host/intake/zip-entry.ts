import { isUtf8 } from 'node:buffer';
import type { ByteSource } from './byte-source.ts';

/** One entry as the archive's list states it (APPNOTE.TXT 4.3.12); nothing of it is believed. */
export interface ZipEntry {
  /** Place in the list, from 0: the entry's number in paths. */
  readonly index: number;
  /** As written. Never used as a path; can hold personal data. */
  readonly name: string;
  readonly locked: boolean;
  /** 0 stored, 8 deflated (APPNOTE.TXT 4.4.5). */
  readonly method: number;
  /** Null where only the data itself could tell. */
  readonly crc32: number | null;
  readonly unpackedBytes: number | null;
  readonly packedBytes: number;
  /** Where the entry's own header starts. */
  readonly headerAt: number;
}

const HEADER_BYTES = 30;
const HEADER_SIGNATURE = 0x04034b50;

/** First byte of an entry's packed data; null where the entry has no header of its own there. */
export async function dataStart(source: ByteSource, entry: ZipEntry): Promise<number | null> {
  const header = bufferOf(await source.read(entry.headerAt, HEADER_BYTES));
  if (header.length < HEADER_BYTES || header.readUInt32LE(0) !== HEADER_SIGNATURE) return null;
  return entry.headerAt + HEADER_BYTES + header.readUInt16LE(26) + header.readUInt16LE(28);
}

/** UTF-8 where it is that, whatever the flag says; else one character a byte. */
export const entryName = (bytes: Buffer): string =>
  bytes.toString(isUtf8(bytes) ? 'utf8' : 'latin1');

export const bufferOf = (bytes: Uint8Array): Buffer =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
