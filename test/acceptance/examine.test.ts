import { execFileSync, spawn } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { undocumentedFields, undocumentedValues } from '../kit/json-page.ts';
import { type Run, tocsin } from '../kit/tocsin.ts';
import { makeZip } from '../kit/zip.ts';

const folder = mkdtempSync(join(tmpdir(), 'tocsin-examine-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const REPORTED = [
  'Received: from relay.example ([192.0.2.9]) by mx.voter.example with ESMTPS;',
  ' Tue, 20 Oct 2020 13:05:00 +0000',
  'From: "Brackenfold Sentinels" <info@sentinels.example>',
  'Reply-To: other@elsewhere.example',
  'To: voter@voter.example',
  'Subject: =?utf-8?q?Vote_or_else?=',
  'Date: Tue, 20 Oct 2020 13:04:58 +0000',
  'Message-ID: <1@sentinels.example>',
  'Content-Type: text/plain; charset=utf-8',
  '',
  'We know where you live: http://video.example/watch',
  'hidden \u202e text \u001B[2J here',
  '',
].join('\r\n');

const CARRIER = [
  'From: Voter <voter@voter.example>',
  'To: clerk@county.example',
  'Subject: Fwd: Vote or else',
  'Date: Tue, 20 Oct 2020 15:00:00 +0000',
  'MIME-Version: 1.0',
  'Content-Type: multipart/mixed; boundary=b',
  '',
  '--b',
  'Content-Type: text/plain',
  '',
  'Please look at this.',
  '--b',
  'Content-Type: message/rfc822',
  'Content-Disposition: attachment',
  '',
  `${REPORTED}--b--`,
  '',
].join('\r\n');

let made = 0;
function file(content: Buffer | string): string {
  made += 1;
  const path = join(folder, `f${made}.eml`);
  writeFileSync(path, content);
  return path;
}

interface Document {
  readonly exhibit: { readonly sha256: string; readonly bytes: number; readonly kind: string };
  readonly messages: readonly {
    readonly [field: string]: unknown;
    readonly path: string;
    readonly role: string;
    readonly text: string;
    readonly offset: number | null;
    readonly length: number;
  }[];
  readonly limits: readonly { readonly code: string; readonly at: string }[];
}

async function examined(path: string): Promise<Run & { readonly json: Document }> {
  const run = await tocsin(['examine', path, '--json']);
  const json = JSON.parse(run.out) as Document;
  expect(undocumentedFields(json)).toEqual([]);
  expect(undocumentedValues(json)).toEqual([]);
  return { ...run, json };
}

describe('examine', () => {
  test('tells carrier from original, and where its exact bytes stand', async () => {
    const { code, err, json } = await examined(file(CARRIER));
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(json.exhibit).toMatchObject({ bytes: Buffer.byteLength(CARRIER), kind: 'message' });
    expect(json.messages.map(({ role }) => role)).toEqual(['carrier', 'original']);
    const original = json.messages[1];
    const start = original?.offset ?? -1;
    const bytes = Buffer.from(CARRIER).subarray(start, start + (original?.length ?? 0));
    expect(bytes.toString()).toBe(REPORTED.slice(0, -2));
    expect(original).toMatchObject({
      from: { name: 'Brackenfold Sentinels', address: 'info@sentinels.example' },
      replyTo: [{ name: '', address: 'other@elsewhere.example' }],
      subject: 'Vote or else',
      date: '2020-10-20T13:04:58.000Z',
      authentication: { source: 'none' },
      verdict: {
        kind: 'undetermined',
        reasons: [{ code: 'not-checked' }, { code: 'answers-elsewhere' }],
      },
      coercion: { triage: 'first', signs: ['threat', 'knowledge'] },
      forward: { method: 'attached', intact: true },
    });
    expect(original?.['route']).toHaveLength(1);
  });

  test('has exactly the promised fields', async () => {
    const { json } = await examined(file(REPORTED));
    expect(Object.keys(json)).toEqual(['exhibit', 'messages', 'limits']);
    expect(Object.keys(json.messages[0] ?? {})).toEqual(
      `path offset length sha256 role either from authors replyTo to subject date dateText dateInterval messageId
      parts text banner route
      authentication verdict observables coercion routeOddities hiddenText
      riskyFiles unsearched forward`.split(/\s+/),
    );
  });

  test('text for a person hides nothing, obeys nothing, links nothing', async () => {
    const { code, out } = await tocsin(['examine', file(CARRIER)]);
    expect(code).toBe(0);
    expect(out).toContain('original: "Vote or else"');
    expect(out).toContain('"Brackenfold Sentinels" <info[at]sentinels[.]example>');
    expect(out).toContain('hxxp[:]//video[.]example/watch');
    expect(out).toContain('hidden [U+202E] text [U+001B][2J here');
    expect(out).toMatch(/192\[\.\]0\[\.\]2\[\.\]9/);
    expect(out).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/);
    const json = (await tocsin(['examine', file(CARRIER), '--json'])).out;
    expect(json).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/);
    expect(json).toContain('\\u202e');
  });

  test('a mail that carries a thousand is shown in part, and each of them on a line', async () => {
    const files = Array.from({ length: 300 }, (_, at) => ({
      name: `${at}.eml`,
      content: REPORTED,
    }));
    const packed = makeZip(files).toString('base64');
    const bearer = CARRIER.slice(0, CARRIER.indexOf('--b')).replace(
      /^Subject.*$/m,
      'Subject: all of them',
    );
    const part = `--b\r\nContent-Type: application/zip; name=a.zip\r\nContent-Transfer-Encoding: base64\r\n\r\n${packed}\r\n--b--\r\n`;
    const { out } = await tocsin(['examine', file(`${bearer}${part}`)]);
    expect(out.match(/^Message 0/gm)).toHaveLength(60);
    expect(out).toContain('Further messages, one line each');
    expect(out.match(/^0\.1\.\d+ {2}original/gm)).toHaveLength(241);
    expect(out.split('\n').length).toBeLessThan(3_000);
  });

  test.each(['-', '/dev/stdin'])('what is piped in as %s is read like a file', async (name) => {
    const piped = await tocsin(['examine', name, '--json'], process.execPath, CARRIER);
    expect(piped).toEqual(await tocsin(['examine', file(CARRIER), '--json']));
    const text = await tocsin(['examine', name], process.execPath, '');
    expect([text.code, text.err]).toEqual([1, expect.stringContaining('tocsin: standard input:')]);
  });

  test('a reader that has enough ends the run quietly', async () => {
    const mbox = `From a@b.example Thu Oct 22 10:00:00 2020\n${REPORTED}\n\n`.repeat(3_000);
    const command = resolve(import.meta.dirname, '../../bin/tocsin');
    const child = spawn('sh', [
      '-c',
      '"$0" "$1" examine "$2" --json | head -c 99',
      process.execPath,
      command,
      file(mbox),
    ]);
    const said: Buffer[] = [];
    child.stderr.on('data', (chunk: Buffer) => said.push(chunk));
    await new Promise((done) => child.on('close', done));
    expect(Buffer.concat(said).toString()).toBe('');
  });

  const OLDER = ['/usr/bin/node', '/usr/local/bin/node'].find(
    (node) =>
      existsSync(node) &&
      Number(execFileSync(node, ['-p', 'process.versions.node']).toString().split('.')[0]) < 24,
  );
  test.runIf(OLDER !== undefined)('starts on an older Node and answers alike', async () => {
    const path = file(CARRIER);
    expect(await tocsin(['examine', path], OLDER)).toEqual(await tocsin(['examine', path]));
    expect((await tocsin(['toll'], OLDER)).code).toBe(2);
  });
});

