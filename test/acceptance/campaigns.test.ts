import { appendFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { undocumentedFields } from '../kit/json-page.ts';
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
  expect(undocumentedFields(document)).toEqual([]);
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

test('a million identical texts are one campaign', { timeout: 120_000 }, async () => {
  const many = join(folder, 'many.jsonl');
  const line = `${JSON.stringify({ id: 'a', text: threat(1) })}\n`;
  writeFileSync(many, '');
  for (let part = 0; part < 10; part++) appendFileSync(many, line.repeat(100_000));
  const run = await tocsin(['campaigns', many]);
  expect(run.code).toBe(0);
  expect(run.out).toContain('a: 1000000 texts');
});

const pair = rows.slice(0, 2).join('\n');

test.each<[string, Buffer | string, number, string]>([
  ['empty texts', '{"id":"e","text":""}\n'.repeat(1000), 0, ''],
  [
    'one text of 50 MB',
    `${JSON.stringify({ id: 'big', text: 'word '.repeat(10_000_000) })}\n`,
    0,
    'big: Only the first 1000000 characters were read.',
  ],
  [
    'binary noise',
    Buffer.from(Array.from({ length: 100_000 }, (_, at) => Math.imul(at, 0x9e3779b1) >>> 24)),
    1,
    ': is no JSON',
  ],
  ['a line without end', Buffer.alloc(70_000_000, 97), 1, ':1: is longer than 64000000 bytes'],
])('%s: a clear line, and the rest goes on', async (name, bad, code, says) => {
  const hostile = join(folder, `${name}.jsonl`);
  writeFileSync(hostile, bad);
  appendFileSync(hostile, `\n${pair}\n`);
  const run = await tocsin(['campaigns', hostile]);
  expect(run.code).toBe(code);
  expect(run.err).toContain(says);
  expect(run.out).toContain('m0: 2 texts');
});
