import pg from 'pg';
import { StoreFault } from '../../app/ports/index.ts';
import { assert } from '../../core/base/index.ts';

/** Where a PostgreSQL is reached: a URL, or the socket folder of an embedded one. */
export type Address = { readonly url: string } | { readonly socketFolder: string };

export type Row = Readonly<Record<string, unknown>>;

/**
 * One connection. Statements run in the order they were asked for.
 *
 * A closed connection is never replaced: the locks that it held are gone with it.
 */
export interface Session {
  /** Rejects with `StoreFault` where the store is at fault. */
  query(text: string, values?: readonly unknown[]): Promise<readonly Row[]>;
  /** Several statements in one text, without values. */
  script(text: string): Promise<void>;
  /** Resolves when the connection is gone. */
  close(): Promise<void>;
}

const CONNECT_TIMEOUT_MS = 20_000;
const INT8_OID = 20;
const SOCKET_PORT = 5432;

/** Rejects with the driver's own error: who opens decides whether to try again. */
export async function openSession(address: Address): Promise<Session> {
  const client = new pg.Client({
    ...connectionOf(address),
    application_name: 'tocsin',
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    types: { getTypeParser: typeParser as typeof pg.types.getTypeParser },
  });
  // Without a listener a broken connection would end the process; the next query tells it instead.
  client.on('error', () => undefined);
  await client.connect();
  const guarded = <Value>(answer: Promise<Value>): Promise<Value> =>
    answer.catch((error) => {
      throw storeFault(error);
    });
  return {
    query: async (text, values = []) => (await guarded(client.query<Row>(text, [...values]))).rows,
    script: async (text) => {
      await guarded(client.query(text));
    },
    close: () => client.end().catch(() => undefined),
  };
}

/** Runs `work` between begin and commit. When it rejects, nothing of it stands. */
export async function inTransaction<Value>(
  session: Session,
  work: () => Promise<Value>,
): Promise<Value> {
  await session.query('begin');
  try {
    const value = await work();
    await session.query('commit');
    return value;
  } catch (error) {
    await session.query('rollback').catch(() => undefined);
    throw error;
  }
}

function connectionOf(address: Address): pg.ClientConfig {
  if ('url' in address) return { connectionString: address.url };
  const { socketFolder } = address;
  return { host: socketFolder, port: SOCKET_PORT, user: 'tocsin', database: 'postgres' };
}

/** PostgreSQL sends int8 as text, because it can exceed a double; ours never do. */
function typeParser(oid: number, format?: 'text' | 'binary'): (text: string) => unknown {
  return oid === INT8_OID && format !== 'binary' ? parseInt8 : pg.types.getTypeParser(oid, format);
}

function parseInt8(text: string): number {
  const number = Number(text);
  assert(Number.isSafeInteger(number), 'int8 within 2^53');
  return number;
}

/** SQLSTATE classes: https://www.postgresql.org/docs/18/errcodes-appendix.html */
const FAULTS: readonly (readonly [RegExp, StoreFault['code']])[] = [
  [/^(?:XX|58)/, 'store-damaged'],
  [/^53/, 'store-full'],
  [/^(?:08|57P|25P03$)/, 'store-lost'],
];

/** A store's fault as such; what only our own SQL can have caused stays as it is. */
export function storeFault(error: unknown): unknown {
  const code = sqlState(error);
  if (code === null) return new StoreFault('store-lost', error);
  const fault = FAULTS.find(([pattern]) => pattern.test(code));
  return fault === undefined ? error : new StoreFault(fault[1], error);
}

/** The five-character SQLSTATE of a server's answer; null where the connection itself failed. */
export function sqlState(error: unknown): string | null {
  const code = error instanceof pg.DatabaseError ? error.code : undefined;
  return code ?? null;
}
