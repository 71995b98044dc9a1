import type { Json } from '../../core/base/index.ts';
import type { Act, CustodyEntry, Exhibit, Finding } from '../../core/evidence/index.ts';

/** One leaf of the log with the record that it commits to. */
export interface LoggedRecord {
  readonly index: number;
  readonly kind: string;
  /** Canonical JSON of the record: exactly the bytes that were hashed into the leaf. */
  readonly body: string;
  readonly leafHash: Uint8Array;
}

/** A row of a fact table, with the leaf that it says it stands in. */
export type FactRow =
  | { readonly kind: 'custody'; readonly index: number; readonly custody: CustodyEntry }
  | { readonly kind: 'finding'; readonly index: number; readonly finding: Finding }
  | { readonly kind: 'act'; readonly index: number; readonly act: Act };

/** A stretch of a table that the store itself could not read, or whose rows do not parse. */
export interface UnreadableRows {
  readonly table: string;
  /** First and last place in the table's own order (log index, or size for checkpoints). */
  readonly from: number;
  readonly to: number;
  /** What the store said, without data. */
  readonly text: string;
}

/** All that stands at log places `from` (included) to `to` (not). */
export interface AuditPage {
  readonly from: number;
  readonly to: number;
  readonly leaves: readonly LoggedRecord[];
  readonly rows: readonly FactRow[];
  /** Exhibits whose first custody entry is in this stretch. */
  readonly exhibits: readonly (Exhibit & { readonly firstIndex: number })[];
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

/** Reads a case as it lies there, for verification: nothing that it returns is believed. */
export interface CaseAudit {
  /** By size, ascending. */
  checkpoints(): AsyncIterable<{
    readonly checkpoints: readonly StoredCheckpoint[];
    readonly unreadable: readonly UnreadableRows[];
  }>;
  /** Together they cover every place that any table names. */
  pages(): AsyncIterable<AuditPage>;
  /** The checkpoint that the case folder holds outside of the store; null where there is none. */
  publishedCheckpoint(): Promise<string | null>;
}

/** Runs a method again on what it was given: its output, or null where that is not possible. */
export type Rederive = (derivation: {
  readonly stage: string;
  readonly methodVersion: number;
  readonly inputs: readonly string[];
  readonly parameters: { readonly [name: string]: Json };
}) => Promise<Json | null>;
