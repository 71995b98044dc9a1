import { hexOf, type Kernels } from '../base/index.ts';
import {
  type ByteReader,
  readerOf,
  takeBytes,
  takeU8,
  takeU16,
  takeU32,
  u32,
} from './byte-reader.ts';
import { decodeCodePage } from './code-page.ts';
import {
  ATTACHMENTS_MAX,
  ITEM_DEPTH_MAX,
  type MapiFile,
  type MapiItem,
  type MapiRecipient,
  RECIPIENTS_MAX,
  recipientOf,
} from './mapi-item.ts';
import {
  bytesOf,
  numberOf,
  PROPERTY,
  type PropertyBag,
  type PropertyValue,
  readProperties,
  textOf,
} from './mapi-properties.ts';

const SIGNATURE = 0x223e9f78;

/** Attributes by name; the type in the upper half of the id is not relied on. */
const ATTRIBUTE = {
  codePage: 0x9007,
  subject: 0x8004,
  body: 0x800c,
  messageProperties: 0x9003,
  recipients: 0x9004,
  renderData: 0x9002,
  title: 0x8010,
  data: 0x800f,
  attachmentProperties: 0x9005,
} as const;

/** IID_IMessage: the object is a TNEF message ([MS-OXTNEF] section 2.1.3.4.1). */
const MESSAGE_OBJECT = '0703020000000000c000000000000046';

export const isTnef = (bytes: Uint8Array): boolean =>
  bytes.length >= 6 && u32(bytes, 0) === SIGNATURE;

/** What may be wrong with a stream that is read all the same. */
type TnefDefect =
  | 'tnef-truncated'
  | 'tnef-trailing'
  | 'tnef-checksum'
  | 'tnef-properties'
  | 'tnef-not-tnef';

interface Draft {
  properties: PropertyBag;
  title: string | null;
  data: Uint8Array | null;
}

interface State {
  codePage: number;
  properties: PropertyBag;
  /** What attributes older than MAPI say. */
  readonly legacy: Map<number, PropertyValue>;
  recipients: readonly MapiRecipient[];
  readonly drafts: Draft[];
  readonly defects: { readonly code: TnefDefect; readonly at: number }[];
  cut: MapiItem['cut'];
}

interface Attribute {
  readonly at: number;
  readonly level: number;
  readonly name: number;
  readonly data: Uint8Array;
}

/**
 * Reads a TNEF stream (winmail.dat, [MS-OXTNEF]): properties, attachments with their exact bytes
 * and long names, embedded messages, OLE objects.
 *
 * A wrong checksum is a defect and the attribute is read; a stream that ends early gives what
 * stood before. Lengths are checked against the stream, so time and memory are linear in it.
 */
export function readTnef(bytes: Uint8Array, kernels: Kernels, depth = 0): MapiItem {
  const state: State = {
    codePage: 1252,
    properties: new Map(),
    legacy: new Map(),
    recipients: [],
    drafts: [],
    defects: [],
    cut: null,
  };
  const reader = readerOf(bytes, 6);
  if (!isTnef(bytes)) state.defects.push({ code: 'tnef-not-tnef', at: 0 });
  else
    for (;;) {
      const attribute = nextAttribute(reader, state);
      if (attribute === null) break;
      takeAttribute(attribute, state, kernels);
    }
  const { codePage, recipients, defects } = state;
  const files = state.drafts.flatMap((draft) => attachmentOf(draft, bytes, kernels, depth) ?? []);
  const isDeep = depth >= ITEM_DEPTH_MAX && files.some(({ kind }) => kind === 'message');
  const properties = merged(state.legacy, state.properties);
  const cut = isDeep ? 'outlook-depth' : state.cut;
  return { form: 'tnef', properties, codePage, recipients, files, defects, cut };
}

/** The next attribute; null at the end and where none can follow. */
function nextAttribute(reader: ByteReader, { defects }: State): Attribute | null {
  const { at } = reader;
  if (at >= reader.end) return null;
  const level = takeU8(reader);
  const id = takeU32(reader);
  const length = takeU32(reader);
  if (level !== 1 && level !== 2) {
    defects.push({ code: 'tnef-trailing', at });
    return null;
  }
  const data = length === null ? null : takeBytes(reader, length);
  const checksum = data === null ? null : takeU16(reader);
  if (checksum === null) defects.push({ code: 'tnef-truncated', at });
  else if (data !== null && sum(data) !== checksum) defects.push({ code: 'tnef-checksum', at });
  return data === null || id === null ? null : { at, level, name: id & 0xffff, data };
}

function takeAttribute(attribute: Attribute, state: State, kernels: Kernels): void {
  const { name, data, level, at } = attribute;
  if (name === ATTRIBUTE.codePage && data.length >= 4) state.codePage = u32(data, 0);
  else if (name === ATTRIBUTE.messageProperties || name === ATTRIBUTE.attachmentProperties) {
    const { bag, complete } = readProperties(readerOf(data), state.codePage, kernels);
    if (!complete) state.defects.push({ code: 'tnef-properties', at });
    const draft = level === 2 ? draftOf(state) : null;
    if (draft !== null) draft.properties = bag;
    else if (level === 1) state.properties = bag;
  } else if (level === 2) takeAttachmentAttribute(attribute, state, kernels);
  else if (name === ATTRIBUTE.recipients) takeRecipients(attribute, state, kernels);
  else if (name === ATTRIBUTE.subject || name === ATTRIBUTE.body) {
    const property = name === ATTRIBUTE.subject ? PROPERTY.subject : PROPERTY.body;
    state.legacy.set(property, decodeCodePage(data, state.codePage, kernels));
  }
}

