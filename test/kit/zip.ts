import { crc32, deflateRawSync } from 'node:zlib';

/** One entry of a made archive; what is not given is told truly. */
export interface MadeEntry {
  readonly name: string;
  readonly content: Buffer | string;
  readonly stored?: boolean;
  /** The packed bytes, where they shall not be the content's. */
  readonly packed?: Buffer;
  readonly method?: number;
  readonly flags?: number;
  readonly crc?: number;
  readonly unpackedBytes?: number;
  /** Place of another entry's header, to make the two share bytes. */
  readonly headerAt?: number;
}

/** A zip archive (APPNOTE.TXT 4.3) as a test wants it: honest, or lying in named fields. */
export function makeZip(
  entries: readonly MadeEntry[],
  { comment = '', after = '', before = '' } = {},
): Buffer {
  const bodies: Buffer[] = [Buffer.from(before)];
  const list: Buffer[] = [];
  let at = before.length;
  for (const entry of entries) {
    const content = Buffer.from(entry.content);
    const method = entry.method ?? (entry.stored === true ? 0 : 8);
    const packed = entry.packed ?? (method === 0 ? content : deflateRawSync(content));
    const name = Buffer.from(entry.name);
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt16LE(entry.flags ?? 0, 2);
    common.writeUInt16LE(method, 4);
    common.writeUInt32LE(entry.crc ?? crc32(content), 10);
    common.writeUInt32LE(packed.length, 14);
    common.writeUInt32LE(entry.unpackedBytes ?? content.length, 18);
    common.writeUInt16LE(name.length, 22);
    const place = Buffer.alloc(14);
    place.writeUInt32LE((entry.headerAt ?? at) - before.length, 10);
    list.push(Buffer.from('PK\x01\x02\x14\x00'), common, place, name);
    const body = Buffer.concat([Buffer.from('PK\x03\x04'), common, name, packed]);
    bodies.push(body);
    at += body.length;
  }
  const listed = Buffer.concat(list);
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06');
  end.writeUInt16LE(entries.length, 8);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(listed.length, 12);
  end.writeUInt32LE(at - before.length, 16);
  end.writeUInt16LE(comment.length, 20);
  return Buffer.concat([...bodies, listed, end, Buffer.from(comment), Buffer.from(after)]);
}
