import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findingsOf, tocsin } from '../kit/tocsin.ts';

const folder = mkdtempSync(join(tmpdir(), 'tocsin-letters-'));
const evidence = join(folder, 'evidence');
const caseFolder = join(folder, 'case');

const VOTERS = ['Ada', 'Bea', 'Cleo', 'Dot', 'Eve', 'Fay'];

const mail = (voter: string, subject: string, body: string): string =>
  [
    'Received: from mail.voter.example (mail.voter.example [192.0.2.10])',
    '\tby mx.county.example with ESMTPS id abc; Wed, 21 Oct 2020 10:00:00 -0400',
    `From: ${voter} Vale <${voter.toLowerCase()}@mail.example>`,
    'To: Clerk <clerk@county.example>',
    `Subject: ${subject}`,
    'Date: Wed, 21 Oct 2020 09:59:00 -0400',
    `Message-ID: <${voter}.${subject.length}@voter.example>`,
    '',
    body,
    '',
  ].join('\r\n');

/** What a voter writes about a call: more alike than the forwards, and with data of their own. */
const letter = (voter: string, at: number): string =>
  `Dear office, I am ${voter} Vale and I live at ${10 + at} Elm Street. I received a call today. They said they know all about me. My voter number is 1004455${at}. Please call me back soon.`;

const forward = (voter: string): string =>
  [
    'Please look at this.',
    '',
    '---------- Forwarded message ---------',
    'From: Proud Group <info@group.example>',
    'Date: Tue, Oct 20, 2020 at 8:59 AM',
    'Subject: Vote or else',
    `To: <${voter.toLowerCase()}@mail.example>`,
    '',
    `${voter} Vale, we are in possession of all your information. Vote as we say on Election Day or we will come after you.`,
  ].join('\r\n');

const findings = () => findingsOf(caseFolder);

const investigate = (...options: string[]) =>
  tocsin(['investigate', evidence, '--case', caseFolder, ...options]);

