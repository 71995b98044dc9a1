/** Little-endian reading within a range; a read past the end returns null and nothing moves. */
export interface ByteReader {
  readonly bytes: Uint8Array;
  at: number;
  readonly end: number;
}

export const readerOf = (bytes: Uint8Array, at = 0, end = bytes.length): ByteReader => ({
  bytes,
  at,
  end: Math.min(end, bytes.length),
});

export function takeU8(reader: ByteReader): number | null {
  return reader.at < reader.end ? (reader.bytes[reader.at++] ?? null) : null;
}

export function takeU16(reader: ByteReader): number | null {
  if (reader.at + 2 > reader.end) return null;
  const value = u16(reader.bytes, reader.at);
  reader.at += 2;
  return value;
}

export function takeU32(reader: ByteReader): number | null {
  if (reader.at + 4 > reader.end) return null;
  const value = u32(reader.bytes, reader.at);
  reader.at += 4;
  return value;
}

/** A view, not a copy; null where fewer bytes are left. */
export function takeBytes(reader: ByteReader, length: number): Uint8Array | null {
  if (length < 0 || reader.at + length > reader.end) return null;
  const bytes = reader.bytes.subarray(reader.at, reader.at + length);
  reader.at += length;
  return bytes;
}

export const u16 = (bytes: Uint8Array, at: number): number =>
  (bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8);

export const u32 = (bytes: Uint8Array, at: number): number =>
  (u16(bytes, at) | (u16(bytes, at + 2) << 16)) >>> 0;
