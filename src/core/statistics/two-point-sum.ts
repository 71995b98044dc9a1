import { normalUpperTail } from './normal.ts';

/** A variable that is `high` with `chance` and `low` otherwise. */
export interface TwoPoint {
  readonly chance: number;
  readonly high: number;
  readonly low: number;
}

const ROUNDS = 60;
/** Nearer to the mean than this the formula divides by nothing. */
const NEAR = 1e-3;

/**
 * P(sum >= value) for independent two-point variables of mean zero, `value` above zero: the
 * saddlepoint formula of Lugannani & Rice (1980). In the far tail, where a normal law is off by
 * orders of magnitude, it is within a few hundredths of the exact law.
 */
export function twoPointSumTail(terms: readonly TwoPoint[], value: number): number {
  const most = terms.reduce((sum, { high, low }) => sum + Math.max(high, low), 0);
  if (value > most) return 0;
  if (value <= 0) return 1;
  let [below, above] = [0, 1];
  while (tilted(terms, above).slope < value && above < 1024) above *= 2;
  for (let round = 0; round < ROUNDS; round++) {
    const middle = (below + above) / 2;
    if (tilted(terms, middle).slope < value) below = middle;
    else above = middle;
  }
  const { log, curve } = tilted(terms, above);
  const r = Math.sqrt(2 * Math.max(0, above * value - log));
  if (r < NEAR) return 0.5;
  const u = above * Math.sqrt(curve);
  const density = Math.exp((-r * r) / 2) / Math.sqrt(2 * Math.PI);
  return Math.min(1, Math.max(0, normalUpperTail(r) + density * (1 / u - 1 / r)));
}

/** Cumulant function of the sum at `t`, and its first two derivatives. */
function tilted(terms: readonly TwoPoint[], t: number) {
  let [log, slope, curve] = [0, 0, 0];
  for (const { chance, high, low } of terms) {
    const top = Math.max(t * high, t * low);
    const up = chance * Math.exp(t * high - top);
    const down = (1 - chance) * Math.exp(t * low - top);
    const share = up / (up + down);
    log += top + Math.log(up + down);
    slope += share * high + (1 - share) * low;
    curve += share * (1 - share) * (high - low) ** 2;
  }
  return { log, slope, curve };
}
