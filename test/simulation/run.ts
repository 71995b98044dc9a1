import { randomBytes } from 'node:crypto';
import { randomFrom } from '../../src/core/base/index.ts';
import { nodeKernels } from '../../src/host/kernels/index.ts';
import { addresses } from './addresses.ts';
import { calibration, rightMonth, subsets } from './attribution.ts';
import { collusion } from './collusion.ts';
import { households } from './households.ts';
import type { Outcome } from './outcome.ts';
import {
  canaryTest,
  dailyPeeking,
  reportingBias,
  requesters,
  sizeIntervals,
  targetingCells,
} from './size-and-targeting.ts';

/**
 * `npm run test:statistics`: the error rates of exposure by simulation, on the development seeds
 * and on a fresh one. `SEED=...` repeats a fresh run; `SCALE=0.1` makes a tenth of the rounds.
 */
const fresh = process.env['SEED'] ?? randomBytes(6).toString('hex');
const scale = Number(process.env['SCALE'] ?? 1);
const rounds = (full: number): number => Math.max(50, Math.round(full * scale));

function simulate(seedOf: (topic: string, development: number) => string): readonly Outcome[] {
  const random = (topic: string, development: number) =>
    randomFrom(seedOf(topic, development), nodeKernels);
  const months = random('attribution', 1);
  const parts = random('subsets', 4);
  const size = random('size', 5);
  const aim = random('targeting', 9);
  return [
    ...calibration(rounds(4000), months),
    rightMonth(rounds(600), { n: 100, churn: 0.01, atLeast: 0.6 }, months),
    rightMonth(rounds(600), { n: 100, churn: 0.02, atLeast: 0.82 }, months),
    rightMonth(rounds(600), { n: Math.ceil(3.7 / 0.02), churn: 0.02, atLeast: 0.95 }, months),
    rightMonth(rounds(300), { n: Math.ceil(3.7 / 0.01), churn: 0.01, atLeast: 0.95 }, months),
    subsets(rounds(1000), { n: 8, share: 0.19, atLeast: 0.99 }, parts),
    subsets(rounds(1000), { n: 3, share: 0.02, atLeast: 0.97 }, parts),
    subsets(rounds(1000), { n: 20, share: 0.5, atLeast: 0.99 }, parts),
    ...sizeIntervals(rounds(2000), size),
    ...targetingCells(rounds(400), aim),
    reportingBias(rounds(2000), { times: 1.5, atMost: 0.001 }, aim),
    reportingBias(rounds(2000), { times: 2, atMost: 0.025 }, aim),
    dailyPeeking(rounds(2000), aim),
    ...canaryTest(rounds(1000), aim),
    ...requesters(rounds(1000), random('marks', 11)),
    ...collusion(rounds(300), { mixed: 2, marks: 200, atLeast: 0.99 }, random('marks', 11)),
    ...collusion(rounds(300), { mixed: 3, marks: 400, atLeast: 0.99 }, random('marks', 11)),
    ...households(random('strata', 21)),
    ...addresses(random('strata', 21)),
  ];
}

let failed = 0;
for (const [name, seedOf] of [
  ['development seeds', (topic: string, seed: number) => `${topic}-${seed}`],
  [`fresh seed ${fresh}`, (topic: string) => `${topic}-${fresh}`],
] as const) {
  process.stdout.write(`\n${name}, scale ${scale}\n`);
  for (const { what, figure, bound, holds } of simulate(seedOf)) {
    if (!holds) failed += 1;
    process.stdout.write(`${holds ? 'ok    ' : 'FAILED'} ${what}: ${figure} (${bound})\n`);
  }
}
process.stdout.write(`\n${failed} rows failed; repeat with SEED=${fresh}\n`);
process.exitCode = failed === 0 ? 0 : 1;
