import { spreadSample } from '../base/index.ts';

/** Fewer members tell no two wordings apart. */
const MEMBERS_MIN = 6;
/** Of a cluster, at most so many members, spread, are compared. */
const SAMPLE_MAX = 400;
/** A fingerprint that parts members stands in no less and no more of them. */
const SHARE_MIN = 0.02;
const SHARE_MAX = 0.98;
/** Own to one side: in at least half of it, in at most a tenth of the other. */
const OWN_MIN = 0.5;
const FOREIGN_MAX = 0.1;
/** Two wordings are two campaigns when each side's own part is this share of a mean text. */
const OWN_PART_MIN = 0.15;
/** And so many fingerprints: of a line, one word that varies is more than that share. */
const OWN_COUNT_MIN = 6;
const SIDE_MIN = 3;
const MINORITY_MAX = 0.45;
const ITERATIONS = 12;
/**
 * Truncation or a reordering may be the strongest difference: the next components are tried too.
 */
const COMPONENTS_MAX = 3;
const DEPTH_MAX = 6;

/**
 * A cluster parted where it holds two wordings that share a passage but each have a large part of
 * their own ("siblings"); alternatives, truncation and comments do not part it.
 *
 * The split is the sign of a principal component of the members' fingerprints (power iteration on a
 * sample), accepted only if both sides own enough. Linear in fingerprints.
 */
export function splitSiblings(
  sketches: readonly Uint32Array[],
  members: readonly number[],
  depth = 0,
): readonly (readonly number[])[] {
  if (members.length < MEMBERS_MIN || depth >= DEPTH_MAX) return [members];
  const owned = ownedBySides(sketches, members);
  if (owned === null) return [members];
  const sides: [number[], number[]] = [[], []];
  const open: number[] = [];
  for (const member of members) {
    let balance = 0;
    for (const fingerprint of sketches[member] ?? []) balance += owned.get(fingerprint) ?? 0;
    if (balance === 0) open.push(member);
    else sides[balance < 0 ? 1 : 0].push(member);
  }
  // What was cut off before the wordings part is more likely from the larger mailing.
  sides[sides[1].length > sides[0].length ? 1 : 0].push(...open);
  if (sides[0].length < SIDE_MIN || sides[1].length < SIDE_MIN) return [members];
  return sides.flatMap((side) => splitSiblings(sketches, side, depth + 1));
}

/**
 * Fingerprints owned by the first side (+1) and by the second (-1); null where none should part.
 */
function ownedBySides(
  sketches: readonly Uint32Array[],
  members: readonly number[],
): ReadonlyMap<number, 1 | -1> | null {
  const sample = spreadSample(members, SAMPLE_MAX).map((member) => sketches[member]);
  const columns = partingColumns(sample);
  const rows = sample.map((fingerprints) => rowOf(fingerprints, columns));
  const mean = sample.reduce((sum, row) => sum + (row?.length ?? 0), 0) / sample.length;
  const needed = Math.max(OWN_COUNT_MIN, OWN_PART_MIN * mean);
  const accept = (scores: Float64Array): Owned['sides'] | null => {
    const owned = ownedAlong(rows, columns, scores);
    return owned !== null && owned.first >= needed && owned.second >= needed ? owned.sides : null;
  };
  const minority = accept(minorityScores(rows, columns.size));
  if (minority !== null) return minority;
  const axes: Float64Array[] = [];
  for (let tried = 0; tried < COMPONENTS_MAX; tried++) {
    const { axis, scores } = principalComponent(rows, columns.size, axes);
    const sides = accept(scores);
    if (sides !== null) return sides;
    axes.push(axis);
  }
  return null;
}

interface Owned {
  readonly sides: ReadonlyMap<number, 1 | -1>;
  readonly first: number;
  readonly second: number;
}

function ownedAlong(
  rows: readonly (readonly number[])[],
  columns: ReadonlyMap<number, number>,
  scores: Float64Array,
): Owned | null {
  const counts = [new Float64Array(columns.size), new Float64Array(columns.size)] as const;
  const sizes = [0, 0] as [number, number];
  rows.forEach((row, at) => {
    const side = (scores[at] ?? 0) < 0 ? 1 : 0;
    sizes[side]++;
    for (const column of row) counts[side][column] = (counts[side][column] ?? 0) + 1;
  });
  if (sizes[0] < SIDE_MIN || sizes[1] < SIDE_MIN) return null;
  const sides = new Map<number, 1 | -1>();
  const own = [0, 0] as [number, number];
  for (const [fingerprint, column] of columns) {
    const first = (counts[0][column] ?? 0) / sizes[0];
    const second = (counts[1][column] ?? 0) / sizes[1];
    const side = first >= OWN_MIN && second <= FOREIGN_MAX ? 0 : 1;
    if (side === 1 && !(second >= OWN_MIN && first <= FOREIGN_MAX)) continue;
    own[side]++;
    sides.set(fingerprint, side === 0 ? 1 : -1);
  }
  return { sides, first: own[0], second: own[1] };
}

