import { DuckDBListValue, type DuckDBValue } from '@duckdb/node-api';
import { fail, ok, type Result } from '../../core/base/index.ts';
import {
  type ExposureReport,
  type PersonKeys,
  type RecordVersion,
  type StrataDimensions,
  sharedDimensions,
} from '../../core/exposure/index.ts';
import type { RollEngine } from './engine.ts';
import { csvFailure, type FileRefusal } from './failure.ts';
import { type RollFile, sameStamp, stampOf } from './release-file.ts';
import { columnOf, keyColumns, personOf, scanOf, stratumOf } from './scan.ts';

/** What the rolls say about the reports; nothing else of them leaves the engine. */
export interface RollReading {
  readonly reports: readonly PersonKeys[];
  readonly versions: readonly RecordVersion[];
  readonly pairs: readonly (readonly [report: number, version: number])[];
  readonly sample: readonly PersonKeys[];
  readonly shares: {
    readonly first: ReadonlyMap<string, number>;
    readonly last: ReadonlyMap<string, number>;
  };
  /** Rows by release and stratum, in the order of the files. */
  readonly counts: readonly ReadonlyMap<string, number>[];
  /** What the releases of a jurisdiction tell of strata alike. */
  readonly dimensions: ReadonlyMap<string, StrataDimensions>;
  /**
   * By jurisdiction: different record versions over all of its releases, by stratum of those
   * dimensions; on large rolls from a share of the hashes.
   */
  readonly versionCounts: ReadonlyMap<string, ReadonlyMap<string, number>>;
  /** Pairs left out because a key picked too many rows. */
  readonly crowdedKeys: number;
}

/** A key that picks more rows than this for one report tells nobody apart. */
const BLOCK_ROWS_MAX = 1000;
/** Parties x 2 x counties of the largest state (254) leave room below this. */
const STRATA_MAX = 6000;
/** Rows whose record versions are counted; DuckDB's own estimate is up to a tenth off. */
const COUNTED_ROWS = 1_000_000;
/** Rows for the levels of random pairs: with 1,000 reports a million pairs. */
const SAMPLE_ROWS = 1000;

/** Union of eight blocking keys. Each stands on parts that must all be there. */
const KEYS: readonly (readonly string[])[] = [
  ['email'],
  ['first', 'last', 'zip'],
  ['last', 'house_word(line)', 'zip'],
  ['house_word(line)', 'street_word(line)', 'zip'],
  ['first', 'last', 'house_word(line)'],
  ['first', 'last', 'city', 'left(street_word(line), 3)'],
  ['last', 'house_word(line)', 'street_word(line)'],
  ['first', 'house_word(line)', 'street_word(line)'],
];

const keyHash = (parts: readonly string[]): string => `hash(${parts.join(', ')})`;

/**
 * Reads the rolls twice: once to count, once for the rows that share a blocking key with a report.
 * Every file is looked at again afterwards; one that changed meanwhile spoils the whole reading.
 */
export async function readRolls(
  engine: RollEngine,
  files: readonly RollFile[],
  reports: readonly ExposureReport[],
): Promise<Result<RollReading, FileRefusal>> {
  await fillReports(engine, reports);
  const counted = await countRows(engine, files);
  if (!counted.ok) return counted;
  const picked = await pickRows(engine, files);
  if (!picked.ok) return picked;
  for (const { path, stamp } of files) {
    if (!sameStamp(stamp, stampOf(path))) {
      return fail({ file: path, failure: { code: 'roll-changed' } });
    }
  }
  return ok({ ...counted.value, ...(await readPairs(engine)) });
}

const KEY_TABLE = `CREATE OR REPLACE TEMP TABLE shown AS SELECT *,
  house_key(spaced(line)) AS house, street_key(spaced(line)) AS street FROM
  (SELECT id, name_key(first) AS first, name_key(last) AS last, line_text(line) AS line,
    name_key(city) AS city, zip_key(zip) AS zip, email_key(email) AS email FROM reports)`;

async function fillReports(engine: RollEngine, reports: readonly ExposureReport[]): Promise<void> {
  await engine.run(
    'CREATE OR REPLACE TABLE reports (id INTEGER, first VARCHAR, last VARCHAR, line VARCHAR, city VARCHAR, zip VARCHAR, email VARCHAR)',
  );
  await engine.fill(
    'reports',
    reports.map(({ recipient: r }, at) => [at, r.first, r.last, r.street, r.city, r.zip, r.email]),
  );
  await engine.run(KEY_TABLE);
  for (const [at, parts] of KEYS.entries()) {
    const present = parts.map((part) => `${part} <> ''`).join(' AND ');
    await engine.run(
      `CREATE OR REPLACE TEMP TABLE key${at} AS SELECT id, ${keyHash(parts)} AS k FROM shown WHERE ${present}`,
    );
  }
}

type Counted = Pick<RollReading, 'counts' | 'dimensions' | 'versionCounts' | 'shares'>;

