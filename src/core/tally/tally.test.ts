import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { nodeKernels } from '../../host/kernels/index.ts';
import { randomFrom } from '../base/index.ts';
import {
  addLikelihoods,
  attributeSource,
  attributeSum,
  DEFAULT_PRIORS,
  hypothesisName,
  type ShownRecord,
} from '../exposure/index.ts';
import type { CellCount, ListedRelease, MatchCount } from '../psi/index.ts';
import {
  type CountyTally,
  heldCells,
  heldLabel,
  parseHeldLabel,
  parseTally,
  statewideText,
  sumTallies,
  tallyOf,
} from './index.ts';

const MONTHS = 6;
const COUNTIES = 60;
const RELEASES: readonly ListedRelease[] = Array.from({ length: MONTHS }, (_, at) => ({
  id: `FL-2020-0${at + 1}`,
  asOf: `2020-0${at + 1}-01`,
  subset: false,
  jurisdiction: 'FL',
}));
const runFrom = (from: number, until: number): readonly number[] =>
  Array.from({ length: until - from + 1 }, (_, at) => from + at);

/** Versions of one county by interval and stratum, and hits drawn from the release of month 3. */
function inventCounty(county: number): readonly CellCount[] {
  const random = randomFrom(`county ${county}`, nodeKernels);
  const cells: CellCount[] = [];
  for (const party of ['DEM', 'REP', 'none']) {
    const stratum = `${party}|1|COUNTY ${county}`;
    for (const [from, until] of [
      [0, 5],
      [0, 2],
      [0, 3],
      [1, 5],
      [3, 5],
      [4, 5],
    ] as const) {
      const whole = from === 0 && until === 5;
      const count = whole ? random.between(300, 900) : random.between(11, 40);
      const held = from <= 3 && until >= 3;
      let hits = 0;
      for (let one = 0; held && one < count; one++) if (random.chance(0.004)) hits += 1;
      const label = heldLabel({ stratum, releases: runFrom(from, until) });
      cells.push({ label, count, hits });
    }
  }
  return cells;
}

const ASKED = 900;
const sumOf = (cells: readonly CellCount[], what: 'count' | 'hits'): number =>
  cells.reduce((sum, cell) => sum + cell[what], 0);

const tallyFor = (
  county: string,
  cells: readonly CellCount[],
  change: Partial<CountyTally> = {},
): CountyTally => {
  const count: MatchCount = {
    county,
    asked: ASKED,
    hits: sumOf(cells, 'hits'),
    records: sumOf(cells, 'count'),
    cells,
    falseHits: 0,
  };
  const commitment = { incident: 'october-2020', epoch: '2020-10', counties: COUNTIES };
  const tags = nodeKernels.sha256(nodeKernels.encode(county));
  const list = 'ab'.repeat(32);
  const made = tallyOf({ count, commitment, list, tags, households: ASKED, releases: RELEASES });
  return { ...made, ...change };
};

const state = Array.from({ length: COUNTIES }, (_, at) => inventCounty(at));
const tallies = state.map((cells, at) => tallyFor(`County ${at}`, cells));

/** All counties as one roll: the same records, and no sums on the way. */
function pooled() {
  const counts = RELEASES.map(() => new Map<string, number>());
  const versionCounts = new Map<string, number>();
  const records: ShownRecord[] = [];
  const add = (sums: Map<string, number>, key: string, n: number): void =>
    void sums.set(key, (sums.get(key) ?? 0) + n);
  for (const { label, count, hits } of state.flat()) {
    const { stratum, releases } = parseHeldLabel(label, MONTHS)!;
    add(versionCounts, stratum, count);
    for (const place of releases!) add(counts[place]!, stratum, count);
    for (let hit = 0; hit < hits; hit++) records.push({ stratum, releases: releases! });
  }
  return { counts, versionCounts, records, onNoRoll: ASKED - records.length };
}

const SETTING = {
  jurisdiction: 'FL',
  logEvidenceOther: 0,
  independence: 1,
  priors: DEFAULT_PRIORS,
};

