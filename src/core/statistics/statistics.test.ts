import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  benjaminiHochberg,
  betaCdf,
  betaQuantile,
  binomialUpperTail,
  clopperPearson,
  eBenjaminiHochberg,
  fisherExactGreater,
  logBetaBinomialSequence,
  logChoose,
  logGamma,
  logSumExp,
  normalisedFromLogs,
  normalUpperTail,
  twoPointSumTail,
  uniformityPValue,
  wilson,
} from './index.ts';

describe('gamma and beta', () => {
  test.each([
    ['log 1! = 0', 2, 0],
    ['log 9!', 10, Math.log(362_880)],
    ['log Gamma(1/2) = log sqrt(pi)', 0.5, Math.log(Math.sqrt(Math.PI))],
    ['a small argument, by reflection', 0.1, 2.252712651734206],
  ])('%s', (_, x, value) => expect(logGamma(x)).toBeCloseTo(value, 10));

  test.each([
    ['I_.5(1, 1)', 0.5, 1, 1, 0.5],
    ['I_.2(2, 3): 1 - .8^4 - 4 .2 .8^3', 0.2, 2, 3, 0.1808],
    ['I_.9(10, 2): 11 x^10 - 10 x^11', 0.9, 10, 2, 11 * 0.9 ** 10 - 10 * 0.9 ** 11],
  ])('%s', (_, x, a, b, value) => expect(betaCdf(x, { a, b })).toBeCloseTo(value, 10));

  test('a quantile is the inverse of the distribution function', () => {
    const shape = fc.double({ min: 0.5, max: 500, noNaN: true });
    fc.assert(
      fc.property(fc.double({ min: 0.001, max: 0.999, noNaN: true }), shape, shape, (p, a, b) => {
        expect(betaCdf(betaQuantile(p, { a, b }), { a, b })).toBeCloseTo(p, 6);
      }),
      { numRuns: 100 },
    );
  });

  test('the beta-binomial of all sequences sums to one', () => {
    const terms = Array.from(
      { length: 13 },
      (_, x) =>
        logChoose(12, x) + logBetaBinomialSequence({ successes: x, trials: 12 }, { a: 1, b: 12 }),
    );
    expect(logSumExp(terms)).toBeCloseTo(0, 10);
  });

  test('logs of any size become probabilities', () => {
    expect(normalisedFromLogs([-5000, -5000])).toEqual([0.5, 0.5]);
    expect(normalisedFromLogs([Number.NEGATIVE_INFINITY])).toEqual([0]);
  });
});

describe('shares', () => {
  // R 4.3: binom.test(x, n)$conf.int; prop.test(x, n, correct = FALSE)$conf.int
  test.each([
    [0, 10, 0, 0.3084971],
    [3, 10, 0.06673951, 0.6524529],
    [10, 10, 0.6915029, 1],
    [50, 100, 0.3983211, 0.6016789],
  ])('Clopper-Pearson of %i in %i', (successes, trials, low, high) => {
    const found = clopperPearson({ successes, trials });
    expect(found.low).toBeCloseTo(low, 6);
    expect(found.high).toBeCloseTo(high, 6);
  });

  test('Wilson of 3 in 10', () => {
    const { low, high } = wilson({ successes: 3, trials: 10 });
    expect(low).toBeCloseTo(0.1077912, 6);
    expect(high).toBeCloseTo(0.6032219, 6);
  });

  test('no trials say nothing', () => {
    expect(clopperPearson({ successes: 0, trials: 0 })).toEqual({ low: 0, high: 1 });
    expect(wilson({ successes: 0, trials: 0 })).toEqual({ low: 0, high: 1 });
  });

  test('the upper tail of the binomial is the sum of its terms', () => {
    const sum = [7, 8, 9, 10].reduce(
      (all, x) => all + Math.exp(logChoose(10, x)) * 0.3 ** x * 0.7 ** (10 - x),
      0,
    );
    expect(binomialUpperTail({ successes: 7, trials: 10 }, 0.3)).toBeCloseTo(sum, 10);
    expect(binomialUpperTail({ successes: 0, trials: 10 }, 0.3)).toBe(1);
  });
});

