import { createSocket } from 'node:dgram';
import type { AddressInfo } from 'node:net';

/** TXT records by name; every other name does not exist. */
export type TextZone = Readonly<Record<string, string>>;

export interface NameServer {
  /** `127.0.0.1:PORT`. */
  readonly address: string;
  /** Questions as they came, in lower case: `TXT example.org`. */
  readonly asked: readonly string[];
  close(): Promise<void>;
}

const TXT = 16;
const TYPES: Readonly<Record<number, string>> = {
  1: 'A',
  12: 'PTR',
  15: 'MX',
  16: 'TXT',
  28: 'AAAA',
};
/** A TXT record is strings of at most 255 bytes (RFC 1035 section 3.3). */
const STRING_MAX = 255;

/** A name server on this machine (RFC 1035 section 4) that knows one zone of texts. */
export async function startNameServer(zone: TextZone): Promise<NameServer> {
  const asked: string[] = [];
  const socket = createSocket('udp4');
  socket.on('message', (query, from) => {
    const { name, type, end } = questionIn(query);
    asked.push(`${TYPES[type] ?? type} ${name}`);
    const text = zone[name];
    const head = Buffer.from(query.subarray(0, end));
    head.writeUInt16BE(text === undefined ? 0x8183 : 0x8180, 2);
    head.writeUInt16BE(text !== undefined && type === TXT ? 1 : 0, 6);
    head.fill(0, 8, 12);
    const reply = text !== undefined && type === TXT ? [head, textRecord(text)] : [head];
    socket.send(Buffer.concat(reply), from.port, from.address);
  });
  await new Promise<void>((bound) => socket.bind(0, '127.0.0.1', bound));
  return {
    address: `127.0.0.1:${(socket.address() as AddressInfo).port}`,
    asked,
    close: () => new Promise((closed) => void socket.close(() => closed())),
  };
}

function questionIn(query: Buffer): { name: string; type: number; end: number } {
  const labels: string[] = [];
  let at = 12;
  for (let length = query[at] ?? 0; length > 0; length = query[at] ?? 0) {
    labels.push(query.toString('latin1', at + 1, at + 1 + length));
    at += 1 + length;
  }
  return { name: labels.join('.').toLowerCase(), type: query.readUInt16BE(at + 1), end: at + 5 };
}

function textRecord(text: string): Buffer {
  const strings = text.match(new RegExp(`.{1,${STRING_MAX}}`, 'g')) ?? [];
  const data = Buffer.concat(
    strings.map((part) => Buffer.from(`${String.fromCharCode(part.length)}${part}`, 'latin1')),
  );
  const row = Buffer.alloc(12);
  row.writeUInt16BE(0xc00c, 0);
  row.writeUInt16BE(TXT, 2);
  row.writeUInt16BE(1, 4);
  row.writeUInt32BE(300, 6);
  row.writeUInt16BE(data.length, 10);
  return Buffer.concat([row, data]);
}
