import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { type EvidenceStore, StoreFault } from '../../app/ports/index.ts';
import { assert, fail, ok, type Result } from '../../core/base/index.ts';
import type { ClusterFailure } from './embedded/cluster.ts';
import { useEmbeddedServer } from './embedded/server.ts';
import { makeFactReader } from './fact-reader.ts';
import { type LogFailure, type LogKeeper, openLogWriter } from './log-writer.ts';
import { type SchemaFailure, useSchema } from './migrate.ts';
import { type Address, openSession, type Session, sqlState } from './session.ts';
import { makeTableAudit, type TableAudit } from './table-audit.ts';
import { WriteQueue } from './write-queue.ts';

/** A server by its URL, or a folder in which we keep one of our own. */
export type StorePlace = { readonly url: string } | { readonly folder: string };

export type StoreFailure =
  | ClusterFailure
  | SchemaFailure
  | LogFailure
  /** No server answers there, or it refuses us; the SQLSTATE or the system's code. */
  | { readonly code: 'store-unreachable'; readonly system: string }
  /** The store itself says that its files are damaged. */
  | { readonly code: 'store-damaged'; readonly said: string }
  /** Another process writes to this case. */
  | { readonly code: 'case-in-use' };

export interface OpenStore {
  /** Opened for reading, its writing half is a defect to call. */
  readonly store: EvidenceStore;
  readonly audit: TableAudit;
  /** Leaves in the log when it was opened. */
  readonly size: number;
  /** Waits for writes under way, gives the case free, and stops an embedded server left alone. */
  close(): Promise<void>;
}

export interface StoreRequest {
  readonly place: StorePlace;
  /** The case's schema: a plain lower-case identifier. */
  readonly schema: string;
  /** Null opens for reading, which may go on beside a writer. */
  readonly keeper: LogKeeper | null;
  /** How long to wait for the lock of a writer that may just have died. */
  readonly lockPatienceMs: number;
}

export async function openStore(request: StoreRequest): Promise<Result<OpenStore, StoreFailure>> {
  assert(/^[a-z_][a-z0-9_]{0,62}$/.test(request.schema), 'a plain schema name');
  const served = await serve(request).catch((error) => fail(failureOf(error)));
  if (!served.ok) return served;
  const { address, release } = served.value;
  const sessions: Session[] = [];
  const close = async (): Promise<void> => {
    for (const session of sessions) await session.close();
    await release();
  };
  try {
    const opened = await openSessions(request, address, sessions);
    if (!opened.ok) await close();
    return opened.ok ? ok(withClose(opened.value, close)) : opened;
  } catch (error) {
    await close();
    return fail(failureOf(error));
  }
}

async function serve({
  place,
  keeper,
}: Pick<StoreRequest, 'place' | 'keeper'>): Promise<
  Result<{ readonly address: Address; release(): Promise<void> }, StoreFailure>
> {
  if ('url' in place) return ok({ address: place, release: async () => undefined });
  // Who only reads makes no store.
  if (keeper === null && !existsSync(join(place.folder, 'data')))
    return fail({ code: 'case-unknown' });
  const server = await useEmbeddedServer(place.folder);
  if (!server.ok) return server;
  const { socketFolder, release } = server.value;
  return ok({ address: { socketFolder }, release });
}

interface Opened {
  readonly store: EvidenceStore;
  readonly audit: TableAudit;
  readonly size: number;
  readonly queue: WriteQueue | null;
}

async function openSessions(
  { schema, keeper, lockPatienceMs }: StoreRequest,
  address: Address,
  sessions: Session[],
): Promise<Result<Opened, StoreFailure>> {
  const first = await openSession(address);
  sessions.push(first);
  if (keeper !== null && !(await lockCase(first, schema, lockPatienceMs))) {
    return fail({ code: 'case-in-use' });
  }
  const ready = await useSchema(first, { schema, write: keeper !== null });
  if (!ready.ok) return ready;
  const audit = makeTableAudit(() => openForReading(address, schema));
  if (keeper === null) {
    const store = { ...makeFactReader(first), ...REFUSED };
    return ok({ store, audit, size: 0, queue: null });
  }
  const writer = await openLogWriter(first, keeper);
  if (!writer.ok) return writer;
  const second = await openForReading(address, schema);
  sessions.push(second);
  const queue = new WriteQueue(writer.value);
  const store = { ...makeFactReader(second), ...writingHalf(queue) };
  return ok({ store, audit, size: writer.value.size, queue });
}

/** A session beside the others, on a schema that `useSchema` found in order. */
async function openForReading(address: Address, schema: string): Promise<Session> {
  const session = await openSession(address);
  await session.query(`set search_path to ${schema}`);
  return session;
}

const LOCK_POLL_MS = 25;

/**
 * One writer per case, held by the writing session itself: it ends with it, however it ends. A
 * killed writer's last statement may run on for a moment and hold the lock until then.
 */
async function lockCase(session: Session, schema: string, patienceMs: number): Promise<boolean> {
  const deadline = performance.now() + patienceMs;
  while (true) {
    const [row] = await session.query(
      'select pg_try_advisory_lock(hashtextextended($1, 0)) as held',
      [`tocsin/${schema}`],
    );
    if (row?.['held'] === true) return true;
    if (performance.now() >= deadline) return false;
    await pause(LOCK_POLL_MS);
  }
}

type Writing = Pick<EvidenceStore, 'deposit' | 'addFindings' | 'addAct'>;

const writingHalf = (queue: WriteQueue): Writing => ({
  deposit: async (deposits) => ({ added: await queue.add({ kind: 'custody', deposits }) }),
  addFindings: async (findings) => ({ added: await queue.add({ kind: 'finding', findings }) }),
  addAct: async (act) => {
    await queue.add({ kind: 'act', act });
  },
});

const refuse = async (): Promise<never> => {
  assert(false, 'this case was opened for reading');
};

const REFUSED: Writing = { deposit: refuse, addFindings: refuse, addAct: refuse };

const withClose = (
  { store, audit, size, queue }: Opened,
  close: () => Promise<void>,
): OpenStore => ({
  store,
  audit,
  size,
  close: async () => {
    await queue?.idle();
    await close();
  },
});

/** What the world did while opening; anything else is our own defect and goes on. */
function failureOf(error: unknown): StoreFailure {
  if (error instanceof StoreFault && error.code === 'store-damaged')
    return { code: 'store-damaged', said: error.said };
  const cause = error instanceof StoreFault ? error.cause : error;
  const system = sqlState(cause) ?? systemCode(cause);
  if (system === null) throw error;
  return { code: 'store-unreachable', system };
}

function systemCode(error: unknown): string | null {
  if (!(error instanceof Error)) return null;
  return 'code' in error ? String(error.code) : error.message.slice(0, 100);
}
