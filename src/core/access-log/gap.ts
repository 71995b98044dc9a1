/** A period without a line. Seconds, both included. */
export interface Gap {
  readonly from: number;
  readonly until: number;
}

/**
 * Silences of a log, in order, none overlapping. `named` are those in which the site's own habit
 * says that lines are missing. `likely` has those as well that are too odd to be trusted where an
 * actor was at work: few hours are asked about then, not a whole month. `quiet` holds every longer
 * silence, of which nights are most.
 */
export interface Silences {
  readonly named: readonly Gap[];
  readonly likely: readonly Gap[];
  readonly quiet: readonly Gap[];
}

/** The first gap that lies at least partly between both seconds; null where there is none. */
export function gapBetween(gaps: readonly Gap[], from: number, until: number): Gap | null {
  const gap = gaps[firstEnding(gaps, from)];
  return gap !== undefined && gap.from <= until ? gap : null;
}

/**
 * The longest of the gaps that lie at least partly between both seconds; null where there is none.
 */
export function longestBetween(gaps: readonly Gap[], from: number, until: number): Gap | null {
  let best: Gap | null = null;
  for (let at = firstEnding(gaps, from); at < gaps.length; at++) {
    const gap = gaps[at]!;
    if (gap.from > until) break;
    if (best === null || gap.until - gap.from > best.until - best.from) best = gap;
  }
  return best;
}

/** Seconds of the gaps that lie between both seconds. */
export function silentSeconds(gaps: readonly Gap[], from: number, until: number): number {
  let seconds = 0;
  for (let at = firstEnding(gaps, from); at < gaps.length; at++) {
    const gap = gaps[at]!;
    if (gap.from > until) break;
    seconds += Math.min(gap.until, until) - Math.max(gap.from, from) + 1;
  }
  return seconds;
}

/** Place of the first gap that does not end before `second`. */
function firstEnding(gaps: readonly Gap[], second: number): number {
  let [low, high] = [0, gaps.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (gaps[middle]!.until < second) low = middle + 1;
    else high = middle;
  }
  return low;
}