async function countRows(
  engine: RollEngine,
  files: readonly RollFile[],
): Promise<Result<Counted, FileRefusal>> {
  const counts: Map<string, number>[] = [];
  const shares = { first: new Map<string, number>(), last: new Map<string, number>() };
  let total = 0;
  for (const [at, file] of files.entries()) {
    const counting = `SELECT stratum, f, l, count(*)::DOUBLE FROM (
        SELECT stratum, CASE WHEN first IN (SELECT first FROM shown) THEN first END AS f,
          CASE WHEN last IN (SELECT last FROM shown) THEN last END AS l
        FROM (SELECT ${stratumOf(file.layout)} AS stratum, ${keyColumns(file.layout)}
              FROM ${scanOf(file.path, file.layout)}))
      GROUP BY GROUPING SETS ((stratum), (f), (l))`;
    const rows = await readFile(engine, file, counting);
    if (!rows.ok) return rows;
    const own = new Map<string, number>();
    for (const [stratum, first, last, count] of rows.value) {
      if (stratum !== null) add(own, String(stratum), Number(count));
      if (first !== null) add(shares.first, String(first), Number(count));
      if (last !== null) add(shares.last, String(last), Number(count));
    }
    const found = [...own.values()].reduce((sum, count) => sum + count, 0);
    const refused = wrongCounts(file, { found, strata: own.size });
    if (refused !== null) return fail({ file: file.path, failure: refused });
    total += found;
    counts[at] = own;
  }
  for (const share of [shares.first, shares.last]) {
    for (const [value, count] of share) share.set(value, count / total);
  }
  return ok({ counts, shares, ...(await countVersions(engine, files)) });
}

function wrongCounts(
  { manifest }: RollFile,
  { found, strata }: { readonly found: number; readonly strata: number },
): FileRefusal['failure'] | null {
  if (found === 0) return { code: 'roll-empty' };
  if (found !== manifest.rowCount) {
    return { code: 'manifest-rows', stated: manifest.rowCount, found };
  }
  return strata > STRATA_MAX ? { code: 'roll-strata', found: strata } : null;
}

const add = (counts: Map<string, number>, key: string, count: number): void =>
  void counts.set(key, (counts.get(key) ?? 0) + count);

async function countVersions(
  engine: RollEngine,
  files: readonly RollFile[],
): Promise<Pick<RollReading, 'dimensions' | 'versionCounts'>> {
  const dimensions = new Map<string, StrataDimensions>();
  const versionCounts = new Map<string, ReadonlyMap<string, number>>();
  const jurisdictions = Map.groupBy(files, ({ manifest }) => manifest.jurisdiction);
  for (const [jurisdiction, own] of jurisdictions) {
    const shared = sharedDimensions(own.map(({ layout }) => sourceOf(layout)));
    const all = own
      .map(
        ({ layout, path }) => `SELECT ${stratumOf(layout, shared)} AS stratum,
          hash(${personOf(layout, jurisdiction)}, first, last, line, zip, city, email) AS h
          FROM (SELECT *, ${keyColumns(layout)} FROM ${scanOf(path, layout)})`,
      )
      .join(' UNION ALL ');
    const total = own.reduce((sum, { manifest }) => sum + manifest.rowCount, 0);
    const step = Math.max(1, Math.round(total / COUNTED_ROWS));
    const rows = await engine.rows(
      `SELECT stratum, count(DISTINCT h)::DOUBLE * ${step} FROM (${all}) WHERE h % ${step} = 0 GROUP BY stratum`,
    );
    dimensions.set(jurisdiction, shared);
    versionCounts.set(
      jurisdiction,
      new Map(rows.map(([stratum, count]) => [String(stratum), Number(count)])),
    );
  }
  return { dimensions, versionCounts };
}

const sourceOf = ({ layout, places }: RollFile['layout']) => ({
  layoutId: layout.id,
  party: places.has('Party'),
  email: places.has('ContactMethod.Email'),
  county: places.has('County'),
});

async function pickRows(
  engine: RollEngine,
  files: readonly RollFile[],
): Promise<Result<null, FileRefusal>> {
  const anyKey = KEYS.map((parts, at) => `${keyHash(parts)} IN (SELECT k FROM key${at})`);
  await engine.run(`CREATE OR REPLACE TEMP TABLE picked (release INTEGER, person VARCHAR, stratum VARCHAR,
    first VARCHAR, last VARCHAR, line VARCHAR, zip VARCHAR, city VARCHAR, email VARCHAR, unit VARCHAR, drawn BOOLEAN)`);
  for (const [at, file] of files.entries()) {
    const { layout, manifest } = file;
    const step = Math.max(1, Math.floor((manifest.rowCount * files.length) / SAMPLE_ROWS));
    const drawn = `hash(first, last, line, zip) % ${step} = 0`;
    const picking = `INSERT INTO picked SELECT ${at}, person, stratum, first, last, line, zip, city, email, unit, ${drawn}
      FROM (SELECT ${personOf(layout, manifest.jurisdiction)} AS person, ${stratumOf(layout)} AS stratum,
        ${columnOf(layout, 'ResidenceAddress.Unit')} AS unit, ${keyColumns(layout)}
        FROM ${scanOf(file.path, layout)})
      WHERE ${drawn} OR ${anyKey.join(' OR ')}`;
    const rows = await readFile(engine, file, picking);
    if (!rows.ok) return rows;
  }
  return ok(null);
}