beforeAll(() => {
  mkdirSync(evidence);
  for (const [at, voter] of VOTERS.entries()) {
    writeFileSync(join(evidence, `${voter}-letter.eml`), mail(voter, 'A call', letter(voter, at)));
    writeFileSync(join(evidence, `${voter}-fwd.eml`), mail(voter, 'Fwd: Vote', forward(voter)));
  }
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('plain letters of voters to the office', () => {
  test('are no originals: no campaign, no shown sender, no answer rests on them', async () => {
    const run = await investigate();
    expect(run).toMatchObject({ code: 0, err: '' });
    expect(run.out).toMatch(/6 mails were written to clerk\[at\]county\[\.\]example itself/);
    const { counts, campaigns, office, board, letters } = findings();
    expect(counts).toMatchObject({ originals: 6, letters: 6, carriers: 6, unclustered: 0 });
    expect([...letters]).toHaveLength(6);
    expect(campaigns.flatMap(({ shownSenders }) => shownSenders)).toEqual([
      { address: 'info@group.example', name: 'Proud Group', messages: 6 },
    ]);
    expect(office).toMatchObject({
      how: 'inferred',
      addresses: [{ name: 'clerk@county.example', forwards: 6, letters: 6 }],
    });
    const held = board.find(({ question }) => question === 'data-held');
    expect(held?.text).not.toMatch(/voter number|street/);
    expect(readFileSync(join(caseFolder, 'report/index.html'), 'utf8')).not.toContain(
      'mail.example',
    );
  });

  test('are originals where whoever runs it says so, and letters by domain', async () => {
    expect((await investigate('--office', 'none')).code).toBe(0);
    expect(findings().counts).toMatchObject({ originals: 12, letters: 0 });
    expect((await investigate('--office', 'county.example')).code).toBe(0);
    expect(findings().counts).toMatchObject({ originals: 6, letters: 6 });
    expect(findings().office).toMatchObject({ how: 'named' });
  });

  test('one with a link is searched, apart from the campaigns; the page withholds where it leads', async () => {
    const lure = mail('Mallory', 'Your portal', 'Please sign in: https://portal.evil.example/in');
    writeFileSync(join(evidence, 'lure.eml'), lure);
    const run = await investigate();
    const said = run.out.replace(/\s+/g, ' ');
    expect(said).toContain(
      'Sent to the office itself, in no campaign: 1 letter with links or files',
    );
    expect(said).toContain('portal[.]evil[.]example');
    const { office, campaigns } = findings();
    expect(office.carrying).toMatchObject({
      searched: 7,
      letters: 1,
      listed: [{ links: 1, traces: [] }],
    });
    expect(campaigns).toHaveLength(1);
    expect(readFileSync(join(caseFolder, 'report/index.html'), 'utf8')).not.toContain('portal');
  });

  test('every grouping is derived again as it was, with the office that it was given', async () => {
    const run = await tocsin(['verify', caseFolder, '--sample', '1000', '--json']);
    expect(run.code).toBe(0);
    expect(JSON.parse(run.out)).toMatchObject({ rederived: { notPossible: 0 }, problemCount: 0 });
  });

  test('the report is compared with what the last run sealed', async () => {
    const page = join(caseFolder, 'report/index.html');
    const seal = join(caseFolder, 'report/seal.txt');
    const [written, sealed] = [readFileSync(page, 'utf8'), readFileSync(seal, 'utf8')];
    const problems = async (): Promise<unknown> => {
      const run = await tocsin(['verify', caseFolder, '--json', '--sample', '0']);
      expect(run.code).toBe(1);
      return JSON.parse(run.out).problems;
    };
    writeFileSync(page, written.replace('Partly', 'Answered'));
    expect(await problems()).toEqual([{ code: 'report-altered', name: 'index.html' }]);
    rmSync(page);
    expect(await problems()).toEqual([{ code: 'report-missing', name: 'index.html' }]);
    writeFileSync(page, written);
    writeFileSync(seal, sealed.replace('findings', 'Findings'));
    expect(await problems()).toEqual([{ code: 'report-unsealed' }]);
    writeFileSync(seal, sealed);
    const clean = await tocsin(['verify', caseFolder]);
    expect(clean).toMatchObject({ code: 0, err: '' });
    expect(clean.out).toMatch(/Report +2 files compared with their seal/);
  });

  test('an office that is no address is wrong use', async () => {
    const run = await investigate('--office', 'the clerk');
    expect(run.code).toBe(2);
    expect(run.err).toContain('"the clerk" is neither');
  });
});

describe('a case without a sure forward', () => {
  const own = join(folder, 'own');
  const at = join(folder, 'case-own');
  const [at2, at3] = [join(folder, 'case-attack'), join(folder, 'case-invoice')];
  const report = (): string => readFileSync(join(at, 'report/index.html'), 'utf8');
  const found = () => findingsOf(at);

  test('asks whether the address that many people wrote to is the office’s', async () => {
    mkdirSync(own);
    for (const [number, voter] of VOTERS.entries())
      writeFileSync(join(own, `${voter}.eml`), mail(voter, 'A call', letter(voter, number)));
    const run = await tocsin(['investigate', own, '--case', at]);
    expect(run.out.replace(/\s+/g, ' ')).toContain(
      '6 mails that people wrote came to one address, clerk[at]county[.]example, and no mail here holds a forward.',
    );
    expect(run.out).toContain('--office ADDRESS');
    expect(report()).toContain('came to one address, …[at]county[.]example');
    expect(report()).not.toContain('clerk[at]');
  });

  test('names nobody whom a phish with a made-up forward shows', async () => {
    for (const voter of VOTERS.slice(0, 3)) {
      const forged = mail('Mallory', 'Fw: Vote or else', forward('Nora')).replace(
        'clerk@county.example',
        `${voter.toLowerCase()}@mail.example`,
      );
      writeFileSync(join(own, `${voter}-forged.eml`), forged);
    }
    expect((await tocsin(['investigate', own, '--case', at])).code).toBe(0);
    expect(found().office.either.mails).toBe(3);
    expect(found().campaigns.flatMap(({ shownSenders }) => shownSenders)).not.toContainEqual(
      expect.objectContaining({ address: 'info@group.example' }),
    );
    expect(report()).toContain('3 mails with a message in them can be read either way');
    expect(report()).not.toContain('info[at]group');
  });

  const forged = (lines: readonly string[], own: string, voter: string): string =>
    [
      ...lines,
      'Subject: Fwd: lunch',
      'References: <a@innocent.example>',
      '',
      own,
      '',
      '---------- Forwarded message ---------',
      'From: Ida Innocent <ida@innocent.example>',
      'Date: Mon, Oct 19, 2020 at 8:59 AM',
      'Subject: lunch',
      `To: ${voter}`,
      '',
      'Lunch at noon? See you at the diner on Main Street.',
      '',
    ].join('\r\n');

  test('an attack above a made-up forward is counted by its own route, verdict and words', async () => {
    const folderOf = join(folder, 'attack');
    mkdirSync(folderOf);
    for (const number of [0, 1, 2]) {
      const mx = `mx.voter${number}.example`;
      const head = [
        `Delivered-To: vera@voter${number}.example`,
        `Authentication-Results: ${mx}; spf=pass smtp.mailfrom=info@group.example; dmarc=fail (p=reject) header.from=bank.example`,
        `Received: from m.group.example (m.group.example [198.51.100.7]) by ${mx} with ESMTPS id ${number}; Tue, 20 Oct 2020 12:59:09 +0000`,
        'From: Clerk <clerk@bank.example>',
        `To: vera@voter${number}.example`,
      ];
      const threat = 'You will vote for Sample or we will come after you. https://evil.example/go';
      writeFileSync(join(folderOf, `${number}.eml`), forged(head, threat, 'x@y.example'));
    }
    const run = await tocsin(['investigate', folderOf, '--case', at2]);
    const said = run.out.replace(/\s+/g, ' ');
    expect(said).not.toMatch(/No copy held here carries a connection|None of the reported/);
    expect(said).toMatch(
      /All reported originals \(3\) .* 3 mails with a message in them can be read/,
    );
    expect(said).toContain('Not counted: 3 messages in 3 mails by 1 author');
    expect(said).toContain('recorded a connection from one address (198[.]51[.]100[.]7)');
    const page = readFileSync(join(at2, 'report/index.html'), 'utf8');
    expect(page).toContain('>Mails that can be read either way</h3>');
    expect(said).toContain('3 of them have wording of their own that threatens or presses');
    const { campaigns, counts } = findingsOf(at2);
    expect(counts).toMatchObject({ originals: 3, inDoubt: 3, carriers: 0 });
    expect(campaigns.map(({ originals }) => originals)).toEqual([3, 0]);
    const verdicts = campaigns.map(({ verdicts: [first] }) => first);
    expect(verdicts).toContainEqual({ kind: 'spoofed-domain', originals: 3, probable: 0 });
    expect(JSON.stringify(campaigns)).not.toContain('ida@innocent');
  });

  test('made-up forwards outrank no sure report, however many they are, and verify derives it', async () => {
    const folderOf = join(folder, 'many');
    mkdirSync(folderOf);
    const attack = forged(
      [
        'Delivered-To: clerk@county.example',
        'Received: from m.vendor.example ([198.51.100.7]) by mx.county.example; Tue, 20 Oct 2020 12:59:09 +0000',
        'From: <pay@vendor.example>',
        'To: clerk@county.example',
      ],
      'Pay here: https://evil.example/login',
      '<pay@vendor.example>',
    );
    for (const number of [0, 1, 2, 3, 4, 5])
      writeFileSync(join(folderOf, `attack${number}.eml`), `${attack}${number}\r\n`);
    for (const voter of VOTERS.slice(0, 2))
      writeFileSync(join(folderOf, `${voter}.eml`), mail(voter, 'Fwd: Vote', forward(voter)));
    const caseAt = join(folder, 'case-many');
    const run = await tocsin([
      ...['investigate', folderOf, '--case', caseAt, '--office', 'county.example'],
    ]);
    const { counts, campaigns, board } = findingsOf(caseAt);
    expect(counts).toMatchObject({ originals: 2, inDoubt: 6, letters: 6, unclustered: 0 });
    expect(campaigns).toMatchObject([
      { label: 'C1', originals: 2, shownSenders: [{ address: '…@group.example' }] },
      { label: 'C2', originals: 0, inDoubt: 6, authorsInDoubt: 1, shownSenders: [] },
    ]);
    expect(JSON.stringify(board)).not.toMatch(/C2|lunch|innocent/);
    expect(run.out).toMatch(/Not counted: 6 messages in 6 mails by 1 author/);
    const verified = await tocsin(['verify', caseAt, '--sample', '1000']);
    expect([verified.err, verified.code]).toEqual(['', 0]);
  });

  test('an attack on the office above a made-up forward is a letter that carries something', async () => {
    const folderOf = join(folder, 'invoice');
    mkdirSync(folderOf);
    for (const number of [0, 1]) {
      const from = `pay${number}@vendor.example`;
      const head = [
        'Delivered-To: clerk@county.example',
        `Received: from m.vendor.example ([198.51.100.7]) by mx.county.example; Tue, 20 Oct 2020 12:59:0${number} +0000`,
        `From: <${from}>`,
        'To: clerk@county.example',
      ];
      const own = `Pay here: https://evil.example/login${number}`;
      writeFileSync(join(folderOf, `${number}.eml`), forged(head, own, `<${from}>`));
    }
    const run = await tocsin([
      ...['investigate', folderOf, '--case', at3, '--office', 'county.example'],
    ]);
    const said = run.out.replace(/\s+/g, ' ');
    expect(said).toContain('hxxps[:]//evil[.]example/login1');
    expect(said).toMatch(/2 letters with links or files/);
    expect(said).not.toMatch(/hold no forward|ida\[at\]innocent/);
    const one = await tocsin([
      ...['examine', join(folderOf, '0.eml'), '--office', 'county.example'],
    ]);
    expect(one.out).not.toContain('Nothing in it is to be blocked');
    expect(one.out).toMatch(/Its own .*beside the message below/);
    expect(one.out).toMatch(/link +hxxps/);
  });
});
