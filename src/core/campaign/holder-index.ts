import { createPostings, type Postings } from './postings.ts';

/**
 * Which lists of fingerprints hold one, for counting what another list shares with each of them.
 */
export interface HolderIndex {
  /**
   * Calls `each` once for every list that holds one of the fingerprints; what more than the most
   * lists hold is boilerplate and counts for none. Returns how many are no boilerplate.
   */
  shared(fingerprints: Uint32Array, each: (list: number, shared: number) => void): number;
}

/**
 * A fingerprint that one list alone holds has that list as its owner in the postings. One that
 * several hold is confirmed, and its owner is its place in `from`, where its holders begin.
 */
export function createHolderIndex(lists: readonly Uint32Array[], most: number): HolderIndex {
  const postings = createPostings();
  const { from, holders } = holdersOf(lists, postings, most);
  const counts = new Uint32Array(lists.length);
  const met = new Uint32Array(lists.length);
  let cast = 0;
  const count = (list: number): void => {
    const before = counts[list] ?? 0;
    if (before === 0) met[cast++] = list;
    counts[list] = before + 1;
  };
  return {
    shared: (fingerprints, each) => {
      cast = 0;
      let counted = fingerprints.length;
      for (let at = 0; at < fingerprints.length; at++) {
        const slot = postings.find(fingerprints[at] ?? 0);
        if (slot < 0) continue;
        const owner = postings.owner(slot);
        if (!postings.isConfirmed(slot)) {
          count(owner);
          continue;
        }
        const [first, end] = [from[owner] ?? 0, from[owner + 1] ?? 0];
        if (first === end) counted--;
        for (let place = first; place < end; place++) count(holders[place] ?? 0);
      }
      for (let at = 0; at < cast; at++) {
        const list = met[at] ?? 0;
        const shared = counts[list] ?? 0;
        counts[list] = 0;
        each(list, shared);
      }
      return counted;
    },
  };
}

/** Where the holders of each shared fingerprint begin, none for boilerplate, and the holders. */
function holdersOf(
  lists: readonly Uint32Array[],
  postings: Postings,
  most: number,
): { readonly from: Uint32Array; readonly holders: Uint32Array } {
  const { held, entries } = numberShared(lists, postings);
  const from = new Uint32Array(held.length + 1);
  for (const [entry, count] of held.entries()) {
    from[entry + 1] = (from[entry] ?? 0) + (count > most ? 0 : count);
  }
  const holders = new Uint32Array(from[held.length] ?? 0);
  const next = from.slice();
  let at = 0;
  for (let list = 0; list < lists.length; list++) {
    for (const end = at + (lists[list]?.length ?? 0); at < end; at++) {
      const entry = entries[at] ?? NOT_SHARED;
      if (entry === NOT_SHARED || (held[entry] ?? 0) > most) continue;
      const place = next[entry] ?? 0;
      holders[place] = list;
      next[entry] = place + 1;
    }
  }
  return { from, holders };
}

const NOT_SHARED = 0xffffffff;

/**
 * Numbers what several lists hold: how many do, and the number of each fingerprint of each list.
 */
function numberShared(
  lists: readonly Uint32Array[],
  postings: Postings,
): { readonly held: readonly number[]; readonly entries: Uint32Array } {
  let total = 0;
  for (const [list, fingerprints] of lists.entries()) {
    total += fingerprints.length;
    for (let i = 0; i < fingerprints.length; i++) {
      const slot = postings.insert(fingerprints[i] ?? 0, list);
      if (slot >= 0) postings.confirm(slot);
    }
  }
  const held: number[] = [];
  const entries = new Uint32Array(total).fill(NOT_SHARED);
  let at = 0;
  for (const fingerprints of lists) {
    for (let i = 0; i < fingerprints.length; i++, at++) {
      const slot = postings.find(fingerprints[i] ?? 0);
      if (!postings.isConfirmed(slot)) continue;
      if (postings.foreign(slot) === 0) {
        postings.meetElsewhere(slot);
        postings.move(slot, held.push(0) - 1);
      }
      const entry = postings.owner(slot);
      held[entry] = (held[entry] ?? 0) + 1;
      entries[at] = entry;
    }
  }
  return { held, entries };
}
