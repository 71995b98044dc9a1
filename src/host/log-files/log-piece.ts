import { createHash } from 'node:crypto';
import { createReadStream, readdirSync, statSync } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline, type Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { type Kernels, systemCode } from '../../core/base/index.ts';
import { firstSecond } from '../../core/web-log/index.ts';

/** One file of a log, as it was written, rotated or packed. */
export interface LogPiece {
  readonly path: string;
  /** Bytes on disk. */
  readonly bytes: number;
  readonly packed: boolean;
  /** Seconds since 1970 of the first request; null where the head holds none. */
  readonly firstSecond: number | null;
}

export interface PieceFailure {
  readonly path: string;
  readonly code: 'log-piece-unreadable' | 'log-piece-damaged' | 'log-piece-again';
  readonly system: string;
}

/** Enough of a file to find a request in it. */
const HEAD_BYTES = 262_144;
const CHUNK_BYTES = 262_144;

interface Headed {
  readonly piece: LogPiece;
  readonly head: string;
}

/**
 * The pieces of a log in the order of their first requests; a copy of a piece is left out. A folder
 * stands for its files.
 */
export async function openPieces(
  paths: readonly string[],
  kernels: Pick<Kernels, 'latin1'>,
): Promise<{ readonly pieces: readonly LogPiece[]; readonly failures: readonly PieceFailure[] }> {
  const failures: PieceFailure[] = [];
  const byHead = new Map<string, Headed[]>();
  for (const path of new Set(paths.flatMap((each) => filesOf(each, failures)))) {
    try {
      const headed = await openPiece(path, kernels);
      const kin = byHead.get(headed.head) ?? [];
      if (await isAmong(headed, kin)) failures.push({ path, code: 'log-piece-again', system: '' });
      else byHead.set(headed.head, [...kin, headed]);
    } catch (cause) {
      failures.push({ path, code: 'log-piece-unreadable', system: systemCode(cause) });
    }
  }
  const pieces = [...byHead.values()].flatMap((headed) => headed.map(({ piece }) => piece));
  const time = (piece: LogPiece): number => piece.firstSecond ?? Number.POSITIVE_INFINITY;
  return {
    pieces: pieces.sort((a, b) => (time(a) < time(b) ? -1 : time(a) > time(b) ? 1 : 0)),
    failures,
  };
}

/** The file itself, or every file of a folder of rotated pieces. */
function filesOf(path: string, failures: PieceFailure[]): readonly string[] {
  const fail = (system: string): readonly string[] => {
    failures.push({ path, code: 'log-piece-unreadable', system });
    return [];
  };
  try {
    if (!statSync(path).isDirectory()) return [path];
    const files = readdirSync(path, { withFileTypes: true, recursive: true })
      .filter((entry) => entry.isFile() && !entry.name.startsWith('.'))
      .map((entry) => join(entry.parentPath, entry.name))
      .sort();
    return files.length === 0 ? fail('no file in this folder') : files;
  } catch (cause) {
    return fail(systemCode(cause));
  }
}

async function openPiece(path: string, kernels: Pick<Kernels, 'latin1'>): Promise<Headed> {
  const { bytes, packed } = await look(path);
  const head = await readHead(path, packed);
  const piece = { path, bytes, packed, firstSecond: firstSecond(kernels, head) };
  return { piece, head: createHash('sha256').update(head).digest('hex') };
}

async function look(path: string): Promise<{ readonly bytes: number; readonly packed: boolean }> {
  let file: FileHandle | null = null;
  try {
    file = await open(path, 'r');
    const { size } = await file.stat();
    const magic = new Uint8Array(2);
    await file.read(magic, 0, 2, 0);
    return { bytes: size, packed: magic[0] === 0x1f && magic[1] === 0x8b };
  } finally {
    await file?.close();
  }
}

async function readHead(path: string, packed: boolean): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  try {
    for await (const chunk of readStream(path, packed, () => {})) {
      chunks.push(chunk as Uint8Array);
      bytes += (chunk as Uint8Array).length;
      if (bytes >= HEAD_BYTES) break;
    }
  } catch (cause) {
    // What came out before the damage tells the first time; the reading itself names it.
    if (!packed) throw cause;
  }
  return Buffer.concat(chunks).subarray(0, HEAD_BYTES);
}

/** Pieces that begin alike are compared to the last byte. */
async function isAmong(headed: Headed, kin: readonly Headed[]): Promise<boolean> {
  if (kin.length === 0) return false;
  const own = await digestOf(headed.piece);
  for (const other of kin) if ((await digestOf(other.piece)) === own) return true;
  return false;
}

async function digestOf({ path, packed }: LogPiece): Promise<string> {
  const hash = createHash('sha256');
  try {
    for await (const chunk of readStream(path, packed, () => {})) hash.update(chunk as Uint8Array);
  } catch {
    // A damaged copy is no exact copy.
    hash.update(path);
  }
  return hash.digest('hex');
}

function readStream(path: string, packed: boolean, onBytes: (count: number) => void): Readable {
  const file = createReadStream(path, { highWaterMark: CHUNK_BYTES });
  file.on('data', (chunk) => onBytes(chunk.length));
  if (!packed) return file;
  const gunzip = createGunzip({ chunkSize: 262_144 });
  return pipeline(file, gunzip, () => {}) as Readable;
}

/**
 * Gives every chunk of a piece, unpacked. `onBytes` hears how many bytes of the file were read.
 * Null, or why it ended early; what came before that was given.
 */
export async function readPiece(
  { path, packed }: LogPiece,
  give: (chunk: Uint8Array) => void,
  onBytes: (count: number) => void,
): Promise<PieceFailure | null> {
  try {
    for await (const chunk of readStream(path, packed, onBytes)) give(chunk as Uint8Array);
    return null;
  } catch (cause) {
    return {
      path,
      code: packed ? 'log-piece-damaged' : 'log-piece-unreadable',
      system: systemCode(cause),
    };
  }
}
