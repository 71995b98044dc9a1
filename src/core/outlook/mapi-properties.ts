import type { Kernels } from '../base/index.ts';
import { type ByteReader, takeBytes, takeU16, takeU32, u16, u32 } from './byte-reader.ts';
import { decodeCodePage, decodeUnicode } from './code-page.ts';

/** [MS-OXPROPS] ids that mail reading needs. */
export const PROPERTY = {
  subject: 0x0037,
  sentRepresentingName: 0x0042,
  topic: 0x0070,
  transportHeaders: 0x007d,
  senderName: 0x0c1a,
  senderAddress: 0x0c1f,
  sentRepresentingAddress: 0x0065,
  senderSmtpAddress: 0x5d01,
  sentRepresentingSmtpAddress: 0x5d02,
  clientSubmitTime: 0x0039,
  deliveryTime: 0x0e06,
  bareSubject: 0x0e1d,
  body: 0x1000,
  rtfCompressed: 0x1009,
  bodyHtml: 0x1013,
  internetMessageId: 0x1035,
  displayName: 0x3001,
  attachData: 0x3701,
  attachFileName: 0x3704,
  attachMethod: 0x3705,
  attachLongFileName: 0x3707,
  attachMimeTag: 0x370e,
  internetCodePage: 0x3fde,
  messageLocale: 0x3ff1,
  messageCodePage: 0x3ffd,
} as const;

/** One property: numbers stay numbers, text is decoded, the rest are the file's own bytes. */
export type PropertyValue = number | string | Uint8Array;

/** Values by property id; named ones under `0x8000` and up are left out. */
export type PropertyBag = ReadonlyMap<number, PropertyValue>;

/** Properties of one object; Outlook writes under a thousand. */
const PROPERTIES_MAX = 20_000;
/** Values of one multi-valued property. */
const VALUES_MAX = 100_000;

const OBJECT = 0x000d;
export const STRING8 = 0x001e;
export const UNICODE = 0x001f;
export const BINARY = 0x0102;
const MULTIPLE = 0x1000;

/**
 * Bytes that a value of a fixed type takes, padding to four included ([MS-OXTNEF] section
 * 2.1.3.5.1).
 */
const FIXED: Readonly<Record<number, number>> = {
  2: 4,
  3: 4,
  4: 4,
  5: 8,
  6: 8,
  7: 8,
  10: 4,
  11: 4,
  20: 8,
  64: 8,
  72: 16,
};

/**
 * Reads the property list of a TNEF attribute ([MS-OXTNEF] section 2.1.3.4).
 *
 * `complete` is false where the list ends early or names an unknown type; what stood before is
 * returned. Of multi-valued properties the first value is kept.
 */
export function readProperties(
  reader: ByteReader,
  codePage: number,
  kernels: Kernels,
): { readonly bag: PropertyBag; readonly complete: boolean } {
  const bag = new Map<number, PropertyValue>();
  const count = takeU32(reader);
  if (count === null) return { bag, complete: false };
  for (let index = 0; index < Math.min(count, PROPERTIES_MAX); index += 1) {
    const type = takeU16(reader);
    const id = takeU16(reader);
    if (type === null || id === null || (id >= 0x8000 && !skipName(reader)))
      return { bag, complete: false };
    const values = readValues(reader, type);
    if (values === null) return { bag, complete: false };
    const value = values[0];
    if (value === undefined || id >= 0x8000 || bag.has(id)) continue;
    bag.set(id, decodeValue(value, type & ~MULTIPLE, codePage, kernels));
  }
  return { bag, complete: count <= PROPERTIES_MAX };
}

/** A named property: its set, then a number or a padded name. */
function skipName(reader: ByteReader): boolean {
  if (takeBytes(reader, 16) === null) return false;
  const kind = takeU32(reader);
  if (kind === 0) return takeU32(reader) !== null;
  const length = takeU32(reader);
  return kind === 1 && length !== null && takeBytes(reader, padded(length)) !== null;
}

const padded = (length: number): number => Math.ceil(length / 4) * 4;

/** The raw bytes of each value; null where the list is broken. */
function readValues(reader: ByteReader, type: number): readonly Uint8Array[] | null {
  const base = type & ~MULTIPLE;
  const width = FIXED[base];
  const isVariable = base === OBJECT || base === STRING8 || base === UNICODE || base === BINARY;
  if (width === undefined && !isVariable) return null;
  const counted = isVariable || (type & MULTIPLE) !== 0;
  const count = counted ? takeU32(reader) : 1;
  if (count === null || count > VALUES_MAX) return null;
  const values: Uint8Array[] = [];
  for (let index = 0; index < count; index += 1) {
    const length = width ?? takeU32(reader);
    const value = length === null ? null : takeBytes(reader, length);
    if (value === null || length === null) return null;
    values.push(value);
    // The last value of a stream may lack its padding.
    reader.at = Math.min(reader.end, reader.at + padded(length) - length);
  }
  return values;
}

const decodeValue = (
  bytes: Uint8Array,
  type: number,
  codePage: number,
  kernels: Kernels,
): PropertyValue => fixedValue(bytes, type) ?? textOrBytes(bytes, type, codePage, kernels);

/** A number, flag or time in milliseconds since 1970; null for a type that is none of them. */
export function fixedValue(bytes: Uint8Array, type: number): number | null {
  if (type === 2 || type === 11) return u16(bytes, 0);
  if (type === 3 || type === 10) return u32(bytes, 0);
  return type === 64 ? fileTime(bytes) : null;
}

/** Text where the type says so, else the bytes. */
export function textOrBytes(
  bytes: Uint8Array,
  type: number,
  codePage: number,
  kernels: Kernels,
): string | Uint8Array {
  if (type === STRING8) return decodeCodePage(bytes, codePage, kernels);
  return type === UNICODE ? decodeUnicode(bytes, kernels) : bytes;
}

/** 100 ns since 1601 to milliseconds since 1970. */
function fileTime(bytes: Uint8Array): number {
  return (u32(bytes, 4) * 2 ** 32 + u32(bytes, 0)) / 10_000 - 11_644_473_600_000;
}

export const textOf = (bag: PropertyBag, id: number): string | null => {
  const value = bag.get(id);
  return typeof value === 'string' && value !== '' ? value : null;
};

/** An SMTP address; those of Exchange's directory (X.500) begin with the organisation. */
export const isMailAddress = (text: string | null): text is string =>
  text?.includes('@') === true && !/^\/o=/i.test(text);

export const numberOf = (bag: PropertyBag, id: number): number | null => {
  const value = bag.get(id);
  return typeof value === 'number' ? value : null;
};

export const bytesOf = (bag: PropertyBag, id: number): Uint8Array | null => {
  const value = bag.get(id);
  return typeof value === 'object' ? value : null;
};
