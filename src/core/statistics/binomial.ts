import { betaCdf, betaQuantile } from './beta.ts';

/** `low` and `high` bound a quantity with the stated coverage. */
export interface Interval {
  readonly low: number;
  readonly high: number;
}

/** Whole numbers, 0 <= successes <= trials. */
export interface Sample {
  readonly successes: number;
  readonly trials: number;
}

/** Exact 1 - `error` interval of a share (Clopper & Pearson 1934). All of [0, 1] for no trials. */
export function clopperPearson({ successes: x, trials: n }: Sample, error = 0.05): Interval {
  return {
    low: x === 0 ? 0 : betaQuantile(error / 2, { a: x, b: n - x + 1 }),
    high: x >= n ? 1 : betaQuantile(1 - error / 2, { a: x + 1, b: n - x }),
  };
}

/** Score interval of a share (Wilson 1927) at 95 %. */
export function wilson({ successes, trials }: Sample): Interval {
  if (trials === 0) return { low: 0, high: 1 };
  const z = 1.959963984540054;
  const share = successes / trials;
  const scale = 1 + (z * z) / trials;
  const centre = (share + (z * z) / (2 * trials)) / scale;
  const spread = Math.sqrt((share * (1 - share)) / trials + (z * z) / (4 * trials * trials));
  const half = (z / scale) * spread;
  return { low: Math.max(0, centre - half), high: Math.min(1, centre + half) };
}

/** P(X >= successes) for X ~ Binomial(trials, share). */
export const binomialUpperTail = ({ successes, trials }: Sample, share: number): number => {
  if (successes <= 0) return 1;
  return betaCdf(share, { a: successes, b: trials - successes + 1 });
};
