import type { Random } from '../../src/core/base/index.ts';
import { type CandidateRelease, NOISE, type ShownRecord } from '../../src/core/exposure/index.ts';

/** Monthly vintages of one stratum whose record versions live geometric times. */
export interface VintageWorld {
  readonly months: number;
  readonly rows: number;
  readonly churn: number;
}

export const versionsIn = ({ months, rows, churn }: VintageWorld): number =>
  rows * (1 + (months - 1) * churn);

export const releasesOf = ({ months, rows }: VintageWorld): CandidateRelease[] =>
  Array.from({ length: months }, (_, at) => ({
    id: `r${at}`,
    asOf: new Date(Date.UTC(2019, at, 1)).toISOString().slice(0, 10),
    subset: false,
    counts: new Map([['s', rows]]),
    logEvidence: 0,
  }));

const span = (from: number, until: number): ShownRecord => ({
  stratum: 's',
  releases: Array.from({ length: until - from + 1 }, (_, at) => from + at),
});

/** A version that some row of month `month` has: it began and ends at geometric distances. */
export function versionOfMonth(world: VintageWorld, month: number, random: Random): ShownRecord {
  let [from, until] = [month, month];
  while (from > 0 && !random.chance(world.churn)) from -= 1;
  while (until < world.months - 1 && !random.chance(world.churn)) until += 1;
  return span(from, until);
}

/**
 * Any version of any month, all alike: most are of the first month, each later one adds its births.
 */
function anyVersion(world: VintageWorld, random: Random): ShownRecord {
  const old = 1 / (1 + (world.months - 1) * world.churn);
  const from = random.chance(old) ? 0 : random.between(1, world.months - 1);
  let until = from;
  while (until < world.months - 1 && !random.chance(world.churn)) until += 1;
  return span(from, until);
}

/** A version that a row has at `share` of the way from month `month` to the next. */
function versionBetween(
  world: VintageWorld,
  { month, share }: { readonly month: number; readonly share: number },
  random: Random,
): ShownRecord {
  const { churn, months } = world;
  let from = month;
  let until = month;
  if (random.chance(churn * share)) {
    from = month + 1;
    until = month + 1;
  } else {
    while (from > 0 && !random.chance(churn)) from -= 1;
    if (!random.chance((churn * (1 - share)) / (1 - churn * share))) until = month + 1;
  }
  while (until > month && until < months - 1 && !random.chance(churn)) until += 1;
  return span(from, until);
}

/** A release; the live database after `month`; a blend of old copies. */
export type Source =
  | { readonly kind: 'release' | 'live'; readonly month: number }
  | { readonly kind: 'other' };

export interface Leak {
  readonly source: Source;
  readonly records: readonly ShownRecord[];
  readonly onNoRoll: number;
}

/** `n` reports of people, some of them on no roll, as each kind of source gives them. */
export function leak(
  world: VintageWorld,
  { n, source }: { readonly n: number; readonly source: Source },
  random: Random,
): Leak {
  const noise = random.weighted(NOISE);
  const missing = source.kind === 'other' ? betaDraw(2, 3, random) : betaDraw(1, 12, random);
  const tau = random.pick([3, 6, 12, Number.POSITIVE_INFINITY]);
  const share = random.unit();
  const blend = Array.from(
    { length: world.months },
    (_, at) => [at, Math.exp(-(world.months - 1 - at) / tau)] as const,
  );
  const draw = (): ShownRecord => {
    if (source.kind === 'other') return versionOfMonth(world, random.weighted(blend), random);
    if (random.chance(noise)) return anyVersion(world, random);
    return source.kind === 'release'
      ? versionOfMonth(world, source.month, random)
      : versionBetween(world, { month: source.month, share }, random);
  };
  const records: ShownRecord[] = [];
  let onNoRoll = 0;
  for (let report = 0; report < n; report++) {
    if (random.chance(missing)) onNoRoll += 1;
    else records.push(draw());
  }
  return { source, records, onNoRoll };
}

/** Beta(a, b) for whole a and b: the a-th smallest of a + b - 1 uniform draws. */
function betaDraw(a: number, b: number, random: Random): number {
  const draws = Array.from({ length: a + b - 1 }, () => random.unit()).sort((x, y) => x - y);
  return draws[a - 1]!;
}
