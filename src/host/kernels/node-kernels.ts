import { isAscii, isUtf8 } from 'node:buffer';
import { hash } from 'node:crypto';
import { TextDecoder } from 'node:util';
import iconv from 'iconv-lite';
import type { Kernels, Sha256 } from '../../core/base/index.ts';

/** Buffer with the two calls below `toString` that @types/node leaves out. */
type Sliceable = Buffer & {
  latin1Slice(start: number, end: number): string;
  utf8Slice(start: number, end: number): string;
};

const view = (bytes: Uint8Array): Sliceable =>
  (bytes instanceof Buffer
    ? bytes
    : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)) as Sliceable;

/** Charsets in which every ASCII byte is that ASCII character, whatever stands around it. */
const ASCII_BELOW =
  /^(?:utf-8|windows-125\d|iso-8859-\d+|koi8-[ru]|gbk|gb18030|big5|euc-(?:jp|kr))$/;

/** Decoders by label: making one costs more than a mail's body. Decoding leaves no state behind. */
const decoders = new Map<string, TextDecoder | null>();
/** Mail can name labels without end; real ones are fewer than this. */
const DECODERS_MAX = 200;

function decoderOf(label: string): TextDecoder | null {
  const known = decoders.get(label);
  if (known !== undefined) return known;
  let made: TextDecoder | null = null;
  try {
    made = new TextDecoder(label, { ignoreBOM: false });
  } catch {
    // The platform does not know the label; the second decoder may.
  }
  if (decoders.size < DECODERS_MAX) decoders.set(label, made);
  return made;
}

/** WHATWG labels go to the platform's decoder; a second one keeps the rest (STACK: iconv-lite). */
function decode(label: string, bytes: Uint8Array): string | null {
  if (ASCII_BELOW.test(label) && isAscii(bytes)) return view(bytes).latin1Slice(0, bytes.length);
  const decoder = decoderOf(label);
  if (decoder !== null) return decoder.decode(bytes);
  return iconv.encodingExists(label) ? iconv.decode(view(bytes), label) : null;
}

/** `Kernels` filled with Node's Buffer and OpenSSL. */
export const nodeKernels: Kernels = {
  sha256: (bytes) => hash('sha256', bytes, 'hex') as Sha256,
  sha256Raw: (bytes) => hash('sha256', bytes, 'buffer'),
  latin1: (bytes, start, end) => view(bytes).latin1Slice(start, end),
  utf8: (bytes, start, end) => view(bytes).utf8Slice(start, end),
  isUtf8: (bytes) => isUtf8(bytes),
  encode: (text) => Buffer.from(text, 'utf8'),
  decode,
  indexOf: (bytes, needle, from) => view(bytes).indexOf(needle, from),
  base64: (bytes, start, end) => Buffer.from(view(bytes).latin1Slice(start, end), 'base64'),
  toBase64: (bytes) => view(bytes).toString('base64'),
};
