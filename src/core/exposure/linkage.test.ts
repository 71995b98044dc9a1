import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { person } from '../../../test/kit/person-keys.ts';
import { nodeKernels } from '../../host/kernels/index.ts';
import { randomFrom } from '../base/index.ts';
import type { PersonKeys } from './comparison.ts';
import { jaroWinkler, jaroWinklerFrom } from './jaro-winkler.ts';
import { linkReports, presenceOf, type RecordVersion } from './linkage.ts';

describe('Jaro-Winkler', () => {
  // Winkler 1990, table 1; Jaro 1989.
  test.each([
    ['MARTHA', 'MARHTA', 0.961],
    ['DWAYNE', 'DUANE', 0.84],
    ['DIXON', 'DICKSONX', 0.813],
    ['ABC', 'XYZ', 0],
    // Four letters of the beginning count, not five.
    ['ABCDEFG', 'ABCDEXG', 0.943],
  ])('%s and %s', (a, b, value) => expect(jaroWinkler(a, b)).toBeCloseTo(value, 3));

  test('from a least value on it is the same, below it is 0', () => {
    const name = fc.string({ unit: fc.constantFrom('A', 'B', 'C', 'D', 'a', '1'), maxLength: 9 });
    fc.assert(
      fc.property(name, name, fc.constantFrom(0.7, 0.85, 0.9, 0.94), (a, b, least) => {
        const value = jaroWinkler(a, b);
        expect(jaroWinklerFrom(a, b, least)).toBe(value >= least ? value : 0);
      }),
    );
  });

  test('is symmetric and between 0 and 1', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (a, b) => {
        const value = jaroWinkler(a, b);
        expect(value).toBeGreaterThanOrEqual(0);
        expect(value).toBeLessThanOrEqual(1);
        expect(jaroWinkler(b, a)).toBeCloseTo(value, 12);
      }),
    );
  });
});

const version = (who: string, keys: PersonKeys, releases = [0]): RecordVersion => ({
  person: who,
  keys,
  releases,
  strata: releases.map(() => 's'),
});

const shares = {
  first: new Map([
    ['ADA', 0.01],
    ['IRA', 0.01],
    ['MOIRA', 0.005],
  ]),
  last: new Map([['WEXLOW', 0.001]]),
};

/** Rows that share little with the reports, as random rows do. */
const sample: readonly PersonKeys[] = Array.from({ length: 400 }, (_, at) =>
  person({
    first: at % 100 === 0 ? 'ADA' : `F${at}X${at * 7}`,
    last: at % 200 === 0 ? 'WEXLOW' : `L${at}Y${at * 11}`,
    house: String(at),
    street: `ROAD ${at * 13}`,
    city: at % 5 === 0 ? 'GAINSHOLT' : 'ELSEWHERE',
    zip: at % 20 === 0 ? '00412' : String(10_000 + at),
  }),
);

const link = (reports: readonly PersonKeys[], versions: readonly RecordVersion[]) =>
  linkReports({
    reports,
    versions,
    pairs: reports.flatMap((_, r) => versions.map((_v, v) => [r, v] as const)),
    rollSize: 100_000,
    emails: 40_000,
    shares,
    sample,
  });

