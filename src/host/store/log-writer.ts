import type { Clock } from '../../app/ports/index.ts';
import { fail, type Kernels, ok, type Result, type Sha256 } from '../../core/base/index.ts';
import {
  appendLeaves,
  type CheckpointSigner,
  type CompactRange,
  EMPTY_RANGE,
  type Exhibit,
  peakCount,
  readCheckpoint,
  rootOf,
  sameHash,
  signCheckpoint,
} from '../../core/evidence/index.ts';
import { byteaArray, textArray } from './binary-array.ts';
import { type Fact, factsOf, type Wanted } from './facts.ts';
import { insertFacts, type PlacedFact } from './insert.ts';
import { exhibitOf } from './rows.ts';
import { inTransaction, type Session } from './session.ts';

/** What a writer needs beside its connection. */
export interface LogKeeper {
  readonly signer: CheckpointSigner;
  readonly kernels: Kernels;
  readonly clock: Clock;
  /** What was published last; null where nothing was. */
  published(): Promise<string | null>;
  /** Puts the newest checkpoint where the store cannot reach it. Called after each commit. */
  publish(note: string): Promise<void>;
}

export type LogFailure =
  /** The newest checkpoint is not signed by this case's key, or does not fit the leaves. */
  | { readonly code: 'log-damaged' }
  /** The published checkpoint is no earlier state of this log: the store lost or changed leaves. */
  | { readonly code: 'log-rolled-back'; readonly published: number; readonly found: number };

/**
 * Writes batches: each is one transaction with its rows, its leaves and a signed checkpoint.
 *
 * One at a time, and only by the session that holds the case's writer lock. After a rejection the
 * outcome is unknown and the writer must not be used again.
 */
export interface LogWriter {
  readonly size: number;
  /** How many facts each of `batch` added, repeats not counted. */
  commit(batch: readonly Wanted[]): Promise<readonly number[]>;
}

export async function openLogWriter(
  session: Session,
  keeper: LogKeeper,
): Promise<Result<LogWriter, LogFailure>> {
  const opened = await readRange(session, keeper);
  if (opened === null) return fail({ code: 'log-damaged' });
  const continued = await continuesPublished(session, opened, keeper);
  if (!continued.ok) return continued;
  let range = opened.range;
  return ok({
    get size() {
      return range.size;
    },
    commit: async (batch) => {
      const { facts, added } = await freshFacts(session, batch, keeper.kernels);
      if (facts.length === 0) return added;
      const placed = facts.map((fact, n) => ({ ...fact, index: range.size + n }));
      const grown = appendLeaves(
        range,
        facts.map(({ leafHash }) => leafHash),
        keeper.kernels,
      );
      const note = await write(session, { placed, grown, keeper });
      range = grown;
      await keeper.publish(note);
      return added;
    },
  });
}

interface NewestState {
  readonly range: CompactRange;
  /** Null before the first write. */
  readonly note: string | null;
}

/**
 * The newest compact range, if the newest checkpoint vouches for it and no leaf stands behind it.
 */
async function readRange(session: Session, keeper: LogKeeper): Promise<NewestState | null> {
  const [last] = await session.query(
    'select size, peaks, note from checkpoint order by size desc limit 1',
  );
  const [leaf] = await session.query('select max(index) as last from log_leaf');
  const size = Number(last?.['size'] ?? 0);
  if (Number(leaf?.['last'] ?? -1) !== size - 1) return null;
  if (last === undefined) return { range: EMPTY_RANGE, note: null };
  const peaks = splitPeaks(last['peaks'] as Uint8Array);
  if (peaks.length !== peakCount(size)) return null;
  const { signer, kernels } = keeper;
  const note = String(last['note']);
  const reading = readCheckpoint(note, signer, kernels);
  const range = { size, peaks };
  const holds =
    reading.kind === 'signed' &&
    reading.checkpoint.size === size &&
    sameHash(reading.checkpoint.root, rootOf(range, kernels));
  return holds ? { range, note } : null;
}

/**
 * The log may be ahead of what was published, by what a crash kept from being published; then the
 * newest note is published. It is never behind, and never another log.
 */
