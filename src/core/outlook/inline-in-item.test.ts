import { describe, expect, test } from 'vitest';
import { type MsgSource, writeMsg } from '../../../test/kit/msg-writer.ts';
import { type MapiProperty, writeTnef } from '../../../test/kit/tnef-writer.ts';
import { nodeKernels as kernels } from '../../host/kernels/index.ts';
import type { MessageContent } from '../mail/index.ts';
import { readReportedMail } from './index.ts';
import { ITEM_DEPTH_MAX } from './mapi-item.ts';

/**
 * MAPI property tags of the writer: header lines, subject, sender, plain and HTML body, code page.
 */
const TAG = {
  headers: 0x007d001f,
  subject: 0x0037001f,
  body: 0x1000001f,
  html: 0x10130102,
  codePage: 0x3fde0003,
} as const;

const HEADERS = [
  'Received: from mail.voter.example ([192.0.2.10]) by mx.county.example; Wed, 21 Oct 2020 14:00:00 +0000',
  'From: Vera Voter <vera@voter.example>',
  'To: clerk@county.example',
  'Subject: Help',
  '',
].join('\r\n');
const FIELDS = [
  'From: Info <info@threat.example>',
  'Sent: Tuesday, October 20, 2020 8:59 AM',
  'To: Vera Voter <vera@voter.example>',
  'Subject: Vote or else',
];
const WORDS = 'We are in possession of all your information.';
const BODY = `Is this real?\r\n\r\n________________________________\r\n${FIELDS.join('\r\n')}\r\n\r\n${WORDS}\r\n`;
const PAGE = `<p>Is this real? <a href="https://www.voter.example/">my site</a></p><div id="divRplyFwdMsg">${FIELDS.join('<br>').replaceAll('<i', '&lt;i').replaceAll('<v', '&lt;v')}</div><p>${WORDS} <a href="http://evil.example/">see</a></p>`;

const EXPECTED = [
  { path: '0', role: 'carrier', from: { address: 'vera@voter.example' } },
  { path: '0.i', role: 'original', from: { address: 'info@threat.example' }, text: WORDS },
];

describe('a forward in the body of an Outlook item is recovered', () => {
  const item: MsgSource = { properties: { [TAG.headers]: HEADERS, [TAG.body]: BODY } };
  test('of a .msg', () => {
    const { messages } = readReportedMail(writeMsg(item), kernels);
    expect(messages).toMatchObject(EXPECTED);
    expect(messages[0]?.text.trim()).toBe('Is this real?');
    expect(messages[1]?.forward).toMatchObject({ method: 'inline-text', intact: false });
  });
  test('of a winmail.dat that was saved on its own', () => {
    const properties: MapiProperty[] = [
      { id: 0x0070, type: 0x1f, value: 'Help' },
      { id: 0x0c1f, type: 0x1f, value: 'vera@voter.example' },
      { id: 0x1000, type: 0x1f, value: BODY },
    ];
    const { messages } = readReportedMail(writeTnef({ properties }), kernels);
    expect(messages).toMatchObject(EXPECTED);
    expect(messages[0]).toMatchObject({ subject: 'Help', forward: { method: 'outlook-item' } });
  });
  test('of a message inside a winmail.dat', () => {
    const data = writeTnef({ properties: [{ id: 0x1000, type: 0x1f, value: BODY }] });
    const outer = writeTnef({ files: [{ object: { iid: 'message', data } }] });
    const mail = Buffer.concat([
      Buffer.from('From: b@voter.example\nContent-Type: application/ms-tnef\n\n'),
      outer,
    ]);
    const { messages } = readReportedMail(mail, kernels);
    expect(messages.map(({ path, role }) => [path, role])).toEqual([
      ['0', 'carrier'],
      ['0.1.1', 'carrier'],
      ['0.1.1.i', 'original'],
    ]);
  });
  test('of a .msg with an HTML body only, each message with its own links', () => {
    const contents: MessageContent[] = [];
    const properties = {
      [TAG.headers]: HEADERS,
      [TAG.html]: Buffer.from(PAGE),
      [TAG.codePage]: 65_001,
    };
    const { messages } = readReportedMail(writeMsg({ properties }), kernels, {
      onContent: (content) => contents.push(content),
    });
    expect(messages.map(({ path, role }) => [path, role])).toEqual([
      ['0', 'carrier'],
      ['0.i', 'original'],
    ]);
    const shares = contents[0]?.shares?.() ?? new Map();
    const links = (path: string): string =>
      (shares.get(path) ?? []).map(({ text }: { text: string }) => text).join('');
    expect(links('0.i')).toContain('evil.example');
    expect(links('0.i')).not.toContain('voter.example/');
    expect(links('0')).toContain('voter.example/');
  });
  test('a .msg that was attached, with a route of its own, stays the original', () => {
    const text = `Vote!\r\n\r\n---------- Forwarded message ---------\r\n${FIELDS.join('\r\n').replace('Vera Voter <vera@voter.example>', 'x@firm.example')}\r\n\r\n${WORDS}`;
    const inner = { properties: { [TAG.headers]: HEADERS, [TAG.body]: text } };
    const outer = {
      properties: { [TAG.subject]: 'look' },
      files: [{ name: 'a.msg', item: inner }],
    };
    const { messages } = readReportedMail(writeMsg(outer), kernels);
    expect(messages.map(({ path, role }) => [path, role])).toEqual([
      ['0', 'carrier'],
      ['0.1', 'original'],
      ['0.1.i', 'attached'],
    ]);
  });
});

