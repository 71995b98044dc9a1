import { CELL_MIN, mergedCells, REST_CELL, withoutRest } from '../psi/index.ts';

/** A stratum of the roll and the releases that hold the same version: what a tag's label says. */
export interface HeldCell {
  readonly stratum: string;
  /** Places in the list of releases, ascending; null for versions of many intervals together. */
  readonly releases: readonly number[] | null;
}

const MANY = '*';

/** `DEM|1|@0-3`: the stratum, and the releases as runs of places. */
export const heldLabel = ({ stratum, releases }: HeldCell): string =>
  `${stratum}@${releases === null ? MANY : runsOf(releases)}`;

function runsOf(places: readonly number[]): string {
  const runs: { from: number; until: number }[] = [];
  for (const place of places) {
    const last = runs.at(-1);
    if (last !== undefined && last.until === place - 1) last.until = place;
    else runs.push({ from: place, until: place });
  }
  return runs.map(({ from, until }) => (from === until ? `${from}` : `${from}-${until}`)).join(',');
}

/** Reads a label; null where it names no releases of a list of `count`. Linear in the label. */
export function parseHeldLabel(label: string, count: number): HeldCell | null {
  const at = label.lastIndexOf('@');
  if (at === -1) return null;
  const [stratum, runs] = [label.slice(0, at), label.slice(at + 1)];
  if (runs === MANY) return { stratum, releases: null };
  const releases: number[] = [];
  for (const run of runs.split(',')) {
    const found = /^(\d{1,3})(?:-(\d{1,3}))?$/.exec(run);
    if (found === null) return null;
    const from = Number(found[1]);
    const until = Number(found[2] ?? from);
    if (until < from || until >= count || from <= (releases.at(-1) ?? -1)) return null;
    for (let place = from; place <= until; place++) releases.push(place);
  }
  return { stratum, releases };
}

/** Cells of a county's labels: which of them stay, and how many records lose their interval. */
export interface HeldCells {
  /** The label of every record, small cells put together. */
  readonly labels: readonly string[];
  /** Records whose releases are no longer told: cells below 11. */
  readonly untold: number;
}

/**
 * Cells below `CELL_MIN` records lose their interval first and keep their stratum; what is still
 * too small becomes `rest`, which takes in the next smallest cell while it is too small itself. A
 * county whose months are thin should tell fewer strata apart.
 */
export function heldCells(cells: readonly HeldCell[]): HeldCells {
  const exact = cells.map(heldLabel);
  const counts = countsOf(exact);
  const many = cells.map((cell, at) =>
    counts.get(exact[at]!)! < CELL_MIN
      ? heldLabel({ stratum: cell.stratum, releases: null })
      : exact[at]!,
  );
  const merged = mergedCells(countsOf(many));
  const labels = many.map((label) => {
    const into = merged.get(label)!;
    return withoutRest(into) === null ? into : REST_CELL;
  });
  const untold = labels.filter((label, at) => label !== exact[at]).length;
  return { labels, untold };
}

function countsOf(labels: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const label of labels) counts.set(label, (counts.get(label) ?? 0) + 1);
  return counts;
}
