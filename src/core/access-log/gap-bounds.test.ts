import { describe, expect, test } from 'vitest';
import type { ActorCount } from './actor-count.ts';
import type { Gap } from './gap.ts';
import { openNumbers } from './gap-bounds.ts';
import { createNumberSet } from './number-set.ts';
import type { Crossed, Track } from './tracks.ts';

const LULL: Gap = { from: 5_000, until: 9_000 };
const LATER: Gap = { from: 20_500, until: 29_000 };

/** A run of the numbers 100 to 199 from second 1,000 to 20,000, by workers out of step. */
function open(crossed: Crossed, named: readonly Gap[] = []) {
  const distances = new Uint32Array(129);
  distances[65] = 55;
  distances[66] = 45;
  const track = {
    ...{
      family: 0,
      firstSecond: 1_000,
      earliestSecond: 1_000,
      lastSecond: 20_000,
      firstValue: 100,
      lastValue: 199,
    },
    ...{ low: 100, high: 199, steps: 100, distances, pause: 60, early: null, travel: 99 },
    crossed: [crossed],
  } satisfies Track;
  const sets = () => createNumberSet({ left: 100, refused: 0 });
  const records = { asked: sets(), returned: sets(), unclear: sets(), doubted: sets() };
  for (let value = 100; value < 200; value++) records.asked.add(value);
  const count = {
    ...{ from: 1_000, until: 20_000, bodyRequests: 0, records: new Map([['0 ', records]]) },
  } as unknown as ActorCount;
  const draft = { tracks: [track], before: new Map(), clients: [{ row: 1, part: 'all' as const }] };
  const edges = {
    silences: { quiet: [LULL, LATER], named, likely: named },
    span: { from: 0, until: 90_000 },
  };
  return openNumbers(draft, count, edges);
}

describe('numbers that a run crossed in a silence', () => {
  const early = { from: 101, to: 104, fromSecond: 4_900, toSecond: 9_100 };

  test('in a lull the run began and ended where the log shows it', () => {
    expect(open(early)).toEqual({ crossed: 0, unbounded: null, gaps: [] });
  });

  test('where lines are missing, workers out of step may have asked beyond its ends', () => {
    const found = open(early, [LULL]);
    expect(found).toMatchObject({ crossed: 15, unbounded: null, gaps: [{ ...LULL, numbers: 15 }] });
    expect([...(found.gaps[0]?.values() ?? [])]).toEqual(
      Array.from({ length: 15 }, (_, at) => 85 + at),
    );
  });

  test('a stranger who came near after its end crossed nothing of it', () => {
    const after = { from: 199, to: 207, fromSecond: 20_000, toSecond: 30_000 };
    expect(open(after)).toEqual({ crossed: 0, unbounded: null, gaps: [] });
    const within = { ...after, fromSecond: 19_000 };
    expect(open(within).crossed).toBe(7);
  });
});
