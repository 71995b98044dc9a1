import { describe, expect, test } from 'vitest';
import {
  canaryEstimate,
  captureRecapture,
  contiguousRange,
  linkedRecipients,
  providerEstimate,
  rangeBounds,
  releaseSize,
  shareMailed,
  surveyEstimate,
} from './size.ts';

const even = (n: number, step: number): number[] =>
  Array.from({ length: n }, (_, at) => 500 + at * step);

describe('what the data cannot say is refused, with a reason', () => {
  test.each([
    [
      'canaries without probes',
      canaryEstimate({ hits: 3, planted: 50, probes: null, rows: 9 }),
      'size-no-probes',
    ],
    [
      'a provider without scope',
      providerEstimate({ count: 5, share: { low: 0.4, high: 0.5 }, scopeStated: false }),
      'size-scope-unstated',
    ],
    [
      'a survey of volunteers',
      surveyEstimate({
        yes: 1,
        asked: 9,
        sensitivity: 0.9,
        specificity: 0.99,
        random: false,
        rows: 9,
      }),
      'size-not-random',
    ],
    ['a range of few ids', contiguousRange({ ranks: even(19, 3) }), 'size-ids-few'],
    [
      'a range of heaped ids',
      contiguousRange({ ranks: [...even(40, 1), 9000] }),
      'size-not-contiguous',
    ],
    [
      'a release when it may be another',
      releaseSize({ probabilityOther: 0.2, rows: [9] }),
      'size-source-other',
    ],
    [
      'capture-recapture with two channels',
      captureRecapture([{ reporters: 5 }, { reporters: 4 }], 2),
      'size-channels-few',
    ],
  ] as const)('%s', (_, found, code) => {
    expect(found).toMatchObject({ ok: false, failure: { code } });
    expect(found.ok ? '' : found.failure.reason).not.toBe('');
  });
});

describe('each estimator carries its own label only', () => {
  test('linked recipients are floors', () => {
    expect(linkedRecipients(7).map(({ label, low, high }) => [label, low, high])).toEqual([
      ['mailed', 7, null],
      ['taken, at least', 7, null],
    ]);
  });

  test('25,000 of a provider with .40 to .50 is 50,000 to 62,500, and the sampling error', () => {
    const found = providerEstimate({
      count: 25_000,
      share: { low: 0.4, high: 0.5 },
      scopeStated: true,
    });
    const [row] = found.ok ? found.value : [];
    // 1.96 deviations: sqrt(50,000 x .5 / .5) below, sqrt(62,500 x .6 / .4) above.
    expect(row).toMatchObject({ label: 'mailed', low: 49_561, high: 63_101 });
    const few = providerEstimate({ count: 9, share: { low: 1, high: 1 }, scopeStated: true });
    expect(few.ok && few.value[0]).toMatchObject({ low: 9, high: 9 });
  });

  test('capture-recapture counts people who would report, never records', () => {
    const found = captureRecapture([{ reporters: 100 }, { reporters: 50 }, { reporters: 9 }], 25);
    expect(found.ok && found.value.map(({ label }) => label)).toEqual(['people who would report']);
    const [row] = found.ok ? found.value : [];
    // Chapman (1951): 101 x 51 / 26 - 1 = 197.1; variance 101 x 51 x 75 x 25 / (26^2 x 27) = 529.2.
    expect(row).toMatchObject({ low: 152, high: 243 });
    const all = captureRecapture([{ reporters: 9 }, { reporters: 9 }, { reporters: 1 }], 9);
    expect(all.ok && all.value[0]).toMatchObject({ low: 9, high: 9 });
  });

  test('a release bounds what was taken by the credible set', () => {
    const found = releaseSize({ probabilityOther: 0.01, rows: [100, 130] });
    expect(found.ok && found.value[0]).toMatchObject({
      label: 'taken, at most',
      low: 100,
      high: 130,
    });
  });

  test('a survey is corrected for recall', () => {
    const found = surveyEstimate({
      yes: 100,
      asked: 1000,
      sensitivity: 0.8,
      specificity: 0.98,
      random: true,
      rows: 10_000,
    });
    const [row] = found.ok ? found.value : [];
    // Wilson of 100 in 1,000 is .08291 to .12015; (share - .02) / .78 of 10,000.
    expect(row).toMatchObject({ low: 806, high: 1284 });
  });
});

test('no canary hit bounds the share from above', () => {
  const { low, high } = shareMailed({
    hits: 0,
    planted: 100,
    probes: { successes: 60, trials: 100 },
  });
  expect(low).toBe(0);
  // 1 - .05^(1/100) = .02951, over the lower 5 % of Beta(60.5, 40.5), .5185.
  expect(high).toBeCloseTo(0.02951 / 0.5185, 3);
});

test('deliverability widens what the hits say', () => {
  const { low, high } = shareMailed({
    hits: 12,
    planted: 200,
    probes: { successes: 60, trials: 100 },
  });
  expect(low).toBeGreaterThan(0.04);
  expect(low).toBeLessThan(0.1);
  expect(high).toBeGreaterThan(0.1);
  expect(high).toBeLessThan(0.2);
});

describe('the range of ids without replacement', () => {
  /** C(n, k). */
  const choose = (n: number, k: number): number => {
    let product = 1;
    for (let at = 1; at <= k; at++) product *= (n - k + at) / at;
    return product;
  };
  /**
   * P(range <= r) of n ids of `size`: (size - g) places of a range g, C(g - 1, n - 2) ways between.
   */
  const within = (r: number, size: number, n: number): number => {
    let sets = 0;
    for (let g = n - 1; g <= r; g++) sets += (size - g) * choose(g - 1, n - 2);
    return sets / choose(size, n);
  };

  test.each([
    [3, 9],
    [4, 9],
    [5, 12],
    [10, 9],
    [12, 60],
  ])('%i ids over %i: no size outside the bounds is likely', (n, range) => {
    const { low, high } = rangeBounds(n, range);
    expect(1 - within(range - 1, low, n)).toBeGreaterThan(0.025);
    if (low > range + 1) expect(1 - within(range - 1, low - 1, n)).toBeLessThanOrEqual(0.025);
    expect(within(range, high, n)).toBeGreaterThan(0.025);
    expect(within(range, high + 1, n)).toBeLessThanOrEqual(0.025);
    expect(low).toBeGreaterThanOrEqual(range + 1);
  });

  test('where ids are sparse, is that of uniform draws', () => {
    const [n, range] = [30, 90_000];
    // P(range <= x) of n uniform draws is n x^(n - 1) - (n - 1) x^n.
    const law = (x: number): number => n * x ** (n - 1) - (n - 1) * x ** n;
    const { low, high } = rangeBounds(n, range);
    expect(law(range / low)).toBeCloseTo(0.975, 3);
    expect(law(range / high)).toBeCloseTo(0.025, 3);
  });
});

test('a range is at least what it spans', () => {
  const { low, high } = rangeBounds(20, 9000);
  expect(low).toBeGreaterThanOrEqual(9001);
  expect(high / low).toBeLessThan(1.4);
  const found = contiguousRange({ ranks: even(100, 90) });
  expect(found.ok && found.value.map(({ label }) => label)).toEqual([
    'taken, at least',
    'taken, at most',
  ]);
});
