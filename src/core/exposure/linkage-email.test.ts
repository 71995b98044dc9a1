import { describe, expect, test } from 'vitest';
import { nodeKernels } from '../../host/kernels/index.ts';
import { randomFrom } from '../base/index.ts';
import type { PersonKeys } from './comparison.ts';
import { type Link, linkReports, type RecordVersion } from './linkage.ts';

const PEOPLE = 6000;
const NOBODY = { first: '', last: '', house: '', street: '', city: '', zip: '' } as const;

/**
 * A small roll: `reached` of the people have an address on file, one in twenty of them a partner's.
 */
function smallRoll(seed: string, reached: number) {
  const random = randomFrom(seed, nodeKernels);
  const letters = 'ABCDEFGHIKLMNOPRSTUVW';
  const firsts = Array.from({ length: 200 }, () => random.text(6, letters));
  const lasts = Array.from({ length: 900 }, () => random.text(8, letters));
  const rows: PersonKeys[] = [];
  while (rows.length < PEOPLE) {
    const at = rows.length;
    const before = rows.at(-1);
    const joins = before !== undefined && before.email !== '' && random.chance(0.025);
    rows.push({
      first: firsts[(at * 7 + Math.floor(at / 200)) % firsts.length]!,
      last: joins ? before.last : random.pick(lasts),
      house: joins ? before.house : String(random.between(1, 900)),
      street: joins ? before.street : `${random.text(7, letters)} ST`,
      city: 'GAINSHOLT',
      zip: joins ? before.zip : String(random.between(10_000, 10_030)),
      email: joins ? before.email : random.chance(reached) ? `p${at}@mail.example` : '',
    });
  }
  return { random, rows };
}

interface Setting {
  /** Share of the roll whose address is on file. */
  readonly reached: number;
  /** Not on the roll; they show nothing but an address, as `known` people on the roll do. */
  readonly strangers: number;
  readonly known?: number;
  /** People on the roll who show everything, and of those the ones who have no address on file. */
  readonly named?: number;
  readonly unfiled?: number;
  /** People who show a first name, and an address that a second person has too. */
  readonly sharers?: number;
}

type Said = Link & { readonly person: string | null; readonly row: number | null };

type Linked = ReturnType<typeof linkOn>;

const USUAL = { known: 300, named: 300, unfiled: 0, sharers: 0 };

/** Linked once a setting. */
const LINKED = new Map<string, Linked>();
function linkedOn(change: Setting): Linked {
  const setting = { ...USUAL, ...change };
  const key = JSON.stringify(Object.entries(setting).sort());
  const kept = LINKED.get(key) ?? linkOn(setting);
  LINKED.set(key, kept);
  return kept;
}

function linkOn({ reached, strangers, known, named, unfiled, sharers }: Required<Setting>) {
  const { random, rows } = smallRoll('email-1', reached);
  const living = Map.groupBy(rows.keys(), (at) => rows[at]!.email);
  const holders = (at: number): number => living.get(rows[at]!.email)!.length;
  const shuffled = random.shuffle([...rows.keys()]);
  const on = shuffled.filter((at) => rows[at]!.email !== '');
  const off = shuffled.filter((at) => rows[at]!.email === '');
  const only = (email: string) => ({ ...NOBODY, email });
  const reports: { readonly row: number | null; readonly keys: PersonKeys }[] = [
    ...on.slice(0, known).map((row) => ({ row, keys: only(rows[row]!.email) })),
    ...Array.from({ length: strangers }, (_, at) => ({
      row: null,
      keys: only(`s${at}@post.example`),
    })),
    ...on
      .filter((row) => holders(row) === 2)
      .slice(0, sharers)
      .map((row) => ({ row, keys: { ...only(rows[row]!.email), first: rows[row]!.first } })),
    ...on.slice(known, known + named - unfiled).map((row) => ({ row, keys: rows[row]! })),
    ...off.slice(0, unfiled).map((row) => ({
      row,
      keys: { ...rows[row]!, email: `u${row}@post.example` },
    })),
  ];
  const shareOf = (field: 'first' | 'last') =>
    new Map(
      [...Map.groupBy(rows, (row) => row[field])].map(([value, own]) => [
        value,
        own.length / PEOPLE,
      ]),
    );
  const { links, matchRate } = linkReports({
    reports: reports.map(({ keys }) => keys),
    versions: rows.map(
      (keys, at): RecordVersion => ({ person: `p${at}`, keys, releases: [0], strata: ['s'] }),
    ),
    pairs: reports.flatMap(({ keys, row }, report) =>
      [...(living.get(keys.email) ?? (keys.house === '' ? [] : [row!]))].map(
        (at) => [report, at] as const,
      ),
    ),
    rollSize: PEOPLE,
    emails: on.length,
    shares: { first: shareOf('first'), last: shareOf('last') },
    sample: rows.filter((_, at) => at % 100 === 0),
  });
  const said = links.map(
    (link, at): Said => ({
      ...link,
      person: link.version === null ? null : `p${link.version}`,
      row: reports[at]!.row,
    }),
  );
  const ofKnown = said.slice(0, known);
  return {
    matchRate,
    unique: ofKnown.filter(({ row }) => holders(row!) === 1),
    shared: ofKnown.filter(({ row }) => holders(row!) > 1),
    strangers: said.slice(known, known + strangers),
    sharers: said.slice(known + strangers, known + strangers + sharers),
  };
}

