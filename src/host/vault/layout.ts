import { lstatSync } from 'node:fs';
import { join } from 'node:path';
import type { Sha256 } from '../../core/base/index.ts';

/** Where content lies until it is whole: `incoming/N`. */
export const INCOMING = 'incoming';

/** Content lies on one of 256 shelves: `ba/ba7816...`. */
export const shelfOf = (digest: Sha256): string => digest.slice(0, 2);

export const pathOf = (folder: string, digest: Sha256): string =>
  join(folder, shelfOf(digest), digest);

/** A folder itself, not a link to one. */
export const isRealFolder = (path: string): boolean =>
  lstatSync(path, { throwIfNoEntry: false })?.isDirectory() === true;

/** The plain file that stands for the digest, with no link on the way; null where there is none. */
export function plainFile(
  folder: string,
  digest: Sha256,
): { readonly path: string; readonly bytes: number } | null {
  if (!isRealFolder(join(folder, shelfOf(digest)))) return null;
  const path = pathOf(folder, digest);
  const stat = lstatSync(path, { throwIfNoEntry: false });
  return stat?.isFile() === true ? { path, bytes: stat.size } : null;
}

export const systemCode = (error: unknown): string =>
  error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
