import type { ExhibitVault } from '../../app/ports/index.ts';
import type { Exhibit } from '../../core/evidence/index.ts';

/** Bytes that can be read in any order: a file, a kept exhibit, a stretch of either, memory. */
export interface ByteSource {
  readonly size: number;
  /** Fewer bytes than asked where the source ends. */
  read(offset: number, length: number): Promise<Uint8Array>;
  stream(): AsyncIterable<Uint8Array>;
}

export const vaultSource = (vault: ExhibitVault, exhibit: Exhibit): ByteSource => ({
  size: exhibit.bytes,
  read: (offset, length) =>
    vault.read(exhibit.digest, {
      offset,
      length: Math.max(0, Math.min(length, exhibit.bytes - offset)),
    }),
  stream: () => vault.stream(exhibit.digest),
});

export const memorySource = (bytes: Uint8Array): ByteSource => ({
  size: bytes.length,
  read: async (offset, length) => bytes.subarray(offset, offset + length),
  stream: async function* () {
    yield bytes;
  },
});

/** Chunks of a stretch are this long at most. */
const STRETCH_CHUNK_BYTES = 1 << 20;

/** `length` bytes of `source` from `start`, as a source of their own. */
export function stretchOf(source: ByteSource, start: number, length: number): ByteSource {
  const size = Math.max(0, Math.min(length, source.size - start));
  const read = (offset: number, wanted: number): Promise<Uint8Array> =>
    source.read(start + offset, Math.max(0, Math.min(wanted, size - offset)));
  return {
    size,
    read,
    stream: async function* () {
      for (let at = 0; at < size; at += STRETCH_CHUNK_BYTES) {
        const chunk = await read(at, STRETCH_CHUNK_BYTES);
        if (chunk.length === 0) return;
        yield chunk;
      }
    },
  };
}
