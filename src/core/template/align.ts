import { CLOSE, OPEN, type Tokens, UNKNOWN } from './tokens.ts';
import { EDGE_SLACK, findUnanchored, NO_WORDS, type Stretch, wordsOf } from './unanchored.ts';

/** The wording that members are read against: tokens with a weight, in paragraphs. */
export interface Consensus {
  readonly id: Int32Array;
  /** How much a match of the token tells, 0 to 1. */
  readonly weight: Float64Array;
}

/** Per consensus token the message token that says the same, or -1. */
export type Alignment = Int32Array;

/** Above this many cells a gap is read by its common beginning and end only. */
const CELLS_MAX = 60_000;
const CELLS_FIRST = 1_000;
/** Two tokens in a row tell more than two apart. */
const RUN_BONUS = 0.05;
/** Each costs a look at the whole message, so that many are tried; the rest stay unread. */
const UNANCHORED_PARAGRAPHS_MAX = 40;
/** A chain of anchors breaks where the message says so much more than the consensus. */
const DETOUR_MAX = 80;

export interface Paragraph {
  readonly from: number;
  /** Not included. */
  readonly to: number;
}

interface Anchor {
  readonly at: number;
  readonly message: number;
}

const gramKey = (a: number, b: number, c: number): number => (a * 2 ** 17 + b) * 2 ** 17 + c;

/**
 * Reads messages against one consensus, paragraph by paragraph, so that their order is free.
 *
 * Anchors are three tokens in a row that the consensus holds once; between and around them a
 * weighted longest common subsequence. Method: docs/methods/campaigns.md.
 */
export function createAligner(consensus: Consensus): (message: Tokens) => Alignment {
  const paragraphs = paragraphsOf(consensus.id);
  const paragraphOf = new Int32Array(consensus.id.length);
  for (const [at, { from, to }] of paragraphs.entries()) paragraphOf.fill(at, from, to);
  const grams = uniqueGrams(consensus.id, paragraphOf);
  const single = singleTokens(consensus.id);
  const words = paragraphs.map((paragraph) => wordsOf(consensus, paragraph, single));
  // One table for all gaps, as large as the largest met: most clusters have small ones.
  let cells = new Float64Array(CELLS_FIRST);

  return (message) => {
    const match = new Int32Array(consensus.id.length).fill(-1);
    const claimed = new Uint8Array(message.count);
    const put = (at: number, token: number): void => {
      match[at] = token;
      claimed[token] = 1;
    };
    const chains = chainsOf(anchorsOf(message, grams, paragraphOf), paragraphs.length);
    chains.forEach((chain) => {
      for (const { at, message: token } of chain)
        for (let k = 0; k < 3; k++) put(at + k, token + k);
    });
    const read = (inner: Stretch): void => {
      const needed = Math.min(
        CELLS_MAX,
        (inner.to - inner.from + 1) * (inner.last - inner.first + 1),
      );
      if (needed > cells.length) cells = new Float64Array(2 * needed);
      matchStretch(consensus, message, { ...inner, cells, put });
    };
    paragraphs.forEach((paragraph, number) => {
      const chain = chains[number] ?? [];
      if (chain.length > 0) readAround({ paragraph, chain, claimed, message, read });
    });
    const unread = paragraphs.flatMap((each, number) => (isUnread(match, each) ? [number] : []));
    for (const number of unread.slice(0, UNANCHORED_PARAGRAPHS_MAX)) {
      const told = words[number] ?? NO_WORDS;
      const sought = { consensus, paragraphs, number, match, claimed, words: told };
      const found = findUnanchored(message, sought);
      if (found !== null) read(found);
    }
    return match;
  };
}

function paragraphsOf(id: Int32Array): readonly Paragraph[] {
  const paragraphs: Paragraph[] = [];
  let from = 0;
  for (let at = 0; at < id.length; at++) {
    if (id[at] === CLOSE || at === id.length - 1 || id[at + 1] === OPEN) {
      paragraphs.push({ from, to: at + 1 });
      from = at + 1;
    }
  }
  return paragraphs;
}

