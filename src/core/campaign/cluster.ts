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
