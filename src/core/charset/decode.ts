import type { Kernels } from '../base/index.ts';
import { decodeRuns, hzRuns, iso2022KrRuns } from './shifted.ts';
import { decodeUtf7 } from './utf-7.ts';

/**
 * Names that mail uses and neither WHATWG nor iconv-lite reads as mail means them.
 *
 * windows-1252 for Latin-1 and ASCII is what every mail client does (WHATWG Encoding section 4.2).
 */
const ALIASES: Readonly<Record<string, string>> = {
  'us-ascii': 'windows-1252',
  ascii: 'windows-1252',
  'iso-8859-1': 'windows-1252',
  latin1: 'windows-1252',
  'iso8859-1': 'windows-1252',
  iso88591: 'windows-1252',
  cp1252: 'windows-1252',
  'x-ansi': 'windows-1252',
  '8bit': 'windows-1252',
  utf8: 'utf-8',
  'utf-8-mac': 'utf-8',
  'x-utf-8': 'utf-8',
  'unicode-1-1-utf-8': 'utf-8',
  'unicode-1-1-utf-7': 'utf-7',
  'x-unicode-2-0-utf-7': 'utf-7',
  utf7: 'utf-7',
  csiso2022kr: 'iso-2022-kr',
  iso2022kr: 'iso-2022-kr',
  hz: 'hz-gb-2312',
  'hz-gb2312': 'hz-gb-2312',
  cp932: 'shift_jis',
  'windows-31j': 'shift_jis',
  sjis: 'shift_jis',
  cp949: 'euc-kr',
  uhc: 'euc-kr',
  ms949: 'euc-kr',
  'ks_c_5601-1987': 'euc-kr',
  cp936: 'gbk',
  ms936: 'gbk',
  cp950: 'big5',
  cp50220: 'iso-2022-jp',
  cp50221: 'iso-2022-jp',
  cp50222: 'iso-2022-jp',
  'iso-2022-jp-1': 'iso-2022-jp',
  'iso-2022-jp-ms': 'iso-2022-jp',
};

/** Longer labels name nothing: IANA's are at most 40 characters (RFC 2978 section 2.3). */
const LABEL_LENGTH_MAX = 60;

/** One spelling per charset: lower case, quotes and blanks dropped, aliases resolved. */
export function canonicalCharset(label: string): string {
  const name = label
    .slice(0, 200)
    .replace(/["'\s]/g, '')
    .toLowerCase();
  return ALIASES[name] ?? name;
}

/**
 * Text of `bytes` under a charset label; null where the label names no charset that is known.
 *
 * Malformed bytes come out as U+FFFD. A byte order mark at the start decides between the UTF-16
 * orders and is no part of the text.
 */
export function decodeCharset(label: string, bytes: Uint8Array, kernels: Kernels): string | null {
  const charset = canonicalCharset(label);
  if (charset === '' || charset.length > LABEL_LENGTH_MAX) return null;
  switch (charset) {
    case 'utf-8':
      return kernels.utf8(bytes, startsWithBom8(bytes) ? 3 : 0, bytes.length);
    case 'utf-7':
      return decodeUtf7(kernels.latin1(bytes, 0, bytes.length));
    case 'iso-2022-kr':
      return decodeRuns(bytes, iso2022KrRuns(bytes), kernels);
    case 'hz-gb-2312':
      return decodeRuns(bytes, hzRuns(bytes), kernels);
    case 'utf-16':
      return kernels.decode(utf16Order(bytes), bytes);
    default:
      return kernels.decode(charset, bytes);
  }
}

const startsWithBom8 = (bytes: Uint8Array): boolean =>
  bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;

/** RFC 2781 section 4.3: the mark decides; without one, big-endian unless the blanks say otherwise. */
function utf16Order(bytes: Uint8Array): 'utf-16le' | 'utf-16be' {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  let [even, odd] = [0, 0];
  const end = Math.min(bytes.length, 4096);
  for (let i = 0; i < end; i++) if (bytes[i] === 0) i % 2 === 0 ? even++ : odd++;
  return odd > even ? 'utf-16le' : 'utf-16be';
}
