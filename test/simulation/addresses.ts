import type { Random } from '../../src/core/base/index.ts';
import {
  type Linkage,
  linkReports,
  type PersonKeys,
  type RecordVersion,
} from '../../src/core/exposure/index.ts';
import type { Outcome } from './outcome.ts';

/**
 * Shares: of couples with one mailbox, of people with an address on file, of people on the roll.
 */
const TOWNS = [
  { mailbox: 0.1, filed: 0.98, onRoll: 0.75 },
  { mailbox: 0.1, filed: 0.4, onRoll: 0.75 },
  { mailbox: 0.3, filed: 0.9, onRoll: 0.5 },
  { mailbox: 0.3, filed: 0.98, onRoll: 0.9 },
  { mailbox: 0.05, filed: 0.4, onRoll: 0.9 },
  { mailbox: 0.02, filed: 0.5, onRoll: 0.6 },
] as const;
type Town = (typeof TOWNS)[number];

const PEOPLE = 8000;
const REPORTS = 600;
/** Rolls of each town: one roll's reports are right and wrong together, so fewer say little. */
const ROUNDS = 12;
const NOTHING = { first: '', last: '', house: '', street: '', city: '', zip: '', email: '' };

interface Resident {
  readonly keys: PersonKeys;
  readonly isFiled: boolean;
  readonly isOnRoll: boolean;
}

/** Couples of one home and surname, some with one mailbox. */
function residents({ mailbox, filed, onRoll }: Town, random: Random): readonly Resident[] {
  const people: Resident[] = [];
  while (people.length < PEOPLE) {
    const at = people.length;
    const home = {
      last: `L${random.between(0, 499)}`,
      house: String(at),
      street: `S${random.between(0, 299)}`,
      city: 'C',
      zip: String(random.between(10_000, 10_039)),
    };
    const isShared = random.chance(mailbox);
    for (const one of [at, at + 1]) {
      const email = `p${isShared ? at : one}@mail.example`;
      people.push({
        keys: { ...home, first: `F${random.between(0, 99)}`, email },
        isFiled: random.chance(filed),
        isOnRoll: random.chance(onRoll),
      });
    }
  }
  return people;
}

interface Judged {
  readonly stated: number;
  readonly right: boolean;
}

/**
 * Reports of anybody, on the roll or not; every second shows nothing but the e-mail address. Judges
 * those.
 */
function judged(town: Town, random: Random): readonly Judged[] {
  const people = residents(town, random);
  const versions = people.flatMap(({ keys, isFiled, isOnRoll }, at): RecordVersion[] =>
    isOnRoll
      ? [
          {
            person: `p${at}`,
            keys: isFiled ? keys : { ...keys, email: '' },
            releases: [0],
            strata: ['s'],
          },
        ]
      : [],
  );
  const places = new Map(versions.map(({ person }, place) => [person, place]));
  const living = Map.groupBy(versions.keys(), (place) => versions[place]!.keys.email);
  const drawn = random.shuffle([...people.keys()]).slice(0, REPORTS);
  const isBare = (report: number): boolean => report % 2 === 0;
  const reports = drawn.map((at, report) => {
    const { keys } = people[at]!;
    return isBare(report) ? { ...NOTHING, email: keys.email } : keys;
  });
  const pairs = reports.flatMap(({ email }, report) => {
    const own = isBare(report) ? undefined : places.get(`p${drawn[report]}`);
    const met = new Set([...(living.get(email) ?? []), ...(own === undefined ? [] : [own])]);
    return [...met].map((place) => [report, place] as const);
  });
  const shareOf = (field: 'first' | 'last') =>
    new Map(
      [...Map.groupBy(versions, ({ keys }) => keys[field])].map(([value, own]) => [
        value,
        own.length / versions.length,
      ]),
    );
  const { links }: Linkage = linkReports({
    reports,
    versions,
    pairs,
    rollSize: versions.length,
    emails: versions.filter(({ keys }) => keys.email !== '').length,
    shares: { first: shareOf('first'), last: shareOf('last') },
    sample: versions.filter((_, place) => place % 50 === 0).map(({ keys }) => keys),
  });
  return links.flatMap(({ probability, version }, report) =>
    isBare(report) && version !== null
      ? [{ stated: probability, right: versions[version]!.person === `p${drawn[report]}` }]
      : [],
  );
}

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);

/**
 * Reports that show nothing but an e-mail address: the stated probability against the share that is
 * right.
 */
export function addresses(random: Random): readonly Outcome[] {
  const all = TOWNS.flatMap((town) =>
    Array.from({ length: ROUNDS }, () => judged(town, random)).flat(),
  );
  return [
    [0.7, 0.95],
    [0.95, 1.01],
  ].map(([from = 0, until = 0]) => {
    const own = all.filter(({ stated }) => stated >= from && stated < until);
    const stated = mean(own.map((each) => each.stated));
    const right = mean(own.map((each) => Number(each.right)));
    const [low, high] = [`${from}`.slice(1), until > 1 ? '1' : `${until}`.slice(1)];
    return {
      what: `only an e-mail address, stated ${low} to ${high}: mean ${stated.toFixed(3)}, n=${own.length}`,
      figure: right.toFixed(3),
      bound: '>= stated - .03',
      holds: own.length >= 100 && right >= stated - 0.03,
    };
  });
}
