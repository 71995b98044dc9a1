import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { nodeKernels } from '../../host/kernels/index.ts';
import { decodeBodyText, decodeCharset, textPositions } from './index.ts';

const bytesOf = (hex: string): Uint8Array => Buffer.from(hex.replaceAll(' ', ''), 'hex');
const ascii = (text: string): Uint8Array => nodeKernels.encode(text);
const join = (...pieces: (string | Uint8Array)[]): Uint8Array =>
  Uint8Array.from(
    pieces.flatMap((piece) => [...(typeof piece === 'string' ? ascii(piece) : piece)]),
  );
const body = (bytes: Uint8Array, label: string | null, html = false, elsewhere: string[] = []) =>
  decodeBodyText(bytes, { label, html, elsewhere }, nodeKernels);

/** `ψήφος των πολιτών` in windows-1253, `投票所の場所` in EUC-JP. */
const GREEK = bytesOf('f8def6eff2 20 f4f9ed 20 f0efebe9f4feed');
const JAPANESE = bytesOf('c5eac9bcbdeaa4cebeecbdea');

describe('the order of choice', () => {
  const cafe = bytesOf('636166e9');
  const valid = ascii('café');
  test.each<
    [string, Uint8Array, string | null, boolean, string[], [string, string, string | null]]
  >([
    [
      'a byte order mark beats the label',
      join(bytesOf('efbbbf'), 'café'),
      'koi8-r',
      false,
      [],
      ['utf-8', 'bom', null],
    ],
    ['a UTF-32 mark', bytesOf('0000feff00000063'), null, false, [], ['utf-32be', 'bom', null]],
    ['a UTF-16 mark', bytesOf('fffe6300'), 'utf-8', false, [], ['utf-16le', 'bom', null]],
    [
      'a big-endian mark beats utf-16',
      bytesOf('feff0063'),
      'utf-16',
      false,
      [],
      ['utf-16be', 'bom', null],
    ],
    ['a supported label', cafe, 'ISO-8859-1', false, [], ['windows-1252', 'label', null]],
    [
      'a label in quotes and blanks',
      cafe,
      ' "iso-8859-1" ',
      false,
      [],
      ['windows-1252', 'label', null],
    ],
    ['no label, valid UTF-8', valid, null, false, [], ['utf-8', 'utf-8', null]],
    ['us-ascii, valid UTF-8', valid, 'us-ascii', false, [], ['utf-8', 'utf-8', null]],
    [
      'unknown label, valid UTF-8',
      valid,
      'x-nothing',
      false,
      [],
      ['utf-8', 'utf-8', 'charset-unknown'],
    ],
    [
      'unknown label, much valid UTF-8',
      ascii('Ваш голос учтён'),
      'x-nothing',
      false,
      [],
      ['utf-8', 'utf-8', 'charset-unknown'],
    ],
    [
      'HTML meta',
      join('<html><META charset=koi8-r><p>', bytesOf('c7cfcc')),
      null,
      true,
      [],
      ['koi8-r', 'meta', null],
    ],
    [
      'HTML meta, old form',
      join(
        '<meta http-equiv="Content-Type" content="text/html; charset=windows-1251">',
        bytesOf('e3ee'),
      ),
      null,
      true,
      [],
      ['windows-1251', 'meta', null],
    ],
    [
      'meta is no witness in plain text',
      join('<meta charset=koi8-r>', bytesOf('e9')),
      null,
      false,
      ['windows-1251'],
      ['windows-1251', 'elsewhere', null],
    ],
    [
      'a label elsewhere in the message',
      bytesOf('e3eeebeef1'),
      null,
      false,
      ['utf-8', 'windows-1251'],
      ['windows-1251', 'elsewhere', null],
    ],
    ['nothing at all', bytesOf('e9'), null, false, [], ['windows-1252', 'guess', null]],
    ['noise', bytesOf('78d778f778d7'), null, false, [], ['windows-1252', 'fallback', null]],
    [
      'a label of utf-8 that the bytes deny',
      join('Wählen Sie'.slice(0, 1), bytesOf('e4'), 'hlen Sie zur', bytesOf('fc'), 'ck'),
      'utf-8',
      false,
      [],
      ['windows-1252', 'guess', 'charset-mismatch'],
    ],
    [
      'a Cyrillic label over UTF-8',
      ascii('Ваш голос учтён'),
      'windows-1251',
      false,
      [],
      ['utf-8', 'guess', 'charset-mismatch'],
    ],
    [
      'a Chinese label over UTF-8',
      ascii('请核实您的选票'),
      'gb2312',
      false,
      [],
      ['utf-8', 'guess', 'charset-mismatch'],
    ],
    [
      'few letters that fit UTF-8 by chance',
      join('DF', bytesOf('dfbb'), ' ', bytesOf('cfa8')),
      'windows-1251',
      false,
      [],
      ['windows-1251', 'label', null],
    ],
    [
      'utf-8 cut in mid-character stays utf-8',
      join('Zürich, Köln und drei Euro: 3 €, ä', bytesOf('e282')),
      'utf-8',
      false,
      [],
      ['utf-8', 'label', 'charset-mismatch'],
    ],
    [
      'markup between few letters is looked past',
      join(bytesOf('c1c8cbc7d4c9cac1'), ` <p>${'<br>'.repeat(300)} `, GREEK, '<p>', GREEK),
      null,
      true,
      [],
      ['windows-1253', 'guess', null],
    ],
    [
      'Latin letters and lines of full width',
      bytesOf(`${'8181'.repeat(20)} 8261 8272 8366 8357 835e 838b 814f 824f 8256 944e 9378`),
      null,
      false,
      [],
      ['shift_jis', 'guess', null],
    ],
    [
      'one letter of another charset that often stands in a row is no UTF-8',
      join(
        ...Array.from({ length: 14 }, () => ['2020', bytesOf('c7af'), ' ']).flat(),
        ...Array.from({ length: 5 }, () => JAPANESE),
      ),
      null,
      false,
      [],
      ['euc-jp', 'guess', null],
    ],
    [
      'seven-bit shifts without a label',
      bytesOf('1b2442456a493c1b2842'),
      null,
      false,
      [],
      ['iso-2022-jp', 'guess', null],
    ],
    [
      'UTF-16 without mark or label',
      bytesOf('56006f00740065002000620079002000'),
      null,
      false,
      [],
      ['utf-16le', 'guess', null],
    ],
  ])('%s', (_, bytes, label, html, elsewhere, [charset, how, defect]) => {
    expect(body(bytes, label, html, elsewhere)).toMatchObject({ charset, how, defect });
  });
});

