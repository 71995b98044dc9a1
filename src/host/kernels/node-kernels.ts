import { isAscii, isUtf8 } from 'node:buffer';
import { hash } from 'node:crypto';
import { createRequire } from 'node:module';
import { TextDecoder } from 'node:util';
import { constants, inflateSync } from 'node:zlib';
import type { Kernels, Sha256 } from '../../core/base/index.ts';
import { decodeBase64 } from './base64.ts';
import { base64Slice, indexOfBytes, latin1Slice, plain, utf8Slice } from './native-bytes.ts';
import { SECOND_NAMES } from './second-names.data.ts';
import { decodeUhc } from './uhc.ts';

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

type Iconv = typeof import('iconv-lite');
let iconv: Iconv | null = null;

/** Mail has more labels that nobody knows than such as the second decoder knows. */
const isSecondName = (label: string): boolean =>
  ` ${SECOND_NAMES} `.includes(` ${label.toLowerCase().replace(/:\d{4}$|[^0-9a-z]/g, '')} `);

/** Loaded for the first label that the platform lacks: few mails have one, and it takes 30 ms. */
function secondDecoder(): Iconv {
  iconv ??= createRequire(import.meta.url)('iconv-lite') as Iconv;
  return iconv;
}

/** WHATWG labels go to the platform's decoder; a second one keeps the rest (STACK: iconv-lite). */
function decode(label: string, bytes: Uint8Array): string | null {
  if (ASCII_BELOW.test(label) && isAscii(bytes)) return latin1Slice(bytes, 0, bytes.length);
  const decoder = decoderOf(label);
  if (decoder !== null) return decoder.decode(bytes);
  if (label === 'cp949') return decodeUhc(bytes);
  return isSecondName(label) ? secondDecoder().decode(bytes, label) : null;
}

/** Bytes that an attachment holds: what is wrong with them is no defect of ours. */
function inflate(bytes: Uint8Array, most: number): Uint8Array | null {
  if (most <= 0) return null;
  try {
    const finishFlush = constants.Z_SYNC_FLUSH;
    return plain(inflateSync(bytes, { maxOutputLength: most, finishFlush }));
  } catch (failure) {
    if (failure instanceof Error && 'code' in failure) return null;
    throw failure;
  }
}

/** `Kernels` filled with Node's Buffer and OpenSSL. What they give is a plain `Uint8Array`. */
export const nodeKernels: Kernels = {
  sha256: (bytes) => hash('sha256', bytes, 'hex') as Sha256,
  sha256Raw: (bytes) => plain(hash('sha256', bytes, 'buffer')),
  latin1: latin1Slice,
  utf8: utf8Slice,
  isUtf8: (bytes) => isUtf8(bytes),
  isAscii: (bytes) => isAscii(bytes),
  encode: (text) => plain(Buffer.from(text, 'utf8')),
  decode,
  indexOf: indexOfBytes,
  base64: decodeBase64,
  toBase64: (bytes) => base64Slice(bytes, 0, bytes.length),
  inflate,
};
