import { spawn } from 'node:child_process';
import { setPriority } from 'node:os';

/** What the compiler learnt last time: an unchanged file is not checked again. */
const remembering = (program: string): readonly string[] => [
  // Three compilers, a linter and the tests share the cores already.
  '--singleThreaded',
  '--incremental',
  '--tsBuildInfoFile',
  `node_modules/.cache/${program}.tsbuildinfo`,
];

/** It runs for a second: what an optimising compiler makes of it is seldom used again. */
const BRIEFLY = [process.execPath, '--no-opt', '--invocation-count-for-maglev=3000'];

/** `npm run check`: types, the cage, lint, pure tests and dead code, side by side. */
const JOBS: readonly (readonly [string, readonly string[]])[] = [
  ['types', ['tsc', '-p', 'tsconfig.json', ...remembering('tsconfig')]],
  ['cage', ['tsc', '-p', 'tsconfig.cage.json', ...remembering('tsconfig.cage')]],
  ['browser types', ['tsc', '-p', 'tsconfig.browser.json', ...remembering('tsconfig.browser')]],
  ['lint', ['biome', 'check', '--error-on-warnings', '.']],
  ['dead code', [...BRIEFLY, 'node_modules/.bin/knip', '--cache']],
  ['pure tests', ['vitest', 'run', '--project', 'pure', '--reporter=dot']],
];

/**
 * The compilers are written in Go and end within seconds: collecting garbage would cost them a
 * third of their time to save a tenth of their memory. Beyond the limit they collect all the same.
 */
const environment = { ...process.env, GOGC: 'off', GOMEMLIMIT: '1GiB' };

interface Outcome {
  readonly name: string;
  readonly failed: boolean;
  readonly output: string;
  readonly seconds: number;
}

function perform(name: string, [command, ...args]: readonly string[]): Promise<Outcome> {
  const started = performance.now();
  return new Promise((resolve) => {
    const child = spawn(command ?? '', args, {
      env: environment,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    // The tests take longest: the others work in what they leave.
    if (name !== 'pure tests' && child.pid !== undefined) setPriority(child.pid, 10);
    let output = '';
    child.stdout.on('data', (chunk) => (output += chunk));
    child.stderr.on('data', (chunk) => (output += chunk));
    child.on('close', (code) =>
      resolve({ name, failed: code !== 0, output, seconds: (performance.now() - started) / 1000 }),
    );
  });
}

const outcomes = await Promise.all(JOBS.map(([name, command]) => perform(name, command)));
for (const { name, failed, output, seconds } of outcomes) {
  process.stdout.write(`${failed ? 'FAILED' : 'ok    '} ${name} (${seconds.toFixed(1)} s)\n`);
  if (failed) process.stdout.write(`${output}\n`);
}
process.exitCode = outcomes.some((outcome) => outcome.failed) ? 1 : 0;
