import { createHash } from 'node:crypto';
import {
  closeSync,
  constants,
  existsSync,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readSync,
  rmSync,
} from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { join } from 'node:path';
import { type ExhibitVault, VaultFault, type VaultFile } from '../../app/ports/index.ts';
import { fail, ok, type Result, type Sha256 } from '../../core/base/index.ts';
import { makeKeeper } from './keeper.ts';
import { INCOMING, isRealFolder, plainFile, systemCode } from './layout.ts';

/** Nothing stands there, a link or file stands where the folder should, or the system says no. */
export interface VaultFailure {
  readonly code: 'vault-unusable';
  readonly folder: string;
  /** The system's own code (`EACCES`), or `not-a-folder`. */
  readonly system: string;
}

const READ_CHUNK_BYTES = 1 << 18;

/**
 * Opens the vault in `folder`, or makes it when `write` is set.
 *
 * One writer at a time, which the caller sees to: a writer sweeps away what an earlier one left
 * half-written. No link is followed inside of the vault.
 */
export function openVault({
  folder,
  write,
}: {
  readonly folder: string;
  readonly write: boolean;
}): Result<ExhibitVault, VaultFailure> {
  try {
    if (write) mkdirSync(folder, { recursive: true, mode: 0o700 });
    if (!isRealFolder(folder)) {
      return fail({ code: 'vault-unusable', folder, system: 'not-a-folder' });
    }
    if (write) sweepIncoming(join(folder, INCOMING));
  } catch (error) {
    return fail({ code: 'vault-unusable', folder, system: systemCode(error) });
  }
  return ok({
    ...makeKeeper(folder),
    read: (digest, range) => readRange(folder, digest, range),
    stream: (digest) => streamFile(folder, digest),
    has: async (digest) => plainFile(folder, digest) !== null,
    rehash: (digest) => rehash(folder, digest),
    list: () => listFiles(folder),
  });
}

function sweepIncoming(incoming: string): void {
  rmSync(incoming, { recursive: true, force: true });
  mkdirSync(incoming, { mode: 0o700 });
}

async function openFile(folder: string, digest: Sha256): Promise<FileHandle> {
  const file = plainFile(folder, digest);
  if (file === null) throw new VaultFault('exhibit-absent');
  return await open(file.path, constants.O_RDONLY | constants.O_NOFOLLOW).catch(rethrowUnusable);
}

/**
 * A file of one chunk at most, whole; null for a larger one. Waiting in turn for open, stat, read
 * and close costs a case of many small mails more than reading them.
 */
function readSmall(folder: string, digest: Sha256): Uint8Array | null {
  const file = plainFile(folder, digest);
  if (file === null) throw new VaultFault('exhibit-absent');
  if (file.bytes > READ_CHUNK_BYTES) return null;
  let handle: number | null = null;
  try {
    handle = openSync(file.path, constants.O_RDONLY | constants.O_NOFOLLOW);
    const buffer = Buffer.allocUnsafeSlow(file.bytes);
    let filled = 0;
    while (filled < buffer.length) {
      const read = readSync(handle, buffer, filled, buffer.length - filled, filled);
      if (read === 0) break;
      filled += read;
    }
    return buffer.subarray(0, filled);
  } catch (cause) {
    return rethrowUnusable(cause);
  } finally {
    if (handle !== null) closeSync(handle);
  }
}

async function readRange(
  folder: string,
  digest: Sha256,
  range: { readonly offset: number; readonly length: number } | undefined,
): Promise<Uint8Array> {
  const small = readSmall(folder, digest);
  if (small !== null) {
    const from = range?.offset ?? 0;
    return small.subarray(from, from + (range?.length ?? small.length));
  }
  const file = await openFile(folder, digest);
  try {
    const { size } = await file.stat();
    const start = Math.min(range?.offset ?? 0, size);
    const buffer = Buffer.allocUnsafeSlow(Math.min(range?.length ?? size, size - start));
    let filled = 0;
    while (filled < buffer.length) {
      const { bytesRead } = await file.read(buffer, filled, buffer.length - filled, start + filled);
      if (bytesRead === 0) break;
      filled += bytesRead;
    }
    return buffer.subarray(0, filled);
  } catch (cause) {
    return rethrowUnusable(cause);
  } finally {
    await file.close();
  }
}

async function* streamFile(folder: string, digest: Sha256): AsyncIterable<Uint8Array> {
  const small = readSmall(folder, digest);
  if (small !== null) {
    if (small.length > 0) yield small;
    return;
  }
  const file = await openFile(folder, digest);
  try {
    let left = (await file.stat()).size;
    while (left > 0) {
      const buffer = Buffer.allocUnsafeSlow(Math.min(READ_CHUNK_BYTES, left));
      const { bytesRead } = await file.read(buffer, 0, buffer.length).catch(rethrowUnusable);
      if (bytesRead === 0) return;
      left -= bytesRead;
      yield buffer.subarray(0, bytesRead);
    }
  } finally {
    await file.close();
  }
}

async function rehash(
  folder: string,
  digest: Sha256,
): Promise<{ readonly digest: Sha256; readonly bytes: number }> {
  const hasher = createHash('sha256');
  let bytes = 0;
  for await (const chunk of streamFile(folder, digest)) {
    hasher.update(chunk);
    bytes += chunk.length;
  }
  return { digest: hasher.digest('hex') as Sha256, bytes };
}

function rethrowUnusable(cause: unknown): never {
  throw new VaultFault('vault-unusable', cause);
}

/** Temporary files in `incoming` are no part of the vault; anything else is told. */
async function* listFiles(folder: string): AsyncIterable<VaultFile> {
  if (!existsSync(folder)) return;
  for (const entry of readdirSync(folder).sort()) {
    if (entry === INCOMING) continue;
    const path = join(folder, entry);
    if (/^[0-9a-f]{2}$/.test(entry) && isRealFolder(path)) yield* listShelf(path, entry);
    else yield { name: entry, bytes: lstatSync(path).size, digest: null };
  }
}

function* listShelf(path: string, shelf: string): Iterable<VaultFile> {
  for (const entry of readdirSync(path).sort()) {
    const stat = lstatSync(join(path, entry), { throwIfNoEntry: false });
    if (stat === undefined) continue;
    const belongs = stat.isFile() && /^[0-9a-f]{64}$/.test(entry) && entry.startsWith(shelf);
    const digest = belongs ? (entry as Sha256) : null;
    yield { name: `${shelf}/${entry}`, bytes: stat.size, digest };
  }
}
