import { spreadSample } from '../base/index.ts';
import { type Clustering, clusteringOf, groupedBy } from './cluster.ts';
import { createHolderIndex, type HolderIndex } from './holder-index.ts';
import { kinCompanies } from './kin.ts';
import { createPostings, type Postings } from './postings.ts';
import { createRoots, type Roots } from './roots.ts';
import type { Sketch } from './sketch.ts';
import { splitSiblings } from './split.ts';
import { createStream } from './stream.ts';

/** A text by its id, which is unique in the batch, and what is kept of its wording. */
export interface SketchedText {
  readonly id: string;
  readonly sketch: Sketch;
}

/** Of a cluster, at most so many members, spread, tell its core. */
const SAMPLE_MAX = 400;
/** A core fingerprint stands in at least so many sampled members: a count, and a share. */
const CORE_COUNT_MIN = 2;
const CORE_SHARE_MIN = 0.08;
/** In more cores than this, a fingerprint is boilerplate. */
const CORES_MAX = 25;
/** Two clusters are one: shared core fingerprints, share of the smaller core, of the larger. */
const MERGE_SHARED_MIN = 5;
const MERGE_OF_SMALLER = 0.5;
const MERGE_OF_LARGER = 0.1;
/** A lone message joins a core: shared fingerprints, and share of its own. */
const ADOPT_SHARED_MIN = 4;
const ADOPT_SHARE_MIN = 0.35;
/** A lone message that a second core also claims to this share of the first quotes both. */
const ADOPT_RIVAL_MAX = 0.45;
const ROUNDS = 2;
/** A fingerprint met in more clusters of this size is boilerplate. */
const HOLDERS_MAX = 10;
const HOLDER_MEMBERS_MIN = 5;

/**
 * The best grouping over all texts: the streaming join in canonical order, then clusters
 * merged where their cores agree, and lone texts adopted by the core that holds most of them. The
 * order of the input does not matter.
 *
 * Linear in fingerprints plus 25 times the cores. Method: docs/methods/campaigns.md.
 */
export function clusterSketches(texts: readonly SketchedText[]): Clustering {
  const idOf = (text: number): string => texts[text]?.id ?? '';
  const groups = groupFingerprints(
    texts.map(({ sketch }) => sketch.fingerprints),
    (a, b) => (idOf(a) < idOf(b) ? -1 : 1),
  );
  return clusteringOf(groups.map((group) => group.map(idOf)));
}

/**
 * The same on bare fingerprints: groups of places in `texts`, lone ones included, each in canonical
 * order. `compare` orders texts of one length, and must never call two different ones equal.
 */
export function groupFingerprints(
  texts: readonly Uint32Array[],
  compare: (a: number, b: number) => number,
): readonly (readonly number[])[] {
  const lengthOf = (text: number): number => texts[text]?.length ?? 0;
  // Short texts first: a digest comes after the campaigns that it quotes.
  const order = Uint32Array.from(texts, (_, text) => text).sort(
    (a, b) => lengthOf(a) - lengthOf(b) || compare(a, b),
  );
  const whole = Array.from(order, (text) => texts[text] ?? NO_FINGERPRINTS);
  const first = streamed(whole);
  const sketches = withoutBoilerplate(whole, first);
  const roots = sketches === whole ? first : streamed(sketches);
  let cores: Cores = new Map();
  for (let round = 0; round < ROUNDS; round++) cores = mergeByCore(sketches, roots, cores);
  if (joinKin(sketches, roots)) mergeByCore(sketches, roots, cores);
  const rootOf = partedRoots(sketches, roots);
  return groupedBy(order.length, rootOf).map((group) => group.map((at) => order[at] ?? 0));
}

const NO_FINGERPRINTS = new Uint32Array();

function streamed(sketches: readonly Uint32Array[]): Roots {
  const stream = createStream();
  const roots = createRoots();
  for (const fingerprints of sketches) {
    stream.add(fingerprints);
    roots.add();
  }
  for (let message = 0; message < sketches.length; message++) {
    roots.join(stream.rootOf(message), message);
  }
  return roots;
}

/**
 * The sketches less what many clusters hold: footers and set phrases. Lone messages do not count,
 * for the phrases of a wording that varies everywhere stand in many of them.
 */
function withoutBoilerplate(
  sketches: readonly Uint32Array[],
  roots: Roots,
): readonly Uint32Array[] {
  const postings = createPostings();
  const common = createPostings();
  let found = false;
  for (const [root, members] of groupsOf(sketches.length, roots)) {
    if (members.length < HOLDER_MEMBERS_MIN) continue;
    for (const member of members) {
      for (const fingerprint of sketches[member] ?? NO_FINGERPRINTS) {
        const slot = postings.insert(fingerprint, root);
        if (slot < 0 || postings.owner(slot) === root) continue;
        postings.move(slot, root);
        postings.meetElsewhere(slot);
        if (postings.foreign(slot) < HOLDERS_MAX) continue;
        common.insert(fingerprint, 0);
        found = true;
      }
    }
  }
  return found ? sketches.map((fingerprints) => less(fingerprints, common)) : sketches;
}

