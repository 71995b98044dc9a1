import { createPostings, type Postings } from './postings.ts';

/** Which lists of fingerprints hold one, for counting what another list shares with each of them. */
export interface HolderIndex {
  /**
   * Calls `each` once for every list that holds one of the fingerprints; what more than the most
   * lists hold is boilerplate and counts for none.
   */
  shared(fingerprints: Uint32Array, each: (list: number, shared: number) => void): void;
  isBoilerplate(fingerprint: number): boolean;
}

/**
 * A fingerprint that one list alone holds has that list as its owner in the postings. One that
 * several hold is confirmed, and its owner is its place in `from`, where its holders begin.
 */
export function createHolderIndex(lists: readonly Uint32Array[], most: number): HolderIndex {
  const postings = createPostings();
  const { held, from } = numberShared(lists, postings, most);
  const holders = new Uint32Array(from[held.length] ?? 0);
  const filled = new Uint32Array(held.length);
  eachShared(lists, postings, (slot, list) => {
    const entry = postings.owner(slot);
    const place = filled[entry] ?? 0;
    if ((held[entry] ?? 0) > most) return;
    holders[(from[entry] ?? 0) + place] = list;
    filled[entry] = place + 1;
  });
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
      for (let at = 0; at < fingerprints.length; at++) {
        const slot = postings.find(fingerprints[at] ?? 0);
        if (slot < 0) continue;
        const owner = postings.owner(slot);
        if (!postings.isConfirmed(slot)) count(owner);
        else for (let p = from[owner] ?? 0; p < (from[owner + 1] ?? 0); p++) count(holders[p] ?? 0);
      }
      for (let at = 0; at < cast; at++) {
        const list = met[at] ?? 0;
        const shared = counts[list] ?? 0;
        counts[list] = 0;
        each(list, shared);
      }
    },
    isBoilerplate: (fingerprint) => {
      const slot = postings.find(fingerprint);
      return slot >= 0 && postings.isConfirmed(slot) && (held[postings.owner(slot)] ?? 0) > most;
    },
  };
}

/** Numbers what several lists hold: how many do, and where the holders of each begin. */
function numberShared(
  lists: readonly Uint32Array[],
  postings: Postings,
  most: number,
): { readonly held: readonly number[]; readonly from: Uint32Array } {
  for (const [list, fingerprints] of lists.entries()) {
    for (const fingerprint of fingerprints) {
      const slot = postings.insert(fingerprint, list);
      if (slot >= 0) postings.confirm(slot);
    }
  }
  const held: number[] = [];
  eachShared(lists, postings, (slot) => {
    if (postings.foreign(slot) === 0) {
      postings.meetElsewhere(slot);
      postings.move(slot, held.push(0) - 1);
    }
    const entry = postings.owner(slot);
    held[entry] = (held[entry] ?? 0) + 1;
  });
  const from = new Uint32Array(held.length + 1);
  for (const [entry, count] of held.entries()) {
    from[entry + 1] = (from[entry] ?? 0) + (count > most ? 0 : count);
  }
  return { held, from };
}

function eachShared(
  lists: readonly Uint32Array[],
  postings: Postings,
  each: (slot: number, list: number) => void,
): void {
  for (const [list, fingerprints] of lists.entries()) {
    for (const fingerprint of fingerprints) {
      const slot = postings.find(fingerprint);
      if (postings.isConfirmed(slot)) each(slot, list);
    }
  }
}
