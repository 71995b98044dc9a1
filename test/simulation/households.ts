import { inventRows } from '../../bench/generator/rolls.ts';
import type { Random } from '../../src/core/base/index.ts';
import {
  type LinkageInput,
  linkReports,
  type PersonKeys,
  type RecordVersion,
} from '../../src/core/exposure/index.ts';
import type { Outcome } from './outcome.ts';

const PEOPLE = 60_000;
const REPORTS = 4000;

/** What happens to a first name on its way into a report, in one report of fourteen. */
function written(keys: PersonKeys, random: Random): PersonKeys {
  const { first, last } = keys;
  if (!random.chance(0.07)) return keys;
  const at = random.between(1, Math.max(1, first.length - 2));
  return random.weighted<() => PersonKeys>([
    [() => ({ ...keys, first: first.slice(0, at) + first.slice(at + 1) }), 20],
    [
      () => ({
        ...keys,
        first: first.slice(0, at) + random.text(1, 'AEIORST') + first.slice(at + 1),
      }),
      20,
    ],
    [() => ({ ...keys, first: first.slice(0, 1) }), 20],
    [() => ({ ...keys, first: last, last: first }), 8],
    [() => ({ ...keys, first: '' }), 2],
  ])();
}

/**
 * Reports of people on the roll, first names written with errors, and one in seven of a relative
 * who is not on it, of whom only the first name differs. Blocking by home.
 */
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
  const firsts = versions.map(({ keys }) => keys.first);
  const reports: PersonKeys[] = [];
  const truth: (string | null)[] = [];
  for (const v of random.shuffle([...versions.keys()]).slice(0, REPORTS)) {
    const { keys, person } = versions[v]!;
    const decoy = random.chance(0.15);
    const taken = new Set((homes.get(homeOf(keys)) ?? []).map((other) => firsts[other]));
    let first = random.pick(firsts);
    while (taken.has(first)) first = random.pick(firsts);
    const wrong = random.chance(0.08) ? { zip: '' } : {};
    const shown = decoy ? { ...keys, first, email: '' } : written(keys, random);
    reports.push({ ...shown, ...wrong });
    truth.push(decoy ? null : person);
  }
  const share = (field: 'first' | 'last'): ReadonlyMap<string, number> =>
    new Map(
      [...Map.groupBy(versions, ({ keys }) => keys[field])].map(([value, own]) => [
        value,
        own.length / PEOPLE,
      ]),
    );
  const input: LinkageInput = {
    reports,
    versions,
    pairs: reports.flatMap((keys, report) =>
      (homes.get(homeOf(keys)) ?? []).map((v) => [report, v] as const),
    ),
    rollSize: PEOPLE,
    emails: versions.filter(({ keys }) => keys.email !== '').length,
    shares: { first: share('first'), last: share('last') },
    sample: versions.slice(0, 500).map(({ keys }) => keys),
  };
  const { precision, recall } = scoreOf(input, truth);
  // What could be had: nobody's relative reports, and no guard is needed.
  const clean = new Set(truth.flatMap((person, at) => (person === null ? [] : [at])));
  const cleanPairs = input.pairs.filter(([report]) => clean.has(report));
  const bare = scoreOf({ ...input, pairs: cleanPairs, guard: 'none' }, truth);
  const unguarded = scoreOf({ ...input, guard: 'none' }, truth);
  return [
    {
      what: `household decoys: precision (${unguarded.precision.toFixed(4)} without the guard)`,
      figure: precision.toFixed(4),
      bound: '>= .99',
      holds: precision >= 0.99,
    },
    {
      what: `household decoys: recall lost to decoys and guard (recall ${recall.toFixed(4)})`,
      figure: (bare.recall - recall).toFixed(4),
      bound: '<= .005',
      holds: bare.recall - recall <= 0.005,
    },
  ];
}

function scoreOf(input: LinkageInput, truth: readonly (string | null)[]) {
  const linked = linkReports(input).links.flatMap(({ state, version }, at) =>
    state === 'linked' ? [input.versions[version!]!.person === truth[at]] : [],
  );
  const right = linked.filter(Boolean).length;
  const onRoll = truth.filter((person) => person !== null).length;
  return { precision: right / linked.length, recall: right / onRoll };
}

const homeOf = ({ house, street, city }: PersonKeys): string => `${house}|${street}|${city}`;
