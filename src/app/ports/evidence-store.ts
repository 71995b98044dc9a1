import type { Instant } from '../../core/base/index.ts';
import type { Act, CustodyEntry, Exhibit, Finding, FindingKey } from '../../core/evidence/index.ts';

export interface Deposit {
  readonly exhibit: Exhibit;
  readonly custody: CustodyEntry;
}

/**
 * The case's facts. Every write is one transaction that also appends the log leaves and a signed
 * checkpoint: what a promise resolved for survives a crash at any moment, and a batch stands whole
 * or not at all. Rejects with `StoreFault` where the store is lost, full or damaged; what was
 * under way is then unknown until the case is opened again.
 */
export interface EvidenceStore {
  /**
   * Repeats are harmless: a custody entry that stands already, equal in every field, is not written
   * again.
   */
  deposit(batch: readonly Deposit[]): Promise<{ readonly added: number }>;
  /** Repeats are harmless: a key that stands already keeps its first output. */
  addFindings(batch: readonly Finding[]): Promise<{ readonly added: number }>;
  addAct(act: Act): Promise<void>;
  /** In the order of their first custody entry. */
  exhibits(): AsyncIterable<Exhibit & { readonly custody: readonly CustodyEntry[] }>;
  /** Which of these keys stand already. */
  known(keys: readonly FindingKey[]): Promise<ReadonlySet<FindingKey>>;
  /** In the order of the log, those that stand when the reading starts. */
  findings(stage: string, methodVersion: number): AsyncIterable<Finding>;
  acts(): AsyncIterable<Act & { readonly index: number }>;
  /** The newest; null before the first write. */
  checkpoint(): Promise<{
    readonly note: string;
    readonly size: number;
    readonly at: Instant;
  } | null>;
}

const SAID_CHARS_MAX = 200;

/**
 * The store could not do its work. A defect of the world, not of the caller: nothing is retried.
 */
export class StoreFault extends Error {
  override readonly name = 'StoreFault';
  readonly code: 'store-lost' | 'store-full' | 'store-damaged';

  constructor(code: StoreFault['code'], cause: unknown) {
    super(code, { cause });
    this.code = code;
  }

  /** What the store said, in one line; it names relations and blocks, never values. */
  get said(): string {
    const { cause } = this;
    return cause instanceof Error ? cause.message.slice(0, SAID_CHARS_MAX) : '';
  }
}