describe('RFC 1468, RFC 1557, RFC 1843, RFC 1922, RFC 1554, RFC 2152', () => {
  const decode = (label: string, latin1: string): string | null =>
    decodeCharset(
      label,
      Uint8Array.from(latin1, (char) => char.charCodeAt(0)),
      nodeKernels,
    );
  test.each<[string, string, string, string]>([
    ['1557 SHIFT OUT without designation', 'iso-2022-kr', '\x0eEu\x0f abc', '투 abc'],
    ['1557 a line break ends the shift', 'iso-2022-kr', '\x1b$)C\x0eEu\nabc', '투\nabc'],
    ['1843 tildes', 'hz-gb-2312', 'a~~b', 'a~b'],
    ['1843 a soft line break', 'hz-gb-2312', 'a~\nb', 'ab'],
    ['1843 a line ends the shift', 'hz-gb-2312', '~{M6\nab', '投\nab'],
    [
      '1843 section 2 example',
      'hz',
      'This sentence is in ASCII.\nThe next sentence is in GB.~{<:Ky2;S{#,NpJ)l6HK!#~}Bye.',
      'This sentence is in ASCII.\nThe next sentence is in GB.己所不欲，勿施於人。Bye.',
    ],
    ['1922', 'iso-2022-cn', '\x1b$)A\x0e<:Ky\x0f.', '己所.'],
    ['1554 four planes', 'iso-2022-jp-2', '\x1b$BEj\x1b$(CEu\x1b$AM6\x1b(B\x1b.A\x1bNi', '投투投é'],
    [
      '1468 an escape with nothing under it',
      'iso-2022-jp',
      '\x1b$B\x1b(J\x1b$BEj\x1b(B\x1b$BI<\x1b(B',
      '投票',
    ],
    ['2152 example 1', 'utf-7', 'A+ImIDkQ.', 'A≢Α.'],
    ['2152 example 2', 'utf-7', 'Hi Mom -+Jjo--!', 'Hi Mom -☺-!'],
    ['2152 example 3', 'utf-7', '+ZeVnLIqe-', '日本語'],
    ['2152 a plus sign', 'utf-7', '1 +- 1', '1 + 1'],
    ['2152 a run cut short', 'utf-7', '+Zg', '\ufffd'],
  ])('RFC %s', (_, label, bytes, text) => {
    expect(decode(label, bytes)).toBe(text);
  });
});

