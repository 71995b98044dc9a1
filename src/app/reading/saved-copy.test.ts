import { describe, expect, test } from 'vitest';
import { makeZip } from '../../../test/kit/zip.ts';
import { readRecordedResults } from '../../core/forensics/index.ts';
import type { MailMessage } from '../../core/mail/index.ts';
import { memorySource, readMessages, receivedKind } from '../../host/intake/index.ts';
import { nodeKernels as kernels } from '../../host/kernels/index.ts';
import { mailReader } from './read-mail.ts';

const SOURCE = [
  'Received: from relay.example (relay.example [192.0.2.7]) by mx.county.example; Tue, 20 Oct 2020 12:00:00 +0000',
  'DKIM-Signature: v=1; d=group.example; s=x; h=from; bh=AA==; b=AA==',
  'From: "Proud Group" <info@group.example>',
  'To: vera@voter.example',
  'Subject: Vote & win',
  'Message-ID: <orig@group.example>',
  '',
  'We know where you live, Zoë.',
  '',
].join('\n');

const PLIST = '<?xml version="1.0" encoding="UTF-8"?>\n<plist version="1.0">\n<dict/>\n</plist>\n';
const shown = SOURCE.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
const page = `<html><head><style>pre{}</style></head><body><pre style="white-space: pre-wrap;">${shown}</pre></body></html>`;
const utf16 = (text: string): Buffer => Buffer.from(`\ufeff${text}`, 'utf16le');
const rtf = `{\\rtf1\\ansi{\\fonttbl{\\f0 Arial;}}${SOURCE.replace('ë', "\\'eb").replace(/\n/g, '\\par\n')}}`;
const archive = (body: string): string =>
  `From: <Saved by Blink>\r\nSnapshot-Content-Location: https://mail.voter.example/\r\nSubject: Inbox\r\nDate: Wed, 21 Oct 2020 10:00:00 -0000\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; type="text/html"; boundary="zz"\r\n\r\n--zz\r\nContent-Type: text/html\r\nContent-Transfer-Encoding: base64\r\n\r\n${Buffer.from(body).toString('base64')}\r\n--zz--\r\n`;
const size = Buffer.byteLength(SOURCE);

const FORMS: readonly (readonly [string, string | Buffer, string | null])[] = [
  ['a web page', page, 'the source as a saved web page shows it'],
  ['a web page in UTF-16', utf16(page), 'the source as a saved web page shows it'],
  [
    'a page with a title above',
    page.replace('<pre', '<h1>Raw message</h1><pre'),
    'the source as a saved web page shows it',
  ],
  [
    'a text box of a page',
    page.replaceAll('pre', 'textarea'),
    'the source as a saved web page shows it',
  ],
  ['MHTML', archive(page), 'the source as a saved web page (MHTML) shows it'],
  ['RTF', rtf, 'the source as a text of a word processor (RTF) shows it'],
  ['UTF-16', utf16(SOURCE), 'the source as text in UTF-16 (“Unicode” in Notepad)'],
  [
    'words above',
    `View message source\n\n${SOURCE}`,
    'a source with words above it, as text is copied by hand',
  ],
  ['Apple Mail', `${size}       \n${SOURCE}${PLIST}`, null],
  ['Apple Mail, line ends changed', `${size}\r\n${SOURCE}${PLIST}`.replace(/\r?\n/g, '\r\n'), null],
  [
    'CR CR LF',
    SOURCE.replaceAll('\n', '\r\r\n'),
    'a copy whose line ends were changed to CR CR LF',
  ],
  ['bare CR', SOURCE.replaceAll('\n', '\r'), 'a copy whose line ends were changed to CR alone'],
];

async function read(bytes: Buffer) {
  const messages: MailMessage[] = [];
  const limits: string[] = [];
  const kind = receivedKind(bytes.subarray(0, 8192), kernels);
  for await (const step of readMessages(memorySource(bytes), kind, kernels)) {
    if ('limit' in step) {
      limits.push(step.limit.code);
      continue;
    }
    const reading = await mailReader(kernels)(step.message);
    messages.push(...reading.messages);
    limits.push(...reading.limits.map(({ code }) => code));
  }
  return { messages, limits };
}

const report = (file: string | Buffer, type: string): Buffer =>
  Buffer.from(
    `From: Vera <vera@voter.example>\r\nTo: office@county.example\r\nSubject: the mail\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nas you asked\r\n--b\r\nContent-Type: ${type}\r\nContent-Disposition: attachment\r\nContent-Transfer-Encoding: base64\r\n\r\n${Buffer.from(file).toString('base64')}\r\n--b--\r\n`,
  );

