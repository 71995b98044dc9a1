import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { writeMsg } from '../../../test/kit/msg-writer.ts';
import { writeTnef } from '../../../test/kit/tnef-writer.ts';
import { makeZip } from '../../../test/kit/zip.ts';
import type { MailReading, MessageContent } from '../../core/mail/index.ts';
import { memorySource, readMessages } from '../../host/intake/index.ts';
import { nodeKernels as kernels } from '../../host/kernels/index.ts';
import { mailReader } from './read-mail.ts';

const ORIGINAL = [
  'Received: from relay.example (relay.example [192.0.2.7]) by mx.county.example; Tue, 20 Oct 2020 12:00:00 +0000',
  'From: Proud Group <info@group.example>',
  'To: vera@voter.example',
  'Subject: Vote or else',
  'Message-ID: <orig@group.example>',
  '',
  'We know where you live.',
  '',
].join('\r\n');

const original = { name: 'Vote or else.eml', content: ORIGINAL };
const MBOX = [1, 2]
  .map((day) => `From a@group.example Tue Oct 2${day} 12:00:00 2020\r\n${ORIGINAL}\r\n`)
  .join('');

/** A reporter's mail with one file attached. */
function report(file: Buffer | string, type = 'application/octet-stream; name=file'): Buffer {
  const packed = Buffer.from(file).toString('base64').replace(/.{76}/g, '$&\r\n');
  return Buffer.from(
    [
      'Received: from mail.voter.example ([192.0.2.10]) by mx.county.example; Wed, 21 Oct 2020 14:00:00 +0000',
      'From: Vera Voter <vera@voter.example>',
      'Subject: I got this',
      'Content-Type: multipart/mixed; boundary=b',
      '',
      '--b',
      'Content-Type: text/plain',
      '',
      'See the attachment.',
      '--b',
      `Content-Type: ${type}`,
      'Content-Transfer-Encoding: base64',
      '',
      packed,
      '--b--',
      '',
    ].join('\r\n'),
  );
}

async function read(bytes: Uint8Array, kind: 'message' | 'msg' = 'message') {
  const contents = new Map<string, MessageContent>();
  const readings: MailReading[] = [];
  const limits: string[] = [];
  for await (const step of readMessages(memorySource(bytes), kind, kernels)) {
    if ('limit' in step) limits.push(`${step.limit.code} ${step.limit.at}`);
    else
      readings.push(
        await mailReader(kernels)(step.message, (content) => contents.set(content.path, content)),
      );
  }
  const messages = readings.flatMap((reading) => reading.messages);
  limits.push(...readings.flatMap((one) => one.limits.map(({ code, at }) => `${code} ${at}`)));
  return { messages, contents, limits };
}

const shown = async (bytes: Uint8Array, kind?: 'message' | 'msg') =>
  (await read(bytes, kind)).messages.map(
    ({ path, role, subject, forward }) =>
      `${path} ${role} ${subject} ${forward?.method ?? '-'}${forward?.intact === true ? ' intact' : ''}`,
  );

const REPORTER = '0 carrier I got this -';
const zip = makeZip([original]);
const attachedZip = [REPORTER, '0.2.0 original Vote or else archive intact'];

describe('what an attached archive holds is the original, and its bearer the carrier', () => {
  test.each<[string, Buffer, readonly string[]]>([
    ['zip', report(zip), attachedZip],
    ['zip, stored', report(makeZip([{ ...original, stored: true }])), attachedZip],
    ['zip, as a type that says so', report(zip, 'application/zip'), attachedZip],
    ['gzip', report(gzipSync(ORIGINAL)), attachedZip],
    [
      'zip in zip',
      report(makeZip([{ name: 'i.zip', content: zip }])),
      [REPORTER, '0.2.0.0 original Vote or else archive intact'],
    ],
    [
      'mbox',
      report(MBOX),
      [
        REPORTER,
        '0.2.0 original Vote or else archive intact',
        '0.2.1 original Vote or else archive intact',
      ],
    ],
    [
      'mbox, gzipped',
      report(gzipSync(MBOX)),
      [
        REPORTER,
        '0.2.0.0 original Vote or else archive intact',
        '0.2.0.1 original Vote or else archive intact',
      ],
    ],
    [
      'zip in winmail.dat',
      report(writeTnef({ files: [{ longName: 'o.zip', data: zip }] })),
      [REPORTER, '0.2.1.0 original Vote or else archive intact'],
    ],
    [
      '.msg in zip',
      report(makeZip([{ name: 'o.msg', content: writeMsg({ properties: { 3604511: 'Vote' } }) }])),
      [REPORTER, '0.2.0 original Vote outlook-item'],
    ],
    [
      'a report in a zip, that carries a zip',
      report(makeZip([{ name: 'r.eml', content: report(zip) }])),
      [
        REPORTER,
        '0.2.0 carrier I got this archive intact',
        '0.2.0.2.0 original Vote or else archive intact',
      ],
    ],
  ])('%s', async (_, bytes, expected) => {
    expect(await shown(bytes)).toEqual(expected);
    expect((await read(bytes)).limits).toEqual([]);
  });

  test('zip in an Outlook item', async () => {
    const files = [{ name: 'o.zip', data: zip }];
    expect(await shown(writeMsg({ properties: { 3604511: 'FW' }, files }), 'msg')).toEqual([
      '0 carrier FW outlook-item',
      '0.1.0 original Vote or else archive intact',
    ]);
  });

  test('zip in a mail that was attached', async () => {
    const inner = report(zip).toString('latin1');
    const outer = report(inner, 'message/rfc822').toString('latin1');
    expect(await shown(Buffer.from(outer, 'latin1'))).toEqual([
      REPORTER,
      '0.2 carrier I got this attached-encoded intact',
      '0.2.2.0 original Vote or else archive intact',
    ]);
  });
});

