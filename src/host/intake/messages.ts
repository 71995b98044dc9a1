import type { RawMessage } from '../../app/ports/index.ts';
import type { Kernels, Limit } from '../../core/base/index.ts';
import type { ExhibitKind } from '../../core/evidence/index.ts';
import { createMboxSplitter, type MboxRange, sniffKind } from '../../core/mail/index.ts';
import { type ByteSource, memorySource } from './byte-source.ts';
import { gather, peek } from './chunks.ts';
import { ARCHIVE_DEPTH_MAX, MESSAGE_BYTES_MAX } from './limits.ts';
import { KIND_HEAD_BYTES, looksLike } from './looks-like.ts';
import { type ArchiveBudget, archiveBudget, type Unpacking, unzip } from './zip.ts';

export type Read = { readonly message: RawMessage } | { readonly limit: Limit };

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
  readonly budget: ArchiveBudget;
}

/** Messages of one exhibit with their exact bytes; what cannot be read is a limit, never a throw. */
export function readMessages(
  source: ByteSource,
  kind: ExhibitKind,
  kernels: Kernels,
): AsyncIterable<Read> {
  const place = { path: 'exhibit', base: 'exhibit', offset: 0, transforms: [] };
  const content = { source, statedBytes: source.size, stream: () => source.stream() };
  const reading = { kernels, budget: archiveBudget() };
  switch (kind) {
    case 'message':
    case 'msg':
      return readLone(content, place);
    case 'mbox':
      return readMbox(content, place, reading);
    case 'zip':
      return readZip(source, place, reading, 1);
    case 'unknown':
      return nameUnknown(source);
  }
}

const pathIn = (place: Place, position: number): string =>
  place.path === 'exhibit' ? String(position) : `${place.path}.${position}`;

async function* nameUnknown(source: ByteSource): AsyncIterable<Read> {
  const what = looksLike(await source.read(0, KIND_HEAD_BYTES));
  const text = `This is ${what}, not a mail, an mbox or a zip of those: kept, nothing is read from it.`;
  yield { limit: { code: 'not-mail', at: 'exhibit', text } };
}

async function* readLone(content: Content, place: Place): AsyncIterable<Read> {
  const path = place.path === 'exhibit' ? '0' : place.path;
  const { bytes, cut } = await gather(content.stream(), MESSAGE_BYTES_MAX, content.statedBytes);
  yield { message: { ...place, path, bytes } };
  if (cut) yield { limit: tooLarge(path) };
}

const tooLarge = (at: string): Limit => ({
  code: 'message-bytes',
  at,
  text: `This message is larger than ${MESSAGE_BYTES_MAX / 1e6} MB: no more of it is read than that.`,
});

async function* readMbox(content: Content, place: Place, reading: Reading): AsyncIterable<Read> {
  const splitter = createMboxSplitter(reading.kernels);
  let messages = 0;
  let lead = 0;
  const read = async function* (ranges: readonly MboxRange[]): AsyncIterable<Read> {
    for (const range of ranges) {
      if (range.kind === 'lead') lead = range.end - range.start;
      else yield* readRange(range, content, place);
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
  if (messages === 0 && content.source !== null) yield* readLone(content, place);
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
): AsyncIterable<Read> {
  const path = pathIn(place, range.index);
  const bytes = range.bytes ?? (await source?.read(range.offset, MESSAGE_BYTES_MAX));
  const offset = place.offset + range.offset;
  if (bytes !== undefined) yield { message: { ...place, path, offset, bytes } };
  if (range.bytes === null) yield { limit: tooLarge(path) };
}

async function* readZip(
  source: ByteSource,
  place: Place,
  reading: Reading,
  depth: number,
): AsyncIterable<Read> {
  for await (const step of unzip(source, place.path, reading.budget)) {
    if ('limit' in step) yield step;
    else yield* readEntry(step.entry, place, reading, depth);
  }
}

async function* readEntry(
  entry: Unpacking,
  parent: Place,
  reading: Reading,
  depth: number,
): AsyncIterable<Read> {
  const path = pathIn(parent, entry.index);
  const place: Place =
    entry.stored === null
      ? { path, base: path, offset: 0, transforms: [...parent.transforms, 'zipEntry'] }
      : { ...parent, path, offset: parent.offset + entry.stored.offset };
  const { head, stream, close } = await peek(entry.stream(), KIND_HEAD_BYTES);
  try {
    const source = entry.stored?.source ?? null;
    const content: Content = { source, statedBytes: entry.statedBytes, stream: () => stream };
    const kind = sniffKind(head, reading.kernels);
    if (kind === 'message' || kind === 'msg') yield* readLone(content, place);
    if (kind === 'mbox') yield* readMbox(content, place, reading);
    if (kind === 'zip') yield* readNested(content, place, reading, depth + 1);
    if (kind === 'unknown') entry.notMail(looksLike(head));
    for (const limit of entry.limits) yield { limit };
  } finally {
    await close();
  }
}

async function* readNested(
  content: Content,
  place: Place,
  reading: Reading,
  depth: number,
): AsyncIterable<Read> {
  if (depth > ARCHIVE_DEPTH_MAX) {
    const text = `Archives are opened ${ARCHIVE_DEPTH_MAX} deep: this one lies deeper.`;
    yield { limit: { code: 'archive-depth', at: place.path, text } };
    return;
  }
  const source =
    content.source ??
    memorySource((await gather(content.stream(), Infinity, content.statedBytes)).bytes);
  yield* readZip(source, place, reading, depth);
}
