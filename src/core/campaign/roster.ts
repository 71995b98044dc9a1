import { OWNERS_MAX } from './postings.ts';
import { createRoots } from './roots.ts';

/** A message alone in its cluster, with all of its fingerprints. */
export interface Lone {
  readonly message: number;
  readonly fingerprints: Uint32Array;
}

/** What a message brings to its place. */
export interface Poll {
  readonly fingerprints: Uint32Array;
  /** How many are no boilerplate. */
  readonly counted: number;
  /** How many another message holds too. */
  readonly met: number;
}

/** What a stream knows of its clusters, each named by its root. */
export interface Roster {
  /** A message of its own; returns its number. */
  add(poll: Poll): number;
  /** Messages, so the number that the next one gets. */
  count(): number;
  find(message: number): number;
  size(root: number): number;
  /** Counted fingerprints of a mean member. */
  mean(root: number): number;
  /** The latest member's fingerprints. */
  witness(root: number): Uint32Array | undefined;
  /** One more of the message's fingerprints stands in another message too. */
  meet(message: number): void;
  /** Messages alone in their cluster that share at least so much with others, ascending. */
  lone(sharedMin: number): readonly Lone[];
  welcome(root: number, message: number, fingerprints: Uint32Array): void;
  /** One more message belongs to both; they are one once a quorum says so. */
  bridge(a: number, b: number): void;
  bytes(): number;
}

/** Messages that must accept both of two clusters before these are one: a count, and a share. */
const QUORUM_MIN = 3;
const QUORUM_SHARE = 0.1;
/** Two message numbers below this make one exact number. */
const MESSAGES_MAX = OWNERS_MAX + 1;

export function createRoster(): Roster {
  const roots = createRoots();
  const size: number[] = [];
  const core: number[] = [];
  const witness: (Uint32Array | undefined)[] = [];
  /** Of a message's fingerprints, so many stand in another one too. */
  const shared: number[] = [];
  const bridges = new Map<number, number>();

  const join = (a: number, b: number): number => {
    const [x, y] = [roots.find(a), roots.find(b)];
    if (x === y) return x;
    const root = roots.join(x, y);
    const other = root === x ? y : x;
    size[root] = (size[root] ?? 0) + (size[other] ?? 0);
    core[root] = (core[root] ?? 0) + (core[other] ?? 0);
    witness[other] = undefined;
    return root;
  };

  return {
    add: ({ fingerprints, counted, met }) => {
      size.push(1);
      core.push(counted);
      witness.push(fingerprints);
      shared.push(met);
      return roots.add();
    },
    count: roots.count,
    find: roots.find,
    size: (root) => size[root] ?? 1,
    mean: (root) => (core[root] || 1) / (size[root] ?? 1),
    witness: (root) => witness[root],
    meet: (message) => {
      shared[message] = (shared[message] ?? 0) + 1;
    },
    lone: (sharedMin) => {
      const lone: Lone[] = [];
      for (const [message, fingerprints] of witness.entries()) {
        if (fingerprints === undefined || size[message] !== 1) continue;
        if (roots.find(message) !== message) continue;
        if ((shared[message] ?? 0) >= sharedMin * fingerprints.length)
          lone.push({ message, fingerprints });
      }
      return lone;
    },
    welcome: (root, message, fingerprints) => {
      witness[join(root, message)] = fingerprints;
    },
    bridge: (a, b) => {
      const [x, y] = [roots.find(a), roots.find(b)];
      if (x === y) return;
      const key = Math.min(x, y) * MESSAGES_MAX + Math.max(x, y);
      const seen = (bridges.get(key) ?? 0) + 1;
      const smaller = Math.min(size[x] ?? 1, size[y] ?? 1);
      if (seen < Math.max(QUORUM_MIN, QUORUM_SHARE * smaller)) bridges.set(key, seen);
      else {
        bridges.delete(key);
        join(x, y);
      }
    },
    bytes: () => witness.reduce((sum, held) => sum + 48 + (held?.byteLength ?? 0), 0),
  };
}