describe('sixty counties', () => {
  const { counts, ...roll } = pooled();
  const whole = attributeSource({
    ...SETTING,
    ...roll,
    releases: RELEASES.map((one, at) => ({ ...one, counts: counts[at]!, logEvidence: 0 })),
  });

  test('give the posterior of one pooled roll', () => {
    const summed = attributeSum({
      ...SETTING,
      onNoRoll: roll.onNoRoll,
      releases: RELEASES.map((one) => ({ ...one, logEvidence: 0 })),
      likelihood: addLikelihoods(tallies.map(({ likelihood }) => likelihood!)),
    });
    expect(roll.records.length).toBeGreaterThan(300);
    for (const [at, { hypothesis, probability }] of whole.posterior.entries()) {
      expect(Math.abs(summed.posterior[at]!.probability - probability)).toBeLessThan(1e-9);
      expect(summed.posterior[at]!.hypothesis).toEqual(hypothesis);
    }
    expect(whole.posterior[0]!.probability).toBeGreaterThan(0.9);
    expect(hypothesisName(whole.posterior[0]!.hypothesis)).toBe('FL-2020-04');
  });

  test('the same through their files, in any order', () => {
    const files = tallies.map((tally) => JSON.stringify(tally));
    const read = files.toReversed().map((text) => {
      const parsed = parseTally(text);
      if (!parsed.ok) throw new Error(parsed.failure.rule);
      return parsed.value;
    });
    const sum = sumTallies(read);
    expect(sum).toEqual(sumTallies(tallies));
    expect(sum.attribution).toMatchObject({ counties: COUNTIES, whole: true });
    expect(sum.attribution?.posterior.map(({ hypothesis }) => hypothesis)).toEqual(
      whole.posterior.map(({ hypothesis }) => hypothesisName(hypothesis)),
    );
    expect(sum.attribution?.posterior[0]?.probability).toBeCloseTo(
      whole.posterior[0]!.probability,
      5,
    );
    expect(sum.refusals).toEqual([]);
  });

  test('one that is missing takes away what is said about people found nowhere', () => {
    const { attribution, refusals } = sumTallies(tallies.slice(1));
    expect(attribution).toMatchObject({ counties: COUNTIES - 1, whole: false });
    expect(refusals.map(({ code }) => code)).toEqual(['tally-counties-missing']);
  });
});

test('tallies of another list, twice, or of other releases are left out by name', () => {
  const [first, second, third] = tallies as [CountyTally, CountyTally, CountyTally];
  const other = tallyFor('Other List', state[3]!, { list: 'cd'.repeat(32) });
  const again = { ...first, tags: 'ff'.repeat(32) };
  const shifted = RELEASES.map((one) => ({ ...one, asOf: one.asOf.replace('2020', '2019') }));
  const apart = { ...tallyFor('Other Releases', state[4]!), releases: shifted };
  const plain = { ...tallyFor('No Releases', state[5]!), releases: [], likelihood: null };
  const given = [first, second, third, other, again, apart, plain];
  const { counties, attribution, refusals } = sumTallies(given);
  expect(refusals.map(({ code, county }) => `${code} ${county}`)).toEqual([
    'tally-twice County 0',
    'tally-list-other Other List',
    'tally-releases-other No Releases',
    'tally-releases-other Other Releases',
    'tally-counties-missing null',
  ]);
  expect(counties.length).toBe(5);
  expect(attribution?.counties).toBe(3);
});

test('without releases there is a sum and no source', () => {
  const plain = tallies.slice(0, 2).map((one) => ({ ...one, releases: [], likelihood: null }));
  expect(sumTallies(plain)).toMatchObject({ attribution: null, refusals: [] });
  expect(sumTallies([])).toMatchObject({ counties: [], matched: 0, attribution: null });
});

test('no count of persons below 11 leaves the sum, nor can it be worked out', () => {
  const hits = fc.array(fc.nat(40), { minLength: 1, maxLength: 8 });
  fc.assert(
    fc.property(hits, (counts) => {
      const cells = (n: number): CellCount[] => [{ label: 'DEM|1|', count: 500, hits: n }];
      const { counties, matched } = sumTallies(counts.map((n, at) => tallyFor(`C${at}`, cells(n))));
      const total = counts.reduce((sum, n) => sum + n, 0);
      if (total > 0 && total < 11) expect(matched).toBeNull();
      const hidden = counties.flatMap(({ matched: n }, at) => (n === null ? [counts[at]!] : []));
      for (const { matched: n } of counties) expect(n === null || n === 0 || n >= 11).toBe(true);
      if (hidden.length > 0 && counts.filter((n) => n > 0).length > hidden.length) {
        expect(hidden.length).toBeGreaterThan(1);
      }
    }),
  );
  const text = statewideText(
    sumTallies([tallyFor('Small', [{ label: 'a', count: 300, hits: 4 }])]),
  );
  expect(text.join('\n')).toContain('fewer than 11');
  expect(text.join('\n')).not.toMatch(/\b4\b/);
});

