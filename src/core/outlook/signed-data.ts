/** Strings inside strings: writers use one level. */
const STRING_DEPTH_MAX = 4;

const SEQUENCE = 0x30;
const EXPLICIT = 0xa0;
const STRING = 0x04;
const STRING_OF_CHUNKS = 0x24;
/** `id-signedData` and `id-data` (RFC 5652 sections 5.1 and 4), with their tag and length. */
const SIGNED_DATA = [0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x07, 0x02];
const DATA = [0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x07, 0x01];

/** One element (X.690 section 8.1): `end` is null where only its content tells where it ends. */
interface Element {
  readonly tag: number;
  readonly from: number;
  readonly end: number | null;
}

/**
 * The content that a CMS signature wraps (RFC 5652 section 5.1): the body of a mail that S/MIME
 * signed as a whole (RFC 8551 section 3.5.2). Null for other bytes, and for a signature that stands
 * beside what it signs. The signature itself is not checked.
 *
 * Lengths are claims: what is cut short gives what is there. Linear in the bytes.
 */
export function signedContent(bytes: Uint8Array): Uint8Array | null {
  const type = inside(bytes, 0, SEQUENCE);
  if (type === null || !stands(bytes, type, SIGNED_DATA)) return null;
  const wrapped = inside(bytes, type + SIGNED_DATA.length, EXPLICIT);
  const version = wrapped === null ? null : inside(bytes, wrapped, SEQUENCE);
  const digests = version === null ? null : behind(bytes, version);
  const content = digests === null ? null : behind(bytes, digests);
  const held = content === null ? null : inside(bytes, content, SEQUENCE);
  if (held === null || !stands(bytes, held, DATA)) return null;
  const string = inside(bytes, held + DATA.length, EXPLICIT);
  if (string === null) return null;
  const taken: Taken = { bytes: new Uint8Array(bytes.length - string), length: 0 };
  takeString(bytes, string, taken, 0);
  return taken.length === 0 ? null : taken.bytes.subarray(0, taken.length);
}

/** What was taken: never more than there is. */
interface Taken {
  readonly bytes: Uint8Array;
  length: number;
}

function element(bytes: Uint8Array, at: number): Element | null {
  const [tag, first] = [bytes[at], bytes[at + 1]];
  if (tag === undefined || first === undefined) return null;
  if (first === 0x80) return { tag, from: at + 2, end: null };
  if (first < 0x80) return { tag, from: at + 2, end: at + 2 + first };
  const width = first & 0x7f;
  if (width > 4) return null;
  let length = 0;
  for (let i = 0; i < width; i += 1) length = length * 256 + (bytes[at + 2 + i] ?? 0);
  return { tag, from: at + 2 + width, end: at + 2 + width + length };
}

/** Where the content of an element with this tag begins. */
function inside(bytes: Uint8Array, at: number, tag: number): number | null {
  const found = element(bytes, at);
  return found?.tag === tag ? found.from : null;
}

/** Where the next element begins, behind one that says how long it is. */
const behind = (bytes: Uint8Array, at: number): number | null => element(bytes, at)?.end ?? null;

const stands = (bytes: Uint8Array, at: number, wanted: readonly number[]): boolean =>
  wanted.every((byte, i) => bytes[at + i] === byte);

/**
 * Takes an octet string, in chunks or whole (X.690 section 8.7); gives the first byte behind it.
 */
function takeString(bytes: Uint8Array, at: number, taken: Taken, depth: number): number {
  const string = element(bytes, at);
  const end = Math.min(string?.end ?? bytes.length, bytes.length);
  if (string?.tag === STRING && string.end !== null) {
    const chunk = bytes.subarray(string.from, end);
    taken.bytes.set(chunk, taken.length);
    taken.length += chunk.length;
    return end;
  }
  if (string?.tag !== STRING_OF_CHUNKS || depth >= STRING_DEPTH_MAX) return bytes.length;
  let next = string.from;
  while (next < end) {
    if (bytes[next] === 0 && bytes[next + 1] === 0) return next + 2;
    next = takeString(bytes, next, taken, depth + 1);
  }
  return next;
}
