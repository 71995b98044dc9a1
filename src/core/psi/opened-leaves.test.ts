import fc from 'fast-check';
import { expect, test } from 'vitest';
import { nodeKernels as kernels } from '../../host/kernels/index.ts';
import { commit, leafStands, openLeaves, readOpened, renderOpened } from './index.ts';

const reports = Array.from({ length: 333 }, (_, at) => ({ id: `r${at}`, identity: `name|p${at}` }));
const secret = new Uint8Array(32).fill(5);
const made = commit(kernels, {
  terms: {
    incident: 'a',
    epoch: 'b',
    epochEnds: '2020-11-30',
    key: 'name',
    mode: 'count',
    counties: null,
  },
  reports,
  secret,
});
if (!made.ok) throw new Error(made.failure.code);
const commitment = made.value;
const digest = 'ab'.repeat(32);

test('every report can be opened, and stands only where it stood and as it was', () => {
  fc.assert(
    fc.property(fc.nat(332), fc.nat(332), (at, other) => {
      const [leaf] = openLeaves(kernels, { secret, reports, places: [at] });
      const read = readOpened(renderOpened(digest, [leaf!]));
      expect(read).toEqual({ ok: true, value: { commitment: digest, leaves: [leaf] } });
      expect(leafStands(kernels, commitment, leaf!)).toBe(true);
      const spoiled = [
        { ...leaf!, id: `${leaf!.id}x` },
        { ...leaf!, identity: 'name|somebody' },
        { ...leaf!, salt: leaf!.salt.with(0, leaf!.salt[0]! ^ 1) },
        { ...leaf!, proof: leaf!.proof.slice(1) },
        ...(other === at ? [] : [{ ...leaf!, at: other }]),
      ];
      expect(spoiled.filter((one) => leafStands(kernels, commitment, one))).toEqual([]);
    }),
    { numRuns: 20 },
  );
});

test('any text is read or refused, never thrown at', () => {
  const leaf = JSON.parse(
    renderOpened(digest, openLeaves(kernels, { secret, reports, places: [3] })),
  );
  fc.assert(
    fc.property(
      fc.jsonValue(),
      fc.constantFrom('at', 'id', 'identity', 'salt', 'proof'),
      (value, key) => {
        fc.pre(value !== 3);
        const leaves = [{ ...leaf.leaves[0], [key]: value }];
        const read = readOpened(JSON.stringify({ ...leaf, leaves }));
        expect(read.ok ? leafStands(kernels, commitment, read.value.leaves[0]!) : false).toBe(
          false,
        );
        expect(readOpened(JSON.stringify({ ...leaf, leaves: value })).ok).toBe(false);
      },
    ),
  );
});
