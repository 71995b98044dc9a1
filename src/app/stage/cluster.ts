import type { Instant, Json, Sha256 } from '../../core/base/index.ts';
import { createClusterer, type Sketch } from '../../core/campaign/index.ts';

/** Groups originals that share their wording. */
export const CLUSTER = { stage: 'cluster', methodVersion: 1 } as const;

/** Which message: `EXHIBIT/PATH`. */
export type MessageRef = `${Sha256}/${string}`;

export const messageRef = (exhibit: Sha256, path: string): MessageRef => `${exhibit}/${path}`;

export interface ClusterInput {
  readonly ref: MessageRef;
  /** When a receiver recorded it, else when it claims to be written; null sorts last. */
  readonly at: Instant | null;
  readonly sketch: Sketch;
}

export interface ClusterOutput {
  readonly clusters: readonly {
    readonly id: MessageRef;
    readonly members: readonly MessageRef[];
  }[];
  readonly unclustered: readonly MessageRef[];
}

/** Sorts its input (time, then reference), so that the order of arrival does not change the answer. */
export function clusterOriginals(inputs: readonly ClusterInput[]): ClusterOutput & Json {
  const clusterer = createClusterer();
  const ordered = [...inputs].sort(
    (a, b) => compare(a.at ?? '~', b.at ?? '~') || compare(a.ref, b.ref),
  );
  for (const { ref, sketch } of ordered) clusterer.add(ref, sketch);
  return clusterer.result() as unknown as ClusterOutput & Json;
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
