import { spreadSample } from '../base/index.ts';
import { COMPANY_MIN, kinCompanies } from './kin.ts';
import type { Sketch } from './sketch.ts';
import { splitSiblings } from './split.ts';
import { createStream, type Known } from './stream.ts';

/** Where a message went when it arrived. `cluster` is the id of the cluster's first member. */
export interface Placement {
  readonly cluster: string;
  /** Share of the message's own fingerprints found in the cluster, 0 to 1. */
  readonly containment: number;
  readonly joined: boolean;
}

/** Texts of one wording. */
export interface Cluster {
  /** Id of the first member in the order of adding. */
  readonly id: string;
  readonly members: readonly string[];
}

/** The standing of a stream: every text that was added is in exactly one of both. */
export interface Clustering {
  /** Two members or more, largest first, then by id. */
  readonly clusters: readonly Cluster[];
  readonly unclustered: readonly string[];
}

/** Streaming grouping: each message joins at once. Mutable by nature. */
export interface Clusterer {
  add(id: string, sketch: Sketch): Placement;
  result(): Clustering;
}

/**
 * Lone texts from which on kin are looked for, and how much their number grows until the next look.
 */
const FIRST_LOOK = 64;
const LOOK_GROWTH = 3;
/** Of a company of kin, at most so many members, spread, are kept to recognise later ones by. */
const COMPANY_KEPT_MAX = 64;

/** Of a member's fingerprints, so many stand in another member of its company too. */
const SHARED_IN_COMPANY_MIN = 0.35;

/**
 * A streaming clusterer: each message joins when it comes, so the answer depends on the order of
 * arrival. What findings cite is the batch answer, `clusterSketches`.
 *
 * Texts that vary at every second word match no single earlier text. Whenever the lone ones have
 * trebled, and when the result is asked for, companies of mutual kin among them become clusters,
 * which later messages join as they come. Each look is linear, so all together are.
 */
export function createClusterer(): Clusterer {
  const stream = createStream();
  const ids: string[] = [];
  let lone = 0;
  let nextLook = FIRST_LOOK;
  let companions: readonly Known[] = [];

  const look = (): void => {
    const companies = companiesIn([
      ...companions,
      ...stream.lone(SHARED_IN_COMPANY_MIN).filter(isAtHome),
    ]);
    for (const company of companies) stream.unite(company);
    companions = companies.flatMap(kept);
    nextLook = Math.max(FIRST_LOOK, LOOK_GROWTH * lone);
  };

  return {
    add: (id, { fingerprints }) => {
      ids.push(id);
      const { root, inCluster, joined } = stream.add(fingerprints);
      if (!joined && ++lone >= nextLook) look();
      return { cluster: ids[root] ?? id, containment: inCluster, joined };
    },
    result: () => {
      look();
      return clusteringOf(
        groupedBy(ids.length, stream.rootOf).map((group) => group.map((at) => ids[at] ?? '')),
      );
    },
  };
}

/** Mutual kin, less those whom a footer alone connects; two wordings that met are parted. */
function companiesIn(pool: readonly Known[]): readonly (readonly Known[])[] {
  const sketches = pool.map(({ fingerprints }) => fingerprints);
  return kinCompanies(sketches, [...pool.keys()], (place) => pool[place]?.counted ?? 0)
    .flatMap((company) => splitSiblings(sketches, company))
    .map((places) => places.flatMap((place) => pool[place] ?? []))
    .map(atHome)
    .filter(({ length }) => length >= COMPANY_MIN);
}

const isAtHome = ({ fingerprints, counted }: Known): boolean =>
  fingerprints.length > 0 && fingerprints.length >= SHARED_IN_COMPANY_MIN * counted;

function atHome(company: readonly Known[]): readonly Known[] {
  const holders = new Map<number, number>();
  for (const { fingerprints } of company) {
    for (const each of fingerprints) holders.set(each, (holders.get(each) ?? 0) + 1);
  }
  return company.filter((member) =>
    isAtHome({
      ...member,
      fingerprints: member.fingerprints.filter((each) => (holders.get(each) ?? 0) > 1),
    }),
  );
}

const kept = (company: readonly Known[]): readonly Known[] =>
  spreadSample(company, COMPANY_KEPT_MAX);

/** Numbers below `count` by their root, in ascending order. */
export function groupedBy(
  count: number,
  rootOf: (member: number) => number,
): readonly (readonly number[])[] {
  const groups = new Map<number, number[]>();
  for (let member = 0; member < count; member++) {
    const root = rootOf(member);
    const group = groups.get(root);
    if (group === undefined) groups.set(root, [member]);
    else group.push(member);
  }
  return [...groups.values()];
}

/** Groups of ids; the first of each gives it its id. */
export function clusteringOf(groups: readonly (readonly string[])[]): Clustering {
  const clusters: Cluster[] = [];
  const unclustered: string[] = [];
  for (const members of groups) {
    const [id] = members;
    if (id === undefined) continue;
    if (members.length === 1) unclustered.push(id);
    else clusters.push({ id, members });
  }
  clusters.sort((a, b) => b.members.length - a.members.length || (a.id < b.id ? -1 : 1));
  return { clusters, unclustered };
}
