/** How probable the true source was said to be. */
export interface SourceScore {
  readonly truth: string;
  /** The most probable one; null where nothing was said. */
  readonly first: string | null;
  readonly top1: boolean;
  readonly inCredibleSet: boolean;
  /** Sources in the 95 % set. */
  readonly credible: number;
  /**
   * Natural logarithm of the probability given to the truth: 0 is perfect; null: none was given.
   */
  readonly logScore: number | null;
}

interface Said {
  readonly posterior: readonly { readonly hypothesis: string; readonly probability: number }[];
  readonly credibleSet: readonly string[];
}

/** A probability of 0 is scored as this: one wrong certainty may not outweigh everything. */
const PROBABILITY_MIN = 1e-12;

export function scoreSource(truth: string, said: Said | undefined): SourceScore {
  const own = said?.posterior.find(({ hypothesis }) => hypothesis === truth);
  const first = said?.posterior[0]?.hypothesis ?? null;
  const probability = Math.max(PROBABILITY_MIN, own?.probability ?? 0);
  return {
    truth,
    first,
    top1: first === truth,
    inCredibleSet: said?.credibleSet.includes(truth) ?? false,
    credible: said?.credibleSet.length ?? 0,
    logScore: said === undefined || said.posterior.length === 0 ? null : Math.log(probability),
  };
}
