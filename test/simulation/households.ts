import { inventRows } from '../../bench/generator/rolls.ts';
import type { Random } from '../../src/core/base/index.ts';
import { linkReports, type PersonKeys, type RecordVersion } from '../../src/core/exposure/index.ts';
import type { Outcome } from './outcome.ts';

const PEOPLE = 60_000;
const REPORTS = 4000;

/** Reports of people on the roll, one in seven of a relative who is not. Blocking by home and by name. */
export function households(random: Random): readonly Outcome[] {
  const versions: RecordVersion[] = [
    ...inventRows({ people: PEOPLE, emailShare: 0.3 }, random),
  ].map((row) => ({
    person: row.id,
    keys: {
      first: row.first.toUpperCase(),
      last: row.last.toUpperCase(),
      house: row.line.slice(0, row.line.indexOf(' ')),
      street: row.line.slice(row.line.indexOf(' ') + 1),
      city: row.city,
      zip: row.zip,
      email: row.email,
    },
    releases: [0],
    strata: ['s'],
  }));
  const homes = Map.groupBy(versions.keys(), (v) => homeOf(versions[v]!.keys));
  const reports: PersonKeys[] = [];
  const truth: (string | null)[] = [];
  for (const v of random.shuffle([...versions.keys()]).slice(0, REPORTS)) {
    const { keys, person } = versions[v]!;
    const decoy = random.chance(0.15);
    const first = decoy ? `${random.text(1, 'BCDFGK')}${random.text(6, 'AEIOULMNR')}` : keys.first;
    const wrong = random.chance(0.08) ? { zip: '' } : {};
    reports.push({ ...keys, first, email: decoy ? '' : keys.email, ...wrong });
    truth.push(decoy ? null : person);
  }
  const share = (field: 'first' | 'last'): ReadonlyMap<string, number> =>
    new Map(
      [...Map.groupBy(versions, ({ keys }) => keys[field])].map(([value, own]) => [
        value,
        own.length / PEOPLE,
      ]),
    );
  const { links } = linkReports({
    reports,
    versions,
    pairs: reports.flatMap((keys, report) =>
      (homes.get(homeOf(keys)) ?? []).map((v) => [report, v] as const),
    ),
    rollSize: PEOPLE,
    shares: { first: share('first'), last: share('last') },
    sample: versions.slice(0, 500).map(({ keys }) => keys),
  });
  const linked = links.flatMap(({ state, version }, at) =>
    state === 'linked' ? [versions[version!]!.person === truth[at]] : [],
  );
  const right = linked.filter(Boolean).length;
  const precision = right / linked.length;
  const recall = right / truth.filter((person) => person !== null).length;
  return [
    {
      what: 'household decoys: precision',
      figure: precision.toFixed(4),
      bound: '>= .99',
      holds: precision >= 0.99,
    },
    {
      what: 'household decoys: recall',
      figure: recall.toFixed(4),
      bound: '>= .98',
      holds: recall >= 0.98,
    },
  ];
}

const homeOf = ({ house, street, city }: PersonKeys): string => `${house}|${street}|${city}`;
