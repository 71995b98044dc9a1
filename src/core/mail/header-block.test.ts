import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { nodeKernels as kernels } from '../../host/kernels/index.ts';
import { hasCrLines, readHeaderBlock } from './header-block.ts';
import { HEADER_BYTES_MAX, HEADER_FIELDS_MAX } from './mail-limits.ts';

function read(text: string, message = true) {
  const bytes = Buffer.from(text, 'latin1');
  const crLines = hasCrLines(bytes, 0, bytes.length);
  const place = { bytes, start: 0, end: bytes.length, crLines, message };
  const block = readHeaderBlock({ ...place, isDelimiter: () => true }, kernels);
  const fields = block.fields.map(({ name, valueAt, end }) => [name, text.slice(valueAt, end)]);
  return { block, fields, body: text.slice(block.bodyAt), codes: block.defects.map((d) => d.code) };
}

const two = [
  ['A', ' 1'],
  ['B', ' 2'],
];

describe('a header block', () => {
  test.each<[string, string, readonly string[]]>([
    ['CRLF', 'A: 1\r\nB: 2\r\n\r\nbody', []],
    ['LF', 'A: 1\nB: 2\n\nbody', []],
    ['bare CR lines', 'A: 1\rB: 2\r\rbody', []],
    ['CR CR LF lines', 'A: 1\r\r\nB: 2\r\r\n\r\r\nbody', []],
    ['a byte order mark', '\xef\xbb\xbfA: 1\nB: 2\n\nbody', ['byte-order-mark']],
    ['an mbox line', 'From a\nA: 1\nB: 2\n\nbody', ['envelope-from']],
    ['two of them', '>From a\nFrom b\nA: 1\nB: 2\n\nbody', ['envelope-from', 'envelope-from']],
    ['empty lines before it', '\r\n\r\nA: 1\nB: 2\n\nbody', ['header-empty-lines']],
    ['a blank before the colon', 'A : 1\nB: 2\n\nbody', ['header-space-before-colon']],
    ['a colon folded to the next line', 'A\n : 1\nB: 2\n\nbody', ['header-space-before-colon']],
    ['its first field indented', ' A: 1\nB: 2\n\nbody', ['header-bad-fold']],
    ['a line without colon', 'A: 1\nno field\nB: 2\n\nbody', ['header-no-colon']],
    ['no empty line behind it', 'A: 1\nB: 2\nbody', ['header-no-end']],
  ])('is split under %s', (_, text, defects) => {
    const { fields, body, codes } = read(text);
    expect(fields).toEqual(two);
    expect(body).toBe('body');
    expect(codes).toEqual(defects);
  });

  test.each<[string, string, string, string]>([
    ['folded', 'A: 1\r\n 2\r\n\t3\r\n\r\n', ' 1\r\n 2\r\n\t3', ''],
    ['with a bare CR', 'A: 1\r2\n\n', ' 1\r2', 'header-bare-cr'],
    ['with NUL', 'A: 1\x002\n\n', ' 1\x002', 'header-nul'],
    ['with raw 8-bit', 'A: \xe4\n\n', ' \xe4', 'header-8bit'],
    ['folded without indent', 'A: x;\ny=1\n\n', ' x;\ny=1', 'header-bad-fold'],
    ['empty', 'A:\n\n', '', ''],
  ])('keeps a field %s', (_, text, value, defect) => {
    const { fields, codes } = read(text);
    expect(fields).toEqual([['A', value]]);
    expect(codes.join()).toBe(defect);
  });

  test.each([
    ['words', 'X bad: name=\n\naGVsbG8=', 'header-no-colon', 'aGVsbG8='],
    ['digits', 'aGVsbG8=\n\naGVsbG8=', 'header-no-end', 'aGVsbG8=\n\naGVsbG8='],
    ['words and nothing behind them', 'X bad', 'header-no-end', 'X bad'],
  ])('of a body in base64 with %s as its last line', (_, rest, defect, shown) => {
    const { body, codes } = read(`Content-Transfer-Encoding: Base64\n${rest}`);
    expect([codes, body]).toEqual([[defect], shown]);
  });

  test('of a part ends at a delimiter, and may be missing', () => {
    expect(read('A: 1\n--b\nB: 2\n\n', false).body).toBe('--b\nB: 2\n\n');
    expect(read('just text\n\nmore', false).body).toBe('just text\n\nmore');
    expect(read('\nbody', false).body).toBe('body');
  });

  test.each([
    ['no empty line', ''],
    ['a line of blanks', ' \n'],
    ['words', 'This is a multi-part message.\n'],
  ])('of a multipart with %s behind it ends where its first part begins', (_, between) => {
    const part = '--b\nB: 2\n\nbody';
    const isDelimiter = (): boolean => false;
    for (const type of [
      'Content-Type: multipart/mixed;\n\tboundary="b"',
      'content-type: m; BOUNDARY = b',
    ]) {
      const bytes = Buffer.from(`${type}\n${between}${part}`);
      const place = { bytes, start: 0, end: bytes.length, crLines: false, message: true };
      const { fields, bodyAt, defects } = readHeaderBlock({ ...place, isDelimiter }, kernels);
      expect(fields).toHaveLength(1);
      expect(defects.map(({ code }) => code)).toContain('header-no-end');
      expect(bytes.toString().slice(bodyAt)).toBe((between.trim() && between) + part);
    }
  });

  test('goes on behind a line of hyphens that is no delimiter', () => {
    expect(read('A: 1\nB: 2\n\n--b', false).fields).toEqual(two);
    const bytes = Buffer.from('Content-Type: m; boundary=bb\n--b\n--bbb\nB: 2\n\n');
    const place = { bytes, start: 0, end: bytes.length, crLines: false, message: true };
    const block = readHeaderBlock({ ...place, isDelimiter: () => false }, kernels);
    expect(block.fields.map(({ name }) => name)).toEqual(['Content-Type', 'B']);
  });

  test('beyond its limits is cut, counted, and the body still found', () => {
    const long = read(`A: ${'x'.repeat(HEADER_BYTES_MAX)}\r\nB: 2\r\n\r\nbody`);
    expect(long.block.fields.length).toBe(1);
    expect(long.block.bytesCut).toBe(13);
    expect(long.body).toBe('body');
    const many = read(`${'A: 1\n'.repeat(HEADER_FIELDS_MAX)}B: 2\n\nbody`);
    expect(many.block.fields.length).toBe(HEADER_FIELDS_MAX);
    expect(many.block.fieldsCut).toBe(1);
    expect(many.body).toBe('body');
  });

  test('whatever its lines, has fields in order that lie apart, before the body', () => {
    const lines = fc.constantFrom(
      'A: 1',
      ' x',
      '',
      'junk',
      '--b',
      'B :',
      ':',
      '\r',
      '\0',
      'a;',
      'C:\t;',
    );
    const breaks = fc.constantFrom('\n', '\r\n', '\r');
    fc.assert(
      fc.property(fc.array(fc.tuple(lines, breaks), { maxLength: 12 }), (list) => {
        const { block } = read(list.map((pair) => pair.join('')).join(''));
        let at = 0;
        for (const { offset, valueAt, end } of block.fields) {
          expect(offset).toBeGreaterThanOrEqual(at);
          expect(valueAt).toBeGreaterThan(offset);
          expect(end).toBeGreaterThanOrEqual(valueAt);
          at = end;
        }
        expect(block.bodyAt).toBeGreaterThanOrEqual(at);
      }),
    );
  });
});
