import type { Sketch } from './sketch.ts';
import { createStream } from './stream.ts';

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

/**
 * A streaming clusterer: each message joins when it comes, so the answer depends on the order of
 * arrival. What findings cite is the batch answer, `clusterSketches`.
 */
export function createClusterer(): Clusterer {
  const stream = createStream();
  const ids: string[] = [];
  return {
    add: (id, { fingerprints }) => {
      ids.push(id);
      const { root, inCluster, joined } = stream.add(fingerprints);
      return { cluster: ids[root] ?? id, containment: inCluster, joined };
    },
    result: () => grouped(ids, stream.rootOf),
  };
}

export function grouped(ids: readonly string[], rootOf: (member: number) => number): Clustering {
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