const expected = {
  role: 'original',
  from: { name: 'Proud Group', address: 'info@group.example' },
  subject: 'Vote & win',
  route: [{ ip: '192.0.2.7' }],
};

describe('a mail saved in another form is read, and said to be a copy', () => {
  test.each(FORMS)('%s, handed in', async (_, file, takenFrom) => {
    const { messages, limits } = await read(Buffer.from(file));
    expect(limits).toEqual([]);
    expect(messages).toMatchObject([expected]);
    expect(messages[0]?.text.trim()).toMatch(/^We know where you live, Zo(?:ë|\\xeb)\.$/);
    expect(messages[0]?.forward?.takenFrom ?? null).toBe(takenFrom);
    if (takenFrom !== null) expect(messages[0]?.forward?.intact).toBe(false);
    // Only bytes that stand in the file have a place in it.
    const rebuilt = /web page|word processor|UTF-16/.test(takenFrom ?? '');
    const place = Buffer.from(file).indexOf('Received:');
    expect(messages[0]?.offset).toBe(rebuilt ? null : place);
  });

  test.each(FORMS)('%s, attached: the voter is no original', async (_, file, takenFrom) => {
    const { messages } = await read(report(file, 'application/octet-stream; name=saved'));
    expect(messages).toMatchObject([{ role: 'carrier', subject: 'the mail' }, expected]);
    expect(messages[1]?.forward?.takenFrom ?? null).toBe(takenFrom);
  });

  test.each([
    ['keeps it from the eye', page.replace('<pre style="', '<pre style="display:none;')],
    ['hides it by its sheet', page.replace('pre{}', 'pre{display:none}')],
    ['asks its reader for something', page.replace('<pre', '<form action=x><input></form><pre')],
  ])('no page that %s', async (_, made) => {
    const { messages } = await read(report(made, 'text/html; name=invoice.html'));
    expect(messages).toMatchObject([{ role: 'original', subject: 'the mail' }]);
  });

  test('a saved source of somebody else’s mail leaves its bearer in doubt', async () => {
    const stranger = page.replace('vera@voter.example', 'otto@third.example');
    const { messages } = await read(report(stranger, 'text/html; name=saved.html'));
    expect(messages[0]).toMatchObject({ role: 'carrier', either: true });
    const own = await read(report(page, 'text/html; name=saved.html'));
    expect(own.messages[0]?.either).not.toBe(true);
  });

  test('in a zip', async () => {
    const { messages } = await read(makeZip([{ name: 'raw.html', content: page }]));
    expect(messages).toMatchObject([expected]);
  });

  test('Apple Mail: the exact bytes, where they stand in the file', async () => {
    const bytes = Buffer.from(`${size}\n${SOURCE}${PLIST}`);
    const { messages } = await read(bytes);
    const offset = `${size}\n`.length;
    const sha256 = kernels.sha256(Buffer.from(SOURCE));
    expect(messages).toMatchObject([{ offset, length: size, sha256, forward: null }]);
  });

  test('a file called .mht whose type was guessed from its name', async () => {
    const file = report(archive(page), 'multipart/related; name="page.mht"');
    expect((await read(file)).messages).toMatchObject([{ role: 'carrier' }, expected]);
  });
});

