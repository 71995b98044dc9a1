import type { Kernels } from '../base/index.ts';
import { u16 } from './byte-reader.ts';
import { ansiCodePage } from './code-page.ts';
import { openCompoundFile, type Storage } from './compound-file.ts';
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
  BINARY,
  bytesOf,
  fixedValue,
  numberOf,
  PROPERTY,
  type PropertyBag,
  type PropertyValue,
  STRING8,
  textOf,
  textOrBytes,
  UNICODE,
} from './mapi-properties.ts';

/** Bytes before the entries of a property stream ([MS-OXMSG] section 2.4.1). */
const PROPERTY_HEADER = { item: 32, embedded: 24, part: 8 } as const;

/**
 * Reads a .msg file ([MS-OXMSG]): properties, recipients, attachments, messages inside.
 *
 * Text under a code page is decoded by the item's own, so that no subject turns to mojibake.
 */
export function readMsg(bytes: Uint8Array, kernels: Kernels): MapiItem {
  const { root, defects } = openCompoundFile(bytes, kernels);
  const item = readItem(root, PROPERTY_HEADER.item, kernels, 0);
  return { ...item, defects: [...item.defects, ...[...defects].map((code) => ({ code, at: 0 }))] };
}

/** True for the compound files that are Outlook items: Word and Excel files are others. */
export function isMsg(bytes: Uint8Array, kernels: Kernels): boolean {
  const { root } = openCompoundFile(bytes, kernels);
  return root.streams.has('__properties_version1.0');
}

function readItem(storage: Storage, header: number, kernels: Kernels, depth: number): MapiItem {
  const properties = readBag(storage, header, null, kernels);
  const codePage = codePageOf(properties);
  const attached = numbered(storage, '__attach_version1.0');
  const files = attached.slice(0, ATTACHMENTS_MAX).flatMap((inside) => {
    const file = readFile(inside, codePage, kernels, depth);
    return file === null ? [] : [file];
  });
  const isDeep = depth >= ITEM_DEPTH_MAX && files.some(({ kind }) => kind === 'message');
  return {
    form: 'msg',
    properties,
    codePage,
    recipients: readRecipients(storage, codePage, kernels),
    files,
    defects: [],
    cut: isDeep
      ? 'outlook-depth'
      : attached.length > ATTACHMENTS_MAX
        ? 'outlook-attachments'
        : null,
  };
}

/**
 * Storages of one kind by their numbers: `__attach_version1.0_#0000000A`; a directory is a tree.
 */
const numbered = ({ storages }: Storage, kind: string): readonly Storage[] =>
  [...storages]
    .filter(([name]) => name.startsWith(kind))
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, inside]) => inside);

const codePageOf = (bag: PropertyBag): number =>
  ansiCodePage({
    codePage: numberOf(bag, PROPERTY.messageCodePage),
    locale: numberOf(bag, PROPERTY.messageLocale),
    internetCodePage: numberOf(bag, PROPERTY.internetCodePage),
  });

function readFile(
  storage: Storage,
  codePage: number,
  kernels: Kernels,
  depth: number,
): MapiFile | null {
  const bag = readBag(storage, PROPERTY_HEADER.part, codePage, kernels);
  const inside = storage.storages.get('__substg1.0_3701000D');
  const bytes = bytesOf(bag, PROPERTY.attachData);
  if (bytes === null && inside === undefined) return null;
  const isMessage = inside?.streams.has('__properties_version1.0') === true;
  return {
    fileName:
      textOf(bag, PROPERTY.attachLongFileName) ??
      textOf(bag, PROPERTY.attachFileName) ??
      textOf(bag, PROPERTY.displayName),
    contentType: textOf(bag, PROPERTY.attachMimeTag)?.toLowerCase() ?? null,
    kind: isMessage ? 'message' : inside === undefined ? 'file' : 'ole',
    bytes: bytes ?? new Uint8Array(),
    offset: null,
    item:
      isMessage && depth < ITEM_DEPTH_MAX
        ? readItem(inside, PROPERTY_HEADER.embedded, kernels, depth + 1)
        : null,
  };
}

function readRecipients(
  storage: Storage,
  codePage: number,
  kernels: Kernels,
): readonly MapiRecipient[] {
  return numbered(storage, '__recip_version1.0')
    .slice(0, RECIPIENTS_MAX)
    .map((inside) => recipientOf(readBag(inside, PROPERTY_HEADER.part, codePage, kernels)));
}

const STREAM = /^__substg1\.0_([0-9A-F]{4})([0-9A-F]{4})$/i;

/** Named properties begin here; their ids mean something in this file only. */
const NAMED = 0x8000;
const IN_STREAMS: ReadonlySet<number> = new Set([STRING8, UNICODE, BINARY]);

/**
 * Fixed values stand in the property stream, the others in a stream each, named by id and type.
 * Without a code page of its parent, an item's own is looked up first.
 */
function readBag(
  storage: Storage,
  header: number,
  parentCodePage: number | null,
  kernels: Kernels,
): PropertyBag {
  const bag = fixedValues(storage, header);
  const codePage = parentCodePage ?? codePageOf(bag);
  for (const [name, read] of storage.streams) {
    const [, idText = '', typeText = ''] = STREAM.exec(name) ?? [];
    const [id, type] = [Number.parseInt(idText, 16), Number.parseInt(typeText, 16)];
    if (id < NAMED && IN_STREAMS.has(type))
      bag.set(id, textOrBytes(read(), type, codePage, kernels));
  }
  return bag;
}

function fixedValues(storage: Storage, header: number): Map<number, PropertyValue> {
  const bag = new Map<number, PropertyValue>();
  const entries = storage.streams.get('__properties_version1.0')?.() ?? new Uint8Array();
  for (let at = header; at + 16 <= entries.length; at += 16) {
    const [type, id] = [u16(entries, at), u16(entries, at + 2)];
    const value = id >= NAMED || bag.has(id) ? null : fixedValue(entries.subarray(at + 8), type);
    if (value !== null) bag.set(id, value);
  }
  return bag;
}
