import type { Json, Sha256 } from '../../core/base/index.ts';

/** One leaf of the log with the record that it commits to. */
export interface LoggedRecord {
  readonly index: number;
  readonly kind: string;
  /** Canonical JSON of the record: exactly the bytes that were hashed into the leaf. */
  readonly body: string;
  readonly leafHash: Uint8Array;
}

/** A row of a fact table, under the names that its record has in the leaf. */
export interface FactRow {
  readonly table: 'exhibit' | 'custody' | 'finding' | 'act';
  /** Where in the log the row says it stands; for an exhibit its first custody entry. */
  readonly index: number;
  readonly fields: { readonly [name: string]: Json };
  /** A finding's output, exactly as it is stored; null for the other tables. */
  readonly output: string | null;
}

/** A stretch of a table that the store itself could not read, or that does not parse. */
export interface UnreadableRows {
  readonly table: string;
  /** First and last place, in the table's own order (log index, or size for checkpoints). */
  readonly from: number;
  readonly to: number;
  /** What the store said; it names relations and blocks, never values. */
  readonly text: string;
}

/** All that stands at the log places `from` to `to`, both included. */
export interface AuditPage {
  readonly from: number;
  readonly to: number;
  readonly leaves: readonly LoggedRecord[];
  readonly rows: readonly FactRow[];
  readonly unreadable: readonly UnreadableRows[];
}

/** A checkpoint as the store keeps it; everything in it is to be checked against the note. */
export interface StoredCheckpoint {
  readonly size: number;
  readonly root: Uint8Array;
  readonly peaks: Uint8Array;
  readonly note: string;
  readonly at: string;
}

export interface CheckpointPage {
  readonly checkpoints: readonly StoredCheckpoint[];
  readonly unreadable: readonly UnreadableRows[];
}

/** A part of the store that holds no fact itself: an index, or the list of migrations. */
export interface UnreadablePart {
  readonly name: string;
  /** What the store said; it names relations and blocks, never values. */
  readonly text: string;
}

/** One moment of the store, whatever a writer beside it does. Damage is told as `unreadable`. */
export interface AuditedTables {
  /** By size, ascending. */
  checkpoints(): AsyncIterable<CheckpointPage>;
  /** In the order of the log; together they cover every place that any table names. */
  pages(): AsyncIterable<AuditPage>;
  /** What the pages do not touch, and the store cannot read. */
  unreadableParts(): Promise<readonly UnreadablePart[]>;
}

/** What lies in the report's folder: its seal, and what its files hash to. */
export interface ReportFiles {
  /** Null where it is gone. */
  readonly seal: string | null;
  readonly digests: ReadonlyMap<string, Sha256>;
}

/** Reads a case as it lies there, for verification: nothing that it returns is to be believed. */
export interface CaseAudit {
  /**
   * The checkpoint note that the case folder holds outside of the store; null where none is. It
   * follows the store: read first, it is never ahead of what `read` shows.
   */
  publishedCheckpoint(): Promise<string | null>;
  /** The newest report as it lies there; null where the case has none. */
  report(): Promise<ReportFiles | null>;
  /** Rejects with `StoreFault` where the store is lost. */
  read<Value>(work: (tables: AuditedTables) => Promise<Value>): Promise<Value>;
}

/** Runs a method again on what it was given: its output, or null where that is not possible. */
export type Rederive = (derivation: {
  readonly stage: string;
  readonly methodVersion: number;
  readonly inputs: readonly string[];
  readonly parameters: { readonly [name: string]: Json };
}) => Promise<Json | null>;
