import type { Random } from '../base/index.ts';
import { CANARY_DELIVERY, MAILED_SHARE, PEOPLE, REACHED_COUNTIES } from '../invented/index.ts';

/**
 * How many canaries a copy holds; of the used copy: how many were mailed, how many mailboxes tell.
 */
export interface CanaryNumbers {
  readonly planted: number;
  readonly mailed: number;
  readonly heard: number;
}

/** Canaries of a copy: fewer in a replay of few reports, which they would crowd. */
const PLANTED = 40;
const PLANTED_FEW = 16;
const FEW_REPORTS = 300;

/**
 * A canary is like any row with an address: mailed as often as those are, and some mails get lost.
 */
export function canariesAt(reports: number, random: Random): CanaryNumbers {
  const planted = reports < FEW_REPORTS ? PLANTED_FEW : PLANTED;
  const chance = REACHED_COUNTIES * PEOPLE.F.share * MAILED_SHARE;
  const draws = Array.from({ length: planted }, () => [
    random.chance(chance),
    random.chance(CANARY_DELIVERY),
  ]);
  return {
    planted,
    mailed: draws.filter(([mailed]) => mailed).length,
    heard: draws.filter(([mailed, arrived]) => mailed && arrived).length,
  };
}
