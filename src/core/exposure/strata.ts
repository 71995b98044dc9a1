/**
 * A stratum is `party|has e-mail (0 or 1)|county`: what the sender may have chosen recipients by.
 * Attribution conditions on it, so that the choice does not look like a sign of one release.
 */
export interface StrataDimensions {
  readonly party: boolean;
  readonly email: boolean;
  readonly county: boolean;
}

/** A stratum in parts; what its list does not tell is empty. */
export interface Stratum {
  readonly party: string;
  readonly hasEmail: boolean;
  readonly county: string;
}

/** Any text is a stratum: what it lacks is empty. A county may hold strokes. */
export function parseStratum(stratum: string): Stratum {
  const [party = '', email = '', ...county] = stratum.split('|');
  return { party, hasEmail: email === '1', county: county.join('|') };
}

/** The stratum with only the dimensions that every release of a jurisdiction can tell. */
export function collapseStratum(
  stratum: string,
  { party, email, county }: StrataDimensions,
): string {
  const [own = '', has = '', ...place] = stratum.split('|');
  return `${party ? own : ''}|${email ? has : ''}|${county ? place.join('|') : ''}`;
}

/** What the layout of one release can tell of strata. */
export interface StrataSource {
  readonly layoutId: string;
  readonly party: boolean;
  readonly email: boolean;
  readonly county: boolean;
}

/**
 * Counties are comparable only within one layout: another writes a code where this writes a name.
 */
export function sharedDimensions(sources: readonly StrataSource[]): StrataDimensions {
  return {
    party: sources.every(({ party }) => party),
    email: sources.every(({ email }) => email),
    county:
      sources.every(({ county }) => county) &&
      new Set(sources.map(({ layoutId }) => layoutId)).size <= 1,
  };
}

/** Counts by collapsed strata. */
export function collapseCounts(
  counts: ReadonlyMap<string, number>,
  shared: StrataDimensions,
): ReadonlyMap<string, number> {
  const sums = new Map<string, number>();
  for (const [stratum, count] of counts) {
    const key = collapseStratum(stratum, shared);
    sums.set(key, (sums.get(key) ?? 0) + count);
  }
  return sums;
}
