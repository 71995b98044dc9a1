import type { Sample } from './binomial.ts';
import { logChoose } from './gamma.ts';

/** One-sided Fisher exact test: P(first group has as many successes or more | all margins). */
export function fisherExactGreater(first: Sample, second: Sample): number {
  const successes = first.successes + second.successes;
  const trials = first.trials + second.trials;
  const total = logChoose(trials, successes);
  let tail = 0;
  for (let x = first.successes; x <= Math.min(first.trials, successes); x++) {
    if (successes - x > second.trials) continue;
    tail += Math.exp(logChoose(first.trials, x) + logChoose(second.trials, successes - x) - total);
  }
  return Math.min(1, tail);
}
