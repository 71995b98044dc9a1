import type { Instant, Sha256 } from '../../core/base/index.ts';
import type {
  Act,
  CustodyEntry,
  Derivation,
  Exhibit,
  Finding,
  FindingKey,
} from '../../core/evidence/index.ts';

export interface Deposit {
  readonly exhibit: Exhibit;
  readonly custody: CustodyEntry;
}

/** A finding without its output, as listings give it. */
export interface StoredFinding extends Derivation {
  readonly key: FindingKey;
  readonly outputDigest: Sha256;
}

/** One leaf of the log with the record that it commits to. */
export interface LoggedRecord {
  readonly index: number;
  readonly kind: 'custody' | 'finding' | 'act';
  /** Canonical JSON of the record: exactly the bytes that were hashed into the leaf. */
  readonly body: string;
  readonly leafHash: Uint8Array;
}

/**
 * The case's facts. Every write is one transaction that also appends the log leaves and a signed
 * checkpoint: what a promise resolved for survives a crash at any moment.
 */
export interface EvidenceStore {
  /** Repeats are harmless: a custody entry that stands already is not written again. */
  deposit(batch: readonly Deposit[]): Promise<{ readonly added: number }>;
  /** Repeats are harmless: a key that stands already keeps its first output. */
  addFindings(batch: readonly Finding[]): Promise<void>;
  addAct(act: Act): Promise<void>;
  exhibits(): AsyncIterable<Exhibit & { readonly custody: readonly CustodyEntry[] }>;
  /** Which of these keys stand already. */
  known(keys: readonly FindingKey[]): Promise<ReadonlySet<FindingKey>>;
  findings(stage: string, methodVersion: number): AsyncIterable<Finding>;
  acts(): AsyncIterable<Act & { readonly index: number }>;
  checkpoint(): Promise<{
    readonly note: string;
    readonly size: number;
    readonly at: Instant;
  } | null>;
}
