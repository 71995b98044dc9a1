import { crc32 } from 'node:zlib';
import type { Limit } from '../../core/base/index.ts';
import { ArchiveNotes } from './archive-notes.ts';
import { type ByteSource, stretchOf } from './byte-source.ts';
import { InflateFailure, inflate } from './inflate.ts';
import {
  ARCHIVE_BYTES_MAX,
  ARCHIVE_ENTRIES_MAX,
  ARCHIVE_RATIO_FREE_BYTES,
  ARCHIVE_RATIO_MAX,
} from './limits.ts';
import { readDirectory, type ZipDirectory } from './zip-directory.ts';
import { dataStart, type ZipEntry } from './zip-entry.ts';

/** What all archives of one exhibit, nested ones included, may still give. */
export interface ArchiveBudget {
  entries: number;
  bytes: number;
}

export const archiveBudget = (): ArchiveBudget => ({
  entries: ARCHIVE_ENTRIES_MAX,
  bytes: ARCHIVE_BYTES_MAX,
});

/** One entry that can be read. */
export interface Unpacking {
  readonly index: number;
  /** The entry's bytes within the archive where they are stored as they are; null where packed. */
  readonly stored: { readonly offset: number; readonly source: ByteSource } | null;
  /** Bytes that it says it unpacks to; a hint. */
  readonly statedBytes: number;
  /** Never throws over bad content: it ends early, and `limits` says why. Read once. */
  stream(): AsyncIterable<Uint8Array>;
  /** Grows while the stream is read. */
  readonly limits: readonly Limit[];
  /** Names what the entry holds where that is not mail; a bomb is called one. */
  notMail(what: string): void;
}

/**
 * Entries of a zip archive in the order of its list, then what was left out and why.
 *
 * Sizes, CRCs, names and counts that the archive states are compared, never trusted: unpacking
 * counts real bytes and stops at the limits of MAIL.md section 11.
 */
export async function* unzip(
  source: ByteSource,
  at: string,
  budget: ArchiveBudget,
): AsyncIterable<{ readonly entry: Unpacking } | { readonly limit: Limit }> {
  const directory = await readDirectory(source, budget.entries);
  budget.entries -= directory.entries.length;
  const notes = new ArchiveNotes();
  const overlapping = overlaps(directory.entries);
  for (const entry of directory.entries) {
    if (isFolder(entry)) continue;
    if (isUnsafe(entry.name)) notes.add('archive-name-unsafe', entry.index);
    if (entry.locked) notes.add('archive-locked', entry.index);
    else if (overlapping.has(entry.index)) notes.add('archive-overlap', entry.index);
    else if (entry.method !== 0 && entry.method !== 8) notes.add('archive-method', entry.index);
    else {
      const start = await dataStart(source, entry);
      if (start === null) notes.add('archive-entry-missing', entry.index);
      else {
        const packed = stretchOf(source, start, entry.packedBytes);
        yield { entry: unpacking({ entry, start, packed, budget, notes, parent: at }) };
      }
    }
  }
  for (const limit of [...directoryLimits(directory, at), ...notes.limits(at)]) yield { limit };
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
  const limits: Limit[] = [];
  const stop = (code: string, text: string): void => void limits.push({ code, at, text });
  const bytes = entry.method === 0 ? packed.stream() : bounded({ entry, packed, budget, stop });
  const unpackedMax = ratioBytes(entry);
  return {
    index: entry.index,
    stored: entry.method === 0 ? { offset: start, source: packed } : null,
    statedBytes: entry.unpackedBytes ?? 0,
    stream: () => checked(bytes, entry, limits, stop),
    limits,
    notMail: (what) => {
      if (entry.method === 8 && (entry.unpackedBytes ?? 0) > unpackedMax) stop(...RATIO);
      else notes.addNotMail(entry.index, what);
    },
  };
}

const RATIO = [
  'archive-ratio',
  `This entry unpacks to more than ${ARCHIVE_RATIO_MAX} times its packed size, as zip bombs do: unpacking stopped.`,
] as const;

const ratioBytes = (entry: ZipEntry): number =>
  Math.max(ARCHIVE_RATIO_FREE_BYTES, entry.packedBytes * ARCHIVE_RATIO_MAX);

type Stop = (code: string, text: string) => void;

interface Bounds {
  readonly entry: ZipEntry;
  readonly packed: ByteSource;
  readonly budget: ArchiveBudget;
  readonly stop: Stop;
}

async function* bounded({ entry, packed, budget, stop }: Bounds): AsyncIterable<Uint8Array> {
  let room = ratioBytes(entry);
  for await (const chunk of inflate(packed)) {
    const allowed = Math.min(room, budget.bytes, chunk.length);
    room -= allowed;
    budget.bytes -= allowed;
    if (allowed > 0) yield chunk.subarray(0, allowed);
    if (allowed === chunk.length) continue;
    if (room === 0) stop(...RATIO);
    else {
      const most = `${ARCHIVE_BYTES_MAX / 1e6} MB`;
      stop('archive-bytes', `No more than ${most} are unpacked from one exhibit: stopped here.`);
    }
    return;
  }
}

/** Compares what came with what the archive said of it, once all came. */
async function* checked(
  bytes: AsyncIterable<Uint8Array>,
  entry: ZipEntry,
  limits: readonly Limit[],
  stop: Stop,
): AsyncIterable<Uint8Array> {
  let length = 0;
  let sum = 0;
  try {
    for await (const chunk of bytes) {
      length += chunk.length;
      sum = crc32(chunk, sum);
      yield chunk;
    }
  } catch (failure) {
    if (!(failure instanceof InflateFailure)) throw failure;
    stop('archive-damaged', `The packed data are damaged: ${length} bytes came out before that.`);
  }
  if (limits.length > 0) return;
  if (entry.unpackedBytes !== null && length !== entry.unpackedBytes) {
    const text = `The archive says ${entry.unpackedBytes} bytes, ${length} came out.`;
    stop('archive-size-wrong', text);
  } else if (entry.crc32 !== null && sum !== entry.crc32) {
    stop('archive-crc-wrong', 'The bytes do not match the checksum that the archive gives.');
  }
}
