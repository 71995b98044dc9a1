import { fail, ok, type Result } from '../base/index.ts';
import {
  betaQuantile,
  clopperPearson,
  type Interval,
  logChoose,
  type Sample,
  uniformityPValue,
  wilson,
} from '../statistics/index.ts';

/** What a number may be called. Never added, never averaged, never exchanged. */
export type SizeLabel = 'mailed' | 'taken, at least' | 'taken, at most' | 'people who would report';

/** One estimate. A null bound is unknown, not zero. */
export interface SizeEstimate {
  readonly label: SizeLabel;
  readonly estimator: string;
  readonly low: number | null;
  readonly high: number | null;
  readonly assumptions: readonly string[];
}

/** Why an estimator gives no number. */
export interface SizeRefusal {
  readonly code:
    | 'size-no-probes'
    | 'size-scope-unstated'
    | 'size-not-random'
    | 'size-not-contiguous'
    | 'size-ids-few'
    | 'size-source-other'
    | 'size-channels-few';
  readonly reason: string;
}

type Estimated = Result<readonly SizeEstimate[], SizeRefusal>;

const refuse = (code: SizeRefusal['code'], reason: string): Result<never, SizeRefusal> =>
  fail({ code, reason });

/** Below this only matched counts are stated. */
export const SIZE_REPORTS_MIN = 5;

/** Every linked recipient was written to, and their record was held. */
export function linkedRecipients(distinct: number): readonly SizeEstimate[] {
  const assumptions = [
    'every link is right with a probability of at least .95',
    'most recipients do not report: this is a floor',
  ];
  return (['mailed', 'taken, at least'] as const).map((label) => ({
    label,
    estimator: 'distinct linked recipients',
    low: distinct,
    high: null,
    assumptions,
  }));
}

/**
 * Hits among `planted` canaries of a stratum with `rows` rows, deliverability measured by probes.
 */
export function canaryEstimate({
  hits,
  planted,
  probes,
  rows,
}: {
  readonly hits: number;
  readonly planted: number;
  /** Control mails to the stratum's kind of address that arrived; null where none were sent. */
  readonly probes: Sample | null;
  readonly rows: number;
}): Estimated {
  if (probes === null || probes.trials === 0) {
    return refuse(
      'size-no-probes',
      `${hits} of ${planted} canaries were hit; without control probes no share follows`,
    );
  }
  const share = shareMailed({ hits, planted, probes });
  return ok([
    {
      label: 'mailed',
      estimator: 'canaries',
      low: Math.floor(share.low * rows),
      high: Math.ceil(share.high * rows),
      assumptions: [
        'canaries were drawn evenly over the stratum and written to like any row',
        `${probes.successes} of ${probes.trials} control probes arrived`,
      ],
    },
  ]);
}

/** Midpoints of a grid of quantiles stand for a distribution; finer changes the third digit. */
const GRID = 200;

/** 95 % interval of the share mailed, f = min(q / d, 1): q from hits, d from probes (Jeffreys). */
export function shareMailed({
  hits,
  planted,
  probes,
}: {
  readonly hits: number;
  readonly planted: number;
  readonly probes: Sample;
}): Interval {
  const grid = (successes: number, trials: number): number[] =>
    Array.from({ length: GRID }, (_, at) =>
      betaQuantile((at + 0.5) / GRID, { a: successes + 0.5, b: trials - successes + 0.5 }),
    );
  const delivered = grid(probes.successes, probes.trials);
  if (hits === 0) {
    const least = betaQuantile(0.05, {
      a: probes.successes + 0.5,
      b: probes.trials - probes.successes + 0.5,
    });
    return { low: 0, high: Math.min(1, (1 - 0.05 ** (1 / planted)) / least) };
  }
  const hit = grid(hits, planted);
  const shares = hit.flatMap((q) => delivered.map((d) => Math.min(1, q / d))).sort((x, y) => x - y);
  const at = (p: number): number =>
    shares[Math.min(shares.length - 1, Math.floor(p * shares.length))]!;
  return { low: at(0.025), high: at(0.975) };
}

/**
 * A mail provider counts `count` of its users; its share among the stratum's addresses is known.
 */
