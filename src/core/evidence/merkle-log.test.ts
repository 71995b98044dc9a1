import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { nodeKernels as kernels } from '../../host/kernels/index.ts';
import {
  appendLeaves,
  consistencyProof,
  EMPTY_RANGE,
  inclusionProof,
  leafHash,
  peakCount,
  rootOf,
  verifyConsistency,
  verifyInclusion,
} from './index.ts';

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

/** The leaves and answers of certificate-transparency's own Merkle tree test. */
const CLASSIC_LEAVES = [
  '',
  '00',
  '10',
  '2021',
  '3031',
  '40414243',
  '5051525354555657',
  '606162636465666768696a6b6c6d6e6f',
].map((leaf) => leafHash(Buffer.from(leaf, 'hex'), kernels));

const CLASSIC_ROOTS = [
  'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
  '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
  'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
  'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
  'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
  '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
  '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
  'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
  '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
];

const rangeOf = (leaves: readonly Uint8Array[]) => appendLeaves(EMPTY_RANGE, leaves, kernels);
const rootAt = (leaves: readonly Uint8Array[]) => rootOf(rangeOf(leaves), kernels);

describe('RFC 9162 section 2.1 tree hash', () => {
  test.each(CLASSIC_ROOTS.map((root, size) => [size, root] as const))(
    'of the first %i classic leaves',
    (size, root) => expect(hex(rootAt(CLASSIC_LEAVES.slice(0, size)))).toBe(root),
  );

  test('2.1.3.1: the classic audit path of leaf 1 in 8', () => {
    expect(inclusionProof(0, CLASSIC_LEAVES, kernels).map(hex)).toEqual([
      '96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7',
      '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e',
      '6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4',
    ]);
  });

  test('2.1.4.1: the classic consistency proof from 6 to 8', () => {
    expect(consistencyProof(6, CLASSIC_LEAVES, kernels).map(hex)).toEqual([
      '0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a',
      'ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0',
      'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
    ]);
  });
});

const manyLeaves = Array.from({ length: 70 }, (_, n) => leafHash(Uint8Array.of(n), kernels));
const size = fc.integer({ min: 1, max: manyLeaves.length });

describe('a compact range', () => {
  test('does not depend on how the leaves were batched', () => {
    fc.assert(
      fc.property(size, size, (one, other) => {
        const [cut, end] = [Math.min(one, other), Math.max(one, other)];
        const inTwo = appendLeaves(
          rangeOf(manyLeaves.slice(0, cut)),
          manyLeaves.slice(cut, end),
          kernels,
        );
        expect(inTwo).toEqual(rangeOf(manyLeaves.slice(0, end)));
        expect(inTwo.peaks.length).toBe(peakCount(end));
      }),
    );
  });
});

describe('proofs', () => {
  test('inclusion holds for each leaf and for no other', () => {
    fc.assert(
      fc.property(size, fc.nat(), fc.nat(), (count, at, elsewhere) => {
        const leaves = manyLeaves.slice(0, count);
        const index = at % count;
        const claim = { leaf: leaves[index]!, index, size: count, root: rootAt(leaves) };
        const proof = inclusionProof(index, leaves, kernels);
        expect(verifyInclusion(claim, proof, kernels)).toBe(true);
        const other = elsewhere % count;
        const lie = { ...claim, leaf: leaves[other]! };
        expect(verifyInclusion(lie, proof, kernels)).toBe(other === index);
        expect(verifyInclusion({ ...claim, index: count }, proof, kernels)).toBe(false);
      }),
    );
  });

  test('consistency holds for each earlier state and for no altered one', () => {
    fc.assert(
      fc.property(size, fc.nat(), fc.nat(), (count, at, altered) => {
        const leaves = manyLeaves.slice(0, count);
        const earlier = 1 + (at % count);
        const first = { size: earlier, root: rootAt(leaves.slice(0, earlier)) };
        const proof = consistencyProof(earlier, leaves, kernels);
        const second = { size: count, root: rootAt(leaves) };
        expect(verifyConsistency({ first, second }, proof, kernels)).toBe(true);
        const rewritten = leaves.with(altered % earlier, leafHash(Uint8Array.of(255), kernels));
        const forged = { size: count, root: rootAt(rewritten) };
        const forgedProof = consistencyProof(earlier, rewritten, kernels);
        expect(verifyConsistency({ first, second: forged }, forgedProof, kernels)).toBe(false);
      }),
    );
  });
});
