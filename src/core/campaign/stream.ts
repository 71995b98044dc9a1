import { type Ballot, createBallot } from './ballot.ts';
import { createPostings, type Postings } from './postings.ts';
import { createRoster, type Lone, type Poll, type Roster } from './roster.ts';
import { createUsers, type Users } from './users.ts';

/** Where a message went, by numbers in the order of adding. */
export interface Arrival {
  readonly message: number;
  /** The cluster: number of its first message. */
  readonly root: number;
  /** Share of the message's fingerprints found there, 0 to 1. */
  readonly inCluster: number;
  readonly joined: boolean;
}

/** A message with what could make others its kin. */
export interface Known {
  readonly message: number;
  /** Those of its fingerprints that another message holds too, set phrases left out. */
  readonly fingerprints: Uint32Array;
  /** How many it has, set phrases left out. */
  readonly counted: number;
}

/** A cluster of fewer members is no witness that a phrase is common. */
const USER_MEMBERS_MIN = 5;

/** The streaming join on bare fingerprints; see `cluster.ts` for ids. Mutable by nature. */
export interface Stream {
  add(fingerprints: Uint32Array): Arrival;
  rootOf(message: number): number;
  /** Messages alone in their cluster that share at least so much with others, ascending. */
  lone(sharedMin: number): readonly Known[];
  /** Makes one cluster of messages that a later look found to be one. */
  unite(members: readonly Known[]): void;
  /** Bytes that the index holds. */
  bytes(): number;
}

/** Shared fingerprints below which nothing is said: chance and set phrases. */
const SHARED_MIN = 4;
/** The larger of the two containments: message in cluster, mean member in message. */
const CONTAINED_MIN = 0.55;
/** A cluster of so many knows its variants: a newcomer must fit better, or it is a sibling. */
const ESTABLISHED = 8;
const ESTABLISHED_MIN = 0.64;
/** The smaller: one long text that quotes everything is no member of everything. */
const CONTAINING_MIN = 0.12;
/** Met in so many messages outside its owner's cluster, a fingerprint is boilerplate. */
const BOILERPLATE_FROM = 6;
/** A message this close to a cluster without joining is a relative, no proof of boilerplate. */
const NEAR_MIN = 0.25;
/** Below this share of its own fingerprints a root is no candidate for a message. */
const STRONG_MIN = 0.12;
/** So many candidates are compared whole, for bounded work. */
const COMPARED_MAX = 4;
/** A second cluster counts for a merge only when it explains nearly as much as the first. */
const BRIDGE_SHARE = 0.8;
/** A single message of which the newcomer covers less than this is a digest, not a twin. */
const TWIN_MIN = 0.5;

/** Of a cluster's mean member: a newcomer that covers less met a cluster of digests. */
const DIGEST_MIN = 0.25;
/** A match of which less than this is confirmed by a second member rests on one member alone. */
const CONFIRMED_MIN = 0.2;

interface Candidate {
  readonly root: number;
  /** Votes for it. */
  readonly shared: number;
  /** Share of the message found in the cluster. */
  readonly inCluster: number;
  /** Share of the cluster's mean member found in the message. */
  readonly inMessage: number;
  /** By which candidates are ranked: share of the message explained. */
  readonly score: number;
}

/**
 * Inverted index over fingerprints, containment judged both ways, learnt boilerplate, and two
 * guards against a message that quotes several campaigns: a merge needs a quorum of messages, and a
 * text that only one longer member contains takes its fingerprints over.
 *
 * O(fingerprints) a message. Method: docs/methods/campaigns.md.
 */