describe('bad input gets one line with its name, a partial answer, and exit code 1', () => {
  const nested = (depth: number): string =>
    `From: a@b.example\r\nSubject: deep\r\n${Array.from(
      { length: depth },
      (_, at) => `Content-Type: multipart/mixed; boundary=b${at}\r\n\r\n--b${at}\r\n`,
    ).join('')}\r\nat the bottom\r\n`;

  test.each<[string, () => Buffer | string, string, number]>([
    ['an empty file', () => '', 'not-mail', 0],
    ['a picture', () => '\x89PNG\r\n\x1a\n', 'not-mail', 0],
    ['10,000 nested parts', () => nested(10_000), '', 1],
    [
      'a zip bomb',
      () =>
        makeZip([
          { name: 'a', content: Buffer.alloc(50_000_000) },
          { name: 'b', content: REPORTED },
        ]),
      'archive-ratio',
      1,
    ],
    [
      'a zip that climbs',
      () => makeZip([{ name: '../../a.eml', content: REPORTED }]),
      'archive-name-unsafe',
      1,
    ],
    [
      'a locked zip',
      () => makeZip([{ name: 'a', content: REPORTED, flags: 1 }]),
      'archive-locked',
      0,
    ],
    [
      'a zip cut short',
      () => makeZip([{ name: 'a', content: REPORTED }]).subarray(0, -30),
      'archive-damaged',
      1,
    ],
  ])('%s', async (_, content, limit, messages) => {
    const path = file(content());
    const { code, err, json } = await examined(path);
    expect(code).toBe(1);
    expect(json.messages).toHaveLength(messages);
    expect(json.limits.length).toBeGreaterThan(0);
    if (limit !== '') expect(json.limits.map((row) => row.code)).toEqual([limit]);
    const lines = err.trimEnd().split('\n');
    expect(lines).toHaveLength(json.limits.length);
    for (const line of lines) expect(line).toContain(`tocsin: ${path}: `);
  });

  test('a line of 50 MB is read whole', async () => {
    const line = Buffer.alloc(50_000_000, 'a');
    const path = file(Buffer.concat([Buffer.from(REPORTED), line]));
    const run = await tocsin(['examine', path]);
    expect(run.code).toBe(1);
    expect(run.err).toContain('[text-scan-over-limit at 0.1]');
    expect(run.out).toContain('50,000,');
  });

  test.each<[string, () => string, string]>([
    ['a dangling link', () => link('nowhere'), 'is a link to something that does not exist'],
    ['a link to itself', () => link(`l${made + 1}`), 'is a link that leads back to itself'],
    ['a named pipe', pipe, 'is a named pipe, not a file: it was not opened'],
    ['a device', () => '/dev/zero', 'is a device, not a file: it was not opened'],
    ['nothing', () => join(folder, 'nothing'), 'does not exist'],
    ['a folder', () => folder, 'is a folder, not a file: it was not opened'],
  ])('%s', async (_, make, says) => {
    const path = make();
    const { code, out, err } = await tocsin(['examine', path, '--json']);
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(err).toBe(`tocsin: ${path}: ${says}\n`);
  });

  test.runIf(process.getuid?.() !== 0)('a file without leave to read', async () => {
    const path = file(REPORTED);
    chmodSync(path, 0);
    const { code, err } = await tocsin(['examine', path]);
    expect({ code, err }).toEqual({
      code: 1,
      err: `tocsin: ${path}: cannot be read: permission denied\n`,
    });
  });

  function link(target: string): string {
    made += 1;
    const path = join(folder, `l${made}`);
    symlinkSync(target, path);
    return path;
  }

  function pipe(): string {
    made += 1;
    const path = join(folder, `p${made}`);
    execFileSync('mkfifo', [path]);
    return path;
  }
});