describe('cells of releases', () => {
  test('a label comes back for any stratum and any releases', () => {
    const places = fc.uniqueArray(fc.nat(47), { minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(fc.string({ maxLength: 30 }), places, (stratum, releases) => {
        const held = { stratum, releases: releases.toSorted((a, b) => a - b) };
        expect(parseHeldLabel(heldLabel(held), 48)).toEqual(held);
      }),
    );
  });

  test('any text is a cell or none, never an error', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const cell = parseHeldLabel(text, 5);
        if (cell !== null) expect(cell.releases?.every((place) => place < 5) ?? true).toBe(true);
      }),
    );
    for (const label of ['a@', 'a@5', 'a@3-2', 'a@1,1', 'a@2,1', 'a@-1', 'rest', 'a@0-9999']) {
      expect(parseHeldLabel(label, 5)).toBeNull();
    }
  });

  test('small cells lose their releases first and their stratum last, and this is counted', () => {
    const cells = [
      ...Array(400).fill({ stratum: 'DEM', releases: [0, 1] }),
      ...Array(10).fill({ stratum: 'DEM', releases: [0] }),
      ...Array(9).fill({ stratum: 'DEM', releases: [1] }),
      ...Array(5).fill({ stratum: 'REP', releases: [1] }),
    ];
    const enough = [...cells, ...Array(9).fill({ stratum: 'REP', releases: [0] })];
    expect([...new Set(heldCells(enough).labels)]).toEqual(['DEM@0-1', 'DEM@*', 'REP@*']);
    const { labels, untold } = heldCells(cells);
    // Five of REP alone would be a small cell: the next smallest keeps them company.
    expect([...new Set(labels)]).toEqual(['DEM@0-1', 'rest']);
    expect(untold).toBe(24);
    // Hits in them say nothing about the source.
    const counted = [
      { label: 'DEM@0-1', count: 400, hits: 30 },
      { label: 'DEM@*', count: 19, hits: 7 },
      { label: 'rest', count: 5, hits: 2 },
    ];
    const tally = tallyFor('C', counted);
    expect(tally).toMatchObject({ matched: 39, likelihood: { records: 30 } });
    // Hits of a stratum are summed over its months; 2 and, to protect it, 37 are hidden.
    expect(tally.cells).toEqual([
      { cell: 'DEM', records: 419, matched: null },
      { cell: 'rest', records: 5, matched: null },
    ]);
  });
});

describe('a tally file', () => {
  const sound = JSON.parse(JSON.stringify(tallies[0])) as { [name: string]: unknown };

  test.each<[string, (tally: { [name: string]: unknown }) => void]>([
    ['another schema', (tally) => (tally['schema'] = 'tocsin/other/1')],
    ['no county', (tally) => delete tally['county']],
    ['more matched than asked', (tally) => (tally['matched'] = ASKED + 1)],
    ['nobody asked', (tally) => (tally['asked'] = 0)],
    ['a list that is no digest', (tally) => (tally['list'] = 'x')],
    ['releases without days', (tally) => (tally['releases'] = [{ id: 'a' }])],
    ['a release too few', (tally) => (tally['releases'] = RELEASES.slice(1))],
    ['cells that are none', (tally) => (tally['cells'] = [1])],
    ['hits below zero', (tally) => (tally['matched'] = -1)],
    [
      'a likelihood above one',
      (tally) => ((tally['likelihood'] as never)['other'][0] = 5 as never),
    ],
    ['no likelihood of a gap', (tally) => ((tally['likelihood'] as never)['live'] = [] as never)],
  ])('with %s is refused', (_, spoil) => {
    const tally = structuredClone(sound);
    spoil(tally);
    expect(parseTally(JSON.stringify(tally))).toMatchObject({
      failure: { code: 'tally-malformed' },
    });
  });

  test('of any text is read or refused, never thrown at', () => {
    fc.assert(
      fc.property(
        fc.string(),
        fc.jsonValue(),
        fc.constantFrom(...Object.keys(sound)),
        (text, value, key) => {
          expect(typeof parseTally(text).ok).toBe('boolean');
          expect(typeof parseTally(JSON.stringify({ ...sound, [key]: value })).ok).toBe('boolean');
        },
      ),
    );
  });
});
