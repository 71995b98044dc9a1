import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, expect, test } from 'vitest';
import { generateAccessLog } from '../../bench/generator/access-log.ts';
import { undocumentedFields } from '../kit/json-page.ts';
import { tocsin } from '../kit/tocsin.ts';

const root = mkdtempSync(join(tmpdir(), 'tocsin-access-log-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

const month = generateAccessLog({
  seed: 5,
  kind: 'exits',
  visits: 3_000,
  tried: 1_500,
  form: 'combined',
});

function piece(name: string, from: number, until: number): string {
  const lines = month.lines.slice(month.lines.length * from, month.lines.length * until);
  const bytes = Buffer.from(`${lines.join('\n')}\n`);
  writeFileSync(join(root, name), name.endsWith('.gz') ? gzipSync(bytes) : bytes);
  return join(root, name);
}

test('rotated and packed pieces in any order give one actor and bounds that hold the truth', async () => {
  const pieces = [piece('log', 0.7, 1), piece('log.2.gz', 0, 0.3), piece('log.1', 0.3, 0.7)];
  const again = piece('log.1.gz', 0.3, 0.7);
  const list = join(root, 'notice.csv');
  const run = await tocsin(['access-log', ...pieces, again, '--json', '--notice-list', list]);
  expect(run.code).toBe(0);
  const found = JSON.parse(run.out);
  expect(undocumentedFields(found)).toEqual([]);
  expect(found.actors).toHaveLength(1);
  expect(found.actors[0].distinctIds).toBe(1_500);
  expect(found.taken.atLeast).toBeLessThanOrEqual(month.taken);
  expect(found.taken.atMost).toBeGreaterThanOrEqual(month.taken);
  expect(run.err).toContain('[log-piece-again]');

  const rows = readFileSync(list, 'utf8').trim().split('\n').slice(1);
  expect(rows).toHaveLength(found.taken.atMost);
  expect(
    [...month.numbers].every((number) => rows.some((row) => row.startsWith(`${number},`))),
  ).toBe(true);
  expect(statSync(list).mode & 0o077).toBe(0);
  expect(`${run.out}${run.err}`).not.toMatch(/\b110\d{6}\b/);
});

test('no list is ever written over', async () => {
  const list = join(root, 'kept.csv');
  writeFileSync(list, 'kept');
  const run = await tocsin(['access-log', piece('a', 0, 0.1), '--notice-list', list]);
  expect(run.code).toBe(2);
  expect(readFileSync(list, 'utf8')).toBe('kept');
});

test('a cut archive and a missing piece are named; the rest is read', async () => {
  const whole = readFileSync(piece('whole.gz', 0, 0.5));
  const cut = join(root, 'cut.gz');
  writeFileSync(cut, whole.subarray(0, whole.length - 500));
  const run = await tocsin(['access-log', cut, join(root, 'none'), '--json']);
  expect(run.code).toBe(1);
  expect(run.err).toContain('[log-piece-damaged]');
  expect(run.err).toContain('[log-piece-unreadable]');
  expect(JSON.parse(run.out).read.requests).toBeGreaterThan(5_000);
});

test('what cannot be told is said, and is no all-clear', async () => {
  writeFileSync(join(root, 'noise'), Buffer.from([0, 255, 10, 91, 34, 10, 123, 10]));
  writeFileSync(join(root, 'empty'), '');
  mkdirSync(join(root, 'bare'));
  const log = piece('p', 0, 0.1);
  const cases: readonly (readonly [readonly string[], string])[] = [
    [[join(root, 'noise')], 'log-empty'],
    [[join(root, 'empty')], 'log-empty'],
    [[join(root, 'bare')], 'log-empty'],
    [[log, '--parameter', 'nope'], 'parameter-unseen'],
  ];
  for (const [order, code] of cases) {
    const run = await tocsin(['access-log', ...order]);
    expect(run.code).toBe(1);
    expect(run.out).toMatch(new RegExp(`^Taken {5}cannot say: .*\\[${code}\\]$`, 'm'));
    expect(run.err).toContain(`[${code}]`);
  }
});

test('a folder stands for its pieces', async () => {
  const folder = join(root, 'rotated');
  mkdirSync(folder);
  for (const name of ['log', 'log.1.gz']) piece(join('rotated', name), 0, 0.1);
  const run = await tocsin(['access-log', folder, '--json']);
  expect(run.code).toBe(0);
  expect(run.err).toContain('[log-piece-again]');
  expect(JSON.parse(run.out).read.requests).toBeGreaterThan(500);
});

test('known numbers are a list, or the line that is none is named and nothing is written', async () => {
  const known = join(root, 'known.csv');
  const list = join(root, 'never.csv');
  writeFileSync(known, 'record,known\n1101,valid\n1102,perhaps\n');
  const log = piece('k', 0, 0.1);
  const run = await tocsin(['access-log', log, '--known-ids', known, '--notice-list', list]);
  expect(run).toMatchObject({ code: 2, out: '' });
  expect(run.err).toContain(
    'line 3 is not NUMBER,valid or NUMBER,invalid [known-numbers-malformed]',
  );
  expect(existsSync(list)).toBe(false);
  writeFileSync(known, '1101,valid\n');
  expect((await tocsin(['access-log', log, '--known-ids', known])).code).toBe(0);
  expect((await tocsin(['access-log', log, '--known-ids', join(root, 'no')])).code).toBe(2);
});
