import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { logEValue, runningSelection, suppressedCells, targeting } from './targeting.ts';

const cell = (name: string, count: number, total: number, ...bases: number[]) => ({
  cell: name,
  count,
  total,
  bases,
});
const nothing = new Set<string>();

describe('targeting', () => {
  test('a ratio of odds with its interval; the tipping point is the lower limit', () => {
    const [row] = targeting([cell('DEM', 160, 200, 0.4)], nothing);
    expect(row?.oddsRatio).toBeCloseTo(6, 6);
    expect(row?.low).toBeGreaterThan(3.9);
    expect(row?.tippingPoint).toBe(row?.low);
    expect(row?.claimed).toBe(true);
  });

  test('reports that doubled readiness alone would explain claim nothing', () => {
    // Odds 4/3 against 2/3: twice as often, the interval reaches below 2.
    const [row] = targeting([cell('DEM', 115, 200, 0.4)], nothing);
    expect(row?.low).toBeGreaterThan(1);
    expect(row?.claimed).toBe(false);
  });

  test('a group that does not stand out has the interval of one test', () => {
    const [row] = targeting([cell('DEM', 85, 200, 0.4)], nothing);
    // Clopper-Pearson of 85 in 200 at .95 is .3555 to .4967; the base has odds of 2/3.
    expect(row?.low).toBeCloseTo(0.3555 / 0.6445 / (2 / 3), 2);
    expect(row?.high).toBeCloseTo(0.4967 / 0.5033 / (2 / 3), 2);
    expect(row?.claimed).toBe(false);
  });

  test('of several credible releases the least favourable counts', () => {
    const [row] = targeting([cell('DEM', 160, 200, 0.4, 0.5)], nothing);
    expect(row?.oddsRatio).toBeCloseTo(4, 6);
  });

  test('a group that is nearly all hides the few others: the count is taken down', () => {
    const [row] = targeting([cell('DEM', 197, 200, 0.4)], nothing);
    expect(row?.oddsRatio).toBeCloseTo(189 / 11 / (0.4 / 0.6), 6);
    expect(row?.high).toBeNull();
  });

  test('a cell below 11 is suppressed, and so is every cell of a few reports', () => {
    expect(targeting([cell('A', 10, 200, 0.1)], nothing)[0]).toMatchObject({
      suppressed: true,
      low: null,
    });
    expect(targeting([cell('A', 18, 20, 0.1)], nothing)[0]?.suppressed).toBe(true);
  });

  test('a release that lacks the cell has no base for it', () => {
    expect(targeting([cell('A', 20, 200, 0), cell('B', 20, 200, 1)], nothing)).toEqual([]);
  });
});

describe('suppression', () => {
  test('one small cell takes the next smallest with it', () => {
    const counts = new Map([
      ['a', 4],
      ['b', 30],
      ['c', 90],
    ]);
    expect([...suppressedCells(counts, [['a', 'b', 'c']])].sort()).toEqual(['a', 'b']);
  });

  test('a hidden sum below 11 is no hiding place', () => {
    const counts = new Map([
      ['a', 2],
      ['b', 3],
      ['c', 90],
      ['d', 50],
    ]);
    expect([...suppressedCells(counts, [['a', 'b', 'c', 'd']])].sort()).toEqual(['a', 'b', 'd']);
  });

  test('no hidden count follows from any line of any table', () => {
    const table = fc.array(fc.array(fc.nat(60), { minLength: 3, maxLength: 3 }), {
      minLength: 2,
      maxLength: 5,
    });
    fc.assert(
      fc.property(table, (rows) => {
        const counts = new Map<string, number>();
        for (const [r, row] of rows.entries())
          for (const [c, n] of row.entries()) counts.set(`${r}/${c}`, n);
        const lines = [
          ...rows.map((_, r) => [0, 1, 2].map((c) => `${r}/${c}`)),
          ...[0, 1, 2].map((c) => rows.map((_, r) => `${r}/${c}`)),
        ];
        const hidden = suppressedCells(counts, lines);
        for (const [name, n] of counts) if (n > 0 && n < 11) expect(hidden.has(name)).toBe(true);
        for (const line of lines) {
          const inLine = line.filter((name) => hidden.has(name));
          const open = line.filter((name) => !hidden.has(name) && counts.get(name)! > 0);
          if (inLine.length === 1) expect(open).toEqual([]);
        }
      }),
      { numRuns: 100 },
    );
  });
});

describe('running dashboards', () => {
  test('the e-value starts at one and grows with the excess', () => {
    expect(logEValue({ count: 0, total: 0, base: 0.36 })).toBeCloseTo(0, 10);
    expect(logEValue({ count: 36, total: 100, base: 0.36 })).toBeLessThan(0);
    expect(logEValue({ count: 70, total: 100, base: 0.36 })).toBeGreaterThan(Math.log(20));
  });

  test('its mean under no targeting is one: Ville holds at every look', () => {
    const base = 0.3;
    const total = 20;
    let mean = 0;
    let binomial = (1 - base) ** total;
    for (let count = 0; count <= total; count++) {
      mean += binomial * Math.exp(logEValue({ count, total, base }));
      binomial *= ((total - count) / (count + 1)) * (base / (1 - base));
    }
    expect(mean).toBeCloseTo(1, 8);
  });

  test('cells are selected together', () => {
    const flat = { count: 30, total: 100, base: 0.3 };
    expect([...runningSelection([flat, { count: 90, total: 100, base: 0.3 }])]).toEqual([1]);
  });
});