describe('Gmail’s “Show original” as text', () => {
  const rows = [
    ['Original Message'],
    [],
    ['Message ID', '<orig@group.example>'],
    ['Created at:', 'Tue, Oct 20, 2020 at 8:59 AM (Delivered after 12 seconds)'],
    ['From:', 'Proud Group <other@claimed.example>'],
    ['To:', 'vera@voter.example'],
    ['Subject:', 'Vote & win'],
    ['SPF:', 'PASS with IP 192.0.2.7 Learn more'],
    ['DKIM:', "'PASS' with domain claimed.example Learn more"],
    ['DMARC:', "'PASS' Learn more"],
    [],
    [],
    ['Download Original', 'Copy to clipboard'],
    [],
    [],
  ];
  const summary = (cells: string): string => rows.map((row) => `${row.join(cells)}\n`).join('');
  const german = [
    'Originalnachricht',
    'Message-ID:\t<orig@group.example>',
    'Von:\tProud Group <other@claimed.example>',
    'SPF:\tPASS mit der IP-Adresse 192.0.2.7 Weitere Informationen',
    'Original herunterladen\tIn die Zwischenablage kopieren',
    '\n',
  ].join('\n');
  const FORMS_OF_IT: readonly (readonly [string, string])[] = [
    ['cells apart by tabs', `${summary('\t')}${SOURCE}`],
    ['cells on lines of their own', `${summary('\n')}${SOURCE}`],
    ['CRLF', `${summary('\t')}${SOURCE}`.replaceAll('\n', '\r\n')],
    ['no empty line before the source', `${summary('\t').trimEnd()}\n${SOURCE}`],
    ['another language', `${german}${SOURCE}`],
    ['without its title', `${summary('\t').slice(summary('\t').indexOf('From:'))}${SOURCE}`],
  ];

  test.each(FORMS_OF_IT)(
    '%s: the source is the original, the summary no record',
    async (_, file) => {
      const { messages, limits } = await read(Buffer.from(file));
      expect(limits).toEqual([]);
      expect(messages).toMatchObject([expected]);
      const [message] = messages;
      expect(message?.forward?.takenFrom).toMatch(/Show original.*the word of whoever copied it/);
      expect(file.slice(message?.offset ?? 0)).toMatch(/^Received: from relay/);
      expect(message?.text).not.toMatch(/SPF|claimed/);
      expect(readRecordedResults(message!)).toEqual([]);
    },
  );

  test.each(FORMS_OF_IT)('%s, attached: the voter is the carrier', async (_, file) => {
    const { messages } = await read(report(file, 'text/plain; name=original.txt'));
    expect(messages).toMatchObject([{ role: 'carrier', subject: 'the mail' }, expected]);
  });

  test.each(FORMS_OF_IT)('%s, pasted: the summary stays the carrier’s text', async (_, file) => {
    const head =
      'From: Vera <vera@voter.example>\r\nTo: office@county.example\r\nSubject: the mail\r\n\r\n';
    const { messages } = await read(Buffer.from(`${head}As you asked:\n\n${file}`));
    expect(messages).toMatchObject([{ role: 'carrier', subject: 'the mail' }, expected]);
    expect(messages[0]?.text).toContain('SPF:');
    expect(messages[1]?.text).not.toMatch(/SPF|claimed/);
  });

  test('a summary without a source is no mail', async () => {
    const { limits } = await read(Buffer.from(summary('\t')));
    expect(limits).toEqual(['not-mail']);
  });

  test('words of more lines above a source are no summary', async () => {
    const { limits } = await read(Buffer.from(`${'words\n'.repeat(14)}${SOURCE}`));
    expect(limits).toEqual(['not-mail']);
  });
});

describe('markup is no header, and what shows no source is named', () => {
  test.each<[string, string]>([
    ['a saved page of a mail program', archive('<p>Vote or else</p>')],
    ['a page', `<html><body><p>From: a@b.example</p><p>Subject: x</p></body></html>`],
    ['an RTF text', '{\\rtf1\\ansi Dear all\\par From: me\\par}'],
    ['a page that is longer than the look', `<html>${'<p>words</p>'.repeat(2_000)}</html>`],
  ])('%s, handed in', async (_, file) => {
    expect(await read(Buffer.from(file))).toEqual({ messages: [], limits: ['not-mail'] });
  });

  test('attached, a page that shows a header without its source is named', async () => {
    const rows = shown.split('\n').map((line) => `<div>${line}</div>`);
    const { messages, limits } = await read(report(rows.join(''), 'text/html; name=raw.html'));
    expect(messages.map(({ role }) => role)).toEqual(['original']);
    expect(limits).toEqual(['saved-unread']);
  });

  test.each<[string, string]>([
    ['an invoice page', '<html><body><p>Dear customer</p></body></html>'],
    ['notes', 'Notes of the meeting\n\nFrom: the board\nSubject: budget\n\nwords'],
    ['a list of numbers', '123\n456\n789'],
  ])('attached, %s stays a file', async (_, file) => {
    const { messages, limits } = await read(report(file, 'application/octet-stream; name=f'));
    expect(messages.map(({ role }) => role)).toEqual(['original']);
    expect(limits).toEqual([]);
  });
});

test.each<[string, string]>([
  ['brackets', `<pre>${'<'.repeat(400_000)}`],
  ['blocks', '<pre>'.repeat(80_000)],
  ['references', `<pre>${'&#'.repeat(200_000)}`],
  ['groups', `{\\rtf1${'{'.repeat(400_000)}`],
])('a hostile page of %s costs linear time', async (_, file) => {
  const start = performance.now();
  await read(Buffer.from(file));
  expect(performance.now() - start).toBeLessThan(1_500);
});
