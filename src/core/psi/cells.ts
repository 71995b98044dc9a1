import { fail, ok, type Result } from '../base/index.ts';
import type { MatchFailure } from './failure.ts';
import { BATCH_MIN, CELL_MIN, CELLS_MAX, REST_CELL, SPIKE_CELL, SPIKES } from './terms.ts';

export interface Cell {
  readonly label: string;
  readonly count: number;
}

/**
 * Where each cell goes, so that none holds fewer than `CELL_MIN` records: small ones are put
 * together as `rest`, which takes in the next smallest while it is itself too small.
 */
export function mergedCells(counts: ReadonlyMap<string, number>): ReadonlyMap<string, string> {
  const bySize = [...counts].sort(
    ([a, m], [b, n]) =>
      Number(b === REST_CELL) - Number(a === REST_CELL) || m - n || (a < b ? -1 : 1),
  );
  const merged = new Map<string, string>();
  let rest = 0;
  for (const [label, count] of bySize) {
    const joins = label === REST_CELL || count < CELL_MIN || (rest > 0 && rest < CELL_MIN);
    merged.set(label, joins ? REST_CELL : label);
    if (joins) rest += count;
  }
  return merged;
}

/** The cell of every record as a number, the invented people last. */
export interface RollCells {
  readonly labels: readonly string[];
  readonly cellOf: Uint16Array;
}

/** Merges small cells and adds the invented people's own. `cells` has one label for each record. */
export function rollCells(cells: readonly string[]): Result<RollCells, MatchFailure> {
  if (cells.length < BATCH_MIN) {
    return fail({ code: 'match-roll-small', records: cells.length, least: BATCH_MIN });
  }
  const counts = new Map<string, number>();
  for (const cell of cells) counts.set(cell, (counts.get(cell) ?? 0) + 1);
  const merged = mergedCells(counts);
  const labels = [...new Set(merged.values())].sort();
  if (labels.length >= CELLS_MAX) {
    return fail({ code: 'match-cells', found: labels.length, most: CELLS_MAX - 1 });
  }
  const places = new Map([...merged].map(([from, to]) => [from, labels.indexOf(to)] as const));
  const cellOf = new Uint16Array(cells.length + SPIKES);
  for (const [at, cell] of cells.entries()) cellOf[at] = places.get(cell)!;
  cellOf.fill(labels.length, cells.length);
  return ok({ labels: [...labels, SPIKE_CELL], cellOf });
}
