import type { Kernels } from '../base/index.ts';
import { u16, u32 } from './byte-reader.ts';

/** A storage of a compound file ([MS-CFB]): named storages and streams. */
export interface Storage {
  readonly storages: ReadonlyMap<string, Storage>;
  /** Contents by name; read when asked for. */
  readonly streams: ReadonlyMap<string, () => Uint8Array>;
}

export interface CompoundFile {
  readonly root: Storage;
  /** Grows while streams are read. */
  readonly defects: ReadonlySet<CompoundFileDefect>;
}

/**
 * `cfb-chain`: a sector chain loops, leaves the file, or runs into another one; `cfb-directory`: an
 * entry does.
 */
type CompoundFileDefect = 'cfb-chain' | 'cfb-directory' | 'cfb-header';

/** Storages and streams of one file; an Outlook item with 1,000 attachments has 30,000. */
const ENTRIES_MAX = 200_000;
/** Storages inside each other: a message in a message in a message is six. */
const DEPTH_MAX = 100;

const MAGIC = [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];
const HEADER_BYTES = 512;
const ENTRY_BYTES = 128;
/** FAT values from here on are marks, not sectors ([MS-CFB] section 2.1). */
const MARKS_FROM = 0xfffffffa;
const NO_ENTRY = 0xffffffff;

export const isCompoundFile = (bytes: Uint8Array): boolean =>
  MAGIC.every((byte, at) => bytes[at] === byte);

interface Sectors {
  readonly bytes: Uint8Array;
  readonly size: number;
  readonly fat: Uint32Array;
  /** Sectors that a chain was followed through: each belongs to one ([MS-CFB] section 2.3). */
  readonly taken: Uint8Array;
}

/**
 * Opens a compound file. Each sector is read for one chain, each directory entry once: loops end
 * where they close, and a thousand streams that share their sectors give them once, as a defect.
 * Linear time and memory.
 */
export function openCompoundFile(bytes: Uint8Array, kernels: Kernels): CompoundFile {
  const defects = new Set<CompoundFileDefect>();
  const shift = u16(bytes, 30);
  const miniShift = u16(bytes, 32);
  const isSane = (shift === 9 || shift === 12) && miniShift <= shift && bytes.length > HEADER_BYTES;
  if (!isCompoundFile(bytes) || !isSane)
    return { root: { storages: new Map(), streams: new Map() }, defects: new Set(['cfb-header']) };
  const size = 1 << shift;
  const fat = readFat(bytes, size, defects);
  const sectors = { bytes, size, fat, taken: new Uint8Array(fat.length) };
  const onDefect = (): void => void defects.add('cfb-chain');
  const directory = readChain(sectors, u32(bytes, 48), onDefect);
  const entries = readEntries(directory, kernels);
  const [root] = entries;
  const miniFat = words(readChain(sectors, u32(bytes, 60), onDefect));
  const mini: Sectors = {
    bytes: root === undefined ? new Uint8Array() : readChain(sectors, root.start, onDefect),
    size: 1 << miniShift,
    fat: miniFat,
    taken: new Uint8Array(miniFat.length),
  };
  const cutoff = u32(bytes, 56);
  const read = (entry: Entry): Uint8Array => {
    const from = entry.size < cutoff ? mini : sectors;
    return readChain(from, entry.start, onDefect, entry.size).subarray(0, entry.size);
  };
  const tree = { entries, read, visited: new Set<number>(), defects };
  return { root: storageOf(root, tree, 0), defects };
}

/** The FAT from the header's list of its sectors and the chain that continues the list. */
function readFat(bytes: Uint8Array, size: number, defects: Set<string>): Uint32Array {
  const sectorsMax = Math.ceil(bytes.length / size);
  const list: number[] = [];
  for (let at = 76; at < HEADER_BYTES; at += 4) list.push(u32(bytes, at));
  let next = u32(bytes, 68);
  for (let count = 0; next < MARKS_FROM; count += 1) {
    const from = (next + 1) * size;
    if (count > sectorsMax || from + size > bytes.length) {
      defects.add('cfb-chain');
      break;
    }
    for (let at = from; at < from + size - 4; at += 4) list.push(u32(bytes, at));
    next = u32(bytes, from + size - 4);
  }
  const used = list.filter((sector) => sector < MARKS_FROM).slice(0, sectorsMax);
  const fat = new Uint32Array(used.length * (size / 4)).fill(NO_ENTRY);
  for (const [index, sector] of used.entries()) {
    const from = (sector + 1) * size;
    const room = Math.min(size, Math.max(0, bytes.length - from));
    for (let at = 0; at + 4 <= room; at += 4)
      fat[index * (size / 4) + at / 4] = u32(bytes, from + at);
  }
  return fat;
}

