import type { CarriedFile, IntakeStep, OpenCarried, RawMessage } from '../../app/ports/index.ts';
import type { Kernels, Limit } from '../../core/base/index.ts';
import type { ExhibitKind } from '../../core/evidence/index.ts';
import type { SniffedKind } from '../../core/mail/index.ts';
import { createMboxSplitter, type MboxRange } from '../../core/mbox/index.ts';
import { ArchiveBudget } from './archive-budget.ts';
import { ArchiveNotes } from './archive-notes.ts';
import { type ByteSource, memorySource } from './byte-source.ts';
import { type CarriedKind, carriedKind } from './carried-kind.ts';
import { gather, peek } from './chunks.ts';
import {
  ARCHIVE_DEPTH_MAX,
  ARCHIVE_ENTRIES_MAX,
  ARCHIVE_MAILS_MAX,
  MESSAGE_BYTES_MAX,
} from './limits.ts';
import { isDocument, KIND_HEAD_BYTES, looksLike } from './looks-like.ts';
import { receivedKind } from './received-kind.ts';
import { openPacked, type Unpacking } from './unpacking.ts';
import { unzip } from './zip.ts';

/** Where bytes stand: their node in the message tree, and the bytes that their offsets count in. */
interface Place {
  /** `exhibit`, or an entry's path. */
  readonly path: string;
  readonly base: string;
  readonly offset: number;
  readonly transforms: readonly string[];
}

interface Content {
  /** Null where the bytes are unpacked as they come. */
  readonly source: ByteSource | null;
  readonly statedBytes: number;
  stream(): AsyncIterable<Uint8Array>;
}

interface Reading {
  readonly kernels: Kernels;
  /** Null where the exhibit is no archive. */
  readonly budget: ArchiveBudget | null;
  /** What is read is carried by a mail: all of it shares that mail's budget. */
  readonly carried: boolean;
  /** Archives that lie around what is read. */
  readonly depth: number;
}

const EXHIBIT: Place = { path: 'exhibit', base: 'exhibit', offset: 0, transforms: [] };

/**
 * Messages of one exhibit with their exact bytes; what cannot be read is a limit, never a throw.
 */
export function readMessages(
  source: ByteSource,
  kind: ExhibitKind,
  kernels: Kernels,
): AsyncIterable<IntakeStep> {
  const content = { source, statedBytes: source.size, stream: () => source.stream() };
  const plain: Reading = { kernels, budget: null, carried: false, depth: 0 };
  const archive = (): Reading => ({
    ...plain,
    budget: ArchiveBudget.ofExhibit(source.size),
    depth: 1,
  });
  switch (kind) {
    case 'message':
    case 'msg':
    case 'tnef':
      return readLone(content, EXHIBIT, plain);
    case 'mbox':
      return readMbox(content, EXHIBIT, plain);
    case 'zip':
      return readZip(source, EXHIBIT, archive());
    case 'gzip':
      return readGzip(source, EXHIBIT, archive());
    case 'dns-transcript':
    case 'office-names':
      return noMail();
    case 'unknown':
      return nameUnknown(source);
  }
}

async function* noMail(): AsyncGenerator<IntakeStep> {}

/**
 * Opens the archives that one mail carries, as exhibits of their kind are opened; null for a file
 * that is none. All that one opener opens share one budget.
 */
export const carriedOpener = (kernels: Kernels): OpenCarried =>
  openerOf({ kernels, budget: null, carried: false, depth: 0 });

function openerOf(around: Reading): OpenCarried {
  let reading: CarriedReading | null = null;
  return (file) => {
    const kind = carriedKind(file, around.kernels);
    if (kind === null) return null;
    reading ??= {
      ...around,
      budget: (around.carried ? around.budget : null) ?? ArchiveBudget.ofMail(around.budget),
      carried: true,
      depth: around.depth + 1,
    };
    if (!around.carried) reading.budget.addArchive(file.bytes.length);
    return readCarried(file, kind, reading);
  };
}

type CarriedReading = Reading & { readonly budget: ArchiveBudget };

