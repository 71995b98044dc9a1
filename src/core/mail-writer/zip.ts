import { joinBytes, type Kernels } from '../base/index.ts';

export interface ZipMember {
  readonly name: string;
  readonly bytes: Uint8Array;
}

const LOCAL_HEADER = 0x04034b50;
const CENTRAL_HEADER = 0x02014b50;
const END_OF_CENTRAL = 0x06054b50;
/** 2020-10-22 08:00:00 in the format of MS-DOS: the same archive on every day. */
const DOS_TIME = 8 << 11;
const DOS_DATE = ((2020 - 1980) << 9) | (10 << 5) | 22;

/** A zip archive whose members are stored, not compressed (APPNOTE 6.3.3, method 0). */
export function writeZip(members: readonly ZipMember[], kernels: Kernels): Uint8Array {
  const pieces: Uint8Array[] = [];
  const directory: Uint8Array[] = [];
  let offset = 0;
  for (const { name, bytes } of members) {
    const encodedName = kernels.encode(name);
    const shared = [
      20,
      0,
      0,
      DOS_TIME,
      DOS_DATE,
      ...halves(crc32(bytes)),
      ...halves(bytes.length),
      ...halves(bytes.length),
      encodedName.length,
      0,
    ];
    const local = [...words([...halves(LOCAL_HEADER), ...shared]), ...encodedName];
    directory.push(
      Uint8Array.from([
        ...words([...halves(CENTRAL_HEADER), 20, ...shared, 0, 0, 0, 0, 0, ...halves(offset)]),
        ...encodedName,
      ]),
    );
    pieces.push(Uint8Array.from(local), bytes);
    offset += local.length + bytes.length;
  }
  const size = directory.reduce((sum, piece) => sum + piece.length, 0);
  const count = members.length;
  const end = [
    ...halves(END_OF_CENTRAL),
    0,
    0,
    count,
    count,
    ...halves(size),
    ...halves(offset),
    0,
  ];
  return joinBytes(...pieces, ...directory, Uint8Array.from(words(end)));
}

/** A 32-bit number as two 16-bit ones, low one first. */
const halves = (value: number): readonly number[] => [value & 0xffff, value >>> 16];

/** 16-bit numbers as little-endian bytes. */
const words = (values: readonly number[]): number[] =>
  values.flatMap((value) => [value & 0xff, (value >>> 8) & 0xff]);

/** CRC-32 of ISO 3309, bit by bit through a table. */
export function crc32(bytes: Uint8Array): number {
  const table = crcTable();
  let crc = 0xffffffff;
  for (const byte of bytes) crc = (crc >>> 8) ^ (table[(crc ^ byte) & 0xff] ?? 0);
  return (crc ^ 0xffffffff) >>> 0;
}

function crcTable(): Uint32Array {
  const table = new Uint32Array(256);
  for (let value = 0; value < 256; value++) {
    let crc = value;
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
    table[value] = crc >>> 0;
  }
  return table;
}
