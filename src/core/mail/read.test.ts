import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { nodeKernels as kernels } from '../../host/kernels/index.ts';
import { decodeHeaderText } from '../header/index.ts';
import type { MailMessage } from './mail.ts';
import { readMessage } from './read.ts';

const bytesOf = (text: string): Uint8Array => Buffer.from(text, 'latin1');
const sha = (text: string | Uint8Array): string =>
  createHash('sha256')
    .update(typeof text === 'string' ? bytesOf(text) : text)
    .digest('hex');
const read = (text: string) => readMessage(bytesOf(text), kernels);
const base64 = (text: string): string =>
  Buffer.from(text, 'latin1').toString('base64').replace(/.{76}/g, '$&\r\n');

const threat =
  'Received: from evil.example ([192.0.2.7]) by mx.example.org; Tue, 20 Oct 2020 18:00:00 +0000\r\n' +
  'From: "Group" <info@group.example>\r\nTo: voter@example.org\r\nSubject: Vote or else\r\n' +
  'Message-ID: <1@evil.example>\r\nDate: Tue, 20 Oct 2020 17:59:00 +0000\r\n\r\nWe know where you live.\r\n';

function mixed(...parts: readonly string[]): string {
  const body = parts.map((part) => `--b1\r\n${part}\r\n`).join('');
  return (
    'From: voter@example.org\r\nSubject: Fwd: Vote or else\r\nMIME-Version: 1.0\r\n' +
    `Content-Type: multipart/mixed; boundary="b1"\r\n\r\npreamble\r\n${body}--b1--\r\nepilogue\r\n`
  );
}
const say = 'Content-Type: text/plain\r\n\r\nI got this.';

/** Every range must give the bytes that its hash says. */
function expectExact(text: string, message: MailMessage, transferred: ReadonlySet<string>): void {
  if (message.offset === null) return;
  const raw = text.slice(message.offset, message.offset + message.length);
  expect(sha(raw)).toBe(message.sha256);
  for (const part of message.parts) {
    if (transferred.has(part.encoding)) continue;
    expect(sha(raw.slice(part.offset, part.offset + part.length))).toBe(part.sha256);
  }
  for (const { name, offset, length } of message.headers) {
    expect(raw.slice(offset, offset + length).startsWith(name)).toBe(true);
  }
}

describe('a lone message', () => {
  test('is itself the original, with every field, range and hash', () => {
    const [message] = read(threat).messages;
    expect(message).toMatchObject({
      path: '0',
      offset: 0,
      length: threat.length,
      sha256: sha(threat),
      role: 'original',
      from: { name: 'Group', address: 'info@group.example' },
      subject: 'Vote or else',
      date: '2020-10-20T17:59:00.000Z',
      messageId: '<1@evil.example>',
      text: 'We know where you live.\n',
      textFrom: 'plain',
      forward: null,
      defects: [],
    });
    expect(message?.parts).toMatchObject([{ path: '0.1', contentType: 'text/plain', bytes: 25 }]);
    expect(message?.route).toHaveLength(1);
    expectExact(threat, message!, new Set());
  });

  test.each<[string, string, string]>([
    ['Support ,_<a@evil.example>', 'Support, _', 'a@evil.example'],
    ['Group <a@evil.example>, b@evil.example', 'Group', 'a@evil.example'],
    ['Only a name', 'Only a name', ''],
  ])('shows the sender of %j as mail clients do', (field, name, address) => {
    expect(read(`From: ${field}\r\n\r\n`).messages[0]?.from).toEqual({ name, address });
  });

  test('a From line with several senders is kept whole; the first with an address is shown', () => {
    const field = 'Elections Office <nonsense>, Elections <office@group.example>, b@two.example';
    const [message] = read(`From: ${field}\r\n\r\n`).messages;
    expect(message?.from).toEqual({ name: 'Elections', address: 'office@group.example' });
    expect(message?.authors?.map(({ address }) => address)).toEqual([
      'nonsense',
      'office@group.example',
      'b@two.example',
    ]);
    expect(read('From: Support, x <a@b.example>\r\n\r\n').messages[0]?.authors).toEqual([]);
  });

  test.each<[string, string | null, string | null, string | null]>([
    ['Tue, 20 Oct 2020 08:59:00 -0400', '2020-10-20T12:59:00.000Z', null, null],
    ['a zone is missing', null, '2020-10-19T18:59:00.000Z', '2020-10-20T20:59:00.000Z'],
    ['soon', null, null, null],
  ])('a date without a zone is an interval: %s', (written, date, from, until) => {
    const text = from === null ? written : 'Tue, 20 Oct 2020 08:59:00';
    const [message] = read(`Date: ${text}\r\n\r\n`).messages;
    expect(message?.date).toBe(date);
    expect(message?.dateInterval).toEqual(from === null ? undefined : { from, until });
  });

  test('a part excludes the line break before its delimiter, and keeps its own line ends', () => {
    const file = 'Content-Type: application/x-bin\r\n\r\na\rb\nc\r\n\r\n';
    const text = mixed(say, file);
    const [message] = read(text).messages;
    expect(message?.parts.map(({ bytes }) => bytes)).toEqual([11, 9]);
    expect(message?.parts[1]?.sha256).toBe(sha('a\rb\nc\r\n\r\n'));
    expectExact(text, message!, new Set());
  });

  test.each<[string, readonly string[], string]>([
    ['plain before HTML', ['text/plain|hi', 'text/html|<p>ho</p>'], 'hi'],
    ['HTML where the text part is blank', ['text/plain| ', 'text/html|<p>ho</p>'], 'ho'],
    ['two text parts', ['text/plain|a', 'text/plain|b'], 'a\nb'],
    ['no attachment', ['text/plain|a', 'text/plain\r\nContent-Disposition: attachment|b'], 'a'],
  ])('its text is %s', (_, parts, text) => {
    const written = parts.map((part) => `Content-Type: ${part.replace('|', '\r\n\r\n')}`);
    expect(read(mixed(...written)).messages[0]?.text.trim()).toBe(text);
  });
});

