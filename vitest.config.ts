import { defineConfig } from 'vitest/config';

const slow = process.env['SLOW'] === '1';

export default defineConfig({
  test: {
    reporters: ['default', './tools/closing-line.ts'],
    projects: [
      {
        test: {
          name: 'pure',
          experimental: { viteModuleRunner: false },
          include: ['src/core/**/*.test.ts', 'src/app/**/*.test.ts', 'tools/**/*.test.ts'],
          isolate: false,
          maxWorkers: 1,
          sequence: { groupOrder: 0 },
        },
      },
      {
        test: {
          name: 'host',
          include: ['src/host/**/*.test.ts', 'test/**/*.test.ts'],
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
});
