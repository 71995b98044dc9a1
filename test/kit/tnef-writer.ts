/** Writes TNEF streams ([MS-OXTNEF]) for tests: the fields that a test names, nothing else. */
export interface TnefFile {
  readonly title?: string;
  readonly longName?: string;
  readonly mimeTag?: string;
  readonly data?: Buffer;
  /** An object of this interface in the attachment's properties instead of plain data. */
  readonly object?: { readonly iid: 'message' | 'storage'; readonly data: Buffer };
}

export interface TnefSource {
  readonly codePage?: number;
  readonly subject?: Buffer;
  readonly properties?: readonly MapiProperty[];
  readonly recipients?: readonly (readonly MapiProperty[])[];
  readonly files?: readonly TnefFile[];
}

export type MapiProperty =
  | { readonly id: number; readonly type: 0x1e; readonly value: Buffer }
  | { readonly id: number; readonly type: 0x1f; readonly value: string }
  | { readonly id: number; readonly type: 0x102 | 0xd; readonly value: Buffer }
  | { readonly id: number; readonly type: 3; readonly value: number }
  | { readonly id: number; readonly type: 'named'; readonly name: string; readonly value: string };

export function writeTnef({
  codePage,
  subject,
  properties,
  recipients,
  files,
}: TnefSource): Buffer {
  const head = Buffer.alloc(6);
  head.writeUInt32LE(0x223e9f78, 0);
  const pages = Buffer.alloc(8);
  pages.writeUInt32LE(codePage ?? 1252, 0);
  return Buffer.concat([
    head,
    attribute(1, 0x00069007, pages),
    ...(subject === undefined ? [] : [attribute(1, 0x00018004, subject)]),
    ...(properties === undefined ? [] : [attribute(1, 0x00069003, mapi(properties))]),
    ...(recipients === undefined ? [] : [attribute(1, 0x00069004, table(recipients))]),
    ...(files ?? []).flatMap(writeFile),
  ]);
}

function writeFile({ title, longName, mimeTag, data, object }: TnefFile): Buffer[] {
  const iid = Buffer.from(
    object?.iid === 'storage'
      ? '0b00000000000000c000000000000046'
      : '0703020000000000c000000000000046',
    'hex',
  );
  const properties: MapiProperty[] = [
    ...(longName === undefined ? [] : [{ id: 0x3707, type: 0x1f, value: longName } as const]),
    ...(mimeTag === undefined ? [] : [{ id: 0x370e, type: 0x1f, value: mimeTag } as const]),
    ...(object === undefined
      ? []
      : [{ id: 0x3701, type: 0xd, value: Buffer.concat([iid, object.data]) } as const]),
  ];
  return [
    attribute(2, 0x00069002, Buffer.alloc(14)),
    ...(title === undefined ? [] : [attribute(2, 0x00018010, Buffer.from(`${title}\0`, 'latin1'))]),
    ...(data === undefined ? [] : [attribute(2, 0x0006800f, data)]),
    attribute(2, 0x00069005, mapi(properties)),
  ];
}

export function attribute(level: number, id: number, data: Buffer): Buffer {
  const head = Buffer.alloc(9);
  head.writeUInt8(level, 0);
  head.writeUInt32LE(id, 1);
  head.writeUInt32LE(data.length, 5);
  const sum = Buffer.alloc(2);
  sum.writeUInt16LE(
    data.reduce((total, byte) => (total + byte) & 0xffff, 0),
    0,
  );
  return Buffer.concat([head, data, sum]);
}

function table(rows: readonly (readonly MapiProperty[])[]): Buffer {
  const count = Buffer.alloc(4);
  count.writeUInt32LE(rows.length, 0);
  return Buffer.concat([count, ...rows.map(mapi)]);
}

function mapi(properties: readonly MapiProperty[]): Buffer {
  return Buffer.concat([u32(properties.length), ...properties.map(writeProperty)]);
}

function writeProperty(property: MapiProperty): Buffer {
  if (property.type === 'named') {
    const name = Buffer.from(`${property.name}\0`, 'utf16le');
    const head = Buffer.concat([
      tag(0x1f, property.id),
      Buffer.alloc(16),
      u32(1),
      u32(name.length),
      pad(name),
    ]);
    return Buffer.concat([head, variable(Buffer.from(`${property.value}\0`, 'utf16le'))]);
  }
  const head = tag(property.type, property.id);
  if (property.type === 3) return Buffer.concat([head, u32(property.value)]);
  const value =
    property.type === 0x1f ? Buffer.from(`${property.value}\0`, 'utf16le') : property.value;
  return Buffer.concat([head, variable(value)]);
}

const tag = (type: number, id: number): Buffer => Buffer.concat([u16(type), u16(id)]);
const variable = (value: Buffer): Buffer => Buffer.concat([u32(1), u32(value.length), pad(value)]);
const pad = (bytes: Buffer): Buffer =>
  Buffer.concat([bytes, Buffer.alloc((4 - (bytes.length % 4)) % 4)]);

function u32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value >>> 0, 0);
  return bytes;
}

function u16(value: number): Buffer {
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16LE(value, 0);
  return bytes;
}
