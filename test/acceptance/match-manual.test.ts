import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join, resolve } from 'node:path';
import { afterAll, expect, test } from 'vitest';

const root = mkdtempSync(join(tmpdir(), 'tocsin-manual-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));
const HOUSE = resolve(import.meta.dirname, '../..');

test('the lines of the manual go through a shell as they stand', () => {
  const manual = readFileSync(join(HOUSE, 'docs/methods/private-matching.md'), 'utf8');
  const lines = /```sh\n([\s\S]*?)```/.exec(manual)?.[1] ?? '';
  // A smaller practice county; nothing else differs.
  const script = lines.replace('--dir practice', '--dir practice --records 900 --reports 400');
  const { status, stdout, stderr } = spawnSync('sh', ['-e', '-c', script], {
    cwd: root,
    encoding: 'utf8',
    env: { ...process.env, PATH: `${join(HOUSE, 'bin')}${delimiter}${process.env['PATH']}` },
  });
  expect([status, stderr]).toEqual([0, '']);
  for (const reader of ['every county that gets it', 'the hub', 'the county']) {
    expect(stdout).toContain(`What ${reader} learns from it:`);
  }
  expect(stdout).toContain('400, of which 160 name people of the county');
  expect(stdout).toContain('Example County: 160 of 400 people are on its roll of 900.');
  expect(stdout).toContain('1 key destroyed');
});
