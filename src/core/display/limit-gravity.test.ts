import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { gravestFirst } from './limit-gravity.ts';

const limit = (code: string) => ({ code, at: '0', text: code });

test('a zip bomb does not hide behind what it held, nor a lost mail behind a remark', () => {
  const codes = ['archive-crc-wrong', 'mail-forward-text', 'not-mail', 'text-cut', 'archive-ratio'];
  expect(gravestFirst(codes.map(limit)).map(({ code }) => code)).toEqual([
    'archive-ratio',
    'not-mail',
    'mail-forward-text',
    'text-cut',
    'archive-crc-wrong',
  ]);
});

test('every code that is ranked is one of docs/limits.md', () => {
  const source = readFileSync(new URL('./limit-gravity.ts', import.meta.url), 'utf8');
  const ranked = [...source.matchAll(/'([a-z]+-[a-z-]+)'/g)].map(([, code]) => code);
  const known = readFileSync(new URL('../../../docs/limits.md', import.meta.url), 'utf8');
  expect(ranked.length).toBeGreaterThan(15);
  expect(ranked.filter((code) => !known.includes(`| \`${code}\` |`))).toEqual([]);
});
