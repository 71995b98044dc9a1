/** Writes .msg files ([MS-OXMSG] in a version 3 compound file, [MS-CFB]) for tests. */
export interface MsgSource {
  /** Values by property tag: `0x0037001f` (Unicode), `...1e` (8-bit), `...0102`, `...0003`. */
  readonly properties: Readonly<Record<number, string | Buffer | number>>;
  readonly recipients?: readonly Readonly<Record<number, string | number>>[];
  /** `number` where the directory lists them in another order than their own. */
  readonly files?: readonly (
    | {
        readonly name: string;
        readonly number?: number;
        readonly mimeTag?: string;
        readonly data: Buffer;
      }
    | { readonly name: string; readonly number?: number; readonly item: MsgSource }
  )[];
}

interface Node {
  readonly name: string;
  readonly data: Buffer | null;
  readonly children: readonly Node[];
}

const SECTOR = 512;
const END = 0xfffffffe;
const NONE = 0xffffffff;

export function writeMsg(source: MsgSource): Buffer {
  return writeCompoundFile(itemNodes(source, 32));
}

function itemNodes(source: MsgSource, header: number): readonly Node[] {
  return [
    ...propertyNodes(source.properties, header),
    ...(source.recipients ?? []).map((bag, at) =>
      storage(`__recip_version1.0_#${hex8(at)}`, propertyNodes(bag, 8)),
    ),
    ...(source.files ?? []).map((file, at) =>
      storage(`__attach_version1.0_#${hex8(file.number ?? at)}`, [
        ...propertyNodes(
          {
            923205663: file.name,
            ...('data' in file ? { 922812674: file.data } : {}),
            ...('data' in file && file.mimeTag !== undefined ? { 923664415: file.mimeTag } : {}),
          },
          8,
        ),
        ...('item' in file ? [storage('__substg1.0_3701000D', itemNodes(file.item, 24))] : []),
      ]),
    ),
  ];
}

function propertyNodes(
  bag: Readonly<Record<number, string | Buffer | number>>,
  header: number,
): readonly Node[] {
  const rows = [Buffer.alloc(header)];
  const nodes: Node[] = [];
  for (const [key, value] of Object.entries(bag)) {
    const tag = Number(key);
    const row = Buffer.alloc(16);
    row.writeUInt32LE(tag, 0);
    row.writeUInt32LE(6, 4);
    if (typeof value === 'number') row.writeUInt32LE(value, 8);
    else {
      const data = typeof value === 'string' ? Buffer.from(value, 'utf16le') : value;
      row.writeUInt32LE(data.length, 8);
      nodes.push({ name: `__substg1.0_${hex8(tag)}`, data, children: [] });
    }
    rows.push(row);
  }
  return [...nodes, { name: '__properties_version1.0', data: Buffer.concat(rows), children: [] }];
}

const storage = (name: string, children: readonly Node[]): Node => ({ name, data: null, children });
const hex8 = (value: number): string => value.toString(16).toUpperCase().padStart(8, '0');

/** Every stream in whole sectors behind a mini cutoff of 0; siblings as a chain to the right. */
function writeCompoundFile(children: readonly Node[]): Buffer {
  const entries: { node: Node; right: number; child: number; start: number }[] = [];
  const place = (nodes: readonly Node[]): number => {
    let next = NONE;
    for (const node of nodes.toReversed()) {
      const entry = { node, right: next, child: NONE, start: END };
      next = entries.push(entry) - 1;
      entry.child = place(node.children);
    }
    return next;
  };
  const root = { node: storage('Root Entry', children), right: NONE, child: NONE, start: END };
  entries.push(root);
  root.child = place(children);
  const sectors: Buffer[] = [];
  const fat: number[] = [];
  const store = (data: Buffer): number => {
    if (data.length === 0) return END;
    const first = sectors.length;
    for (let at = 0; at < data.length; at += SECTOR) {
      const sector = Buffer.alloc(SECTOR);
      data.copy(sector, 0, at, at + SECTOR);
      sectors.push(sector);
      fat.push(at + SECTOR < data.length ? sectors.length : END);
    }
    return first;
  };
  for (const entry of entries) if (entry.node.data !== null) entry.start = store(entry.node.data);
  const directory = store(Buffer.concat(entries.map(writeEntry)));
  const fatCount = Math.ceil((fat.length + fat.length / 127 + 2) / 128);
  const fatAt = sectors.length;
  const table = Buffer.alloc(fatCount * SECTOR, 0xff);
  for (const [at, value] of fat.entries()) table.writeUInt32LE(value, at * 4);
  for (let at = 0; at < fatCount; at += 1) table.writeUInt32LE(0xfffffffd, (fatAt + at) * 4);
  return Buffer.concat([header(directory, fatAt, fatCount), ...sectors, table]);
}

function header(directory: number, fatAt: number, fatCount: number): Buffer {
  const head = Buffer.alloc(SECTOR, 0xff);
  head.fill(0, 0, 76);
  Buffer.from('d0cf11e0a1b11ae1', 'hex').copy(head);
  head.writeUInt16LE(0x3e, 24);
  head.writeUInt16LE(3, 26);
  head.writeUInt16LE(0xfffe, 28);
  head.writeUInt16LE(9, 30);
  head.writeUInt16LE(6, 32);
  head.writeUInt32LE(fatCount, 44);
  head.writeUInt32LE(directory, 48);
  head.writeUInt32LE(END, 60);
  head.writeUInt32LE(END, 68);
  for (let at = 0; at < fatCount; at += 1) head.writeUInt32LE(fatAt + at, 76 + at * 4);
  return head;
}

function writeEntry(
  entry: { node: Node; right: number; child: number; start: number },
  index: number,
): Buffer {
  const bytes = Buffer.alloc(128);
  const name = Buffer.from(`${entry.node.name}\0`, 'utf16le');
  name.copy(bytes, 0);
  bytes.writeUInt16LE(name.length, 64);
  bytes.writeUInt8(index === 0 ? 5 : entry.node.data === null ? 1 : 2, 66);
  bytes.writeUInt32LE(NONE, 68);
  bytes.writeUInt32LE(entry.right >>> 0, 72);
  bytes.writeUInt32LE(entry.child >>> 0, 76);
  bytes.writeUInt32LE(entry.start, 116);
  bytes.writeUInt32LE(entry.node.data?.length ?? 0, 120);
  return bytes;
}
