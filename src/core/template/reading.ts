import type { Alignment, Consensus } from './align.ts';
import type { Filling, Region } from './regions.ts';
import type { SlotType } from './slot-type.ts';
import { CLOSE, OPEN, type Tokens, type Vocabulary } from './tokens.ts';

/** All members of a cluster read against their consensus. */
export interface Reading {
  readonly vocabulary: Vocabulary;
  readonly consensus: Consensus;
  readonly members: readonly Tokens[];
  readonly alignments: readonly Alignment[];
  /** Towns and states filled in so far, by the place right before the next fixed token. */
  readonly filled: Map<number, SlotType>;
}

/** The value's tokens as text: one blank where the member has any. */
export function valueText({ members, vocabulary }: Reading, { member, from, to }: Filling): string {
  return valueTokens({ members, vocabulary }, { member, from, to })
    .map((token, at) => {
      const tokens = members[member];
      const place = from + at;
      const apart = at > 0 && (tokens?.end[place - 1] ?? 0) < (tokens?.start[place] ?? 0);
      return apart ? ` ${token}` : token;
    })
    .join('');
}

export function valueTokens(
  { members, vocabulary }: Pick<Reading, 'members' | 'vocabulary'>,
  { member, from, to }: Filling,
): readonly string[] {
  const tokens = members[member];
  return Array.from({ length: to - from }, (_, at) => {
    const id = tokens?.id[from + at] ?? 0;
    if (id === OPEN || id === CLOSE) return '';
    if (id !== 0) return vocabulary.words[id] ?? '';
    return tokens?.text.slice(tokens.start[from + at], tokens.end[from + at]) ?? '';
  });
}

const CONTEXT_BEFORE = 6;
const CONTEXT_AFTER = 3;

export function wordsBefore(
  { consensus, vocabulary, filled }: Reading,
  left: number,
): readonly string[] {
  const words: string[] = [];
  for (let place = Math.max(0, left - CONTEXT_BEFORE + 1); place <= left; place++) {
    const id = consensus.id[place] ?? 0;
    if (id > CLOSE) words.push((vocabulary.words[id] ?? '').toLowerCase());
    const type = place < left ? filled.get(place) : undefined;
    if (type !== undefined) words.push(`⟦${type}⟧`);
  }
  return words;
}

export function wordsAfter({ consensus, vocabulary }: Reading, right: number): readonly string[] {
  const ids = consensus.id.subarray(right, right + CONTEXT_AFTER);
  return [...ids]
    .filter((id) => id > CLOSE)
    .map((id) => (vocabulary.words[id] ?? '').toLowerCase());
}

/**
 * The blank between a fixed token and what stands before it, as the first member that says both has
 * it.
 */
export function gapBefore(
  { members, alignments }: Reading,
  place: number,
  region?: Region,
): string {
  for (const [member, match] of alignments.entries()) {
    const token = match[place] ?? -1;
    if (token < 1) continue;
    const tokens = members[member];
    const before = match[region === undefined ? place - 1 : region.left] ?? -1;
    if (before < 0 || (region === undefined && before !== token - 1)) continue;
    return (tokens?.end[token - 1] ?? 0) < (tokens?.start[token] ?? 0) ? ' ' : '';
  }
  return ' ';
}

export function gapBehind({ members }: Reading, region: Region): string {
  const [first] = region.fillings;
  if (first === undefined || first.from < 1) return '';
  const tokens = members[first.member];
  return (tokens?.end[first.from - 1] ?? 0) < (tokens?.start[first.from] ?? 0) ? ' ' : '';
}
