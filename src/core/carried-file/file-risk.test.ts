import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { nodeKernels as kernels } from '../../host/kernels/index.ts';
import { type MessageContent, readMessage } from '../mail/index.ts';
import { type FileRisk, fileRisks } from './index.ts';

const MZ = 'MZ\x90\0\x03\0\0\0';

/** What is said of one attached file. */
function riskOf(fields: string, bytes = 'x'): FileRisk | undefined {
  const body = Buffer.from(bytes, 'latin1').toString('base64');
  const mail = Buffer.from(
    `From: a@b.example\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nwords\r\n--b\r\n${fields}\r\nContent-Transfer-Encoding: base64\r\n\r\n${body}\r\n--b--\r\n`,
  );
  const found: FileRisk[] = [];
  const onContent = (content: MessageContent): void =>
    void found.push(...fileRisks(content, kernels));
  readMessage(mail, kernels, { onContent });
  return found[0];
}

const named = (name: string): string =>
  `Content-Disposition: attachment; filename*=utf-8''${encodeURIComponent(name)}`;

const summary = (risk: FileRisk | undefined): string =>
  risk === undefined
    ? 'none'
    : `${risk.action} / ${risk.holds} / ${risk.looksLike} / ${risk.bytesAre}`;

describe('what opening a file does, and whether its name deceives', () => {
  test.each<[string, string]>([
    ['invoice.exe', 'program / null / null / null'],
    ['invoice.pdf.exe', 'program / null / a PDF / null'],
    ['invoice.pdf .exe ', 'program / null / a PDF / null'],
    [`ballot.docx${' '.repeat(70)}.scr`, 'program / null / a Word document / null'],
    ['invoice\u202efdp.exe', 'program / null / a PDF / null'],
    ['photo_\u202egnp.js', 'program / null / a picture / null'],
    ['a.lnk', 'shortcut / null / null / null'],
    ['scan.pdf.html', 'page / null / a PDF / null'],
    ['ballot.iso', 'disk-image / null / null / null'],
    ['a.docm', 'macros / null / null / null'],
    ['x.one', 'notebook / null / null / null'],
    ['ballot.pdf', 'none'],
    ['archive.tar.gz', 'none'],
    ['v1.2.pdf', 'none'],
    ['README', 'none'],
    ['', 'none'],
    ['.', 'none'],
  ])('%j', (name, said) => expect(summary(riskOf(named(name)))).toBe(said));

  test.each<[string, string, string]>([
    ['photo.jpg', MZ, 'program / null / null / a program'],
    ['photo.jpg', 'PK\x03\x04', 'null / null / null / a zip archive or a document made as one'],
    ['a.pdf', '<html><script>', 'null / null / null / a web page'],
    ['a.pdf', '%PDF-1.4', 'none'],
    ['a.jpg', '\x89PNG\r\n', 'none'],
    ['a.doc', '{\\rtf1', 'none'],
    ['a.doc', '<html>', 'none'],
    ['a.xlsx', '\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1', 'none'],
    ['notes.txt', 'MZ begins this text', 'program / null / null / null'],
    ['a.pdf', '', 'none'],
  ])('%j with bytes %j', (name, bytes, said) =>
    expect(summary(riskOf(named(name), bytes))).toBe(said),
  );

  test('the first file that acts in a package is named', () => {
    const entry = Buffer.alloc(46);
    entry.write('PK\x01\x02', 0, 'latin1');
    entry[28] = 'invoice.exe'.length;
    const zip = `PK\x03\x04${entry.toString('latin1')}invoice.exe`;
    expect(summary(riskOf(named('a.zip'), zip))).toBe('archive / invoice.exe / null / null');
  });

  test('a part that the mail shows is no file, a program without a name is one', () => {
    expect(riskOf('Content-Type: text/plain', 'words')).toBeUndefined();
    expect(riskOf('Content-Type: application/octet-stream', MZ)?.action).toBe('program');
  });
});

test('any name is read, and one that ends as a document does nothing', () => {
  const piece = fc.constantFrom(
    '.',
    ' ',
    'pdf',
    'exe',
    '\u202e',
    '\u202c',
    'a',
    '_',
    '\u200b',
    'é',
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
      const risk = riskOf(named(`${pieces.join('')}x.pdf`));
      expect(risk?.action ?? null).toBeNull();
    }),
    { numRuns: 60 },
  );
});
