import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { nodeKernels as kernels } from '../../host/kernels/index.ts';
import { decodeTransfer, type TransferEncoding, transferEncoding } from './transfer.ts';

const decode = (encoding: TransferEncoding, body: string) => {
  const { bytes, defect } = decodeTransfer(encoding, Buffer.from(body, 'latin1'), kernels);
  return [Buffer.from(bytes).toString('latin1'), defect];
};

test.each<[string, TransferEncoding | null]>([
  ['', 'identity'],
  ['7bit', 'identity'],
  ['base64', 'base64'],
  ['"base64"', 'base64'],
  ['base64; x', 'base64'],
  ['quoted-printable (comment)', 'quoted-printable'],
  ['x-uuencode', 'uuencode'],
  ['rot13', null],
])('the label %j means %s', (label, encoding) => {
  expect(transferEncoding(label)).toBe(encoding);
});

describe('base64 (RFC 2045 section 6.8)', () => {
  test.each<[string, string, string, string | null]>([
    ['plain', 'SGVsbG8=', 'Hello', null],
    ['lines', 'SGVs\r\nbG8=\r\n', 'Hello', null],
    ['foreign characters skipped', 'SG!Vs*bG8=', 'Hello', null],
    ['padding missing', 'SGVsbG8', 'Hello', null],
    ['padding missing before a full group', 'SGVsbA', 'Hell', null],
    ['too much padding', 'SGVsbA====', 'Hell', null],
    ['padding in mid-stream', 'SGVs\r\nbA==\r\nSGVsbG8=\r\n', 'HellHello', null],
    ['a lone last digit', 'SGVsS', 'Hel', null],
    ['text behind', 'SGVsbG8=\n____\nThe list, to all\n', 'Hello', 'base64-trailing-text'],
    ['text behind, unpadded', 'SGVs\n\nThe list, to all\n', 'Hel', 'base64-trailing-text'],
    ['nothing', '', '', null],
  ])('%s', (_, body, text, defect) => {
    expect(decode('base64', body)).toEqual([text, defect]);
  });
});

describe('quoted-printable (RFC 2045 section 6.7)', () => {
  test.each<[string, string, string]>([
    ['rule 1: escapes in either case', 'a=3Db=c3=A4', 'a=b\xc3\xa4'],
    ['rule 3: blanks before a break go, escaped ones stay', 'a \t\r\nb=20\r\nc  ', 'a\r\nb \r\nc'],
    ['rule 3: blanks before a soft break stay', 'a  =\r\nb', 'a  b'],
    ['rule 5: soft breaks, with blanks behind the sign', 'a=\r\nb= \t\nc=\rd', 'abcd'],
    ['an equals sign that encodes nothing stays', 'a=zz=4', 'a=zz=4'],
    ['an equals sign at the end', 'a=', 'a'],
    ['line ends are kept as they are', 'a\nb\r\nc\rd', 'a\nb\r\nc\rd'],
    ['nothing', '', ''],
  ])('%s', (_, body, text) => {
    expect(decode('quoted-printable', body)).toEqual([text, null]);
  });

  test('what was encoded comes back', () => {
    const encode = (bytes: Uint8Array): string =>
      [...bytes].map((byte) => `=${byte.toString(16).padStart(2, '0')}`).join('');
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => {
        expect(decode('quoted-printable', encode(bytes))[0]).toBe(
          Buffer.from(bytes).toString('latin1'),
        );
      }),
    );
  });
});

describe('uuencode (POSIX)', () => {
  test.each<[string, string, string, string | null]>([
    ['a file', 'begin 644 cat.txt\n#0V%T\n`\nend\n', 'Cat', null],
    ['text around, CRLF', 'Hi.\r\nbegin 644 x\r\n#0V%T\r\n`\r\nend\r\nBye', 'Cat', null],
    ['blank for zero', 'begin 644 x\n$0V%T(P  \n \nend', 'Cat#', null],
    ['no end', 'begin 644 x\n#0V%T', 'Cat', null],
    ['no file', 'Hello', 'Hello', 'encoding-not-applied'],
  ])('%s', (_, body, text, defect) => {
    expect(decode('uuencode', body)).toEqual([text, defect]);
  });
});

test('any body under any encoding gives bytes, never more than it had', () => {
  const encodings = fc.constantFrom<TransferEncoding>('base64', 'quoted-printable', 'uuencode');
  const bodies = fc.array(
    fc.constantFrom('=', '==', 'QUJD', '\r\n', ' ', 'begin 644 x\n', 'M', '=41'),
  );
  fc.assert(
    fc.property(encodings, bodies, (encoding, body) => {
      const text = body.join('');
      expect(decode(encoding, text)[0]!.length).toBeLessThanOrEqual(text.length);
    }),
  );
});
