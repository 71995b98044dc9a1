import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { type InventedRow, inventVintages, reportLine } from '../../bench/generator/rolls.ts';
import { randomFrom } from '../../src/core/base/index.ts';
import { nodeKernels } from '../../src/host/kernels/index.ts';
import { undocumentedFields } from '../kit/json-page.ts';
import { publishRelease } from '../kit/office-case.ts';
import { tocsin } from '../kit/tocsin.ts';

const root = mkdtempSync(join(tmpdir(), 'tocsin-exposure-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

const releases = join(root, 'releases');
mkdirSync(releases);

const publish = (name: string, rows: readonly InventedRow[], change: object = {}): void =>
  publishRelease(releases, rows, {
    ...{ releaseId: name, asOf: '2020-06-01' },
    fieldsPresent: ['VoterId', 'Name', 'Address', 'Party', 'Email'],
    ...change,
  });

const random = randomFrom('exposure-acceptance', nodeKernels);
const vintages = inventVintages(
  { people: 12_000, vintages: 6, churn: 0.03, emailShare: 0.6 },
  random,
);
for (const [at, rows] of vintages.entries()) {
  publish(`fl-2020-0${at + 4}`, rows, { asOf: `2020-0${at + 4}-01` });
}

/** The campaign: mailed people of July, four of five Democratic; nine strangers to every list. */
const mailed = random
  .shuffle(vintages[3]!.filter(({ email }) => email !== ''))
  .filter(({ party }) => party === 'DEM' || random.chance(0.14))
  .slice(0, 240);
const strangers: InventedRow[] = Array.from({ length: 9 }, (_, at) => ({
  ...mailed[at]!,
  id: '',
  first: `Zq${random.text(6, 'bcdfgh')}`,
  last: `Xw${random.text(7, 'bcdfgh')}`,
  line: `${at + 9000} NOWHERE WAY`,
  email: '',
}));
const reports = join(root, 'reports.jsonl');
writeFileSync(
  reports,
  [...mailed, ...strangers].map((row, at) => reportLine(`r${at}`, row)).join(''),
);

const ask = (...more: string[]) =>
  tocsin(['exposure', '--releases', releases, '--reports', reports, ...more]);

describe('tocsin exposure', () => {
  test('names the release, its bounds and the targeted party of an invented campaign', async () => {
    const run = await ask('--json');
    expect(run.err).toContain('layout-proposed');
    expect(run.code).toBe(0);
    const answer = JSON.parse(run.out);
    expect(undocumentedFields(answer)).toEqual([]);
    expect(answer.linkage.linked).toBeGreaterThanOrEqual(234);
    expect(answer.linkage.onNoRoll).toBe(9);
    expect(answer.linkage.linked + answer.linkage.unresolved + answer.linkage.onNoRoll).toBe(249);
    expect(answer.linkage.links[0]).toEqual({
      id: expect.stringMatching(/^r\d+$/),
      release: expect.stringMatching(/^fl-2020-/),
      probability: expect.any(Number),
    });
    expect(answer.attribution.posterior[0].hypothesis).toBe('fl-2020-07');
    expect(answer.attribution.posterior[0].probability).toBeGreaterThan(0.8);
    const sum = answer.attribution.posterior.reduce(
      (all: number, row: { probability: number }) => all + row.probability,
      0,
    );
    expect(sum).toBeCloseTo(1, 4);
    expect(answer.attribution.credibleSet).toContain('fl-2020-07');
    expect(answer.size.map(({ label }: { label: string }) => label)).toEqual([
      'mailed',
      'taken, at least',
      'taken, at most',
    ]);
    expect(answer.size[2]).toMatchObject({ high: 12_000 });
    const party = answer.targeting.find(({ cell }: { cell: string }) => cell === 'party:DEM');
    expect(party).toMatchObject({ suppressed: false, claimed: true });
    expect(party.low).toBeGreaterThan(2);
    expect(party.tippingPoint).toBe(party.low);
    expect(answer.refusals.map(({ question }: { question: string }) => question)).toEqual([
      'mailed, at most',
      'people who would report',
    ]);
    expect(
      answer.fieldsHeld.find(({ field }: { field: string }) => field === 'ContactMethod.Email'),
    ).toMatchObject({ availability: 'public' });
  });

  test('says the same in words, without a voter in them', async () => {
    const run = await ask();
    expect(run.out).toContain('release fl-2020-07');
    expect(run.out).toContain('it or anything derived from it');
    expect(run.out).toContain('party:DEM: odds ratio');
    for (const { last, email } of mailed.slice(0, 50)) {
      expect(run.out + run.err).not.toContain(last);
      expect(run.out + run.err).not.toContain(email);
    }
  });

  test('a handful of reports gives counts and refusals', async () => {
    const few = join(root, 'few.jsonl');
    writeFileSync(
      few,
      mailed
        .slice(0, 3)
        .map((row, at) => reportLine(`f${at}`, row))
        .join(''),
    );
    const run = await tocsin(['exposure', '--releases', releases, '--reports', few, '--json']);
    const answer = JSON.parse(run.out);
    expect(answer.size.map(({ label }: { label: string }) => label)).toEqual([
      'mailed',
      'taken, at least',
    ]);
    expect(answer.targeting).toEqual([]);
    expect(answer.refusals.map(({ question }: { question: string }) => question)).toEqual([
      'size',
      'mailed, at most',
      'people who would report',
      'targeting',
    ]);
  });

  test('lines that are no reports are named and lost, the rest counts', async () => {
    const torn = join(root, 'torn.jsonl');
    writeFileSync(
      torn,
      `${reportLine('a', mailed[0]!)}{"id":\n\n{"id":"b","recipient":7}\n${reportLine('a', mailed[1]!)}`,
    );
    const run = await tocsin(['exposure', '--releases', releases, '--reports', torn, '--json']);
    expect(run.code).toBe(1);
    expect(
      JSON.parse(run.out).limits.map(({ code, at }: { code: string; at: string }) => [code, at]),
    ).toEqual(
      expect.arrayContaining([
        ['report-not-json', 'line 2'],
        ['report-rule', 'line 4'],
        ['report-id-twice', 'line 5'],
      ]),
    );
  });

  test('what the office found out besides is told, each part under its own name', async () => {
    const facts = join(root, 'facts.json');
    const looks = [8, 60, 120].map((total) => ({ count: total * 0.75, total }));
    writeFileSync(
      facts,
      JSON.stringify({
        rangeIds: { ranks: Array.from({ length: 30 }, (_, at) => 500 + at * 31) },
        canaryStrata: [
          { cell: 'party:DEM', planted: 100, hits: 33 },
          { cell: 'party:REP', planted: 100, hits: 9 },
        ],
        daily: [{ cell: 'party:DEM', base: 0.37, looks }],
      }),
    );
    const run = await ask('--facts', facts, '--json');
    const { size, canaryGroups, watched } = JSON.parse(run.out);
    expect(
      size.filter(({ estimator }: { estimator: string }) => estimator === 'contiguous range'),
    ).toHaveLength(2);
    expect(canaryGroups).toMatchObject([{ claimed: true }, { claimed: false }]);
    expect(watched).toMatchObject([{ cell: 'party:DEM', firstLook: 2, claimed: true }]);
    const { out } = await ask('--facts', facts);
    expect(out).toContain('party:DEM: 33 of 100 canaries written to');
    expect(out).toContain('above 20 since look 2; stands out, however often one looks');
    writeFileSync(facts, '{"rangeIds":{"ranks":["V12"]}}');
    const refused = await ask('--facts', facts);
    expect(refused).toMatchObject({ code: 2, out: '' });
    expect(refused.err).toContain('rangeIds.ranks is in its range [facts-malformed]');
  });

  test('one release that does not fit its manifest refuses the answer', async () => {
    publish('fl-2020-10', vintages[5]!, { sha256: 'f'.repeat(64) });
    const run = await ask('--json');
    rmSync(join(releases, 'fl-2020-10.csv'));
    expect(run).toMatchObject({ code: 2, out: '' });
    expect(run.err).toContain('fl-2020-10.csv');
    expect(run.err).toContain('[manifest-hash]');
  });

  test.each<[string, readonly string[], string]>([
    ['no releases', ['--reports', reports], 'name the folder of releases'],
    ['no reports', ['--releases', releases], 'name the reports'],
    [
      'reports that are not there',
      ['--releases', releases, '--reports', join(root, 'none')],
      'ENOENT',
    ],
    [
      'releases that are not there',
      ['--releases', join(root, 'none'), '--reports', reports],
      '[roll-unreadable]',
    ],
  ])('%s is wrong use', async (_, words, says) => {
    const run = await tocsin(['exposure', ...words]);
    expect(run.code).toBe(2);
    expect(run.err).toContain(says);
  });
});