test('a copy in the body of what is in the archive is not counted twice', async () => {
  const copy = [
    '---------- Forwarded message ---------',
    'From: Proud Group <info@group.example>',
    'Date: Tue, Oct 20, 2020 at 8:00 AM',
    'Subject: Vote or else',
    'To: <vera@voter.example>',
    '',
    'We know where you live.',
  ].join('\r\n');
  const bytes = report(zip).toString().replace('See the attachment.', copy);
  expect(await shown(Buffer.from(bytes))).toEqual(attachedZip);
  const other = bytes.replace('Subject: Vote or else', 'Subject: Another one');
  expect(await shown(Buffer.from(other))).toHaveLength(3);
});

test('an original in an archive that quotes an older mail stays the original', async () => {
  const quoting = `${ORIGINAL}\r\n---------- Forwarded message ---------\r\nFrom: Old <old@third.example>\r\nDate: Mon, Oct 19, 2020 at 8:00 AM\r\nSubject: Old\r\nTo: <x@third.example>\r\n\r\nold words\r\n`;
  const { messages } = await read(report(makeZip([{ name: 'o.eml', content: quoting }])));
  expect(messages.filter(({ role }) => role === 'original').map(({ path }) => path)).toEqual([
    '0.2.0',
  ]);
});

test('the original keeps its exact bytes, and nothing says that they stand in the mail', async () => {
  const { messages, contents } = await read(report(zip));
  const [, found] = messages;
  expect(found).toMatchObject({
    offset: null,
    length: ORIGINAL.length,
    sha256: kernels.sha256(Buffer.from(ORIGINAL)),
    forward: { method: 'archive', lost: [] },
    route: [{ ip: '192.0.2.7' }],
  });
  expect(Buffer.from(contents.get('0.2.0')?.bytes ?? []).toString()).toBe(ORIGINAL);
});

test('without its route an original is not intact', async () => {
  const bare = ORIGINAL.slice(ORIGINAL.indexOf('From:'));
  const { messages } = await read(report(makeZip([{ name: 'o.eml', content: bare }])));
  expect(messages[1]?.forward).toEqual({
    method: 'archive',
    intact: false,
    lost: ['route', 'authentication'],
  });
});

test('what a bounce gives back in a zip is not what was reported', async () => {
  const bounce = report(report(zip), 'message/rfc822')
    .toString('latin1')
    .replace(
      '--b--',
      '--b\r\nContent-Type: message/delivery-status\r\n\r\nAction: failed\r\n--b--',
    );
  const roles = (await read(Buffer.from(bounce, 'latin1'))).messages.map(({ role }) => role);
  expect(roles).toEqual(['original', 'attached', 'attached']);
});

describe('an archive that holds no mail leaves the mail as it is', () => {
  const lone = ['0 original I got this -'];
  test.each<[string, Buffer, readonly string[]]>([
    [
      'a zip of other files',
      makeZip([{ name: 'a.pdf', content: '%PDF-1.4' }]),
      ['archive-not-mail 0.2'],
    ],
    ['a Word document', makeZip([{ name: '[Content_Types].xml', content: '<a/>' }]), []],
    [
      'an OpenDocument file',
      makeZip([{ name: 'mimetype', content: 'application/vnd.oasis', stored: true }]),
      [],
    ],
    ['a locked zip', makeZip([{ ...original, flags: 1 }]), ['archive-locked 0.2']],
    [
      'a zip cut to nothing',
      zip.subarray(0, 4),
      ['archive-damaged 0.2', 'archive-entry-missing 0.2'],
    ],
    ['RAR', Buffer.from('Rar!\x1a\x07\x00 rest of it', 'latin1'), ['archive-format 0.2']],
    ['gzip of a picture', gzipSync(Buffer.from('GIF89a')), ['archive-not-mail 0.2']],
    [
      'damaged gzip',
      gzipSync(ORIGINAL).fill(0, 12, 40),
      ['archive-not-mail 0.2', 'archive-damaged 0.2.0'],
    ],
  ])('%s', async (_, file, limits) => {
    expect(await shown(report(file))).toEqual(lone);
    expect((await read(report(file))).limits.sort()).toEqual([...limits].sort());
  });

  test('a body that begins like an mbox is a body', async () => {
    const body = `From: a@voter.example\r\nSubject: x\r\n\r\n${MBOX}`;
    expect((await read(Buffer.from(body))).messages.map(({ path }) => path)).not.toContain('0.1.0');
  });
});

