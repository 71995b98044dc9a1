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

test('the list that most counties counted for is the one that is summed', () => {
  const lists = ['cd', 'cd', 'ab', 'ef', 'ef', 'ef'].map((byte) => byte.repeat(32));
  const given = lists.map((list, at) => ({ ...tallies[at]!, list }));
  expect(sumTallies(given).counties.map(({ county }) => county)).toEqual([
    ...['County 3', 'County 4', 'County 5'],
  ]);
  // Of two that are as common, the first in the order of their text.
  expect(sumTallies(given.slice(0, 5)).counties.map(({ county }) => county)).toEqual([
    ...['County 0', 'County 1'],
  ]);
});

test('without releases there is a sum and no source', () => {
  const plain = tallies.slice(0, 2).map((one) => ({ ...one, releases: [], likelihood: null }));
  expect(sumTallies(plain)).toMatchObject({ attribution: null, refusals: [] });
  expect(sumTallies([])).toMatchObject({ counties: [], matched: 0, attribution: null });
});

test('without releases a county has no likelihood; hits of a stratum are summed over its cells', () => {
  const cells = [
    { label: 'DEM@0-1', count: 400, hits: 30 },
    { label: 'DEM@1', count: 90, hits: 20 },
    { label: 'REP@0-1', count: 300, hits: 15 },
  ];
  const tally = tallyFor('C', cells);
  expect(tally.likelihood?.records).toBe(65);
  expect(tally.cells).toEqual([
    { cell: 'DEM', records: 490, matched: 50 },
    { cell: 'REP', records: 300, matched: 15 },
  ]);
  const count: MatchCount = {
    county: 'C',
    asked: 90,
    hits: 65,
    records: 790,
    cells,
    falseHits: 0.5,
  };
  const commitment = { incident: 'i', epoch: 'e', counties: null };
  const order = { count, commitment, list: 'l', tags: 't', households: 95, releases: [] };
  expect(tallyOf(order)).toMatchObject({
    // An address serves several people, but no person several households.
    ...{ households: 90, likelihood: null, expectedFalse: 0.5, matched: 65, records: 790 },
  });
});

test.each([
  [0, 0],
  [1, null],
  [10, null],
  [11, 11],
])('%i people found in all counties are told as %s', (hits, matched) => {
  const sum = sumTallies([tallyFor('C', [{ label: 'a', count: 300, hits }])]);
  expect(sum.matched).toBe(matched);
});

test('the dates of the list are those of the releases in the set, and none where the source is another', () => {
  const dates = sumTallies(tallies).attribution;
  expect(dates).toMatchObject({ credibleSet: ['FL-2020-04'] });
  expect(dates?.listDates).toEqual({ from: '2020-04-01', until: '2020-04-01' });
  const nobody = state.map((cells, at) =>
    tallyFor(
      `County ${at}`,
      cells.map((cell) => ({ ...cell, hits: 0 })),
    ),
  );
  const other = sumTallies(nobody).attribution;
  expect(other).toMatchObject({ credibleSet: ['other'], listDates: null, whole: true });
});

test('counties name their state in their own ways', () => {
  const named = (jurisdiction: string, at: number): CountyTally => ({
    ...tallies[at]!,
    releases: RELEASES.map((one) => ({ ...one, jurisdiction })),
  });
  const sum = sumTallies([named('FL', 0), named('fl-alachua', 1), named('US-FL', 2)]);
  expect(sum.attribution?.counties).toBe(2);
  expect(sum.refusals.map(({ county }) => county)).toEqual(['County 2', null]);
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

  type Parts = { [name: string]: unknown };
  const likelihood = (tally: Parts): { [name: string]: unknown[] } => tally['likelihood'] as never;
  const NAMES = 'county, incident and epoch are names';
  const DIGESTS = 'list and tags are SHA-256 in hex';
  const COUNTS = 'records and asked are counts';
  const ASKED_MOST = 'households and matched are at most the asked';
  const CELLS = 'cells have a name, records and hits';
  const FITS = 'the likelihood fits the releases and the hits';

  test.each<[string, string, (tally: Parts) => unknown]>([
    ['another schema', 'it is tocsin/match-tally/1', (t) => (t['schema'] = 'tocsin/other/1')],
    ['no county', NAMES, (t) => delete t['county']],
    ['an incident of two lines', NAMES, (t) => (t['incident'] = 'a\nb')],
    ['no epoch', NAMES, (t) => (t['epoch'] = '')],
    ['a list that is no digest', DIGESTS, (t) => (t['list'] = 'x')],
    ['tags that are no digest', DIGESTS, (t) => (t['tags'] = 'AB'.repeat(32))],
    ['part of a record', COUNTS, (t) => (t['records'] = 0.5)],
    ['nobody asked', COUNTS, (t) => Object.assign(t, { asked: 0, households: 0, matched: 0 })],
    ['more asked than one exchange takes', COUNTS, (t) => (t['asked'] = 1e9)],
    ['more matched than asked', ASKED_MOST, (t) => (t['matched'] = ASKED + 1)],
    ['hits below zero', ASKED_MOST, (t) => (t['matched'] = -1)],
    ['more households than asked', ASKED_MOST, (t) => (t['households'] = ASKED + 1)],
    ['no household', ASKED_MOST, (t) => (t['households'] = 0)],
    ['more counties than there are', 'counties is a count', (t) => (t['counties'] = 1e6)],
    ['chance in words', 'expectedFalse is a number', (t) => (t['expectedFalse'] = 'few')],
    ['chance below zero', 'expectedFalse is a number', (t) => (t['expectedFalse'] = -1)],
    [
      'releases without days',
      'releases have id, day and jurisdiction',
      (t) => (t['releases'] = [{ id: 'a' }]),
    ],
    ['cells that are none', CELLS, (t) => (t['cells'] = [1])],
    ['a cell without a name', CELLS, (t) => (t['cells'] = [{ records: 1, matched: 1 }])],
    ['a cell of no records', CELLS, (t) => (t['cells'] = [{ cell: 'a', matched: 1 }])],
    [
      'a cell of half a hit',
      CELLS,
      (t) => (t['cells'] = [{ cell: 'a', records: 1, matched: 0.5 }]),
    ],
    ['a release too few', FITS, (t) => (t['releases'] = RELEASES.slice(1))],
    ['a likelihood above one', FITS, (t) => (likelihood(t)['other']![0] = 5)],
    ['no likelihood of a gap', FITS, (t) => Object.assign(likelihood(t), { live: [] })],
    ['no row of a release', FITS, (t) => likelihood(t)['releases']!.pop()],
    ['a likelihood of more hits than there are', FITS, (t) => (t['matched'] = 0)],
    ['a likelihood that is none', FITS, (t) => (t['likelihood'] = 7)],
  ])('with %s is refused', (_, rule, spoil) => {
    const tally = structuredClone(sound);
    spoil(tally);
    expect(parseTally(JSON.stringify(tally))).toEqual({
      ok: false,
      failure: { code: 'tally-malformed', rule },
    });
  });

  test('comes back as it was written, hidden cells and a roll without releases too', () => {
    const plain = { ...tallies[1]!, counties: null, releases: [], likelihood: null };
    const hidden = tallyFor('Hidden', [{ label: 'a', count: 300, hits: 4 }]);
    const least = { ...plain, records: 0, matched: 0, asked: 1, households: 1, cells: [] };
    expect(hidden.cells).toEqual([{ cell: 'a', records: 300, matched: null }]);
    for (const tally of [tallies[0]!, plain, hidden, least]) {
      expect(parseTally(JSON.stringify(tally))).toEqual({ ok: true, value: tally });
    }
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
