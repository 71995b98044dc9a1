import { createHash } from 'node:crypto';
import { closeSync, openSync, readSync, statSync } from 'node:fs';
import { fail, ok, type Result } from '../../core/base/index.ts';
import {
  isPadded,
  parseMapping,
  proposeMapping,
  type ReleaseManifest,
  type ResolvedLayout,
  type RollLayout,
  resolveLayout,
  stateLayout,
} from '../../core/roll/index.ts';
import type { RollFailure } from './failure.ts';

/** A file that stood still while it was hashed. */
export interface FileStamp {
  readonly size: number;
  readonly modifiedNs: bigint;
  readonly inode: bigint;
}

/** A release whose manifest and layout fit its bytes. */
export interface RollFile {
  readonly path: string;
  readonly manifest: ReleaseManifest;
  readonly layout: ResolvedLayout;
  readonly stamp: FileStamp;
  /** Set where nobody named the layout and the header spoke for itself. */
  readonly layoutProposed: boolean;
}

/** The header and the first rows are within this. */
const HEAD_BYTES = 1_000_000;
const HEAD_LINES = 200;
const CHUNK_BYTES = 4_000_000;

export function stampOf(path: string): FileStamp {
  const { size, mtimeNs, ino } = statSync(path, { bigint: true });
  return { size: Number(size), modifiedNs: mtimeNs, inode: ino };
}

export const sameStamp = (a: FileStamp, b: FileStamp): boolean =>
  a.size === b.size && a.modifiedNs === b.modifiedNs && a.inode === b.inode;

/** SHA-256 of a file, read in pieces. */
export function digestFile(path: string): string {
  const file = openSync(path, 'r');
  try {
    const hash = createHash('sha256');
    const chunk = Buffer.allocUnsafe(CHUNK_BYTES);
    for (;;) {
      const read = readSync(file, chunk, 0, chunk.length, null);
      if (read === 0) return hash.digest('hex');
      hash.update(chunk.subarray(0, read));
    }
  } finally {
    closeSync(file);
  }
}

/**
 * First lines of a file, in its encoding's single-byte reading: delimiters and headers are ASCII.
 */
export function headLines(path: string): readonly string[] {
  const file = openSync(path, 'r');
  try {
    const chunk = Buffer.alloc(HEAD_BYTES);
    const read = readSync(file, chunk, 0, HEAD_BYTES, 0);
    const lines = chunk.toString('utf8', 0, read).split(/\r?\n/);
    if (read === HEAD_BYTES) lines.pop();
    return lines.filter((line) => line !== '').slice(0, HEAD_LINES);
  } finally {
    closeSync(file);
  }
}

/** Which layout reads the file: a mapping beside it, a state's own, else what its header says. */
export function layoutFor(
  path: string,
  { layoutId, mapping }: { readonly layoutId: string; readonly mapping: string | null },
): Result<{ readonly layout: ResolvedLayout; readonly proposed: boolean }, RollFailure> {
  const lines = headLines(path);
  const [first] = lines;
  if (first === undefined) return fail({ code: 'roll-empty' });
  let layout: RollLayout | null = stateLayout(layoutId);
  let proposed = false;
  if (mapping !== null) {
    const read = parseMapping(mapping);
    if (!read.ok) return read;
    layout = read.value;
  } else if (layout === null) {
    layout = proposeMapping(lines).layout;
    proposed = true;
    if (layout.fields.FirstName === undefined || layout.fields.LastName === undefined) {
      return fail({ code: 'layout-unknown', layoutId });
    }
  }
  const resolved = resolveLayout(layout, first);
  if (!resolved.ok) return resolved;
  const padded = isPadded(lines.slice(layout.header ? 1 : 0), resolved.value.delimiter);
  return ok({ layout: { ...resolved.value, padded }, proposed });
}

/** Checks the file against its manifest: the hash first, since all else rests on it. */
export function openRollFile(
  path: string,
  manifest: ReleaseManifest,
  mapping: string | null,
): Result<RollFile, RollFailure> {
  const stamp = stampOf(path);
  if (stamp.size === 0) return fail({ code: 'roll-empty' });
  const found = digestFile(path);
  if (found !== manifest.sha256) {
    return fail({ code: 'manifest-hash', stated: manifest.sha256, found });
  }
  const fitted = layoutFor(path, { layoutId: manifest.layoutId, mapping });
  if (!fitted.ok) return fitted;
  const { layout, proposed } = fitted.value;
  return ok({ path, manifest, layout, stamp, layoutProposed: proposed });
}