describe('a carried message', () => {
  test.each<[string, string, string]>([
    [
      'Gmail',
      'Content-Type: message/rfc822; name="x.eml"\r\nContent-Disposition: attachment',
      'attached',
    ],
    ['Outlook', 'Content-Type: message/rfc822', 'attached'],
    ['Apple Mail', 'Content-Type: message/rfc822\r\nContent-Disposition: inline', 'attached'],
    ['SMTPUTF8', 'Content-Type: message/global', 'attached'],
    ['a phone', 'Content-Type: application/octet-stream; name="mail.eml"', 'attached-file'],
    [
      'webmail as text',
      'Content-Type: text/plain\r\nContent-Disposition: attachment',
      'attached-file',
    ],
  ])('as %s sends it stands at its exact range', (_, head, method) => {
    const text = mixed(say, `${head}\r\n\r\n${threat}`);
    const [carrier, original, ...more] = read(text).messages;
    expect(more).toEqual([]);
    expect(carrier).toMatchObject({ role: 'carrier', text: 'I got this.' });
    expect(original).toMatchObject({
      path: '0.2',
      role: 'original',
      offset: text.indexOf(threat),
      length: threat.length,
      sha256: sha(threat),
      subject: 'Vote or else',
      forward: { method, intact: true, lost: [] },
    });
    expectExact(text, original!, new Set());
  });

  test.each<[string, string]>([
    ['base64', base64(threat)],
    ['quoted-printable', threat.replace(/=/g, '=3D').replace('live', 'li=76=\r\ne')],
  ])('in %s is decoded exactly and has no place in the mail', (encoding, body) => {
    const head = `Content-Type: message/rfc822\r\nContent-Transfer-Encoding: ${encoding}`;
    const [carrier, original] = read(mixed(say, `${head}\r\n\r\n${body}`)).messages;
    expect(carrier?.role).toBe('carrier');
    expect(original).toMatchObject({
      path: '0.2',
      offset: null,
      sha256: sha(threat),
      forward: { method: 'attached-encoded', intact: true },
    });
    expect(original?.parts[0]?.offset).toBe(threat.indexOf('We know'));
  });

  test('that carries another is itself a carrier; every level has its own hash', () => {
    const inner = mixed(say, `Content-Type: message/rfc822\r\n\r\n${threat}`).replaceAll(
      'b1',
      'b1x',
    );
    const text = mixed(say, `Content-Type: message/rfc822\r\n\r\n${inner}`);
    const { messages } = read(text);
    expect(messages.map(({ path, role }) => [path, role])).toEqual([
      ['0', 'carrier'],
      ['0.2', 'carrier'],
      ['0.2.2', 'original'],
    ]);
    expect(messages.map(({ sha256 }) => sha256)).toEqual([sha(text), sha(inner), sha(threat)]);
    for (const message of messages) expectExact(text, message, new Set());
  });

  test('RFC 2046 section 5.1.5: parts of a digest are messages unless they say otherwise', () => {
    const digest =
      'Content-Type: multipart/digest; boundary=d\r\n\r\n' +
      `--d\r\n\r\n${threat}\r\n--d\r\nContent-Type: text/plain\r\n\r\nno mail\r\n--d--`;
    const { messages } = read(mixed(say, digest));
    expect(messages.map(({ path, role, forward }) => [path, role, forward?.method])).toEqual([
      ['0', 'carrier', undefined],
      ['0.2.1', 'original', 'digest'],
    ]);
    expect(messages[1]?.sha256).toBe(sha(threat));
  });

  test('RFC 5965: what an abuse report complains of is the original', () => {
    const report = mixed(
      say,
      'Content-Type: message/feedback-report\r\n\r\nFeedback-Type: abuse\r\nVersion: 1\r\n',
      `Content-Type: message/rfc822\r\n\r\n${threat}`,
    ).replace('multipart/mixed', 'multipart/report');
    const roles = read(report).messages.map(({ role, forward }) => [role, forward?.method]);
    expect(roles).toEqual([
      ['carrier', undefined],
      ['original', 'report'],
    ]);
  });

  test('RFC 3464: what a bounce gives back was not reported', () => {
    const header = threat.slice(0, threat.indexOf('\r\n\r\n') + 2);
    const bounce = mixed(
      say,
      'Content-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.example.org\r\n',
      `Content-Type: text/rfc822-headers\r\n\r\n${header}`,
    );
    const [outer, returned] = read(bounce).messages;
    expect(outer?.role).toBe('original');
    expect(returned).toMatchObject({
      role: 'attached',
      subject: 'Vote or else',
      forward: { method: 'report', intact: false, lost: ['text', 'attachments', 'html'] },
    });
  });
});

