import type { EvidenceStore } from '../../app/ports/index.ts';
import type { Instant } from '../../core/base/index.ts';
import type { CustodyEntry, Exhibit, Finding, FindingKey } from '../../core/evidence/index.ts';
import { textArray } from './binary-array.ts';
import { actOf, custodyOf, exhibitOf, findingOf, indexOf } from './rows.ts';
import type { Row, Session } from './session.ts';

type Reading = Pick<EvidenceStore, 'exhibits' | 'known' | 'findings' | 'acts' | 'checkpoint'>;

const PAGE_ROWS = 1_000;

/**
 * Outputs read in one go; one that is larger comes alone. The driver keeps buffers of twice the
 * largest answer for as long as the session lives.
 */
const PAGE_BYTES = 2 << 20;

/**
 * Reads facts in pages. Rows are only ever added, each behind the last: a page needs no open
 * cursor, and a long reading holds nothing that a writer waits for.
 */
export function makeFactReader(session: Session): Reading {
  return {
    exhibits: () => readExhibits(session),
    known: (keys) => readKnown(session, keys),
    findings: (stage, methodVersion) => readFindings(session, stage, methodVersion),
    acts: () => readActs(session),
    checkpoint: () => readCheckpoint(session),
  };
}

async function* readExhibits(
  session: Session,
): AsyncIterable<Exhibit & { readonly custody: readonly CustodyEntry[] }> {
  for await (const rows of pages(session, {
    text: `select first_index as index, digest, bytes, kind from exhibit
      where first_index > $1 order by first_index limit ${PAGE_ROWS}`,
    values: [],
  })) {
    const exhibits = rows.map(exhibitOf);
    const entries = await session.query(
      `select index, exhibit, given_by, received_at, received_how, name from custody
       where exhibit = any($1::text[]) order by index`,
      [textArray(exhibits.map(({ digest }) => digest))],
    );
    const custody = Map.groupBy(entries.map(custodyOf), ({ exhibit }) => exhibit);
    for (const exhibit of exhibits) {
      yield { ...exhibit, custody: custody.get(exhibit.digest) ?? [] };
    }
  }
}

async function readKnown(
  session: Session,
  keys: readonly FindingKey[],
): Promise<ReadonlySet<FindingKey>> {
  if (keys.length === 0) return new Set();
  const rows = await session.query('select key from finding where key = any($1::text[])', [
    textArray(keys),
  ]);
  return new Set(rows.map((row) => row['key'] as FindingKey));
}

/** Sizes first, then as many outputs at once as fit into a page. */
async function* readFindings(
  session: Session,
  stage: string,
  methodVersion: number,
): AsyncIterable<Finding> {
  const [last] = await session.query('select max(size) as size from checkpoint');
  const end = Number(last?.['size'] ?? 0);
  for await (const sizes of pages(session, {
    text: `select index, octet_length(output) as bytes from finding
      where index > $1 and stage = $2 and method_version = $3 and index < $4
      order by index limit ${PAGE_ROWS}`,
    values: [stage, methodVersion, end],
  })) {
    for (const { first, last: to } of stretches(sizes)) {
      const rows = await session.query(
        `select key, stage, method_version, inputs, parameters, output_digest, output from finding
         where stage = $1 and method_version = $2 and index between $3 and $4 order by index`,
        [stage, methodVersion, first, to],
      );
      for (const row of rows) yield findingOf(row);
    }
  }
}

/** Consecutive rows of `{index, bytes}` in stretches of at most `PAGE_BYTES`, or of one row. */
export function* stretches(
  sizes: readonly Row[],
): Iterable<{ readonly first: number; readonly last: number }> {
  let first: number | null = null;
  let last = 0;
  let bytes = 0;
  for (const row of sizes) {
    const index = indexOf(row);
    bytes += Number(row['bytes']);
    if (first !== null && bytes > PAGE_BYTES) {
      yield { first, last };
      [first, bytes] = [null, Number(row['bytes'])];
    }
    first ??= index;
    last = index;
  }
  if (first !== null) yield { first, last };
}

async function* readActs(session: Session): ReturnType<EvidenceStore['acts']> {
  for await (const rows of pages(session, {
    text: `select index, kind, by_whom, at, reason, body from act
      where index > $1 order by index limit ${PAGE_ROWS}`,
    values: [],
  })) {
    for (const row of rows) yield actOf(row);
  }
}

async function readCheckpoint(session: Session): ReturnType<EvidenceStore['checkpoint']> {
  const [row] = await session.query(
    'select size, note, at from checkpoint order by size desc limit 1',
  );
  if (row === undefined) return null;
  return { size: Number(row['size']), note: String(row['note']), at: row['at'] as Instant };
}

/** Asks again behind the last `index` until nothing comes; `$1` is that index. */
async function* pages(
  session: Session,
  { text, values }: { readonly text: string; readonly values: readonly unknown[] },
): AsyncIterable<readonly Row[]> {
  let after = -1;
  while (true) {
    const rows = await session.query(text, [after, ...values]);
    const last = rows.at(-1);
    if (last === undefined) return;
    after = indexOf(last);
    yield rows;
  }
}
