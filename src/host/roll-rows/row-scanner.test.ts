import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { openRowScanner, type RowShape, type RowTrouble } from './row-scanner.ts';

const SHAPE: RowShape = {
  delimiter: ',',
  quoted: true,
  width: 3,
  header: false,
  encoding: 'utf-8',
};

/** Rows as texts, fed in pieces of a length. */
function rowsOf(
  text: string | Buffer,
  piece = 1 << 20,
  shape: Partial<RowShape> = {},
): readonly (readonly string[])[] | RowTrouble {
  const bytes = Buffer.from(text);
  const rows: string[][] = [];
  const scanner = openRowScanner({ ...SHAPE, ...shape }, ({ bytes: own, starts, ends, quotes }) => {
    const cells = [...starts].map((start, at) => own.toString('utf8', start, ends[at]));
    rows.push(cells.map((cell, at) => (quotes[at] === 2 ? cell.replaceAll('""', '"') : cell)));
  });
  let held = Buffer.alloc(0);
  for (let at = 0; ; at += piece) {
    const last = at >= bytes.length;
    held = Buffer.concat([held, bytes.subarray(at, at + piece)]);
    const fed = scanner.feed(held, last);
    if (typeof fed !== 'number') return fed;
    if (last) return rows;
    held = held.subarray(fed);
  }
}

describe('rows', () => {
  test.each<[string, string, readonly (readonly string[])[]]>([
    [
      'plain',
      'a,b,c\nd,e,f\n',
      [
        ['a', 'b', 'c'],
        ['d', 'e', 'f'],
      ],
    ],
    ['without a line feed at the end', 'a,b,c', [['a', 'b', 'c']]],
    [
      'RFC 4180 2.1 with CR and LF',
      'a,b,c\r\nd,e,\r\n',
      [
        ['a', 'b', 'c'],
        ['d', 'e', ''],
      ],
    ],
    [
      'RFC 4180 2.6 with a delimiter and a line feed in quotes',
      '"a,\n","b",c\n',
      [['a,\n', 'b', 'c']],
    ],
    ['RFC 4180 2.7 with doubled quotes', '"a ""b""",,""\r\n', [['a "b"', '', '']]],
    ['a quote within a plain value', 'a"b,c,d\n', [['a"b', 'c', 'd']]],
    ['empty lines are none', '\na,b,c\n\r\n\n', [['a', 'b', 'c']]],
    ['behind a byte order mark', '\ufeffa,b,c\n', [['a', 'b', 'c']]],
    ['nothing', '', []],
  ])('%s', (_, text, rows) => {
    for (const piece of [1, 2, 3, 7, 100]) expect(rowsOf(text, piece)).toEqual(rows);
  });

  test.each<[string, string | Buffer, RowTrouble]>([
    ['a row of two cells', 'a,b,c\nd,e\n', { offset: 6, found: { cells: 2 } }],
    ['a row of four', 'a,b,c,d\n', { offset: 0, found: { cells: 4 } }],
    ['a quote that is not closed', 'a,b,c\n"d,e,f\n', { offset: 6, found: 'torn' }],
    ['text behind a closing quote', '"a"b,c,d\n', { offset: 0, found: 'torn' }],
    [
      'bytes that are not UTF-8',
      Buffer.from('a,b,c\n\xfc,b,c\n', 'latin1'),
      { offset: 6, found: 'encoding' },
    ],
  ])('%s is trouble, with its place', (_, text, trouble) => {
    expect(rowsOf(text)).toEqual(trouble);
  });

  test('a header is no row; a roll without quotes may have quotes in values', () => {
    expect(rowsOf('a,b,c\nd,e,f\n', 5, { header: true })).toEqual([['d', 'e', 'f']]);
    expect(rowsOf('"a,b",c\n', 5, { quoted: false })).toEqual([['"a', 'b"', 'c']]);
  });

  test('bytes of any kind, in pieces of any length, are rows or trouble', () => {
    const file = fc.array(fc.constantFrom('a', ',', '"', '\n', '\r', '\u00e9', '\0'), {
      maxLength: 60,
    });
    fc.assert(
      fc.property(file, fc.integer({ min: 1, max: 9 }), (signs, piece) => {
        const whole = rowsOf(signs.join(''));
        const pieces = rowsOf(signs.join(''), piece);
        expect('offset' in pieces).toBe('offset' in whole);
        if (!('offset' in whole)) expect(pieces).toEqual(whole);
      }),
    );
  });
});
