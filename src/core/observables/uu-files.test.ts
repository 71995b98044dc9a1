import fc from 'fast-check';
import { expect, test } from 'vitest';
import { UU_FILES_MAX, uuFiles } from './uu-files.ts';

/** POSIX uuencode, written from its description. */
function encoded(bytes: Uint8Array, name: string): string {
  const char = (value: number): string => String.fromCharCode(value === 0 ? 96 : value + 32);
  const lines = [`begin 644 ${name}`];
  for (let at = 0; at < bytes.length; at += 45) {
    const line = bytes.subarray(at, at + 45);
    let text = char(line.length);
    for (let n = 0; n < line.length; n += 3) {
      const [a = 0, b = 0, c = 0] = line.subarray(n, n + 3);
      text += char(a >> 2) + char(((a & 3) << 4) | (b >> 4));
      text += char(((b & 15) << 2) | (c >> 6)) + char(c & 63);
    }
    lines.push(text);
  }
  return [...lines, '`', 'end'].join('\n');
}

test('any file in any prose comes out as it went in, with its place', () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 1, maxLength: 200 }), (bytes) => {
      const file = encoded(bytes, 'ballot.doc');
      const text = `Hello,\n\n${file}\nbye\n`;
      const [found, ...more] = uuFiles(text);
      expect(more).toEqual([]);
      expect(found?.name).toBe('ballot.doc');
      expect(found?.bytes).toEqual(bytes);
      expect(text.slice(found?.start, found?.end)).toBe(file);
    }),
  );
});

test.each<[string, number]>([
  ['begin 644 by saying', 0],
  ['we begin 644 a.txt\n#0V%T\n`\nend', 0],
  ['begin 644 a.txt\nthis is prose, not data\nend', 0],
  ['begin 644 a.txt\n#0V%T', 1],
  ['begin 644 a.txt\n#0V%T\nprose behind a cut', 1],
  ['begin 644 a\n#0V%T\n`\nend\nbegin 644 b\n#0V%T\n \nend\n', 2],
])('%j holds %i', (text, count) => expect(uuFiles(text)).toHaveLength(count));

test('one past the limit is not read; a flood takes linear time', () => {
  const one = encoded(Uint8Array.of(1, 2, 3), 'a');
  expect(uuFiles(`${one}\n`.repeat(UU_FILES_MAX + 1))).toHaveLength(UU_FILES_MAX);
  expect(uuFiles('begin 644 a\n'.repeat(50_000))).toEqual([]);
  expect(uuFiles(`begin 644 a\n${'#0V%T\n'.repeat(100_000)}`)[0]?.bytes.length).toBe(300_000);
});

test('any text is read without throwing', () => {
  const pieces = fc.constantFrom(
    'begin 644 a\n',
    '\nbegin 600 b\n',
    '#0V%T\n',
    '`\n',
    'end\n',
    'M',
    ' ',
    'x',
  );
  fc.assert(
    fc.property(fc.array(pieces, { maxLength: 20 }), (list) => void uuFiles(list.join(''))),
  );
});
