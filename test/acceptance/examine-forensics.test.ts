import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { makeDkimKey, signDkim } from '../kit/dkim-signer.ts';
import { undocumentedFields, undocumentedValues } from '../kit/json-page.ts';
import { writeMsg } from '../kit/msg-writer.ts';
import { writeTnef } from '../kit/tnef-writer.ts';
import { tocsin } from '../kit/tocsin.ts';
import { makeZip } from '../kit/zip.ts';

const folder = mkdtempSync(join(tmpdir(), 'tocsin-forensics-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let made = 0;
function file(content: Buffer | string, suffix = 'eml'): string {
  made += 1;
  const path = join(folder, `f${made}.${suffix}`);
  writeFileSync(path, content);
  return path;
}

const key = makeDkimKey();
const BODY = [
  'From: "Office of Elections" <info@votes-office.example.org>',
  'To: voter@voter.example',
  'Subject: vote',
  '',
  'See http://video.example.net/x',
  '',
].join('\r\n');
const MAIL = [
  'Return-Path: <info@votes-office.example.org>',
  'Received: from out.example.org (out.example.org [203.0.113.9])',
  '\tby mx.voter.example with ESMTPS; Tue, 20 Oct 2020 13:05:00 +0000',
  signDkim(BODY, key, { d: 'example.org', s: 'sel', h: 'from:to:subject' }),
].join('\r\n');

const entry = (name: string, text: string) => ({
  name,
  type: 'TXT',
  time: '2020-10-21T00:00:00.000Z',
  server: '192.0.2.53',
  answers: [[text]],
  ttl: null,
  error: null,
});
const TRANSCRIPT = {
  schema: 'tocsin/dns-transcript/1',
  entries: [
    entry('votes-office.example.org', 'v=spf1 ip4:203.0.113.9 -all'),
    entry('sel._domainkey.example.org', key.record),
    entry('_dmarc.votes-office.example.org', 'v=DMARC1; p=reject'),
  ],
};

interface Examined {
  readonly authentication: Readonly<Record<string, unknown>>;
  readonly verdict: { readonly kind: string; readonly certainty: string };
  readonly forward: unknown;
  readonly parts: unknown;
}

async function examined(args: readonly string[]): Promise<readonly Examined[]> {
  const run = await tocsin(['examine', ...args, '--json']);
  expect(run.err).toBe('');
  const json = JSON.parse(run.out) as { readonly messages: readonly Examined[] };
  expect(undocumentedFields(json)).toEqual([]);
  expect(undocumentedValues(json)).toEqual([]);
  return json.messages;
}

describe('examine with name servers’ answers', () => {
  test('a transcript gives the same judgement every time, offline', async () => {
    const args = [
      file(MAIL),
      '--dns',
      'recorded',
      '--transcript',
      file(JSON.stringify(TRANSCRIPT)),
    ];
    const [first, second] = [await examined(args), await examined(args)];
    expect(second).toEqual(first);
    expect(first[0]?.authentication).toMatchObject({
      source: 'recorded',
      asOf: '2020-10-21T00:00:00.000Z',
      spf: { result: 'pass' },
      dkim: [{ result: 'pass', domain: 'example.org', aligned: true }],
      dmarc: { result: 'pass', policy: 'reject', shows: expect.stringContaining('authorised') },
    });
    expect(first[0]?.verdict).toMatchObject({ kind: 'genuine', certainty: 'shown' });
  });

  test('an office’s names make it expected, or an imitation', async () => {
    const transcript = file(JSON.stringify(TRANSCRIPT));
    const judged = async (domain: string, mail = MAIL) => {
      const names = file(
        JSON.stringify({
          protected: [{ holder: 'The office', names: ['Office of Elections'], domains: [domain] }],
        }),
        'json',
      );
      const args = [file(mail), '--names', names, '--dns', 'recorded', '--transcript', transcript];
      return (await examined(args))[0]?.verdict;
    };
    expect(await judged('example.org')).toMatchObject({ kind: 'genuine', certainty: 'shown' });
    expect(await judged('elections-board.com')).toMatchObject({ kind: 'display-name-imitation' });
    expect(await judged('examp1e.org')).toMatchObject({ kind: 'lookalike' });
  });

  test.each<[string, () => readonly string[]]>([
    ['an unknown way', () => ['--dns', 'guess']],
    ['recorded without a transcript', () => ['--dns', 'recorded']],
    ['a transcript without --dns', () => ['--transcript', file('{}')]],
    [
      'a transcript that is none',
      () => ['--dns', 'recorded', '--transcript', file('{"entries":1}')],
    ],
    ['a transcript that would be overwritten', () => ['--dns', 'live', '--transcript', file('{}')]],
    ['names that are none', () => ['--names', file('[]')]],
    ['a table that is none', () => ['--networks', file('x')]],
  ])('wrong use: %s', async (_, more) => {
    const { code, out, err } = await tocsin(['examine', file(MAIL), ...more()]);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toContain('usage: tocsin examine');
  });

  test('a hop shows country and network, and which tables say so; none changes the verdict', async () => {
    const table = file('203.0.113.0,203.0.113.255,XA\n', 'csv');
    const hinted = await tocsin(['examine', file(MAIL), '--networks', table]);
    expect(hinted.out).toContain('(out[.]example[.]org 203[.]0[.]113[.]9, XA)');
    expect(hinted.out).toMatch(/Networks {4}as \S+, file of 20.*A hint only/);
    const [plain, named] = [
      await examined([file(MAIL), '--networks', 'none']),
      await examined([file(MAIL), '--networks', table]),
    ];
    expect(named[0]?.verdict).toEqual(plain[0]?.verdict);
  });

  test('nothing is asked unless ordered', async () => {
    const [message] = await examined([file(MAIL)]);
    expect(message?.authentication).toMatchObject({
      source: 'none',
      spf: null,
      dkim: [],
      dmarc: null,
    });
    expect(existsSync(join(folder, 'transcript.json'))).toBe(false);
  });
});

describe('a file that is not searched', () => {
  const attached = (type: string, bytes: Buffer): string =>
    [
      'From: a@sender.example\r\nSubject: s\r\nContent-Type: multipart/mixed; boundary=b\r\n',
      '--b\r\n\r\nsee\r\n--b',
      `Content-Type: ${type}`,
      'Content-Transfer-Encoding: base64\r\n',
      `${bytes.toString('base64')}\r\n--b--\r\n`,
    ].join('\r\n');
  const document = makeZip([{ name: '[Content_Types].xml', content: '<a/>' }]);
  const PDF = Buffer.from('%PDF-1.4\n<</S/URI/URI(https://link.example.com/vote)>>');
  const mails = makeZip([{ name: 'a.eml', content: MAIL }]);
  const tnef = writeTnef({ subject: Buffer.from('winmail\0') });
  test.each<[string, string, Buffer, string | null]>([
    ['a Word document', 'application/x-docx', document, '1 file for links and other observables'],
    ['a PDF, whose links are read', 'application/pdf', PDF, null],
    ['a WebP picture', 'image/webp', Buffer.from('RIFFxxxxWEBP'), '1 file for QR codes'],
    ['an archive of mails is opened', 'application/zip', mails, null],
    ['winmail.dat is opened', 'application/ms-tnef', tnef, null],
  ])('%s', async (_, type, bytes, says) => {
    const path = file(attached(type, bytes));
    const { code, err, out } = await tocsin(['examine', path]);
    const json = JSON.parse((await tocsin(['examine', path, '--json'])).out);
    const limit =
      says === null
        ? []
        : [
            {
              code: 'attachment-unsearched',
              at: '0',
              text: `Not searched: ${says}: 0.2 (${type}).`,
            },
          ];
    expect({ code, limits: json.limits }).toEqual({ code: limit.length, limits: limit });
    const [line] = limit;
    expect(err).toBe(
      line === undefined ? '' : `tocsin: ${path}: ${line.text} [attachment-unsearched at 0]\n`,
    );
    expect(out.includes('[attachment-unsearched at 0]')).toBe(line !== undefined);
    expect(out.includes('hxxps[:]//link[.]example[.]com/vote  (attachment')).toBe(bytes === PDF);
    expect(/Unsearched {2}0\.2 \(application\/pdf\)/.test(out)).toBe(bytes === PDF);
  });
});

describe('examine of an Outlook item', () => {
  test('says what it is, gives its files, and checks no signature', async () => {
    const item = writeMsg({
      properties: { 8192031: MAIL.slice(0, MAIL.indexOf('\r\n\r\n')), 268435487: 'the words' },
      files: [{ name: 'ballot.txt', data: Buffer.alloc(5000, 'a') }],
    });
    const path = file(item, 'msg');
    const transcript = file(JSON.stringify(TRANSCRIPT));
    const [message] = await examined([path, '--dns', 'recorded', '--transcript', transcript]);
    expect(message).toMatchObject({
      forward: { method: 'outlook-item', intact: false, lost: ['authentication'] },
      parts: [{ fileName: 'ballot.txt', bytes: 5000 }],
      authentication: { dkim: [], notes: ['outlook-item'] },
    });
    const { out } = await tocsin(['examine', path]);
    expect(out).toContain('Outlook item (.msg)');
    expect(out).toContain('the words');
  });
});
