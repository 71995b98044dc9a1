import type { DuckDBValue } from '@duckdb/node-api';
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
import { columnOf, personOf, plainColumns, scanOf, stratumColumns, stratumOf } from './scan.ts';

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
/** Rows that names and record versions are counted in; DuckDB's own estimates are a tenth off. */
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

/** What every key implies, in fewer tests: rows that pass none of these pass no key. */
const NEAR: readonly (readonly string[])[] = [
  ['email'],
  ['first', 'last', 'zip'],
  ['first', 'last', 'city', 'left(street_word(line), 3)'],
  ['last', 'house_word(line)'],
  ['house_word(line)', 'street_word(line)'],
];

/** Pairs of parts: they reach reports with errors in several parts, where the rolls are small. */
const LOOSE_KEYS: readonly (readonly string[])[] = [
  ['email'],
  ['first', 'last'],
  ['first', 'zip'],
  ['last', 'zip'],
  ['house_word(line)', 'zip'],
  ['street_word(line)', 'zip'],
  ['first', 'city'],
  ['last', 'city'],
  ['house_word(line)', 'city'],
  ['street_word(line)', 'city'],
  ['last', 'street_word(line)'],
  ['first', 'street_word(line)'],
  ['last', 'house_word(line)'],
  ['first', 'house_word(line)'],
  ['house_word(line)', 'street_word(line)'],
];

/** Reports times rows up to which the loose keys are used: they give about one pair in 250 of these. */
const LOOSE_PRODUCT_MAX = 30_000_000;

interface Blocking {
  readonly keys: readonly (readonly string[])[];
  readonly near: readonly (readonly string[])[];
}

function blockingFor(files: readonly RollFile[], reports: number): Blocking {
  const rows = files.reduce((sum, { manifest }) => sum + manifest.rowCount, 0);
  return rows * reports <= LOOSE_PRODUCT_MAX
    ? { keys: LOOSE_KEYS, near: LOOSE_KEYS }
    : { keys: KEYS, near: NEAR };
}

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
  const blocking = blockingFor(files, reports.length);
  await fillReports(engine, reports, blocking);
  const counted = await countRows(engine, files);
  if (!counted.ok) return counted;
  const picked = await pickRows(engine, files, blocking);
  if (!picked.ok) return picked;
  for (const { path, stamp } of files) {
    if (!sameStamp(stamp, stampOf(path))) {
      return fail({ file: path, failure: { code: 'roll-changed' } });
    }
  }
  return ok({ ...counted.value, ...(await readPairs(engine, blocking)) });
}

const SHOWN_TABLE = `CREATE OR REPLACE TEMP TABLE shown AS SELECT id, plain_name(first) AS first,
  plain_name(last) AS last, line_text(line) AS line, plain_name(city) AS city,
  plain_zip(zip) AS zip, lower(email) AS email FROM reports`;

async function fillReports(
  engine: RollEngine,
  reports: readonly ExposureReport[],
  { keys, near }: Blocking,
): Promise<void> {
  await engine.run(
    'CREATE OR REPLACE TABLE reports (id INTEGER, first VARCHAR, last VARCHAR, line VARCHAR, city VARCHAR, zip VARCHAR, email VARCHAR)',
  );
  await engine.fill(
    'reports',
    reports.map(({ recipient: r }, at) => [at, r.first, r.last, r.street, r.city, r.zip, r.email]),
  );
  await engine.run(SHOWN_TABLE);
  for (const [at, parts] of keys.entries()) {
    const present = parts.map((part) => `${part} <> ''`).join(' AND ');
    await engine.run(
      `CREATE OR REPLACE TEMP TABLE key${at} AS SELECT id, ${keyHash(parts)} AS k FROM shown WHERE ${present}`,
    );
  }
  for (const [at, parts] of near.entries()) {
    const present = parts.map((part) => `${part} <> ''`).join(' AND ');
    await engine.run(
      `CREATE OR REPLACE TEMP TABLE near${at} AS SELECT DISTINCT ${keyHash(parts)} AS k FROM shown WHERE ${present}`,
    );
  }
}

type Counted = Pick<RollReading, 'counts' | 'dimensions' | 'versionCounts' | 'shares'>;

