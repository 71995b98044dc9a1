import { logBetaBinomialSequence, logSumExp, normalisedFromLogs } from '../statistics/index.ts';

/** A release as a possible source. Its place in the list is the one that records name. */
export interface CandidateRelease {
  readonly id: string;
  /** YYYY-MM-DD. */
  readonly asOf: string;
  /** Cut to some rows (portal users, absentee list): a system of its own, no vintage of the roll. */
  readonly subset: boolean;
  /** Rows by stratum. */
  readonly counts: ReadonlyMap<string, number>;
  /** log likelihood that fields, marks and canaries add for this release. */
  readonly logEvidence: number;
}

/** One household's linked report: the stratum and the releases that hold what was shown. */
export interface ShownRecord {
  readonly stratum: string;
  readonly releases: readonly number[];
}

export interface AttributionInput {
  readonly jurisdiction: string;
  readonly releases: readonly CandidateRelease[];
  /** Different record versions over all releases, by stratum. */
  readonly versionCounts: ReadonlyMap<string, number>;
  readonly records: readonly ShownRecord[];
  readonly onNoRoll: number;
  /** log likelihood that marks and canaries add for every source that is no release. */
  readonly logEvidenceOther: number;
  /** 1 / design effect: below 1 where reports are not independent draws. */
  readonly independence: number;
  readonly priors: { readonly other: number; readonly live: number };
}

export type Hypothesis =
  | { readonly kind: 'release'; readonly releaseId: string }
  | {
      readonly kind: 'live';
      readonly jurisdiction: string;
      readonly from: string;
      readonly until: string;
    }
  | { readonly kind: 'other' };

export interface Attribution {
  /** Most probable first; sums to one. */
  readonly posterior: readonly { readonly hypothesis: Hypothesis; readonly probability: number }[];
  /** The smallest set that holds 95 % of the probability. */
  readonly credibleSet: readonly Hypothesis[];
}

export const DEFAULT_PRIORS = { other: 0.2, live: 0.05 } as const;
const CREDIBLE = 0.95;

/** Share of records that are wrong for reasons of their own, and its prior. */
const NOISE: readonly (readonly [share: number, prior: number])[] = [
  [0.002, 0.1],
  [0.005, 0.15],
  [0.01, 0.2],
  [0.02, 0.22],
  [0.04, 0.18],
  [0.07, 0.1],
  [0.12, 0.05],
];
/** Months in which a blend of old copies loses weight by a factor e. */
const BLEND_MONTHS = [3, 6, 12, Number.POSITIVE_INFINITY];
/** Where in the gap between two releases the live database was read, as a share of the gap. */
const LIVE_PLACES = [0.25, 0.5, 0.75];
const BLEND_NOISE = 0.002;
const MONTH_MS = (365.25 / 12) * 86_400_000;

/** Records alike for every hypothesis: the sufficient statistic, also what private matching returns. */
interface Cell {
  readonly stratum: string;
  readonly holds: ReadonlySet<number>;
  readonly count: number;
}

/**
 * Which release, or anything derived from it, the shown records came from.
 *
 * Conditions on the stratum, so the sender's choice of recipients is ancillary; every hypothesis
 * draws uniformly from the rows that it holds in the stratum, a share epsilon from all versions.
 * Formulas: docs/methods/source-attribution.md.
 */
export function attributeSource(input: AttributionInput): Attribution {
  const cells = cellsOf(input.records);
  const scored = [
    ...releaseScores(input, cells),
    ...liveScores(input, cells),
    {
      hypothesis: { kind: 'other' } as const,
      score: otherScore(input, cells),
      prior: input.priors.other,
    },
  ];
  const logs = scored.map(({ score, prior }) => Math.log(prior) + score);
  const probabilities = normalisedFromLogs(logs);
  const posterior = scored
    .map(({ hypothesis }, at) => ({ hypothesis, probability: probabilities[at]! }))
    .sort((a, b) => b.probability - a.probability);
  return { posterior, credibleSet: credibleSetOf(posterior) };
}

interface Scored {
  readonly hypothesis: Hypothesis;
  readonly score: number;
  readonly prior: number;
}

function cellsOf(records: readonly ShownRecord[]): readonly Cell[] {
  const cells = new Map<string, Cell>();
  for (const { stratum, releases } of records) {
    const key = `${releases.join(',')}/${stratum}`;
    const count = (cells.get(key)?.count ?? 0) + 1;
    cells.set(key, { stratum, holds: new Set(releases), count });
  }
  return [...cells.values()];
}

const liveGaps = ({ releases }: AttributionInput): readonly (readonly [number, number])[] => {
  const vintages = vintagesOf(releases).map((places) => places[0]!);
  return vintages.slice(1).map((later, at) => [vintages[at]!, later] as const);
};

function releaseScores(input: AttributionInput, cells: readonly Cell[]): readonly Scored[] {
  const { releases, priors, independence } = input;
  const live = liveGaps(input).length > 0 ? priors.live : 0;
  const onNoRoll = absence(input, { a: 1, b: 12 });
  return releases.map(({ id, counts, logEvidence }, place) => {
    const drawn = noisy(cells, input, ({ stratum, holds }) =>
      holds.has(place) ? 1 / (counts.get(stratum) ?? 1) : 0,
    );
    return {
      hypothesis: { kind: 'release', releaseId: id },
      score: independence * (drawn + onNoRoll) + logEvidence,
      prior: (1 - priors.other - live) / releases.length,
    };
  });
}

