import { OWNERS_MAX } from './postings.ts';
import { createRoots } from './roots.ts';

/** A message alone in its cluster, with all of its fingerprints. */
export interface Lone {
  readonly message: number;
  readonly fingerprints: Uint32Array;
}

/** What a stream knows of its clusters, each named by its root. */
export interface Roster {
  /** A message of its own; returns its number. `counted`: its fingerprints that are no boilerplate. */
  add(counted: number, fingerprints: Uint32Array): number;
  find(message: number): number;
  size(root: number): number;
  /** Counted fingerprints of a mean member. */
  mean(root: number): number;
  /** The latest member's fingerprints. */
  witness(root: number): Uint32Array | undefined;
  /** Messages alone in their cluster, ascending. */
  lone(): readonly Lone[];
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
    add: (counted, fingerprints) => {
      size.push(1);
      core.push(counted);
      witness.push(fingerprints);
      return roots.add();
    },
    find: roots.find,
    size: (root) => size[root] ?? 1,
    mean: (root) => (core[root] || 1) / (size[root] ?? 1),
    witness: (root) => witness[root],
    lone: () =>
      witness.flatMap((fingerprints, message) =>
        fingerprints === undefined || size[message] !== 1 || roots.find(message) !== message
          ? []
          : [{ message, fingerprints }],
      ),
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
    bytes: () => witness.reduce((sum, held) => sum + 40 + (held?.byteLength ?? 0), 0),
  };
}