/** Fingerprints that some but not all members hold, numbered. */
function partingColumns(sample: readonly (Uint32Array | undefined)[]): ReadonlyMap<number, number> {
  const counts = new Map<number, number>();
  for (const fingerprints of sample) {
    for (const fingerprint of fingerprints ?? []) {
      counts.set(fingerprint, (counts.get(fingerprint) ?? 0) + 1);
    }
  }
  const columns = new Map<number, number>();
  const [low, high] = [Math.max(2, SHARE_MIN * sample.length), SHARE_MAX * sample.length];
  for (const [fingerprint, count] of counts) {
    if (count >= low && count <= high) columns.set(fingerprint, columns.size);
  }
  return columns;
}

function rowOf(
  fingerprints: Uint32Array | undefined,
  columns: ReadonlyMap<number, number>,
): readonly number[] {
  const row: number[] = [];
  for (const fingerprint of fingerprints ?? []) {
    const column = columns.get(fingerprint);
    if (column !== undefined) row.push(column);
  }
  return row;
}

/**
 * Scores by the share of one member's rare fingerprints, less a half: positive for those of a small
 * wording inside a large one. The member taken is the one that has most of them.
 */
function minorityScores(rows: readonly (readonly number[])[], width: number): Float64Array {
  const counts = new Uint32Array(width);
  for (const row of rows) for (const column of row) counts[column] = (counts[column] ?? 0) + 1;
  const isRare = (column: number): boolean => (counts[column] ?? 0) < MINORITY_MAX * rows.length;
  let block: readonly number[] = [];
  for (const row of rows) {
    const rare = row.filter(isRare);
    if (rare.length > block.length) block = rare;
  }
  const inBlock = new Set(block);
  return Float64Array.from(rows, (row) => {
    const shared = row.reduce((sum, column) => sum + (inBlock.has(column) ? 1 : 0), 0);
    return shared - block.length / 2;
  });
}

/** The strongest component of the centred 0/1 matrix that is orthogonal to the axes given. */
function principalComponent(
  rows: readonly (readonly number[])[],
  width: number,
  found: readonly Float64Array[],
): { readonly axis: Float64Array; readonly scores: Float64Array } {
  const mean = new Float64Array(width);
  for (const row of rows) for (const column of row) mean[column] = (mean[column] ?? 0) + 1;
  for (let column = 0; column < width; column++) mean[column] = (mean[column] ?? 0) / rows.length;
  // Any start not orthogonal to the component will do; this one is the same everywhere.
  let axis = Float64Array.from({ length: width }, (_, column) => Math.sin(column + 1));
  const scores = new Float64Array(rows.length);
  for (let round = 0; round < ITERATIONS; round++) {
    const next = multiplied(rows, mean, axis, scores);
    for (const other of found) {
      const along = dot(next, other);
      for (let column = 0; column < width; column++) {
        next[column] = (next[column] ?? 0) - along * (other[column] ?? 0);
      }
    }
    const length = Math.sqrt(dot(next, next));
    if (length === 0) break;
    for (let column = 0; column < width; column++) next[column] = (next[column] ?? 0) / length;
    axis = next;
  }
  return { axis, scores };
}

/** The axis through the centred matrix, which fills the scores of its rows, and back. */
function multiplied(
  rows: readonly (readonly number[])[],
  mean: Float64Array,
  axis: Float64Array,
  scores: Float64Array,
): Float64Array<ArrayBuffer> {
  const offset = dot(axis, mean);
  const next = new Float64Array(mean.length);
  let total = 0;
  for (let at = 0; at < rows.length; at++) {
    const row = rows[at] ?? [];
    let score = -offset;
    for (let i = 0; i < row.length; i++) score += axis[row[i] ?? 0] ?? 0;
    scores[at] = score;
    total += score;
    for (let i = 0; i < row.length; i++) {
      const column = row[i] ?? 0;
      next[column] = (next[column] ?? 0) + score;
    }
  }
  for (let column = 0; column < next.length; column++) {
    next[column] = (next[column] ?? 0) - total * (mean[column] ?? 0);
  }
  return next;
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let at = 0; at < a.length; at++) sum += (a[at] ?? 0) * (b[at] ?? 0);
  return sum;
}
