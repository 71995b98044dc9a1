/**
 * Which message first brought each fingerprint, and how often it was met outside that message's
 * cluster and inside it: an open-addressing table, 8 bytes a slot that lie side by side, for it is
 * reading memory at random that costs.
 */
export interface Postings {
  /** The slot of a fingerprint, or -1. Slots hold until the next `insert` or `reserve`. */
  find(fingerprint: number): number;
  /** Makes room, so that slots hold through so many inserts. */
  reserve(inserts: number): void;
  /** Returns the slot of the fingerprint where it stands already, else adds it and returns -1. */
  insert(fingerprint: number, owner: number): number;
  owner(slot: number): number;
  /** Another message owns the entry from here on; what was met elsewhere is forgotten. */
  own(slot: number, owner: number): void;
  /** Another owner, with all counts kept. */
  move(slot: number, owner: number): void;
  /** Messages outside the owner's cluster that brought the entry; stays at {@link FOREIGN_MAX}. */
  foreign(slot: number): number;
  meetElsewhere(slot: number): void;
  /** Another message brought the entry, wherever it belongs; true where it is the second one. */
  meet(slot: number): boolean;
  isMet(slot: number): boolean;
  /** Whether a second member of the owner's cluster brought the entry. */
  isConfirmed(slot: number): boolean;
  confirm(slot: number): void;
  /** Bytes held. */
  bytes(): number;
}

/** Owners stay below this. */
export const OWNERS_MAX = 2 ** 26 - 1;

/** More than any limit that the count is held against. */
const FOREIGN_MAX = 15;
const CONFIRMED = 16;
const MET = 32;
const OWNER_SHIFT = 6;
/** All bits set: the owner that no message is. */
const FREE = -1;
const LOAD_MAX = 0.6;
const FIRST_SLOTS = 1 << 12;

export function createPostings(): Postings {
  /** Fingerprint, then owner and counts, of each slot. */
  let table = new Int32Array(2 * FIRST_SLOTS).fill(FREE);
  let mask = FIRST_SLOTS - 1;
  let used = 0;
  let room = FIRST_SLOTS * LOAD_MAX;

  /** The slot of the fingerprint, or the free one where it would go. */
  const probe = (fingerprint: number): number => {
    const key = fingerprint | 0;
    let slot = Math.imul(key, 0x9e3779b1) & mask;
    while (table[2 * slot + 1] !== FREE && table[2 * slot] !== key) slot = (slot + 1) & mask;
    return slot;
  };

  const grow = (): void => {
    const old = table;
    const slots = (mask + 1) * 2;
    table = new Int32Array(2 * slots).fill(FREE);
    mask = slots - 1;
    room = slots * LOAD_MAX;
    for (let at = 0; at < old.length; at += 2) {
      const state = old[at + 1] ?? FREE;
      if (state === FREE) continue;
      const slot = probe(old[at] ?? 0);
      table[2 * slot] = old[at] ?? 0;
      table[2 * slot + 1] = state;
    }
  };

  const reserve = (inserts: number): void => {
    while (used + inserts > room) grow();
  };

  const state = (slot: number): number => table[2 * slot + 1] ?? 0;

  return {
    find: (fingerprint) => {
      const slot = probe(fingerprint);
      return table[2 * slot + 1] === FREE ? -1 : slot;
    },
    reserve,
    insert: (fingerprint, owner) => {
      reserve(1);
      const slot = probe(fingerprint);
      if (table[2 * slot + 1] !== FREE) return slot;
      used++;
      table[2 * slot] = fingerprint | 0;
      table[2 * slot + 1] = owner << OWNER_SHIFT;
      return -1;
    },
    owner: (slot) => state(slot) >>> OWNER_SHIFT,
    own: (slot, owner) => {
      table[2 * slot + 1] = (owner << OWNER_SHIFT) | (state(slot) & MET);
    },
    move: (slot, owner) => {
      table[2 * slot + 1] =
        (owner << OWNER_SHIFT) | (state(slot) & (MET | CONFIRMED | FOREIGN_MAX));
    },
    foreign: (slot) => state(slot) & FOREIGN_MAX,
    meetElsewhere: (slot) => {
      if ((state(slot) & FOREIGN_MAX) < FOREIGN_MAX) table[2 * slot + 1] = state(slot) + 1;
    },
    meet: (slot) => {
      const before = state(slot);
      if ((before & MET) !== 0) return false;
      table[2 * slot + 1] = before | MET;
      return true;
    },
    isMet: (slot) => slot >= 0 && (state(slot) & MET) !== 0,
    isConfirmed: (slot) => (state(slot) & CONFIRMED) !== 0,
    confirm: (slot) => {
      table[2 * slot + 1] = state(slot) | CONFIRMED | MET;
    },
    bytes: () => table.byteLength,
  };
}
