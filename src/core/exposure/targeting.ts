import {
  benjaminiHochberg,
  binomialUpperTail,
  clopperPearson,
  eBenjaminiHochberg,
  logBeta,
} from '../statistics/index.ts';

/** x of n reports fall in the cell; `bases` are its shares in each credible release. */
export interface TargetingCell {
  readonly cell: string;
  readonly count: number;
  readonly total: number;
  readonly bases: readonly number[];
}

/** How often a group was written to, as the ratio of its odds to those in the credible releases. */
export interface TargetingRow {
  readonly cell: string;
  /** Null where the cell is suppressed. */
  readonly oddsRatio: number | null;
  readonly low: number | null;
  /** Null where suppressed, or open where the rest of the reports must not be counted. */
  readonly high: number | null;
  /**
   * The result would vanish if this group reported that many times as often as others: the lower
   * limit of the odds ratio. Targeting is claimed above 2 only.
   */
  readonly tippingPoint: number | null;
  readonly suppressed: boolean;
  /** Selected at a false discovery rate of .05, and the tipping point is above 2. */
  readonly claimed: boolean;
}

const FALSE_DISCOVERY = 0.05;
const CLAIM_TIPPING = 2;
/** US Centers for Medicare and Medicaid Services: no cell of 1 to 10 is published. */
export const COUNT_PUBLISHED_MIN = 11;

const odds = (share: number): number => share / (1 - share);

/**
 * Odds ratios of cells against the attributed release, the least favourable credible one for each.
 *
 * Exact one-sided tests, Benjamini-Hochberg at .05; selected cells get intervals at 1 - R q / m
 * (Benjamini & Yekutieli 2005). Cells below 11 reports are tested and not shown; where the rest of
 * the reports is below 11, the count is taken down until it is not, and the upper limit is open.
 */
export function targeting(
  cells: readonly TargetingCell[],
  hidden: ReadonlySet<string>,
): readonly TargetingRow[] {
  const usable = cells.filter(({ bases }) => bases.some((base) => base > 0 && base < 1));
  const pValues = usable.map(({ count, total, bases }) =>
    Math.max(...bases.map((base) => binomialUpperTail({ successes: count, trials: total }, base))),
  );
  const selected = benjaminiHochberg(pValues, FALSE_DISCOVERY);
  const error = selected.size === 0 ? 0.05 : (selected.size * FALSE_DISCOVERY) / usable.length;
  return usable.map((cell, at) => rowOf(cell, { selected: selected.has(at), error, hidden }));
}

function rowOf(
  { cell, count, total, bases }: TargetingCell,
  {
    selected,
    error,
    hidden,
  }: { readonly selected: boolean; readonly error: number; readonly hidden: ReadonlySet<string> },
): TargetingRow {
  const shown = Math.min(count, total - COUNT_PUBLISHED_MIN);
  if (hidden.has(cell) || count < COUNT_PUBLISHED_MIN || shown < COUNT_PUBLISHED_MIN) {
    const none = { oddsRatio: null, low: null, high: null, tippingPoint: null };
    return { cell, ...none, suppressed: true, claimed: false };
  }
  // The larger the base, the smaller the ratio: that release is the least favourable one.
  const base = odds(Math.max(...bases.filter((share) => share > 0 && share < 1)));
  const interval = clopperPearson({ successes: shown, trials: total }, selected ? error : 0.05);
  const low = odds(interval.low) / base;
  return {
    cell,
    oddsRatio: odds(shown / total) / base,
    low,
    high: shown < count ? null : odds(interval.high) / base,
    tippingPoint: low,
    suppressed: false,
    claimed: selected && low > CLAIM_TIPPING,
  };
}

/**
 * Cells of a table that must not be shown: counts of 1 to 10, and as many others of the line that
 * no hidden count follows from a sum (complementary suppression). `lines` are the groups that add
 * up to a published sum: a table's rows and columns.
 */
export function suppressedCells(
  counts: ReadonlyMap<string, number>,
  lines: readonly (readonly string[])[],
): ReadonlySet<string> {
  const count = (cell: string): number => counts.get(cell) ?? 0;
  const hidden = new Set(
    [...counts.keys()].filter((cell) => count(cell) > 0 && count(cell) < COUNT_PUBLISHED_MIN),
  );
  for (let changed = true; changed; ) {
    changed = false;
    for (const line of lines) {
      const inLine = line.filter((cell) => hidden.has(cell));
      const sum = inLine.reduce((all, cell) => all + count(cell), 0);
      const open = line.filter((cell) => !hidden.has(cell) && count(cell) > 0);
      if (inLine.length === 0 || open.length === 0) continue;
      if (inLine.length > 1 && sum >= COUNT_PUBLISHED_MIN) continue;
      hidden.add(open.reduce((least, cell) => (count(cell) < count(least) ? cell : least)));
      changed = true;
    }
  }
  return hidden;
}

/**
 * log e-value of "the cell's share is b" after x of n reports: a beta mixture against the binomial.
 * A dashboard may look as often as it likes and reject at log 20 (Ville's inequality).
 */
export function logEValue({
  count,
  total,
  base,
}: {
  readonly count: number;
  readonly total: number;
  readonly base: number;
}): number {
  const a = 8 * base;
  const b = 8 * (1 - base);
  return (
    logBeta(a + count, b + total - count) -
    logBeta(a, b) -
    count * Math.log(base) -
    (total - count) * Math.log1p(-base)
  );
}

/** Cells that a running dashboard may point at: e-BH at .05, valid at every look. */
export const runningSelection = (
  cells: readonly { readonly count: number; readonly total: number; readonly base: number }[],
): ReadonlySet<number> => eBenjaminiHochberg(cells.map(logEValue), FALSE_DISCOVERY);
