import { withoutRest } from './cells.ts';
import type { CellCount } from './count.ts';

/** Fewer hits than this are not shown, printed or exported. */
export const HITS_SHOWN_MIN = 11;

/** A cell as anybody may read it. */
export interface ShownCell {
  readonly label: string;
  readonly count: number;
  /** Null: hidden. */
  readonly hits: number | null;
}

/**
 * Cells as they may be shown beside their total: 1 to 10 hits are hidden, and where the hidden ones
 * add up to fewer than 11 together, or are one alone, the smallest of the others too.
 */
export function shownCells(cells: readonly CellCount[]): readonly ShownCell[] {
  const hidden = new Set(cells.filter(({ hits }) => hits > 0 && hits < HITS_SHOWN_MIN));
  const others = cells.filter((cell) => !hidden.has(cell)).sort((a, b) => a.hits - b.hits);
  const sum = (): number => [...hidden].reduce((total, { hits }) => total + hits, 0);
  // Cells without a hit hide nothing in a sum.
  for (const cell of others.filter(({ hits }) => hits > 0)) {
    if (hidden.size === 0 || (hidden.size > 1 && sum() >= HITS_SHOWN_MIN)) break;
    hidden.add(cell);
  }
  return cells.map((cell) => ({
    label: cell.label,
    count: cell.count,
    hits: hidden.has(cell) ? null : cell.hits,
  }));
}

/** A stratum `party|has e-mail|county` in words; other cells are words already. */
export function cellName(label: string): string {
  const main = withoutRest(label);
  if (main !== null) return `${cellName(main)} and rest`;
  const [party = '', email, ...county] = label.split('|');
  if (email === undefined) return party;
  const reached = email === '' ? '' : email === '1' ? 'e-mail' : 'no e-mail';
  const parts = [party, reached, county.join('|')].filter((part) => part !== '');
  return parts.length === 0 ? 'all' : parts.join(', ');
}
