import { type Kernels, latin1Bytes } from '../base/index.ts';
import { decodeRuns, hzRuns, iso2022Runs } from './shifted.ts';
import { decodeUtf7 } from './utf-7.ts';

/**
 * Names that mail uses and neither WHATWG nor iconv-lite reads as mail means them.
 *
 * windows-1252 for Latin-1 and ASCII is what every mail client does (WHATWG Encoding section 4.2).
 */
const ALIASES: ReadonlyMap<string, string> = new Map(
  (
    [
      ['windows-1252', 'us-ascii ascii iso-8859-1 latin1 iso8859-1 iso88591 cp1252 x-ansi 8bit'],
      ['utf-8', 'utf8 utf-8-mac x-utf-8 unicode-1-1-utf-8'],
      ['utf-7', 'unicode-1-1-utf-7 x-unicode-2-0-utf-7 utf7'],
      ['iso-2022-kr', 'csiso2022kr iso2022kr'],
      ['hz-gb-2312', 'hz hz-gb2312'],
      ['shift_jis', 'cp932 windows-31j sjis'],
      ['euc-kr', 'cp949 uhc ms949 ks_c_5601-1987'],
      ['gbk', 'cp936 ms936'],
      ['big5', 'cp950'],
      ['iso-2022-jp', 'cp50220 cp50221 cp50222 iso-2022-jp-1 iso-2022-jp-ms'],
    ] as const
  ).flatMap(([charset, names]) => names.split(' ').map((name) => [name, charset] as const)),
);

/**
 * What programs write where they know none (`unknown-8bit`: RFC 1428 section 3). No decoder has to
 * be loaded to learn that.
 */
const NO_CHARSETS: ReadonlySet<string> = new Set([
  ...['', 'default', 'default_charset', 'unknown-8bit', 'x-unknown', 'unknown', 'none', '_chset_'],
]);

/** Longer labels name nothing: IANA's are at most 40 characters (RFC 2978 section 2.3). */
const LABEL_LENGTH_MAX = 60;

/** One spelling per charset: lower case, quotes and blanks dropped, aliases resolved. */
export function canonicalCharset(label: string): string {
  const name = label
    .slice(0, 200)
    .replace(/["'\s]/g, '')
    .toLowerCase();
  return ALIASES.get(name) ?? name;
}

/**
 * Text of `bytes` under a charset label; null where the label names no charset that is known.
 *
 * Malformed bytes come out as U+FFFD. A byte order mark at the start decides between the UTF-16
 * orders and is no part of the text.
 */
export function decodeCharset(label: string, bytes: Uint8Array, kernels: Kernels): string | null {
  const charset = canonicalCharset(label);
  if (charset.length > LABEL_LENGTH_MAX || NO_CHARSETS.has(charset)) return null;
  switch (charset) {
    case 'utf-8':
      return kernels.utf8(bytes, startsWithBom8(bytes) ? 3 : 0, bytes.length);
    case 'windows-1252':
      return decodeWindows1252(kernels.latin1(bytes, 0, bytes.length));
    case 'utf-7':
      return decodeUtf7(bytes);
    case 'iso-2022-kr':
      return decodeRuns(bytes, iso2022Runs(bytes, 'ks'), kernels);
    case 'iso-2022-cn':
    case 'iso-2022-cn-ext':
      return decodeRuns(bytes, iso2022Runs(bytes, 'gb'), kernels);
    case 'iso-2022-jp-2':
      return decodeRuns(bytes, iso2022Runs(bytes, 'jis'), kernels);
    case 'iso-2022-jp':
      return kernels.decode(charset, withoutIdleEscapes(bytes, kernels));
    case 'hz-gb-2312':
      return decodeRuns(bytes, hzRuns(bytes), kernels);
    case 'utf-16':
      return kernels.decode(utf16Order(bytes), bytes);
    case 'euc-kr':
      return decodeUhc(bytes, kernels);
    default:
      return kernels.decode(charset, bytes);
  }
}

/**
 * Without escapes that nothing is written under, for which a web page gets U+FFFD (WHATWG Encoding
 * section 12.2.1). Every joint of two encoded words has one: each word returns to ASCII.
 */
function withoutIdleEscapes(bytes: Uint8Array, kernels: Kernels): Uint8Array {
  const latin1 = kernels.latin1(bytes, 0, bytes.length);
  if (!IDLE_ESCAPE.test(latin1)) return bytes;
  return latin1Bytes(latin1.replaceAll(IDLE_ESCAPES, ''));
}

const IDLE_ESCAPE = /\u001b[$(](?:\([A-D]|[@A-J])(?=\u001b[$(])/;
const IDLE_ESCAPES = new RegExp(IDLE_ESCAPE, 'g');

/**
 * Node's euc-kr lacks the 8,822 syllables of UHC, which WHATWG counts in. It gives what is no
 * Korean text in their place: only then is the one asked that has them.
 */
function decodeUhc(bytes: Uint8Array, kernels: Kernels): string | null {
  const text = kernels.decode('euc-kr', bytes);
  if (text !== null && !/[\ufffd\u0080-\u009f\ue000-\uf8ff]/.test(text)) return text;
  return kernels.decode('cp949', bytes) ?? text;
}

/** Latin-1 but for 0x80 to 0x9F, which mail hardly has: no decoder is set up for the rest. */
const decodeWindows1252 = (latin1: string): string =>
  /[\u0080-\u009f]/.test(latin1)
    ? latin1.replace(/[\u0080-\u009f]/g, (unit) => WINDOWS_1252[unit.charCodeAt(0) - 0x80]!)
    : latin1;

/** WHATWG index windows-1252, 0x80 to 0x9F. */
const WINDOWS_1252 =
  '\u20ac\u0081\u201a\u0192\u201e\u2026\u2020\u2021\u02c6\u2030\u0160\u2039\u0152\u008d\u017d\u008f' +
  '\u0090\u2018\u2019\u201c\u201d\u2022\u2013\u2014\u02dc\u2122\u0161\u203a\u0153\u009d\u017e\u0178';

const startsWithBom8 = (bytes: Uint8Array): boolean =>
  bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;

/**
 * RFC 2781 section 4.3: the mark decides; without one, big-endian unless the blanks say otherwise.
 */
function utf16Order(bytes: Uint8Array): 'utf-16le' | 'utf-16be' {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  let [even, odd] = [0, 0];
  const end = Math.min(bytes.length, 4096);
  for (let i = 0; i < end; i++) if (bytes[i] === 0) i % 2 === 0 ? even++ : odd++;
  return odd > even ? 'utf-16le' : 'utf-16be';
}
