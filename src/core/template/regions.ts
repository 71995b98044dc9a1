import type { Alignment, Consensus } from './align.ts';
import { supportOf } from './consensus.ts';
import { saidOtherwise } from './otherwise.ts';
import { CLOSE, OPEN, type Tokens } from './tokens.ts';

/** What one member says between two fixed tokens: numbers of its tokens, half open. */
export interface Filling {
  readonly member: number;
  readonly from: number;
  readonly to: number;
}

/** The stretch between two successive fixed tokens of one paragraph, as the members fill it. */
export interface Region {
  /** Places of the fixed tokens in the consensus. */
  readonly left: number;
  readonly right: number;
  /** Members that say both fixed tokens. */
  readonly read: number;
  /** Of them, the ones with something between. */
  readonly fillings: readonly Filling[];
  /** Whether the consensus itself holds varying tokens there. */
  readonly varies: boolean;
}

/** A token that so many of the members that pass over it say is the template's own. */
const FIXED_SUPPORT = 0.85;
/** A token that fewer members pass over says nothing of the template. */
const FIXED_SPANNED_MIN = 2;
const FIXED_SPANNED_SHARE = 0.03;
/** A paragraph that fewer members hold is a forwarder's, not the sender's. */
const PARAGRAPH_SHARE = 0.2;

interface Members {
  readonly members: readonly Tokens[];
  readonly alignments: readonly Alignment[];
}

/** Places of the fixed tokens, ascending. */
export function fixedPlaces(consensus: Consensus, read: Members): readonly number[] {
  const common = commonPlaces(consensus, read.alignments);
  const otherwise = saidOtherwise(consensus, common, read);
  return otherwise.size === 0 ? common : common.filter((at) => !otherwise.has(at));
}

function commonPlaces(consensus: Consensus, alignments: readonly Alignment[]): readonly number[] {
  const { spanned, said } = supportOf(consensus, alignments);
  const needed = Math.max(FIXED_SPANNED_MIN, FIXED_SPANNED_SHARE * alignments.length);
  const fixed: number[] = [];
  const held = paragraphPeaks(consensus.id, spanned);
  consensus.id.forEach((_, at) => {
    const passed = spanned[at] ?? 0;
    if ((held[at] ?? 0) < PARAGRAPH_SHARE * alignments.length) return;
    if (passed >= needed && (said[at] ?? 0) >= FIXED_SUPPORT * passed) fixed.push(at);
  });
  return fixed;
}

/** Per place the most members that pass over any token of its paragraph. */
function paragraphPeaks(id: Int32Array, spanned: Uint32Array): Uint32Array {
  const peaks = new Uint32Array(id.length);
  let from = 0;
  for (let at = 0; at < id.length; at++) {
    if (at + 1 < id.length && id[at + 1] !== OPEN) continue;
    const peak = spanned.subarray(from, at + 1).reduce((a, b) => Math.max(a, b), 0);
    peaks.fill(peak, from, at + 1);
    from = at + 1;
  }
  return peaks;
}

export function regionsBetween(
  consensus: Consensus,
  fixed: readonly number[],
  { members, alignments }: Members,
): readonly Region[] {
  const regions: Region[] = [];
  for (let at = 0; at + 1 < fixed.length; at++) {
    const [left, right] = [fixed[at] ?? 0, fixed[at + 1] ?? 0];
    if (consensus.id[left] === CLOSE || consensus.id[right] === OPEN) continue;
    const region = read(left, right, { members, alignments });
    if (region.fillings.length > 0) regions.push(region);
  }
  return regions;
}

function read(left: number, right: number, { members, alignments }: Members): Region {
  const fillings: Filling[] = [];
  let count = 0;
  alignments.forEach((match, member) => {
    const [before, after] = [match[left] ?? -1, match[right] ?? -1];
    if (before < 0 || after <= before) return;
    count++;
    const ids = members[member]?.id ?? new Int32Array();
    let [from, to] = [before + 1, after];
    while (from < to && isMark(ids[from])) from++;
    while (to > from && isMark(ids[to - 1])) to--;
    if (to > from) fillings.push({ member, from, to });
  });
  return { left, right, read: count, fillings, varies: right > left + 1 };
}

const isMark = (id: number | undefined): boolean => id === OPEN || id === CLOSE;
