import { createHolderIndex } from './holder-index.ts';
import { createRoots } from './roots.ts';

/** Neighbours that a text may name. */
const NEIGHBOURS_MAX = 3;
/** Shared fingerprints of two neighbours: a count, and a share of the shorter text's. */
const SHARED_MIN = 5;
const SHARE_MIN = 0.14;
/** A fingerprint in more lone texts than this tells nothing of kin, and would cost too much. */
const HOLDERS_MAX = 200;

/** Kinship between two texts is weak evidence: it takes a company to believe it. */
export const COMPANY_MIN = 4;

/**
 * Companies of lone texts that mutual kinship holds together. `lone` numbers the texts. A sketch
 * may leave out what no other text holds, if `lengthOf` tells how many fingerprints the text has.
 */
export function kinCompanies(
  sketches: readonly Uint32Array[],
  lone: readonly number[],
  lengthOf = (text: number): number => sketches[text]?.length ?? 0,
): readonly (readonly number[])[] {
  const roots = createRoots();
  const place = new Map(lone.map((text) => [text, roots.add()]));
  for (const [a, b] of mutualKin(sketches, lone, lengthOf))
    roots.join(place.get(a) ?? 0, place.get(b) ?? 0);
  const companies = Map.groupBy(lone, (text) => roots.find(place.get(text) ?? 0));
  return [...companies.values()].filter(({ length }) => length >= COMPANY_MIN);
}

/**
 * Pairs of lone texts that are each among the other's nearest: what is left of a wording that
 * varies at every second word. Unrelated texts share a few set phrases at most.
 *
 * `lone` numbers the texts; at most {@link HOLDERS_MAX} comparisons a fingerprint.
 * Source: mutual k-nearest neighbours.
 */
function mutualKin(
  sketches: readonly Uint32Array[],
  lone: readonly number[],
  lengthOf: (text: number) => number,
): readonly (readonly [number, number])[] {
  const index = createHolderIndex(
    lone.map((text) => sketches[text] ?? NO_FINGERPRINTS),
    HOLDERS_MAX,
  );
  const nearest = lone.map((text, place) => {
    const length = lengthOf(text);
    const neighbours: Neighbour[] = [];
    index.shared(sketches[text] ?? NO_FINGERPRINTS, (other, shared) => {
      if (shared < SHARED_MIN || other === place) return;
      const score = shared / Math.max(1, Math.min(length, lengthOf(lone[other] ?? 0)));
      if (score >= SHARE_MIN) neighbours.push({ other, score });
    });
    return neighbours
      .sort((a, b) => b.score - a.score || (lone[a.other] ?? 0) - (lone[b.other] ?? 0))
      .slice(0, NEIGHBOURS_MAX)
      .map(({ other }) => other);
  });
  return nearest.flatMap((others, place) =>
    others
      .filter((other) => (lone[other] ?? 0) > (lone[place] ?? 0) && nearest[other]?.includes(place))
      .map((other) => [lone[place] ?? 0, lone[other] ?? 0] as const),
  );
}

const NO_FINGERPRINTS = new Uint32Array();

interface Neighbour {
  /** Place among the lone texts. */
  readonly other: number;
  /** Share of the shorter text. */
  readonly score: number;
}
