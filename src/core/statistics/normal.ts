/**
 * P(Z > x) of the standard normal law, with a relative error below 1.2e-7 at any x: the Chebyshev
 * fit of erfc by Press et al. (Numerical Recipes, section 6.2).
 */
export function normalUpperTail(x: number): number {
  const z = Math.abs(x) / Math.SQRT2;
  const t = 1 / (1 + z / 2);
  const sum = COEFFICIENTS.reduceRight((value, own) => value * t + own, 0);
  const upper = (t * Math.exp(-z * z + sum)) / 2;
  return x >= 0 ? upper : 1 - upper;
}

const COEFFICIENTS = [
  -1.26551223, 1.00002368, 0.37409196, 0.09678418, -0.18628806, 0.27886807, -1.13520398, 1.48851587,
  -0.82215223, 0.17087277,
] as const;
