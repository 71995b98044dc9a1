import { fail, isRecord, ok, parseRecord, type Result } from '../base/index.ts';
import {
  BLEND_MONTHS,
  LIVE_PLACES,
  liveGaps,
  NOISE,
  type SourceLikelihood,
} from '../exposure/index.ts';
import { BATCH_MAX, COUNTIES_MAX, isName, releasesOf } from '../psi/index.ts';
import { type CountyTally, TALLY_SCHEMA, type TallyCell } from './county-tally.ts';

/** A file that is no tally: the first rule that it breaks, in words. */
export interface TallyFailure {
  readonly code: 'tally-malformed';
  readonly rule: string;
}

const isCount = (value: unknown, most = 1e9): value is number =>
  typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= most;
const isDigest = (value: unknown): value is string =>
  typeof value === 'string' && /^[0-9a-f]{64}$/.test(value);

const broken = (rule: string): Result<never, TallyFailure> =>
  fail({ code: 'tally-malformed', rule });

/** Reads a county's tally back; any text gives a value. */
export function parseTally(text: string): Result<CountyTally, TallyFailure> {
  const parsed = parseRecord(text);
  if (!parsed.ok)
    return broken(parsed.failure === 'is JSON' ? 'it is JSON' : `it is ${TALLY_SCHEMA}`);
  const { value } = parsed;
  if (value['schema'] !== TALLY_SCHEMA) return broken(`it is ${TALLY_SCHEMA}`);
  const { county, incident, epoch, list, tags, households, records, asked, matched } = value;
  if (!isName(county) || !isName(incident) || !isName(epoch)) {
    return broken('county, incident and epoch are names');
  }
  if (!isDigest(list) || !isDigest(tags)) return broken('list and tags are SHA-256 in hex');
  if (!isCount(records) || !isCount(asked, BATCH_MAX) || asked === 0) {
    return broken('records and asked are counts');
  }
  if (!isCount(households, asked) || households === 0 || !isCount(matched, asked)) {
    return broken('households and matched are at most the asked');
  }
  const counties = value['counties'] ?? null;
  if (counties !== null && !isCount(counties, COUNTIES_MAX)) return broken('counties is a count');
  const { expectedFalse } = value;
  if (typeof expectedFalse !== 'number' || !(expectedFalse >= 0)) {
    return broken('expectedFalse is a number');
  }
  const releases = releasesOf(value['releases']);
  if (releases === null) return broken('releases have id, day and jurisdiction');
  const cells = cellsOf(value['cells']);
  if (cells === null) return broken('cells have a name, records and hits');
  const given = value['likelihood'] ?? null;
  const likelihood =
    given === null ? null : likelihoodFrom(given, liveGaps(releases).length, releases.length);
  if (given !== null && (likelihood === null || likelihood.records > matched)) {
    return broken('the likelihood fits the releases and the hits');
  }
  return ok({
    schema: TALLY_SCHEMA,
    county,
    incident,
    epoch,
    list,
    tags,
    counties,
    records,
    asked,
    households,
    matched,
    expectedFalse,
    cells,
    releases,
    likelihood,
  });
}

function cellsOf(value: unknown): readonly TallyCell[] | null {
  if (!Array.isArray(value)) return null;
  const cells: TallyCell[] = [];
  for (const one of value as readonly unknown[]) {
    if (!isRecord(one)) return null;
    const { cell, records, matched } = one;
    if (typeof cell !== 'string' || !isCount(records)) return null;
    if (matched !== null && !isCount(matched)) return null;
    cells.push({ cell, records, matched });
  }
  return cells;
}

/** A logarithm of a probability, rounding aside. */
const isLog = (value: unknown): boolean =>
  typeof value === 'number' && Number.isFinite(value) && value <= 1e-6;
const isRow = (value: unknown, length: number): value is readonly number[] =>
  Array.isArray(value) && value.length === length && value.every(isLog);
const isGap = (value: unknown): value is readonly (readonly number[])[] =>
  Array.isArray(value) &&
  value.length === LIVE_PLACES.length &&
  value.every((row) => isRow(row, NOISE.length));

function likelihoodFrom(value: unknown, gaps: number, count: number): SourceLikelihood | null {
  if (!isRecord(value)) return null;
  const { records, releases, live, other } = value;
  if (!isCount(records) || !isRow(other, BLEND_MONTHS.length)) return null;
  if (!Array.isArray(releases) || releases.length !== count) return null;
  if (!releases.every((row) => isRow(row, NOISE.length))) return null;
  if (!Array.isArray(live) || live.length !== gaps || !live.every(isGap)) return null;
  return { records, releases, live, other };
}
