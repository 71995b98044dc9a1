import { createHash } from 'node:crypto';
import { appendFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  floridaLine,
  GENERIC_HEADER,
  genericLine,
  inventVintages,
  reportLine,
} from '../../../bench/generator/rolls.ts';
import { randomFrom } from '../../core/base/index.ts';
import {
  type ExposureReport,
  linkReports,
  parseReport,
  presenceOf,
} from '../../core/exposure/index.ts';
import { addressKeys, nameKey } from '../../core/roll/index.ts';
import { nodeKernels } from '../kernels/index.ts';
import { openReleases, openRollEngine, type RollEngine, readRolls } from './index.ts';

const root = mkdtempSync(join(tmpdir(), 'tocsin-rolls-'));
let engine: RollEngine;
beforeAll(async () => {
  engine = await openRollEngine();
});
afterAll(() => {
  engine.close();
  rmSync(root, { recursive: true, force: true });
});

let folders = 0;
function folder(): string {
  folders += 1;
  const path = join(root, String(folders));
  mkdirSync(path);
  return path;
}

function release(
  into: string,
  name: string,
  bytes: string | Buffer,
  change: { readonly [field: string]: unknown } = {},
): string {
  const path = join(into, `${name}.csv`);
  writeFileSync(path, bytes);
  const manifest = {
    releaseId: name,
    jurisdiction: 'FL',
    asOf: '2020-08-01',
    requester: 'A',
    layoutId: 'csv',
    fieldsPresent: [],
    rowFilter: null,
    sha256: createHash('sha256').update(bytes).digest('hex'),
    rowCount: 2,
    ...change,
  };
  writeFileSync(join(into, `${name}.manifest.json`), JSON.stringify(manifest));
  return path;
}

const ROWS =
  '1,Ada,Wexlow,12 Elm St,,Gainsholt,00412,A,DEM,ada@mail.example\n2,Ira,Pellby,7 Oak Ave,,Gainsholt,00412,A,REP,\n';
const GOOD = `${GENERIC_HEADER}${ROWS}`;

const refusal = async (path: string): Promise<unknown> => {
  const opened = openReleases(path);
  if (!opened.ok) return opened.failure.failure;
  const read = await readRolls(opened.value, []);
  return read.ok ? null : read.failure.failure;
};

describe('a folder of releases is refused', () => {
  const cases: readonly (readonly [string, (path: string) => void, object])[] = [
    ['with nothing in it', () => {}, { code: 'releases-none' }],
    [
      'for a release without manifest',
      (p) => writeFileSync(join(p, 'x.csv'), GOOD),
      { code: 'manifest-missing' },
    ],
    [
      'for a manifest that is not JSON',
      (p) => {
        release(p, 'x', GOOD);
        writeFileSync(join(p, 'x.manifest.json'), '{');
      },
      { code: 'manifest-not-json' },
    ],
    [
      'for a rule that the manifest breaks',
      (p) => release(p, 'x', GOOD, { asOf: 'May' }),
      { code: 'manifest-rule', field: 'asOf' },
    ],
    [
      'for a hash that is another',
      (p) => appendFileSync(release(p, 'x', GOOD), '\n'),
      { code: 'manifest-hash' },
    ],
    [
      'for a count that is another',
      (p) => release(p, 'x', GOOD, { rowCount: 3 }),
      { code: 'manifest-rows', stated: 3, found: 2 },
    ],
    [
      'for an id in two manifests',
      (p) => {
        release(p, 'x', GOOD);
        release(p, 'y', GOOD, { releaseId: 'x' });
      },
      { code: 'release-id-twice', releaseId: 'x', other: 'x.csv' },
    ],
    ['for a file without a byte', (p) => release(p, 'x', ''), { code: 'roll-empty' }],
    [
      'for a header without rows',
      (p) => release(p, 'x', GENERIC_HEADER, { rowCount: 0 }),
      { code: 'roll-empty' },
    ],
    [
      'for the wrong layout',
      (p) => release(p, 'x', GOOD, { layoutId: 'fl' }),
      { code: 'layout-columns', wanted: '38', found: 1 },
    ],
    [
      'for a layout that nobody knows',
      (p) => release(p, 'x', 'a,b\n1,2\n', { layoutId: 'zz' }),
      { code: 'layout-unknown', layoutId: 'zz' },
    ],
    [
      'for a row with too few columns',
      (p) => release(p, 'x', `${GOOD}3,Una\n`),
      { code: 'roll-row-ragged', row: 4, wanted: 10, found: 2 },
    ],
    [
      'for a row with too many columns',
      (p) => release(p, 'x', `${GENERIC_HEADER}${ROWS.replace('DEM', 'DEM,DEM')}`),
      { code: 'roll-row-ragged', row: 2, found: 11 },
    ],
    [
      'for another encoding',
      (p) => release(p, 'x', Buffer.from(GOOD.replace('Pellby', 'M\u00fcllrich'), 'latin1')),
      { code: 'roll-encoding', row: 3, encoding: 'utf-8' },
    ],
    [
      'for a voter id in two rows',
      (p) => release(p, 'x', GOOD.replace('\n2,', '\n1,')),
      { code: 'roll-id-twice', rows: [2, 3] },
    ],
  ];
  test.each(cases)('%s', async (_, make, failure) => {
    const path = folder();
    make(path);
    expect(await refusal(path)).toMatchObject(failure);
  });

  test('for a roll that changes while it is read', async () => {
    const path = folder();
    const file = release(path, 'x', GOOD);
    const opened = openReleases(path);
    appendFileSync(file, '');
    writeFileSync(file, GOOD);
    const read = opened.ok ? await readRolls(opened.value, []) : opened;
    expect(read).toMatchObject({ ok: false, failure: { failure: { code: 'roll-changed' } } });
  });

  test('which does not exist', () => {
    expect(openReleases(join(root, 'nowhere'))).toMatchObject({
      failure: { failure: { code: 'roll-unreadable', system: 'ENOENT' } },
    });
  });
});

