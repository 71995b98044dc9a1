import { describe, expect, test } from 'vitest';
import { nodeKernels } from '../../host/kernels/index.ts';
import { refuseRealNames } from './guard.ts';

const guarded = (text: string, path = 'evidence/x.eml') =>
  refuseRealNames({ path, bytes: nodeKernels.encode(text) }, nodeKernels);

const base64 = (text: string) => nodeKernels.toBase64(nodeKernels.encode(text));

const lines = (text: string) => (text.match(/.{1,76}/g) ?? []).join('\r\n');

const SECRET = 'From: <info@realgroup.com>\r\nReceived: from mail.realgroup.com\r\n\r\nhello there';

describe('the guard refuses names of the real world', () => {
  test.each([
    ['a host', 'see https://www.realgroup.com/x'],
    ['a mail address', 'From: <someone@gmail.com>'],
    ['a country domain', 'by relay.textbooks.ee with SMTP'],
    ['a domain that looks like a file', 'join us at <x@evil.zip>'],
    ['an address outside RFC 5737', 'from x.example ([8.8.8.8])'],
    ['a private address', 'from x.example ([10.0.0.7])'],
    ['an IPv6 address outside RFC 3849', 'by 2002:a05:6402:: with SMTP'],
    ['a telephone number outside 555-01', 'call 555-7812'],
    ['a host across a soft line break', 'A: quoted-printable\r\n\r\nhttp://real=\r\ngroup.com/'],
    ['a host with escaped dots', 'A: quoted-printable\r\n\r\nrealgroup=2Ecom'],
    ['a host in a base64 part', `\r\n${lines(base64(SECRET))}\r\n`],
    [
      'a host in base64 within base64',
      `\r\n${lines(base64(`\r\n${lines(base64(SECRET))}\r\n`))}\r\n`,
    ],
    ['a host in a zip member', `PK\x03\x04${' '.repeat(26)}reports/0001.emlsee realgroup.com`],
    ['a host in a row of a list', 'ALR\t1004\tQuill\tAda\tada.quill@gmail.com\n'],
    ['an address in a packed log', '\x1f\x8b\x08\n8.8.8.8 - - "GET / HTTP/1.1" 200 2'],
    ['a host in an encoded word', `Subject: =?UTF-8?B?${base64('see realgroup.com')}?=`],
  ])('%s', (_, text) => expect(() => guarded(text)).toThrow(/may not name/));

  test.each([
    ['RFC 2606 names', 'https://a.b.example/x www.example.com x@example.org y.example.net'],
    ['RFC 5737 addresses', '192.0.2.1 198.51.100.200 203.0.113.7'],
    ['RFC 3849 addresses', '2001:db8::1 IPv6:2001:db8:a05:1::'],
    [
      'times, versions, initials',
      '08:15:22 +0300 (8.14.4/8.14.4) id 15.20.3477.28 T. Ashgrove a.m.',
    ],
    ['RFC 8601 properties', 'smtp.mailfrom=a@b.example header.from=b.example'],
    [
      'a name across a soft break below a line that starts with From',
      'A: quoted-printable\r\n\r\nFrom what I can tell\r\nsee https://a.exam=\r\nple/',
    ],
    ['a local part with dots', 'mara.quill@freemail.example'],
    [
      'numbers of a zip header that look like a host',
      `PK\x03\x04${'VQ.Tn-8.8.8.8'.padEnd(26)}reports/0001.emlFrom: a@b.example\r\nPK\x01\x02VQ.Tn`,
    ],
  ])('but lets pass %s', (_, text) => expect(() => guarded(text)).not.toThrow());
});