export function providerEstimate({
  count,
  share,
  scopeStated,
}: {
  readonly count: number;
  /** Low and high of the provider's share, as it is believed: it outweighs the sampling error. */
  readonly share: Interval;
  readonly scopeStated: boolean;
}): Estimated {
  if (!scopeStated) {
    return refuse('size-scope-unstated', 'the provider does not say what it counted');
  }
  const bound = (own: number, side: -1 | 1): number => {
    const estimate = count / own;
    return estimate + side * 1.96 * Math.sqrt((estimate * (1 - own)) / own);
  };
  return ok([
    {
      label: 'mailed',
      estimator: 'provider count',
      low: Math.max(count, Math.floor(bound(share.high, -1))),
      high: Math.ceil(bound(share.low, 1)),
      assumptions: [
        `the provider has ${share.low} to ${share.high} of the addresses in the attributed stratum`,
        'the provider counted what was sent, filtered mail included',
      ],
    },
  ]);
}

/** A survey of a random sample of the roll: Wilson, corrected for recall (Rogan & Gladen 1978). */
export function surveyEstimate({
  yes,
  asked,
  sensitivity,
  specificity,
  random,
  rows,
}: {
  readonly yes: number;
  readonly asked: number;
  readonly sensitivity: number;
  readonly specificity: number;
  readonly random: boolean;
  readonly rows: number;
}): Estimated {
  if (!random || asked === 0) {
    return refuse('size-not-random', 'the people asked were not drawn at random from the roll');
  }
  const corrected = (share: number): number =>
    Math.min(1, Math.max(0, (share - 1 + specificity) / (sensitivity + specificity - 1)));
  const { low, high } = wilson({ successes: yes, trials: asked });
  return ok([
    {
      label: 'mailed',
      estimator: 'random roll survey',
      low: Math.floor(corrected(low) * rows),
      high: Math.ceil(corrected(high) * rows),
      assumptions: [
        `recall sensitivity ${sensitivity}, specificity ${specificity}`,
        'who answers does not depend on having been written to',
      ],
    },
  ]);
}

const RANGE_IDS_MIN = 20;

/** Known record numbers for `contiguousRange`; both counts of the window, or neither. */
export interface RangeIds {
  /** Places of the taken numbers among the numbers of their stratum. */
  readonly ranks: readonly number[];
  /** In the window of the range: numbers of the stratum, and all that are allocated. */
  readonly stratumIds?: number;
  readonly allocatedIds?: number;
}

/**
 * Length of a contiguous range of ids from the distinct ids seen, in ranks within their stratum:
 * see `rangeBounds`. It counts records of the stratum; with both counts of the window, records of
 * all.
 */
export function contiguousRange({ ranks, stratumIds, allocatedIds }: RangeIds): Estimated {
  const sorted = [...new Set(ranks)].sort((x, y) => x - y);
  const n = sorted.length;
  if (n < RANGE_IDS_MIN) {
    return refuse('size-ids-few', `${n} ids; a range needs ${RANGE_IDS_MIN}`);
  }
  const first = sorted[0]!;
  const range = sorted[n - 1]! - first;
  const inner = sorted.slice(1, -1).map((rank) => (rank - first) / range);
  const p = uniformityPValue(inner);
  if (p < 0.05) {
    return refuse(
      'size-not-contiguous',
      `the ids do not lie evenly in one range (KS p = ${p.toFixed(3)})`,
    );
  }
  const scale = (allocatedIds ?? 1) / (stratumIds ?? 1);
  const bounds = rangeBounds(n, range);
  const low = Math.floor(bounds.low * scale);
  const high = Math.ceil(bounds.high * scale);
  const assumptions = [
    'the ids taken are one contiguous range, and each was equally likely to be reported',
    ...(stratumIds === undefined
      ? ['only records of the stratum are counted']
      : [`${stratumIds} of ${allocatedIds} numbers there are of the stratum`]),
  ];
  return ok([
    { label: 'taken, at least', estimator: 'contiguous range', low, high: null, assumptions },
    { label: 'taken, at most', estimator: 'contiguous range', low: null, high, assumptions },
  ]);
}

/**
 * Ids seen, as a share of those that their range spans, from which drawing without replacement
 * tells.
 */
