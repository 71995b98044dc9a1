import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findingsOf, tocsin } from '../kit/tocsin.ts';

/** `investigate --names`: what `examine` finds by an office's names, a case finds too. */
const folder = mkdtempSync(join(tmpdir(), 'tocsin-names-case-'));
const evidence = join(folder, 'evidence');
const lists = join(folder, 'lists');
const names = join(lists, 'names.json');
const caseFolder = join(folder, 'case');

const NAMES = {
  protected: [
    {
      holder: 'Example County Office of Elections',
      names: ['Office of Elections'],
      domains: ['votes-county.example'],
    },
  ],
  candidates: ['Pat Invented'],
  ownHosts: ['gateway.example.net'],
};
const TEXT = 'Pat Invented must win. Vote as we say or we will come after you, we have your data.';

/** Taken in by the voter's server; `record`: its own results. */
const mail = (from: string, record: string, client = '198.51.100.7'): string =>
  [
    'Return-Path: <x@elsewhere.example>',
    `Authentication-Results: mx.voter.example; ${record}`,
    `Received: from host.elsewhere.example (host.elsewhere.example [${client}])`,
    '\tby mx.voter.example with ESMTPS; Tue, 20 Oct 2020 13:05:00 +0000',
    `From: ${from}`,
    'To: vera@voter.example',
    'Subject: Vote',
    '',
    TEXT,
    '',
  ].join('\r\n');

beforeAll(() => {
  mkdirSync(evidence);
  mkdirSync(lists);
  const pass = 'dmarc=pass header.from=';
  const mails = {
    lookalike: mail('A <a@v0tes-county.example>', `${pass}v0tes-county.example`),
    imitated: mail('Office of Elections <a@stranger.example>', `${pass}stranger.example`),
    expected: mail('Clerk <c@votes-county.example>', `${pass}votes-county.example`),
    behind: [
      'Received: from filter.gateway.example.net (filter.gateway.example.net [192.0.2.44])',
      '\tby mx.voter.example with ESMTPS; Tue, 20 Oct 2020 13:05:02 +0000',
      mail('Clerk <c@votes-county.example>', `${pass}votes-county.example`).replaceAll(
        'mx.voter.example',
        'filter.gateway.example.net',
      ),
    ].join('\r\n'),
  };
  for (const [name, text] of Object.entries(mails))
    writeFileSync(join(evidence, `${name}.eml`), text);
  writeFileSync(names, JSON.stringify(NAMES));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const findings = () => findingsOf(caseFolder);

const verdicts = (): Readonly<Record<string, number>> =>
  Object.fromEntries(
    findings().campaigns.flatMap((campaign) =>
      campaign.verdicts.map(({ kind, originals }) => [kind, originals]),
    ),
  );

const investigate = (...more: readonly string[]) =>
  tocsin(['investigate', evidence, '--case', caseFolder, ...more]);

const verified = async () => {
  const run = await tocsin(['verify', caseFolder, '--sample', '100', '--json']);
  return { code: run.code, ...(JSON.parse(run.out) as { readonly problems: readonly unknown[] }) };
};

const WITHOUT = { genuine: 3, undetermined: 1 };
const WITH = { lookalike: 1, 'display-name-imitation': 1, genuine: 2 };

describe('names of the office in a case', () => {
  test('without them no lookalike and no protected name is found', async () => {
    expect((await investigate()).code).toBe(0);
    expect(verdicts()).toEqual(WITHOUT);
  });

  test('with them both are, behind the own filtering host too, in a case that stands already', async () => {
    const run = await investigate('--names', names);
    expect(run).toMatchObject({ code: 0, err: '' });
    expect(verdicts()).toEqual(WITH);
    const { exhibits, campaigns } = findings();
    expect(exhibits.map(({ kind }) => kind).toSorted()).toEqual([
      ...['message', 'message', 'message', 'message', 'office-names'],
    ]);
    expect(campaigns.flatMap(({ routes }) => routes.map(({ ip }) => ip))).not.toContain(
      '192.0.2.44',
    );
    expect(await verified()).toMatchObject({ code: 0, problems: [] });
  });

  test('a run that does not repeat them judges by them still, and says so', async () => {
    const run = await investigate();
    expect([run.code, verdicts()]).toEqual([0, WITH]);
    expect(run.err).toContain('Judged by the names that the case was given before');
  });

  test('a names file among the evidence is no order', async () => {
    const other = join(folder, 'other-case');
    const mixed = join(folder, 'mixed');
    mkdirSync(mixed);
    copyFileSync(join(evidence, 'lookalike.eml'), join(mixed, 'lookalike.eml'));
    copyFileSync(names, join(mixed, 'names.json'));
    await tocsin(['investigate', mixed, '--case', other]);
    const page = readFileSync(join(other, 'report/findings.json'), 'utf8');
    expect(page).not.toContain('"lookalike"');
  });

  test('none takes them back, the same ones can be given again, and all of it is derived again', async () => {
    expect((await investigate('--names', 'none')).code).toBe(0);
    expect(verdicts()).toEqual(WITHOUT);
    expect((await investigate('--names', names)).code).toBe(0);
    expect(verdicts()).toEqual(WITH);
    expect(await verified()).toMatchObject({ code: 0, problems: [] });
  });

  test('checks by name servers’ answers rest on them too, and are derived again', async () => {
    const transcript = join(lists, 'answers.json');
    const entry = (name: string, text: string) => ({
      ...{ name, type: 'TXT', time: '2020-10-21T00:00:00.000Z', server: '192.0.2.53' },
      ...{ answers: [[text]], ttl: null, error: null },
    });
    const entries = [
      entry('elsewhere.example', 'v=spf1 ip4:198.51.100.7 -all'),
      entry('_dmarc.v0tes-county.example', 'v=DMARC1; p=none'),
      entry('_dmarc.stranger.example', 'v=DMARC1; p=none'),
    ];
    writeFileSync(transcript, JSON.stringify({ schema: 'tocsin/dns-transcript/1', entries }));
    const run = await investigate('--dns', 'recorded', '--transcript', transcript);
    expect([run.code, verdicts()]).toEqual([0, WITH]);
    const { checks } = findings();
    expect((checks?.checked ?? 0) + (checks?.open ?? 0)).toBeGreaterThan(0);
    expect(await verified()).toMatchObject({
      code: 0,
      problems: [],
      rederived: { notPossible: 0 },
    });
  });

  test.each([
    ['that is not there', join(lists, 'absent.json'), 'absent.json" does not exist'],
    ['that is no JSON', join(evidence, 'lookalike.eml'), 'is no JSON'],
    ['that is a folder', lists, 'is a folder, not a file'],
    ['of other things', join(lists, 'other.json'), 'is JSON, but no file of names'],
  ])('a file %s is wrong use, and says why', async (_, file, why) => {
    writeFileSync(join(lists, 'other.json'), '[1]');
    const run = await investigate('--names', file);
    expect(run.code).toBe(2);
    expect(run.err).toContain(why);
  });
});
