import { fail, type Kernels, ok, type Result } from '../base/index.ts';
import { type TwoPoint, twoPointSumTail } from '../statistics/index.ts';
import type { ReadRelease } from './assess.ts';
import { biasAt, collusionScore, type LegibleMark, type MarkKeys, tardosTerm } from './marks.ts';

/** How far one requester's copy stands out of what an innocent copy would score. */
export interface CopyScore {
  readonly releaseId: string;
  readonly score: number;
  /** P(an innocent copy scores as high), these marks given. */
  readonly pValue: number;
  /** Part of the mixture: an innocent one is called so once in ten thousand cases. */
  readonly inMixture: boolean;
}

/** Every marked copy, scored against the marks that the reports show. */
export interface MixedCopies {
  readonly marks: number;
  readonly copies: readonly CopyScore[];
}

/** Legible marks below which two mixed copies stay hidden. */
const MARKS_MIN = 50;
/** Error of each copy; with 200 requesters two cases in a hundred accuse somebody. */
const ERROR = 1e-4;

export interface MarkedCopy {
  readonly releaseId: string;
  readonly keys: MarkKeys;
}

/**
 * Which copies went into a mixture: Tardos' score (2008, symmetric by Skoric et al.) against the
 * law of an innocent copy, whose bits are drawn by the biases. That law is taken exactly as far as
 * the tail goes, since a normal one accuses ten times too often.
 */
export function mixedCopies(
  copies: readonly MarkedCopy[],
  marks: readonly LegibleMark[],
  kernels: Kernels,
): Result<MixedCopies, string> {
  if (marks.length < MARKS_MIN) {
    return fail(`fewer than ${MARKS_MIN} legible marks: a mixture of two copies stays hidden`);
  }
  const laws = new Map<string | null, readonly TwoPoint[]>();
  const lawOf = (keys: MarkKeys): readonly TwoPoint[] => {
    const known = laws.get(keys.biasKey) ?? innocentLaw(marks, keys, kernels);
    laws.set(keys.biasKey, known);
    return known;
  };
  return ok({
    marks: marks.length,
    copies: copies.map(({ releaseId, keys }) => {
      const score = collusionScore(marks, keys, kernels);
      const pValue = twoPointSumTail(lawOf(keys), score);
      return { releaseId, score, pValue, inMixture: pValue < ERROR };
    }),
  });
}

/**
 * What each mark adds to the score of a copy whose bit was drawn by the bias, whatever is shown.
 */
const innocentLaw = (
  marks: readonly LegibleMark[],
  keys: MarkKeys,
  kernels: Kernels,
): readonly TwoPoint[] =>
  marks.map(({ place, bit }) => {
    const chance = biasAt(place, keys, kernels);
    return { chance, high: tardosTerm(bit, 1, chance), low: tardosTerm(bit, 0, chance) };
  });

/** The same for the releases of a jurisdiction; null where no register has a bias key. */
export function mixtureOf(
  { releases, kernels }: { readonly releases: readonly ReadRelease[]; readonly kernels: Kernels },
  jurisdiction: string,
  marks: readonly LegibleMark[],
): Result<MixedCopies, string> | null {
  const copies = releases.flatMap(({ manifest, markKeys }) =>
    manifest.jurisdiction !== jurisdiction || (markKeys?.biasKey ?? null) === null
      ? []
      : [{ releaseId: manifest.releaseId, keys: markKeys! }],
  );
  return copies.length === 0 ? null : mixedCopies(copies, marks, kernels);
}
