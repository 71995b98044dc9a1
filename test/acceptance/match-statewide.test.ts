import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import {
  GENERIC_HEADER,
  genericLine,
  type InventedRow,
  inventVintages,
  reportLine,
} from '../../bench/generator/rolls.ts';
import { randomFrom } from '../../src/core/base/index.ts';
import {
  addLikelihoods,
  attributeSource,
  attributeSum,
  DEFAULT_PRIORS,
  hypothesisName,
} from '../../src/core/exposure/index.ts';
import type { StatewideMatch } from '../../src/core/tally/index.ts';
import { nodeKernels } from '../../src/host/kernels/index.ts';
import { readTallies } from '../../src/host/match/index.ts';
import { undocumentedFields } from '../kit/json-page.ts';
import { tocsin } from '../kit/tocsin.ts';

const root = mkdtempSync(join(tmpdir(), 'tocsin-statewide-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));
const at = (...names: readonly string[]): string => join(root, ...names);

const NAMES = ['Alder County', 'Birch County', 'Cedar County'];
const VINTAGES = 3;
const random = randomFrom('match-statewide', nodeKernels);
/** ZIP codes of one county are no other's. */
const counties = NAMES.map((name, county) =>
  inventVintages(
    { people: 500, vintages: VINTAGES, churn: 0.27, emailShare: 0.5 },
    random.fork(name),
  ).map((rows) => rows.map((row) => ({ ...row, zip: String(Number(row.zip) - 1000 * county) }))),
);
for (const [county, vintages] of counties.entries()) {
  mkdirSync(at(`releases-${county}`));
  for (const [month, rows] of vintages.entries()) publish(county, month, rows);
}

function publish(county: number, month: number, rows: readonly InventedRow[]): void {
  const body = GENERIC_HEADER + rows.map(genericLine).join('');
  const name = at(`releases-${county}`, `fl-${month}`);
  writeFileSync(`${name}.csv`, body);
  const manifest = {
    releaseId: `fl-2020-0${month + 6}`,
    jurisdiction: 'FL',
    asOf: `2020-0${month + 6}-01`,
    layoutId: 'generic',
    sha256: createHash('sha256').update(body).digest('hex'),
    rowCount: rows.length,
  };
  writeFileSync(`${name}.manifest.json`, JSON.stringify(manifest));
}

/** The sender had the second month; some people are on no roll. */
const mailed = counties.flatMap((vintages, county) =>
  random.fork(`mailed ${county}`).shuffle(vintages[1]!).slice(0, 110),
);
const strangers = inventVintages(
  { people: 12, vintages: 1, churn: 0, emailShare: 0 },
  random.fork('strangers'),
)[0]!.map((row) => ({ ...row, zip: '10101' }));
writeFileSync(
  at('reports.jsonl'),
  [...mailed, ...strangers].map((row, n) => reportLine(`r${n}`, row)).join(''),
);
writeFileSync(at('passphrase'), 'correct horse battery\n');
const run = (...words: readonly string[]) =>
  tocsin(['match', ...words, '--passphrase-file', at('passphrase')]);
const newest = (folder: string, before: ReadonlySet<string>): string =>
  join(folder, readdirSync(folder).find((name) => !before.has(name))!);

/** The key by hand. */
const keyOf = ({ first, last, line, zip }: InventedRow): string =>
  [first, last, /^\d+/.exec(line)?.[0], zip]
    .join('|')
    .toUpperCase()
    .replace(/[ .'-]/g, '');

/** Months of a county's versions: who stands in which. */
function monthsOf(vintages: readonly (readonly InventedRow[])[]): ReadonlyMap<string, number[]> {
  const held = new Map<string, number[]>();
  for (const [month, rows] of vintages.entries()) {
    for (const key of new Set(rows.map(keyOf))) held.set(key, [...(held.get(key) ?? []), month]);
  }
  return held;
}

/** One roll of all counties, joined in the clear: the county is the stratum. */
function pooled() {
  const asked = new Set([...mailed, ...strangers].map(keyOf));
  const versions = counties.flatMap((vintages, county) =>
    [...monthsOf(vintages)].map(([key, releases]) => ({ key, stratum: `${county}`, releases })),
  );
  const strata = Map.groupBy(versions, ({ stratum }) => stratum);
  const sizes = (fits: (months: readonly number[]) => boolean): ReadonlyMap<string, number> =>
    new Map(
      [...strata].map(([name, own]) => [name, own.filter(({ releases }) => fits(releases)).length]),
    );
  const records = versions.filter(({ key }) => asked.has(key));
  return {
    counts: Array.from({ length: VINTAGES }, (_, month) => sizes((own) => own.includes(month))),
    versionCounts: sizes(() => true),
    records,
    onNoRoll: asked.size - records.length,
    asked: asked.size,
  };
}

test('three counties exchange files and give the posterior of their pooled roll', async () => {
  const hub = at('hub');
  const terms = ['--incident', 'october-2020', '--epoch', 'x', '--until', '2999-12-31'];
  const list = ['commit', at('reports.jsonl'), '--dir', hub, ...terms, '--counties', '3'];
  expect(await run(...list)).toMatchObject({ code: 0, err: '' });
  const seen = new Set<string>();
  for (const [county, name] of NAMES.entries()) {
    const folder = at(`county-${county}`);
    const from = ['--commitment', join(hub, 'commitment.tocsin'), '--county', name];
    const encode = await run('encode', at(`releases-${county}`), '--dir', folder, ...from);
    expect(encode).toMatchObject({ code: 0, err: '' });
    expect(encode.out).toMatch(/3 releases are told apart\. 0 people are in cells below 11/);
    const exchange = newest(join(folder, 'exchanges'), new Set());
    await run('query', join(exchange, 'tags.tocsin'), '--dir', hub);
    const asked = newest(join(hub, 'counties'), seen);
    seen.add(asked.slice(asked.lastIndexOf('/') + 1));
    await run('answer', join(asked, 'query.tocsin'), '--dir', folder);
    const count = await run('count', join(exchange, 'answer.tocsin'), '--dir', hub);
    expect(count.out).toContain('3 releases are told apart');
  }
  const { counts, ...roll } = pooled();
  const { tallies } = readTallies([join(hub, 'tallies')]);
  const [first] = tallies;
  const setting = {
    jurisdiction: 'FL',
    logEvidenceOther: 0,
    independence: first!.households / first!.asked,
    priors: DEFAULT_PRIORS,
    onNoRoll: roll.onNoRoll,
  };
  const releases = first!.releases.map((one) => ({ ...one, logEvidence: 0 }));
  const whole = attributeSource({
    ...setting,
    ...roll,
    releases: releases.map((one, month) => ({ ...one, counts: counts[month]! })),
  });
  const summed = attributeSum({
    ...setting,
    releases,
    likelihood: addLikelihoods(tallies.map(({ likelihood }) => likelihood!)),
  });
  expect(summed.posterior.map(({ hypothesis }) => hypothesis)).toEqual(
    whole.posterior.map(({ hypothesis }) => hypothesis),
  );
  for (const [place, { probability }] of whole.posterior.entries()) {
    expect(Math.abs(summed.posterior[place]!.probability - probability)).toBeLessThan(1e-9);
  }
  const sum = await tocsin(['match', 'sum', join(hub, 'tallies'), '--json']);
  expect(sum).toMatchObject({ code: 0, err: '' });
  const said = JSON.parse(sum.out) as StatewideMatch;
  expect(undocumentedFields(said)).toEqual([]);
  expect(said.counties.map(({ county, reports }) => [county, reports])).toEqual(
    NAMES.map((name) => [name, roll.asked]),
  );
  expect(said.refusals).toEqual([]);
  expect(said.attribution?.posterior[0]).toEqual({
    hypothesis: 'fl-2020-07',
    probability: Number(whole.posterior[0]!.probability.toPrecision(6)),
  });
  expect(said.attribution?.credibleSet).toEqual(
    whole.credibleSet.map((hypothesis) => hypothesisName(hypothesis)),
  );
  const text = await tocsin(['match', 'sum', join(hub, 'tallies')]);
  expect(text.out).toContain('95 % set: ');
  // No hit of a single month is in any file.
  const file = readFileSync(newest(join(hub, 'tallies'), new Set()), 'utf8');
  expect(file).not.toContain('@0');
});

test('a folder without tallies, and files that are none, are named', async () => {
  mkdirSync(at('empty'));
  writeFileSync(at('empty', 'x.json'), '{}');
  const { code, err } = await tocsin(['match', 'sum', at('empty'), at('nowhere')]);
  expect(code).toBe(2);
  expect(err).toContain('[tally-malformed]');
  expect(err).toContain('[match-unreadable]');
  expect(err).toContain('[tally-none]');
});
