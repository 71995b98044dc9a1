import { describe, expect, test } from 'vitest';
import { nodeKernels } from '../../host/kernels/index.ts';
import { assessExposure, type ExposureAnswer, type ExposureEvidence } from './assess.ts';
import { hypothesisName, probabilityOf } from './attribution.ts';
import type { PersonKeys } from './comparison.ts';
import type { RecordVersion } from './linkage.ts';
import { recipientShown } from './report.ts';
import { NO_FACTS } from './size-facts.ts';

/** An invented voter: shown in a report, or not, and where the lists hold them. */
interface Voter {
  readonly id: string;
  readonly keys: PersonKeys;
  readonly stratum: string;
  readonly releases: readonly number[];
}

interface List {
  readonly id: string;
  readonly jurisdiction: string;
  readonly asOf: string;
  readonly rowFilter?: string;
  readonly planted?: { readonly ifThis: number; readonly ifOther: number };
  readonly canaries?: { readonly hits: number; readonly planted: number };
}

const LISTS: readonly List[] = [
  { id: 'FL-06', jurisdiction: 'FL', asOf: '2020-06-01' },
  { id: 'FL-07', jurisdiction: 'FL', asOf: '2020-07-01' },
  { id: 'FL-08', jurisdiction: 'FL', asOf: '2020-08-01' },
  { id: 'FL-part', jurisdiction: 'FL', asOf: '2020-08-01', rowFilter: 'one county' },
  { id: 'AK-08', jurisdiction: 'AK', asOf: '2020-08-01' },
];
const FLORIDA = [0, 1, 2];
const FIELDS = new Set([
  ...(['FirstName', 'LastName', 'ResidenceAddress.Line'] as const),
  ...(['ResidenceAddress.City', 'ResidenceAddress.ZipCode'] as const),
]);

const voter = (state: string, at: number, change: Partial<Voter> = {}): Voter => ({
  id: `${state}/${at}`,
  keys: {
    first: `FIRST${'ABCDEFGHIJ'[at % 10]}${'KLMNOPQRST'[Math.floor(at / 10) % 10]}`,
    last: `LAST${'ABCDEFGHIJ'[Math.floor(at / 10) % 10]}${'UVWXYZKLMN'[at % 10]}`,
    house: String(at + 1),
    street: `ROAD ${at * 13}`,
    city: state === 'FL' ? 'GAINSHOLT' : 'ANKERHAVN',
    zip: state === 'FL' ? '32601' : '99501',
    email: '',
  },
  stratum: `${at % 2 === 0 ? 'DEM' : 'REP'}|${at % 4 === 0 ? 1 : 0}|${at % 3 === 0 ? 'LEON' : 'BAY'}`,
  releases: state === 'FL' ? FLORIDA : [4],
  ...change,
});

/**
 * Versions of voters on the lists; every one in `shown` reports, all that the message says agree.
 */
function exposureOf(
  voters: readonly Voter[],
  shown: readonly Voter[],
  {
    lists = LISTS,
    ...change
  }: Partial<ExposureEvidence> & { readonly lists?: readonly List[] } = {},
): ExposureAnswer {
  const versions = voters.map(
    ({ id, keys, stratum, releases }): RecordVersion => ({
      ...{ person: id, keys, releases },
      strata: releases.map(() => stratum),
    }),
  );
  const tally = (of: readonly Voter[]): ReadonlyMap<string, number> =>
    new Map([...Map.groupBy(of, ({ stratum }) => stratum)].map(([key, own]) => [key, own.length]));
  const states = [...new Set(lists.map(({ jurisdiction }) => jurisdiction))];
  const share = (field: 'first' | 'last'): ReadonlyMap<string, number> =>
    new Map(voters.map(({ keys }) => [keys[field], 1 / voters.length]));
  return assessExposure({
    reports: shown.map(({ id, keys }, at) => ({
      id: `r${at}`,
      recipient: recipientShown({
        ...{ name: `${keys.first} ${keys.last}`, street: `${keys.house} ${keys.street}` },
        ...{ city: keys.city, zip: keys.zip, email: keys.email, party: '' },
        state: id.slice(0, 2),
      }),
      receivedAt: null,
      channel: null,
    })),
    keys: shown.map(({ keys }) => keys),
    versions,
    pairs: shown.flatMap(({ keys: own }, report) =>
      voters.flatMap(({ keys }, at) =>
        keys.house === own.house && keys.zip === own.zip ? [[report, at] as const] : [],
      ),
    ),
    sample: voters.map(({ keys }) => keys),
    shares: { first: share('first'), last: share('last') },
    releases: lists.map(({ id, jurisdiction, asOf, rowFilter = null, ...of }, place) => ({
      manifest: { releaseId: id, jurisdiction, asOf, rowFilter, fieldsPresent: new Set() } as never,
      fields: FIELDS,
      counts: tally(voters.filter(({ releases }) => releases.includes(place))),
      planted: of.planted ?? { ifThis: 0, ifOther: 0 },
      markKeys: null,
      canaries: of.canaries ?? { hits: 0, planted: 0 },
    })),
    dimensions: new Map(states.map((state) => [state, { party: true, email: true, county: true }])),
    versionCounts: new Map(
      states.map((state) => [state, tally(voters.filter(({ id }) => id.startsWith(state)))]),
    ),
    facts: NO_FACTS,
    kernels: nodeKernels,
    ...change,
  });
}

