import { assert } from '../base/index.ts';

/** A release as every office names it: what has to be alike before likelihoods can be added. */
export interface SourceRelease {
  readonly id: string;
  /** YYYY-MM-DD. */
  readonly asOf: string;
  /**
   * Cut to some rows (portal users, absentee list): a system of its own, no vintage of the roll.
   */
  readonly subset: boolean;
}

/** A release with its rows by stratum. Its place in the list is the one that records name. */
export interface CountedRelease extends SourceRelease {
  readonly counts: ReadonlyMap<string, number>;
}

/**
 * Records alike for every hypothesis: the sufficient statistic, also what private matching returns.
 */
export interface RecordCell {
  readonly stratum: string;
  /** Places of the releases that hold what was shown, ascending. */
  readonly releases: readonly number[];
  readonly count: number;
}

/**
 * Log-likelihood of the records under every hypothesis, before anything is averaged. Records of
 * different counties are different draws under one noise, one day and one blend: parts add here,
 * and only here.
 */
export interface SourceLikelihood {
  readonly records: number;
  /** By release, then by `NOISE`. */
  readonly releases: readonly (readonly number[])[];
  /** By gap between two vintages, then by `LIVE_PLACES`, then by `NOISE`. */
  readonly live: readonly (readonly (readonly number[])[])[];
  /** By `BLEND_MONTHS`. */
  readonly other: readonly number[];
}

/** Share of records that are wrong for reasons of their own, and its prior. */
export const NOISE: readonly (readonly [share: number, prior: number])[] = [
  [0.002, 0.1],
  [0.005, 0.15],
  [0.01, 0.2],
  [0.02, 0.22],
  [0.04, 0.18],
  [0.07, 0.1],
  [0.12, 0.05],
];
/** Months in which a blend of old copies loses weight by a factor e. */
export const BLEND_MONTHS: readonly number[] = [3, 6, 12, Number.POSITIVE_INFINITY];
/** Where in the gap between two releases the live database was read, as a share of the gap. */
export const LIVE_PLACES: readonly number[] = [0.25, 0.5, 0.75];
const BLEND_NOISE = 0.002;
const MONTH_MS = (365.25 / 12) * 86_400_000;

interface Counted {
  readonly releases: readonly CountedRelease[];
  /** Different record versions over all releases, by stratum. */
  readonly versionCounts: ReadonlyMap<string, number>;
  readonly cells: readonly RecordCell[];
}

/**
 * What the records of one roll say of each hypothesis. Formulas:
 * docs/methods/source-attribution.md.
 */
export function sourceLikelihood(counted: Counted): SourceLikelihood {
  const { releases, cells } = counted;
  const vintages = vintagesOf(releases);
  const size = (place: number, stratum: string): number =>
    releases[place]?.counts.get(stratum) ?? 0;
  return {
    records: cells.reduce((sum, { count }) => sum + count, 0),
    releases: releases.map(({ counts }, place) =>
      noisy(counted, ({ stratum, releases: held }) =>
        held.includes(place) ? 1 / (counts.get(stratum) ?? 1) : 0,
      ),
    ),
    live: liveGaps(releases).map(([earlier, later]) =>
      LIVE_PLACES.map((share) =>
        noisy(counted, ({ stratum, releases: held }) => {
          const weight =
            (held.includes(earlier) ? 1 - share : 0) + (held.includes(later) ? share : 0);
          const rows = (1 - share) * size(earlier, stratum) + share * size(later, stratum);
          return weight / Math.max(rows, 1);
        }),
      ),
    ),
    other: BLEND_MONTHS.map((months) => blended(counted, vintages, months)),
  };
}

/** Neighbouring vintages, between which the live database may have been read. */
export function liveGaps(
  releases: readonly SourceRelease[],
): readonly (readonly [earlier: number, later: number])[] {
  const vintages = vintagesOf(releases).map((places) => places[0]!);
  return vintages.slice(1).map((later, at) => [vintages[at]!, later] as const);
}

/** Sums part by part; all must speak of the same releases in one order. */
export function addLikelihoods(parts: readonly SourceLikelihood[]): SourceLikelihood {
  const [first, ...rest] = parts;
  assert(first !== undefined, 'there is a likelihood to add to');
  return rest.reduce(
    (sum, part) => ({
      records: sum.records + part.records,
      releases: sum.releases.map((row, at) => added(row, part.releases[at]!)),
      live: sum.live.map((gap, at) => gap.map((row, place) => added(row, part.live[at]![place]!))),
      other: added(sum.other, part.other),
    }),
    first,
  );
}

const added = (a: readonly number[], b: readonly number[]): readonly number[] =>
  a.map((value, at) => value + b[at]!);

/** By share of noise: the sum over records of log((1 - noise) drawn + noise any). */
function noisy(
  { cells, versionCounts }: Counted,
  drawn: (cell: RecordCell) => number,
): readonly number[] {
  const chances = cells.map((cell) => ({
    count: cell.count,
    held: drawn(cell),
    any: 1 / (versionCounts.get(cell.stratum) ?? 1),
  }));
  return NOISE.map(([share]) =>
    chances.reduce(
      (sum, { count, held, any }) => sum + count * Math.log((1 - share) * held + share * any),
      0,
    ),
  );
}

/**
 * Places of the releases that show the whole roll, by day; of subsets where nothing else is there.
 */
function vintagesOf(releases: readonly SourceRelease[]): readonly (readonly number[])[] {
  const places = [...releases.keys()];
  const whole = places.filter((place) => releases[place]?.subset === false);
  const used = whole.length > 0 ? whole : places;
  const days = Map.groupBy(used, (place) => releases[place]!.asOf);
  return [...days.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, own]) => own);
}

/** Commercial file, older leak, anything unknown: a blend of vintages, the latest weighing most. */
function blended(
  { releases, versionCounts, cells }: Counted,
  vintages: readonly (readonly number[])[],
  months: number,
): number {
  const time = (places: readonly number[]): number => Date.parse(releases[places[0]!]!.asOf);
  const last = vintages.reduce((high, places) => Math.max(high, time(places)), 0);
  const weights = vintages.map((places) => Math.exp(-(last - time(places)) / MONTH_MS / months));
  const all = weights.reduce((sum, weight) => sum + weight, 0);
  let sum = 0;
  for (const { stratum, releases: held, count } of cells) {
    let chance = BLEND_NOISE / (versionCounts.get(stratum) ?? 1);
    for (const [at, places] of vintages.entries()) {
      const place = places.find((candidate) => held.includes(candidate));
      if (place === undefined) continue;
      const rows = releases[place]?.counts.get(stratum) ?? 1;
      chance += ((1 - BLEND_NOISE) * (weights[at]! / all)) / rows;
    }
    sum += count * Math.log(chance);
  }
  return sum;
}
