import fc from 'fast-check';
import { expect, test } from 'vitest';
import { nodeKernels } from '../../host/kernels/index.ts';
import { parameterOf, parseContentHeader } from './content-type.ts';

const read = (raw: string): [string, Record<string, string>] => {
  const { value, parameters } = parseContentHeader(raw, nodeKernels);
  return [value, Object.fromEntries(parameters)];
};

test.each<[string, string, string, Record<string, string>]>([
  [
    'RFC 2045 5.1',
    'text/plain; charset=us-ascii (Plain text)',
    'text/plain',
    { charset: 'us-ascii' },
  ],
  ['RFC 2045 5.1 quoted', 'TEXT/Plain; CHARSET="us-ascii"', 'text/plain', { charset: 'us-ascii' }],
  [
    'RFC 2231 3 continuations',
    'message/external-body; access-type=URL;\r\n URL*0="ftp://";\r\n URL*1="cs.example/pub/moore/bulk-mailer/bulk-mailer.tar"',
    'message/external-body',
    { 'access-type': 'URL', 'url*': 'ftp://cs.example/pub/moore/bulk-mailer/bulk-mailer.tar' },
  ],
  [
    'RFC 2231 4 charset and language',
    "application/x-stuff; title*=us-ascii'en-us'This%20is%20%2A%2A%2Afun%2A%2A%2A",
    'application/x-stuff',
    { 'title*': 'This is ***fun***' },
  ],
  [
    'RFC 2231 4.1 both together',
    "application/x-stuff; title*0*=us-ascii'en'This%20is%20even%20more%20; title*1*=%2A%2A%2Afun%2A%2A%2A%20; title*2=\"isn't it!\"",
    'application/x-stuff',
    { 'title*': "This is even more ***fun*** isn't it!" },
  ],
  ['RFC 2231 3 any order', 'a/b; n*1=b; n*0=a', 'a/b', { 'n*': 'ab' }],
  [
    'both forms are kept',
    'attachment; filename="invoice.pdf"; filename*=UTF-8\'\'invoice.exe',
    'attachment',
    { filename: 'invoice.pdf', 'filename*': 'invoice.exe' },
  ],
  ['a character cut between sections', "a/b; n*0*=utf-8''%C3; n*1*=%A4", 'a/b', { 'n*': 'ä' }],
  ['an encoded word inside quotes', 'a/b; name="=?utf-8?Q?=C3=A4.txt?="', 'a/b', { name: 'ä.txt' }],
  ['raw UTF-8', 'a/b; name="\u00c3\u00a4.txt"', 'a/b', { name: 'ä.txt' }],
  [
    'a name without quotes',
    'a/b; name=my report (1).pdf; x=y',
    'a/b',
    { name: 'my report (1).pdf', x: 'y' },
  ],
  [
    'a missing semicolon',
    'multipart/mixed boundary=b1 charset=x',
    'multipart/mixed',
    { boundary: 'b1', charset: 'x' },
  ],
  ['an open quote', 'multipart/mixed; boundary="b1', 'multipart/mixed', { boundary: 'b1' }],
  ['no value', '; charset=utf-8', '', { charset: 'utf-8' }],
  ['parameters only', 'charset=utf-8', '', { charset: 'utf-8' }],
  ['escaped quotes', 'a/b; name="a\\"b\\\\c\\d"', 'a/b', { name: 'a"b\\c\\d' }],
  ['a value in quotes', '"Text/HTML" ; charset=utf-8', 'text/html', { charset: 'utf-8' }],
  ['sections from 1', "a/b; n*1*=utf-8''%C3; n*2*=%A4; n*3=!", 'a/b', { 'n*': 'ä!' }],
  ['an empty section', 'a/b; n*0*=; n=c', 'a/b', { n: 'c' }],
  [
    'bytes of no known charset that begin as a mark of UTF-16',
    "a; filename*=x-unknown''%ff%fe.txt; n=\xff\xfea.exe",
    'a',
    { 'filename*': 'ÿþ.txt', n: 'ÿþa.exe' },
  ],
  ['nothing', '', '', {}],
])('%s', (_, raw, value, parameters) => {
  expect(read(raw)).toEqual([value, parameters]);
});

test('the RFC 2231 form wins, and a repeated name is told', () => {
  const header = parseContentHeader("a; name=1; name=2; name*=utf-8''3", nodeKernels);
  expect(parameterOf(header, 'name')).toBe('3');
  expect(header.parameters.get('name')).toBe('1');
  expect(header.repeated).toEqual(['name']);
});

test('any bytes never throw', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
      parseContentHeader(nodeKernels.latin1(bytes, 0, bytes.length), nodeKernels);
    }),
  );
});
