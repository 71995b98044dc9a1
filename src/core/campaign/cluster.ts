import { createPostings } from './postings.ts';
import { createRoots } from './roots.ts';
import type { Sketch } from './sketch.ts';

/** Where a message went when it arrived. `cluster` is the id of the cluster's first member. */
export interface Placement {
  readonly cluster: string;
  /** Share of the message's own fingerprints found in the cluster, 0 to 1. */
  readonly containment: number;
  readonly joined: boolean;
}

export interface Cluster {
  /** Id of the first member in the order of adding. */
  readonly id: string;
  readonly members: readonly string[];
}

export interface Clustering {
  /** Two members or more, largest first, then by id. */
  readonly clusters: readonly Cluster[];
  readonly unclustered: readonly string[];
}

/** Streaming grouping: each message joins at once (CAMPAIGN.md section 3). Mutable by nature. */
export interface Clusterer {
  add(id: string, sketch: Sketch): Placement;
  result(): Clustering;
}

/** Shared fingerprints below which nothing is said: chance and set phrases. */
const SHARED_MIN = 4;
/** The larger of the two containments: message in cluster, mean member in message. */
const CONTAINED_MIN = 0.55;
/** The smaller: one long text that quotes everything is no member of everything. */
const CONTAINING_MIN = 0.12;
/** Met in so many messages outside its owner's cluster, a fingerprint is boilerplate. */
const BOILERPLATE_FROM = 6;
/** Messages that must accept both of two clusters before these are one: a count, and a share. */
const QUORUM_MIN = 3;
const QUORUM_SHARE = 0.1;
/** A single message of which the newcomer covers less than this is a digest, not a twin. */
const TWIN_MIN = 0.5;

/** A match of which less than this is confirmed by a second member rests on one member alone. */
const CONFIRMED_MIN = 0.2;

interface Votes {
  shared: number;
  /** Of them, brought by at least two members of the cluster. */
  confirmed: number;
}

interface Candidate {
  readonly root: number;
  readonly votes: Votes;
  /** Share of the message found in the cluster. */
  readonly inCluster: number;
  /** Share of the cluster's mean member found in the message. */
  readonly inMessage: number;
}

/**
 * A streaming clusterer: inverted index over fingerprints, containment judged both ways, learnt
 * boilerplate, and two guards against a message that quotes several campaigns (a merge needs a
 * quorum of messages; a text contained in a lone longer one takes its fingerprints over).
 *
 * O(fingerprints) a message, about 300 bytes of memory each. Source: CAMPAIGN.md section 3.
 */
export function createClusterer(): Clusterer {
  const postings = createPostings();
  const roots = createRoots();
  const ids: string[] = [];
  /** Per root: members, and the sum of their counted fingerprints. */
  const size: number[] = [];
  const core: number[] = [];
  const votes = new Map<number, Votes>();
  const bridges = new Map<number, number>();

  /** Counts votes; returns how many fingerprints are no boilerplate. */
  const poll = (fingerprints: Uint32Array): number => {
    votes.clear();
    let counted = fingerprints.length;
    for (const fingerprint of fingerprints) {
      const slot = postings.find(fingerprint);
      if (slot < 0) continue;
      if (postings.foreign(slot) >= BOILERPLATE_FROM) counted--;
      else {
        const root = roots.find(postings.owner(slot));
        const tally = votes.get(root) ?? { shared: 0, confirmed: 0 };
        if (tally.shared++ === 0) votes.set(root, tally);
        if (postings.isConfirmed(slot)) tally.confirmed++;
      }
    }
    return counted;
  };

  const join = (a: number, b: number): number => {
    const [x, y] = [roots.find(a), roots.find(b)];
    if (x === y) return x;
    const root = roots.join(x, y);
    size[root] = (size[x] ?? 0) + (size[y] ?? 0);
    core[root] = (core[x] ?? 0) + (core[y] ?? 0);
    return root;
  };

  const bridge = (best: number, other: number): void => {
    const [x, y] = [roots.find(best), roots.find(other)];
    if (x === y) return;
    const key = Math.min(x, y) * 2 ** 26 + Math.max(x, y);
    const seen = (bridges.get(key) ?? 0) + 1;
    const smaller = Math.min(size[x] ?? 1, size[y] ?? 1);
    if (seen < Math.max(QUORUM_MIN, QUORUM_SHARE * smaller)) bridges.set(key, seen);
    else {
      bridges.delete(key);
      join(x, y);
    }
  };

  const settle = (mine: number, fingerprints: Uint32Array, takeFrom: number): void => {
    const home = roots.find(mine);
    for (const fingerprint of fingerprints) {
      const slot = postings.find(fingerprint);
      if (slot < 0) postings.insert(fingerprint, mine);
      else {
        const owner = roots.find(postings.owner(slot));
        if (owner === takeFrom) postings.own(slot, mine);
        else if (owner === home) postings.confirm(slot);
        else postings.meetElsewhere(slot);
      }
    }
  };

  return {
    add: (id, { fingerprints }) => {
      const counted = poll(fingerprints);
      const found = accepted(votes, counted, (root) => (core[root] || 1) / (size[root] ?? 1));
      const mine = roots.add();
      ids.push(id);
      size.push(1);
      core.push(counted);
      const verdict = judge(found, (root) => size[root] ?? 1);
      if (verdict.kind === 'join') {
        join(verdict.best.root, mine);
        for (const other of found.slice(1)) bridge(verdict.best.root, other.root);
      }
      settle(mine, fingerprints, verdict.kind === 'take over' ? verdict.best.root : -1);
      return {
        cluster: ids[roots.find(mine)] ?? id,
        containment: Math.min(1, found[0]?.inCluster ?? 0),
        joined: verdict.kind === 'join',
      };
    },
    result: () => grouped(ids, roots.find),
  };
}

