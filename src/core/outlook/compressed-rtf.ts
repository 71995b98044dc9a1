import { u32 } from './byte-reader.ts';

/** What decompressing gave; `defect` names why it may be less than was stored. */
export interface Decompressed {
  readonly bytes: Uint8Array;
  readonly defect: 'rtf-truncated' | 'rtf-checksum' | 'rtf-unknown-form' | null;
}

/** More RTF than this is not unpacked: a body is text, 17 times smaller packed at the best. */
const RTF_BYTES_MAX = 32_000_000;

const HEADER = 16;
const COMPRESSED = 0x75465a4c; // 'LZFu'
const UNCOMPRESSED = 0x414c454d; // 'MELA'
const DICTIONARY = 4096;

/** The dictionary's first bytes ([MS-OXRTFCP] section 2.1.2.1). */
const INITIAL =
  '{\\rtf1\\ansi\\mac\\deff0\\deftab720{\\fonttbl;}{\\f0\\fnil \\froman \\fswiss \\fmodern \\fscript ' +
  '\\fdecor MS Sans SerifSymbolArialTimes New RomanCourier{\\colortbl\\red0\\green0\\blue0\r\n\\par ' +
  '\\pard\\plain\\f0\\fs20\\b\\i\\u\\tab\\tx';

/** Unpacks PidTagRtfCompressed ([MS-OXRTFCP]): LZ77 with 12-bit offsets, lengths 2 to 17. */
export function decompressRtf(packed: Uint8Array): Decompressed {
  if (packed.length < HEADER) return { bytes: new Uint8Array(), defect: 'rtf-truncated' };
  const size = u32(packed, 4);
  const form = u32(packed, 8);
  if (form === UNCOMPRESSED) {
    const bytes = packed.subarray(HEADER, HEADER + size);
    // Some writers count the header into the second size: the first one tells then.
    const stated = Math.min(size, u32(packed, 0) + 4 - HEADER);
    return { bytes, defect: bytes.length < stated ? 'rtf-truncated' : null };
  }
  if (form !== COMPRESSED) return { bytes: new Uint8Array(), defect: 'rtf-unknown-form' };
  const end = Math.min(packed.length, u32(packed, 0) + 4);
  const { bytes, ended } = inflate(packed, end, Math.min(size, RTF_BYTES_MAX));
  const isWhole = ended || bytes.length === size;
  if (!isWhole) return { bytes, defect: 'rtf-truncated' };
  const holds = crc(packed, HEADER, end) === u32(packed, 12);
  return { bytes, defect: holds ? null : 'rtf-checksum' };
}

function inflate(
  packed: Uint8Array,
  end: number,
  size: number,
): { readonly bytes: Uint8Array; readonly ended: boolean } {
  const dictionary = new Uint8Array(DICTIONARY);
  for (let at = 0; at < INITIAL.length; at += 1) dictionary[at] = INITIAL.charCodeAt(at);
  let write = INITIAL.length;
  // The stated size is a claim: room grows with what is unpacked, 17 bytes at most for 2 read.
  const out = new Uint8Array(Math.min(size, (end - HEADER) * 9 + 17));
  let length = 0;
  const put = (byte: number): void => {
    out[length++] = byte;
    dictionary[write] = byte;
    write = (write + 1) % DICTIONARY;
  };
  for (let at = HEADER; at < end; ) {
    const control = packed[at++] ?? 0;
    for (let bit = 0; bit < 8 && at < end && length < out.length; bit += 1) {
      if (((control >> bit) & 1) === 0) {
        put(packed[at++] ?? 0);
        continue;
      }
      if (at + 2 > end) return { bytes: out.subarray(0, length), ended: false };
      const token = ((packed[at] ?? 0) << 8) | (packed[at + 1] ?? 0);
      at += 2;
      const from = token >> 4;
      if (from === write) return { bytes: out.subarray(0, length), ended: true };
      for (let n = 0; n < (token & 15) + 2 && length < out.length; n += 1)
        put(dictionary[(from + n) % DICTIONARY] ?? 0);
    }
    if (length >= out.length) break;
  }
  return { bytes: out.subarray(0, length), ended: false };
}

/** The CRC of [MS-OXRTFCP] section 2.1.3.1.2: polynomial 0xEDB88320, no final complement. */
function crc(bytes: Uint8Array, from: number, end: number): number {
  const table = Uint32Array.from({ length: 256 }, (_, n) => {
    let value = n;
    for (let bit = 0; bit < 8; bit += 1)
      value = (value & 1) === 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
    return value >>> 0;
  });
  let value = 0;
  for (let at = from; at < end; at += 1)
    value = (table[(value ^ (bytes[at] ?? 0)) & 255] ?? 0) ^ (value >>> 8);
  return value >>> 0;
}
