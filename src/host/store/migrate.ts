import { readFileSync } from 'node:fs';
import { StoreFault } from '../../app/ports/index.ts';
import { fail, ok, type Result } from '../../core/base/index.ts';
import { inTransaction, type Session } from './session.ts';

/** In order; a file that was released is never edited. */
const MIGRATIONS = ['0001-evidence.sql'];

export type SchemaFailure =
  /** No case of this name was ever written here. */
  | { readonly code: 'case-unknown' }
  /** Written by another version of Tocsin; `found` and `wanted` count migrations. */
  | { readonly code: 'store-version'; readonly found: number; readonly wanted: number };

/**
 * Points the session at the case's schema; with `write` makes it and brings it up to date.
 *
 * `schema` is a plain identifier that we made.
 */
export async function useSchema(
  session: Session,
  { schema, write }: { readonly schema: string; readonly write: boolean },
): Promise<Result<void, SchemaFailure>> {
  await session.query(`set search_path to ${schema}`);
  const [row] = await session.query('select to_regclass($1)::text as stands', [
    `${schema}.migration`,
  ]);
  const stands = row?.['stands'] !== null;
  if (!stands && !write) return fail({ code: 'case-unknown' });
  const wanted = MIGRATIONS.length;
  const found = stands ? await countMigrations(session, write ? null : wanted) : 0;
  if (found > wanted || (found < wanted && !write)) {
    return fail({ code: 'store-version', found, wanted });
  }
  if (found < wanted) await migrate(session, schema, found);
  return ok(undefined);
}

/**
 * Where the list is damaged, `assumed` stands for it: a reader still finds what else is damaged.
 */
async function countMigrations(session: Session, assumed: number | null): Promise<number> {
  try {
    const [row] = await session.query('select count(*) as found from migration');
    return Number(row?.['found']);
  } catch (fault) {
    const isDamaged = fault instanceof StoreFault && fault.code === 'store-damaged';
    if (!isDamaged || assumed === null) throw fault;
    return assumed;
  }
}

async function migrate(session: Session, schema: string, from: number): Promise<void> {
  await inTransaction(session, async () => {
    await session.query(`create schema if not exists ${schema}`);
    await session.query('create table if not exists migration (name text primary key)');
    for (const name of MIGRATIONS.slice(from)) {
      const text = readFileSync(new URL(`./migrations/${name}`, import.meta.url), 'utf8');
      await session.script(text);
      await session.query('insert into migration values ($1)', [name]);
    }
  });
}