async function readFile(
  engine: RollEngine,
  { path, layout }: RollFile,
  sql: string,
): Promise<Result<DuckDBValue[][], FileRefusal>> {
  try {
    return ok(await engine.rows(sql));
  } catch (cause) {
    const failure = csvFailure(cause, layout.layout.encoding);
    // The engine's message quotes rows: it goes nowhere, not even as a cause.
    if (failure === null)
      throw new Error('the roll engine failed on a query that is not about a row');
    return fail({ file: path, failure });
  }
}

const VERSION_TABLE = `CREATE OR REPLACE TEMP TABLE version AS
  WITH spelled AS (SELECT * EXCLUDE (unit), house_key(spaced(whole)) AS house,
      street_key(spaced(whole)) AS street, unit_key(spaced(whole)) AS unit
    FROM (SELECT *, line || ' ' || upper(trim(unit)) AS whole FROM picked)),
  held AS (SELECT person, first, last, house, street, unit, zip, city, email, release,
      any_value(line) AS line, any_value(stratum) AS stratum, bool_or(drawn) AS drawn
    FROM spelled GROUP BY ALL)
  SELECT row_number() OVER () - 1 AS v, * FROM (
    SELECT person, first, last, house, street, unit, zip, city, email, any_value(line) AS line,
      list(release ORDER BY release) AS releases, list(stratum ORDER BY release) AS strata,
      bool_or(drawn) AS drawn
    FROM held GROUP BY person, first, last, house, street, unit, zip, city, email)`;

const keysOf = (row: readonly DuckDBValue[], from: number): PersonKeys => {
  const text = (at: number): string => String(row[from + at] ?? '');
  return {
    first: text(0),
    last: text(1),
    house: text(2),
    street: text(3),
    city: text(4),
    zip: text(5),
    email: text(6),
  };
};

const itemsOf = (value: DuckDBValue | undefined): readonly DuckDBValue[] =>
  value instanceof DuckDBListValue ? value.items : [];

const KEY_COLUMNS = 'first, last, house, street, city, zip, email';

async function readPairs(
  engine: RollEngine,
): Promise<Pick<RollReading, 'reports' | 'versions' | 'pairs' | 'sample' | 'crowdedKeys'>> {
  await engine.run(VERSION_TABLE);
  const joins = KEYS.map(
    (parts, at) => `SELECT key${at}.id, ${at} AS key, v FROM key${at} JOIN
      (SELECT v, ${keyHash(parts)} AS k FROM version) AS side ON side.k = key${at}.k`,
  );
  await engine.run(`CREATE OR REPLACE TEMP TABLE pair AS SELECT id, key, v, count(*) OVER (PARTITION BY id, key) AS block
    FROM (${joins.join(' UNION ALL ')})`);
  const fitting = `block <= ${BLOCK_ROWS_MAX}`;
  const pairs = await engine.rows(
    `SELECT DISTINCT id, v::INTEGER FROM pair WHERE ${fitting} ORDER BY id, v`,
  );
  const crowded = await engine.rows(
    `SELECT count(DISTINCT (id, key))::INTEGER FROM pair WHERE NOT ${fitting}`,
  );
  // Only versions that stand in a pair come over, under the place that they get here.
  const places = new Map<number, number>();
  for (const [, v] of pairs) if (!places.has(Number(v))) places.set(Number(v), places.size);
  const rows = await engine.rows(
    `SELECT v::INTEGER, person, strata, releases, ${KEY_COLUMNS} FROM version WHERE v IN (SELECT v FROM pair WHERE ${fitting})`,
  );
  const versions: RecordVersion[] = [];
  for (const row of rows) {
    const [v, person, strata, releases] = row;
    versions[places.get(Number(v))!] = {
      person: String(person),
      releases: itemsOf(releases).map(Number),
      strata: itemsOf(strata).map(String),
      keys: keysOf(row, 4),
    };
  }
  const sample = await engine.rows(
    `SELECT ${KEY_COLUMNS} FROM version WHERE drawn ORDER BY hash(v) LIMIT ${SAMPLE_ROWS}`,
  );
  const shown = await engine.rows(`SELECT ${KEY_COLUMNS} FROM shown ORDER BY id`);
  return {
    reports: shown.map((row) => keysOf(row, 0)),
    versions,
    pairs: pairs.map(([id, v]) => [Number(id), places.get(Number(v))!] as const),
    sample: sample.map((row) => keysOf(row, 0)),
    crowdedKeys: Number(crowded[0]?.[0] ?? 0),
  };
}
