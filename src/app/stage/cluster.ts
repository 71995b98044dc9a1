import type { Instant, Json, Sha256 } from '../../core/base/index.ts';
import { clusterSketches, type Sketch } from '../../core/campaign/index.ts';

/** Groups originals that share their wording. */
export const CLUSTER = { stage: 'cluster', methodVersion: 2 } as const;

/** Which message: `EXHIBIT/PATH`. */
export type MessageRef = `${Sha256}/${string}`;

export const messageRef = (exhibit: Sha256, path: string): MessageRef => `${exhibit}/${path}`;

export function readMessageRef(ref: MessageRef): {
  readonly exhibit: Sha256;
  readonly path: string;
} {
  const end = ref.indexOf('/');
  return { exhibit: ref.slice(0, end) as Sha256, path: ref.slice(end + 1) };
}

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

/**
 * The batch answer (CAMPAIGN.md section 3): the order of arrival does not change it. Members stand
 * in the order of time, then reference, and the first gives its cluster the id.
 */
export function clusterOriginals(inputs: readonly ClusterInput[]): ClusterOutput & Json {
  const ordered = [...inputs].sort(
    (a, b) => compare(a.at ?? '~', b.at ?? '~') || compare(a.ref, b.ref),
  );
  const rank = new Map<string, number>(ordered.map(({ ref }, place) => [ref, place]));
  const inTime = (refs: readonly string[]): readonly string[] =>
    [...refs].sort((a, b) => (rank.get(a) ?? 0) - (rank.get(b) ?? 0));
  const answer = clusterSketches(ordered.map(({ ref, sketch }) => ({ id: ref, sketch })));
  const clusters = answer.clusters
    .map(({ members }) => inTime(members))
    .map((members) => ({ id: members[0] ?? '', members }))
    .sort((a, b) => b.members.length - a.members.length || compare(a.id, b.id));
  return { clusters, unclustered: inTime(answer.unclustered) } as unknown as ClusterOutput & Json;
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