test('a good release is not', async () => {
  const path = folder();
  release(path, 'x', GOOD);
  expect(await refusal(path)).toBeNull();
});

const reportsOf = (lines: readonly string[]): ExposureReport[] =>
  lines.map((line) => {
    const read = parseReport(line);
    if (!read.ok) throw new Error('a fixture that is no report');
    return read.value;
  });

describe('three months of an invented roll', () => {
  const random = randomFrom('roll-engine-1', nodeKernels);
  const wish = { people: 6000, vintages: 3, churn: 0.05, emailShare: 0.5 };
  const vintages = inventVintages(wish, random);
  const mailed = random.shuffle(vintages[1]!).slice(0, 200);
  const reports = reportsOf(mailed.map((row, at) => reportLine(`r${at}`, row)));
  const path = folder();
  for (const [at, rows] of vintages.entries()) {
    const florida = at === 1;
    const body = rows.map(florida ? floridaLine : genericLine).join('');
    release(path, `v${at}`, florida ? body : `${GENERIC_HEADER}${body}`, {
      layoutId: florida ? 'fl' : 'csv',
      asOf: `2020-0${at + 1}-01`,
      rowCount: rows.length,
    });
  }

  test('every report finds its person and the months that hold what it shows', async () => {
    const opened = openReleases(path);
    if (!opened.ok) throw new Error(opened.failure.failure.code);
    const read = await readRolls(opened.value, reports);
    if (!read.ok) throw new Error(read.failure.failure.code);
    const { versions, counts, dimensions, versionCounts } = read.value;
    const { links } = linkReports({ ...read.value, rollSize: 6000, emails: 3000 });
    const right = links.filter(
      ({ version }, at) => version !== null && versions[version]?.person === `FL/${mailed[at]!.id}`,
    );
    expect(right.length).toBeGreaterThanOrEqual(198);
    const ofPerson = Map.groupBy(versions, ({ person }) => person);
    for (const [at, { version }] of links.entries()) {
      if (version === null) continue;
      const own = ofPerson.get(versions[version]!.person) ?? [];
      expect(presenceOf(read.value.reports[at]!, version, own, versions)).toContain(1);
    }
    expect([...counts[0]!.values()].reduce((sum, count) => sum + count)).toBe(6000);
    // The Florida layout writes county codes: counties cannot be compared, party and e-mail can.
    expect(dimensions.get('FL')).toEqual({ party: true, email: true, county: false });
    const all = [...versionCounts.get('FL')!.values()].reduce((sum, count) => sum + count);
    const tuples = vintages.flat().map((row) => JSON.stringify({ ...row, county: '', party: '' }));
    expect(all).toBe(new Set(tuples).size);
  });
});

test('an e-mail address that a thousand rows have is not compared', async () => {
  const path = folder();
  const rows = Array.from(
    { length: 1100 },
    (_, at) => `${at},F${at},L${at},${at} Elm St,,Gainsholt,00412,A,DEM,none@mail.example\n`,
  );
  release(path, 'x', `${GENERIC_HEADER}${rows.join('')}`, { rowCount: rows.length });
  const opened = openReleases(path);
  if (!opened.ok) throw new Error(opened.failure.failure.code);
  const shown = { name: 'F7 L7', street: '7 Elm St', postalCode: '00412' };
  const read = await readRolls(
    opened.value,
    reportsOf(
      ['none@mail.example', 'f7@mail.example'].map((email, id) =>
        JSON.stringify({ id, recipient: { ...shown, email } }),
      ),
    ),
  );
  if (!read.ok) throw new Error(read.failure.failure.code);
  expect(read.value.reports.map(({ email }) => email)).toEqual(['', 'f7@mail.example']);
  expect(read.value.crowdedKeys).toBeGreaterThan(0);
});

/**
 * The same spelling in SQL, for lists that the engine reads, and in code, for reports and links.
 */
test.each([
  ['12 North Elm Street Apt 4', { house: '12', street: 'N ELM ST', unit: '4' }],
  ['12 n. elm st # 4', { house: '12', street: 'N ELM ST', unit: '4' }],
  ['12 N ELM ST UNIT 4', { house: '12', street: 'N ELM ST', unit: '4' }],
  ['7B Oak Avenue', { house: '7', street: 'OAK AVE', unit: '' }],
  ['9 Calle Peña', { house: '9', street: 'CALLE PENA', unit: '' }],
  ['PO Box 7', { house: '', street: 'PO BOX 7', unit: '' }],
  ['', { house: '', street: '', unit: '' }],
])('%s is house, street and unit', async (line, parts) => {
  expect(addressKeys(line)).toEqual(parts);
  const [row] = await engine.rows(
    `SELECT house_key(spaced(upper('${line.replaceAll("'", "''")}')))`,
  );
  expect(row).toEqual([parts.house]);
});

test.each([
  ["O'Brien-Pe\u00f1a", 'OBRIENPENA'],
  ['OBRIEN PENA', 'OBRIENPENA'],
  ['D\u2019Arcy St. John', 'DARCYSTJOHN'],
])('%s agrees however it is written', async (name, key) => {
  expect(nameKey(name)).toBe(key);
  const [row] = await engine.rows(`SELECT name_key('${name.replaceAll("'", "''")}')`);
  expect(row).toEqual([key]);
});
