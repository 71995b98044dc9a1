import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { matchExample } from './index.ts';

const folder = mkdtempSync(join(tmpdir(), 'tocsin-example-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const keyOf = (name: string, street: string, zip: string): string =>
  [name, street.split(' ')[0], zip].join('|');

test('the practice lists hold as many people as they are said to, by what the exchange compares', async () => {
  const said: string[] = [];
  const code = await matchExample(
    { file: '', files: [], folder, order: { option: () => null, given: () => false } },
    {
      terminal: {
        write: async (text) => void said.push(text),
        say: (line) => void said.push(line),
        draw: () => undefined,
      },
      progress: { update: () => undefined, finish: () => undefined },
      onInterrupt: () => undefined,
    },
  );
  const lines = (name: string): readonly string[] =>
    readFileSync(join(folder, name), 'utf8').trim().split('\n');
  const roll = new Set(
    lines('roll.csv')
      .slice(1)
      .map((row) => row.split(','))
      .map(([first, last, street, zip]) => keyOf(`${first} ${last}`, street!, zip!)),
  );
  const reports = new Set(
    lines('reports.jsonl')
      .map((row) => JSON.parse(row).recipient)
      .map(({ name, street, postalCode }) => keyOf(name, street, postalCode)),
  );
  const both = [...reports].filter((key) => roll.has(key));
  expect([code, roll.size, reports.size, both.length]).toEqual([0, 33_000, 10_000, 4_000]);
  expect(said.join('')).toContain('(reports.jsonl, 10,000, of which 4,000 name people');
});
