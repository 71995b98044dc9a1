import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Gap, gapBetween, longestBetween, silentSeconds } from './gap.ts';

const GAPS: readonly Gap[] = [
  { from: 100, until: 199 },
  { from: 300, until: 599 },
  { from: 700, until: 799 },
  { from: 900, until: 1_199 },
];

test.each<[number, number, Gap | undefined, Gap | undefined, number]>([
  [0, 99, undefined, undefined, 0],
  [0, 100, GAPS[0], GAPS[0], 1],
  [199, 250, GAPS[0], GAPS[0], 1],
  [200, 299, undefined, undefined, 0],
  [150, 350, GAPS[0], GAPS[1], 50 + 51],
  [0, 2_000, GAPS[0], GAPS[1], 100 + 300 + 100 + 300],
  [650, 2_000, GAPS[2], GAPS[3], 100 + 300],
  [1_200, 2_000, undefined, undefined, 0],
])('between %i and %i', (from, until, first, longest, seconds) => {
  expect(gapBetween(GAPS, from, until)).toBe(first ?? null);
  // Of two that are as long, the earlier one.
  expect(longestBetween(GAPS, from, until)).toBe(longest ?? null);
  expect(silentSeconds(GAPS, from, until)).toBe(seconds);
});

test('silent seconds are those that stand in some gap, counted one by one', () => {
  const second = fc.nat(1_400);
  fc.assert(
    fc.property(second, second, (a, b) => {
      const [from, until] = [Math.min(a, b), Math.max(a, b)];
      let silent = 0;
      for (let at = from; at <= until; at++) {
        if (GAPS.some((gap) => gap.from <= at && at <= gap.until)) silent += 1;
      }
      expect(silentSeconds(GAPS, from, until)).toBe(silent);
      expect(gapBetween(GAPS, from, until) !== null).toBe(silent > 0);
    }),
    { numRuns: 50 },
  );
});