describe('wrong use', () => {
  test.each<[string, readonly string[]]>([
    ['no file', ['examine']],
    ['two files', ['examine', 'a', 'b']],
    ['an unknown option', ['examine', 'a', '--jason']],
    ['an unknown command', ['examin']],
    ['no command', []],
  ])('%s ends in 2', async (_, words) => {
    const { code, out, err } = await tocsin(words);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toContain('tocsin');
  });
});

test('one mail is examined without loading what keeps cases, reads lists or matches counties', () => {
  const told = join(folder, 'loaded.txt');
  const watcher = join(folder, 'watcher.mjs');
  writeFileSync(
    watcher,
    `import { registerHooks } from 'node:module';
import { appendFileSync } from 'node:fs';
registerHooks({
  load(url, context, next) {
    appendFileSync(${JSON.stringify(told)}, url + '\\n');
    return next(url, context);
  },
});`,
  );
  const command = resolve(import.meta.dirname, '../../bin/tocsin');
  const mail = file(CARRIER);
  for (const words of [[mail], ['--office', 'county.example', '--json', mail]])
    execFileSync(process.execPath, ['--import', watcher, command, 'examine', ...words]);
  const loaded = readFileSync(told, 'utf8').split('\n');
  expect(loaded.some((url) => url.endsWith('/core/mail/index.ts'))).toBe(true);
  const rooms =
    /\/(?:host\/(?:store|vault|case|match|psi|roll-engine)|core\/(?:exposure|invented))\//;
  expect(loaded.filter((url) => rooms.test(url))).toEqual([]);
  expect(loaded.filter((url) => /node_modules\/(?:pg|libsodium)/.test(url))).toEqual([]);
});

test('a message that a letter to the office shows in its text is what was reported', async () => {
  const letter = [
    'Received: from m.voter.example ([192.0.2.10]) by mx.county.example; Wed, 21 Oct 2020 14:00:05 +0000',
    'From: Vera Voter <vera@voter.example>',
    'To: clerk@county.example',
    'Subject: They threaten me!!',
    'Content-Type: text/plain',
    '',
    'Hello. See my page https://vera.example/about and the news https://news.example/story on this.',
    '',
    'From: Proud Group <info@group.example>',
    'Sent: Tuesday, October 20, 2020 8:59 AM',
    'To: Vera Voter <vera@voter.example>',
    'Subject: Vote or else',
    '',
    'Vote or we will come after you.',
    '',
  ].join('\r\n');
  const { out } = await tocsin(['examine', '--office', 'county.example', '--json', file(letter)]);
  const { messages } = JSON.parse(out) as { messages: { role: string; either: boolean }[] };
  expect(messages).toMatchObject([
    { role: 'letter', either: false },
    { role: 'original', either: true, subject: 'Vote or else' },
  ]);
});
