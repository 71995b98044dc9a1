export type { Cluster, Clusterer, Clustering, Placement } from './cluster.ts';
export type { Sketch } from './sketch.ts';
