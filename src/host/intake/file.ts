import {
  closeSync,
  constants,
  fstatSync,
  lstatSync,
  openSync,
  read,
  readSync,
  type StatsBase,
} from 'node:fs';
import { promisify } from 'node:util';
import { ReadFailure, type Unread } from '../../app/ports/index.ts';
import type { ByteSource } from './byte-source.ts';
import { FILE_BYTES_MAX } from './limits.ts';

const readAt = promisify(read);

/** Smaller files are read in one call: a thread hop would cost more than the reading. */
const WHOLE_BYTES_MAX = 1 << 20;
const CHUNK_BYTES = 1 << 20;

/** Opening a named pipe that took a file's place must not wait for a writer. */
const READ_ONLY = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0);

/** A file's path: bytes, because a name need not be UTF-8. */
export type FilePath = string | Buffer;

/** `given`: a person wrote the path, so that its absence is no vanishing. */
export interface Sought {
  readonly path: FilePath;
  readonly how: 'given' | 'met';
}

/** Why the system refused, as a coded line for a person. */
export function unreadFrom(name: string, cause: unknown, sought?: Sought): Unread {
  const code = String((cause as { code?: unknown } | null)?.code ?? '');
  if (code === 'ENOENT' && sought !== undefined) {
    const link = lstatSync(sought.path, { throwIfNoEntry: false });
    if (link?.isSymbolicLink() === true) return { name, ...DANGLING };
    if (sought.how === 'given') return { name, code: 'path-missing', text: 'does not exist' };
  }
  const known = REASONS.get(code);
  return known === undefined
    ? {
        name,
        code: 'file-unreadable',
        text: `cannot be read: the system says ${code || 'nothing'}`,
      }
    : { name, ...known };
}

const DANGLING = { code: 'link-dangling', text: 'is a link to something that does not exist' };

const REASONS = new Map([
  ['ENOENT', { code: 'file-vanished', text: 'vanished before it could be read' }],
  ['EACCES', { code: 'file-unreadable', text: 'cannot be read: permission denied' }],
  ['EPERM', { code: 'file-unreadable', text: 'cannot be read: the system does not permit it' }],
  ['EIO', { code: 'file-unreadable', text: 'cannot be read: the disk or device gave an error' }],
  ['ELOOP', { code: 'link-loop', text: 'is a link that leads back to itself' }],
  ['ENAMETOOLONG', { code: 'path-too-long', text: 'has a path longer than the system can open' }],
  ['EISDIR', { code: 'not-a-file', text: 'is a folder, not a file' }],
  ['ENOTDIR', { code: 'path-missing', text: 'does not exist: a part of the path is not a folder' }],
]);

/** What a path that is neither file nor folder is; such things are never read. */
export function specialFile(name: string, stats: StatsBase<number | bigint>): Unread {
  const what = stats.isFIFO()
    ? 'a named pipe'
    : stats.isSocket()
      ? 'a socket'
      : stats.isDirectory()
        ? 'a folder'
        : 'a device';
  return { name, code: 'not-a-file', text: `is ${what}, not a file: it was not opened` };
}

function openRegular(
  path: FilePath,
  name: string,
  how: Sought['how'] = 'met',
): { fd: number; size: number } {
  let fd: number;
  try {
    fd = openSync(path, READ_ONLY);
  } catch (cause) {
    throw new ReadFailure(unreadFrom(name, cause, { path, how }), cause);
  }
  const stats = fstatSync(fd);
  if (stats.isFile()) return { fd, size: stats.size };
  closeSync(fd);
  throw new ReadFailure(specialFile(name, stats));
}

/** A file's bytes from first to last. Throws `ReadFailure`. */
export async function* readFile(path: FilePath, name: string): AsyncIterable<Uint8Array> {
  const { fd, size } = openRegular(path, name);
  try {
    for (let at = 0; ; ) {
      const room = Buffer.allocUnsafeSlow(
        at === 0 && size < WHOLE_BYTES_MAX ? size + 1 : CHUNK_BYTES,
      );
      const got =
        size < WHOLE_BYTES_MAX
          ? readSync(fd, room, 0, room.length, at)
          : (await readAt(fd, room, 0, room.length, at)).bytesRead;
      if (got === 0) return;
      at += got;
      if (at > FILE_BYTES_MAX) throw new ReadFailure(tooLarge(name));
      yield room.subarray(0, got);
      if (at === size && got < room.length) return;
    }
  } catch (cause) {
    throw cause instanceof ReadFailure ? cause : new ReadFailure(unreadFrom(name, cause), cause);
  } finally {
    closeSync(fd);
  }
}

export const tooLarge = (name: string): Unread => ({
  name,
  code: 'file-too-large',
  text: `is larger than ${FILE_BYTES_MAX / 1e12} TB, the most that is taken in`,
});

/** Whether a file that says it is empty has bytes after all, as files under /proc do. */
export function givesBytes(path: FilePath, name: string): boolean {
  const { fd } = openRegular(path, name);
  try {
    return readSync(fd, Buffer.alloc(1), 0, 1, 0) > 0;
  } catch (cause) {
    throw new ReadFailure(unreadFrom(name, cause), cause);
  } finally {
    closeSync(fd);
  }
}

/** A plain file as a byte source. Close it. Every call throws `ReadFailure` where reading fails. */
export function openFileSource(path: string): ByteSource & { close(): void } {
  const { fd, size } = openRegular(path, path, 'given');
  return {
    size,
    read: async (offset, length) => {
      const room = Buffer.allocUnsafeSlow(Math.max(0, Math.min(length, size - offset)));
      let got = 0;
      try {
        while (got < room.length) {
          const { bytesRead } = await readAt(fd, room, got, room.length - got, offset + got);
          if (bytesRead === 0) break;
          got += bytesRead;
        }
      } catch (cause) {
        throw new ReadFailure(unreadFrom(path, cause), cause);
      }
      return room.subarray(0, got);
    },
    stream: () => readFile(path, path),
    close: () => closeSync(fd),
  };
}
