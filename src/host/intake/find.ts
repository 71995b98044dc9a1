import { accessSync, type BigIntStats, constants, readdirSync, statSync } from 'node:fs';
import { type Find, type Found, ReadFailure } from '../../app/ports/index.ts';
import { type FilePath, givesBytes, readFile, specialFile, tooLarge, unreadFrom } from './file.ts';
import { FILE_BYTES_MAX, FOLDER_DEPTH_MAX } from './limits.ts';

interface Folder {
  readonly path: Buffer;
  readonly id: string;
  readonly names: readonly Buffer[];
  next: number;
}

/**
 * Files at and below the paths, depth first, names in byte order; links are followed.
 *
 * Each folder is read once, whatever links lead to it, so that neither a loop nor a maze of links
 * can make the walk endless. `caseFolder` is where Tocsin itself writes: it is left out.
 */
export function* findFiles(paths: readonly string[], caseFolder: string | null): Generator<Find> {
  const walk = new Walk(caseFolder);
  for (const path of paths) yield* walk.below(path);
}

class Walk {
  readonly #caseId: string | null;
  readonly #seen = new Set<string>();
  readonly #open: Folder[] = [];

  constructor(caseFolder: string | null) {
    const stats = caseFolder === null ? undefined : statOf(caseFolder);
    this.#caseId = stats === undefined ? null : idOf(stats);
  }

  *below(path: string): Generator<Find> {
    let isBare = true;
    for (const find of this.#all(path)) {
      isBare = false;
      yield find;
    }
    if (isBare) yield { unread: { name: path, ...NO_FILE } };
  }

  *#all(path: string): Generator<Find> {
    yield* this.#visit(Buffer.from(path), path, 'given');
    for (let folder = this.#open.at(-1); folder !== undefined; folder = this.#open.at(-1)) {
      const name = folder.names[folder.next++];
      if (name === undefined) this.#open.pop();
      else yield* this.#visit(joined(folder.path, name), null, 'met');
    }
  }

  *#visit(path: Buffer, given: string | null, how: 'given' | 'met'): Generator<Find> {
    const name = given ?? path.toString('utf8');
    let stats: BigIntStats;
    try {
      stats = statSync(path, { bigint: true });
    } catch (cause) {
      yield { unread: unreadFrom(name, cause, { path, how }) };
      return;
    }
    if (stats.isDirectory()) yield* this.#enter(path, name, idOf(stats));
    else yield file(path, name, stats);
  }

  *#enter(path: Buffer, name: string, id: string): Generator<Find> {
    const barred = this.#barred(name, id);
    if (barred !== null) {
      yield barred;
      return;
    }
    this.#seen.add(id);
    try {
      const names = readdirSync(path, { encoding: 'buffer' });
      this.#open.push({ path, id, names: names.sort(Buffer.compare), next: 0 });
    } catch (cause) {
      const { code, text } = unreadFrom(name, cause);
      yield { unread: { name, code: code.replace('file-', 'folder-'), text } };
    }
  }

  #barred(name: string, id: string): Find | null {
    if (id === this.#caseId) return { skipped: { name, ...CASE_FOLDER } };
    if (this.#open.some((folder) => folder.id === id)) return { unread: { name, ...LOOP } };
    if (this.#seen.has(id)) return { skipped: { name, ...AGAIN } };
    if (this.#open.length >= FOLDER_DEPTH_MAX) return { unread: { name, ...TOO_DEEP } };
    return null;
  }
}

const CASE_FOLDER = { code: 'case-folder', text: 'is the case folder itself: left out' };
const LOOP = {
  code: 'folder-loop',
  text: 'leads back to a folder that it lies in: not entered again',
};
const AGAIN = { code: 'folder-again', text: 'was read already under another name: not read twice' };
const TOO_DEEP = {
  code: 'folder-too-deep',
  text: `lies more than ${FOLDER_DEPTH_MAX} folders deep: not entered`,
};

const idOf = (stats: BigIntStats): string => `${stats.dev}:${stats.ino}`;

const statOf = (path: FilePath): BigIntStats | undefined =>
  statSync(path, { bigint: true, throwIfNoEntry: false });

const SLASH = Buffer.from('/');

function joined(folder: Buffer, name: Buffer): Buffer {
  const slash = folder.at(-1) === SLASH[0] ? Buffer.alloc(0) : SLASH;
  return Buffer.concat([folder, slash, name]);
}

function file(path: Buffer, name: string, stats: BigIntStats): Find {
  if (!stats.isFile()) return { unread: specialFile(name, stats) };
  if (stats.size > FILE_BYTES_MAX) return { unread: tooLarge(name) };
  try {
    accessSync(path, constants.R_OK);
    if (stats.size === 0n && !givesBytes(path, name)) return { unread: { name, ...EMPTY } };
  } catch (cause) {
    return { unread: cause instanceof ReadFailure ? cause.unread : unreadFrom(name, cause) };
  }
  const found: Found = { name, bytes: Number(stats.size), open: () => readFile(path, name) };
  return { found };
}

const NO_FILE = { code: 'folder-empty', text: 'is a folder without a file: nothing to take in' };
const EMPTY = { code: 'file-empty', text: 'is empty: nothing to take in' };
