import { describe, expect, test } from 'vitest';
import { canariesByLot, watchedGroups } from './experiments.ts';

describe('canaries by lot', () => {
  test('a group written to three times as often is claimed, the others are not', () => {
    const found = canariesByLot([
      { cell: 'party:DEM', planted: 100, hits: 30 },
      { cell: 'party:REP', planted: 100, hits: 10 },
      { cell: 'party:NPA', planted: 100, hits: 11 },
    ]);
    expect(found.map(({ claimed }) => claimed)).toEqual([true, false, false]);
    expect(found[0]?.pValue).toBeLessThan(1e-4);
  });

  test('one group, no group, no hit: nothing is claimed', () => {
    expect(canariesByLot([])).toEqual([]);
    expect(canariesByLot([{ cell: 'a', planted: 50, hits: 20 }])[0]?.claimed).toBe(false);
    expect(
      canariesByLot([
        { cell: 'a', planted: 50, hits: 0 },
        { cell: 'b', planted: 50, hits: 0 },
      ]).some(({ claimed }) => claimed),
    ).toBe(false);
  });
});

describe('watched groups', () => {
  test('the first look that tells is named', () => {
    const looks = [10, 20, 40, 80].map((total) => ({ count: total * 0.7, total }));
    const [row] = watchedGroups([{ cell: 'party:DEM', base: 0.35, looks }]);
    expect(row).toMatchObject({ firstLook: 3, claimed: true });
  });

  test('a group that reports less than its share never stands out', () => {
    const [row] = watchedGroups([
      { cell: 'party:REP', base: 0.5, looks: [{ count: 1, total: 200 }] },
    ]);
    expect(row).toMatchObject({ eValue: 1, firstLook: null, claimed: false });
  });
});
