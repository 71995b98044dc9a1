import { createPostings } from './postings.ts';
import { createRoots } from './roots.ts';

/** Neighbours that a text may name. */
const NEIGHBOURS_MAX = 3;
/** Shared fingerprints of two neighbours: a count, and a share of the shorter text's. */
const SHARED_MIN = 5;
const SHARE_MIN = 0.14;
/** A fingerprint in more lone texts than this tells nothing of kin, and would cost too much. */
const HOLDERS_MAX = 200;

/** Kinship between two texts is weak evidence: it takes a company to believe it. */
export const COMPANY_MIN = 4;

/**
 * Companies of lone texts that mutual kinship holds together. `lone` numbers the texts. A sketch may
 * leave out what no other text holds, if `lengthOf` tells how many fingerprints the text has.
 */
export function kinCompanies(
  sketches: readonly Uint32Array[],
  lone: readonly number[],
  lengthOf = (text: number): number => sketches[text]?.length ?? 0,
): readonly (readonly number[])[] {
  const roots = createRoots();
  const place = new Map(lone.map((text) => [text, roots.add()]));
  for (const [a, b] of mutualKin(sketches, lone, lengthOf))
    roots.join(place.get(a) ?? 0, place.get(b) ?? 0);
  const companies = Map.groupBy(lone, (text) => roots.find(place.get(text) ?? 0));
  return [...companies.values()].filter(({ length }) => length >= COMPANY_MIN);
}

/**
 * Pairs of lone texts that are each among the other's nearest: what is left of a wording that varies
 * at every second word. Unrelated texts share a few set phrases at most.
 *
 * `lone` numbers the texts; at most {@link HOLDERS_MAX} comparisons a fingerprint.
 * Source: mutual k-nearest neighbours; separation measured in CAMPAIGN.md section 7.
 */
function mutualKin(
  sketches: readonly Uint32Array[],
  lone: readonly number[],
  lengthOf: (text: number) => number,
): readonly (readonly [number, number])[] {
  const holders = holdersOf(sketches, lone);
  const nearest = new Map<number, readonly number[]>();
  for (const text of lone) nearest.set(text, nearestOf(sketches, { text, lengthOf }, holders));
  const pairs: [number, number][] = [];
  for (const [text, others] of nearest) {
    for (const other of others) {
      if (other > text && nearest.get(other)?.includes(text)) pairs.push([text, other]);
    }
  }
  return pairs;
}

function holdersOf(
  sketches: readonly Uint32Array[],
  lone: readonly number[],
): ReadonlyMap<number, readonly number[]> {
  // Most fingerprints stand in one text only: a first pass keeps those out of the lists.
  const postings = createPostings();
  for (const text of lone) {
    for (const fingerprint of sketches[text] ?? []) {
      const slot = postings.find(fingerprint);
      if (slot < 0) postings.insert(fingerprint, text);
      else postings.confirm(slot);
    }
  }
  const shared = new Map<number, number[]>();
  for (const text of lone) {
    for (const fingerprint of sketches[text] ?? []) {
      if (!postings.isConfirmed(postings.find(fingerprint))) continue;
      const holders = shared.get(fingerprint);
      if (holders === undefined) shared.set(fingerprint, [text]);
      else holders.push(text);
    }
  }
  return shared;
}

function nearestOf(
  sketches: readonly Uint32Array[],
  { text, lengthOf }: { readonly text: number; readonly lengthOf: (text: number) => number },
  holders: ReadonlyMap<number, readonly number[]>,
): readonly number[] {
  const mine = sketches[text] ?? new Uint32Array();
  const shared = new Map<number, number>();
  for (const fingerprint of mine) {
    const others = holders.get(fingerprint);
    if (others === undefined || others.length > HOLDERS_MAX) continue;
    for (const other of others) {
      if (other !== text) shared.set(other, (shared.get(other) ?? 0) + 1);
    }
  }
  const close: { readonly other: number; readonly score: number }[] = [];
  for (const [other, count] of shared) {
    const score = count / Math.max(1, Math.min(lengthOf(text), lengthOf(other)));
    if (count >= SHARED_MIN && score >= SHARE_MIN) close.push({ other, score });
  }
  return close
    .sort((a, b) => b.score - a.score || a.other - b.other)
    .slice(0, NEIGHBOURS_MAX)
    .map(({ other }) => other);
}
