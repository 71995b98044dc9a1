import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { writeMsg } from '../../../test/kit/msg-writer.ts';
import { nodeKernels as kernels } from '../../host/kernels/index.ts';
import { readReportedMail } from './index.ts';
import { signedContent } from './signed-data.ts';

type Write = (tag: number, ...content: readonly Buffer[]) => Buffer;
/** Elements of X.690 that say their length, and such that end with two zeros. */
const stated: Write = (tag, ...content) => {
  const body = Buffer.concat(content);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(body.length);
  return Buffer.concat([Buffer.of(tag, 0x84), length, body]);
};
const left: Write = (tag, ...content) =>
  Buffer.concat([Buffer.of(tag, 0x80), ...content, Buffer.of(0, 0)]);

const type = (last: number): Buffer => Buffer.from(`06092a864886f70d01070${last}`, 'hex');
const string = (text: string): Buffer => stated(4, Buffer.from(text));
const signed = (write: Write, content: Buffer | null): Buffer => {
  const held = content === null ? [type(1)] : [type(1), write(0xa0, content)];
  const rest = [stated(0xa0, Buffer.from('certificate')), stated(0x31, Buffer.from('signature'))];
  const data = [stated(2, Buffer.of(1)), stated(0x31), write(0x30, ...held), ...rest];
  return write(0x30, type(2), write(0xa0, write(0x30, ...data)));
};

const WORDS = 'We are in possession of all your information.';
const ENTITY = `Content-Type: text/plain\r\n\r\n${WORDS}\r\n`;
const WHOLE = signed(stated, string(ENTITY));
const CHUNKS = left(0x24, string(ENTITY.slice(0, 30)), string(ENTITY.slice(30)));

describe('what a CMS signature wraps (RFC 5652 section 5)', () => {
  const shown = (bytes: Uint8Array): string | null => {
    const content = signedContent(bytes);
    return content === null ? null : Buffer.from(content).toString();
  };
  test.each<[string, Buffer, string | null]>([
    ['in one string', WHOLE, ENTITY],
    ['in chunks of stated lengths', signed(stated, stated(0x24, string(ENTITY))), ENTITY],
    ['in chunks, all lengths left open', signed(left, CHUNKS), ENTITY],
    ['cut short', WHOLE.subarray(0, WHOLE.indexOf(WORDS) + 6), ENTITY.slice(0, 34)],
    ['beside what it signs', signed(stated, null), null],
    ['a certificate', stated(0x30, stated(0x30, stated(2, Buffer.of(1)))), null],
    ['nothing', Buffer.alloc(0), null],
  ])('%s', (_, bytes, content) => {
    expect(shown(bytes)).toBe(content);
  });
  test('any bytes behind its start never throw', () => {
    const start = WHOLE.subarray(0, WHOLE.indexOf(type(1)) + 11);
    fc.assert(
      fc.property(fc.uint8Array(), (rest) => void signedContent(Buffer.concat([start, rest]))),
    );
  });
  test('strings inside strings end, and soon', () => {
    const nest = Buffer.alloc(2_000_000, Buffer.of(0x24, 0x80));
    expect(shown(signed(left, nest))).toBe(null);
  });
});

describe('a signed mail as Outlook stores it: all of it in one file', () => {
  const pdf = ['--s', 'Content-Type: application/pdf; name=a.pdf', '', 'pdf', '--s--', ''];
  const mixed = ['Content-Type: multipart/mixed; boundary=s', '', '--s', '', WORDS, ...pdf];
  const outer = ['Content-Type: multipart/signed; boundary=o', '', '--o', ...mixed, '--o--', ''];
  const clear = Buffer.from(outer.join('\r\n'));
  test.each<[string, string, Buffer]>([
    ['signed beside it', 'multipart/signed', clear],
    ['wrapped', 'application/pkcs7-mime', signed(stated, string(mixed.join('\r\n')))],
  ])('%s', (_, mimeTag, data) => {
    const files = [{ name: 'smime.p7m', mimeTag, data }];
    const leaves: string[] = [];
    const [message, ...more] = readReportedMail(writeMsg({ properties: {}, files }), kernels, {
      onContent: (content) => leaves.push(...content.leaves.map(({ part }) => part.contentType)),
    }).messages;
    expect([message?.text.trim(), more]).toEqual([WORDS, []]);
    expect(message?.parts.map(({ contentType }) => contentType)).toEqual([
      ...[mimeTag, 'text/plain', 'application/pdf'],
    ]);
    expect(leaves).toEqual([mimeTag, 'text/plain', 'application/pdf']);
  });
});

describe('a mail that S/MIME signed as a whole (RFC 8551 section 3.5.2)', () => {
  const mail = (content: Buffer): Buffer =>
    Buffer.from(
      [
        'From: Vera Voter <vera@voter.example>',
        'Subject: signed',
        'Content-Type: application/pkcs7-mime; smime-type=signed-data; name=smime.p7m',
        'Content-Transfer-Encoding: base64',
        '',
        content.toString('base64').replace(/.{76}/g, '$&\r\n'),
        '',
      ].join('\r\n'),
    );
  const rows = (entity: string) =>
    readReportedMail(mail(signed(left, string(entity))), kernels).messages.map((message) => [
      message.path,
      message.role,
      message.text.trim(),
    ]);

  test('shows its words and parts, and is told as read', () => {
    const opened: (true | undefined)[] = [];
    const bodies: string[] = [];
    const { messages, limits } = readReportedMail(mail(WHOLE), kernels, {
      onContent: (content) => {
        opened.push(...content.leaves.map((leaf) => leaf.opened));
        bodies.push(...content.bodies.map(({ path }) => path));
      },
    });
    expect(messages).toMatchObject([
      {
        path: '0',
        role: 'original',
        from: { address: 'vera@voter.example' },
        text: `${WORDS}\n`,
        parts: [
          { path: '0.1', contentType: 'application/pkcs7-mime' },
          { path: '0.1.1', contentType: 'text/plain', encoding: 'pkcs7', length: 0 },
        ],
      },
    ]);
    expect([opened, bodies, limits]).toEqual([[true, undefined], ['0.1.1'], []]);
  });
  test('hands on a mail that is attached in it', () => {
    const inner = 'From: a@threat.example\r\nReceived: x\r\nSubject: Vote\r\n\r\nor else\r\n';
    expect(rows(`Content-Type: message/rfc822\r\n\r\n${inner}`)).toEqual([
      ['0', 'carrier', ''],
      ['0.1.1', 'original', 'or else'],
    ]);
  });
  test('hands on a mail that stands inline in it', () => {
    const fields = ['From: a@threat.example', 'Sent: Tuesday, October 20, 2020 8:59 AM'];
    const rule = '-----Original Message-----';
    const lines = ['see below', '', rule, ...fields, 'Subject: Vote', '', 'or else', ''];
    expect(rows(`Content-Type: text/plain\r\n\r\n${lines.join('\r\n')}`)).toEqual([
      ['0', 'carrier', 'see below'],
      ['0.i', 'original', 'or else'],
    ]);
  });
});
