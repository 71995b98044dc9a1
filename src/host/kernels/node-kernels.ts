import { isUtf8 } from 'node:buffer';
import { hash } from 'node:crypto';
import iconv from 'iconv-lite';
import type { Kernels, Sha256 } from '../../core/base/index.ts';

/** Buffer with the two calls below `toString` that @types/node leaves out. */
type Sliceable = Buffer & {
  latin1Slice(start: number, end: number): string;
  utf8Slice(start: number, end: number): string;
};

const view = (bytes: Uint8Array): Sliceable =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength) as Sliceable;

/** WHATWG labels go to the platform's decoder; a second one keeps the rest (STACK: iconv-lite). */
function decode(label: string, bytes: Uint8Array): string | null {
  try {
    return new TextDecoder(label, { ignoreBOM: false }).decode(bytes);
  } catch {
    return iconv.encodingExists(label) ? iconv.decode(view(bytes), label) : null;
  }
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
