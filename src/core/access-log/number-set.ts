const CHUNK_BITS = 4096;
const CHUNK_BYTES = CHUNK_BITS / 8;
/** Chunks of all sets together that are kept: 512 bytes each and the map's own 100, so 120 MB. */
export const CHUNKS_MAX = 200_000;

/** A set of whole numbers: exact, small where they lie close together. */
export interface NumberSet {
  /** False where it was in the set already, or the set may not grow. */
  add(value: number): boolean;
  has(value: number): boolean;
  readonly size: number;
  /** Ascending. */
  values(): Generator<number>;
}

/** Counts the chunks of several sets, so that they share one bound. */
export interface ChunkBudget {
  left: number;
  refused: number;
}

export function createNumberSet(budget: ChunkBudget): NumberSet {
  const chunks = new Map<number, Uint8Array>();
  let size = 0;
  let lastKey = -1;
  let last: Uint8Array = new Uint8Array(0);
  const chunkOf = (key: number): Uint8Array | null => {
    if (key === lastKey) return last;
    let chunk = chunks.get(key);
    if (chunk === undefined) {
      if (budget.left === 0) return null;
      budget.left -= 1;
      chunk = new Uint8Array(CHUNK_BYTES);
      chunks.set(key, chunk);
    }
    [lastKey, last] = [key, chunk];
    return chunk;
  };
  return {
    get size() {
      return size;
    },
    add(value) {
      const key = Math.floor(value / CHUNK_BITS);
      const chunk = chunkOf(key);
      if (chunk === null) {
        budget.refused += 1;
        return false;
      }
      const bit = value - key * CHUNK_BITS;
      const mask = 1 << (bit & 7);
      if ((chunk[bit >> 3]! & mask) !== 0) return false;
      chunk[bit >> 3]! |= mask;
      size += 1;
      return true;
    },
    has(value) {
      const key = Math.floor(value / CHUNK_BITS);
      const bit = value - key * CHUNK_BITS;
      return ((chunks.get(key)?.[bit >> 3] ?? 0) & (1 << (bit & 7))) !== 0;
    },
    *values() {
      for (const key of [...chunks.keys()].sort((a, b) => a - b)) {
        const chunk = chunks.get(key)!;
        for (let bit = 0; bit < CHUNK_BITS; bit++) {
          if ((chunk[bit >> 3]! & (1 << (bit & 7))) !== 0) yield key * CHUNK_BITS + bit;
        }
      }
    },
  };
}
