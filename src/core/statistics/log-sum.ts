/** log(sum(exp(terms))) without overflow; minus infinity for no terms. */
export function logSumExp(terms: readonly number[]): number {
  let highest = Number.NEGATIVE_INFINITY;
  for (const term of terms) if (term > highest) highest = term;
  if (highest === Number.NEGATIVE_INFINITY) return highest;
  let sum = 0;
  for (const term of terms) sum += Math.exp(term - highest);
  return highest + Math.log(sum);
}

/** Probabilities from unnormalised logarithms; all zero where every one is minus infinity. */
export function normalisedFromLogs(logs: readonly number[]): number[] {
  const highest = logs.reduce((high, log) => Math.max(high, log), Number.NEGATIVE_INFINITY);
  if (highest === Number.NEGATIVE_INFINITY) return logs.map(() => 0);
  const weights = logs.map((log) => Math.exp(log - highest));
  const sum = weights.reduce((all, weight) => all + weight, 0);
  return weights.map((weight) => weight / sum);
}