/**
 * Joins a chain's sectors, and takes them. Big sectors count behind the header, mini sectors from
 * the start.
 */
function readChain(
  { bytes, size, fat, taken }: Sectors,
  start: number,
  onDefect: () => void,
  wanted = Number.POSITIVE_INFINITY,
): Uint8Array {
  const skip = size >= HEADER_BYTES ? 1 : 0;
  const runs: Uint8Array[] = [];
  let [length, sector] = [0, start];
  while (sector < MARKS_FROM && length < wanted) {
    const from = (sector + skip) * size;
    // A sector past the table ends its chain, so that it is not taken, nor met again in this one.
    if (from >= bytes.length || taken[sector] === 1) {
      onDefect();
      break;
    }
    if (sector < taken.length) taken[sector] = 1;
    const run = bytes.subarray(from, Math.min(from + size, bytes.length));
    runs.push(run);
    length += run.length;
    sector = fat[sector] ?? NO_ENTRY;
  }
  if (Number.isFinite(wanted) && length < wanted) onDefect();
  const joined = new Uint8Array(length);
  let at = 0;
  for (const run of runs) {
    joined.set(run, at);
    at += run.length;
  }
  return joined;
}

function words(bytes: Uint8Array): Uint32Array {
  return Uint32Array.from({ length: bytes.length >> 2 }, (_, at) => u32(bytes, at * 4));
}

interface Entry {
  readonly name: string;
  /** 1 storage, 2 stream, 5 root. */
  readonly type: number;
  readonly left: number;
  readonly right: number;
  readonly child: number;
  readonly start: number;
  readonly size: number;
}

function readEntries(directory: Uint8Array, kernels: Kernels): readonly Entry[] {
  const count = Math.min(Math.floor(directory.length / ENTRY_BYTES), ENTRIES_MAX);
  return Array.from({ length: count }, (_, index) => {
    const at = index * ENTRY_BYTES;
    const nameLength = Math.min(64, Math.max(0, u16(directory, at + 64) - 2));
    return {
      name: kernels.decode('utf-16le', directory.subarray(at, at + nameLength)) ?? '',
      type: directory[at + 66] ?? 0,
      left: u32(directory, at + 68),
      right: u32(directory, at + 72),
      child: u32(directory, at + 76),
      start: u32(directory, at + 116),
      size: u32(directory, at + 120),
    };
  });
}

function readOnce(read: () => Uint8Array): () => Uint8Array {
  let bytes: Uint8Array | null = null;
  return () => {
    bytes ??= read();
    return bytes;
  };
}

interface Tree {
  readonly entries: readonly Entry[];
  readonly read: (entry: Entry) => Uint8Array;
  readonly visited: Set<number>;
  readonly defects: Set<string>;
}

function storageOf(entry: Entry | undefined, tree: Tree, depth: number): Storage {
  const storages = new Map<string, Storage>();
  const streams = new Map<string, () => Uint8Array>();
  const waiting = entry === undefined || depth > DEPTH_MAX ? [] : [entry.child];
  while (waiting.length > 0) {
    const id = waiting.pop() ?? NO_ENTRY;
    if (id === NO_ENTRY) continue;
    const here = tree.entries[id];
    if (here === undefined || tree.visited.has(id)) {
      tree.defects.add('cfb-directory');
      continue;
    }
    tree.visited.add(id);
    waiting.push(here.left, here.right);
    if (here.type === 1) storages.set(here.name, storageOf(here, tree, depth + 1));
    else if (here.type === 2)
      streams.set(
        here.name,
        readOnce(() => tree.read(here)),
      );
  }
  return { storages, streams };
}