describe('many tests at once', () => {
  test('Benjamini-Hochberg 1995, section 3.1: four of fifteen at .05', () => {
    const published = [
      0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.324, 0.4262, 0.5719,
      0.6528, 0.759, 1,
    ];
    expect([...benjaminiHochberg(published, 0.05)]).toEqual([0, 1, 2, 3]);
  });

  test('e-BH takes what is large enough for its rank', () => {
    expect([...eBenjaminiHochberg([Math.log(45), Math.log(25), 0], 0.05)]).toEqual([]);
    expect([...eBenjaminiHochberg([Math.log(60), Math.log(31), 0], 0.05)]).toEqual([0, 1]);
  });

  test('Fisher 1935: the lady tasting tea', () => {
    expect(
      fisherExactGreater({ successes: 3, trials: 4 }, { successes: 1, trials: 4 }),
    ).toBeCloseTo(17 / 70, 10);
  });

  // Critical distances at .05 of Miller's table (1956): n values, evenly spread, then pushed down
  // so far.
  test.each([
    [10, 0.40925],
    [20, 0.29408],
    [50, 0.18845],
  ])('of %i values, a distance of %f has p .05', (n, distance) => {
    const widest = (n - 0.5) / n;
    const pushed = Array.from({ length: n }, (_, at) => ((at + 0.5) / n / widest) * (1 - distance));
    expect(uniformityPValue(pushed)).toBeCloseTo(0.05, 3);
    expect(uniformityPValue(pushed.map((value) => 1 - value))).toBeCloseTo(0.05, 3);
  });

  test('even spacing is uniform, a heap is not', () => {
    const even = Array.from({ length: 50 }, (_, at) => (at + 0.5) / 50);
    expect(uniformityPValue(even)).toBe(1);
    expect(uniformityPValue(even.map((x) => x * x))).toBeLessThan(0.01);
    expect(uniformityPValue([])).toBe(1);
  });
});

describe('tails', () => {
  // Abramowitz & Stegun, table 26.1 and 26.2.
  test.each([
    [0, 0.5],
    [1, 0.158655254],
    [3.72, 9.961e-5],
    [-2, 0.977249868],
    [6, 9.8659e-10],
  ])('normal, beyond %f', (x, tail) => {
    expect(normalUpperTail(x) / tail).toBeCloseTo(1, 3);
  });

  test('a sum of two-point variables: near the exact law, also where the normal one is far off', () => {
    const terms = Array.from({ length: 60 }, () => ({ chance: 0.05, high: 0.95, low: -0.05 }));
    // Hits - 3 at each count of hits; the tail is taken at the middle between two counts.
    for (const hits of [7, 10, 14]) {
      const exact = binomialUpperTail({ successes: hits, trials: 60 }, 0.05);
      for (const scale of [1, 5, 0.1]) {
        const scaled = terms.map(({ chance, high, low }) => ({
          ...{ chance, high: high * scale, low: low * scale },
        }));
        const found = twoPointSumTail(scaled, (hits - 3.5) * scale) / exact;
        expect(found).toBeGreaterThan(0.8);
        expect(found).toBeLessThan(1.25);
      }
    }
    expect(normalUpperTail(10.5 / Math.sqrt(60 * 0.05 * 0.95))).toBeLessThan(1e-9);
  });

  test('a sum of variables of many kinds: near the law that all outcomes together give', () => {
    const terms = Array.from({ length: 14 }, (_, at) => {
      const chance = 0.05 + 0.06 * at;
      // As the score of a mark: mean 0, variance 1, whichever way round.
      const gain = Math.sqrt((1 - chance) / chance);
      return at % 3 === 0
        ? { chance: 1 - chance, high: -1 / gain, low: gain }
        : { chance, high: gain, low: -1 / gain };
    });
    const outcomes = Array.from({ length: 2 ** terms.length }, (_, bits) =>
      terms.reduce(
        ({ sum, weight }, { chance, high, low }, at) =>
          (bits >> at) % 2 === 1
            ? { sum: sum + high, weight: weight * chance }
            : { sum: sum + low, weight: weight * (1 - chance) },
        { sum: 0, weight: 1 },
      ),
    );
    for (const value of [2, 4, 6, 8]) {
      const exact = outcomes.reduce((all, { sum, weight }) => all + (sum >= value ? weight : 0), 0);
      expect(twoPointSumTail(terms, value) / exact).toBeGreaterThan(0.7);
      expect(twoPointSumTail(terms, value) / exact).toBeLessThan(1.4);
    }
  });

  test('at or below the mean, and beyond all that can be', () => {
    const terms = [{ chance: 0.5, high: 1, low: -1 }];
    expect(twoPointSumTail(terms, 0)).toBe(1);
    expect(twoPointSumTail(terms, 2)).toBe(0);
  });
});
