import { logBeta } from './gamma.ts';

/** Both parameters above 0. */
export interface BetaShape {
  readonly a: number;
  readonly b: number;
}

/** More steps than any shape up to 1e9 needs; the fraction converges in O(sqrt(max(a, b))). */
const FRACTION_STEPS_MAX = 100_000;
const TINY = 1e-300;

/**
 * Distribution function of Beta(a, b) at x: the regularised incomplete beta function.
 * Continued fraction by the modified Lentz method (Numerical Recipes 6.4).
 */
export function betaCdf(x: number, { a, b }: BetaShape): number {
  if (x <= 0) return 0;
  if (x >= 1) return 1;
  const front = Math.exp(a * Math.log(x) + b * Math.log1p(-x) - logBeta(a, b));
  if (x < (a + 1) / (a + b + 2)) return Math.min(1, (front * fraction(x, { a, b })) / a);
  return Math.max(0, 1 - (front * fraction(1 - x, { a: b, b: a })) / b);
}

function fraction(x: number, { a, b }: BetaShape): number {
  const away = (value: number): number => (Math.abs(value) < TINY ? TINY : value);
  let c = 1;
  let d = 1 / away(1 - ((a + b) * x) / (a + 1));
  let value = d;
  for (let m = 1; m <= FRACTION_STEPS_MAX; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1 / away(1 + even * d);
    c = away(1 + even / c);
    value *= d * c;
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / away(1 + odd * d);
    c = away(1 + odd / c);
    const step = d * c;
    value *= step;
    if (Math.abs(step - 1) < 1e-14) break;
  }
  return value;
}

/** Halvings until two neighbouring doubles remain. */
const HALVINGS = 1100;

/** The x at which Beta(a, b) has probability `p` below it. Bisection: slow, never wrong. */
export function betaQuantile(p: number, shape: BetaShape): number {
  if (p <= 0) return 0;
  if (p >= 1) return 1;
  let [low, high] = [0, 1];
  for (let step = 0; step < HALVINGS; step++) {
    const middle = (low + high) / 2;
    if (middle <= low || middle >= high || high - low < 1e-15 * high) break;
    if (betaCdf(middle, shape) < p) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