function liveScores(input: AttributionInput, cells: readonly Cell[]): readonly Scored[] {
  const { releases, jurisdiction, priors, independence, logEvidenceOther } = input;
  const gaps = liveGaps(input);
  const onNoRoll = absence(input, { a: 1, b: 12 });
  return gaps.map(([earlier, later]) => {
    const size = (place: number, stratum: string): number =>
      releases[place]?.counts.get(stratum) ?? 0;
    const places = LIVE_PLACES.map((share) =>
      noisy(cells, input, ({ stratum, holds }) => {
        const weight = (holds.has(earlier) ? 1 - share : 0) + (holds.has(later) ? share : 0);
        const rows = (1 - share) * size(earlier, stratum) + share * size(later, stratum);
        return weight / Math.max(rows, 1);
      }),
    );
    const drawn = logSumExp(places) - Math.log(LIVE_PLACES.length);
    return {
      hypothesis: {
        kind: 'live',
        jurisdiction,
        from: releases[earlier]!.asOf,
        until: releases[later]!.asOf,
      },
      score: independence * (drawn + onNoRoll) + logEvidenceOther,
      prior: priors.live / gaps.length,
    };
  });
}

/** log of the mean over epsilon of the product over records. */
function noisy(
  cells: readonly Cell[],
  { versionCounts }: AttributionInput,
  drawn: (cell: Cell) => number,
): number {
  const chances = cells.map((cell) => ({
    count: cell.count,
    held: drawn(cell),
    any: 1 / (versionCounts.get(cell.stratum) ?? 1),
  }));
  return logSumExp(
    NOISE.map(([share, prior]) => {
      let sum = Math.log(prior);
      for (const { count, held, any } of chances)
        sum += count * Math.log((1 - share) * held + share * any);
      return sum;
    }),
  );
}

/** Places of the releases that show the whole roll, by day; of subsets where nothing else is there. */
function vintagesOf(releases: readonly CandidateRelease[]): readonly (readonly number[])[] {
  const places = [...releases.keys()];
  const whole = places.filter((place) => releases[place]?.subset === false);
  const used = whole.length > 0 ? whole : places;
  const days = Map.groupBy(used, (place) => releases[place]!.asOf);
  return [...days.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, own]) => own);
}

/** Commercial file, older leak, anything unknown: a blend of vintages, the latest weighing most. */
function otherScore(input: AttributionInput, cells: readonly Cell[]): number {
  const { releases, versionCounts, independence, logEvidenceOther } = input;
  const vintages = vintagesOf(releases);
  const time = (places: readonly number[]): number => Date.parse(releases[places[0]!]!.asOf);
  const last = vintages.reduce((high, places) => Math.max(high, time(places)), 0);
  const blends = BLEND_MONTHS.map((months) => {
    const weights = vintages.map((places) => Math.exp(-(last - time(places)) / MONTH_MS / months));
    const all = weights.reduce((sum, weight) => sum + weight, 0);
    let sum = 0;
    for (const { stratum, holds, count } of cells) {
      let chance = BLEND_NOISE / (versionCounts.get(stratum) ?? 1);
      for (const [at, places] of vintages.entries()) {
        const place = places.find((candidate) => holds.has(candidate));
        if (place === undefined) continue;
        const rows = releases[place]?.counts.get(stratum) ?? 1;
        chance += ((1 - BLEND_NOISE) * (weights[at]! / all)) / rows;
      }
      sum += count * Math.log(chance);
    }
    return sum;
  });
  const drawn = logSumExp(blends) - Math.log(BLEND_MONTHS.length);
  return independence * (drawn + absence(input, { a: 2, b: 3 })) + logEvidenceOther;
}

const absence = (
  { onNoRoll, records }: AttributionInput,
  shape: { readonly a: number; readonly b: number },
): number =>
  logBetaBinomialSequence({ successes: onNoRoll, trials: records.length + onNoRoll }, shape);

function credibleSetOf(posterior: Attribution['posterior']): readonly Hypothesis[] {
  const set: Hypothesis[] = [];
  let held = 0;
  for (const { hypothesis, probability } of posterior) {
    if (held >= CREDIBLE) break;
    set.push(hypothesis);
    held += probability;
  }
  return set;
}

export function hypothesisName(hypothesis: Hypothesis): string {
  switch (hypothesis.kind) {
    case 'release':
      return hypothesis.releaseId;
    case 'live':
      return `live:${hypothesis.jurisdiction}:${hypothesis.from}/${hypothesis.until}`;
    case 'other':
      return 'other';
  }
}

export const probabilityOf = (
  { posterior }: Attribution,
  fits: (hypothesis: Hypothesis) => boolean,
): number =>
  posterior.reduce(
    (sum, { hypothesis, probability }) => sum + (fits(hypothesis) ? probability : 0),
    0,
  );
