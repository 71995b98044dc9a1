import type { Limit } from '../../core/base/index.ts';
import type { ArchiveBudget } from './archive-budget.ts';
import { ArchiveNotes } from './archive-notes.ts';
import { type ByteSource, stretchOf } from './byte-source.ts';
import { ARCHIVE_ENTRIES_MAX } from './limits.ts';
import { openPacked, type Unpacking } from './unpacking.ts';
import { readDirectory, type ZipDirectory } from './zip-directory.ts';
import { dataStart, type ZipEntry } from './zip-entry.ts';

/**
 * Entries of a zip archive in the order of its list, then what was left out and why.
 *
 * Sizes, CRCs, names and counts that the archive states are compared, never trusted: unpacking
 * counts real bytes and stops at its limits (docs/limits.md).
 */
export async function* unzip(
  source: ByteSource,
  at: string,
  budget: ArchiveBudget,
): AsyncIterable<{ readonly entry: Unpacking } | { readonly limit: Limit }> {
  const directory = await readDirectory(source, budget.entries);
  budget.takeEntries(directory.entries.length);
  const notes = new ArchiveNotes();
  let spent = 0;
  const overlapping = overlaps(directory.entries);
  for (const entry of directory.entries) {
    if (isFolder(entry)) continue;
    if (isUnsafe(entry.name)) notes.add('archive-name-unsafe', entry.index);
    const reason = refusal(entry, overlapping);
    if (reason !== null) {
      notes.add(reason, entry.index);
      continue;
    }
    if (entry.method !== STORED && budget.bytes === 0) {
      spent += 1;
      continue;
    }
    const start = await dataStart(source, entry);
    if (start === null) {
      notes.add('archive-entry-missing', entry.index);
      continue;
    }
    const packed = stretchOf(source, start, entry.packedBytes);
    yield { entry: unpacking({ entry, start, packed, budget, notes, parent: at }) };
  }
  const limits = [...directoryLimits(directory, at), ...notes.limits(at)];
  if (spent > 0) limits.push(spentLimit(spent, at, budget));
  for (const limit of limits) yield { limit };
}

/** Compression methods (APPNOTE 6.3 section 4.4.5). */
const STORED = 0;
const DEFLATE = 8;

/** Why an entry is not even begun; null where nothing speaks against it. */
function refusal({ locked, index, method }: ZipEntry, overlapping: ReadonlySet<number>) {
  if (locked) return 'archive-locked';
  if (overlapping.has(index)) return 'archive-overlap';
  return method === STORED || method === DEFLATE ? null : 'archive-method';
}

function directoryLimits({ entries, stated, damaged }: ZipDirectory, at: string): readonly Limit[] {
  const limits: Limit[] = [];
  if (damaged) {
    const found = entries.length === 1 ? '1 entry was' : `${entries.length || 'no'} entries were`;
    const text = `The archive is cut short or damaged: its list of entries fails, ${found} found without it.`;
    limits.push({ code: 'archive-damaged', at, text });
  }
  if (stated > entries.length) {
    const text = `Only ${ARCHIVE_ENTRIES_MAX} entries are read from an exhibit: ${stated - entries.length} of this archive were not.`;
    limits.push({ code: 'archive-entries', at, text });
  }
  return limits;
}

const spentLimit = (spent: number, at: string, budget: ArchiveBudget): Limit => ({
  code: 'archive-bytes',
  at,
  text: `${budget.spentWords}: ${spent} further ${spent === 1 ? 'entry was' : 'entries were'} not.`,
});

const isFolder = (entry: ZipEntry): boolean =>
  entry.name.endsWith('/') && (entry.unpackedBytes ?? 0) === 0;

/** A name that would leave the folder it is unpacked to, or that lies on a terminal. */
const isUnsafe = (name: string): boolean =>
  /^[/\\]|^[A-Za-z]:|(?:^|[/\\])\.\.(?:[/\\]|$)|[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u.test(name);

/** Entries whose header and data, at the least, reach into those of an entry before them. */
function overlaps(entries: readonly ZipEntry[]): ReadonlySet<number> {
  const found = new Set<number>();
  let reached = 0;
  for (const entry of entries.toSorted((a, b) => a.headerAt - b.headerAt)) {
    if (entry.headerAt < reached) found.add(entry.index);
    reached = Math.max(reached, entry.headerAt + 30 + entry.packedBytes);
  }
  return found;
}

interface Work {
  readonly entry: ZipEntry;
  readonly start: number;
  readonly packed: ByteSource;
  readonly budget: ArchiveBudget;
  readonly notes: ArchiveNotes;
  readonly parent: string;
}

function unpacking({ entry, start, packed, budget, notes, parent }: Work): Unpacking {
  const at = parent === 'exhibit' ? String(entry.index) : `${parent}.${entry.index}`;
  const packing = entry.method === STORED ? 'stored' : 'deflate';
  const { stream, limits, isBomb } = openPacked({ at, packed, packing, claims: entry, budget });
  return {
    index: entry.index,
    stored: entry.method === STORED ? { offset: start, source: packed } : null,
    statedBytes: entry.unpackedBytes ?? 0,
    stream,
    limits,
    notMail: (what) => {
      if (!isBomb()) notes.addNotMail(entry.index, what);
    },
  };
}
