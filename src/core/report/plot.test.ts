import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Instant } from '../base/index.ts';
import { textOf } from './html.ts';
import { BARS_MAX, binned, sizeOverTime } from './plot.ts';

const HOUR_MS = 3_600_000;
const hourAt = (ms: number): Instant => new Date(ms).toISOString() as Instant;

const hours = fc
  .uniqueArray(fc.integer({ min: -17_000_000, max: 70_000_000 }), { minLength: 1, maxLength: 200 })
  .map((list) => list.map((hour) => ({ hour: hourAt(hour * HOUR_MS), originals: 1 })));

describe('size over time', () => {
  test('gathers any span into few bars without losing an original', () => {
    fc.assert(
      fc.property(hours, (overTime) => {
        const { bars, stepMs } = binned(overTime);
        const first = bars[0]?.from ?? 0;
        const last = bars.at(-1)?.from ?? 0;
        expect((last - first) / stepMs).toBeLessThan(BARS_MAX);
        expect(bars.reduce((sum, bar) => sum + bar.originals, 0)).toBe(overTime.length);
        expect(bars.map((bar) => bar.from)).toEqual(
          bars.map((bar) => bar.from).toSorted((a, b) => a - b),
        );
      }),
    );
  });

  test.each([
    [1, 'hour'],
    [70, 'hour'],
    [71, '3 hours'],
    [300, '6 hours'],
    [600, '12 hours'],
    [24 * 60, 'day'],
    [24 * 365, '7 days'],
    [24 * 28 * 60, '28 days'],
    [24 * 28 * 80, '91 days'],
    [24 * 365 * 20, '365 days'],
    [24 * 365 * 900, '13 years of 365 days'],
  ])('%i hours are drawn by %s', (range, step) => {
    const ends = [0, range].map((hour) => ({ hour: hourAt(hour * HOUR_MS), originals: 1 }));
    expect(binned(ends).stepName).toBe(step);
  });

  test('the numbers of the plot stand in its table and its label', () => {
    const plot = textOf(
      sizeOverTime('C1', [
        { hour: hourAt(Date.UTC(2020, 9, 20, 13)), originals: 1_200 },
        { hour: hourAt(Date.UTC(2020, 9, 20, 15)), originals: 7 },
      ]),
    );
    expect(plot).toContain(
      'aria-label="C1: originals per hour, by message time in UTC. 1,207 dated',
    );
    expect(plot).toContain(
      '<th scope="row">20 Oct 2020, 13:00 UTC</th><td class="number">1,200</td>',
    );
    expect(plot.match(/<rect/g)).toHaveLength(2);
    expect(plot).toContain('1,200 in one hour');
    // Three hours from edge to edge, the last one's own among them.
    expect(plot).toContain('<rect x="66.67%"');
  });

  test('draws any span without a number that is none', () => {
    fc.assert(
      fc.property(hours, (overTime) => {
        expect(textOf(sizeOverTime('C1', overTime))).not.toMatch(/NaN|Infinity|undefined/);
      }),
      { numRuns: 20 },
    );
  });

  test('nothing dated, nothing drawn', () => {
    expect(textOf(sizeOverTime('C1', []))).toBe('');
  });
});
