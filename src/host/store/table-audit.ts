import type {
  AuditedTables,
  AuditPage,
  CaseAudit,
  CheckpointPage,
  FactRow,
  LoggedRecord,
  StoredCheckpoint,
  UnreadablePart,
  UnreadableRows,
} from '../../app/ports/index.ts';
import type { Json } from '../../core/base/index.ts';
import { stretches } from './fact-reader.ts';
import { type GuardedRows, joined, readGuarded } from './guarded-read.ts';
import { inTransaction, type Row, type Session } from './session.ts';

export type TableAudit = Pick<CaseAudit, 'read'>;

/** Log places of one page, unless outputs of findings fill it earlier. */
const PAGE_PLACES = 1_000;

/** Checkpoints of one page: some 700 bytes each. */
const PAGE_CHECKPOINTS = 1_000;

/** `open` gives a session of the audit's own, which it closes. */
export function makeTableAudit(open: () => Promise<Session>): TableAudit {
  return {
    read: async (work) => {
      const session = await open();
      try {
        return await inTransaction(session, async () => {
          await session.query('set transaction isolation level repeatable read read only');
          // Only by index: a scan of the whole table would fail for one page that no row asked for.
          await session.query('set local enable_seqscan = off');
          return await work(tablesOf(session));
        });
      } finally {
        await session.close();
      }
    },
  };
}

const tablesOf = (session: Session): AuditedTables => ({
  checkpoints: () => readCheckpoints(session),
  pages: () => readPages(session),
  unreadableParts: () => readParts(session),
});

async function* readCheckpoints(session: Session): AsyncIterable<CheckpointPage> {
  const { rows: sizes, unreadable: lost } = await readGuarded(session, {
    table: 'checkpoint',
    text: 'select size from checkpoint where $1::bigint <= $2::bigint order by size',
    from: 0,
    to: 0,
  });
  if (lost.length > 0) yield { checkpoints: [], unreadable: lost };
  for (let at = 0; at < sizes.length; at += PAGE_CHECKPOINTS) {
    const page = sizes.slice(at, at + PAGE_CHECKPOINTS);
    const { rows, unreadable } = await readGuarded(session, {
      table: 'checkpoint',
      text: `select size, root, peaks, note, at from checkpoint
        where size between $1 and $2 order by size`,
      from: Number(page[0]?.['size']),
      to: Number(page.at(-1)?.['size']),
    });
    yield { checkpoints: rows.map(checkpointOf), unreadable };
  }
}

const checkpointOf = (row: Row): StoredCheckpoint => ({
  size: Number(row['size']),
  root: row['root'] as Uint8Array,
  peaks: row['peaks'] as Uint8Array,
  note: String(row['note']),
  at: String(row['at']),
});

/** Columns of each index that the pages do not go by, in the index's order. */
const INDEXES = `select index.relname as name, owner.relname as table,
    string_agg(quote_ident(attname), ', ' order by place) as columns
  from pg_index
    join pg_class index on index.oid = indexrelid
    join pg_class owner on owner.oid = indrelid
    cross join unnest(indkey) with ordinality as key (number, place)
    join pg_attribute on attrelid = indrelid and attnum = number
  where owner.relnamespace = current_schema()::regnamespace and (not indisprimary
    or owner.relname = 'migration')
  group by 1, 2 order by 1`;

/**
 * A damaged index is no damaged fact, but nobody could say where the store's complaint comes from.
 */
async function readParts(session: Session): Promise<readonly UnreadablePart[]> {
  const parts = [{ name: 'migration', text: 'select ctid, name from migration' }];
  for (const { name, table, columns } of await session.query(INDEXES)) {
    const ordered = `select ${columns} from ${table} order by ${columns}`;
    parts.push({ name: String(name), text: `select count(*) from (${ordered}) as ordered` });
  }
  // Rows in the order of an index come by the index; what it says of the table is told elsewhere.
  await session.query('set local enable_sort = off');
  const unreadable: UnreadablePart[] = [];
  for (const { name, text } of parts) {
    const guarded = { table: name, text: `${text} where $1::bigint <= $2::bigint`, from: 0, to: 0 };
    const read = await readGuarded(session, guarded);
    const own = read.unreadable.filter(({ text: said }) => said.split(' ').includes(name));
    unreadable.push(...own.map(({ text: said }) => ({ name, text: said })));
  }
  return unreadable;
}

interface TableReading {
  readonly table: string;
  readonly text: string;
}

const LEAVES: TableReading = {
  table: 'log_leaf',
  text: 'select index, kind, body, leaf_hash from log_leaf where index between $1 and $2 order by index',
};

const OUTPUT_SIZES: TableReading = {
  table: 'finding',
  text: `select index, octet_length(output) as bytes from finding
    where index between $1 and $2 order by index`,
};

