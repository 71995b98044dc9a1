import { expect, test } from 'vitest';
import type { Sha256 } from '../../core/base/index.ts';
import { type Finding, sealFinding } from '../../core/evidence/index.ts';
import { nodeKernels as kernels } from '../../host/kernels/index.ts';
import { CLUSTER, SKETCH, WORDING } from '../stage/index.ts';
import { createRederive } from './rederive.ts';

const exhibit = 'a'.repeat(64) as Sha256;
const NOTHING = { exhibits: [], clusters: [], unclustered: [], letters: [], inDoubt: [] };

const sketch = (methodVersion: number): Finding =>
  sealFinding(
    { stage: SKETCH.stage, methodVersion, inputs: [exhibit], parameters: { batch: 0 } },
    { originals: [] },
    kernels,
  );

const cluster = (of: Finding): Finding =>
  sealFinding({ ...CLUSTER, inputs: [of.key], parameters: {} }, NOTHING, kernels);

const wording = (of: Finding): Finding =>
  sealFinding({ ...WORDING, inputs: [of.key], parameters: {} }, {}, kernels);

const rederiveOver = (findings: readonly Finding[]) =>
  createRederive({
    kernels,
    store: {
      async *exhibits() {},
      async *findings(stage: string, version: number) {
        yield* findings.filter((one) => one.stage === stage && one.methodVersion === version);
      },
    },
  } as unknown as Parameters<typeof createRederive>[0]);

test('a grouping over sketches of today is derived again', async () => {
  const today = sketch(SKETCH.methodVersion);
  const grouped = cluster(today);
  const rederive = rederiveOver([today, grouped]);
  expect(await rederive(grouped)).toEqual(NOTHING);
  expect(await rederive(wording(grouped))).not.toBeNull();
});

test('one over sketches of an earlier method is not, nor what was worded by it', async () => {
  const earlier = sketch(SKETCH.methodVersion - 1);
  const grouped = cluster(earlier);
  const rederive = rederiveOver([earlier, sketch(SKETCH.methodVersion), grouped]);
  expect(await rederive(grouped)).toBeNull();
  expect(await rederive(wording(grouped))).toBeNull();
});
