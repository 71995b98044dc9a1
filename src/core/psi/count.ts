import { fail, ok, type Result } from '../base/index.ts';
import type { Cell } from './cells.ts';
import type { Curve, Element, Primitives, Scalar } from './curve.ts';
import type { MatchFailure } from './failure.ts';
import { blindAt } from './query.ts';
import { elementPlaces } from './tag.ts';
import { cellAt, type TagSet } from './tag-file.ts';
import { SPIKE_CELL, SPIKES } from './terms.ts';

/** Hits of one cell; the county's own count beside it. */
export interface CellCount extends Cell {
  readonly hits: number;
}

/** What one exchange counted. Hits below 11 stand in it: show it only through `shownCells`. */
export interface MatchCount {
  readonly county: string;
  readonly asked: number;
  readonly hits: number;
  readonly records: number;
  readonly cells: readonly CellCount[];
  /** Expected number of hits that are none: asked / spread. */
  readonly falseHits: number;
}

/** The place of each answer among the tags, once the hub's blind is taken off. */
export function* unblindedPlaces(
  primitives: Primitives,
  {
    tags,
    seed,
    evaluated,
  }: {
    readonly tags: TagSet;
    readonly seed: Uint8Array;
    readonly evaluated: readonly Element[];
  },
): Generator<number> {
  const { curve } = primitives;
  const blind = blindAt(primitives, tags.header.commitment, { seed, at: 0 });
  const inverse = curve.invert(blind);
  yield* elementPlaces(primitives, unblinded(curve, inverse, evaluated));
}

function* unblinded(
  curve: Curve,
  inverse: Scalar,
  evaluated: readonly Element[],
): Generator<Element> {
  for (const element of evaluated) yield curve.multiply(inverse, element);
}

/**
 * Hits per cell, or the refusal where an invented person is missing: then nothing can be trusted.
 */
export function countHits(
  tags: TagSet,
  places: Iterable<number>,
): Result<MatchCount, MatchFailure> {
  const hits = tags.cells.map(() => 0);
  let answered = 0;
  for (const place of places) {
    const cell = cellAt(tags, place);
    if (cell !== -1) hits[cell]! += 1;
    answered += 1;
  }
  const spikes = tags.cells.findIndex(({ label }) => label === SPIKE_CELL);
  const found = spikes === -1 ? 0 : hits[spikes]!;
  if (found < SPIKES) return fail({ code: 'match-spikes-missed', found, wanted: SPIKES });
  const cells = tags.cells
    .map((cell, at) => ({ ...cell, hits: hits[at]! }))
    .filter(({ label }) => label !== SPIKE_CELL);
  const asked = answered - SPIKES;
  return ok({
    county: tags.header.county,
    asked,
    hits: cells.reduce((sum, cell) => sum + cell.hits, 0),
    records: tags.values.length - SPIKES,
    cells,
    falseHits: asked / tags.spread,
  });
}
