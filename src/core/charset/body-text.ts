import type { Kernels } from '../base/index.ts';
import { canonicalCharset, decodeCharset } from './decode.ts';
import { guessCharset, guessFromEscapes, guessUtf16 } from './guess.ts';

/** What a body part says of its charset, and what stands around it. */
export interface CharsetHints {
  /** The `charset` parameter as written; null where there is none. */
  readonly label: string | null;
  readonly html: boolean;
  /** Labels of other parts and of encoded words in the same message, nearest first. */
  readonly elsewhere: Iterable<string>;
}

/**
 * What decided: `label` is the part's own, `fallback` is windows-1252 for want of anything else.
 */
export type CharsetHow = 'bom' | 'label' | 'utf-8' | 'meta' | 'elsewhere' | 'guess' | 'fallback';

export interface DecodedText {
  readonly text: string;
  /** Canonical name of the charset that was used. */
  readonly charset: string;
  readonly how: CharsetHow;
  /** The label was set aside or does not fit the bytes. */
  readonly defect: 'charset-unknown' | 'charset-mismatch' | null;
}

/** A `<meta charset>` further down is ignored by browsers too (HTML section 13.2.3.2). */
const META_SCAN_BYTES_MAX = 1024;

/**
 * Text of a body part, its charset chosen in this order: byte order mark,
 * supported label, UTF-8 if the bytes are (where unlabelled, us-ascii or unknown), HTML meta,
 * labels elsewhere, statistics, windows-1252. Never throws; malformed bytes are U+FFFD.
 */
export function decodeBodyText(
  bytes: Uint8Array,
  hints: CharsetHints,
  kernels: Kernels,
): DecodedText {
  const marked = byteOrderMark(bytes);
  if (marked !== null) return decoded(marked, bytes, 'bom', null, kernels)!;
  const label = hints.label === null ? '' : canonicalCharset(hints.label);
  const plain = label === '' || namesNoCharset(hints.label ?? '');
  if (!plain) {
    const byLabel = decodeLabelled(label, bytes, kernels);
    if (byLabel !== null) return byLabel;
  }
  return decodeUnlabelled(bytes, hints, plain ? null : 'charset-unknown', kernels);
}

/** Labels that programs write over any bytes: seven bits, or that they do not know. */
export const namesNoCharset = (label: string): boolean =>
  ASCII_LABELS.has(label.trim().toLowerCase());

const ASCII_LABELS: ReadonlySet<string> = new Set([
  'us-ascii',
  'ascii',
  'x-unknown',
  'unknown-8bit',
]);

function decodeLabelled(label: string, bytes: Uint8Array, kernels: Kernels): DecodedText | null {
  if (label === 'utf-8' && !kernels.isUtf8(bytes)) {
    const guessed = isMostlyUtf8(bytes, 1, kernels) ? null : guessCharset(bytes, kernels);
    if (guessed !== null && guessed !== 'utf-8')
      return decoded(guessed, bytes, 'guess', 'charset-mismatch', kernels);
    return decoded(label, bytes, 'label', 'charset-mismatch', kernels);
  }
  if (label !== 'utf-8' && kernels.isUtf8(bytes)) {
    const text = decodeCharset('utf-8', bytes, kernels) ?? '';
    // A character of two bytes is one unit of text, one of three or four is one or two.
    const more = bytes.length - text.length;
    const isWestern = WESTERN.has(label);
    // A label that names nothing is not set aside: there is nothing else to read.
    if (decodeCharset(label, bytes.subarray(0, 0), kernels) === null) return null;
    if (more >= (isWestern ? 1 : SOUND_RUN))
      return { text, charset: 'utf-8', how: 'guess', defect: 'charset-mismatch' };
    if (isWestern) return { text, charset: label, how: 'label', defect: null };
  }
  if (CHINESE.has(label) && hasLowTrail(bytes) && guessCharset(bytes, kernels) === 'big5')
    return decoded('big5', bytes, 'guess', 'charset-mismatch', kernels);
  return decoded(label, bytes, 'label', null, kernels);
}

/** Programs write the one label for all Chinese. */
const CHINESE: ReadonlySet<string> = new Set(['gbk', 'gb2312']);
const TRAIL_LOOK_BYTES = 4_096;

/**
 * A pair whose second byte is below 0xA1, which GB 2312 has none of: rare characters of GBK, or
 * every other character of Big5.
 */
function hasLowTrail(bytes: Uint8Array): boolean {
  const end = Math.min(bytes.length - 1, TRAIL_LOOK_BYTES);
  for (let i = 0; i < end; i += 1) {
    if (bytes[i]! < 0x81) continue;
    i += 1;
    if (bytes[i]! >= 0x40 && bytes[i]! < 0xa1) return true;
  }
  return false;
}

