/**
 * P-value of the Kolmogorov-Smirnov test that `values` are uniform on [0, 1].
 *
 * Asymptotic series with Stephens' (1970) correction; good to .01 from n = 5 on.
 */
export function uniformityPValue(values: readonly number[]): number {
  const sorted = [...values].sort((x, y) => x - y);
  const n = sorted.length;
  if (n === 0) return 1;
  let distance = 0;
  for (const [at, value] of sorted.entries()) {
    distance = Math.max(distance, (at + 1) / n - value, value - at / n);
  }
  const root = Math.sqrt(n);
  const lambda = (root + 0.12 + 0.11 / root) * distance;
  if (lambda < 0.2) return 1;
  let sum = 0;
  for (let k = 1; k <= 100; k++) {
    const term = Math.exp(-2 * k * k * lambda * lambda);
    sum += k % 2 === 1 ? term : -term;
    if (term < 1e-12) break;
  }
  return Math.min(1, Math.max(0, 2 * sum));
}