describe('a forward in the body of a winmail.dat is the mail’s own', () => {
  const mail = (text: string, properties: readonly MapiProperty[]) => {
    const stream = writeTnef({ properties });
    return kernels.encode(
      [
        ...[HEADERS.trimEnd(), 'Content-Type: multipart/mixed; boundary=b', '', '--b'],
        ...['Content-Type: text/plain', '', text, '--b'],
        ...['Content-Type: application/ms-tnef; name=winmail.dat'],
        ...['Content-Transfer-Encoding: base64', '', stream.toString('base64'), '--b--', ''],
      ].join('\r\n'),
    );
  };
  const inside = [{ id: 0x1000, type: 0x1f, value: BODY } as const];
  test('where the mail shows no words of its own', () => {
    const contents = new Map<string, MessageContent>();
    const { messages } = readReportedMail(mail('', inside), kernels, {
      onContent: (content) => contents.set(content.path, content),
    });
    expect(messages).toMatchObject(EXPECTED);
    expect(contents.get('0')?.shares?.().has('0')).toBe(true);
  });
  test('and not where it does: its own words are what was seen', () => {
    const { messages } = readReportedMail(mail('Hello.', inside), kernels);
    expect(messages.map(({ path, role }) => [path, role])).toEqual([['0', 'original']]);
    expect(messages[0]?.text).toBe('Hello.');
  });
});

describe('a mail that came as a file of an Outlook item is opened', () => {
  const inner = writeMsg({ properties: { [TAG.headers]: HEADERS, [TAG.body]: 'inside' } });
  const tree = (file: Buffer) =>
    readReportedMail(file, kernels).messages.map(({ path, role, forward }) => [
      path,
      role,
      forward?.method ?? null,
    ]);
  const holding = (name: string, data: Buffer): Buffer =>
    writeMsg({ properties: { [TAG.subject]: 'FW' }, files: [{ name, data }] });

  test('a .msg', () => {
    expect(tree(holding('report.msg', inner))).toEqual([
      ['0', 'carrier', 'outlook-item'],
      ['0.1', 'original', 'outlook-item'],
    ]);
  });
  test('and its bytes are told as read', () => {
    const opened: (true | undefined)[] = [];
    readReportedMail(holding('report.msg', inner), kernels, {
      onContent: ({ leaves }) => opened.push(...leaves.map((leaf) => leaf.opened)),
    });
    expect(opened).toEqual([true]);
  });
  test('a mail of no name, and a winmail.dat in it', () => {
    const item = writeTnef({ files: [{ object: { iid: 'message', data: writeTnef({}) } }] });
    const type = 'Content-Type: application/ms-tnef';
    const mail = Buffer.concat([Buffer.from(`${HEADERS.trimEnd()}\r\n${type}\r\n\r\n`), item]);
    expect(tree(holding('report', mail))).toEqual([
      ['0', 'carrier', 'outlook-item'],
      ['0.1', 'carrier', 'attached-file'],
      ['0.1.1.1', 'original', 'outlook-item'],
    ]);
  });
  test('not one that is text, or another Office file', () => {
    const other = writeMsg({ properties: {} });
    other.write('WW', other.indexOf(Buffer.from('__properties', 'utf16le')), 'utf16le');
    for (const data of [Buffer.from('Dear voter,\r\nFrom now on'), other])
      expect(tree(holding('letter', data))).toEqual([['0', 'original', 'outlook-item']]);
  });
  test(`${ITEM_DEPTH_MAX + 1} deep is not, which is said`, () => {
    let file = inner;
    for (let depth = 0; depth <= ITEM_DEPTH_MAX; depth += 1) file = holding('x.msg', file);
    const { messages, limits } = readReportedMail(file, kernels);
    expect(messages.length).toBe(ITEM_DEPTH_MAX + 1);
    expect(limits.map(({ code }) => code)).toEqual(['outlook-depth']);
  });
});