describe('linkage', () => {
  test('the person is linked, though the street is misspelt', () => {
    const { links } = link([person({ street: 'ELN ST' })], [version('a', person())]);
    expect(links[0]).toMatchObject({ state: 'linked', version: 0 });
  });

  test('a relative in the same house is not the person', () => {
    const { links } = link([person()], [version('b', person({ first: 'MOIRA' }))]);
    expect(links[0]).toMatchObject({ state: 'on-no-roll', version: null });
  });

  test('first and last name in each other\u2019s place are the same person', () => {
    const { links } = link([person({ first: 'WEXLOW', last: 'ADA' })], [version('a', person())]);
    expect(links[0]?.state).toBe('linked');
  });

  test('a first name that may be misspelt is no ground for a link, nor for saying there is none', () => {
    const { links } = link(
      [person({ first: 'MARTHAE' })],
      [version('b', person({ first: 'MORTA' }))],
    );
    expect(links[0]?.state).toBe('unresolved');
  });

  test('an e-mail address lets a shared mailbox pass the guard', () => {
    const email = 'wexlow@mail.example';
    const { links } = link([person({ email })], [version('b', person({ first: 'MOIRA', email }))]);
    expect(links[0]).toMatchObject({ state: 'linked' });
  });

  test('father and son of one name in one house stay unresolved', () => {
    const { links } = link([person()], [version('a', person()), version('b', person())]);
    expect(links[0]?.state).toBe('unresolved');
    expect(links[0]?.probability).toBeCloseTo(0.5, 2);
  });

  test('names in the wrong place may be misspelt besides', () => {
    const { links } = link(
      [person({ first: 'WEXLOV', last: 'MOIRA' })],
      [version('a', person({ first: 'MOIRA' }))],
    );
    expect(links[0]?.state).toBe('linked');
  });

  test.each([
    [2, 'linked'],
    [3, 'unresolved'],
  ])('of 300 homes %i with two people of one name: another first name is %s', (homes, state) => {
    const rows = Array.from({ length: 300 }, (_, at) =>
      person({ last: `L${at}Y${at * 11}`, house: String(at + 1), zip: String(10_000 + at) }),
    );
    const relatives = rows.slice(100, 100 + homes);
    const versions = [
      ...rows.map((row, at) => version(`p${at}`, row)),
      ...relatives.map((row, at) => version(`q${at}`, { ...row, first: 'IRA' })),
    ];
    const { links } = linkReports({
      reports: rows.map((row, at) => (at < 20 ? { ...row, first: 'MORA' } : row)),
      versions: versions.map((each, at) =>
        at < 20 ? { ...each, keys: { ...each.keys, first: 'MIRTA' } } : each,
      ),
      pairs: [
        ...rows.map((_, at) => [at, at] as const),
        ...relatives.map((_, at) => [100 + at, 300 + at] as const),
      ],
      rollSize: 300,
      emails: 0,
      shares,
      sample: sample.slice(0, 50),
    });
    expect(links[0]?.state).toBe(state);
  });

  test('where no home has two people of one name, another first name is an error like any other', () => {
    const rows = Array.from({ length: 300 }, (_, at) =>
      person({ last: `L${at}Y${at * 11}`, house: String(at + 1), zip: String(10_000 + at) }),
    );
    const shown = rows.map((row, at) => (at < 20 ? { ...row, first: 'MOIRA' } : row));
    const versions = rows.map((row, at) => version(`p${at}`, row));
    const input = {
      reports: shown,
      versions,
      pairs: rows.map((_, at) => [at, at] as const),
      rollSize: 300,
      emails: 0,
      shares,
      sample: sample.slice(0, 50),
    };
    expect(linkReports(input).links[0]?.state).toBe('linked');
    const relatives = versions
      .slice(0, 30)
      .map(({ keys }, at) => version(`q${at}`, { ...keys, first: 'IRA' }));
    const shared = linkReports({
      ...input,
      versions: [...versions, ...relatives],
      pairs: [...input.pairs, ...relatives.map((_, at) => [at, 300 + at] as const)],
    });
    expect(shared.links[0]?.state).not.toBe('linked');
  });

  test('an address weighs by the people who have it, not by their versions or releases', () => {
    const email = 'wexlow@mail.example';
    const shown = person({ first: '', last: '', house: '', street: '', city: '', zip: '', email });
    const own = version('a', person({ email }));
    const moved = version('a', person({ email, house: '7', street: 'OAK AVE' }), [1, 2]);
    const others = ['b', 'c', 'd'].map((who) => version(who, person({ first: 'IRA', email })));
    const of = (versions: readonly RecordVersion[]): number =>
      link([shown], versions).links[0]!.probability;
    expect(of([own])).toBeGreaterThan(0.85);
    expect(of([own, moved])).toBe(of([own]));
    // Another address of another person is no holder of this one.
    expect(of([own, version('b', person({ email: 'ira@mail.example' }))])).toBeCloseTo(
      of([own]),
      2,
    );
    // An address of several is as frequent as it is on the roll: together they are as likely as two
    // are.
    const together = [2, 3, 4].map((count) => count * of([own, ...others].slice(0, count)));
    expect(together[0]).toBeLessThan(of([own]) / 2);
    expect(together[1]).toBeCloseTo(together[0]!, 6);
    expect(together[2]).toBeCloseTo(together[0]!, 6);
  });

  test('an address that one person has tells less where reports show ones that two have', () => {
    const empty = { first: '', last: '', house: '', street: '', city: '', zip: '' };
    const only = (email: string): PersonKeys => person({ ...empty, email });
    const odds = (holders: number): number => {
      const shared = Array.from({ length: 40 }, (_, at) => `s${at}@mail.example`);
      const versions = shared.flatMap((email, at) =>
        Array.from({ length: holders }, (_h, n) => version(`p${at}-${n}`, person({ email }))),
      );
      const reports = [only('own@mail.example'), ...shared.map(only)];
      const own = version('own', person({ email: 'own@mail.example' }));
      const { probability } = link(reports, [own, ...versions]).links[0]!;
      return probability / (1 - probability);
    };
    expect(odds(3)).toBeGreaterThan(5 * odds(2));
  });

  test('two versions of one person are one alternative', () => {
    const moved = person({ house: '7', street: 'OAK AVE', zip: '00999' });
    const { links } = link([person()], [version('a', person(), [0, 1]), version('a', moved, [2])]);
    expect(links[0]).toMatchObject({ state: 'linked', version: 0 });
  });

  test('a report without a name is neither linked nor said to be on no roll', () => {
    const { links } = link([person({ first: '' })], [version('a', person())]);
    expect(links[0]?.state).toBe('unresolved');
    expect(link([person({ first: '', last: '' })], []).links[0]?.state).toBe('unresolved');
  });

  test.each([
    ['a whole address', {}, 'on-no-roll'],
    ['a ZIP code alone', { house: '', street: '' }, 'on-no-roll'],
    ['house and street alone', { zip: '' }, 'on-no-roll'],
    ['a street without a house', { house: '', zip: '' }, 'unresolved'],
    ['a house without a street', { street: '', zip: '' }, 'unresolved'],
    ['no first name', { first: '' }, 'unresolved'],
    ['no surname', { last: '' }, 'unresolved'],
  ])('who is met nowhere and shows %s', (_, change, state) => {
    expect(link([person(change)], []).links[0]?.state).toBe(state);
  });

  test('an answer of no reports is no answer', () => {
    expect(link([], []).links).toEqual([]);
  });
});

