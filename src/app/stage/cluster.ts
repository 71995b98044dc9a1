import type { Instant, Json, Sha256 } from '../../core/base/index.ts';
import { clusterSketches, type Sketch } from '../../core/campaign/index.ts';
import { createSketchShelf } from './sketch-shelf.ts';

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
 *
 * Originals with equal fingerprints are one text and speak once: a message that a voter reports
 * twenty times weighs no more than one.
 */
export function clusterOriginals(inputs: readonly ClusterInput[]): ClusterOutput & Json {
  const copies = copiesByText(inputs);
  const answer = clusterSketches(
    [...copies.values()].map(([first]) => ({ id: first.ref, sketch: first.sketch })),
  );
  const groups = [
    ...answer.clusters.map(({ members }) => members),
    ...answer.unclustered.map((ref) => [ref]),
  ].map((texts) => texts.flatMap((ref) => copies.get(ref) ?? []));
  const clusters = groups
    .filter((members) => members.length > 1)
    .map(inTime)
    .map((members) => ({ id: members[0] ?? '', members }))
    .sort((a, b) => b.members.length - a.members.length || compare(a.id, b.id));
  const alone = inTime(groups.filter((members) => members.length === 1).flat());
  return { clusters, unclustered: alone } as unknown as ClusterOutput & Json;
}

type Copies = readonly [ClusterInput, ...ClusterInput[]];

/** Inputs by the reference of the first, in time, that has their fingerprints; wordless ones alone. */
function copiesByText(inputs: readonly ClusterInput[]): ReadonlyMap<string, Copies> {
  const shelf = createSketchShelf();
  const byText = new Map<Uint32Array, [ClusterInput, ...ClusterInput[]]>();
  const copies = new Map<string, Copies>();
  for (const input of [...inputs].sort(inOrderOfTime)) {
    const text = shelf.keep(input.sketch.fingerprints);
    const same = text.length === 0 ? undefined : byText.get(text);
    if (same !== undefined) {
      same.push(input);
      continue;
    }
    const first: [ClusterInput] = [input];
    byText.set(text, first);
    copies.set(input.ref, first);
  }
  return copies;
}

const inTime = (inputs: readonly ClusterInput[]): readonly MessageRef[] =>
  [...inputs].sort(inOrderOfTime).map(({ ref }) => ref);

const inOrderOfTime = (a: ClusterInput, b: ClusterInput): number =>
  compare(a.at ?? '~', b.at ?? '~') || compare(a.ref, b.ref);

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
