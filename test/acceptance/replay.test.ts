import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { tocsin } from '../kit/tocsin.ts';

const folder = mkdtempSync(join(tmpdir(), 'tocsin-replay-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const written = (root: string): readonly string[] =>
  readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1))
    .sort();

const digest = (path: string): string =>
  createHash('sha256').update(readFileSync(path)).digest('hex');

const ORDER = ['replay', 'october-2020', '--seed', '7', '--scale', '0.05', '--out'];

describe('replay', () => {
  test('writes the evidence that its truth speaks of, the same for the same seed', async () => {
    const [first, second] = [join(folder, 'a/deep'), join(folder, 'b')];
    mkdirSync(second);
    const run = await tocsin([...ORDER, first]);
    expect(run).toMatchObject({ code: 0, err: '' });
    expect(run.out).toMatch(/^\d+ files, \d+\.\d MB, in /);
    const truth = JSON.parse(readFileSync(join(first, 'truth.json'), 'utf8'));
    expect(truth).toMatchObject({ seed: '7', scale: 0.05 });
    expect(truth.originals.length).toBeGreaterThan(20);
    for (const { file, exhibit } of truth.originals) {
      expect(digest(join(first, file))).toBe(exhibit);
    }
    await tocsin([...ORDER, second]);
    expect(written(second)).toEqual(written(first));
    for (const file of written(first))
      expect(digest(join(second, file))).toBe(digest(join(first, file)));
  });

  test('never writes among files of others', async () => {
    const taken = join(folder, 'taken');
    mkdirSync(taken);
    writeFileSync(join(taken, 'mine'), 'x');
    const run = await tocsin([...ORDER, taken]);
    expect(run.code).toBe(2);
    expect(run.err).toContain('is not empty');
    expect(written(taken)).toEqual(['mine']);
  });

  test.each<[string, readonly string[], string]>([
    ['no case', ['--seed', '1', '--out', 'x'], 'the case to replay is october-2020'],
    ['another case', ['june-1914', '--seed', '1', '--out', 'x'], 'the case to replay is'],
    ['no seed', ['october-2020', '--out', 'x'], '--seed needs a whole number'],
    [
      'a word for a seed',
      ['october-2020', '--seed', 'x', '--out', 'x'],
      '--seed needs a whole number',
    ],
    ['no folder', ['october-2020', '--seed', '1'], '--out needs the folder'],
    ['no size', ['october-2020', '--seed', '1', '--out', 'x', '--scale', '0'], '--scale needs'],
    [
      'a size past the limit',
      ['october-2020', '--seed', '1', '--out', 'x', '--scale', '101'],
      '--scale needs',
    ],
    [
      'more counties than there are',
      ['october-2020', '--seed', '1', '--out', 'x', '--county-lists', '61'],
      '--county-lists needs',
    ],
    ['a file for a folder', [...ORDER.slice(1), '/dev/null'], 'cannot be made: EEXIST'],
  ])('%s is wrong use', async (_, words, says) => {
    const run = await tocsin(['replay', ...words]);
    expect(run.code).toBe(2);
    expect(run.err).toContain(says);
  });
});
