import type { Kernels } from '../base/index.ts';

/** The one kernel that a tree hash needs: SHA-256 as 32 bytes. */
export type TreeHasher = Pick<Kernels, 'sha256Raw'>;

/**
 * The roots of the perfect subtrees that a log of `size` leaves falls into, largest first.
 *
 * That is all a writer must keep to append and to know the root: one hash per set bit of `size`.
 */
export interface CompactRange {
  readonly size: number;
  readonly peaks: readonly Uint8Array[];
}

export const EMPTY_RANGE: CompactRange = { size: 0, peaks: [] };

const HASH_BYTES = 32;
const LEAF_PREFIX = 0x00;
const NODE_PREFIX = 0x01;

/** RFC 9162 section 2.1.1: the prefix keeps a leaf from passing for a node. */
export function leafHash(body: Uint8Array, hasher: TreeHasher): Uint8Array {
  const input = new Uint8Array(1 + body.length);
  input[0] = LEAF_PREFIX;
  input.set(body, 1);
  return hasher.sha256Raw(input);
}

export function nodeHash(left: Uint8Array, right: Uint8Array, hasher: TreeHasher): Uint8Array {
  const input = new Uint8Array(1 + 2 * HASH_BYTES);
  input[0] = NODE_PREFIX;
  input.set(left, 1);
  input.set(right, 1 + HASH_BYTES);
  return hasher.sha256Raw(input);
}

/** The range with these leaves behind it: O(1) hashes a leaf on average. */
export function appendLeaves(
  range: CompactRange,
  leafHashes: readonly Uint8Array[],
  hasher: TreeHasher,
): CompactRange {
  const peaks = [...range.peaks];
  let size = range.size;
  for (const leaf of leafHashes) {
    let hash = leaf;
    // Each trailing set bit of the old size is a perfect tree that the leaf completes to a larger
    // one.
    for (let rest = size; rest % 2 === 1; rest = (rest - 1) / 2) {
      hash = nodeHash(peaks.pop()!, hash, hasher);
    }
    peaks.push(hash);
    size += 1;
  }
  return { size, peaks };
}

/** RFC 9162 section 2.1.1: the tree hash; of an empty log it is the hash of no bytes. */
export function rootOf({ peaks }: CompactRange, hasher: TreeHasher): Uint8Array {
  const last = peaks.at(-1);
  if (last === undefined) return hasher.sha256Raw(new Uint8Array(0));
  return peaks.slice(0, -1).reduceRight((right, left) => nodeHash(left, right, hasher), last);
}

/** How many peaks a range of this size has: its set bits. */
export function peakCount(size: number): number {
  let count = 0;
  for (let rest = size; rest > 0; rest = Math.floor(rest / 2)) count += rest % 2;
  return count;
}

export function sameHash(one: Uint8Array, other: Uint8Array): boolean {
  return one.length === other.length && one.every((byte, at) => byte === other[at]);
}
