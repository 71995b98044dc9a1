import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ascendingDistinct } from './ascending.ts';

/** Spread, crowded into one bucket, and the ends of the range. */
const hash = fc.oneof(
  fc.integer({ min: 0, max: 0xffffffff }),
  fc.integer({ min: 0x40000000, max: 0x40000020 }),
  fc.constantFrom(0, 1, 0x7fffffff, 0x80000000, 0xffffffff),
);

test.each([
  ['in buckets', 60],
  ['too many for buckets', 1_200],
])('hashes come once each, ascending: %s', (_, most) => {
  fc.assert(
    fc.property(fc.array(hash, { minLength: most - 60, maxLength: most }), (hashes) => {
      const behind = [0, 7, 0x40000001];
      const sorted = ascendingDistinct(Uint32Array.of(...hashes, ...behind), hashes.length);
      expect([...sorted]).toEqual([...new Set(hashes)].sort((a, b) => a - b));
    }),
    { numRuns: 60 },
  );
});
