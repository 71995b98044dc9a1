import { fail, ok, type Result } from '../base/index.ts';
import type { MatchFailure } from './failure.ts';
import {
  BATCH_MIN,
  CELL_MIN,
  CELLS_MAX,
  LABEL_LENGTH_MAX,
  REST_CELL,
  SPIKE_CELL,
  SPIKES,
} from './terms.ts';

/**
 * A group of records that is counted by itself: `DEM|1|LEON`, or with releases `DEM|1|LEON@0-3`.
 */
export interface Cell {
  readonly label: string;
  readonly count: number;
}

/** What stands behind the name of a cell that took in a rest too small to stand alone. */
const WITH_REST = `+${REST_CELL}`;
/** A longer name is no party and no county: the hub would refuse it. */
const NAME_LENGTH_MAX = LABEL_LENGTH_MAX - WITH_REST.length;

/**
 * Where each cell goes, so that none holds fewer than `CELL_MIN` records: small ones are put
 * together as `rest`; a rest that is itself too small joins the smallest other cell, whose name
 * then says so.
 */
export function mergedCells(counts: ReadonlyMap<string, number>): ReadonlyMap<string, string> {
  const small = [...counts].filter(([label, count]) => label === REST_CELL || count < CELL_MIN);
  const rest = small.reduce((sum, [, count]) => sum + count, 0);
  const merged = new Map([...counts.keys()].map((label) => [label, label] as const));
  const joined = rest === 0 || rest >= CELL_MIN ? null : smallestBeside(counts, small);
  const name = joined === null ? REST_CELL : `${joined}${WITH_REST}`;
  for (const [label] of small) merged.set(label, name);
  if (joined !== null) merged.set(joined, name);
  return merged;
}

function smallestBeside(
  counts: ReadonlyMap<string, number>,
  small: readonly (readonly [label: string, count: number])[],
): string | null {
  const taken = new Set(small.map(([label]) => label));
  const others = [...counts].filter(([label]) => !taken.has(label));
  others.sort(([a, m], [b, n]) => m - n || (a < b ? -1 : 1));
  return others[0]?.[0] ?? null;
}

/** The cell without the rest that it took in; null where it took in none. */
export const withoutRest = (label: string): string | null =>
  label.endsWith(WITH_REST) ? label.slice(0, -WITH_REST.length) : null;

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
  const named = cells.map((cell) => (cell.length > NAME_LENGTH_MAX ? REST_CELL : cell));
  const counts = new Map<string, number>();
  for (const cell of named) counts.set(cell, (counts.get(cell) ?? 0) + 1);
  const merged = mergedCells(counts);
  const labels = [...new Set(merged.values())].sort();
  if (labels.length >= CELLS_MAX) {
    return fail({ code: 'match-cells', found: labels.length, most: CELLS_MAX - 1 });
  }
  const places = new Map([...merged].map(([from, to]) => [from, labels.indexOf(to)] as const));
  const cellOf = new Uint16Array(cells.length + SPIKES);
  for (const [at, cell] of named.entries()) cellOf[at] = places.get(cell)!;
  cellOf.fill(labels.length, cells.length);
  return ok({ labels: [...labels, SPIKE_CELL], cellOf });
}