describe('a hostile archive costs its limit and nothing else', () => {
  const nested = (levels: number): Buffer =>
    levels === 0 ? zip : makeZip([{ name: 'n.zip', content: nested(levels - 1) }]);
  const mailed = (levels: number): Buffer =>
    levels === 0 ? report(zip) : report(makeZip([{ name: 'r.eml', content: mailed(levels - 1) }]));
  const bomb = Buffer.concat([Buffer.from(ORIGINAL), Buffer.alloc(15_000_000)]);
  const many = Array.from(
    { length: 1001 },
    (_, at) =>
      `From a@b.example Tue Oct 20 12:00:00 2020\nReceived: x\nFrom: a@b.example\nSubject: ${at}\n\n`,
  ).join('\n');

  test.each<[string, Buffer, string]>([
    ['a bomb', report(makeZip([{ name: 'z', content: bomb }])), 'archive-ratio 0.2.0'],
    [
      'a bomb that is no mail',
      report(makeZip([{ name: 'z', content: Buffer.alloc(30_000_000) }])),
      'archive-ratio 0.2.0',
    ],
    ['a gzip bomb', report(gzipSync(bomb)), 'archive-ratio 0.2.0'],
    [
      'a name that climbs',
      report(makeZip([{ ...original, name: '../../x' }])),
      'archive-name-unsafe 0.2',
    ],
    ['zips four deep', report(nested(3)), 'archive-depth 0.2.0.0.0'],
    ['zips four deep, with mails between', mailed(3), 'archive-depth 0.2.0.2.0.2.0.2'],
    ['an mbox of too many mails', report(many), 'archive-mails 0.2'],
    [
      'a winmail.dat that is cut',
      report(writeTnef({ files: [{ longName: 'o.zip', data: zip }] }).subarray(0, 60)),
      'outlook-truncated 0.2',
    ],
  ])('%s', async (_, bytes, limit) => {
    const { messages, limits } = await read(bytes);
    expect(limits).toEqual([limit]);
    expect(messages[0]?.subject).toBe('I got this');
    expect(messages.length).toBeLessThan(1002);
  });
});

describe('nests of messages share the work that one may cost', () => {
  const level = 'From: a@b.example\r\nContent-Type: message/rfc822\r\n\r\n';
  const digits = Array.from({ length: 2_500 }, (_, at) => (at * 2_654_435_761) >>> 0).join('\r\n');
  // Opening all levels of one is 30 MB of work: one may, four may not.
  const nest = Buffer.from(`${level.repeat(60)}From: a@b.example\r\n\r\n${digits.repeat(20)}`);
  const files = ['a.eml', 'b.eml', 'c.eml', 'd.eml'].map((name) => ({ name, content: nest }));
  const mbox = files.map(() => `From a@b.example Tue Oct 20 12:00:00 2020\n${nest}\n\n`).join('');
  const zipped = makeZip(files);

  test.each<[string, Buffer, 'message' | 'msg' | 'zip' | 'gzip']>([
    ['in a zip', zipped, 'zip'],
    ['in a packed mbox', gzipSync(mbox), 'gzip'],
    ['in a zip in a mail', report(zipped), 'message'],
    [
      'in zips of their own',
      report(makeZip(files.map((file) => ({ name: 'z', content: makeZip([file]) })))),
      'message',
    ],
    ['in a packed winmail.dat', winmail(), 'zip'],
  ])('%s', async (_, bytes, kind) => {
    // Every byte of a message that is opened is looked through again.
    let opened = 0;
    const codes = new Set<string>();
    for await (const step of readMessages(memorySource(bytes), kind, kernels)) {
      if ('limit' in step) codes.add(step.limit.code);
      else {
        const { messages, limits } = await mailReader(kernels)(step.message);
        for (const { length } of messages) opened += length;
        for (const { code } of limits) codes.add(code);
      }
    }
    expect(codes).toContain('mail-work');
    expect(opened).toBeGreaterThan(30_000_000);
    expect(opened).toBeLessThan(70_000_000);
  });

  function winmail(): Buffer {
    const data = writeTnef({ files: files.map(({ name }) => ({ longName: name, data: nest })) });
    return makeZip([{ name: 'r.eml', content: report(data, 'application/ms-tnef') }]);
  }
});
