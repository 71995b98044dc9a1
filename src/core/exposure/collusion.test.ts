import { describe, expect, test } from 'vitest';
import { nodeKernels } from '../../host/kernels/index.ts';
import { randomFrom } from '../base/index.ts';
import type { ReadRelease } from './assess.ts';
import { mixedCopies, mixtureOf } from './collusion.ts';
import { legibleMarks, type MarkKeys, markText } from './marks.ts';

const random = randomFrom('collusion-1', nodeKernels);
const biasKey = random.hex(64);
const copies = Array.from({ length: 20 }, (_, at) => ({
  releaseId: `r${at}`,
  keys: { markKey: random.hex(64), biasKey },
}));

/** Marks of `count` voters, each as one of the mixed copies spells it. */
const mixture = (count: number, of: readonly number[]) =>
  Array.from({ length: count }, (_, at) => {
    const { keys } = copies[random.pick(of)]!;
    return legibleMarks(markText('1 ELM ST', `V${at}`, keys, nodeKernels), `V${at}`);
  }).flat();

describe('mixed copies', () => {
  test('both of two copies are found among twenty, and no other', () => {
    const found = mixedCopies(copies, mixture(400, [3, 7]), nodeKernels);
    if (!found.ok) throw new Error(found.failure);
    const named = found.value.copies.filter(({ inMixture }) => inMixture);
    expect(named.map(({ releaseId }) => releaseId)).toEqual(['r3', 'r7']);
  });

  test('spelling by standard accuses nobody', () => {
    const marks = Array.from({ length: 300 }, (_, at) => legibleMarks('1 ELM ST', `V${at}`)).flat();
    const found = mixedCopies(copies, marks, nodeKernels);
    expect(found.ok && found.value.copies.some(({ inMixture }) => inMixture)).toBe(false);
  });

  test('are looked for among the releases of one jurisdiction whose register has a bias key', () => {
    const release = (
      jurisdiction: string,
      at: number,
      keys = copies[at]!.keys as MarkKeys | null,
    ) =>
      ({
        manifest: { jurisdiction, releaseId: `r${at}` },
        markKeys: keys,
      }) as unknown as ReadRelease;
    const releases = [
      release('FL', 3),
      release('AK', 5),
      release('FL', 7),
      release('FL', 8, { markKey: copies[8]!.keys.markKey, biasKey: null }),
      release('FL', 9, null),
    ];
    const marks = mixture(400, [3, 7]);
    const found = mixtureOf({ releases, kernels: nodeKernels }, 'FL', marks);
    expect(found?.ok && found.value.copies.map(({ releaseId }) => releaseId)).toEqual(['r3', 'r7']);
    const bare = { releases: releases.slice(3), kernels: nodeKernels };
    expect(mixtureOf(bare, 'FL', marks)).toBeNull();
  });

  test('few marks are refused', () => {
    expect(mixedCopies(copies, mixture(20, [0]), nodeKernels)).toMatchObject({
      ok: false,
      failure: 'fewer than 50 legible marks: a mixture of two copies stays hidden',
    });
  });
});
