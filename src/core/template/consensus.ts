import { type Alignment, type Consensus, createAligner } from './align.ts';
import { CLOSE, OPEN, type Tokens } from './tokens.ts';

/** How the members read against a consensus: per token and per gap behind it. */
export interface Support {
  /** Members whose reading passes over the token. */
  readonly spanned: Uint32Array;
  /** Of them, members that say it. */
  readonly said: Uint32Array;
}

const ROUNDS = 3;
/** An insertion is adopted when this share of the members that cross the gap make it. */
const ADOPT_SHARE = 0.4;
const ADOPT_MIN = 3;
const INSERTION_MAX = 40;
/** A token stays while so many members pass over it, and this share of them say it. */
const KEEP_SPANNED_MIN = 2;
const KEEP_SPANNED_SHARE = 0.03;
const KEEP_SAID_SHARE = 0.06;
const WEIGHT_MIN = 0.05;
/** Paragraph marks get lost on the way; one that a fifth of the members keep is real. */
const PARAGRAPH_RANK = 0.8;

/**
 * The wording that the sampled members share: the most typical member, then in three rounds without
 * what the others do not say and with what they say instead. Method: docs/methods/campaigns.md.
 */
export function findConsensus(sample: readonly Tokens[]): Consensus {
  const typical = medoid(sample);
  let consensus: Consensus = {
    id: typical?.id ?? new Int32Array(),
    weight: new Float64Array(typical?.count ?? 0).fill(1),
  };
  for (let round = 0; round < ROUNDS; round++) {
    const align = createAligner(consensus);
    const alignments = sample.map(align);
    consensus = revised(consensus, sample, alignments);
  }
  return consensus;
}

/** Most of what is common, least of what is rare; among those that kept their paragraphs. */
function medoid(sample: readonly Tokens[]): Tokens | undefined {
  const holders = new Map<number, number>();
  const grams = sample.map(gramsOf);
  for (const set of grams) for (const gram of set) holders.set(gram, (holders.get(gram) ?? 0) + 1);
  const marks = sample.map(({ id }) =>
    id.reduce((sum, token) => sum + (token === OPEN ? 1 : 0), 0),
  );
  const enough =
    [...marks].sort((a, b) => a - b)[Math.floor(PARAGRAPH_RANK * (marks.length - 1))] ?? 0;
  let best: Tokens | undefined;
  let bestScore = Number.NEGATIVE_INFINITY;
  sample.forEach((tokens, at) => {
    if ((marks[at] ?? 0) < enough - 1) return;
    let score = 0;
    for (const gram of grams[at] ?? []) {
      const held = holders.get(gram) ?? 0;
      score += held <= 0.1 * sample.length ? -0.15 * sample.length : held;
    }
    if (score > bestScore) [best, bestScore] = [tokens, score];
  });
  return best;
}

function gramsOf({ id, count }: Tokens): ReadonlySet<number> {
  const grams = new Set<number>();
  for (let at = 0; at + 2 < count; at++) {
    grams.add(((id[at] ?? 0) * 2 ** 17 + (id[at + 1] ?? 0)) * 2 ** 17 + (id[at + 2] ?? 0));
  }
  return grams;
}

/**
 * Counts over paragraphs: a reading passes over everything between its first and last match there.
 */
export function supportOf(consensus: Consensus, alignments: readonly Alignment[]): Support {
  const size = consensus.id.length;
  const spanned = new Uint32Array(size);
  const said = new Uint32Array(size);
  for (const match of alignments) {
    eachSpan(consensus.id, match, (from, to) => {
      for (let at = from; at <= to; at++) {
        spanned[at] = (spanned[at] ?? 0) + 1;
        if ((match[at] ?? -1) >= 0) said[at] = (said[at] ?? 0) + 1;
      }
    });
  }
  return { spanned, said };
}

/** The stretch from the first to the last match of each paragraph, both included. */
function eachSpan(
  id: Int32Array,
  match: Alignment,
  visit: (from: number, to: number) => void,
): void {
  let first = -1;
  let last = -1;
  for (let at = 0; at < id.length; at++) {
    if (id[at] === OPEN && first >= 0) {
      visit(first, last);
      first = -1;
    }
    if ((match[at] ?? -1) >= 0) {
      if (first < 0) first = at;
      last = at;
    }
  }
  if (first >= 0) visit(first, last);
}

function revised(
  consensus: Consensus,
  sample: readonly Tokens[],
  alignments: readonly Alignment[],
): Consensus {
  const { spanned, said } = supportOf(consensus, alignments);
  const insertions = commonInsertions(consensus, sample, alignments);
  const id: number[] = [];
  const weight: number[] = [];
  const needed = Math.max(KEEP_SPANNED_MIN, KEEP_SPANNED_SHARE * sample.length);
  consensus.id.forEach((token, at) => {
    const support = (said[at] ?? 0) / Math.max(1, spanned[at] ?? 0);
    const kept = (spanned[at] ?? 0) >= needed && support >= KEEP_SAID_SHARE;
    if (kept || ((token === OPEN || token === CLOSE) && support > 0)) {
      id.push(token);
      weight.push(Math.max(WEIGHT_MIN, support));
    }
    for (const added of insertions[at] ?? []) {
      id.push(added);
      weight.push(ADOPT_SHARE);
    }
  });
  return { id: Int32Array.from(id), weight: Float64Array.from(weight) };
}

/** Per gap the tokens that members put there most often, if often enough. */
function commonInsertions(
  consensus: Consensus,
  sample: readonly Tokens[],
  alignments: readonly Alignment[],
): readonly (readonly number[] | undefined)[] {
  const crossings = new Uint32Array(consensus.id.length);
  const counts: (Map<string, number> | undefined)[] = [];
  alignments.forEach((match, member) => {
    const tokens = sample[member]?.id ?? new Int32Array();
    for (let at = 0; at + 1 < match.length; at++) {
      const [here, next] = [match[at] ?? -1, match[at + 1] ?? -1];
      if (here < 0 || next <= here || consensus.id[at + 1] === OPEN) continue;
      crossings[at] = (crossings[at] ?? 0) + 1;
      if (next === here + 1 || next - here > INSERTION_MAX) continue;
      const said = tokens.subarray(here + 1, next).join(' ');
      const seen = counts[at] ?? new Map<string, number>();
      counts[at] = seen;
      seen.set(said, (seen.get(said) ?? 0) + 1);
    }
  });
  return counts.map((seen, at) => {
    if (seen === undefined) return undefined;
    const [best] = [...seen].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
    if (best === undefined || best[1] < ADOPT_MIN) return undefined;
    if (best[1] < ADOPT_SHARE * (crossings[at] ?? 0)) return undefined;
    return best[0].split(' ').map(Number);
  });
}
