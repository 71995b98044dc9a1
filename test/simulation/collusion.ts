import type { Random } from '../../src/core/base/index.ts';
import { tardosTerm } from '../../src/core/exposure/index.ts';
import { twoPointSumTail } from '../../src/core/statistics/index.ts';
import { type Outcome, shareRow } from './outcome.ts';

const REQUESTERS = 200;
const ERROR = 1e-4;
const READ_ERROR = 0.05;

/**
 * Copies of `mixed` requesters put together at random, `marks` of them read; 200 requesters are
 * scored.
 */
export function collusion(
  rounds: number,
  {
    mixed,
    marks,
    atLeast,
  }: { readonly mixed: number; readonly marks: number; readonly atLeast: number },
  random: Random,
): readonly Outcome[] {
  let [caught, accused] = [0, 0];
  const [low, high] = [Math.asin(Math.sqrt(0.02)), Math.asin(Math.sqrt(0.98))];
  for (let round = 0; round < rounds; round++) {
    const scores = new Float64Array(REQUESTERS);
    const law = Array.from({ length: marks }, () => {
      const bias = Math.sin(low + random.unit() * (high - low)) ** 2;
      const bits = Array.from({ length: REQUESTERS }, () => (random.chance(bias) ? 1 : 0));
      const read = bits[random.between(0, mixed - 1)]!;
      const shown = random.chance(READ_ERROR) ? ((1 - read) as 0 | 1) : read;
      for (const [at, own] of bits.entries()) scores[at]! += tardosTerm(shown, own, bias);
      return { chance: bias, high: tardosTerm(shown, 1, bias), low: tardosTerm(shown, 0, bias) };
    });
    const isHigh = (score: number): boolean => twoPointSumTail(law, score) < ERROR;
    if (isHigh(Math.max(...scores.subarray(0, mixed)))) caught += 1;
    if (isHigh(Math.max(...scores.subarray(mixed)))) accused += 1;
  }
  const name = `${mixed} copies mixed, ${marks} marks, 5 % misread`;
  return [
    shareRow(`${name}: some colluder caught`, { hits: caught, rounds }, { atLeast }),
    shareRow(`${name}: any innocent of 200 accused`, { hits: accused, rounds }, { atMost: 0.02 }),
  ];
}