test('presence follows the shown fields only', () => {
  const versions = [
    version('a', person({ email: 'x@mail.example' }), [0, 1]),
    version('a', person({ email: 'y@mail.example' }), [2]),
    version('a', person({ house: '7' }), [3]),
  ];
  expect(presenceOf(person(), 0, versions, versions)).toEqual([0, 1, 2]);
  expect(presenceOf(person({ email: 'y@mail.example' }), 1, versions, versions)).toEqual([2]);
});

/** A roll of households, reports by some of its members and by relatives who are not on it. */
function village(seed: string) {
  const random = randomFrom(seed, nodeKernels);
  const letters = 'ABCDEFGHIJKLMNOPRSTUVW';
  const firsts = Array.from({ length: 150 }, () => random.text(random.between(4, 8), letters));
  const lasts = Array.from({ length: 600 }, () => random.text(random.between(4, 9), letters));
  const streets = Array.from({ length: 200 }, () => `${random.text(7, letters)} ST`);
  const versions: RecordVersion[] = [];
  const households: number[][] = [];
  while (versions.length < 4000) {
    const home = {
      last: random.pick(lasts),
      house: String(random.between(1, 999)),
      street: random.pick(streets),
      zip: String(random.between(10_000, 10_030)),
    };
    const members = Array.from({ length: random.between(1, 4) }, () => random.pick(firsts));
    households.push(
      [...new Set(members)].map((first) => {
        versions.push(version(`p${versions.length}`, person({ ...home, first })));
        return versions.length - 1;
      }),
    );
  }
  return { random, firsts, versions, households };
}

describe('on a simulated roll', () => {
  const { random, firsts, versions, households } = village('linkage-1');
  const reports: PersonKeys[] = [];
  const truth: (number | null)[] = [];
  const pairs: [number, number][] = [];
  for (const members of random.shuffle(households).slice(0, 600)) {
    const onRoll = random.chance(0.7);
    const row = versions[members[0]!]!.keys;
    const taken = new Set(members.map((member) => versions[member]!.keys.first));
    const relative = random.pick(firsts.filter((first) => !taken.has(first)));
    const wrong = random.chance(0.1);
    for (const member of members) pairs.push([reports.length, member]);
    reports.push({
      ...row,
      first: onRoll ? row.first : relative,
      ...(wrong ? { street: 'X' } : {}),
    });
    truth.push(onRoll ? members[0]! : null);
  }
  const share = (field: 'first' | 'last') => {
    const counts = new Map<string, number>();
    for (const { keys } of versions)
      counts.set(keys[field], (counts.get(keys[field]) ?? 0) + 1 / versions.length);
    return counts;
  };
  const { links, matchRate } = linkReports({
    reports,
    versions,
    pairs,
    rollSize: versions.length,
    emails: 0,
    shares: { first: share('first'), last: share('last') },
    sample: versions.slice(0, 500).map(({ keys }) => keys),
  });

  test('precision is .99 against relatives who are not on the roll, recall .96', () => {
    const linked = links.flatMap(({ state, version: found }, at) =>
      state === 'linked' ? [found === truth[at]] : [],
    );
    const right = linked.filter(Boolean).length;
    expect(right / linked.length).toBeGreaterThanOrEqual(0.99);
    expect(right / truth.filter((row) => row !== null).length).toBeGreaterThanOrEqual(0.96);
  });

  test('the share of reports on the roll is found, and who is on none', () => {
    expect(matchRate).toBeCloseTo(0.7, 1);
    const none = links.flatMap(({ state }, at) => (state === 'on-no-roll' ? [truth[at]] : []));
    expect(none.length).toBeGreaterThan(100);
    expect(none.filter((row) => row !== null).length).toBeLessThanOrEqual(none.length * 0.05);
  });
});
