import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Investigation } from '../../src/core/report/index.ts';
import { makeDkimKey, signDkim } from '../kit/dkim-signer.ts';
import { type NameServer, startNameServer } from '../kit/name-server.ts';
import { proseOf } from '../kit/prose-of.ts';
import { findingsOf, tocsin } from '../kit/tocsin.ts';

const folder = mkdtempSync(join(tmpdir(), 'tocsin-dns-case-'));
const evidence = join(folder, 'evidence');
const transcript = join(folder, 'answers.json');
const key = makeDkimKey();
let server: NameServer;

const ZONE = {
  'board.example.org': 'v=spf1 ip4:203.0.113.9 -all',
  'sel._domainkey.board.example.org': key.record,
  '_dmarc.board.example.org': 'v=DMARC1; p=reject',
};

const TEXT = 'Vote for the candidate or else. We know where you live and we will come after you.';
const mail = (to: string, client: string, isSigned: boolean): string => {
  const body = `From: Board <info@board.example.org>\r\nTo: ${to}\r\nSubject: hello\r\n\r\n${TEXT}\r\n`;
  const sent = isSigned
    ? signDkim(body, key, { d: 'board.example.org', s: 'sel', h: 'from:to:subject' })
    : body;
  return `Return-Path: <bounce@board.example.org>\r\nReceived: from out.example.net (out.example.net [${client}])\r\n\tby mx.voter.example with ESMTPS; ${new Date().toUTCString().replace('GMT', '+0000')}\r\n${sent}`;
};

beforeAll(async () => {
  mkdirSync(evidence);
  for (const n of [1, 2, 3]) {
    writeFileSync(join(evidence, `true${n}.eml`), mail(`v${n}@voter.example`, '203.0.113.9', true));
    writeFileSync(join(evidence, `false${n}.eml`), mail(`w${n}@voter.example`, '192.0.2.7', false));
  }
  server = await startNameServer(ZONE);
});
afterAll(async () => {
  await server.close();
  rmSync(folder, { recursive: true, force: true });
});

function answer({ board }: Investigation, question: string) {
  const found = board.find((each) => each.question === question);
  if (found === undefined) throw new Error(question);
  return found;
}

const live = (caseFolder: string, ...more: readonly string[]) =>
  tocsin([
    'investigate',
    ...more,
    '--case',
    caseFolder,
    '--dns',
    'live',
    '--name-servers',
    server.address,
  ]);