async function countRows(
  engine: RollEngine,
  files: readonly RollFile[],
): Promise<Result<Counted, FileRefusal>> {
  const counts: Map<string, number>[] = [];
  for (const file of files) {
    const { path, layout } = file;
    const counting = `SELECT ${stratumOf()} AS stratum, sum(rows)::DOUBLE FROM
      (SELECT party, reached, county, count(*) AS rows
       FROM (SELECT ${stratumColumns(layout)} FROM ${scanOf(path, layout)}) GROUP BY ALL)
      GROUP BY stratum`;
    const rows = await readFile(engine, file, counting);
    if (!rows.ok) return rows;
    const own = new Map(rows.value.map(([stratum, count]) => [String(stratum), Number(count)]));
    const found = [...own.values()].reduce((sum, count) => sum + count, 0);
    const refused = wrongCounts(file, { found, strata: own.size });
    if (refused !== null) return fail({ file: path, failure: refused });
    counts.push(own);
  }
  return reading(files, async () => ({
    counts,
    shares: await nameShares(engine, files),
    ...(await countVersions(engine, files, counts)),
  }));
}

/** How common the reports' names are, by a share of the rows; a name not met counts as one row. */
async function nameShares(
  engine: RollEngine,
  files: readonly RollFile[],
): Promise<RollReading['shares']> {
  const total = files.reduce((sum, { manifest }) => sum + manifest.rowCount, 0);
  const step = Math.max(1, Math.round(total / COUNTED_ROWS));
  const rows = files
    .map(
      ({ path, layout }) =>
        `SELECT ${plainColumns(layout)} FROM ${scanOf(path, layout)} WHERE hash(${columnOf(layout, 'LastName')}, ${columnOf(layout, 'FirstName')}, ${columnOf(layout, 'ResidenceAddress.Line')}) % ${step} = 0`,
    )
    .join(' UNION ALL ');
  const shares = { first: new Map<string, number>(), last: new Map<string, number>() };
  let counted = 0;
  const named = `SELECT name_key(f), name_key(l), count(*)::DOUBLE, grouping(f, l)::INTEGER FROM (
      SELECT CASE WHEN first IN (SELECT first FROM shown) THEN first ELSE '' END AS f,
        CASE WHEN last IN (SELECT last FROM shown) THEN last ELSE '' END AS l FROM (${rows}))
    GROUP BY GROUPING SETS ((f), (l))`;
  await engine.each(named, ([first, last, count, grouping]) => {
    if (Number(grouping) === 1) {
      counted += Number(count);
      add(shares.first, String(first), Number(count));
    } else add(shares.last, String(last), Number(count));
  });
  const floor = 1 / Math.max(1, counted);
  const shown = await engine.rows('SELECT name_key(first), name_key(last) FROM shown');
  for (const [first, last] of shown) {
    if (!shares.first.has(String(first))) shares.first.set(String(first), 1);
    if (!shares.last.has(String(last))) shares.last.set(String(last), 1);
  }
  for (const share of [shares.first, shares.last]) {
    for (const [value, count] of share) share.set(value, count * floor);
  }
  return shares;
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
  counts: readonly ReadonlyMap<string, number>[],
): Promise<Pick<RollReading, 'dimensions' | 'versionCounts'>> {
  const dimensions = new Map<string, StrataDimensions>();
  const versionCounts = new Map<string, ReadonlyMap<string, number>>();
  const jurisdictions = Map.groupBy(files, ({ manifest }) => manifest.jurisdiction);
  for (const [jurisdiction, own] of jurisdictions) {
    const shared = sharedDimensions(own.map(({ layout }) => sourceOf(layout)));
    dimensions.set(jurisdiction, shared);
    const [only] = own;
    const alone = own.length === 1 && only !== undefined;
    versionCounts.set(
      jurisdiction,
      alone ? counts[files.indexOf(only)]! : await distinctVersions(engine, own, shared),
    );
  }
  return { dimensions, versionCounts };
}

