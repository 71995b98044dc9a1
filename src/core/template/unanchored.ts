import type { Alignment, Consensus, Paragraph } from './align.ts';
import { CLOSE, type Tokens } from './tokens.ts';

/** A stretch of the consensus and one of the message, both half open. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
  readonly first: number;
  readonly last: number;
}

/** A paragraph's edge or place is looked for this far beyond its own length. */
export const EDGE_SLACK = 12;
/** Without an anchor, a paragraph up to this length is found by its words. */
const LENGTH_MAX = 60;
const SHARE_MIN = 0.25;
/** A greeting or closing line: marks, a few words, the names. */
const FRAMED_MAX = 12;
const FRAMED_SLACK = 3;
/** A paragraph whose words weigh no more together is made of columns: others share none of them. */
const COLUMNS_WEIGHT_MAX = 3;

export interface Unanchored {
  readonly consensus: Consensus;
  readonly paragraphs: readonly Paragraph[];
  /** Which of them is looked for. */
  readonly number: number;
  readonly match: Alignment;
  readonly claimed: Uint8Array;
  readonly words: ParagraphWords;
}

type Words = ReadonlyMap<number, number>;

/**
 * A paragraph's words: all by their weights, and alike those that no other place of the consensus
 * has.
 */
export interface ParagraphWords {
  readonly all: Words;
  readonly own: Words;
}

export const NO_WORDS: ParagraphWords = { all: new Map(), own: new Map() };

/** `single`: tokens that the consensus holds once, to where. */
export function wordsOf(
  { id, weight }: Consensus,
  { from, to }: Paragraph,
  single: ReadonlyMap<number, number>,
): ParagraphWords {
  const all = new Map<number, number>();
  const own = new Map<number, number>();
  // A longer one is not looked for.
  const end = to - from > LENGTH_MAX ? from : to;
  for (let at = from; at < end; at++) {
    const token = id[at] ?? 0;
    if (token <= CLOSE) continue;
    all.set(token, Math.max(all.get(token) ?? 0, weight[at] ?? 0));
    if (single.get(token) === at) own.set(token, 1);
  }
  return { all, own };
}

/**
 * Where a message says a paragraph that holds no anchor: the unclaimed stretch that shares most of
 * the words that only this paragraph has.
 *
 * Between the paragraphs that stand before and behind it all its words count by weight, and the
 * only stretch there is taken for a paragraph of columns (an address, an amount) even where it
 * shares none. Failing that, a short one is the last stretch that begins and ends with the same
 * word (`Dear Mr ...,` for `Dear Mrs ...,`). Null where none is like it.
 */
export function findUnanchored(message: Tokens, unanchored: Unanchored): Stretch | null {
  const { consensus, paragraphs, number, claimed, words } = unanchored;
  const { from, to } = paragraphs[number] ?? { from: 0, to: 0 };
  if (to - from > LENGTH_MAX) return null;
  const stretches = unclaimedStretches(message, claimed).filter(
    ({ first, last }) => last - first <= 2 * (to - from) + EDGE_SLACK,
  );
  const gap = gapOf(unanchored, message.count);
  const inGap = stretches.filter(({ first, last }) => first >= gap.first && last <= gap.last);
  const found = mostAlike(message, stretches, words.own) ?? mostAlike(message, inGap, words.all);
  if (found !== null) return { from, to, ...found };
  const ids = consensus.id.subarray(from, to);
  const framed = stretches.findLast(({ first, last }) =>
    areFramed(ids, message.id.subarray(first, last)),
  );
  if (framed !== undefined) return { from, to, ...framed };
  const [only] = inGap;
  const isOfColumns = sumOf(words.all) <= COLUMNS_WEIGHT_MAX;
  return only !== undefined && inGap.length === 1 && isOfColumns ? { from, to, ...only } : null;
}

const sumOf = (words: Words): number => [...words.values()].reduce((sum, each) => sum + each, 0);

type Place = Pick<Stretch, 'first' | 'last'>;

/** The stretch that shares most of the words' weight; null where none shares enough. */
function mostAlike({ id }: Tokens, stretches: readonly Place[], words: Words): Place | null {
  const whole = sumOf(words);
  let best: Place | null = null;
  let bestShare = SHARE_MIN;
  for (const stretch of stretches) {
    let shared = 0;
    for (const token of new Set(id.subarray(stretch.first, stretch.last)))
      shared += words.get(token) ?? 0;
    const share = shared / Math.max(1, Math.min(whole, stretch.last - stretch.first));
    if (share > bestShare) [best, bestShare] = [stretch, share];
  }
  return best;
}

/**
 * The message's tokens between its readings of the paragraphs before and behind; empty where it has
 * none.
 */
function gapOf({ paragraphs, number, match }: Unanchored, count: number): Place {
  const none = { first: count, last: 0 };
  const [before, behind] = [paragraphs[number - 1], paragraphs[number + 1]];
  if (before === undefined || behind === undefined) return none;
  const end = match.subarray(before.from, before.to).findLast((token) => token >= 0);
  const begin = match.subarray(behind.from, behind.to).find((token) => token >= 0);
  return end === undefined || begin === undefined ? none : { first: end + 1, last: begin };
}

/** Two short paragraphs of like length whose first and last words agree. */
function areFramed(ids: Int32Array, said: Int32Array): boolean {
  if (ids.length > FRAMED_MAX || Math.abs(ids.length - said.length) > FRAMED_SLACK) return false;
  const inner = (list: Int32Array): readonly number[] => [...list].filter((id) => id > CLOSE);
  const [a, b] = [inner(ids), inner(said)];
  return a.length > 1 && a[0] === b[0] && a.at(-1) === b.at(-1);
}

/** Runs of tokens that no paragraph has claimed, cut behind paragraph ends. */
function unclaimedStretches({ id, count }: Tokens, claimed: Uint8Array): readonly Place[] {
  const stretches: Place[] = [];
  let first = -1;
  for (let token = 0; token < count; token++) {
    const free = claimed[token] === 0;
    if (free && first < 0) first = token;
    const ends = first >= 0 && (!free || id[token] === CLOSE || token === count - 1);
    if (!ends) continue;
    stretches.push({ first, last: free ? token + 1 : token });
    first = -1;
  }
  return stretches;
}