describe("name servers' answers in a case", () => {
  const asked = join(folder, 'asked');

  test('without an order nobody is asked, and the board names the very command', async () => {
    const run = await tocsin(['investigate', evidence, '--case', asked]);
    expect(run).toMatchObject({ code: 0, err: '' });
    const found = findingsOf(asked);
    expect(found.checks).toBeNull();
    for (const question of ['real', 'sender'])
      expect(answer(found, question).wouldChange.join(' ')).toContain(
        'tocsin investigate --case DIR --dns live',
      );
    expect(proseOf(answer(found, 'sender'))).toContain('No name server was asked.');
    expect(server.asked).toEqual([]);
  });

  test('live: the answers enter the case, the verdicts and the board', async () => {
    const run = await live(asked);
    expect(run.code).toBe(0);
    expect(run.err).toMatch(/^Asking name servers about 6 originals: whoever runs them/);
    const found = findingsOf(asked);
    expect(found.checks).toMatchObject({
      checkable: 6,
      checked: 6,
      open: 0,
      authorised: 3,
      unaltered: 3,
      contradicted: 0,
    });
    expect(found.campaigns[0]?.verdicts).toEqual([
      { kind: 'genuine', originals: 3, probable: 0 },
      { kind: 'spoofed-domain', originals: 3, probable: 0 },
    ]);
    expect(proseOf(answer(found, 'sender'))).toMatch(
      /the domain shown vouched for 3 of 6 exact copies/,
    );
    expect(proseOf(answer(found, 'real'))).toMatch(
      /3 of 6 exact copies bear a signature; .* it holds on 3/,
    );
    expect(JSON.stringify(found.board)).not.toContain('--dns live');
    expect(found.exhibits.map(({ kind }) => kind)).toContain('dns-transcript');
    const page = readFileSync(join(asked, 'report/index.html'), 'utf8');
    expect(page).not.toContain('No name server was asked');
    expect(page).toContain('what name servers answered');
    expect(new Set(server.asked).size).toBe(server.asked.length);
    expect(run.err).toContain(
      'the part before the @ of a return address, which can name a recipient',
    );
    expect(run.err).toContain('is not asked');
  });

  test('verify derives the checks again without a name server', async () => {
    const before = server.asked.length;
    const run = await tocsin(['verify', asked, '--sample', '1000', '--json']);
    const report = JSON.parse(run.out);
    expect(report).toMatchObject({ problemCount: 0, rederived: { notPossible: 0 } });
    expect(run.code).toBe(0);
    expect(server.asked).toHaveLength(before);
  });

  test('a second live run asks nothing, and recorded repeats nothing', async () => {
    const before = server.asked.length;
    const again = await live(asked, evidence);
    expect(again).toMatchObject({
      code: 0,
      err: 'No name server was asked: no original here waits for a check.\n',
    });
    const size = findingsOf(asked).log.size;
    const run = await tocsin(['investigate', '--case', asked, '--dns', 'recorded']);
    expect(run).toMatchObject({ code: 0, err: '' });
    expect(findingsOf(asked).log.size).toBe(size);
    expect(findingsOf(asked).checks).toMatchObject({ checked: 6, authorised: 3 });
    expect(server.asked).toHaveLength(before);
  });

  test('recorded: a transcript of examine is taken in, and enough for a new case', async () => {
    const texts = new Map(Object.entries(ZONE));
    const entries = server.asked.map((question) => {
      const [type = '', name = ''] = question.split(' ');
      const text = type === 'TXT' ? texts.get(name) : undefined;
      const [answers, error] = text === undefined ? [[], 'ENOTFOUND'] : [[[text]], null];
      const time = new Date().toISOString();
      return { name, type, time, server: '192.0.2.53', answers, ttl: null, error };
    });
    writeFileSync(
      transcript,
      JSON.stringify({ schema: 'tocsin/dns-transcript/1', entries }, null, 1),
    );
    const caseFolder = join(folder, 'recorded');
    const order = ['--dns', 'recorded', '--transcript', transcript];
    const run = await tocsin(['investigate', evidence, '--case', caseFolder, ...order]);
    expect(run).toMatchObject({ code: 0, err: '' });
    expect(findingsOf(caseFolder).checks).toMatchObject({
      checked: 6,
      authorised: 3,
      unaltered: 3,
    });
    const verified = await tocsin(['verify', caseFolder, '--sample', '1000']);
    expect(verified.code).toBe(0);
    const again = await tocsin(['investigate', '--case', caseFolder, '--dns', 'recorded']);
    expect(again).toMatchObject({ code: 0, err: '' });
  });

  test('a recording that grew later is as old as the answers that it gave', async () => {
    const told = JSON.parse(readFileSync(transcript, 'utf8'));
    const time = '2020-10-21T08:00:00.000Z';
    const entries = told.entries.map((entry: object) => ({ ...entry, time }));
    const other = { ...entries[0], name: 'other.example', time: '2021-03-03T08:00:00.000Z' };
    // One of the questions is not in it: it has no time at all.
    const kept = entries.filter(({ name }: { name: string }) => name !== '_dmarc.example.org');
    const old = join(folder, 'old.json');
    const text = JSON.stringify({ schema: told.schema, entries: [...kept, other] });
    writeFileSync(old, text);
    const caseFolder = join(folder, 'old');
    const order = ['--dns', 'recorded', '--transcript', old];
    const run = await tocsin(['investigate', evidence, '--case', caseFolder, ...order]);
    expect(run.code).toBe(0);
    expect(findingsOf(caseFolder).checks).toMatchObject({
      firstDay: '2020-10-21',
      lastDay: '2020-10-21',
    });
    expect(run.out.replace(/\s+/g, ' ')).toContain("By name servers' answers of 2020-10-21,");
    const page = readFileSync(join(caseFolder, 'report/index.html'), 'utf8');
    expect(page).toContain('what name servers answered on 2020-10-21.');
    const examined = await tocsin(['examine', join(evidence, 'true1.eml'), ...order]);
    expect(examined.out.replace(/\s+/g, ' ')).toContain('(from a transcript, 2020-10-21)');
    for (const shown of [run.out, page, examined.out]) expect(shown).not.toContain('2021-03-03');
  });

  test('a network that is not there leaves the checks open: one line, no fail', async () => {
    const dead = await startNameServer({});
    await dead.close();
    const caseFolder = join(folder, 'silent');
    const run = await tocsin([
      'investigate',
      evidence,
      '--case',
      caseFolder,
      '--dns',
      'live',
      '--name-servers',
      dead.address,
    ]);
    expect(run.code).toBe(1);
    expect(run.err.trim().split('\n')).toHaveLength(2);
    expect(run.err).toContain('No name server answers');
    const found = findingsOf(caseFolder);
    expect(found.checks).toBeNull();
    expect(found.limits).toMatchObject([{ code: 'dns-silent' }]);
    expect(found.exhibits.map(({ kind }) => kind)).not.toContain('dns-transcript');
    expect(JSON.stringify(found.campaigns[0]?.verdicts)).not.toContain('spoofed');
  });

  test('recorded without answers that the case asked for is one line, and no fail', async () => {
    const caseFolder = join(folder, 'bare');
    // One that lies among the evidence may be forged together with the mail that it vouches for.
    const given = [evidence, transcript];
    const run = await tocsin(['investigate', ...given, '--case', caseFolder, '--dns', 'recorded']);
    expect(run.code).toBe(1);
    expect(run.err).toMatch(/^The case holds no answers of name servers that it asked for: .*\n$/);
    expect(findingsOf(caseFolder)).toMatchObject({
      checks: null,
      limits: [{ code: 'dns-transcript-missing' }],
    });
  });

  test('nobody is asked about what voters write to the office itself', async () => {
    const letters = join(folder, 'letters');
    mkdirSync(letters);
    const letter =
      'From: Vera Vale <vera@voter.example>\r\nTo: Clerk <clerk@county.example>\r\nSubject: A call\r\n\r\nDear office, somebody called me.\r\n';
    writeFileSync(
      join(letters, 'letter.eml'),
      `Received: from mail.voter.example (mail.voter.example [192.0.2.10])\r\n\tby mx.county.example with ESMTPS id abc; Wed, 21 Oct 2020 10:00:00 -0400\r\n${letter}`,
    );
    const before = server.asked.length;
    const run = await live(join(folder, 'lettered'), letters, '--office', 'county.example');
    expect(run.err).toBe('No name server was asked: no original here waits for a check.\n');
    expect(server.asked).toHaveLength(before);
  });

  test.each<[string, readonly string[]]>([
    ['an unknown way', ['--dns', 'guess']],
    ['a transcript without recorded', ['--transcript', transcript]],
    [
      'a transcript that is none',
      ['--dns', 'recorded', '--transcript', join(evidence, 'true1.eml')],
    ],
    ['local parts without live', ['--dns', 'recorded', '--ask-local-parts']],
    ['servers without live', ['--name-servers', '192.0.2.53']],
    ['servers that are no addresses', ['--dns', 'live', '--name-servers', 'ns.example']],
  ])('wrong use: %s', async (_, more) => {
    const run = await tocsin(['investigate', evidence, '--case', join(folder, 'wrong'), ...more]);
    expect(run).toMatchObject({ code: 2, out: '' });
    expect(run.err).toContain('usage: tocsin investigate');
  });
});
