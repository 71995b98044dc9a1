import { deflateSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { nodeKernels as kernels } from '../../host/kernels/index.ts';
import { isLockedPdf, isPdf, PDF_LINKS_MAX, PDF_STREAMS_MAX, pdfReader } from './pdf-links.ts';

const LINK = 'https://a.example.com/x';
const bytesOf = (text: string): Uint8Array => Buffer.from(text, 'latin1');
const action = (string: string): string =>
  `9 0 obj\n<</Type/Annot/Subtype/Link/A<</S/URI/URI${string}>>>>\nendobj\n`;

/** An object stream, its type before or behind its filter. */
function objects(text: string, dictionary = '/Type/ObjStm/N 1/First 4/Filter/FlateDecode'): string {
  const packed = deflateSync(Buffer.from(text, 'latin1')).toString('latin1');
  return `7 0 obj\n<<${dictionary}/Length ${packed.length}>>\nstream\r\n${packed}\nendstream\nendobj\n`;
}

function read(text: string, isLocked = false) {
  const reader = pdfReader(kernels);
  return { links: reader.links(bytesOf(`%PDF-1.7\n${text}`), isLocked), isCut: reader.isCut };
}

describe('ISO 32000-1', () => {
  test.each<[string, string, readonly string[]]>([
    ['12.6.4.7 a URI action', action(`(${LINK})`), [LINK]],
    ['12.6.4.7 apart by white space', action(`\r\n (${LINK})`), [LINK]],
    ['12.6.4.7 the kind of an action is none', '<</S /URI /Next 3 0 R>>', []],
    [
      '7.3.4.2 escapes',
      action('(https\\072\\057\\057a.example.com\\(1\\)\\\\)'),
      ['https://a.example.com(1)\\'],
    ],
    [
      '7.3.4.2 balanced brackets',
      action('(https://a.example.com/(x)/y)'),
      ['https://a.example.com/(x)/y'],
    ],
    ['7.3.4.2 a line that goes on', action('(https://a.exam\\\r\nple.com/\\\nx)'), [LINK]],
    ['7.3.4.3 hexadecimal', action(`<${Buffer.from(LINK).toString('hex')}>`), [LINK]],
    ['7.3.4.3 an odd digit', action('<68 69 7>'), ['hip']],
    ['7.9.2.2 UTF-16', action(`(\xfe\xff${[...LINK].map((c) => `\0${c}`).join('')})`), [LINK]],
    ['7.5.7 in an object stream', objects(action(`(${LINK})`)), [LINK]],
    [
      '7.5.7 its type behind its filter',
      objects(action(`(${LINK})`), '/Filter [ /FlateDecode ] /N 1 /Type /ObjStm'),
      [LINK],
    ],
    ['7.5.7 a stream of another kind', objects(action(`(${LINK})`), '/Filter/FlateDecode'), []],
    ['an empty address', action('( )'), []],
    ['a string without its end', '/URI (https://a.example.com/x', [LINK]],
  ])('%s', (_, text, links) => expect(read(text)).toEqual({ links, isCut: false }));
});

describe('what could not be read is said', () => {
  const damaged = objects(action(`(${LINK})`)).replace('stream\r\n', 'stream\r\nx');
  test.each<[string, string]>([
    ['a damaged object stream', damaged],
    ['one that is packed twice', objects('x', '/Type/ObjStm/Filter[/ASCII85Decode/FlateDecode]')],
    ['one that unpacks to more than any has', objects(' '.repeat(2_000_001))],
    ['one past the streams of a message', objects('x').repeat(PDF_STREAMS_MAX + 1)],
    ['one past the links of a message', '/URI'.repeat(2 * PDF_LINKS_MAX + 1)],
  ])('%s', (_, text) => expect(read(text).isCut).toBe(true));

  test('what stands beside it is read', () => {
    expect(read(`${damaged}${action(`(${LINK})`)}`)).toEqual({ links: [LINK], isCut: true });
  });

  test('in a locked file nobody misses its streams', () => {
    expect(read(damaged, true).isCut).toBe(false);
    expect(isLockedPdf(bytesOf('trailer\n<</Encrypt 8 0 R>>'), kernels)).toBe(true);
  });
});

test('a PDF is told by its mark, as viewers tell it', () => {
  expect(isPdf(bytesOf(`${' '.repeat(1_000)}%PDF-1.4`), kernels)).toBe(true);
  expect(isPdf(bytesOf(`${' '.repeat(1_024)}%PDF-1.4`), kernels)).toBe(false);
});

test('never throws on any bytes, and gives the same links again', () => {
  const pieces = [
    '/URI',
    '(',
    ')',
    '\\',
    '<',
    '>',
    '6',
    '/ObjStm',
    'stream',
    '/Filter/FlateDecode',
  ];
  const any = fc.array(fc.oneof(fc.constantFrom(...pieces), fc.string({ unit: 'binary' })));
  fc.assert(
    fc.property(any, (all) => {
      const text = all.join('');
      expect(read(text)).toEqual(read(text));
    }),
  );
});