async function continuesPublished(
  session: Session,
  { range, note }: NewestState,
  keeper: LogKeeper,
): Promise<Result<void, LogFailure>> {
  const published = await keeper.published();
  if (published === note) return ok(undefined);
  if (published !== null) {
    const reading = readCheckpoint(published, keeper.signer, keeper.kernels);
    if (reading.kind !== 'signed') return fail({ code: 'log-damaged' });
    const { size } = reading.checkpoint;
    const [row] = await session.query('select note from checkpoint where size = $1', [size]);
    if (row?.['note'] !== published) {
      return fail({ code: 'log-rolled-back', published: size, found: range.size });
    }
  }
  if (note !== null) await keeper.publish(note);
  return ok(undefined);
}

function splitPeaks(bytes: Uint8Array): readonly Uint8Array[] {
  return Array.from({ length: bytes.length / 32 }, (_, n) => bytes.subarray(32 * n, 32 * (n + 1)));
}

/** Leaves out what stands already, and the second of two equal facts. */
async function freshFacts(
  session: Session,
  batch: readonly Wanted[],
  kernels: Kernels,
): Promise<{ readonly facts: readonly Fact[]; readonly added: readonly number[] }> {
  const exhibits = await standingExhibits(session, batch);
  const wanted = batch.map((one) => factsOf(one, exhibits, kernels));
  const seen = await standingIdentities(session, wanted.flat());
  const isFresh = ({ identity }: Fact): boolean => {
    if (seen.has(identity)) return false;
    seen.add(identity);
    return true;
  };
  const fresh = wanted.map((facts) => facts.filter(isFresh));
  return { facts: fresh.flat(), added: fresh.map((facts) => facts.length) };
}

async function standingExhibits(
  session: Session,
  batch: readonly Wanted[],
): Promise<Map<Sha256, Exhibit>> {
  const digests = batch.flatMap((wanted) =>
    wanted.kind === 'custody' ? wanted.deposits.map(({ exhibit }) => exhibit.digest) : [],
  );
  if (digests.length === 0) return new Map();
  const rows = await session.query(
    'select digest, bytes, kind from exhibit where digest = any($1::text[])',
    [textArray(digests)],
  );
  return new Map(rows.map(exhibitOf).map((exhibit) => [exhibit.digest, exhibit]));
}

async function standingIdentities(session: Session, facts: readonly Fact[]): Promise<Set<string>> {
  const keys = facts.flatMap(({ subject }) =>
    subject.kind === 'finding' ? [subject.finding.key] : [],
  );
  const hashes = facts.flatMap((fact) => (fact.subject.kind === 'finding' ? [] : [fact.leafHash]));
  const rows = [
    ...(await ask(
      session,
      'select key as identity from finding where key = any($1::text[])',
      keys.length > 0 ? textArray(keys) : null,
    )),
    ...(await ask(
      session,
      "select encode(leaf_hash, 'hex') as identity from log_leaf where leaf_hash = any($1::bytea[])",
      hashes.length > 0 ? byteaArray(hashes) : null,
    )),
  ];
  return new Set(rows.map((row) => String(row['identity'])));
}

const ask = async (session: Session, text: string, values: Buffer | null) =>
  values === null ? [] : await session.query(text, [values]);

async function write(
  session: Session,
  {
    placed,
    grown,
    keeper,
  }: {
    readonly placed: readonly PlacedFact[];
    readonly grown: CompactRange;
    readonly keeper: LogKeeper;
  },
): Promise<string> {
  const { signer, kernels, clock } = keeper;
  const root = rootOf(grown, kernels);
  const at = clock.now();
  const note = signCheckpoint({ origin: signer.name, size: grown.size, root, at }, signer, kernels);
  await inTransaction(session, async () => {
    await insertFacts(session, placed);
    await session.query(
      'insert into checkpoint (size, root, peaks, note, at) values ($1, $2, $3, $4, $5)',
      [grown.size, Buffer.from(root), Buffer.concat(grown.peaks), note, at],
    );
  });
  return note;
}
