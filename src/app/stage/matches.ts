import { canonicalJson, type Json, type Kernels } from '../../core/base/index.ts';
import { type CountyTally, type StatewideMatch, sumTallies } from '../../core/tally/index.ts';

/** What many counties counted on their own rolls, added up. */
export const MATCHES = { stage: 'matches', methodVersion: 1 } as const;

/** Digests of the tallies: the files hold exact small counts and stay outside of the case. */
export const matchesParameters = (
  tallies: readonly CountyTally[],
  { sha256, encode }: Pick<Kernels, 'sha256' | 'encode'>,
): { readonly tallies: readonly string[] } => ({
  tallies: tallies
    .map((tally) => sha256(encode(canonicalJson(tally as unknown as Json))) as string)
    .sort(),
});

export const matchesOutput = (tallies: readonly CountyTally[]): StatewideMatch & Json =>
  sumTallies(tallies) as unknown as StatewideMatch & Json;