async function* readCarried(
  { path, bytes }: CarriedFile,
  kind: CarriedKind,
  reading: CarriedReading,
): AsyncIterable<IntakeStep> {
  const { budget } = reading;
  const deep = tooDeep(path, reading);
  if (deep !== null) {
    yield { limit: deep };
    return;
  }
  if (kind === 'other') {
    const text = `This is ${looksLike(bytes)}: it is not opened.`;
    yield { limit: { code: 'archive-format', at: path, text } };
    return;
  }
  if (budget.mails === 0 || (kind === 'zip' && budget.entries === 0)) {
    yield* tooMany(path, budget);
    return;
  }
  const source = memorySource(bytes);
  const content = { source, statedBytes: bytes.length, stream: () => source.stream() };
  const place = { path, base: path, offset: 0, transforms: [] };
  for await (const step of readContent(kind, content, place, reading)) {
    if ('message' in step && !budget.takeMail()) {
      yield* tooMany(path, budget);
      return;
    }
    yield step;
  }
}

/** Said once: a mail can carry ten thousand archives. */
function* tooMany(at: string, budget: ArchiveBudget): Iterable<IntakeStep> {
  const rest = 'the rest of this archive and those behind it were not.';
  const [code, text] =
    budget.mails === 0
      ? ['archive-mails', `No more than ${ARCHIVE_MAILS_MAX} mails are read out of the archives`]
      : ['archive-entries', `Only ${ARCHIVE_ENTRIES_MAX} entries are read from the zip archives`];
  if (budget.isNews(code)) yield { limit: { code, at, text: `${text} of one mail: ${rest}` } };
}

const tooDeep = (at: string, { depth }: Reading): Limit | null =>
  depth <= ARCHIVE_DEPTH_MAX
    ? null
    : {
        code: 'archive-depth',
        at,
        text: `Archives are opened ${ARCHIVE_DEPTH_MAX} deep: this one lies deeper.`,
      };

async function* readContent(
  kind: SniffedKind,
  content: Content,
  place: Place,
  reading: Reading,
): AsyncIterable<IntakeStep> {
  if (isLone(kind)) yield* readLone(content, place, reading);
  if (kind === 'mbox') yield* readMbox(content, place, reading);
  if (kind !== 'zip' && kind !== 'gzip') return;
  const deep = tooDeep(place.path, reading);
  if (deep !== null) {
    yield { limit: deep };
    return;
  }
  const source =
    content.source ??
    memorySource((await gather(content.stream(), Infinity, content.statedBytes)).bytes);
  yield* kind === 'zip' ? readZip(source, place, reading) : readGzip(source, place, reading);
}

/** One mail, in the form that it has. */
const isLone = (kind: SniffedKind): boolean =>
  kind === 'message' || kind === 'msg' || kind === 'tnef';

const pathIn = (place: Place, position: number): string =>
  place.path === 'exhibit' ? String(position) : `${place.path}.${position}`;

async function* nameUnknown(source: ByteSource): AsyncIterable<IntakeStep> {
  const what = looksLike(await source.read(0, KIND_HEAD_BYTES));
  const text = `This is ${what}, not a mail, an mbox or a zip or gzip of those: nothing is read from it.`;
  yield { limit: { code: 'not-mail', at: 'exhibit', text } };
}

async function* readLone(
  content: Content,
  place: Place,
  reading: Reading,
): AsyncIterable<IntakeStep> {
  const path = place.path === 'exhibit' ? '0' : place.path;
  const { bytes, cut } = await gather(content.stream(), MESSAGE_BYTES_MAX, content.statedBytes);
  yield { message: { ...place, path, bytes, ...shared(reading, bytes) } };
  if (cut) yield { limit: tooLarge(path) };
}

/** What a mail may unpack and open, out of what its exhibit may. */
function shared(reading: Reading, bytes: Uint8Array): Pick<RawMessage, 'open' | 'work'> {
  const open = openerOf(reading);
  // What a mail carries is the matter of that mail, which shares its own with it.
  if (reading.budget === null || reading.carried) return { open };
  return { open, work: reading.budget.work.addMail(bytes) };
}

const tooLarge = (at: string): Limit => ({
  code: 'message-bytes',
  at,
  text: `This message is larger than ${MESSAGE_BYTES_MAX / 1e6} MB: no more of it is read than that.`,
});