/** What is no boilerplate; the very same list where nothing is. */
function less(fingerprints: Uint32Array, boilerplate: Postings): Uint32Array {
  let kept = 0;
  while (kept < fingerprints.length && boilerplate.find(fingerprints[kept] ?? 0) < 0) kept++;
  if (kept === fingerprints.length) return fingerprints;
  const own = fingerprints.slice();
  for (let at = kept + 1; at < own.length; at++) {
    const fingerprint = own[at] ?? 0;
    if (boilerplate.find(fingerprint) < 0) own[kept++] = fingerprint;
  }
  return own.subarray(0, kept);
}

/** The root of each message once siblings are parted. */
function partedRoots(sketches: readonly Uint32Array[], roots: Roots): (message: number) => number {
  const root = new Uint32Array(sketches.length);
  for (const members of groupsOf(sketches.length, roots).values()) {
    for (const part of splitSiblings(sketches, members)) {
      for (const member of part) root[member] = part[0] ?? member;
    }
  }
  return (message) => root[message] ?? message;
}

interface Core {
  readonly root: number;
  readonly members: number;
  readonly fingerprints: Uint32Array;
}

/** By root. */
type Cores = ReadonlyMap<number, Core>;

/** Returns the cores as they were before; `known` are those of an earlier round. */
function mergeByCore(sketches: readonly Uint32Array[], roots: Roots, known: Cores): Cores {
  const byRoot = new Map<number, Core>();
  const lone: number[] = [];
  for (const [root, members] of groupsOf(sketches.length, roots)) {
    if (members.length < 2) {
      lone.push(root);
      continue;
    }
    const before = known.get(root);
    // Clusters only grow: one of the same size is the same.
    const isSame = before?.members === members.length;
    byRoot.set(
      root,
      isSame ? before : { root, members: members.length, fingerprints: coreOf(sketches, members) },
    );
  }
  const cores = [...byRoot.values()];
  const index = createHolderIndex(
    cores.map(({ fingerprints }) => fingerprints),
    CORES_MAX,
  );
  for (const [at, core] of cores.entries()) {
    index.shared(core.fingerprints, (other, shared) => {
      const rival = cores[other];
      if (other > at && rival !== undefined && areOne(core, rival, shared)) {
        roots.join(core.root, rival.root);
      }
    });
  }
  for (const message of lone) {
    const home = adopter(sketches[message] ?? NO_FINGERPRINTS, cores, index, roots);
    if (home !== null) roots.join(home, message);
  }
  return byRoot;
}

function groupsOf(count: number, roots: Roots): ReadonlyMap<number, number[]> {
  const groups = new Map<number, number[]>();
  for (let message = 0; message < count; message++) {
    const root = roots.find(message);
    const group = groups.get(root);
    if (group === undefined) groups.set(root, [message]);
    else group.push(message);
  }
  return groups;
}

/** True where any were joined. */
function joinKin(sketches: readonly Uint32Array[], roots: Roots): boolean {
  const companies = kinCompanies(sketches, loneOf(sketches.length, roots));
  for (const [first = 0, ...others] of companies) {
    for (const other of others) roots.join(first, other);
  }
  return companies.length > 0;
}

const loneOf = (count: number, roots: Roots): readonly number[] =>
  [...groupsOf(count, roots).values()].flatMap((group) => (group.length === 1 ? group : []));

function coreOf(sketches: readonly Uint32Array[], members: readonly number[]): Uint32Array {
  const sample = spreadSample(members, SAMPLE_MAX);
  const held = sample.map((member) => sketches[member] ?? NO_FINGERPRINTS);
  const all = new Uint32Array(held.reduce((sum, { length }) => sum + length, 0));
  let filled = 0;
  for (const fingerprints of held) {
    all.set(fingerprints, filled);
    filled += fingerprints.length;
  }
  all.sort();
  const needed = Math.max(CORE_COUNT_MIN, CORE_SHARE_MIN * sample.length);
  let core = 0;
  for (let from = 0, to = 0; from < all.length; from = to) {
    while (all[to] === all[from]) to++;
    if (to - from >= needed) all[core++] = all[from] ?? 0;
  }
  return all.slice(0, core);
}

function areOne(a: Core, b: Core, shared: number): boolean {
  const [small, large] = a.fingerprints.length <= b.fingerprints.length ? [a, b] : [b, a];
  if (shared < MERGE_SHARED_MIN || shared < MERGE_OF_SMALLER * small.fingerprints.length)
    return false;
  const ofLarge = shared / large.fingerprints.length;
  // A few long texts around many short ones are digests that quote them.
  return (
    ofLarge >= MERGE_OF_SMALLER || (ofLarge >= MERGE_OF_LARGER && large.members >= small.members)
  );
}

function adopter(
  fingerprints: Uint32Array,
  cores: readonly Core[],
  index: HolderIndex,
  roots: Roots,
): number | null {
  let [home, most, second] = [-1, 0, 0];
  const counted = index.shared(fingerprints, (at, shared) => {
    if (shared <= second) return;
    const root = roots.find(cores[at]?.root ?? 0);
    if (root === home) most = Math.max(most, shared);
    else if (shared > most || (shared === most && root < home)) {
      [home, most, second] = [root, shared, most];
    } else second = shared;
  });
  if (most < ADOPT_SHARED_MIN || most < ADOPT_SHARE_MIN * counted) return null;
  return second > ADOPT_RIVAL_MAX * most ? null : home;
}