function singleTokens(id: Int32Array): ReadonlyMap<number, number> {
  const places = new Map<number, number>();
  id.forEach((token, at) => {
    if (token > CLOSE) places.set(token, places.has(token) ? -1 : at);
  });
  return places;
}

/** Three tokens in a row that occur once, to where; 0 marks a repeated one. */
function uniqueGrams(id: Int32Array, paragraphOf: Int32Array): ReadonlyMap<number, number> {
  const grams = new Map<number, number>();
  for (let at = 0; at + 2 < id.length; at++) {
    if (paragraphOf[at] !== paragraphOf[at + 2]) continue;
    const key = gramKey(id[at] ?? 0, id[at + 1] ?? 0, id[at + 2] ?? 0);
    grams.set(key, grams.has(key) ? -1 : at);
  }
  return grams;
}

function anchorsOf(
  { id, count }: Tokens,
  grams: ReadonlyMap<number, number>,
  paragraphOf: Int32Array,
): readonly (readonly Anchor[])[] {
  const found: Anchor[][] = [];
  for (let token = 0; token + 2 < count; token++) {
    const [a = 0, b = 0, c = 0] = [id[token], id[token + 1], id[token + 2]];
    if (a === UNKNOWN || b === UNKNOWN || c === UNKNOWN) continue;
    const at = grams.get(gramKey(a, b, c)) ?? -1;
    if (at < 0) continue;
    const paragraph = paragraphOf[at] ?? 0;
    const anchors = found[paragraph] ?? [];
    found[paragraph] = anchors;
    anchors.push({ at, message: token });
  }
  return found;
}

/** Per paragraph the longest chain of anchors that rises in both, without a long detour. */
function chainsOf(
  anchors: readonly (readonly Anchor[] | undefined)[],
  count: number,
): readonly (readonly Anchor[])[] {
  return Array.from({ length: count }, (_, number) => {
    const pieces = piecesOf(risingChain(anchors[number] ?? []));
    return pieces.reduce((best, piece) => (piece.length > best.length ? piece : best), []);
  });
}

/** Longest increasing subsequence by consensus place; anchors come in message order. */
function risingChain(anchors: readonly Anchor[]): readonly Anchor[] {
  const tails: number[] = [];
  const before = new Int32Array(anchors.length).fill(-1);
  anchors.forEach(({ at }, index) => {
    let [low, high] = [0, tails.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((anchors[tails[middle] ?? 0]?.at ?? 0) < at) low = middle + 1;
      else high = middle;
    }
    before[index] = low > 0 ? (tails[low - 1] ?? -1) : -1;
    tails[low] = index;
  });
  const chain: Anchor[] = [];
  for (let index = tails.at(-1) ?? -1; index >= 0; index = before[index] ?? -1) {
    const anchor = anchors[index];
    if (anchor !== undefined) chain.push(anchor);
  }
  return chain.reverse();
}

function piecesOf(chain: readonly Anchor[]): readonly Anchor[][] {
  const pieces: Anchor[][] = [];
  let last: Anchor | undefined;
  for (const anchor of chain) {
    const detour = last === undefined ? 0 : anchor.message - last.message - (anchor.at - last.at);
    const piece = pieces.at(-1);
    if (piece === undefined || Math.abs(detour) > DETOUR_MAX) pieces.push([anchor]);
    else piece.push(anchor);
    last = anchor;
  }
  return pieces;
}

interface Around {
  readonly paragraph: Paragraph;
  readonly chain: readonly Anchor[];
  readonly claimed: Uint8Array;
  readonly message: Tokens;
  readonly read: (stretch: Stretch) => void;
}

