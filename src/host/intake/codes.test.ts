import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';

const docs = resolve(import.meta.dirname, '../../../docs');
const rows = (page: string): readonly string[] =>
  [...readFileSync(join(docs, page), 'utf8').matchAll(/^\| `([a-z-]+)`/gm)].map(
    (hit) => hit[1] ?? '',
  );

const source = readdirSync(import.meta.dirname)
  .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
  .map((file) => readFileSync(join(import.meta.dirname, file), 'utf8'))
  .join('\n');

const codes = (start: RegExp): readonly string[] =>
  [...new Set([...source.matchAll(start)].map((hit) => hit[1] ?? ''))].sort();

test('each limit of intake has a row in docs/limits.md', () => {
  const limits = codes(/'((?:archive|message)-[a-z-]+|mbox-lead|not-mail)'/g);
  expect(limits.length).toBeGreaterThan(12);
  expect(limits.filter((code) => !rows('limits.md').includes(code))).toEqual([]);
});

test('each reason not to read a path has a row in docs/failures.md', () => {
  const reasons = codes(/code: '((?:file|folder|link|path|case|not-a)-[a-z-]+)'/g);
  expect(reasons.length).toBeGreaterThan(10);
  expect(reasons.filter((code) => !rows('failures.md').includes(code))).toEqual([]);
});