const statesOf = (said: readonly Said[]) => new Set(said.map(({ state }) => state));

describe('a report that shows nothing but an e-mail address', () => {
  test.each([
    [0.99, 300],
    [0.99, 30],
    [0.4, 300],
  ])('is linked where one person has it: %f on file, %i strangers', (reached, strangers) => {
    const { unique } = linkedOn({ reached, strangers });
    expect(unique.length).toBeGreaterThan(250);
    for (const { state, person, probability, row } of unique) {
      expect({ state, person }).toEqual({ state: 'linked', person: `p${row}` });
      expect(probability).toBeLessThan(1);
    }
  });

  test('stays unresolved between the two who share it', () => {
    const { shared } = linkedOn({ reached: 0.99, strangers: 300 });
    expect(shared.length).toBeGreaterThan(5);
    expect(statesOf(shared)).toEqual(new Set(['unresolved']));
    expect(Math.max(...shared.map(({ probability }) => probability))).toBeLessThanOrEqual(0.5);
  });

  test('stays unresolved where other reports show addresses that are not on file', () => {
    const { unique } = linkedOn({ reached: 0.4, strangers: 0, unfiled: 200 });
    expect(statesOf(unique)).toEqual(new Set(['unresolved']));
    expect(unique[0]!.probability).toBeGreaterThan(0.8);
  });

  test('is on no roll where nearly all have one on file and the other reports keep to it', () => {
    const { strangers, matchRate } = linkedOn({ reached: 0.99, strangers: 300 });
    expect(statesOf(strangers)).toEqual(new Set(['on-no-roll']));
    expect(matchRate).toBeCloseTo(0.67, 1);
  });

  test.each([300, 0])(
    'says nothing where two in five have one on file, %i of them reported, and lowers no match rate',
    (known) => {
      const { strangers, matchRate } = linkedOn({ reached: 0.4, strangers: 300, known });
      expect(statesOf(strangers)).toEqual(new Set(['unresolved']));
      expect(matchRate).toBeGreaterThan(0.5);
    },
  );

  test('says nothing where nobody is known', () => {
    const { strangers } = linkedOn({ reached: 0.4, strangers: 300, known: 0, named: 0 });
    expect(statesOf(strangers)).toEqual(new Set(['unresolved']));
  });
});

test('a report that shows nothing is neither linked nor said to be on no roll', () => {
  const { links } = linkReports({
    reports: Array.from({ length: 200 }, (_, at) => ({
      ...NOBODY,
      ...(at === 0 ? {} : { first: 'ADA', last: `L${at}`, zip: '00412' }),
      email: '',
    })),
    versions: [],
    pairs: [],
    rollSize: PEOPLE,
    emails: PEOPLE,
    shares: { first: new Map(), last: new Map() },
    sample: [],
  });
  expect(links[0]?.state).toBe('unresolved');
  expect(links[1]?.state).toBe('on-no-roll');
});

test('a first name tells the two who share an address apart', () => {
  const { sharers } = linkedOn({ reached: 0.99, strangers: 300, sharers: 30 });
  expect(sharers.length).toBe(30);
  for (const { state, person, row } of sharers) {
    expect({ state, person }).toEqual({ state: 'linked', person: `p${row}` });
  }
});
