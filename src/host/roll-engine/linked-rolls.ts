import { fail, ok, type Result } from '../../core/base/index.ts';
import {
  type ExposureEvidence,
  type ExposureReport,
  type PersonKeys,
  type StrataDimensions,
  sharedDimensions,
} from '../../core/exposure/index.ts';
import { addressKeys, emailKey, nameKey, zipKey } from '../../core/roll/index.ts';
import { joinFirst, openRowParts, PART } from '../roll-rows/index.ts';
import { type Candidates, collectCandidates } from './candidates.ts';
import type { FileRefusal, RollFailure } from './failure.ts';
import { type RollFile, sameStamp, stampOf } from './release-file.ts';
import { keysOfReports, MET_MAX, type ReportKeys } from './report-keys.ts';
import { passOver } from './roll-pass.ts';
import { STRATA_MAX, strataTally, type VersionTally, versionTally } from './roll-tally.ts';
import { standingIds } from './standing-ids.ts';

/** What the rolls say about the reports; nothing else of them leaves the engine. */
export interface RollReading
  extends Pick<
    ExposureEvidence,
    'versions' | 'pairs' | 'sample' | 'shares' | 'dimensions' | 'versionCounts'
  > {
  readonly reports: readonly PersonKeys[];
  /** Rows by release and stratum, in the order of the files. */
  readonly counts: readonly ReadonlyMap<string, number>[];
  /** Keys of reports left out because they picked too many rows. */
  readonly crowdedKeys: number;
}

/** Rows for the levels of random pairs: with 1,000 reports a million pairs. */
const SAMPLE_ROWS = 1000;

/**
 * Reads every roll once, and checks it on the way: rows, encoding, voter ids, counts. A row is
 * hashed where it lies; only rows that share a blocking key with a report become texts. Every file
 * is looked at again afterwards; one that changed meanwhile spoils the whole reading.
 */
export async function readRolls(
  files: readonly RollFile[],
  reports: readonly ExposureReport[],
): Promise<Result<RollReading, FileRefusal>> {
  const rows = files.reduce((sum, { manifest }) => sum + manifest.rowCount, 0);
  const keys = keysOfReports(reports, rows);
  const work: Work = {
    keys,
    candidates: collectCandidates(keys),
    names: { first: [], last: [], rows: 0 },
    tallies: versionTallies(files),
    step: Math.max(1, Math.floor(rows / SAMPLE_ROWS)),
  };
  const counts: ReadonlyMap<string, number>[] = [];
  for (const [release, file] of files.entries()) {
    const counted = await readFile(file, release, work);
    if (!counted.ok) return fail({ file: file.path, failure: counted.failure });
    counts.push(counted.value);
  }
  for (const { path, stamp } of files) {
    if (!sameStamp(stamp, stampOf(path))) {
      return fail({ file: path, failure: { code: 'roll-changed' } });
    }
  }
  const { crowdedAddresses, ...found } = work.candidates.result(reports.length);
  // An address of so many is not the address of anyone, and the rows that have it are not
  // candidates.
  const shown = reports
    .map(shownKeys)
    .map((own, report) => (crowdedAddresses.has(report) ? { ...own, email: '' } : own));
  return ok({
    reports: shown,
    ...found,
    shares: {
      first: sharesOf(
        shown.map(({ first }) => first),
        keys.firstOf,
        work.names.first,
        work.names.rows,
      ),
      last: sharesOf(
        shown.map(({ last }) => last),
        keys.lastOf,
        work.names.last,
        work.names.rows,
      ),
    },
    counts,
    ...versionsOf(files, counts, work.tallies),
  });
}

interface Work {
  readonly keys: ReportKeys;
  readonly candidates: Candidates;
  /** Rows that have the reports' names, by the places of those; and rows in all. */
  readonly names: { readonly first: number[]; readonly last: number[]; rows: number };
  /** By jurisdiction. */
  readonly tallies: ReadonlyMap<string, VersionTally>;
  /** One row in so many is drawn for the levels of random pairs. */
  readonly step: number;
}

const DRAWN_BY = [PART.first, PART.last, PART.house, PART.street, PART.zip] as const;
const DRAW = 7;

