import type { Random } from '../base/index.ts';
import { CANARY } from './copies.ts';
import type { Registration } from './registration.ts';

/** Share of the wave's party with an address, where it was sent at all, that was mailed (set). */
export const MAILED_SHARE = 0.9;

/** The recipients of the wave among rows: all whom the story knows, a share of the others. */
export const mailedAmong = (
  rows: readonly Registration[],
  isTarget: (row: Registration) => boolean,
  random: Random,
): readonly Registration[] =>
  rows.filter((row) => {
    const known = row.resident !== null && row.resident !== CANARY;
    if (known || !isTarget(row)) return known;
    return row.resident === CANARY || random.chance(MAILED_SHARE);
  });
