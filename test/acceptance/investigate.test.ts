import { spawn } from 'node:child_process';
import {
  chmodSync,
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Investigation } from '../../src/core/report/index.ts';
import { opened } from '../kit/case.ts';
import { findingsOf, tocsin } from '../kit/tocsin.ts';

const folder = mkdtempSync(join(tmpdir(), 'tocsin-investigate-'));
const replay = join(folder, 'replay');
const evidence = join(replay, 'evidence');
const caseFolder = join(folder, 'case');

const logSize = (path: string): number =>
  Number(readFileSync(join(path, 'log/checkpoint'), 'utf8').split('\n')[1]);

/** Everything but when it was said and under which key it was logged. */
const answerOf = ({ asOf, log, exhibits, ...rest }: Investigation): unknown => ({
  ...rest,
  exhibits: exhibits.map(({ receivedAt, label, ...exhibit }) => exhibit).sort(byDigest),
});

const byDigest = (a: { readonly digest: string }, b: { readonly digest: string }): number =>
  a.digest < b.digest ? -1 : 1;

beforeAll(async () => {
  await tocsin(['replay', 'october-2020', '--seed', '11', '--scale', '0.1', '--out', replay]);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('investigate', () => {
  test('a folder of reported mail becomes a board, a page and findings', async () => {
    // As a person types it: from where they stand.
    const near = relative(process.cwd(), caseFolder);
    const run = await tocsin(['investigate', evidence, '--case', near]);
    expect(run.err).toBe('');
    expect(run.code).toBe(0);
    expect(run.out.indexOf('Question board')).toBe(0);
    expect(run.out).toContain(join(near, 'report/index.html'));
    const { board, campaigns, counts } = findingsOf(caseFolder);
    expect(board).toHaveLength(11);
    expect(counts.originals).toBeGreaterThan(50);
    const held = board.find(({ question }) => question === 'data-held');
    expect(held).toMatchObject({ state: 'partly' });
    expect(held?.text).toMatch(/name \(.*street address \(/);
    expect(held?.points[0]?.about).toBe('Only claimed in the wording, not shown');
    expect(held?.points[0]?.says.join()).toContain('telephone number');
    expect(campaigns[0]?.shownSenders[0]?.address).toBe('info@brackenfold.example');
  });

  test('no recipient stands in the report, unless a person asked for it', async () => {
    const truth = JSON.parse(readFileSync(join(replay, 'truth.json'), 'utf8'));
    const recipients: string[] = truth.originals.flatMap(
      (original: { readonly recipientEmail?: string }) => original.recipientEmail ?? [],
    );
    const mails = readdirSync(evidence, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && entry.name.endsWith('.eml'))
      .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'latin1'));
    const named = mails.flatMap((mail) =>
      [...mail.matchAll(/^To: .*?([\w.+-]+@[\w.-]+)/gm)].flatMap((hit) => hit[1] ?? []),
    );
    const persons = [...new Set([...recipients, ...named])].filter(
      (address) =>
        !/^(?:info|team|no-reply|hello|news|support|alerts|share|elections|fraud)@|\.votes@/.test(
          address,
        ),
    );
    expect(persons.length).toBeGreaterThan(30);
    const page = readFileSync(join(caseFolder, 'report/index.html'), 'utf8');
    const findings = readFileSync(join(caseFolder, 'report/findings.json'), 'utf8');
    const leaked = persons.filter((person) => page.includes(person) || findings.includes(person));
    expect(leaked).toEqual([]);
  });

  test('the same command again takes nothing in and derives nothing', async () => {
    const before = logSize(caseFolder);
    const answer = answerOf(findingsOf(caseFolder));
    expect((await tocsin(['investigate', evidence, '--case', caseFolder])).code).toBe(0);
    expect(logSize(caseFolder)).toBe(before);
    expect(answerOf(findingsOf(caseFolder))).toEqual(answer);
  });

  test('recorded addresses get a dated hint that changes no answer', async () => {
    const plain = findingsOf(caseFolder);
    expect(plain.networkTables.map(({ name }) => name)).toHaveLength(2);
    const table = join(folder, 'ranges.csv');
    const ranges = [
      '192.0.2.0,192.0.2.255',
      '198.51.100.0,198.51.100.255',
      '203.0.113.0,203.0.113.255',
    ];
    writeFileSync(table, ranges.map((range, at) => `${range},X${'ABC'[at]}\n`).join(''));
    const run = await tocsin(['investigate', evidence, '--case', caseFolder, '--networks', table]);
    expect(run.code).toBe(0);
    const hinted = findingsOf(caseFolder);
    const countries = hinted.campaigns.flatMap(({ routes }) =>
      routes.flatMap(({ hints }) => hints.map(({ country }) => country)),
    );
    expect(new Set(countries)).toContain('XB');
    expect(readFileSync(join(caseFolder, 'report/index.html'), 'utf8')).toContain(
      'ranges.csv, file of',
    );
    expect(hinted.board).toEqual(plain.board);
    expect(hinted.campaigns.map(({ verdicts }) => verdicts)).toEqual(
      plain.campaigns.map(({ verdicts }) => verdicts),
    );
    await tocsin(['investigate', evidence, '--case', caseFolder]);
  });

  test('killed on the way, the next run ends at the same answer', async () => {
    const killed = join(folder, 'killed');
    const command = resolve(import.meta.dirname, '../../bin/tocsin');
    for (const afterMs of [400, 700, 1000]) {
      const child = spawn(process.execPath, [command, 'investigate', evidence, '--case', killed], {
        stdio: 'ignore',
      });
      await pause(afterMs);
      child.kill('SIGKILL');
    }
    expect((await tocsin(['investigate', evidence, '--case', killed])).code).toBe(0);
    expect(answerOf(findingsOf(killed))).toEqual(answerOf(findingsOf(caseFolder)));
  });

  test('a second process on the same case is told so at once', async () => {
    const shared = join(folder, 'shared');
    const writer = await opened(shared);
    const second = await tocsin(['investigate', evidence, '--case', shared]);
    expect(second.code).toBe(2);
    expect(second.err).toContain(`another process (${process.pid}) is writing`);
    expect(second.err).toContain('[case-in-use]');
    await writer.close();
    expect((await tocsin(['investigate', evidence, '--case', shared])).code).toBe(0);
  });
});

describe('verify', () => {
  test('an untouched case is as it was recorded, also where every finding is derived again', async () => {
    const run = await tocsin(['verify', caseFolder, '--sample', '100000']);
    expect(run.out).toContain('Everything is as it was recorded.');
    expect(run.out).not.toContain('not possible any more');
    expect(run.code).toBe(0);
  });

  test('one flipped bit of an exhibit is named', async () => {
    const digest = findingsOf(caseFolder).exhibits[0]?.digest ?? '';
    const path = join(caseFolder, 'vault', digest.slice(0, 2), digest);
    const bytes = readFileSync(path);
    bytes[9] = (bytes[9] ?? 0) ^ 4;
    chmodSync(path, 0o600);
    writeFileSync(path, bytes);
    const run = await tocsin(['verify', caseFolder, '--json']);
    const { problems } = JSON.parse(run.out);
    expect(problems).toContainEqual(
      expect.objectContaining({ code: 'exhibit-altered', exhibit: digest }),
    );
    expect(run.code).toBe(1);
  });

  test('a folder without a case is said to be none', async () => {
    const run = await tocsin(['verify', replay]);
    expect(run.code).toBe(2);
    expect(run.err).toContain('[case-unknown]');
  });
});

describe('bad input', () => {
  const bad = join(folder, 'bad');
  beforeAll(() => {
    mkdirSync(join(bad, 'loop'), { recursive: true });
    symlinkSync('..', join(bad, 'loop/back'));
    symlinkSync('nowhere', join(bad, 'dangling.eml'));
    writeFileSync(join(bad, 'empty.eml'), '');
    writeFileSync(join(bad, 'noise.bin'), Buffer.from([0, 255, 3, 7, 0, 0, 1]));
    writeFileSync(
      join(bad, 'long-line.eml'),
      Buffer.concat([
        Buffer.from('From: a@b.example\nSubject: long\n\n'),
        Buffer.alloc(50_000_000, 'x'),
      ]),
    );
    writeFileSync(join(bad, 'nested.eml'), nested(10_000));
    const good = readdirSync(evidence, { recursive: true, withFileTypes: true }).find(
      (entry) => entry.isFile() && entry.name.endsWith('.eml'),
    );
    copyFileSync(join(good?.parentPath ?? '', good?.name ?? ''), join(bad, 'good.eml'));
  });

  test('each gets one clear line with its name, and the rest goes on', async () => {
    const run = await tocsin([
      'investigate',
      bad,
      join(folder, 'missing'),
      '--case',
      join(folder, 'badcase'),
    ]);
    expect(run.code).toBe(1);
    const lines = run.err.trim().split('\n');
    for (const name of [
      'loop/back',
      'dangling.eml',
      'empty.eml',
      'noise.bin',
      'nested.eml',
      'missing',
    ]) {
      expect(
        lines.filter((line) => line.includes(name)),
        name,
      ).toHaveLength(1);
    }
    expect(findingsOf(join(folder, 'badcase')).counts.exhibits).toBe(4);
    // Names of files stand on the screen of whoever runs it, and in no report.
    const named = `- ${join(bad, 'empty.eml')}: is empty`.slice(0, 70);
    expect(run.out.replace(/\s+/g, ' ')).toContain(named);
    for (const file of ['index.html', 'findings.json']) {
      const text = readFileSync(join(folder, 'badcase/report', file), 'utf8');
      expect(text).not.toContain('empty.eml');
    }
  });

  test.each([
    [['investigate', '--case', 'x'], 'name what to investigate'],
    [['investigate', 'x'], 'name the case folder'],
    [['investigate', 'x', '--case', 'y', '--colour'], 'there is no option'],
  ])('%j is wrong use', async (words, says) => {
    const run = await tocsin(words);
    expect(run.code).toBe(2);
    expect(run.err).toContain(says);
  });
});

function nested(depth: number): string {
  const heads = Array.from({ length: depth }, (_, level) => {
    return `Content-Type: multipart/mixed; boundary="b${level}"\n\n--b${level}\n`;
  });
  return `From: a@b.example\nSubject: nested\n${heads.join('')}\ntext\n`;
}