async function* readMbox(
  content: Content,
  place: Place,
  reading: Reading,
): AsyncIterable<IntakeStep> {
  const splitter = createMboxSplitter(reading.kernels);
  let messages = 0;
  let lead = 0;
  const read = async function* (ranges: readonly MboxRange[]): AsyncIterable<IntakeStep> {
    for (const range of ranges) {
      if (range.kind === 'lead') lead = range.end - range.start;
      else yield* readRange(range, content, place, reading);
      if (range.kind === 'message') messages += 1;
    }
  };
  for await (const chunk of content.stream()) yield* read(splitter.push(chunk));
  const { ranges, limits } = splitter.end();
  yield* read(ranges);
  for (const limit of limits) {
    // Told already, with the message's path.
    if (limit.code === 'mbox-message-bytes') continue;
    const at = place.path === 'exhibit' ? limit.at : `${place.path}:${limit.at}`;
    yield { limit: { ...limit, at } };
  }
  // Nothing that separates: a message with an envelope line on top.
  if (messages === 0 && content.source !== null) yield* readLone(content, place, reading);
  else if (lead > LEAD_FREE_BYTES) yield { limit: unreadLead(place.path, lead) };
}

/** A byte order mark and an empty line before the first message say nothing. */
const LEAD_FREE_BYTES = 5;

const unreadLead = (at: string, lead: number): Limit => ({
  code: 'mbox-lead',
  at,
  text: `${lead} bytes stand before the first message of this mbox and belong to none: not read.`,
});

async function* readRange(
  range: MboxRange & { readonly kind: 'message' },
  { source }: Content,
  place: Place,
  reading: Reading,
): AsyncIterable<IntakeStep> {
  const path = pathIn(place, range.index);
  const bytes = range.bytes ?? (await source?.read(range.offset, MESSAGE_BYTES_MAX));
  const offset = place.offset + range.offset;
  if (bytes !== undefined) {
    yield { message: { ...place, path, offset, bytes, ...shared(reading, bytes) } };
  }
  if (range.bytes === null) yield { limit: tooLarge(path) };
}

async function* readZip(
  source: ByteSource,
  place: Place,
  reading: Reading,
): AsyncIterable<IntakeStep> {
  const budget = reading.budget ?? ArchiveBudget.ofExhibit(source.size);
  for await (const step of unzip(source, place.path, budget)) {
    if ('limit' in step) yield step;
    else yield* readEntry(step.entry, 'zipEntry', place, reading);
  }
}

/** One entry, number 0: what a gzip file holds. */
async function* readGzip(
  source: ByteSource,
  place: Place,
  reading: Reading,
): AsyncIterable<IntakeStep> {
  const at = pathIn(place, 0);
  const notes = new ArchiveNotes();
  const packed = { at, packed: source, packing: 'gzip', claims: NO_CLAIMS } as const;
  const { stream, limits } = openPacked({
    ...packed,
    budget: reading.budget ?? ArchiveBudget.ofExhibit(source.size),
  });
  const notMail = (what: string): void => notes.addNotMail(0, what);
  const entry = { index: 0, stored: null, statedBytes: 0, stream, limits, notMail };
  yield* readEntry(entry, 'gzip', place, reading);
  for (const limit of notes.limits(place.path)) yield { limit };
}

const NO_CLAIMS = { unpackedBytes: null, crc32: null } as const;

async function* readEntry(
  entry: Unpacking,
  transform: 'zipEntry' | 'gzip',
  parent: Place,
  reading: Reading,
): AsyncIterable<IntakeStep> {
  const path = pathIn(parent, entry.index);
  const place: Place =
    entry.stored === null
      ? { path, base: path, offset: 0, transforms: [...parent.transforms, transform] }
      : { ...parent, path, offset: parent.offset + entry.stored.offset };
  const { head, stream, close } = await peek(entry.stream(), KIND_HEAD_BYTES);
  try {
    const source = entry.stored?.source ?? null;
    const content: Content = { source, statedBytes: entry.statedBytes, stream: () => stream };
    const kind = receivedKind(head, reading.kernels);
    if (kind === 'unknown' || isDocument(head)) entry.notMail(looksLike(head));
    else {
      const isArchive = kind === 'zip' || kind === 'gzip';
      const inside = isArchive ? { ...reading, depth: reading.depth + 1 } : reading;
      yield* readContent(kind, content, place, inside);
    }
    for (const limit of entry.limits) yield { limit };
  } finally {
    await close();
  }
}
