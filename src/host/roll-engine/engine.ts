import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DuckDBConnection, DuckDBValue } from '@duckdb/node-api';
import { MACROS } from './macros.ts';

/** DuckDB over files in place. Close it: it holds native memory and a folder for what spills. */
export interface RollEngine {
  run(sql: string): Promise<void>;
  rows(sql: string): Promise<DuckDBValue[][]>;
  /** The same row by row, for answers that should not be held at once. */
  each(sql: string, take: (row: DuckDBValue[]) => void): Promise<void>;
  /** Fills a table row by row; `null` is SQL's NULL. */
  fill(table: string, rows: Iterable<readonly (string | number | null)[]>): Promise<void>;
  close(): void;
}

/**
 * What DuckDB may hold beside the few MB per thread of its readers: the target is 400 MB in all.
 */
const MEMORY = '180MB';
const THREADS = '2';

/**
 * An engine without extensions and without the network: `autoinstall` is off, and the rolls are the
 * only files that a query names. Spilled pages hold join keys; the folder is the user's own and
 * goes at the end.
 */
export async function openRollEngine(): Promise<RollEngine> {
  // Loaded where it is used: the library is 60 MB of code, and linkage does without.
  const { DuckDBInstance } = await import('@duckdb/node-api');
  const spill = mkdtempSync(join(tmpdir(), 'tocsin-roll-'));
  const instance = await DuckDBInstance.create(':memory:', {
    threads: THREADS,
    memory_limit: MEMORY,
    temp_directory: spill,
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
    preserve_insertion_order: 'false',
  });
  const connection = await instance.connect();
  for (const macro of MACROS) await connection.run(macro);
  return {
    run: async (sql) => void (await connection.run(sql)),
    rows: async (sql) => (await connection.runAndReadAll(sql)).getRows(),
    each: async (sql, take) => {
      const result = await connection.stream(sql);
      for (;;) {
        const chunk = await result.fetchChunk();
        if (chunk === null || chunk.rowCount === 0) return;
        for (const row of chunk.getRows()) take(row);
      }
    },
    fill: (table, rows) => fill(connection, table, rows),
    close: () => {
      connection.closeSync();
      instance.closeSync();
      rmSync(spill, { recursive: true, force: true });
    },
  };
}

async function fill(
  connection: DuckDBConnection,
  table: string,
  rows: Iterable<readonly (string | number | null)[]>,
): Promise<void> {
  const appender = await connection.createAppender(table);
  for (const row of rows) {
    for (const value of row) {
      if (value === null) appender.appendNull();
      else if (typeof value === 'number') appender.appendInteger(value);
      else appender.appendVarchar(value);
    }
    appender.endRow();
  }
  appender.closeSync();
}

/** A text as an SQL literal. */
export const literal = (text: string): string => `'${text.replaceAll("'", "''")}'`;