/** Different tuples of a person's shown fields, in spellings that marks do not touch. */
async function distinctVersions(
  engine: RollEngine,
  files: readonly RollFile[],
  shared: StrataDimensions,
): Promise<ReadonlyMap<string, number>> {
  const total = files.reduce((sum, { manifest }) => sum + manifest.rowCount, 0);
  const step = Math.max(1, Math.round(total / COUNTED_ROWS));
  const all = files
    .map(
      ({ layout, path, manifest }) =>
        `SELECT ${stratumColumns(layout)}, hash(${personOf(layout, manifest.jurisdiction)}, first, last,
          house_word(line), street_word(line), zip, email) AS h
        FROM (SELECT *, ${plainColumns(layout)} FROM ${scanOf(path, layout)})`,
    )
    .join(' UNION ALL ');
  const rows = await engine.rows(
    `SELECT ${stratumOf(shared)} AS stratum, count(DISTINCT h)::DOUBLE * ${step} FROM (${all}) WHERE h % ${step} = 0 GROUP BY stratum`,
  );
  return new Map(rows.map(([stratum, count]) => [String(stratum), Number(count)]));
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
  { keys, near }: Blocking,
): Promise<Result<null, FileRefusal>> {
  const anyOf = (sets: Blocking['keys'], table: string): string =>
    sets.map((parts, at) => `${keyHash(parts)} IN (SELECT k FROM ${table}${at})`).join(' OR ');
  const columns = `(release INTEGER, person VARCHAR, stratum VARCHAR, first VARCHAR, last VARCHAR,
    line VARCHAR, zip VARCHAR, city VARCHAR, email VARCHAR, unit VARCHAR, drawn BOOLEAN)`;
  for (const table of ['picked', 'near']) {
    await engine.run(`CREATE OR REPLACE TEMP TABLE ${table} ${columns}`);
  }
  for (const [at, file] of files.entries()) {
    const { layout, manifest } = file;
    const step = Math.max(1, Math.floor((manifest.rowCount * files.length) / SAMPLE_ROWS));
    const drawn = `hash(first, last, line, zip) % ${step} = 0`;
    const picking = `INSERT INTO near SELECT ${at}, person, ${stratumOf()}, first, last, line, zip, city, email, unit, ${drawn}
      FROM (SELECT ${personOf(layout, manifest.jurisdiction)} AS person, ${stratumColumns(layout)},
        ${columnOf(layout, 'ResidenceAddress.Unit')} AS unit, ${plainColumns(layout)}
        FROM ${scanOf(file.path, layout)})
      WHERE ${drawn} OR ${anyOf(near, 'near')}`;
    const rows = await readFile(engine, file, picking);
    if (!rows.ok) return rows;
    await engine.run(
      `INSERT INTO picked SELECT * FROM near WHERE drawn OR ${anyOf(keys, 'key')}; TRUNCATE near`,
    );
  }
  return ok(null);
}

const readFile = (
  engine: RollEngine,
  file: RollFile,
  sql: string,
): Promise<Result<DuckDBValue[][], FileRefusal>> => reading([file], () => engine.rows(sql));

/** What a query over files gives, or which file it failed on, and where in it. */
async function reading<Value>(
  files: readonly RollFile[],
  work: () => Promise<Value>,
): Promise<Result<Value, FileRefusal>> {
  try {
    return ok(await work());
  } catch (cause) {
    const message = cause instanceof Error ? cause.message : '';
    const file = files.find(({ path }) => message.includes(path)) ?? files[0]!;
    const failure = csvFailure(cause, file.layout.layout.encoding);
    // The engine's message quotes rows: it goes nowhere, not even as a cause.
    if (failure === null) {
      throw new Error('the roll engine failed on a query that is not about a row');
    }
    return fail({ file: file.path, failure });
  }
}

/** Normal spellings of a table with plain columns and `whole`, the address with its unit. */
const SPELLED = `name_key(first) AS first, name_key(last) AS last, house_key(spaced(whole)) AS house,
  street_key(spaced(whole)) AS street, unit_key(spaced(whole)) AS unit, name_key(city) AS city,
  zip_key(zip) AS zip, email_key(email) AS email`;

const SEPARATOR = 'chr(31)';

