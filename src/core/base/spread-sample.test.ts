import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { spreadSample } from './index.ts';

const upTo = (length: number): readonly number[] => Array.from({ length }, (_, at) => at);

describe('a spread sample', () => {
  test('has as many as asked for, each once, in order, the first among them', () => {
    fc.assert(
      fc.property(fc.nat(2_000), fc.integer({ min: 1, max: 500 }), (length, most) => {
        const sample = spreadSample(upTo(length), most);
        expect(sample.length).toBe(Math.min(length, most));
        expect(sample).toEqual([...new Set(sample)].sort((a, b) => a - b));
        if (length > 0) expect(sample[0]).toBe(0);
      }),
    );
  });

  test('leaves no long stretch out', () => {
    const sample = spreadSample(upTo(100_000), 300);
    const gaps = sample.slice(1).map((at, before) => at - (sample[before] ?? 0));
    expect(Math.max(...gaps)).toBeLessThan((2 * 100_000) / 300 + 2);
  });

  test.each([2, 3, 4, 5, 7, 10, 16, 50])('meets what recurs every %i items', (period) => {
    for (const length of [period * 300, period * 600, 90_000]) {
      const met = spreadSample(upTo(length), 300).filter((at) => at % period === period - 1);
      const [mean, deviation] = [300 / period, Math.sqrt(300 / period)];
      expect(Math.abs(met.length - mean)).toBeLessThan(4 * deviation);
    }
  });
});
