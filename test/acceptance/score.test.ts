import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Score } from '../../src/core/score/index.ts';
import { tocsin } from '../kit/tocsin.ts';

const folder = mkdtempSync(join(tmpdir(), 'tocsin-score-'));
const [replay, caseFolder] = [join(folder, 'replay'), join(folder, 'case')];
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const score = (...words: readonly string[]) =>
  spawnSync(process.execPath, [resolve(import.meta.dirname, '../../tools/score.ts'), ...words], {
    encoding: 'utf8',
  });

beforeAll(async () => {
  const order = ['replay', 'october-2020', '--seed', '11', '--scale', '0.1', '--out', replay];
  expect((await tocsin(order)).code).toBe(0);
  const run = await tocsin([
    ...['investigate', join(replay, 'evidence'), '--case', caseFolder],
    ...['--releases', join(replay, 'office/releases'), '--access-log', join(replay, 'office/logs')],
    ...['--registers', join(replay, 'office/registers')],
    ...['--facts', join(replay, 'office/facts.json')],
  ]);
  expect(run.code).toBe(0);
});

test('an investigation of a replay finds every reported original, its campaign, its sender', () => {
  const { status, stdout } = score(caseFolder, join(replay, 'truth.json'), '--json');
  expect(status).toBe(0);
  const result = JSON.parse(stdout) as Score;
  expect(result.found.of).toBeGreaterThan(60);
  expect(result.found.hits).toBe(result.found.of);
  expect(result.falseOriginals).toEqual([]);
  expect(result.shownSender.hits).toBe(result.shownSender.of);
  expect(result.secondSender).toMatchObject({ apart: true });
  expect(result.secondSender.counted).toBe(result.secondSender.of);
  expect(result.campaigns.f1).toBeGreaterThan(0.99);
  expect(result.campaigns.contamination.hits).toBe(0);
});

test('and whose list it was, what the page gave away, who was meant', () => {
  const { stdout } = score(caseFolder, join(replay, 'truth.json'), '--json');
  const { office } = JSON.parse(stdout) as Score;
  expect(office?.lists.map(({ source }) => source.inCredibleSet)).toEqual([true, true]);
  expect(office?.lists[0]?.source).toMatchObject({ top1: true });
  const claims = office?.lists[0]?.targeting.claims;
  expect(claims?.hits).toBe(claims?.of);
  const { sizes } = office?.lists[0] ?? { sizes: [] };
  expect(sizes.length).toBeGreaterThan(4);
  expect(sizes.filter(({ covers }) => !covers)).toEqual([]);
  expect(office?.log).toMatchObject({ taken: { covers: true }, times: true });
  expect(office?.log?.victims.said).toBe(office?.log?.victims.truth);
  expect(office?.matches).toBeNull();
});

test('the table names what it scores; wrong use is refused in one line', () => {
  const table = score(caseFolder, join(replay, 'truth.json'));
  expect(table.stdout).toMatch(/reported originals found +\d+ of \d+/);
  for (const words of [[], [caseFolder], [folder, join(replay, 'truth.json')]]) {
    const refused = score(...words);
    expect(refused.status).toBe(2);
    expect(refused.stderr.trim().split('\n')).toHaveLength(1);
  }
});
