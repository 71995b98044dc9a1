import {
  appendFileSync,
  copyFileSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { undocumentedFields } from '../kit/json-page.ts';
import { type OfficeCase, publishRelease, writeOfficeCase } from '../kit/office-case.ts';
import { proseOf } from '../kit/prose-of.ts';
import { findingsOf, type Run, tocsin } from '../kit/tocsin.ts';

const root = mkdtempSync(join(tmpdir(), 'tocsin-office-'));
const caseFolder = join(root, 'case');
let office: OfficeCase;
let first: Run;

const ask = (...more: string[]): Promise<Run> =>
  tocsin(['investigate', office.mail, '--case', caseFolder, ...more]);

const findings = () => findingsOf(caseFolder);

const page = (): string => readFileSync(join(caseFolder, 'report/index.html'), 'utf8');

const answerTo = (question: string) =>
  findings().board.find((answer) => answer.question === question);
const prose = (question: string): string => {
  const answer = answerTo(question);
  return answer === undefined ? '' : proseOf(answer);
};

const logSize = (): number =>
  Number(readFileSync(join(caseFolder, 'log/checkpoint'), 'utf8').split('\n')[1]);

beforeAll(async () => {
  office = writeOfficeCase(root);
  first = await ask('--releases', office.releases, '--access-log', office.log);
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

describe('an investigation with the lists and logs of the office', () => {
  test('names the release, the size, the target and the fields of a campaign', () => {
    expect(first.code).toBe(0);
    const { exposure } = findings();
    expect(exposure?.releases).toHaveLength(5);
    const [campaign] = exposure?.campaigns ?? [];
    expect(campaign?.label).toBe('C1');
    expect(campaign?.linkage.linked).toBeGreaterThanOrEqual(155);
    expect(campaign?.attribution.posterior[0]?.hypothesis).toBe('fl-2020-06');
    expect(campaign?.attribution.credibleSet).toContain('fl-2020-06');
    expect(campaign?.size.map(({ label }) => label)).toEqual([
      'mailed',
      'taken, at least',
      'taken, at most',
    ]);
    const democrats = campaign?.targeting.find(({ cell }) => cell === 'party:DEM');
    expect(democrats).toMatchObject({ claimed: true, suppressed: false });
    const of = (name: string) => campaign?.fields.find(({ field }) => field === name);
    expect(of('ResidenceAddress.Line')).toMatchObject({ shown: true, claimed: false });
    expect(of('ResidenceAddress.Line')?.publicIn).toContain('fl-2020-06');
    expect(of('ContactMethod.Phone')).toMatchObject({ shown: false, claimed: true, publicIn: [] });
    expect(campaign?.movers.stale).toBeGreaterThanOrEqual(11);
    expect(JSON.stringify(exposure)).not.toContain('"links"');
  });

  test('the board answers with states, standard words and their evidence', () => {
    const source = answerTo('data-source');
    expect(source?.state).toBe('partly');
    expect(source?.text).toMatch(/it is (?:very likely|almost certain) \(.*fl-2020-06/);
    expect(source?.text).toContain('or anything derived from it');
    const { exposure, accessLog } = findings();
    const cited = source?.evidence.map(({ id }) => id) ?? [];
    expect(cited).toEqual(expect.arrayContaining([exposure?.finding, accessLog?.finding]));
    expect(prose('size')).toMatch(/taken, at least: \d+ or more.*Look-up page/);
    expect(prose('targets')).toMatch(/party DEM: .* times the odds/);
    expect(prose('data-held')).toContain('In FL: anyone can have name');
    expect(first.out).toContain('release');
  });

  test('record numbers stay in a file of the office, and bounds hold the truth', () => {
    const { accessLog } = findings();
    const notice = join(caseFolder, accessLog?.noticeList ?? '');
    expect(statSync(notice).mode & 0o777).toBe(0o600);
    const rows = readFileSync(notice, 'utf8').trim().split('\n').slice(1);
    const listed = new Set(rows.map((row) => row.split(',')[0]));
    expect(office.taken.every((number) => listed.has(String(number)))).toBe(true);
    expect(accessLog?.taken.atLeast).toBeLessThanOrEqual(office.taken.length);
    expect(accessLog?.taken.atMost).toBeGreaterThanOrEqual(office.taken.length);
    const report = `${page()}${JSON.stringify(findings())}${first.out}${first.err}`;
    expect(report).not.toMatch(/\b110\d{6}\b/);
  });

  test('every field of findings.json has its place in docs/json.md', () => {
    expect(undocumentedFields(findings())).toEqual([]);
  });

  test('no voter stands in the report, in findings.json or on the terminal', () => {
    const text = `${page()}${JSON.stringify(findings())}${first.out}${first.err}`;
    for (const { last, line, email, id } of office.mailed.slice(0, 80)) {
      expect(text).not.toContain(email);
      expect(text).not.toContain(`"${id}"`);
      expect(text.toLowerCase()).not.toContain(line.toLowerCase());
      expect(text).not.toMatch(new RegExp(`\\b${last}\\b`));
    }
  });

  test('the page draws source, size, groups and counties, small ones hatched', () => {
    const html = page();
    expect(html).toMatch(/role="img" aria-label="C1, FL: where the data came from\./);
    expect(html).toMatch(/role="img" aria-label="C1, FL: how many people\./);
    expect(html).toMatch(/role="img" aria-label="C1, FL: odds of a group/);
    expect(html).toMatch(/class="county shade-hidden"[^>]*fill="url\(#C1-0-hatch\)"/);
    expect(html).toContain('<title>Alachua: ');
    expect(html.length).toBeLessThan(250_000);
  });

  test('the same command again repeats nothing', async () => {
    const before = { size: logSize(), findings: findings() };
    const list = join(caseFolder, before.findings.accessLog?.noticeList ?? '');
    const written = statSync(list).mtimeMs;
    const again = await ask('--releases', office.releases, '--access-log', office.log);
    expect(again.code).toBe(0);
    expect(logSize()).toBe(before.size);
    expect(findings()).toEqual({ ...before.findings, asOf: expect.any(String) });
    expect(statSync(list).mtimeMs).toBe(written);
    rmSync(list);
    await ask('--access-log', office.log);
    expect(statSync(list).mode & 0o777).toBe(0o600);
    expect(logSize()).toBe(before.size);
  });

  test('verify finds everything as recorded, and says what lies outside of the case', async () => {
    const run = await tocsin(['verify', caseFolder, '--sample', '500']);
    expect(run.code).toBe(0);
    expect(run.out).toContain('Everything is as it was recorded.');
    expect(run.out).toMatch(/2 rest on lists or logs outside of the case/);
  });

  test('a list of another state says nothing of these people, and takes nothing from the answer', async () => {
    const both = join(root, 'both');
    cpSync(office.releases, both, { recursive: true });
    const strangers = (office.vintages[0] ?? []).slice(0, 400).map((row) => ({
      ...row,
      id: `K${row.id}`,
      first: `Zu${row.first}`,
      last: `Ak${row.last}`,
      email: '',
      line: `9${row.line}`,
      zip: '99501',
    }));
    publishRelease(both, strangers, {
      releaseId: 'ak-2020-06',
      asOf: '2020-06-01',
      jurisdiction: 'AK',
    });
    const run = await ask('--releases', both);
    expect(run.code).toBe(0);
    const [campaign] = findings().exposure?.campaigns ?? [];
    expect(campaign?.jurisdictions.map(({ jurisdiction }) => jurisdiction)).toEqual(['FL']);
    expect(campaign?.attribution.posterior[0]?.hypothesis).toBe('fl-2020-06');
    expect(campaign?.refusals).toContainEqual({
      question: 'source, AK',
      reason: expect.stringContaining('no report is linked'),
    });
  });

  test.each<[string, (folder: string) => void, string]>([
    [
      'a release without a manifest',
      (folder) => rmSync(join(folder, 'fl-2020-05.manifest.json')),
      'manifest-missing',
    ],
    [
      'a release that is not the one of its manifest',
      (folder) =>
        appendFileSync(join(folder, 'fl-2020-05.csv'), 'V1,A,B,1 C ST,,D,32000,LEON,DEM,\n'),
      'manifest-hash',
    ],
    [
      'two rows with one voter id',
      (folder) => {
        const [one] = office.vintages[1] ?? [];
        if (one === undefined) throw new Error('no row');
        publishRelease(folder, [one, one], { releaseId: 'fl-2020-05', asOf: '2020-05-01' });
      },
      'roll-id-twice',
    ],
    [
      'two releases with one id',
      (folder) => {
        copyFileSync(join(folder, 'fl-2020-05.csv'), join(folder, 'again.csv'));
        copyFileSync(join(folder, 'fl-2020-05.manifest.json'), join(folder, 'again.manifest.json'));
      },
      'release-id-twice',
    ],
  ])('%s refuses the lists by name, and the rest of the case stands', async (_, spoil, code) => {
    const folder = join(root, code);
    cpSync(office.releases, folder, { recursive: true });
    spoil(folder);
    const size = logSize();
    const run = await ask('--releases', folder);
    expect(run.code).toBe(1);
    expect(run.err).toContain(`[${code}]`);
    const { exposure, campaigns } = findings();
    expect(campaigns).toHaveLength(1);
    expect(exposure).toMatchObject({ finding: null, campaigns: [] });
    expect(answerTo('data-source')).toMatchObject({ state: 'unknown' });
    expect(prose('data-source')).toContain(code);
    expect(page()).toContain('The lists were not used.');
    expect(logSize()).toBe(size);
  });

  test('a log that is not there, and counts that are none, are named; nothing is half-written', async () => {
    const counts = join(root, 'matches');
    mkdirSync(counts);
    writeFileSync(join(counts, 'leon.json'), '{"schema":"something"}');
    const before = readdirSync(join(caseFolder, 'office'));
    const run = await ask('--access-log', join(root, 'no-such-log'), '--matches', counts);
    expect(run.code).toBe(1);
    expect(run.err).toContain('[log-piece-unreadable]');
    expect(run.err).toContain('[tally-malformed]');
    const { accessLog, matches } = findings();
    expect(accessLog).toMatchObject({ finding: null, noticeList: null });
    expect(matches).toMatchObject({ finding: null, counties: [] });
    expect(readdirSync(join(caseFolder, 'office'))).toEqual(before);
  });

  test('--registers without --releases is wrong use', async () => {
    const { code, err } = await ask('--registers', root);
    expect([code, err]).toEqual([2, expect.stringContaining('belong to --releases')]);
  });
});
