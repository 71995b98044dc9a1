import { randomBytes } from 'node:crypto';
import { createRequire } from 'node:module';
import { deflateSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { nodeKernels } from './index.ts';
import { SECOND_NAMES } from './second-names.data.ts';

// Its list of encodings is made when it is first needed: no importer sees it by name.
const iconv = createRequire(import.meta.url)('iconv-lite') as typeof import('iconv-lite');

test('FIPS 180-4 example: SHA-256 of "abc"', () => {
  expect(nodeKernels.sha256(nodeKernels.encode('abc'))).toBe(
    'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
  );
});

test('windows-1252 keeps its quotes and the euro sign, as Node below 24.14 does not', () => {
  expect(nodeKernels.decode('windows-1252', Uint8Array.of(0x80, 0x93, 0x94))).toBe('€“”');
});

test('a label that only the second decoder knows still decodes', () => {
  expect(nodeKernels.decode('cp437', Uint8Array.of(0x80))).toBe('Ç');
  expect(nodeKernels.decode('no-such-charset', Uint8Array.of(0x80))).toBeNull();
});

test('the names of the second decoder are those that it knows', () => {
  expect(iconv.encodingExists('utf-8')).toBe(true);
  const names = Object.keys(iconv.encodings as object).filter((name) => !name.startsWith('_'));
  expect(SECOND_NAMES.split(' ')).toEqual(names);
  expect(nodeKernels.decode('IBM_437', Uint8Array.of(0x80))).toBe('Ç');
});

describe('base64 too large to be decoded in one go', () => {
  const bytes = new Uint8Array(randomBytes(3_000_000));
  const digits = Buffer.from(bytes).toString('base64');
  const decode = (text: string): Uint8Array => {
    const encoded = Buffer.from(text, 'latin1');
    return nodeKernels.base64(encoded, 0, encoded.length);
  };
  test.each<[string, number, string]>([
    ['in lines of 76', 76, '\r\n'],
    ['in lines of 64', 64, '\n'],
    ['in lines that cut groups', 77, '\n'],
    ['with blanks in its lines', 76, ' \n'],
    ['without lines', digits.length, ''],
  ])('%s', (_, width, lineBreak) => {
    const lines = digits.match(new RegExp(`.{1,${width}}`, 'g')) ?? [];
    expect(Buffer.compare(decode(lines.join(lineBreak)), bytes)).toBe(0);
  });

  test('a stray digit shifts what follows, as it does in one go', () => {
    const text = `${digits.slice(0, 500_001)}\n${digits.slice(500_000)}`;
    expect(Buffer.compare(decode(text), Buffer.from(text, 'base64'))).toBe(0);
    const padded = `QUI=\n${digits}`;
    expect(Buffer.compare(decode(padded), Buffer.from(padded, 'base64'))).toBe(0);
  });
});

describe('zlib', () => {
  const packed = deflateSync(Buffer.alloc(1_000, 'a'));
  test.each<[string, Uint8Array, number, number | null]>([
    ['whole', packed, 1_000, 1_000],
    ['something behind it', Buffer.concat([packed, Buffer.from('endstream')]), 1_000, 1_000],
    ['more than asked for', packed, 999, null],
    ['nothing asked for', packed, 0, null],
    ['damaged', Buffer.concat([Buffer.from('x'), packed]), 1_000, null],
    ['no bytes', new Uint8Array(), 1_000, 0],
  ])('%s', (_, bytes, most, length) =>
    expect(nodeKernels.inflate(bytes, most)?.length ?? null).toBe(length),
  );

  test('as far as it goes where it ends early', () => {
    const bytes = deflateSync(randomBytes(1_000)).subarray(0, 500);
    const length = nodeKernels.inflate(bytes, 1_000)?.length ?? 0;
    expect(length).toBeGreaterThan(400);
    expect(length).toBeLessThan(500);
  });
});
