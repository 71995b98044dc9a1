import {
  closeSync,
  existsSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname } from 'node:path';

/** Small files of the case folder: read whole, and written so that a crash leaves old or new. */

export const readIfThere = (path: string): string | null =>
  existsSync(path) ? readFileSync(path, 'utf8') : null;

/**
 * Makes a folder and those above it, for their owner alone. Step by step: in a file system that
 * lets nobody make folders, as `/proc`, Node's own `recursive` never ends.
 */
export function makeFolder(path: string): void {
  if (existsSync(path)) return;
  const above = dirname(path);
  if (above !== path) makeFolder(above);
  mkdirSync(path, { mode: 0o700 });
}

export function writeDurably(path: string, text: string | Iterable<string>, mode: number): void {
  renameSync(writeDraft(path, text, mode), path);
  syncFolder(dirname(path));
}

/** False where the file stands already; it is then left as it is. */
export function createDurably(path: string, text: string, mode: number): boolean {
  const draft = writeDraft(path, text, mode);
  try {
    linkSync(draft, path);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw error;
  } finally {
    unlinkSync(draft);
  }
  syncFolder(dirname(path));
  return true;
}

function writeDraft(path: string, text: string | Iterable<string>, mode: number): string {
  const draft = `${path}.${process.pid}`;
  const handle = openSync(draft, 'w', mode);
  try {
    for (const piece of typeof text === 'string' ? [text] : text) writeFileSync(handle, piece);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
  return draft;
}

function syncFolder(folder: string): void {
  const handle = openSync(folder, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
