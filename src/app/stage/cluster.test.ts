import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Instant, Sha256 } from '../../core/base/index.ts';
import { sketchText } from '../../core/campaign/index.ts';
import { type ClusterInput, clusterOriginals, messageRef } from './cluster.ts';

const WORDING = [
  'you are on the roll and we know this because we have access to the whole voting system today',
  'early voting is open until friday bring a photo and a friend to the polling place near you',
];

const inputs: readonly ClusterInput[] = Array.from({ length: 12 }, (_, at) => ({
  ref: messageRef(String(at % 10).repeat(64) as Sha256, String(at)),
  at: `2020-10-20T${String(23 - at)}:00:00.000Z` as Instant,
  sketch: sketchText(`${WORDING[at % 2]} number ${at}`),
}));

test('the order of arrival changes nothing', () => {
  const answer = clusterOriginals(inputs);
  fc.assert(
    fc.property(fc.shuffledSubarray([...inputs], { minLength: inputs.length }), (shuffled) => {
      expect(clusterOriginals(shuffled)).toEqual(answer);
    }),
    { numRuns: 20 },
  );
});

test('members stand in the order of time, and the first names its cluster', () => {
  const { clusters, unclustered } = clusterOriginals(inputs);
  expect(unclustered).toEqual([]);
  expect(clusters.map(({ members }) => members.length)).toEqual([6, 6]);
  const timeOf = new Map(inputs.map(({ ref, at }) => [ref, at ?? '']));
  for (const { id, members } of clusters) {
    const times = members.map((ref) => timeOf.get(ref) ?? '');
    expect(times).toEqual(times.toSorted());
    expect(id).toBe(members[0]);
  }
});

test('copies of one text speak once and stay together, however rare the text is', () => {
  const lone = inputs[0];
  if (lone === undefined) throw new Error('no input');
  const twice = [lone, { ...lone, ref: messageRef('f'.repeat(64) as Sha256, '0') }];
  expect(clusterOriginals(twice)).toEqual({
    clusters: [{ id: lone.ref, members: twice.map(({ ref }) => ref) }],
    unclustered: [],
  });
});
