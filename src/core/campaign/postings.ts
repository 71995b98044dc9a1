/**
 * Which message first brought each fingerprint, and how often it was met outside that message's
 * cluster and inside it: an open-addressing table in typed arrays, 10 bytes a slot.
 */
export interface Postings {
  /** The slot of a fingerprint, or -1. */
  find(fingerprint: number): number;
  insert(fingerprint: number, owner: number): void;
  owner(slot: number): number;
  /** Another message owns the entry from here on; what was met elsewhere is forgotten. */
  own(slot: number, owner: number): void;
  /** Another owner, with all counts kept. */
  move(slot: number, owner: number): void;
  /** Messages outside the owner's cluster that brought the entry; stays at {@link FOREIGN_MAX}. */
  foreign(slot: number): number;
  meetElsewhere(slot: number): void;
  /** Another message brought the entry, wherever it belongs. */
  meet(slot: number): void;
  isMet(slot: number): boolean;
  /** Whether a second member of the owner's cluster brought the entry. */
  isConfirmed(slot: number): boolean;
  confirm(slot: number): void;
  /** Bytes held. */
  bytes(): number;
}

const FOREIGN_MAX = 255;
const LOAD_MAX = 0.6;
const FIRST_SLOTS = 1 << 12;
const FREE = -1;
const CONFIRMED = 1;
const MET = 2;

export function createPostings(): Postings {
  let keys = new Uint32Array(FIRST_SLOTS);
  let owners = new Int32Array(FIRST_SLOTS).fill(FREE);
  let foreigns = new Uint8Array(FIRST_SLOTS);
  let flags = new Uint8Array(FIRST_SLOTS);
  let mask = FIRST_SLOTS - 1;
  let used = 0;

  /** The slot of the fingerprint, or the free one where it would go. */
  const probe = (fingerprint: number): number => {
    let slot = Math.imul(fingerprint, 0x9e3779b1) & mask;
    while (owners[slot] !== FREE && keys[slot] !== fingerprint) slot = (slot + 1) & mask;
    return slot;
  };

  const grow = (): void => {
    const [oldKeys, oldOwners, oldForeigns, oldFlags] = [keys, owners, foreigns, flags];
    const slots = (mask + 1) * 2;
    keys = new Uint32Array(slots);
    owners = new Int32Array(slots).fill(FREE);
    foreigns = new Uint8Array(slots);
    flags = new Uint8Array(slots);
    mask = slots - 1;
    for (let old = 0; old < oldKeys.length; old++) {
      const owner = oldOwners[old] ?? FREE;
      if (owner === FREE) continue;
      const slot = probe(oldKeys[old] ?? 0);
      keys[slot] = oldKeys[old] ?? 0;
      owners[slot] = owner;
      foreigns[slot] = oldForeigns[old] ?? 0;
      flags[slot] = oldFlags[old] ?? 0;
    }
  };

  return {
    find: (fingerprint) => {
      const slot = probe(fingerprint);
      return owners[slot] === FREE ? -1 : slot;
    },
    insert: (fingerprint, owner) => {
      if (used + 1 > (mask + 1) * LOAD_MAX) grow();
      const slot = probe(fingerprint);
      if (owners[slot] === FREE) used++;
      keys[slot] = fingerprint;
      owners[slot] = owner;
    },
    owner: (slot) => owners[slot] ?? FREE,
    own: (slot, owner) => {
      owners[slot] = owner;
      foreigns[slot] = 0;
      flags[slot] = (flags[slot] ?? 0) & MET;
    },
    move: (slot, owner) => {
      owners[slot] = owner;
    },
    foreign: (slot) => foreigns[slot] ?? 0,
    meetElsewhere: (slot) => {
      const met = foreigns[slot] ?? 0;
      if (met < FOREIGN_MAX) foreigns[slot] = met + 1;
    },
    meet: (slot) => {
      flags[slot] = (flags[slot] ?? 0) | MET;
    },
    isMet: (slot) => ((flags[slot] ?? 0) & MET) !== 0,
    isConfirmed: (slot) => ((flags[slot] ?? 0) & CONFIRMED) !== 0,
    confirm: (slot) => {
      flags[slot] = MET | CONFIRMED;
    },
    bytes: () => (mask + 1) * 10,
  };
}