async function readFile(
  file: RollFile,
  release: number,
  { keys, candidates, names, tallies, step }: Work,
): Promise<Result<ReadonlyMap<string, number>, RollFailure>> {
  const { layout, manifest } = file;
  const parts = openRowParts(layout);
  const { lanes } = parts.hashing;
  const strata = strataTally();
  const ids = standingIds(layout, manifest.rowCount);
  const versions = tallies.get(manifest.jurisdiction);
  const met = new Int32Array(MET_MAX);
  let crowded = false;
  let found = 0;
  const passed = await passOver(file, (row) => {
    found += 1;
    parts.read(row);
    ids.add(lanes);
    const stratum = strata.count(row, parts);
    if (stratum === null) {
      crowded = true;
      return;
    }
    const first = keys.first(lanes);
    if (first !== -1) names.first[first] = (names.first[first] ?? 0) + 1;
    const last = keys.last(lanes);
    if (last !== -1) names.last[last] = (names.last[last] ?? 0) + 1;
    versions?.count(parts, stratum);
    const count = keys.meet(lanes, met);
    const drawn = (joinFirst(lanes, DRAWN_BY, DRAW) >>> 0) % step === 0;
    if (count > 0 || drawn) {
      candidates.take(row, { parts, file, release, stratum, met, count, drawn });
    }
  });
  if (!passed.ok) return passed;
  names.rows += found;
  const counts = strata.counts();
  const refused = wrongCounts(file, { found, strata: crowded ? STRATA_MAX + 1 : counts.size });
  if (refused !== null) return fail(refused);
  const unique = await ids.check(file);
  return unique.ok ? ok(counts) : unique;
}

function wrongCounts(
  { manifest }: RollFile,
  { found, strata }: { readonly found: number; readonly strata: number },
): RollFailure | null {
  if (found === 0) return { code: 'roll-empty' };
  if (found !== manifest.rowCount) {
    return { code: 'manifest-rows', stated: manifest.rowCount, found };
  }
  return strata > STRATA_MAX ? { code: 'roll-strata', found: strata } : null;
}

/** How common the reports' names are; a name not met counts as one row. */
function sharesOf(
  names: readonly string[],
  places: readonly number[],
  rows: readonly (number | undefined)[],
  all: number,
): ReadonlyMap<string, number> {
  return new Map(
    names.map((name, report) => [name, Math.max(1, rows[places[report]!] ?? 0) / Math.max(1, all)]),
  );
}

const sourceOf = ({ layout, places }: RollFile['layout']) => ({
  layoutId: layout.id,
  party: places.has('Party'),
  email: places.has('ContactMethod.Email'),
  county: places.has('County'),
});

/** For every jurisdiction; one with a single release has as many versions as rows. */
function versionTallies(files: readonly RollFile[]): ReadonlyMap<string, VersionTally> {
  const jurisdictions = Map.groupBy(files, ({ manifest }) => manifest.jurisdiction);
  return new Map(
    [...jurisdictions]
      .filter(([, own]) => own.length > 1)
      .map(([jurisdiction, own]) => [
        jurisdiction,
        versionTally(
          sharedDimensions(own.map(({ layout }) => sourceOf(layout))),
          own.reduce((sum, { manifest }) => sum + manifest.rowCount, 0),
        ),
      ]),
  );
}

function versionsOf(
  files: readonly RollFile[],
  counts: readonly ReadonlyMap<string, number>[],
  tallies: ReadonlyMap<string, VersionTally>,
): Pick<RollReading, 'dimensions' | 'versionCounts'> {
  const dimensions = new Map<string, StrataDimensions>();
  const versionCounts = new Map<string, ReadonlyMap<string, number>>();
  for (const [at, { manifest, layout }] of files.entries()) {
    if (dimensions.has(manifest.jurisdiction)) continue;
    const tally = tallies.get(manifest.jurisdiction);
    dimensions.set(
      manifest.jurisdiction,
      tally?.dimensions ?? sharedDimensions([sourceOf(layout)]),
    );
    versionCounts.set(manifest.jurisdiction, tally?.counts() ?? counts[at]!);
  }
  return { dimensions, versionCounts };
}

function shownKeys({ recipient: r }: ExposureReport): PersonKeys {
  const { house, street } = addressKeys(r.street);
  return {
    first: nameKey(r.first),
    last: nameKey(r.last),
    house,
    street,
    city: nameKey(r.city),
    zip: zipKey(r.zip),
    email: emailKey(r.email),
  };
}
