import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { anyText } from '../../../test/kit/any-text.ts';
import { nodeKernels } from '../../host/kernels/index.ts';
import { decodeCharset, textPositions } from './index.ts';

const bytesOf = (hex: string): Uint8Array => Buffer.from(hex.replaceAll(' ', ''), 'hex');
const ascii = (text: string): Uint8Array => nodeKernels.encode(text);

describe('places in the bytes', () => {
  const LABELS = [
    'utf-8',
    'windows-1252',
    'gb18030',
    'big5',
    'shift_jis',
    'euc-jp',
    'euc-kr',
    'iso-2022-jp',
    'iso-2022-kr',
    'hz-gb-2312',
    'utf-7',
    'utf-16le',
  ];
  const SAMPLES: Readonly<Record<string, string>> = {
    'utf-8': '61 c3a4 e282ac f09f9880 62',
    'windows-1252': '61 e4 80 62',
    gb18030: '61 cdb6 9439fc36 62',
    big5: '61 a7eb b2bc 62',
    shift_jis: '61 938a b1 95 5b 62',
    'euc-jp': '61 c5ea 8eb1 62',
    'euc-kr': '61 c5f5 c7a5 62',
    'iso-2022-jp': '61 1b2442 456a 493c 1b2842 62',
    'iso-2022-kr': '1b242943 61 0e 4575 4725 0f 62',
    'hz-gb-2312': '61 7e7b 4d36 4631 7e7d 62',
    'utf-7': '61 2b 4a6a6f 2d 62',
    'utf-16le': '6100 e400 3dd8 00de 6200',
  };
  test.each(LABELS)('%s: each character reads the same from its own bytes', (label) => {
    const bytes = bytesOf((SAMPLES[label] ?? '').replaceAll(' ', ''));
    const text = decodeCharset(label, bytes, nodeKernels)!;
    const positions = textPositions(bytes, label, nodeKernels);
    expect(positions.exact).toBe(true);
    expect(bytes[positions.byteAt(text.indexOf('a'))]).toBe(0x61);
    expect(bytes[positions.byteAt(text.indexOf('b'))]).toBe(0x62);
    expect(positions.byteAt(text.length)).toBe(bytes.length);
    const places = [...Array(text.length + 1).keys()].map((i) => positions.byteAt(i));
    expect(places).toEqual(places.toSorted((a, b) => a - b));
  });
  test('any text in UTF-8 maps exactly', () => {
    fc.assert(
      fc.property(anyText(), (text) => {
        const bytes = ascii(text);
        const positions = textPositions(bytes, 'utf-8', nodeKernels);
        const places = [...text].map((_, i, all) => all.slice(0, i).join('').length);
        // A byte order mark at the start is no part of the text.
        fc.pre(!text.startsWith('\ufeff'));
        expect(places.map((place) => positions.byteAt(place))).toEqual(
          places.map((place) => ascii(text.slice(0, place)).length),
        );
      }),
    );
  });
  test('malformed UTF-8 maps exactly too', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => {
        expect(textPositions(bytes, 'utf-8', nodeKernels).exact).toBe(true);
      }),
    );
  });
});
