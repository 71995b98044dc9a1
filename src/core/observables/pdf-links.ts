import { type Kernels, latin1Bytes } from '../base/index.ts';

/** What the link annotations of PDF files name, within what one message may cost. */
export interface PdfReader {
  /**
   * The addresses of URI actions (ISO 32000-1 section 12.6.4.7) in their order, in the file itself
   * and in its object streams (section 7.5.7). Not what its pages show, nor what its scripts do.
   * `isLocked`: its streams are encrypted, and nobody misses that they cannot be unpacked.
   */
  links(bytes: Uint8Array, isLocked: boolean): readonly string[];
  /** Something was left out: over a limit, or in a stream that could not be unpacked. */
  readonly isCut: boolean;
}

/** Of one message: as many as are kept of it. */
export const PDF_LINKS_MAX = 5_000;
/** Longer ones are cut; the longest of 203 PDFs of reported phish has some hundred characters. */
const LINK_LENGTH_MAX = 4_096;
/** As it is written, with escapes. */
const WRITTEN_LENGTH_MAX = 2 * LINK_LENGTH_MAX;
/** Object streams of one message; 203 PDFs of reported phish have 47 at most. */
export const PDF_STREAMS_MAX = 1_000;
/** One holds some hundred small objects: 52,000 bytes at most in those PDFs. */
const STREAM_BYTES_MAX = 2_000_000;
/** Of all of them. */
const PDF_UNPACKED_MAX = 16_000_000;

const HEAD_BYTES = 1_024;
const HEAD = latin1Bytes('%PDF-');
const LINK = latin1Bytes('/URI');
const OBJECT_STREAM = latin1Bytes('/ObjStm');
const STREAM = latin1Bytes('stream');
const ENCRYPT = latin1Bytes('/Encrypt');
/** The dictionary of a stream, on either side of its type. */
const DICTIONARY_BYTES = 1_000;

/** A PDF has its mark within the first bytes, as its viewers want it, whatever it is called. */
export const isPdf = (bytes: Uint8Array, kernels: Kernels): boolean =>
  kernels.indexOf(bytes.subarray(0, HEAD_BYTES), HEAD, 0) >= 0;

/** Its strings and streams are encrypted (section 7.6), mostly without a password to open it. */
export const isLockedPdf = (bytes: Uint8Array, kernels: Kernels): boolean =>
  kernels.indexOf(bytes, ENCRYPT, 0) >= 0;

/** Reads the PDFs of one message; linear in their bytes and in the limits above. */
export function pdfReader(kernels: Kernels): PdfReader {
  let [isCut, looked, streams, unpacked] = [false, 0, 0, 0];
  const read = (bytes: Uint8Array, found: string[]): void => {
    for (let at = kernels.indexOf(bytes, LINK, 0); at >= 0; ) {
      looked += 1;
      // Each address stands behind two of them: `/S /URI /URI (...)`.
      if (looked > 2 * PDF_LINKS_MAX) {
        isCut = true;
        return;
      }
      const from = at + LINK.length;
      const end = Math.min(bytes.length, from + WRITTEN_LENGTH_MAX);
      const link = stringAt(kernels.latin1(bytes, from, end), kernels);
      if (link !== null) found.push(link);
      at = kernels.indexOf(bytes, LINK, from);
    }
  };
  const unpack = (bytes: Uint8Array, type: number): Uint8Array | null => {
    const packed = flateStream(bytes, type, kernels);
    if (packed === null) return null;
    const most = Math.min(STREAM_BYTES_MAX, PDF_UNPACKED_MAX - unpacked);
    const plain = most <= 0 ? null : kernels.inflate(packed, most);
    unpacked += plain?.length ?? STREAM_BYTES_MAX;
    return plain;
  };
  return {
    links(bytes, isLocked) {
      const found: string[] = [];
      read(bytes, found);
      for (let at = kernels.indexOf(bytes, OBJECT_STREAM, 0); at >= 0; ) {
        streams += 1;
        const objects = streams > PDF_STREAMS_MAX ? null : unpack(bytes, at);
        if (objects === null) isCut ||= !isLocked;
        else read(objects, found);
        if (streams > PDF_STREAMS_MAX) break;
        at = kernels.indexOf(bytes, OBJECT_STREAM, at + OBJECT_STREAM.length);
      }
      return found;
    },
    get isCut() {
      return isCut;
    },
  };
}

/**
 * The packed bytes of the object stream whose type stands here; null where it is packed otherwise.
 */
function flateStream(bytes: Uint8Array, type: number, kernels: Kernels): Uint8Array | null {
  const near = bytes.subarray(0, type + DICTIONARY_BYTES);
  const word = kernels.indexOf(near, STREAM, type);
  if (word < 0) return null;
  const from = Math.max(0, type - DICTIONARY_BYTES);
  const around = kernels.latin1(bytes, from, word);
  const dictionary = around.slice(around.lastIndexOf('obj', type - from) + 1);
  const isFlate = /\/Filter\s*\[?\s*\/Fl(?:ateDecode)?[\s/\]>]/.test(dictionary);
  if (!isFlate || dictionary.includes('/Predictor')) return null;
  let start = word + STREAM.length;
  if (bytes[start] === 0x0d) start += 1;
  if (bytes[start] === 0x0a) start += 1;
  // Packed data know their own end.
  return bytes.subarray(start);
}

/**
 * The string object at the beginning (section 7.3.4), decoded; null for none, as behind `/S /URI`.
 */
function stringAt(text: string, kernels: Kernels): string | null {
  const raw = literal(text) ?? hexadecimal(text);
  if (raw === null) return null;
  const value = raw.startsWith('\xfe\xff')
    ? (kernels.decode('utf-16be', latin1Bytes(raw.slice(2))) ?? '')
    : raw;
  return value.trim() === '' ? null : value.trim().slice(0, LINK_LENGTH_MAX);
}

/** `(...)`: balanced brackets stand as they are, others behind a backslash (section 7.3.4.2). */
function literal(text: string): string | null {
  const open = /^\s*\(/.exec(text.slice(0, 100))?.[0].length ?? 0;
  if (open === 0) return null;
  let value = '';
  let depth = 1;
  for (let at = open; at < text.length && value.length <= LINK_LENGTH_MAX; at += 1) {
    const char = text[at]!;
    if (char === '\\') {
      const written = ESCAPE.exec(text.slice(at, at + 4))?.[0] ?? char;
      value += meant(written);
      at += written.length - 1;
      continue;
    }
    if (char === '(') depth += 1;
    if (char === ')') depth -= 1;
    if (depth === 0) return value;
    value += char;
  }
  return value;
}

const ESCAPE = /^\\(?:[0-7]{1,3}|\r\n|[\s\S])/;
const NAMED: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f' };

function meant(written: string): string {
  const said = written.slice(1);
  if (/^[0-7]/.test(said)) return String.fromCharCode(Number.parseInt(said, 8) & 0xff);
  return /^[\r\n]/.test(said) ? '' : (NAMED[said] ?? said);
}

/** `<68747470...>` (section 7.3.4.3). */
function hexadecimal(text: string): string | null {
  const digits = /^\s{0,99}<([0-9A-Fa-f\s]{1,8192})>/.exec(text)?.[1]?.replace(/\s/g, '');
  if (digits === undefined) return null;
  const whole = digits.length % 2 === 0 ? digits : `${digits}0`;
  return whole.replace(/../g, (pair) => String.fromCharCode(Number.parseInt(pair, 16)));
}
