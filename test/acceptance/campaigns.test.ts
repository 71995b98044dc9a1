import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { tocsin } from '../kit/tocsin.ts';

const folder = mkdtempSync(join(tmpdir(), 'tocsin-campaigns-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const GIVEN = ['Ann', 'Ben', 'Cora', 'Dean', 'Ella', 'Fred', 'Gina', 'Hank'];
const STREETS = 'Oak Elm Pine Lake Mill Ash Birch Cedar Dale Fern Grove Hill Ivy'.split(' ');
const threat = (at: number): string =>
  `${GIVEN[at % 8]} ${['Reed', 'Stone', 'Marsh'][at % 3]},\nwe know where you live: ${at * 7 + 3} ${STREETS[at % 13]} ${['Street', 'Ave', 'Road', 'Lane'][at % 4]}. ` +
  'You will change your party and vote for our candidate on Election Day or we will come after you.';

const rows = Array.from({ length: 40 }, (_, at) =>
  JSON.stringify({ id: `m${at}`, text: threat(at) }),
);
const file = join(folder, 'texts.jsonl');
writeFileSync(
  file,
  [
    ...rows,
    'no json',
    '{"id":"x"}',
    '[]',
    '',
    '{"id":"alone","text":"where do I vote?","more":1}',
  ].join('\n'),
);

test('rows become campaigns with typed slots; what is no row is named and the rest goes on', async () => {
  const run = await tocsin(['campaigns', file, '--json']);
  expect(run.code).toBe(1);
  expect(run.err.match(/texts\.jsonl:4[123]: /g)).toHaveLength(3);
  const document = JSON.parse(run.out);
  expect(document.campaigns).toHaveLength(1);
  const [{ size, members, templates }] = document.campaigns;
  expect([size, members.length, members[0]]).toEqual([40, 40, 'm0']);
  expect(templates[0].text).toContain('You will change your party');
  expect(templates[0].slots.map(({ type }: { readonly type: string }) => type)).toContain(
    'street-address',
  );
  expect(document.unclustered).toEqual(['alone']);
});

test('a file that is not there is one line, and an empty one is no campaign', async () => {
  const empty = join(folder, 'empty.jsonl');
  writeFileSync(empty, '');
  const run = await tocsin(['campaigns', join(folder, 'missing.jsonl'), empty]);
  expect(run.code).toBe(1);
  expect(run.err).toContain('missing.jsonl: could not be read (ENOENT)');
  expect(run.out).toContain('0 campaigns, 0 texts alone');
});

test('a hundred thousand identical texts are one campaign', { timeout: 120_000 }, async () => {
  const many = join(folder, 'many.jsonl');
  const line = `${JSON.stringify({ id: 'a', text: threat(1) })}\n`;
  writeFileSync(many, line.repeat(100_000));
  const run = await tocsin(['campaigns', many, '--json']);
  expect(run.code).toBe(0);
  expect(JSON.parse(run.out).campaigns[0].size).toBe(100_000);
});
