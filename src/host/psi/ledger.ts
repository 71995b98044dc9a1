import { hash } from 'node:crypto';
import { appendFileSync, existsSync, mkdirSync, readFileSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { canonicalJson, fail, type Json, ok, type Result } from '../../core/base/index.ts';
import type { ExchangeFailure } from './failure.ts';

/**
 * One line of `match-log.jsonl`: what was done or refused, with sizes and codes, never a person.
 */
export interface LedgerEntry {
  readonly at: string;
  readonly did:
    | 'committed'
    | 'encoded'
    | 'queried'
    | 'answered'
    | 'counted'
    | 'destroyed'
    | 'opened'
    | 'refused';
  readonly code?: string;
  readonly step?: string;
  readonly epoch?: string;
  readonly county?: string;
  /** Digest of the tag file, which names the exchange. */
  readonly tags?: string;
  readonly people?: number;
  /** SHA-256 of the file that was read, hex. */
  readonly file?: string;
  /** The order or consent under which match mode was allowed. */
  readonly allowed?: string;
}

const pathIn = (folder: string): string => join(folder, 'match-log.jsonl');
const START = '0'.repeat(64);

/** Every entry; refuses a log in which a line does not name the digest of the line before it. */
export function readLedger(folder: string): Result<readonly LedgerEntry[], ExchangeFailure> {
  const path = pathIn(folder);
  if (!existsSync(path)) return ok([]);
  const lines = readFileSync(path, 'utf8').split('\n').slice(0, -1);
  const entries: LedgerEntry[] = [];
  let before = START;
  for (const [at, line] of lines.entries()) {
    const entry = parsed(line);
    if (entry?.before !== before) return fail({ code: 'match-log-broken', line: at + 1 });
    entries.push(entry);
    before = hash('sha256', line, 'hex');
  }
  return ok(entries);
}

function parsed(line: string): (LedgerEntry & { readonly before: string }) | null {
  try {
    return JSON.parse(line) as LedgerEntry & { readonly before: string };
  } catch {
    return null;
  }
}

/** Adds a line that names the digest of the one before; on disk when this returns. */
export function appendLedger(folder: string, entry: LedgerEntry): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const path = pathIn(folder);
  const bytes = existsSync(path) ? readFileSync(path) : Buffer.alloc(0);
  // A line that a full disk cut short was never said to be written: it makes room for this one.
  const whole = bytes.lastIndexOf('\n') + 1;
  if (whole < bytes.length) truncateSync(path, whole);
  const last = bytes.toString('utf8', 0, whole).split('\n').at(-2);
  const before = last === undefined ? START : hash('sha256', last, 'hex');
  const line = canonicalJson({ ...entry, before } as { readonly [key: string]: Json });
  appendFileSync(path, `${line}\n`, { mode: 0o600, flush: true });
}