/** Rows become versions; every version keeps the numbers of its picked rows' blocking keys. */
const versionTables = ({ keys }: Blocking): readonly string[] => [
  `CREATE OR REPLACE TEMP TABLE spelled AS SELECT release, person, stratum, drawn, ${SPELLED},
    ${keys.map((parts, at) => `${keyHash(parts)} AS k${at}`).join(', ')}
    FROM (SELECT *, trim(line) || ' ' || upper(trim(unit)) AS whole FROM picked)`,
  `CREATE OR REPLACE TEMP TABLE version AS SELECT row_number() OVER () - 1 AS v, * FROM (
    SELECT person, first, last, house, street, unit, zip, city, email,
      string_agg(release || ':' || stratum, ${SEPARATOR}) AS held, bool_or(drawn) AS drawn
    FROM (SELECT person, first, last, house, street, unit, zip, city, email, release,
        any_value(stratum) AS stratum, bool_or(drawn) AS drawn FROM spelled GROUP BY ALL)
    GROUP BY person, first, last, house, street, unit, zip, city, email)`,
  `CREATE OR REPLACE TEMP TABLE keyed AS SELECT DISTINCT v, ${keys.map((_, at) => `k${at}`).join(', ')}
    FROM spelled JOIN version USING (person, first, last, house, street, unit, zip, city, email)`,
  `CREATE OR REPLACE TEMP TABLE pair AS SELECT id, key, v, count(*) OVER (PARTITION BY id, key) AS block
    FROM (${keys.map((_, at) => `SELECT DISTINCT key${at}.id, ${at} AS key, v FROM key${at} JOIN keyed ON k${at} = key${at}.k`).join(' UNION ALL ')})`,
];

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

/** `release:stratum` pairs, in the order of the releases. */
const heldBy = (joined: DuckDBValue | undefined): Pick<RecordVersion, 'releases' | 'strata'> => {
  const pairs = String(joined ?? '')
    .split('\u001f')
    .map((pair) => ({
      release: Number.parseInt(pair, 10),
      stratum: pair.slice(pair.indexOf(':') + 1),
    }))
    .sort((a, b) => a.release - b.release);
  return {
    releases: pairs.map(({ release }) => release),
    strata: pairs.map(({ stratum }) => stratum),
  };
};

const KEY_COLUMNS = 'first, last, house, street, city, zip, email';

async function readPairs(
  engine: RollEngine,
  blocking: Blocking,
): Promise<Pick<RollReading, 'reports' | 'versions' | 'pairs' | 'sample' | 'crowdedKeys'>> {
  for (const table of versionTables(blocking)) await engine.run(table);
  const fitting = `block <= ${BLOCK_ROWS_MAX}`;
  // Only versions that stand in a pair come over, under the place that they get here.
  const places = new Map<number, number>();
  const pairs: (readonly [number, number])[] = [];
  const paired = `SELECT DISTINCT id, v::INTEGER FROM pair WHERE ${fitting} ORDER BY id, v`;
  await engine.each(paired, ([id, v]) => {
    const place = places.get(Number(v)) ?? places.size;
    places.set(Number(v), place);
    pairs.push([Number(id), place]);
  });
  const versions: RecordVersion[] = new Array(places.size);
  const wanted = `SELECT v::INTEGER, person, held, ${KEY_COLUMNS} FROM version WHERE v IN (SELECT v FROM pair WHERE ${fitting})`;
  await engine.each(wanted, (row) => {
    const [v, person, held] = row;
    versions[places.get(Number(v))!] = {
      person: String(person),
      ...heldBy(held),
      keys: keysOf(row, 3),
    };
  });
  const crowded = await engine.rows(
    `SELECT count(DISTINCT (id, key))::INTEGER FROM pair WHERE NOT ${fitting}`,
  );
  const sample = await engine.rows(
    `SELECT ${KEY_COLUMNS} FROM version WHERE drawn ORDER BY hash(v) LIMIT ${SAMPLE_ROWS}`,
  );
  const reports: PersonKeys[] = [];
  await engine.each(
    `SELECT ${KEY_COLUMNS} FROM (SELECT id, ${SPELLED} FROM (SELECT *, line AS whole FROM shown)) ORDER BY id`,
    (row) => reports.push(keysOf(row, 0)),
  );
  return {
    reports,
    versions,
    pairs,
    sample: sample.map((row) => keysOf(row, 0)),
    crowdedKeys: Number(crowded[0]?.[0] ?? 0),
  };
}
