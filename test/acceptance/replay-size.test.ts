import { describe, expect, test } from 'vitest';
import type { ReplayFile } from '../../src/core/replay/index.ts';
import { nodeKernels } from '../../src/host/kernels/index.ts';
import { replayFiles, replayTruth, smallReplay } from '../kit/replay.ts';

const digestOf = (files: readonly ReplayFile[]): string =>
  nodeKernels.sha256(
    nodeKernels.encode(
      files.map((file) => `${file.path} ${nodeKernels.sha256(file.bytes)}`).join('\n'),
    ),
  );

const small = smallReplay();

/** Here, not beside the code: whole replays take seconds. */
describe('a whole replay', () => {
  test('is the same bytes for the same seed and scale, others for another seed', () => {
    expect(digestOf(replayFiles('october', 0.1))).toBe(digestOf(small));
    expect(replayTruth('november', 0.1)).not.toEqual(replayTruth('october', 0.1));
  });

  test('at 1 reports follow the curve of the case', { timeout: 20_000 }, () => {
    const { totals } = replayTruth('full', 1);
    expect(totals).toMatchObject({
      sent: 40_000,
      filtered: 22_500,
      reports: 600,
      background: 400,
      reportsAfterHours: { 6: 36, 12: 120, 24: 200, 36: 420, 60: 600 },
    });
    for (const part of Object.values(totals.sentBy))
      expect(Object.values(part).reduce((sum, count) => sum + count, 0)).toBe(40_000);
  });
});