export function createStream(): Stream {
  const postings = createPostings();
  const roster = createRoster();
  const votes = createBallot();
  /** Where the fingerprints of the message stand, -1 for those that nobody brought yet. */
  let slots = new Int32Array(1 << 10);
  const users = createUsers();

  /** Counts votes, and makes the message the owner of what nobody brought yet. */
  const poll = (mine: number, fingerprints: Uint32Array): Poll => {
    votes.clear();
    postings.reserve(fingerprints.length);
    if (slots.length < fingerprints.length) slots = new Int32Array(2 * fingerprints.length);
    let counted = fingerprints.length;
    let met = 0;
    for (let at = 0; at < fingerprints.length; at++) {
      const slot = postings.insert(fingerprints[at] ?? 0, mine);
      const owner = slot < 0 ? mine : postings.owner(slot);
      const isOld = owner !== mine;
      slots[at] = isOld ? slot : -1;
      if (!isOld) continue;
      met++;
      if (postings.meet(slot)) roster.meet(owner);
      if (postings.foreign(slot) >= BOILERPLATE_FROM) counted--;
      else votes.cast(roster.find(owner), postings.isConfirmed(slot));
    }
    return { fingerprints, counted, met };
  };

  const settle = (mine: number, fingerprints: Uint32Array, takeFrom: number): void => {
    const home = roster.find(mine);
    const isCluster = roster.size(home) >= USER_MEMBERS_MIN;
    const isNear = (root: number): boolean => {
      const shared = votes.shared(root);
      return shared >= SHARED_MIN && shared >= NEAR_MIN * fingerprints.length;
    };
    for (let at = 0; at < fingerprints.length; at++) {
      const slot = slots[at] ?? -1;
      if (slot < 0) continue;
      const owner = roster.find(postings.owner(slot));
      if (owner === takeFrom) postings.own(slot, mine);
      else if (owner === home) postings.confirm(slot);
      else if (!isNear(owner)) {
        postings.meetElsewhere(slot);
        if (isCluster && postings.foreign(slot) >= BOILERPLATE_FROM)
          users.note(fingerprints[at] ?? 0, home);
      }
    }
  };

  return {
    add: (fingerprints) => {
      const polled = poll(roster.count(), fingerprints);
      const found = accepted(candidates(votes, polled, roster));
      const mine = roster.add(polled);
      const quotes = quotedClusters(votes, roster) > 1;
      const verdict = judge(found, { quotes, votes, sizeOf: roster.size });
      if (verdict.kind === 'join') {
        const { root, score } = verdict.best;
        roster.welcome(root, mine, fingerprints);
        for (const other of found.slice(1)) {
          if (other.score >= BRIDGE_SHARE * score) roster.bridge(root, other.root);
        }
      }
      settle(mine, fingerprints, verdict.kind === 'take over' ? verdict.best.root : -1);
      return {
        message: mine,
        root: roster.find(mine),
        inCluster: Math.min(1, found[0]?.inCluster ?? 0),
        joined: verdict.kind === 'join',
      };
    },
    rootOf: roster.find,
    lone: (sharedMin) => roster.lone(sharedMin).map((text) => known(text, postings, users)),
    unite: (members) => unite(members, roster, postings),
    bytes: () => postings.bytes() + roster.bytes(),
  };
}

function known({ message, fingerprints }: Lone, postings: Postings, users: Users): Known {
  let counted = fingerprints.length;
  const met = fingerprints.slice();
  let kept = 0;
  for (const each of fingerprints) {
    if (!postings.isMet(postings.find(each))) continue;
    if (users.areSeveral(each)) counted--;
    else met[kept++] = each;
  }
  return { message, fingerprints: met.subarray(0, kept), counted };
}

const NO_FINGERPRINTS = new Uint32Array();

function unite(members: readonly Known[], roster: Roster, postings: Postings): void {
  const [first, ...others] = members;
  if (first === undefined) return;
  for (const { message } of others) {
    const [home, other] = [roster.find(first.message), roster.find(message)];
    if (home !== other) roster.welcome(home, message, roster.witness(other) ?? NO_FINGERPRINTS);
  }
  const home = roster.find(first.message);
  const own: number[] = [];
  for (const { fingerprints } of members) {
    for (const fingerprint of fingerprints) {
      const slot = postings.find(fingerprint);
      if (slot >= 0 && roster.find(postings.owner(slot)) === home) own.push(slot);
    }
  }
  // What they met in each other was counted as met elsewhere: it is their own.
  for (const slot of own) postings.own(slot, home);
  const seen = new Set<number>();
  for (const slot of own) {
    if (seen.has(slot)) postings.confirm(slot);
    seen.add(slot);
  }
}

/**
 * Each root with votes enough. Where one text alone could explain the votes (none is enough, or
 * several roots share them), the latest member is compared whole: siblings that share half of their
 * text part there.
 */