/** The gaps between anchors, then both edges of the paragraph. */
function readAround({ paragraph, chain, claimed, message, read }: Around): void {
  let last: Anchor | undefined;
  for (const anchor of chain) {
    if (last !== undefined && anchor.at > last.at + 3 && anchor.message > last.message + 3) {
      read({ from: last.at + 3, to: anchor.at, first: last.message + 3, last: anchor.message });
    }
    last = anchor;
  }
  const head = chain[0];
  if (head !== undefined && head.at > paragraph.from) {
    const reach = head.at - paragraph.from + EDGE_SLACK;
    let first = head.message;
    while (first > 0 && head.message - first < reach && claimed[first - 1] === 0) {
      first--;
      if (message.id[first] === OPEN) break;
    }
    read({ from: paragraph.from, to: head.at, first, last: head.message });
  }
  if (last !== undefined && last.at + 3 < paragraph.to) {
    const reach = paragraph.to - last.at + EDGE_SLACK;
    let end = last.message + 3;
    while (end < message.count && end - last.message < reach && claimed[end] === 0) {
      end++;
      if (message.id[end - 1] === CLOSE) break;
    }
    read({ from: last.at + 3, to: paragraph.to, first: last.message + 3, last: end });
  }
}

function isUnread(match: Alignment, { from, to }: Paragraph): boolean {
  for (let at = from; at < to; at++) if ((match[at] ?? -1) >= 0) return false;
  return true;
}

interface Reading extends Stretch {
  readonly cells: Float64Array;
  readonly put: (at: number, token: number) => void;
}

/** Weighted longest common subsequence of a stretch, or its common ends where it is too large. */
function matchStretch(consensus: Consensus, message: Tokens, reading: Reading): void {
  const { from, to, first, last } = reading;
  const [rows, columns] = [to - from, last - first];
  if (rows <= 0 || columns <= 0) return;
  if ((rows + 1) * (columns + 1) > CELLS_MAX) {
    matchEnds(consensus, message, reading);
    return;
  }
  fillCells(consensus, message, reading);
  walkCells(reading);
}

/** `cells[row][column]`: the best score of what begins there. */
function fillCells({ id, weight }: Consensus, message: Tokens, reading: Reading): void {
  const { from, to, first, last, cells } = reading;
  const [rows, columns] = [to - from, last - first];
  const width = columns + 1;
  cells.fill(0, rows * width, (rows + 1) * width);
  for (let row = rows - 1; row >= 0; row--) {
    cells[row * width + columns] = 0;
    const token = id[from + row] ?? 0;
    const next = row + 1 < rows ? id[from + row + 1] : -1;
    for (let column = columns - 1; column >= 0; column--) {
      const cell = row * width + column;
      let best = Math.max(cells[cell + 1] ?? 0, cells[cell + width] ?? 0);
      if (token === message.id[first + column]) {
        const follows = column + 1 < columns && next === message.id[first + column + 1];
        const bonus = follows ? RUN_BONUS : 0;
        const score = (cells[cell + width + 1] ?? 0) + (weight[from + row] ?? 0) + bonus;
        if (score > best) best = score;
      }
      cells[cell] = best;
    }
  }
}

function walkCells({ from, to, first, last, cells, put }: Reading): void {
  const width = last - first + 1;
  let [at, token] = [from, first];
  while (at < to && token < last) {
    const cell = (at - from) * width + token - first;
    const value = cells[cell] ?? 0;
    if (value === (cells[cell + width] ?? 0)) at++;
    else if (value === (cells[cell + 1] ?? 0)) token++;
    else put(at++, token++);
  }
}

function matchEnds(consensus: Consensus, message: Tokens, reading: Reading): void {
  const { put } = reading;
  let { from, to, first, last } = reading;
  while (from < to && first < last && consensus.id[from] === message.id[first])
    put(from++, first++);
  while (to > from && last > first && consensus.id[to - 1] === message.id[last - 1])
    put(--to, --last);
}
