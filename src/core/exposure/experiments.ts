import { benjaminiHochberg, eBenjaminiHochberg, fisherExactGreater } from '../statistics/index.ts';
import { logEValue } from './targeting.ts';

/** Canaries that were put into the groups of a list by lot, and those that were written to. */
export interface CanaryGroup {
  readonly cell: string;
  readonly planted: number;
  readonly hits: number;
}

/**
 * A group that a dashboard watches: its share of the list, and counts as they stood at each look.
 */
export interface WatchedGroup {
  readonly cell: string;
  readonly base: number;
  /** Reports in the group and reports in all, up to each look. */
  readonly looks: readonly { readonly count: number; readonly total: number }[];
}

/** A group whose canaries were put into it by lot: was it written to more often than the others? */
export interface CanaryFinding extends CanaryGroup {
  /** Fisher's exact test against the canaries of all other groups. */
  readonly pValue: number;
  readonly claimed: boolean;
}

/**
 * A group that a dashboard watches over several looks, so that looking often finds nothing by
 * itself.
 */
export interface WatchFinding {
  readonly cell: string;
  /** The e-value of the last look. */
  readonly eValue: number;
  /**
   * The first look, from 1, at which this group by itself stood out (e-value of 20); null: none.
   */
  readonly firstLook: number | null;
  /** Selected among all groups by e-BH at .05 in the last look. */
  readonly claimed: boolean;
}

const FALSE_DISCOVERY = 0.05;
const REJECT_AT = 20;

/**
 * Who was written to, by lot: canaries do not report more or less by party, so nothing but the
 * sender's choice makes their shares differ. Benjamini-Hochberg over the groups.
 */
export function canariesByLot(groups: readonly CanaryGroup[]): readonly CanaryFinding[] {
  const planted = groups.reduce((sum, group) => sum + group.planted, 0);
  const hits = groups.reduce((sum, group) => sum + group.hits, 0);
  const pValues = groups.map((group) =>
    fisherExactGreater(
      { successes: group.hits, trials: group.planted },
      { successes: hits - group.hits, trials: planted - group.planted },
    ),
  );
  const selected = benjaminiHochberg(pValues, FALSE_DISCOVERY);
  return groups.map((group, at) => ({
    ...group,
    pValue: pValues[at]!,
    claimed: selected.has(at),
  }));
}

/** Groups that stand out, however often they were looked at (Ville's inequality). */
export function watchedGroups(groups: readonly WatchedGroup[]): readonly WatchFinding[] {
  const found = groups.map(({ cell, base, looks }) => {
    const logs = looks.map((look) => logEValueAbove({ ...look, base }));
    const first = logs.findIndex((log) => log >= Math.log(REJECT_AT));
    return { cell, log: logs.at(-1) ?? 0, firstLook: first === -1 ? null : first + 1 };
  });
  const selected = eBenjaminiHochberg(
    found.map(({ log }) => log),
    FALSE_DISCOVERY,
  );
  return found.map(({ cell, log, firstLook }, at) => ({
    cell,
    eValue: Math.exp(Math.min(log, LOG_E_MAX)),
    firstLook,
    claimed: selected.has(at),
  }));
}

/** Larger ones are no number in a JSON file. */
const LOG_E_MAX = 700;

/** Only more than the group's share counts for it; less never counts against another group. */
function logEValueAbove(look: {
  readonly count: number;
  readonly total: number;
  readonly base: number;
}): number {
  const log = logEValue(look);
  return look.count > look.base * look.total ? log : Math.min(log, 0);
}