const DENSE = 0.1;

/**
 * 95 % bounds of the number of consecutive ids, from the range of n distinct ones. Sparse: [r /
 * q(.975), r / q(.025)] with q of Beta(n - 1, 2), the law of the range of n uniform draws. Dense:
 * the exact law of draws without replacement, P(range <= r) = [(size - r) C(r, n - 1) + C(r, n)] /
 * C(size, n).
 */
export function rangeBounds(
  n: number,
  range: number,
): { readonly low: number; readonly high: number } {
  if (n >= DENSE * (range + 1)) return denseBounds(n, range);
  const shape = { a: n - 1, b: 2 };
  const low = range / betaQuantile(0.975, shape);
  const high = range / betaQuantile(0.025, shape);
  return { low: Math.max(range + 1, Math.floor(low)), high: Math.max(range + 1, Math.ceil(high)) };
}

function denseBounds(n: number, range: number): { readonly low: number; readonly high: number } {
  const within = (r: number, size: number): number => {
    if (r < n - 1) return 0;
    const all = logChoose(size, n);
    const whole = Math.exp(Math.log(size - r) + logChoose(r, n - 1) - all);
    return whole + (r < n ? 0 : Math.exp(logChoose(r, n) - all));
  };
  /** The largest size above `range` for which `holds`, which it does up to there. */
  const largest = (holds: (size: number) => boolean): number => {
    let [least, most] = [range + 1, (range + 1) * 2];
    while (holds(most)) most *= 2;
    while (most - least > 1) {
      const middle = Math.floor((least + most) / 2);
      if (holds(middle)) least = middle;
      else most = middle;
    }
    return least;
  };
  const tooSmall = (size: number): boolean => 1 - within(range - 1, size) <= 0.025;
  const low = tooSmall(range + 1) ? largest(tooSmall) + 1 : range + 1;
  return { low, high: largest((size) => within(range, size) > 0.025) };
}

/** At most the attributed release was taken; over the credible set, the largest in it. */
export function releaseSize({
  probabilityOther,
  rows,
}: {
  readonly probabilityOther: number;
  /** Rows of every release in the 95 % set. */
  readonly rows: readonly number[];
}): Estimated {
  if (probabilityOther >= 0.2 || rows.length === 0) {
    return refuse(
      'size-source-other',
      `the source may be none of the releases (probability ${probabilityOther.toFixed(2)})`,
    );
  }
  return ok([
    {
      label: 'taken, at most',
      estimator: 'size of the attributed release',
      low: Math.min(...rows),
      high: Math.max(...rows),
      assumptions: [
        'the data came from one release of the 95 % set, or from anything derived from it',
        'no more than that release was taken',
      ],
    },
  ]);
}

/** Reporters seen by two channels and by both: people who would report, and nothing more. */
export function captureRecapture(
  channels: readonly { readonly reporters: number }[],
  overlap: number,
): Estimated {
  if (channels.length < 3) {
    return refuse('size-channels-few', `${channels.length} channels of reports; three are needed`);
  }
  const [first, second] = [...channels].sort((x, y) => y.reporters - x.reporters);
  const [a, b] = [first!.reporters, second!.reporters];
  const estimate = ((a + 1) * (b + 1)) / (overlap + 1) - 1;
  const variance =
    ((a + 1) * (b + 1) * (a - overlap) * (b - overlap)) / ((overlap + 1) ** 2 * (overlap + 2));
  const spread = 1.96 * Math.sqrt(Math.max(0, variance));
  return ok([
    {
      label: 'people who would report',
      estimator: 'Chapman, two largest channels',
      low: Math.max(a + b - overlap, Math.floor(estimate - spread)),
      high: Math.ceil(estimate + spread),
      assumptions: [
        'reporting by one channel says nothing about reporting by the other (often wrong: .49 to 2.25 of the truth)',
        'says nothing of people who do not report, nor of records taken',
      ],
    },
  ]);
}

/** Clopper-Pearson of canary hits over a known deliverability, for control studies. */
export const canaryShare = (hits: Sample, deliverability: number): Interval => {
  const { low, high } = clopperPearson(hits);
  return { low: Math.min(1, low / deliverability), high: Math.min(1, high / deliverability) };
};
