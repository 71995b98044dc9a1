import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { memorySource, readMessages } from '../../host/intake/index.ts';
import { nodeKernels } from '../../host/kernels/index.ts';
import { field, mailbox, mailDate, quotedPrintable, writeMbox, writeZip } from './index.ts';

const decoded = (encoded: string): string => {
  const bytes = encoded
    .replace(/=\r\n/g, '')
    .replace(/=([0-9A-F]{2})/g, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(bytes, 'latin1').toString('utf8').replaceAll('\r\n', '\n');
};

describe('RFC 2045 section 6.7, quoted-printable', () => {
  test('any text comes back, in lines of at most 76', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 400 }), (raw) => {
        const text = raw.replaceAll('\r', '');
        const encoded = quotedPrintable(text, nodeKernels);
        expect(decoded(encoded)).toBe(text);
        for (const line of encoded.split('\r\n')) {
          expect(line.length).toBeLessThanOrEqual(76);
          expect(line).toMatch(/^[\x20-\x7e]*$/);
          expect(line).not.toMatch(/ $/);
        }
      }),
    );
  });
});

describe('headers', () => {
  test('RFC 5322 section 3.3: a date in its zone, to the second', () => {
    const at = Date.UTC(2020, 9, 20, 23, 15, 4);
    expect(mailDate(at, 240)).toBe('Wed, 21 Oct 2020 03:15:04 +0400');
    expect(mailDate(at, -210)).toBe('Tue, 20 Oct 2020 19:45:04 -0330');
  });

  test('RFC 5322 section 2.2.3: long fields fold at blanks and nowhere else', () => {
    const folded = field('Subject', 'word '.repeat(40).trim());
    expect(folded.split('\r\n').every((line) => line.length <= 76)).toBe(true);
    expect(folded.replaceAll('\r\n', '')).toBe(`Subject: ${'word '.repeat(40).trim()}`);
  });

  test.each([
    ['', 'a@b.example', 'a@b.example'],
    ['Ada Bo', 'a@b.example', 'Ada Bo <a@b.example>'],
    ['Bo, Ada', 'a@b.example', '"Bo, Ada" <a@b.example>'],
    ['Ada Ñu', 'a@b.example', '=?UTF-8?Q?Ada_=C3=91u?= <a@b.example>'],
  ])('RFC 5322 section 3.4, RFC 2047: %j', (name, address, written) =>
    expect(mailbox(name, address, nodeKernels)).toBe(written),
  );
});

describe('containers', () => {
  const at = Date.UTC(2020, 9, 20, 8, 5, 9);
  const raw = 'A: b\r\n\r\nFrom here on\r\n>From there\r\n';
  const entries = [{ raw, envelopeFrom: 'v@x.example', at }];
  const textOf = (shape: 'mboxrd' | 'takeout') =>
    Buffer.from(writeMbox(entries, shape, nodeKernels)).toString();

  test('mboxrd: LF, quoted once more, an empty line at the end', () => {
    expect(textOf('mboxrd')).toBe(
      'From v@x.example  Tue Oct 20 08:05:09 2020\nA: b\n\n>From here on\n>>From there\n\n',
    );
  });

  test('takeout: CRLF, a number for the sender, label fields on top', () => {
    expect(textOf('takeout')).toMatch(
      /^From \d+@xxx Tue Oct 20 08:05:09 \+0000 2020\r\nX-GM-THRID: \d+\r\nX-Gmail-Labels: [^\r]+\r\nA: b\r\n\r\n>From here on\r\n/,
    );
  });

  test('APPNOTE 6.3.3: the zip opens again, member by member, byte by byte', async () => {
    const members = ['one', 'two\r\n'.repeat(9_000)].map((text, place) => ({
      name: `reports/${place}.eml`,
      bytes: nodeKernels.encode(`From: a@b.example\r\nSubject: x\r\n\r\n${text}`),
    }));
    const source = memorySource(writeZip(members, nodeKernels));
    const read: string[] = [];
    for await (const step of readMessages(source, 'zip', nodeKernels))
      read.push('limit' in step ? step.limit.text : nodeKernels.sha256(step.message.bytes));
    expect(read).toEqual(members.map(({ bytes }) => nodeKernels.sha256(bytes)));
  });

  test('CRC-32 of "123456789" is CBF43926', () => {
    const zip = writeZip([{ name: 'x', bytes: nodeKernels.encode('123456789') }], nodeKernels);
    expect(Buffer.from(zip).readUInt32LE(14).toString(16)).toBe('cbf43926');
  });
});