const many = (state: string, from: number, until: number, change: Partial<Voter> = {}): Voter[] =>
  Array.from({ length: until - from }, (_, at) => voter(state, from + at, change));

const stayed = many('FL', 0, 60);
const left = many('FL', 60, 84, { releases: [0, 1] });
const came = many('FL', 84, 108, { releases: [1, 2] });
const alaska = many('AK', 0, 12);
const everybody = [...stayed, ...left, ...came, ...alaska];
/** Every other dozen, in which each stratum stands as often. */
const even = (of: readonly Voter[]): readonly Voter[] =>
  of.filter((_, at) => Math.floor(at / 12) % 2 === 0);
const reported = [...even(stayed), ...even(left), ...even(came), ...alaska.slice(0, 4)];
const FROM_FLORIDA = reported.length - 4;
/** Canaries of July were written to. */
const told = LISTS.map((list) =>
  list.id === 'FL-07' ? { ...list, planted: { ifThis: -1, ifOther: -20 } } : list,
);
const answer = exposureOf(everybody, reported, { lists: told });
const [florida, other] = answer.jurisdictions;

describe('lists of two states', () => {
  test('each is answered for its own reports, the one with the most of them first', () => {
    expect(answer.jurisdictions.map(({ jurisdiction }) => jurisdiction)).toEqual(['FL', 'AK']);
    expect(answer.jurisdictions.map(({ recipients }) => recipients)).toEqual([FROM_FLORIDA, 4]);
    expect(answer.linkedPerson).toEqual(reported.map(({ id }) => id));
    // The newest list that holds what the report shows.
    expect(answer.linkedRelease).toEqual(reported.map(({ releases }) => releases.at(-1)));
    const few = exposureOf(everybody, alaska.slice(0, 5));
    expect(few.jurisdictions.map(({ jurisdiction }) => jurisdiction)).toEqual(['AK']);
    expect(few.refusals.at(-1)?.question).toBe('source, FL');
  });

  test('the release that holds those who left and those who came, and whose canaries were met, is named', () => {
    const { attribution, listDates } = florida!;
    expect(attribution.credibleSet).toEqual([{ kind: 'release', releaseId: 'FL-07' }]);
    expect(listDates).toEqual({ from: '2020-07-01', until: '2020-07-01' });
  });

  test('without canaries the live database between the lists may have been read as well', () => {
    const [found] = exposureOf(everybody, reported).jurisdictions;
    const { credibleSet, posterior } = found!.attribution;
    expect(posterior[0]!.hypothesis).toEqual({ kind: 'release', releaseId: 'FL-07' });
    expect(credibleSet.map(({ kind }) => kind).toSorted()).toEqual(['live', 'live', 'release']);
    // The lists before and after it; a part of the roll dates nothing.
    expect(found!.listDates).toEqual({ from: '2020-06-01', until: '2020-08-01' });
    const most = found!.size.find(({ label }) => label === 'taken, at most');
    expect(most).toMatchObject({ low: 84, high: 108 });
  });

  test('what is stale is told against the newest whole list of the state', () => {
    expect([florida!.stale, other!.stale]).toEqual([left.length / 2, 0]);
    expect(florida!.movers).toEqual({
      ...{ linked: FROM_FLORIDA, stale: left.length / 2, stillListed: 0, reportedElsewhere: 0 },
    });
  });

  test('recipients are counted by the county of their row, most first', () => {
    const leon = reported.filter(({ id, stratum }) => id.startsWith('FL') && /LEON/.test(stratum));
    expect(florida!.counties).toEqual([
      { county: 'BAY', recipients: FROM_FLORIDA - leon.length },
      { county: 'LEON', recipients: leon.length },
    ]);
  });

  test('the size is that of the credible release, and every row names its state', () => {
    const rows = stayed.length + left.length + came.length;
    const most = florida!.size.find(({ label }) => label === 'taken, at most');
    expect(most).toMatchObject({ low: rows, high: rows });
    expect(most?.estimator).toBe('size of the attributed release, FL');
    const questions = [...florida!.refusals, ...other!.refusals].map(({ question }) => question);
    expect(questions).toContain('size, AK');
    expect(questions).not.toContain('size, FL');
    expect(questions).toContain('targeting, AK');
  });

  test('who was meant is told against the rows of the credible release', () => {
    const of = (people: readonly Voter[], party: string): number =>
      people.filter(({ stratum }) => stratum.startsWith(party)).length;
    const rows = [...stayed, ...left, ...came];
    const shown = reported.slice(0, FROM_FLORIDA);
    const odds = (people: readonly Voter[]): number =>
      of(people, 'DEM') / (people.length - of(people, 'DEM'));
    const row = florida!.targeting.find(({ cell }) => cell === 'party:DEM');
    expect(row?.oddsRatio).toBeCloseTo(odds(shown) / odds(rows), 9);
    expect(florida!.targeting.map(({ cell }) => cell)).toEqual([
      ...['county:BAY', 'county:LEON', 'party:DEM', 'party:DEM, county:BAY'],
      ...['party:DEM, county:LEON', 'party:REP', 'party:REP, county:BAY', 'party:REP, county:LEON'],
    ]);
  });

  test('a list of one state alone is not named in every row', () => {
    const lists = LISTS.slice(0, 4);
    const { jurisdictions } = exposureOf(
      [...stayed, ...left, ...came],
      reported.slice(0, FROM_FLORIDA),
      {
        lists,
      },
    );
    const [only] = jurisdictions;
    expect(only!.size.every(({ estimator }) => !estimator.includes(','))).toBe(true);
  });
});

