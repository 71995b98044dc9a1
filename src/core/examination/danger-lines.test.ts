import { expect, test } from 'vitest';
import type { FileRisk } from '../carried-file/index.ts';
import { dangerLines } from './danger-lines.ts';

const FILE: FileRisk = {
  path: '0.2',
  fileName: 'a.exe',
  action: 'program',
  holds: null,
  looksLike: null,
  bytesAre: null,
};

const said = (files: readonly FileRisk[]): string =>
  dangerLines(files).join('\n').replace(/\s+/g, ' ').trim();

test('what a file does and how its name deceives is said in words', () => {
  const fileName = `ballot.pdf${' '.repeat(70)}.exe`;
  expect(said([{ ...FILE, fileName, looksLike: 'a PDF' }])).toBe(
    'Danger 0.2 "ballot[.]pdf [70 blanks] .exe": runs when opened; its name is written to look like a PDF.',
  );
  expect(said([{ ...FILE, fileName: 'p.jpg', bytesAre: 'a program' }])).toBe(
    'Danger 0.2 "p[.]jpg": runs when opened; its name says something else than its bytes: they are a program.',
  );
  expect(said([{ ...FILE, fileName: 'p.zip', action: 'archive', holds: 'i.exe' }])).toBe(
    'Danger 0.2 "p[.]zip": holds a file that runs when opened ("i[.]exe").',
  );
  expect(said([])).toBe('');
});

test('a name that deceives stands before a flood of others, which are counted', () => {
  const flood = Array.from({ length: 40 }, () => FILE);
  const lines = dangerLines([...flood, { ...FILE, path: '0.99', looksLike: 'a PDF' }]);
  expect(lines[0]).toContain('0.99');
  expect(lines.at(-1)).toContain('29 more such files');
});
