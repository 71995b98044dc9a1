import { StoreFault, type UnreadableRows } from '../../app/ports/index.ts';
import type { Row, Session } from './session.ts';

export interface GuardedRows {
  readonly rows: readonly Row[];
  readonly unreadable: readonly UnreadableRows[];
}

export interface Stretch {
  readonly table: string;
  /** A statement over the places `$1` to `$2`, both included. */
  readonly text: string;
  readonly from: number;
  readonly to: number;
}

/**
 * Reads what can be read. Where PostgreSQL finds a damaged page it refuses the whole statement, so
 * the stretch is halved until the places that cannot be read stand alone.
 *
 * Runs inside of a transaction, which a savepoint saves from the refusal.
 */
export async function readGuarded(session: Session, stretch: Stretch): Promise<GuardedRows> {
  const { table, text, from, to } = stretch;
  if (from > to) return { rows: [], unreadable: [] };
  await session.query('savepoint guarded');
  try {
    const rows = await session.query(text, [from, to]);
    await session.query('release savepoint guarded');
    return { rows, unreadable: [] };
  } catch (error) {
    if (!(error instanceof StoreFault) || error.code !== 'store-damaged') throw error;
    await session.query('rollback to savepoint guarded');
    if (from === to)
      return { rows: [], unreadable: [{ table, from, to, text: await told(session, error) }] };
  }
  const middle = Math.floor((from + to) / 2);
  const lower = await readGuarded(session, { ...stretch, to: middle });
  const upper = await readGuarded(session, { ...stretch, from: middle + 1 });
  return {
    rows: [...lower.rows, ...upper.rows],
    unreadable: joined([...lower.unreadable, ...upper.unreadable]),
  };
}

/** Neighbours with one cause are one stretch. */
export function joined(parts: readonly UnreadableRows[]): readonly UnreadableRows[] {
  const whole: UnreadableRows[] = [];
  for (const part of parts) {
    const last = whole.at(-1);
    const continues =
      last?.table === part.table && last.text === part.text && last.to + 1 === part.from;
    if (last !== undefined && continues) whole[whole.length - 1] = { ...last, to: part.to };
    else whole.push(part);
  }
  return whole;
}

const MESSAGE_CHARS_MAX = 200;

/** The server's sentence, with the table's name in place of its file's. */
async function told(session: Session, fault: StoreFault): Promise<string> {
  const message = fault.cause instanceof Error ? fault.cause.message : 'damaged';
  const [path, node] = /base\/\d+\/(\d+)/.exec(message) ?? [];
  if (path === undefined) return message.slice(0, MESSAGE_CHARS_MAX);
  const name = await relationName(session, Number(node));
  return message
    .replaceAll('"', '')
    .replace(path, name ?? path)
    .slice(0, MESSAGE_CHARS_MAX);
}

/** An overflow table goes by its owner's name. */
async function relationName(session: Session, node: number): Promise<string | null> {
  await session.query('savepoint naming');
  try {
    const [row] = await session.query(
      `select coalesce(owner.relname || ' (long values)', relation.relname) as name
       from pg_class relation left join pg_class owner on owner.reltoastrelid = relation.oid
       where relation.relfilenode = $1`,
      [node],
    );
    await session.query('release savepoint naming');
    return row === undefined ? null : String(row['name']);
  } catch {
    await session.query('rollback to savepoint naming');
    return null;
  }
}