test('a field of plain ASCII reads as the patient decoder reads it', () => {
  const pieces = fc.constantFrom(
    'a',
    ' ',
    '\t',
    '\r\n ',
    '\n\t',
    '\n',
    '\r',
    '\0',
    ';',
    'b c',
    '=',
    '?',
  );
  fc.assert(
    fc.property(fc.array(pieces, { maxLength: 12 }), (list) => {
      const text = `X-Y:${list.join('')}\r\nZ: z\r\n\r\n`;
      const [field] = read(text).messages[0]?.headers ?? [];
      if (field?.name !== 'X-Y') return;
      const raw = bytesOf(text.slice(field.offset + 4, field.offset + field.length));
      expect(field.value).toBe(decodeHeaderText(raw, kernels));
    }),
    { numRuns: 500 },
  );
});

describe('any bytes', () => {
  const fragments = fc.constantFrom(
    'From: a@example.org\r\n',
    'Subject: =?utf-8?B?w6Q=?= x\n',
    '\r\n',
    '\n',
    '\r',
    '--b1',
    '--b1--',
    '--b1\r\n',
    'Content-Type: multipart/mixed; boundary=b1\r\n',
    ' ',
    '\0',
    'x',
    '=',
    '=41',
    'ä',
    'Content-Type: message/rfc822\n',
    'Content-Transfer-Encoding: base64\n',
    'QUJD',
    'From a\n',
    'Content-Type: multipart/digest\n\n',
    'Content-Type: text/html\n\n',
    '<b>x',
    'Received: from x\n',
    'Content-Transfer-Encoding: quoted-printable\n',
    'begin 644 x\n',
    'X : y\n',
    ':',
    '\xef\xbb\xbf',
  );
  const texts = fc.array(fragments, { maxLength: 30 }).map((list) => list.join(''));

  test('give a reading, the same one each time, whose ranges hold what the hashes say', () => {
    fc.assert(
      fc.property(texts, (text) => {
        const reading = read(text);
        expect(read(text)).toEqual(reading);
        const encoded = new Set(['base64', 'quoted-printable']);
        for (const message of reading.messages) expectExact(text, message, encoded);
      }),
      { numRuns: 300 },
    );
  });

  test('whatever they are, are read without throwing', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        const [message] = readMessage(bytes, kernels).messages;
        expect(message).toMatchObject({ offset: 0, length: bytes.length, sha256: sha(bytes) });
      }),
      { numRuns: 300 },
    );
  });
});

test('a file that its two fields name differently is shown with both names', () => {
  const mail = `From: a@b.example\r\nContent-Type: application/pdf; name="evil.exe"\r\nContent-Disposition: attachment; filename="safe.pdf"\r\n\r\nx`;
  const [part] = readMessage(Buffer.from(mail), kernels).messages[0]?.parts ?? [];
  expect(part).toMatchObject({ fileName: 'safe.pdf', otherName: 'evil.exe' });
});

test('a file with two names is shown with both', () => {
  const mail = (disposition: string): string =>
    `From: a@b.example\r\nContent-Type: application/pdf\r\nContent-Disposition: attachment; ${disposition}\r\n\r\nx`;
  const partOf = (disposition: string) =>
    readMessage(Buffer.from(mail(disposition)), kernels).messages[0]?.parts[0];
  const both = partOf(`filename="safe.pdf"; filename*=utf-8''evil.exe`);
  expect(both).toMatchObject({ fileName: 'evil.exe', otherName: 'safe.pdf' });
  const same = partOf(`filename="safe.pdf"; filename*=utf-8''safe.pdf`);
  expect(same?.fileName).toBe('safe.pdf');
  expect(same).not.toHaveProperty('otherName');
});

test.each([
  ['raw bytes of some charset', 'filename="\xc2\xfb\xe1\xee\xf0\xfb.pdf"', true],
  ['raw UTF-8', 'filename="\xd0\x92\xd1\x8b.pdf"', false],
  ['RFC 2231', "filename*=windows-1251''%C2%FB.pdf", false],
])('a file name in %s: a guess is %s', (_, name, guessed) => {
  const mail = `From: a@b.example\r\nContent-Disposition: attachment; ${name}\r\n\r\nx`;
  const [message] = readMessage(Buffer.from(mail, 'latin1'), kernels).messages;
  expect(message?.defects.some(({ code }) => code === 'file-name-guessed')).toBe(guessed);
});
