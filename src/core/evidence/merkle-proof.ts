import { assert } from '../base/index.ts';
import {
  appendLeaves,
  EMPTY_RANGE,
  nodeHash,
  rootOf,
  sameHash,
  type TreeHasher,
} from './merkle-log.ts';

type Hashes = readonly Uint8Array[];

/** Largest power of two below `count`, which is at least 2. */
function leftWidth(count: number): number {
  let width = 1;
  while (width * 2 < count) width *= 2;
  return width;
}

const treeOf = (leaves: Hashes, hasher: TreeHasher): Uint8Array =>
  rootOf(appendLeaves(EMPTY_RANGE, leaves, hasher), hasher);

/** RFC 9162 section 2.1.3.1: what proves that leaf `index` stands in the log of these leaves. */
export function inclusionProof(index: number, leaves: Hashes, hasher: TreeHasher): Hashes {
  assert(index >= 0 && index < leaves.length, 'a proof is about a leaf of the log');
  if (leaves.length === 1) return [];
  const width = leftWidth(leaves.length);
  const [left, right] = [leaves.slice(0, width), leaves.slice(width)];
  return index < width
    ? [...inclusionProof(index, left, hasher), treeOf(right, hasher)]
    : [...inclusionProof(index - width, right, hasher), treeOf(left, hasher)];
}

export interface InclusionClaim {
  readonly leaf: Uint8Array;
  readonly index: number;
  readonly size: number;
  readonly root: Uint8Array;
}

/** RFC 9162 section 2.1.3.2. */
export function verifyInclusion(claim: InclusionClaim, proof: Hashes, hasher: TreeHasher): boolean {
  if (claim.index < 0 || claim.index >= claim.size) return false;
  let [node, last, hash] = [claim.index, claim.size - 1, claim.leaf];
  for (const sibling of proof) {
    if (last === 0) return false;
    if (node % 2 === 1 || node === last) {
      hash = nodeHash(sibling, hash, hasher);
      while (node % 2 === 0 && node !== 0) [node, last] = [node / 2, Math.floor(last / 2)];
    } else {
      hash = nodeHash(hash, sibling, hasher);
    }
    [node, last] = [Math.floor(node / 2), Math.floor(last / 2)];
  }
  return last === 0 && sameHash(hash, claim.root);
}

/** RFC 9162 section 2.1.4.1: what proves that the log's first `size` leaves never changed. */
export function consistencyProof(size: number, leaves: Hashes, hasher: TreeHasher): Hashes {
  assert(size >= 1 && size <= leaves.length, 'a proof is about an earlier state of the log');
  return subproof(size, leaves, true, hasher);
}

function subproof(size: number, leaves: Hashes, whole: boolean, hasher: TreeHasher): Hashes {
  if (size === leaves.length) return whole ? [] : [treeOf(leaves, hasher)];
  const width = leftWidth(leaves.length);
  const [left, right] = [leaves.slice(0, width), leaves.slice(width)];
  return size <= width
    ? [...subproof(size, left, whole, hasher), treeOf(right, hasher)]
    : [...subproof(size - width, right, false, hasher), treeOf(left, hasher)];
}

export interface LogState {
  readonly size: number;
  readonly root: Uint8Array;
}

/** RFC 9162 section 2.1.4.2: does `second` hold all of `first` unchanged? */
export function verifyConsistency(
  { first, second }: { readonly first: LogState; readonly second: LogState },
  proof: Hashes,
  hasher: TreeHasher,
): boolean {
  if (first.size < 1 || first.size > second.size) return false;
  if (first.size === second.size) return proof.length === 0 && sameHash(first.root, second.root);
  const path = isPowerOfTwo(first.size) ? [first.root, ...proof] : proof;
  const start = path[0];
  if (start === undefined) return false;
  let [node, last] = [first.size - 1, second.size - 1];
  while (node % 2 === 1) [node, last] = [(node - 1) / 2, Math.floor(last / 2)];
  let [oldHash, newHash] = [start, start];
  for (const hash of path.slice(1)) {
    if (last === 0) return false;
    if (node % 2 === 1 || node === last) {
      oldHash = nodeHash(hash, oldHash, hasher);
      newHash = nodeHash(hash, newHash, hasher);
      while (node % 2 === 0 && node !== 0) [node, last] = [node / 2, Math.floor(last / 2)];
    } else {
      newHash = nodeHash(newHash, hash, hasher);
    }
    [node, last] = [Math.floor(node / 2), Math.floor(last / 2)];
  }
  return last === 0 && sameHash(oldHash, first.root) && sameHash(newHash, second.root);
}

function isPowerOfTwo(count: number): boolean {
  let rest = count;
  while (rest % 2 === 0) rest /= 2;
  return rest === 1;
}
