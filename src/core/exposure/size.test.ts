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
    expect(row?.label).toBe('mailed');
    expect(row?.low).toBeGreaterThan(49_500);
    expect(row?.low).toBeLessThanOrEqual(50_000);
    expect(row?.high).toBeGreaterThanOrEqual(62_500);
    expect(row?.high).toBeLessThan(63_200);
  });

  test('capture-recapture counts people who would report, never records', () => {
    const found = captureRecapture([{ reporters: 100 }, { reporters: 50 }, { reporters: 9 }], 25);
    expect(found.ok && found.value.map(({ label }) => label)).toEqual(['people who would report']);
    const [row] = found.ok ? found.value : [];
    expect(row!.low).toBeLessThan(197);
    expect(row!.high).toBeGreaterThan(197);
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
    // (.1 - .02) / .78 = .1026
    expect(row!.low).toBeLessThan(1026);
    expect(row!.high).toBeGreaterThan(1026);
    expect(row!.high! - row!.low!).toBeLessThan(600);
  });
});

test('no canary hit bounds the share from above', () => {
  const { low, high } = shareMailed({
    hits: 0,
    planted: 100,
    probes: { successes: 60, trials: 100 },
  });
  expect(low).toBe(0);
  expect(high).toBeGreaterThan(0.0295 / 0.68);
  expect(high).toBeLessThan(0.0295 / 0.5);
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

test('a range is at least what it spans; width as in EXPOSURE section 6', () => {
  const { low, high } = rangeBounds(20, 9000);
  expect(low).toBeGreaterThanOrEqual(9001);
  expect(high / low).toBeLessThan(1.4);
  const found = contiguousRange({ ranks: even(100, 90) });
  expect(found.ok && found.value.map(({ label }) => label)).toEqual([
    'taken, at least',
    'taken, at most',
  ]);
});
