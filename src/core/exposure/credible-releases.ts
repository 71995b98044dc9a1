import type { ReadRelease } from './assess.ts';
import type { Attribution } from './attribution.ts';

/** Places of the releases in the 95 % set; for the live database those before and after the day. */
export function credibleReleases(
  releases: readonly ReadRelease[],
  { credibleSet }: Attribution,
  local: readonly number[],
): readonly number[] {
  const places = new Set<number>();
  for (const hypothesis of credibleSet) {
    for (const place of local) {
      const { releaseId, asOf, rowFilter } = releases[place]!.manifest;
      if (hypothesis.kind === 'release' && hypothesis.releaseId === releaseId) places.add(place);
      if (hypothesis.kind !== 'live' || rowFilter !== null) continue;
      if (asOf === hypothesis.from || asOf === hypothesis.until) places.add(place);
    }
  }
  return [...places];
}