/**
 * So many characters beyond ASCII in a row are well-formed in UTF-8 alone; long ones count twice.
 */
const SOUND_RUN = 12;

/**
 * Is this UTF-8 with some damage: a long run of well-formed characters, or more than so many for
 * each malformed byte? No other charset looks so by chance; where a label says UTF-8, one will do.
 * Three and four bytes that fit together count twice; the last character may be cut.
 */
function isMostlyUtf8(bytes: Uint8Array, soundPerBad: number, kernels: Kernels): boolean {
  const text = decodeCharset('utf-8', bytes, kernels) ?? '';
  const whole = text.endsWith('\ufffd') ? text.slice(0, -1) : text;
  // Taken out by native code: text is ASCII by the kilobyte.
  const beyondAscii = whole.replace(/[\0-\x7f]+/g, '');
  const inRun = new Set<number>();
  let sound = 0;
  let run = 0;
  const enough = SOUND_RUN * soundPerBad;
  for (let i = 0; i < beyondAscii.length && run < enough; i += 1) {
    const code = beyondAscii.charCodeAt(i);
    const weight = code === 0xfffd ? -soundPerBad : code > 0x7ff ? 2 : 1;
    sound += weight;
    if (weight < 0) {
      inRun.clear();
      run = 0;
    } else if (!inRun.has(code)) {
      // One character of another charset may fit, and stand in every date of a page.
      inRun.add(code);
      run += weight;
    }
  }
  return sound > 0 || run >= enough;
}

/**
 * Labels that software writes without having looked. Valid UTF-8 beyond ASCII under one of them is
 * UTF-8: read as labelled it would be `Ã©` and the like throughout, which no language writes.
 */
const WESTERN: ReadonlySet<string> = new Set(['windows-1252', 'iso-8859-1', 'iso-8859-15']);

/** Seven-bit shifts and the zeros of UTF-16 are valid UTF-8 as well, and unreadable as such. */
const mayBeShifted = (text: string): boolean =>
  text.includes('\u001b') || text.includes('~{') || text.includes('\0');

function decodeUnlabelled(
  bytes: Uint8Array,
  hints: CharsetHints,
  defect: DecodedText['defect'],
  kernels: Kernels,
): DecodedText {
  if (kernels.isUtf8(bytes)) {
    const read = decoded('utf-8', bytes, 'utf-8', defect, kernels)!;
    if (!mayBeShifted(read.text)) return read;
    const shifted = guessFromEscapes(bytes) ?? guessUtf16(bytes);
    return shifted === null ? read : decoded(shifted, bytes, 'guess', defect, kernels)!;
  }
  if (isMostlyUtf8(bytes, 2, kernels)) return decoded('utf-8', bytes, 'utf-8', defect, kernels)!;
  const attempt = (label: string | null, how: DecodedText['how']): DecodedText | null => {
    const charset = label === null ? '' : canonicalCharset(label);
    // Bytes that are not UTF-8 are not helped by a second claim that they are.
    if (charset === '' || charset === 'utf-8') return null;
    return decoded(charset, bytes, how, defect, kernels);
  };
  const said = hints.html ? attempt(metaCharset(bytes, kernels), 'meta') : null;
  if (said !== null) return said;
  for (const label of hints.elsewhere) {
    const found = attempt(label, 'elsewhere');
    if (found !== null) return found;
  }
  const guessed = attempt(guessCharset(bytes, kernels), 'guess');
  if (guessed !== null) return guessed;
  return decoded('windows-1252', bytes, 'fallback', defect, kernels)!;
}

function decoded(
  charset: string,
  bytes: Uint8Array,
  how: DecodedText['how'],
  defect: DecodedText['defect'],
  kernels: Kernels,
): DecodedText | null {
  const text = decodeCharset(charset, bytes, kernels);
  return text === null ? null : { text, charset, how, defect };
}

function byteOrderMark(bytes: Uint8Array): string | null {
  const [a, b, c, d] = bytes;
  if (a === 0xef && b === 0xbb && c === 0xbf) return 'utf-8';
  if (a === 0xff && b === 0xfe)
    return c === 0 && d === 0 && bytes.length % 4 === 0 ? 'utf-32le' : 'utf-16le';
  if (a === 0 && b === 0 && c === 0xfe && d === 0xff) return 'utf-32be';
  return a === 0xfe && b === 0xff ? 'utf-16be' : null;
}

function metaCharset(bytes: Uint8Array, kernels: Kernels): string | null {
  const head = kernels.latin1(bytes, 0, Math.min(bytes.length, META_SCAN_BYTES_MAX));
  return /<meta[^>]{0,200}?charset\s{0,9}=\s{0,9}["']?([\w.:-]{1,60})/i.exec(head)?.[1] ?? null;
}
