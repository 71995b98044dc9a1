import { describe, expect, test } from 'vitest';
import {
  addLikelihoods,
  BLEND_MONTHS,
  LIVE_PLACES,
  liveGaps,
  NOISE,
  sourceLikelihood,
} from './attribution-likelihood.ts';

const release = (id: string, asOf: string, rows: number, subset = false) => ({
  ...{ id, asOf, subset },
  counts: new Map([['s', rows]]),
});
/** 900 record versions over both months; 800 rows in June, 600 in July. */
const counted = {
  releases: [release('june', '2020-06-01', 800), release('july', '2020-07-01', 600)],
  versionCounts: new Map([['s', 900]]),
};
const VERSIONS = 900;

describe('a record that June alone holds', () => {
  const one = sourceLikelihood({ ...counted, cells: [{ stratum: 's', releases: [0], count: 1 }] });

  test('was drawn from its rows, or is noise', () => {
    for (const [at, [noise]] of NOISE.entries()) {
      expect(one.releases[0]![at]).toBeCloseTo(Math.log((1 - noise) / 800 + noise / VERSIONS), 12);
      expect(one.releases[1]![at]).toBeCloseTo(Math.log(noise / VERSIONS), 12);
    }
  });

  test('was in the live database as long as it had not left, which had the rows of both in shares', () => {
    const [gap] = one.live;
    for (const [place, share] of LIVE_PLACES.entries()) {
      const rows = (1 - share) * 800 + share * 600;
      for (const [at, [noise]] of NOISE.entries()) {
        const chance = ((1 - noise) * (1 - share)) / rows + noise / VERSIONS;
        expect(gap![place]![at]).toBeCloseTo(Math.log(chance), 12);
      }
    }
  });

  test('weighs less in a blend the older June is', () => {
    for (const [at, months] of BLEND_MONTHS.entries()) {
      // 30 days are .9856 of a mean month.
      const june = Math.exp(-30 / (365.25 / 12) / months);
      const chance = (0.998 * june) / (1 + june) / 800 + 0.002 / VERSIONS;
      expect(one.other[at]).toBeCloseTo(Math.log(chance), 9);
    }
  });

  test('counts as often as it is reported', () => {
    const cells = [{ stratum: 's', releases: [0], count: 7 }];
    const seven = sourceLikelihood({ ...counted, cells });
    expect(seven.records).toBe(7);
    expect(seven.releases[0]![2]).toBeCloseTo(7 * one.releases[0]![2]!, 12);
    expect(seven.other[1]).toBeCloseTo(7 * one.other[1]!, 12);
    const both = addLikelihoods([one, seven]);
    expect(both.records).toBe(8);
    expect(both.live[0]![1]![3]).toBeCloseTo(8 * one.live[0]![1]![3]!, 12);
    expect(both.releases[1]![0]).toBeCloseTo(8 * one.releases[1]![0]!, 12);
  });
});

test('a record that both months hold was in the live database all the time between', () => {
  const both = sourceLikelihood({
    ...counted,
    cells: [{ stratum: 's', releases: [0, 1], count: 1 }],
  });
  for (const [place, share] of LIVE_PLACES.entries()) {
    const rows = (1 - share) * 800 + share * 600;
    const [noise] = NOISE[0]!;
    expect(both.live[0]![place]![0]).toBeCloseTo(
      Math.log((1 - noise) / rows + noise / VERSIONS),
      12,
    );
  }
});

test('the live database was read between neighbouring vintages; a part of the roll is none', () => {
  const days = ['2020-08-01', '2020-06-01', '2020-07-01', '2020-07-01', '2020-07-15'];
  const releases = days.map((day, at) => release(`r${at}`, day, 9, at === 4));
  expect(liveGaps(releases)).toEqual([
    [1, 2],
    [2, 0],
  ]);
  expect(liveGaps(releases.slice(4))).toEqual([]);
  const parts = releases.map((each) => ({ ...each, subset: true }));
  expect(liveGaps(parts)).toEqual([
    [1, 2],
    [2, 4],
    [4, 0],
  ]);
});
