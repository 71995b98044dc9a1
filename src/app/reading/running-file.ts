import type { Kernels } from '../../core/base/index.ts';
import type { MailPart } from '../../core/mail/index.ts';

/**
 * Names of files that act when they are opened: programs, scripts, installers, pages, disk images,
 * links, sheets with macros, notebooks that hold such files. From the lists that Outlook and Gmail
 * block, and what has been sent in their place.
 */
const RUNS = new RegExp(
  `\\.(?:${[
    'exe|scr|com|pif|bat|cmd|ps1|psm1|ps1xml|psc1|vb[es]?|jse?|ws[cfh]?|sct|hta|cpl|dll|ocx|sys|gadget',
    'lnk|url|website|webloc|desktop|rdp|scf|inf|reg|ms[cipt]|mst|msix(?:bundle)?|appx(?:bundle)?',
    'appinstaller|application|appref-ms|library-ms|search-ms|searchconnector-ms|settingcontent-ms|theme',
    'themepack|diagcab|xbap|jar|jnlp|class|chm|hlp|html?|xhtml?|[sx]htm|mht(?:ml)?|svgz?|one|onepkg',
    'iso|img|vhdx?|udf|dmg|pkg|mpkg|app|command|terminal|workflow|apk|aab|ipa|deb|rpm|run|sh|bash|csh|py[cwz]?',
    'xll|xla|xlam|xlsb|slk|iqy|oqy|dqy|wll|ppam|ade|adp|mde|accd[ae]|mdb|pub|(?:doc|dot|xls|xlt|ppt|pot|pps|sld)m',
    'rgs|job|udl|crx|xpi',
  ].join('|')})[\\s.]*$`,
  'i',
);

const RUNS_AS =
  /^application\/(?:x-ms(?:download|dos-program|i)|x-dosexec|hta|java-archive|x-ms-shortcut|x-apple-diskimage|vnd\.android\.package-archive)$/i;

/** A file that a mail carries: what it is called, and its bytes where they are at hand. */
export interface CarriedBytes {
  readonly part: Pick<MailPart, 'fileName' | 'otherName' | 'contentType'>;
  readonly bytes: Uint8Array | null;
  readonly kernels: Kernels;
}

/**
 * Whether a file acts when it is opened: by its name, by its first bytes whatever it is called, or
 * by what an archive that it is holds. What nobody can look into (a password, another archive's
 * form) is not said to run.
 */
export function isRunning({ part, bytes, kernels }: CarriedBytes): boolean {
  const names = [part.fileName ?? '', part.otherName ?? ''].map(plainName);
  if (names.some((name) => RUNS.test(name)) || RUNS_AS.test(part.contentType)) return true;
  if (bytes === null) return false;
  return beginsAsProgram(bytes) || holdsRunning(zipNames(bytes, kernels));
}

/** Blanks and characters that only turn the direction of writing hide the end of a name. */
const plainName = (name: string): string =>
  name.replace(/[\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]/g, '');

/**
 * Windows, Unix and macOS programs, a Windows link (MS-SHLLINK 2.1), a notebook (MS-ONESTORE
 * 2.3.1).
 */
const PROGRAMS: readonly string[] = [
  ...['4d5a', '7f454c46', 'feedface', 'feedfacf', 'cefaedfe', 'cffaedfe', 'cafebabe'],
  ...['4c0000000114020000000000c000000000000046', 'e4525c7b8cd8a74daeb15378d02996d3'],
];

function beginsAsProgram(bytes: Uint8Array): boolean {
  const head = Array.from(bytes.subarray(0, 20), (byte) => byte.toString(16).padStart(2, '0'));
  const hex = head.join('');
  // A script names what runs it.
  return PROGRAMS.some((begin) => hex.startsWith(begin)) || hex.startsWith('23212f');
}

/**
 * Macros of a document (ECMA-376 with MS-OVBA) are a file in it; its pages and parts are no files.
 */
function holdsRunning(names: readonly string[]): boolean {
  if (names.some((name) => /(?:^|\/)vbaProject\.bin$/i.test(name))) return true;
  return !names.some((name) => DOCUMENT.test(name)) && names.some((name) => RUNS.test(name));
}

/** Office Open XML; OpenDocument and EPUB. */
const DOCUMENT = /^(?:\[Content_Types\]\.xml|mimetype)$/;

/** Entries looked at: a package of more is no invoice. */
const ENTRIES_MAX = 2_000;
/** APPNOTE.TXT 4.3.12, 4.3.16: a row of the list of entries, and the end of that list. */
const ENTRY = Uint8Array.of(0x50, 0x4b, 1, 2);
const ENTRY_HEAD = 46;

/**
 * Names in a zip's list of entries; empty for other bytes. A password leaves the names in clear.
 */
function zipNames(bytes: Uint8Array, kernels: Kernels): readonly string[] {
  if (bytes[0] !== 0x50 || bytes[1] !== 0x4b) return [];
  const names: string[] = [];
  let at = kernels.indexOf(bytes, ENTRY, 0);
  while (at >= 0 && at + ENTRY_HEAD <= bytes.length && names.length < ENTRIES_MAX) {
    const length = bytes[at + 28]! | (bytes[at + 29]! << 8);
    const start = at + ENTRY_HEAD;
    names.push(String.fromCharCode(...bytes.subarray(start, start + Math.min(length, NAME_MAX))));
    at = kernels.indexOf(bytes, ENTRY, start);
  }
  return names;
}

/** A name's end tells: longer ones are cut nowhere that systems allow. */
const NAME_MAX = 4_096;