/** Who passes both containments, most shared first. `meanOf`: counted fingerprints of a mean member. */
function accepted(
  votes: ReadonlyMap<number, Votes>,
  counted: number,
  meanOf: (root: number) => number,
): readonly Candidate[] {
  const found: Candidate[] = [];
  for (const [root, tally] of votes) {
    const { shared } = tally;
    if (shared < SHARED_MIN) continue;
    const inCluster = shared / counted;
    const inMessage = shared / meanOf(root);
    const [low, high] = [Math.min(inCluster, inMessage), Math.max(inCluster, inMessage)];
    if (high >= CONTAINED_MIN && low >= CONTAINING_MIN) {
      found.push({ root, votes: tally, inCluster, inMessage });
    }
  }
  return found.sort((a, b) => b.votes.shared - a.votes.shared || a.root - b.root);
}

type Verdict =
  | { readonly kind: 'alone' }
  | { readonly kind: 'join'; readonly best: Candidate }
  | { readonly kind: 'take over'; readonly best: Candidate };

function judge(found: readonly Candidate[], sizeOf: (root: number) => number): Verdict {
  const best = found[0];
  if (best === undefined) return { kind: 'alone' };
  if (found.length > 1 && best.inCluster < CONTAINED_MIN) return { kind: 'alone' };
  return { kind: isOverDigest(best, sizeOf(best.root)) ? 'take over' : 'join', best };
}

/**
 * Whether the match is only with one member, which quotes more than the newcomer's wording: a lone
 * longer text, or the one member of a cluster that says what the newcomer says.
 */
function isOverDigest({ votes, inCluster, inMessage }: Candidate, size: number): boolean {
  if (size === 1) return inCluster >= CONTAINED_MIN && inMessage < TWIN_MIN;
  return votes.confirmed < CONFIRMED_MIN * votes.shared;
}

function grouped(ids: readonly string[], rootOf: (member: number) => number): Clustering {
  const members = new Map<number, string[]>();
  ids.forEach((id, index) => {
    const root = rootOf(index);
    const group = members.get(root);
    if (group === undefined) members.set(root, [id]);
    else group.push(id);
  });
  const clusters: Cluster[] = [];
  const unclustered: string[] = [];
  for (const group of members.values()) {
    const [id] = group;
    if (id === undefined) continue;
    if (group.length === 1) unclustered.push(id);
    else clusters.push({ id, members: group });
  }
  clusters.sort((a, b) => b.members.length - a.members.length || (a.id < b.id ? -1 : 1));
  return { clusters, unclustered };
}
