import { logBetaBinomialSequence, logSumExp, normalisedFromLogs } from '../statistics/index.ts';
import {
  type CountedRelease,
  LIVE_PLACES,
  liveGaps,
  NOISE,
  type RecordCell,
  type SourceLikelihood,
  type SourceRelease,
  sourceLikelihood,
} from './attribution-likelihood.ts';

/** A release as a possible source. Its place in the list is the one that records name. */
export interface CandidateRelease extends CountedRelease {
  /** log likelihood that fields, marks and canaries add for this release. */
  readonly logEvidence: number;
}

/** One household's linked report: the stratum and the releases that hold what was shown. */
export interface ShownRecord {
  readonly stratum: string;
  readonly releases: readonly number[];
}

interface Setting {
  readonly jurisdiction: string;
  /** Reports whose person no roll holds; null where that is not known, and then says nothing. */
  readonly onNoRoll: number | null;
  /** log likelihood that marks and canaries add for every source that is no release. */
  readonly logEvidenceOther: number;
  /** 1 / design effect: below 1 where reports are not independent draws. */
  readonly independence: number;
  readonly priors: { readonly other: number; readonly live: number };
}

/** Records of one roll, one a household, and the releases that they may have come from. */
export interface AttributionInput extends Setting {
  readonly releases: readonly CandidateRelease[];
  /** Different record versions over all releases, by stratum. */
  readonly versionCounts: ReadonlyMap<string, number>;
  readonly records: readonly ShownRecord[];
}

/** Likelihoods that were computed elsewhere, perhaps in many counties, and added. */
export interface SummedInput extends Setting {
  readonly releases: readonly (SourceRelease & { readonly logEvidence: number })[];
  readonly likelihood: SourceLikelihood;
}

/**
 * Where the data came from: a release, the live database read between two days (YYYY-MM-DD) of
 * neighbouring releases, or another source. "Release r" means r or anything derived from it.
 */
export type Hypothesis =
  | { readonly kind: 'release'; readonly releaseId: string }
  | {
      readonly kind: 'live';
      readonly jurisdiction: string;
      readonly from: string;
      readonly until: string;
    }
  | { readonly kind: 'other' };

/** What is believed of the source once the records are seen. */
export interface Attribution {
  /** Most probable first; sums to one. */
  readonly posterior: readonly { readonly hypothesis: Hypothesis; readonly probability: number }[];
  /** The smallest set that holds 95 % of the probability. */
  readonly credibleSet: readonly Hypothesis[];
}

/**
 * Probability before any record is seen: another source, and the live database; the rest is shared
 * by the releases alike. docs/methods/source-attribution.md says why these.
 */
export const DEFAULT_PRIORS = { other: 0.2, live: 0.05 } as const;
const CREDIBLE = 0.95;

/**
 * Which release, or anything derived from it, the shown records came from.
 *
 * Conditions on the stratum, so the sender's choice of recipients is ancillary; every hypothesis
 * draws uniformly from the rows that it holds in the stratum, a share epsilon from all versions.
 * Formulas: docs/methods/source-attribution.md.
 */
export function attributeSource(input: AttributionInput): Attribution {
  const { releases, versionCounts, records } = input;
  const cells = cellsOf(records);
  return attributeSum({
    ...input,
    likelihood: sourceLikelihood({ releases, versionCounts, cells }),
  });
}

/** The same from likelihoods that add: noise, day and blend are averaged over the sum. */
export function attributeSum(input: SummedInput): Attribution {
  const { priors, independence, likelihood, logEvidenceOther } = input;
  const drawnAsOther = logSumExp(likelihood.other) - Math.log(likelihood.other.length);
  const other: Scored = {
    hypothesis: { kind: 'other' },
    score: independence * (drawnAsOther + absence(input, { a: 2, b: 3 })) + logEvidenceOther,
    prior: priors.other,
  };
  const scored = [...releaseScores(input), ...liveScores(input), other];
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

function cellsOf(records: readonly ShownRecord[]): readonly RecordCell[] {
  const cells = new Map<string, RecordCell>();
  for (const { stratum, releases } of records) {
    const key = `${releases.join(',')}/${stratum}`;
    const count = (cells.get(key)?.count ?? 0) + 1;
    cells.set(key, { stratum, releases, count });
  }
  return [...cells.values()];
}

function releaseScores(input: SummedInput): readonly Scored[] {
  const { releases, likelihood, priors, independence } = input;
  const live = likelihood.live.length > 0 ? priors.live : 0;
  const onNoRoll = absence(input, { a: 1, b: 12 });
  return releases.map(({ id, logEvidence }, place) => ({
    hypothesis: { kind: 'release', releaseId: id },
    score: independence * (overNoise(likelihood.releases[place]!) + onNoRoll) + logEvidence,
    prior: (1 - priors.other - live) / releases.length,
  }));
}

function liveScores(input: SummedInput): readonly Scored[] {
  const { releases, jurisdiction, likelihood, priors, independence, logEvidenceOther } = input;
  const gaps = liveGaps(releases);
  const onNoRoll = absence(input, { a: 1, b: 12 });
  return gaps.map(([earlier, later], gap) => {
    const drawn = logSumExp(likelihood.live[gap]!.map(overNoise)) - Math.log(LIVE_PLACES.length);
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

/** log of the mean over the share of noise. */
const overNoise = (byNoise: readonly number[]): number =>
  logSumExp(NOISE.map(([, prior], at) => Math.log(prior) + byNoise[at]!));

const absence = (
  { onNoRoll, likelihood }: SummedInput,
  shape: { readonly a: number; readonly b: number },
): number =>
  onNoRoll === null
    ? 0
    : logBetaBinomialSequence(
        { successes: onNoRoll, trials: likelihood.records + onNoRoll },
        shape,
      );

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

/** As reports and tallies name it: the release id, `live:FL:2020-06-01/2020-07-01` or `other`. */
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

/** Sum over the hypotheses that fit, 0 to 1. */
export const probabilityOf = (
  { posterior }: Attribution,
  fits: (hypothesis: Hypothesis) => boolean,
): number =>
  posterior.reduce(
    (sum, { hypothesis, probability }) => sum + (fits(hypothesis) ? probability : 0),
    0,
  );