/** Each gives `index`, and the row as JSON under the names of the record in the leaf. */
const FACTS: readonly (TableReading & { readonly table: FactRow['table'] })[] = [
  {
    table: 'exhibit',
    text: `select first_index as index, digest, bytes, kind from exhibit
      where first_index between $1 and $2 order by first_index`,
  },
  {
    table: 'custody',
    text: `select index, exhibit, given_by as "givenBy", received_at as "receivedAt",
      received_how as "receivedHow", name from custody where index between $1 and $2 order by index`,
  },
  {
    table: 'finding',
    text: `select index, key, stage, method_version as "methodVersion", inputs as "inputs:json",
      parameters as "parameters:json", output_digest as "outputDigest", output as "output:text"
      from finding where index between $1 and $2 order by index`,
  },
  {
    table: 'act',
    text: `select index, kind, by_whom as by, at, reason, body as "body:json" from act
      where index between $1 and $2 order by index`,
  },
];

async function* readPages(session: Session): AsyncIterable<AuditPage> {
  const { last, unreadable: lost } = await lastPlace(session);
  const told = new Set<string>();
  for (let from = 0; from <= last; ) {
    const page = await readPage(session, from, Math.min(from + PAGE_PLACES - 1, last));
    for (const rows of page.unreadable) told.add(`${rows.table} ${rows.text}`);
    yield page;
    from = page.to + 1;
  }
  const untold = lost.filter(({ table, text }) => !told.has(`${table} ${text}`));
  const beyond = untold.map((rows) => ({ ...rows, from: last + 1, to: last + 1 }));
  if (beyond.length > 0) {
    yield { from: last + 1, to: last, leaves: [], rows: [], unreadable: beyond };
  }
}

/** The last place that any table names. */
async function lastPlace(
  session: Session,
): Promise<{ readonly last: number; readonly unreadable: readonly UnreadableRows[] }> {
  let last = -1;
  const unreadable: UnreadableRows[] = [];
  for (const [table, column] of PLACES) {
    const text = `select max(${column}) as last from ${table} where $1::bigint <= $2::bigint`;
    const read = await readGuarded(session, { table, text, from: 0, to: 0 });
    unreadable.push(...read.unreadable);
    last = Math.max(last, Number(read.rows[0]?.['last'] ?? -1));
  }
  return { last, unreadable };
}

const PLACES: readonly (readonly [string, string])[] = [
  ['log_leaf', 'index'],
  ['exhibit', 'first_index'],
  ['custody', 'index'],
  ['finding', 'index'],
  ['act', 'index'],
  ['checkpoint', 'size - 1'],
];

async function readPage(session: Session, from: number, limit: number): Promise<AuditPage> {
  const to = await pageEnd(session, from, limit);
  const leaves = await readGuarded(session, { ...LEAVES, from, to });
  const unreadable = [...leaves.unreadable];
  const rows: FactRow[] = [];
  for (const reading of FACTS) {
    const read = await readGuarded(session, { ...reading, from, to });
    const parsed = factRows(reading.table, read);
    rows.push(...parsed.rows);
    unreadable.push(...parsed.unreadable);
  }
  return { from, to, leaves: leaves.rows.map(leafOf), rows, unreadable };
}

/** Where the outputs of the findings fill a page; the place before the first that goes beyond. */
async function pageEnd(session: Session, from: number, limit: number): Promise<number> {
  const sizes = await readGuarded(session, { ...OUTPUT_SIZES, from, to: limit });
  const [, beyond] = [...stretches(sizes.rows)];
  return beyond === undefined ? limit : beyond.first - 1;
}

const leafOf = (row: Row): LoggedRecord => ({
  index: Number(row['index']),
  kind: String(row['kind']),
  body: String(row['body']),
  leafHash: row['leaf_hash'] as Uint8Array,
});

function factRows(
  table: FactRow['table'],
  read: GuardedRows,
): { readonly rows: readonly FactRow[]; readonly unreadable: readonly UnreadableRows[] } {
  const rows: FactRow[] = [];
  const unreadable = [...read.unreadable];
  for (const row of read.rows) {
    const index = Number(row['index']);
    const fields = fieldsOf(row);
    if (fields === null) {
      unreadable.push({ table, from: index, to: index, text: 'a column is not JSON' });
      continue;
    }
    const output = row['output:text'];
    rows.push({ table, index, fields, output: typeof output === 'string' ? output : null });
  }
  return { rows, unreadable: joined(unreadable) };
}

/** `name:json` is a column of JSON text, `name:text` is left out. */
function fieldsOf(row: Row): { readonly [name: string]: Json } | null {
  const fields: { [name: string]: Json } = {};
  for (const [column, value] of Object.entries(row)) {
    const [name, form] = column.split(':');
    if (name === undefined || name === 'index' || form === 'text') continue;
    const parsed = form === 'json' ? parseJson(String(value)) : (value as Json);
    if (parsed === undefined) return null;
    fields[name] = parsed;
  }
  return fields;
}

function parseJson(text: string): Json | undefined {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
