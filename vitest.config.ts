import type { ViteUserConfig } from 'vitest/config';

const slow = process.env['SLOW'] === '1';

/**
 * Too long for a check between two thoughts: exchanges run on the host's libsodium, which is a second
 * to load and to ask; access logs are whole months of requests, replays whole states, hostile mails
 * and what they pack many megabytes; rules are held to thousands of wordings.
 */
const LONG = [
  'src/core/psi/**/*.test.ts',
  'src/core/access-log/**/*.test.ts',
  'src/core/replay/**/*.test.ts',
  'src/core/mail/hostile.test.ts',
  'src/app/reading/**/*.test.ts',
  'src/core/coercion/**/*.test.ts',
  'src/core/observables/pdf-links.test.ts',
];

export default {
  test: {
    reporters: ['default', './tools/closing-line.ts'],
    projects: [
      {
        test: {
          name: 'pure',
          // Node reads the tests itself. No pure test replaces a module, so no hook looks for that.
          experimental: { viteModuleRunner: false, nodeLoader: false },
          include: ['src/core/**/*.test.ts', 'src/app/**/*.test.ts', 'tools/**/*.test.ts'],
          exclude: LONG,
          // A test runs for milliseconds: what an optimising compiler makes of it is seldom used again.
          execArgv: [
            '--no-opt',
            '--invocation-count-for-maglev=3000',
            '--max-maglev-inlined-bytecode-size-cumulative=200',
          ],
          isolate: false,
          maxWorkers: 1,
          sequence: { groupOrder: 0 },
        },
      },
      {
        test: {
          name: 'host',
          include: ['src/host/**/*.test.ts', 'test/**/*.test.ts', ...LONG],
          exclude: slow ? [] : ['test/**/*.slow.test.ts'],
          testTimeout: 120_000,
          hookTimeout: 120_000,
          maxWorkers: 2,
          // Vitest wants groups of their own for projects that differ in workers.
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
} satisfies ViteUserConfig;