test('relatives who report together are one household, and each a recipient', () => {
  const kin = stayed.slice(0, 10).map((one, at) => ({
    ...one,
    id: `FL/kin${at}`,
    keys: { ...one.keys, first: `KIN${'ABCDEFGHIJ'[at]}LY` },
  }));
  const { jurisdictions } = exposureOf([...everybody, ...kin], [...stayed.slice(0, 30), ...kin]);
  expect(jurisdictions[0]).toMatchObject({ households: 30, recipients: 40 });
  // Where no home is shown, each person is one.
  const bare = [...stayed.slice(0, 30), ...kin].map(({ keys, ...one }) => ({
    ...one,
    keys: { ...keys, street: '' },
  }));
  const homeless = exposureOf(
    [...everybody.filter(({ id }) => !bare.some((each) => each.id === id)), ...bare],
    bare,
  );
  expect(homeless.jurisdictions[0]).toMatchObject({ households: 40, recipients: 40 });
});

test('people on no list count against the list of their own state, and elsewhere against none', () => {
  const unknown = many('FL', 200, 240).map(({ keys, ...one }) => ({ ...one, keys }));
  const texan = unknown.map((one) => ({ ...one, id: one.id.replace('FL', 'TX') }));
  const known = stayed.slice(0, 40);
  const probabilities = [unknown, texan].map((strangers) => {
    const found = exposureOf(everybody, [...known, ...strangers]);
    expect(found.linkage.links.filter(({ state }) => state === 'on-no-roll')).toHaveLength(40);
    expect(found.elsewhere).toBe(strangers === texan ? 40 : 0);
    return probabilityOf(found.jurisdictions[0]!.attribution, ({ kind }) => kind === 'other');
  });
  expect(probabilities[0]).toBeGreaterThan(0.7);
  expect(probabilities[1]).toBeLessThan(0.1);
});

test('where every canary was mailed, all rows were that show an e-mail address, and no more', () => {
  const lists = told.map((list) => ({ ...list, canaries: { hits: 400, planted: 400 } }));
  const facts = { ...NO_FACTS, probes: { sent: 400, arrived: 400 } };
  const [part] = exposureOf(everybody, reported, { lists, facts }).jurisdictions;
  const july = [...stayed, ...left, ...came];
  const reachable = july.filter(({ stratum }) => stratum.split('|')[1] === '1').length;
  expect(part?.size.find(({ estimator }) => estimator.startsWith('canaries'))?.high).toBe(
    reachable,
  );
});

test('what canaries and marks say of one copy moves that copy alone', () => {
  const planted = { ifThis: -1, ifOther: -9 };
  const posterior = (at: number | null): readonly number[] => {
    const lists = LISTS.map((list, place) => (place === at ? { ...list, planted } : list));
    const { jurisdictions } = exposureOf(everybody, stayed.slice(0, 30), { lists });
    const { attribution } = jurisdictions[0]!;
    return [...LISTS.slice(0, 3).map(({ id }) => id), 'other'].map((name) =>
      probabilityOf(attribution, (one) => hypothesisName(one) === name),
    );
  };
  const before = posterior(null);
  for (const place of FLORIDA) {
    const found = posterior(place);
    for (const [at, chance] of found.entries()) {
      if (at !== place)
        expect(chance / found[place]!).toBeCloseTo(
          (before[at]! / before[place]!) * Math.exp(-8),
          9,
        );
    }
  }
});

test('without a linked report every question is refused, and nothing is answered', () => {
  const found = exposureOf(everybody, []);
  expect(found.jurisdictions).toEqual([]);
  expect(found.refusals.map(({ question }) => question)).toEqual(['source', 'size', 'targeting']);
});