function candidates(
  votes: Ballot,
  { fingerprints, counted }: Poll,
  roster: Roster,
): readonly Candidate[] {
  const strong: Candidate[] = [];
  for (const root of votes.roots()) {
    const shared = votes.shared(root);
    if (shared < SHARED_MIN || shared < STRONG_MIN * counted) continue;
    const inCluster = shared / counted;
    const inMessage = shared / roster.mean(root);
    strong.push({ root, shared, inCluster, inMessage, score: inCluster });
  }
  const [only] = strong;
  if (strong.length === 1 && only !== undefined && only.inCluster >= CONTAINED_MIN) return strong;
  return strong
    .sort((a, b) => b.shared - a.shared || a.root - b.root)
    .slice(0, COMPARED_MAX)
    .map((candidate) => withWitness(candidate, fingerprints, roster.witness(candidate.root)));
}

function withWitness(
  candidate: Candidate,
  fingerprints: Uint32Array,
  witness: Uint32Array | undefined,
): Candidate {
  if (witness === undefined) return candidate;
  const shared = sharedCount(fingerprints, witness);
  const inCluster = shared / Math.max(1, fingerprints.length);
  if (inCluster <= candidate.inCluster) return candidate;
  return { ...candidate, inCluster, inMessage: shared / witness.length, score: inCluster };
}

/** Common members of two ascending lists. */
function sharedCount(a: Uint32Array, b: Uint32Array): number {
  let [i, j, shared] = [0, 0, 0];
  while (i < a.length && j < b.length) {
    const [x, y] = [a[i] ?? 0, b[j] ?? 0];
    if (x === y) shared++;
    if (x <= y) i++;
    if (y <= x) j++;
  }
  return shared;
}

/**
 * Who passes both containments, best first. A cluster whose mean member says far more than the
 * message passes too: digests, from which the message takes its wording over.
 */
function accepted(candidates: readonly Candidate[]): readonly Candidate[] {
  return candidates
    .filter(
      ({ inCluster, inMessage }) =>
        inCluster >= CONTAINED_MIN || (inMessage >= CONTAINED_MIN && inCluster >= CONTAINING_MIN),
    )
    .sort((a, b) => b.score - a.score || a.root - b.root);
}

/** Whether a cluster that knows its variants is fit well enough. */
const fits = ({ inCluster, inMessage }: Candidate, size: number): boolean =>
  size < ESTABLISHED || Math.max(inCluster, inMessage) >= ESTABLISHED_MIN;

/** Clusters of which the message holds most of a mean member, however little of it they are. */
function quotedClusters(votes: Ballot, roster: Roster): number {
  let quoted = 0;
  for (const root of votes.roots()) {
    const most = Math.max(SHARED_MIN, CONTAINED_MIN * roster.mean(root));
    if (roster.size(root) > 1 && votes.shared(root) >= most) quoted++;
  }
  return quoted;
}

type Verdict =
  | { readonly kind: 'alone' }
  | { readonly kind: 'join'; readonly best: Candidate }
  | { readonly kind: 'take over'; readonly best: Candidate };

interface Bench {
  /** Whether the message quotes several clusters. */
  readonly quotes: boolean;
  readonly votes: Ballot;
  readonly sizeOf: (root: number) => number;
}

function judge(found: readonly Candidate[], { quotes, votes, sizeOf }: Bench): Verdict {
  const best = found[0];
  if (best === undefined || !fits(best, sizeOf(best.root))) return { kind: 'alone' };
  const several = quotes || found.length > 1;
  if (several && best.inCluster < CONTAINED_MIN) return { kind: 'alone' };
  const overDigest = isOverDigest(best, sizeOf(best.root), votes.confirmed(best.root));
  return { kind: overDigest ? 'take over' : 'join', best };
}

/**
 * Whether the match is only with one member, which quotes more than the newcomer's wording: a lone
 * longer text, or the one member of a cluster that says what the newcomer says.
 */
function isOverDigest(
  { shared, inCluster, inMessage }: Candidate,
  size: number,
  confirmed: number,
): boolean {
  if (size === 1) return inCluster >= CONTAINED_MIN && inMessage < TWIN_MIN;
  return confirmed < CONFIRMED_MIN * shared || inMessage < DIGEST_MIN;
}
