import { type ReplayFile, type ReplayTruth, writeReplay } from '../../src/core/replay/index.ts';
import { nodeKernels } from '../../src/host/kernels/index.ts';

/** Every file of a replay. */
export const replayFiles = (seed: string, scale: number): readonly ReplayFile[] => [
  ...writeReplay({ seed, scale }, nodeKernels),
];

/** The truth of a replay; what comes after it is not written. */
export function replayTruth(seed: string, scale: number): ReplayTruth {
  for (const { path, bytes } of writeReplay({ seed, scale }, nodeKernels))
    if (path === 'truth.json') return JSON.parse(nodeKernels.utf8(bytes, 0, bytes.length));
  throw new Error('a replay has a truth');
}

let kept: readonly ReplayFile[] | null = null;

/** One replay of the smallest sensible size, written once for all tests of a worker. */
export function smallReplay(): readonly ReplayFile[] {
  kept ??= replayFiles('october', 0.1);
  return kept;
}

/** What is true in `smallReplay`. */
export function smallTruth(): ReplayTruth {
  const file = smallReplay().find(({ path }) => path === 'truth.json');
  if (file === undefined) throw new Error('a replay has a truth');
  return JSON.parse(nodeKernels.utf8(file.bytes, 0, file.bytes.length));
}
