import type { Kernels } from '../base/index.ts';

/** Windows code pages whose charset label is not `windows-` and the number. */
const LABELS: Readonly<Record<number, string>> = {
  437: 'cp437',
  850: 'cp850',
  852: 'cp852',
  866: 'ibm866',
  932: 'shift_jis',
  936: 'gb18030',
  949: 'euc-kr',
  950: 'big5',
  1200: 'utf-16le',
  10000: 'macintosh',
  20127: 'windows-1252',
  20866: 'koi8-r',
  21866: 'koi8-u',
  28605: 'iso-8859-15',
  50220: 'iso-2022-jp',
  51932: 'euc-jp',
  51949: 'euc-kr',
  54936: 'gb18030',
  65001: 'utf-8',
};

/** Charset label of a Windows code page ([MS-UCODEREF] section 2.2.1). */
export function codePageLabel(codePage: number): string {
  if (codePage >= 28591 && codePage <= 28599) return `iso-8859-${codePage - 28590}`;
  return LABELS[codePage] ?? `windows-${codePage}`;
}

/** Code pages of languages ([MS-LCID] primary ids) whose text is not windows-1252. */
const LANGUAGES: Readonly<Record<number, number>> = {
  1: 1256,
  2: 1251,
  5: 1250,
  8: 1253,
  13: 1255,
  14: 1250,
  17: 932,
  18: 949,
  21: 1250,
  24: 1250,
  25: 1251,
  26: 1250,
  27: 1250,
  30: 874,
  31: 1254,
  34: 1251,
  36: 1250,
  37: 1257,
  38: 1257,
  39: 1257,
  41: 1256,
  42: 1258,
};

/** Windows code pages behind the code pages in which mail is sent. */
const BEHIND: Readonly<Record<number, number>> = {
  50220: 932,
  50221: 932,
  50222: 932,
  51932: 932,
  50225: 949,
  51949: 949,
  52936: 936,
  54936: 936,
  28592: 1250,
  28595: 1251,
  20866: 1251,
  21866: 1251,
  28597: 1253,
  28599: 1254,
  28598: 1255,
  28596: 1256,
};

/**
 * The code page of an item's 8-bit text: as it states, else by its language, else by the code page
 * in which it would be sent, else windows-1252.
 */
export function ansiCodePage(stated: {
  readonly codePage: number | null;
  readonly locale: number | null;
  readonly internetCodePage: number | null;
}): number {
  const { codePage, locale, internetCodePage } = stated;
  if (codePage !== null && codePage > 0) return codePage;
  if (locale !== null && locale > 0) {
    if ((locale & 0x3ff) === 4) return locale === 0x0404 || locale === 0x0c04 ? 950 : 936;
    return LANGUAGES[locale & 0x3ff] ?? 1252;
  }
  return internetCodePage === null ? 1252 : (BEHIND[internetCodePage] ?? 1252);
}

/** Text under a code page, up to its first NUL; windows-1252 where the code page is unknown. */
export function decodeCodePage(bytes: Uint8Array, codePage: number, kernels: Kernels): string {
  const nul = bytes.indexOf(0);
  const text = nul < 0 ? bytes : bytes.subarray(0, nul);
  return (
    kernels.decode(codePageLabel(codePage), text) ??
    kernels.decode('windows-1252', text) ??
    kernels.latin1(text, 0, text.length)
  );
}

/** UTF-16LE up to its closing NUL. */
export function decodeUnicode(bytes: Uint8Array, kernels: Kernels): string {
  const even = bytes.subarray(0, bytes.length - (bytes.length % 2));
  const text = kernels.decode('utf-16le', even) ?? '';
  const nul = text.indexOf('\0');
  return nul < 0 ? text : text.slice(0, nul);
}