/** A count and as many property lists ([MS-OXTNEF], attRecipTable). */
function takeRecipients({ at, data }: Attribute, state: State, kernels: Kernels): void {
  const reader = readerOf(data);
  const count = Math.min(takeU32(reader) ?? 0, RECIPIENTS_MAX);
  const recipients: MapiRecipient[] = [];
  while (recipients.length < count) {
    const { bag, complete } = readProperties(reader, state.codePage, kernels);
    if (!complete) {
      state.defects.push({ code: 'tnef-properties', at });
      break;
    }
    recipients.push(recipientOf(bag));
  }
  state.recipients = recipients;
}

function takeAttachmentAttribute({ name, data }: Attribute, state: State, kernels: Kernels): void {
  if (name === ATTRIBUTE.renderData) {
    if (state.drafts.length >= ATTACHMENTS_MAX) state.cut = 'outlook-attachments';
    else state.drafts.push({ properties: new Map(), title: null, data: null });
    return;
  }
  const draft = draftOf(state);
  if (draft === null) return;
  if (name === ATTRIBUTE.title) draft.title = decodeCodePage(data, state.codePage, kernels);
  else if (name === ATTRIBUTE.data) draft.data = data;
}

/** The attachment that attributes belong to; a stream may begin one without its render data. */
function draftOf(state: State): Draft | null {
  if (state.cut !== null) return null;
  if (state.drafts.length === 0)
    state.drafts.push({ properties: new Map(), title: null, data: null });
  return state.drafts.at(-1) ?? null;
}

/** MAPI properties are the fuller record; the old attributes fill what they lack. */
const merged = (legacy: PropertyBag, properties: PropertyBag): PropertyBag =>
  new Map([...legacy, ...properties]);

/** Words whose bytes are added at once: 128 bytes a lane of 16 bits stay within 31 bits in all. */
const LANE_WORDS = 64;

/**
 * The sum of all bytes, modulo 65,536 ([MS-OXTNEF] section 2.1.3.1). Four bytes at a time: items
 * inside each other are summed level by level.
 */
function sum(bytes: Uint8Array): number {
  const lead = Math.min(bytes.length, -bytes.byteOffset & 3);
  const count = (bytes.length - lead) >> 2;
  // Fewer bytes than a word may not reach an aligned place.
  const words = count === 0 ? [] : new Uint32Array(bytes.buffer, bytes.byteOffset + lead, count);
  let total = 0;
  for (let at = 0; at < lead; at += 1) total += bytes[at]!;
  for (let from = 0; from < count; from += LANE_WORDS) {
    let lanes = 0;
    const to = Math.min(count, from + LANE_WORDS);
    for (let at = from; at < to; at += 1) {
      const word = words[at]!;
      lanes += (word & 0xff00ff) + ((word >>> 8) & 0xff00ff);
    }
    total += (lanes & 0xffff) + (lanes >>> 16);
  }
  for (let at = lead + count * 4; at < bytes.length; at += 1) total += bytes[at]!;
  return total & 0xffff;
}

function attachmentOf(
  { properties, title, data }: Draft,
  stream: Uint8Array,
  kernels: Kernels,
  depth: number,
): MapiFile | null {
  const stored = bytesOf(properties, PROPERTY.attachData);
  // An object begins with the id of what it is; plain binary data does not. What else stands in its
  // place is for programs that know no objects: words that say so, a picture of it.
  const isObject = stored !== null && stored.length >= 16 && isObjectId(stored);
  const object = isObject ? stored.subarray(16) : null;
  const bytes = object ?? data ?? stored;
  if (bytes === null) return null;
  const isMessage = isObject && hexOf(stored.subarray(0, 16)) === MESSAGE_OBJECT;
  const method = numberOf(properties, PROPERTY.attachMethod);
  const isOle = !isMessage && (isObject || method === 6);
  const fileName =
    textOf(properties, PROPERTY.attachLongFileName) ??
    textOf(properties, PROPERTY.attachFileName) ??
    (title === '' ? null : title) ??
    textOf(properties, PROPERTY.displayName);
  return {
    fileName,
    contentType: textOf(properties, PROPERTY.attachMimeTag)?.toLowerCase() ?? null,
    kind: isMessage ? 'message' : isOle ? 'ole' : 'file',
    bytes,
    offset: bytes.byteOffset - stream.byteOffset,
    item: isMessage && depth < ITEM_DEPTH_MAX ? readTnef(bytes, kernels, depth + 1) : null,
  };
}

/** COM's ids end in `C0 00 00 00 00 00 00 46`. */
const isObjectId = (bytes: Uint8Array): boolean =>
  hexOf(bytes.subarray(8, 16)) === 'c000000000000046';