test.each<[string, string, string, string | null]>([
  ['iso-8859-1', 'El último método', 'utf-8', 'charset-mismatch'],
  ['windows-1252', 'naïve “quotes”', 'utf-8', 'charset-mismatch'],
  ['iso-8859-1', 'plain ASCII', 'windows-1252', null],
])('UTF-8 under the label %s is read as what it is: %s', (label, text, charset, defect) => {
  expect(body(new TextEncoder().encode(text), label)).toMatchObject({ text, charset, defect });
});

test.each<[string, string, string]>([
  ['cut in its last character', '5765e28099726520686572652028e28093', 'We\u2019re here (\u2013'],
  ['cut inside a character', '5765e28099726520686572652028e280', 'We\u2019re here (\ufffd'],
  ['with one malformed byte', '5765e28099726520ff e28093', 'We\u2019re \ufffd\u2013'],
])('UTF-8 under its own label, %s, stays UTF-8', (_, hex, text) => {
  const bytes = Buffer.from(hex.replaceAll(' ', ''), 'hex');
  expect(body(bytes, 'utf-8')).toMatchObject({ text, charset: 'utf-8', how: 'label' });
  expect(body(bytes, null)).toMatchObject({ text, charset: 'utf-8', how: 'utf-8' });
});

test('a label that says UTF-8 holds where more characters are sound than bytes are not', () => {
  const bytes = Buffer.from('3dc33d95c384c396c39c', 'hex');
  expect(body(bytes, 'utf-8').text).toBe('=\ufffd=\ufffdÄÖÜ');
});

test('UTF-8 that breaks off into noise is read as far as it goes', () => {
  const noise = Uint8Array.from({ length: 200 }, (_, i) => 0x80 + ((i * 37) % 128));
  const bytes = Buffer.concat([Buffer.from('Голосуйте за другую партию'), noise]);
  expect(body(bytes, 'utf-8').text.slice(0, 26)).toBe('Голосуйте за другую партию');
});

test('Latin-1 under its own label stays Latin-1', () => {
  const bytes = Uint8Array.of(0x6d, 0xe9, 0x74, 0x6f, 0x64, 0x6f, 0x20, 0xc3, 0x20, 0xa9);
  expect(body(bytes, 'iso-8859-1')).toMatchObject({ text: 'método Ã ©', defect: null });
});

test('any bytes under any label are read without throwing', () => {
  const label = fc.constantFrom(
    null,
    '',
    'utf-8',
    'utf-7',
    'hz',
    'iso-2022-kr',
    'iso-2022-jp-2',
    'gbk',
    'big5',
    'utf-16',
    'x',
    'constructor',
    '__proto__',
  );
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 100 }), label, fc.boolean(), (bytes, name, html) => {
      const { text, charset } = body(bytes, name, html, ['x-nothing', 'koi8-r']);
      expect(typeof text).toBe('string');
      expect(textPositions(bytes, charset, nodeKernels).byteAt(0)).toBeLessThanOrEqual(
        bytes.length,
      );
    }),
  );
});
