import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { nodeKernels } from '../../host/kernels/index.ts';
import { decodeHeaderText } from './encoded-word.ts';

/** Each character is one byte, as in a file read as Latin-1. */
const bytesOf = (latin1: string): Uint8Array =>
  Uint8Array.from(latin1, (char) => char.charCodeAt(0));
const read = (latin1: string): string => decodeHeaderText(bytesOf(latin1), nodeKernels);

test.each<[string, string, string]>([
  ['8 one word', '(=?ISO-8859-1?Q?a?=)', '(a)'],
  ['8 word and text', '(=?ISO-8859-1?Q?a?= b)', '(a b)'],
  ['8 white space between words is dropped', '(=?ISO-8859-1?Q?a?= =?ISO-8859-1?Q?b?=)', '(ab)'],
  ['8 several blanks too', '(=?ISO-8859-1?Q?a?=  =?ISO-8859-1?Q?b?=)', '(ab)'],
  ['8 and folds', '(=?ISO-8859-1?Q?a?=\r\n       =?ISO-8859-1?Q?b?=)', '(ab)'],
  ['8 an underscore is a blank', '(=?ISO-8859-1?Q?a_b?=)', '(a b)'],
  ['8 a blank in the next word', '(=?ISO-8859-1?Q?a?= =?ISO-8859-2?Q?_b?=)', '(a b)'],
  [
    '8 two charsets, B and Q',
    '=?ISO-8859-1?B?SWYgeW91IGNhbiByZWFkIHRoaXMgeW8=?=\r\n =?ISO-8859-2?B?dSB1bmRlcnN0YW5kIHRoZSBleGFtcGxlLg==?=',
    'If you can read this you understand the example.',
  ],
  [
    '8 names',
    '=?ISO-8859-1?Q?Olle_J=E4rnefors?= <ojarnef@x.example>',
    'Olle Järnefors <ojarnef@x.example>',
  ],
  ['8 hebrew', '=?iso-8859-8?b?7eXs+SDv4SDs6Oj08A==?=', 'םולש ןב לטטפנ'],
])('RFC 2047 section %s', (_, raw, text) => {
  expect(read(raw)).toBe(text);
});

describe('encoded words as software writes them', () => {
  test.each<[string, string, string]>([
    ['RFC 2231 section 5: a language tag', '=?US-ASCII*EN?Q?Keith_Moore?=', 'Keith Moore'],
    ['a character cut between two words', '=?utf-8?B?w6TDtsM=?= =?utf-8?B?vA==?=', 'äöü'],
    [
      'RFC 1468: each word returns to ASCII',
      '=?ISO-2022-JP?B?GyRCRWpJPBsoQg==?= =?ISO-2022-JP?B?GyRCRWpJPBsoQg==?=',
      '投票投票',
    ],
    ['a character cut between B and Q', '=?utf-8?B?w6TDtsM=?= =?utf-8?Q?=BC?=', 'äöü'],
    ['raw blanks inside', '=?utf-8?Q?Vote by mail?= ok', 'Vote by mail ok'],
    ['a fold inside', '=?utf-8?Q?Vote_by\r\n _mail?=', 'Vote by  mail'],
    ['no end', '=?utf-8?Q?Vote', '=?utf-8?Q?Vote'],
    ['an unknown charset falls back', '=?x-nothing?Q?caf=E9?=', 'café'],
    ['raw UTF-8 (RFC 6532)', 'Gr\u00c3\u00bc\u00c3\u009fe', 'Grüße'],
    ['raw 8-bit', 'caf\u00e9', 'café'],
    ['a smuggled line break', '=?utf-8?Q?a=0D=0ABcc:_x?=', 'a Bcc: x'],
    ['unfolding keeps the white space', 'Subject\r\n\tof two lines', 'Subject\tof two lines'],
  ])('%s', (_, raw, text) => {
    expect(read(raw)).toBe(text);
  });
});

test('any bytes give one line and never throw', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
      expect(decodeHeaderText(bytes, nodeKernels)).not.toMatch(/[\r\n\0]/);
    }),
  );
});

test('a run of words is the bytes of each, one behind the other, however each was encoded', () => {
  // Words that end in the middle of a byte go on in the next one: see below.
  const mayBeCut = (text: string): boolean => text.length % 4 !== 0 && !/[^A-Za-z0-9+/]/.test(text);
  const digits = fc
    .string({
      unit: fc.constantFrom('A', 'Z', 'a', '9', '+', '/', '=', ' ', '-'),
      maxLength: 12,
    })
    .filter((text) => !mayBeCut(text));
  const whole = fc.uint8Array({ maxLength: 9 }).map((bytes) => nodeKernels.toBase64(bytes));
  const encoded = fc.oneof({ weight: 4, arbitrary: whole }, digits);
  fc.assert(
    fc.property(fc.array(encoded, { minLength: 1, maxLength: 8 }), (texts) => {
      const bytes = texts.flatMap((text) => [...nodeKernels.base64(bytesOf(text), 0, text.length)]);
      const run = texts.map((text) => `=?iso-8859-15?B?${text}?=`).join('\r\n ');
      const octets = bytes.map((byte) => `=${byte.toString(16).padStart(2, '0')}`).join('');
      expect(read(run)).toBe(read(`=?iso-8859-15?Q?${octets}?=`));
    }),
  );
});

describe('base64 that was cut where the line was full', () => {
  const text = 'Голосуй за него, иначе мы придём к вам домой.';
  const stream = Buffer.from(text).toString('base64');
  const words = (...pieces: readonly string[]): string =>
    decodeHeaderText(
      Buffer.from(pieces.map((piece) => `=?utf-8?B?${piece}?=`).join('\r\n ')),
      nodeKernels,
    );

  test.each([1, 13, 14, 15, 17, 33])('after %i digits', (at) => {
    expect(words(stream.slice(0, at), stream.slice(at))).toBe(text);
  });

  test('several times', () => {
    expect(words(...(stream.match(/.{1,13}/g) ?? []))).toBe(text);
  });

  test('words that are whole without their padding stay words of their own', () => {
    const bare = (word: string): string => Buffer.from(word).toString('base64').replace(/=+$/, '');
    expect(words(bare('vote'), bare('or'), bare('else!'))).toBe('voteorelse!');
  });
});
