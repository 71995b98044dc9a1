import { isRecord, type Json } from '../base/index.ts';
import type { Cell } from './cells.ts';
import { isCount } from './envelope.ts';
import { CELLS_MAX, LABEL_LENGTH_MAX, RECORDS_MAX } from './terms.ts';

/** Between a stratum and the releases that hold it, in the labels of a list with releases. */
const BORDER = '@';

/** The order in which both sides number the cells: by the UTF-16 code units of their labels. */
export const byLabel = (a: Cell, b: Cell): number =>
  a.label < b.label ? -1 : a.label > b.label ? 1 : 0;

/**
 * Cells as a header names them: `{"DEM||": {"0-3": 812, "0-11": 7120}}` for labels with a border,
 * each stratum once, and `{"rest": 40}` for the others.
 */
export function cellTables(cells: readonly Cell[]): {
  readonly cells: Json;
  readonly strata?: Json;
} {
  const plain: [string, number][] = [];
  const strata = new Map<string, [string, number][]>();
  for (const { label, count } of cells) {
    const at = label.lastIndexOf(BORDER);
    if (at === -1) plain.push([label, count]);
    else {
      const stratum = label.slice(0, at);
      const parts = strata.get(stratum) ?? [];
      strata.set(stratum, [...parts, [label.slice(at + 1), count]]);
    }
  }
  const parted = [...strata].map(
    ([stratum, parts]) => [stratum, Object.fromEntries(parts)] as const,
  );
  return {
    cells: Object.fromEntries(plain),
    ...(parted.length === 0 ? {} : { strata: Object.fromEntries(parted) }),
  };
}

/** The cells of a header in their order; null where a rule is broken. */
export function cellsOf(header: { readonly [key: string]: unknown }): readonly Cell[] | null {
  const strata = header['strata'] ?? {};
  if (!isRecord(header['cells']) || !isRecord(strata)) return null;
  const found: [label: string, count: unknown][] = Object.entries(header['cells']);
  for (const [stratum, parts] of Object.entries(strata)) {
    if (!isRecord(parts)) return null;
    for (const [part, count] of Object.entries(parts)) {
      found.push([`${stratum}${BORDER}${part}`, count]);
    }
  }
  if (found.length === 0 || found.length > CELLS_MAX) return null;
  const cells: Cell[] = [];
  for (const [label, count] of found) {
    if (label.length > LABEL_LENGTH_MAX || !isCount(count, RECORDS_MAX) || count === 0) return null;
    cells.push({ label, count });
  }
  return new Set(cells.map(({ label }) => label)).size === cells.length
    ? cells.sort(byLabel)
    : null;
}
