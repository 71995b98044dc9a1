import { expect } from 'vitest';

/** A row of a conformance table; `skip` is the written reason for reading it otherwise. */
export interface ConformanceRow {
  readonly rule: string;
  readonly skip?: string;
}

/** Holds a row to what its rule says. A skipped row that passes fails: its reason is gone. */
export function holdRow(row: ConformanceRow, check: () => void): void {
  if (row.skip === undefined) check();
  else expect(check, `skipped (${row.skip}), but passes`).toThrow();
}
