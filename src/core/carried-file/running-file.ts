import type { Kernels } from '../../core/base/index.ts';
import type { MailPart } from '../../core/mail/index.ts';

/** How a file acts when somebody opens it. */
export type FileAction =
  | 'program'
  /** Starts what it names. */
  | 'shortcut'
  /** Opens in the browser, and can ask for a password. */
  | 'page'
  /** Opens as a drive. */
  | 'disk-image'
  | 'macros'
  /** Notes in which other files lie. */
  | 'notebook'
  /** A package of which a file acts. */
  | 'archive';

/**
 * Names of files that act when they are opened: programs, scripts, installers, pages, disk images,
 * links, sheets with macros, notebooks that hold such files. From the lists that Outlook and Gmail
 * block, and what has been sent in their place.
 */
const ACTIONS: readonly (readonly [FileAction, string])[] = [
  [
    'program',
    'exe|scr|com|pif|bat|cmd|ps1|psm1|ps1xml|psc1|vb[es]?|jse?|ws[cfh]?|sct|hta|cpl|dll|ocx|sys|gadget',
  ],
  ['program', 'scf|inf|reg|ms[cipt]|mst|msix(?:bundle)?|appx(?:bundle)?|appinstaller|application'],
  ['program', 'diagcab|xbap|jar|jnlp|class|chm|hlp|pkg|mpkg|app|command|terminal|workflow|apk|aab'],
  ['program', 'ipa|deb|rpm|run|sh|bash|csh|py[cwz]?|xll|wll|rgs|job|crx|xpi'],
  ['shortcut', 'lnk|url|website|webloc|desktop|rdp|appref-ms|library-ms|search-ms|udl|theme'],
  ['shortcut', 'searchconnector-ms|settingcontent-ms|themepack'],
  ['page', 'html?|xhtml?|[sx]htm|mht(?:ml)?|svgz?'],
  ['disk-image', 'iso|img|vhdx?|udf|dmg'],
  ['macros', 'xla|xlam|xlsb|slk|iqy|oqy|dqy|ppam|ade|adp|mde|accd[ae]|mdb|pub'],
  ['macros', '(?:doc|dot|xls|xlt|ppt|pot|pps|sld)m'],
  ['notebook', 'one|onepkg'],
];

const RUNS = endingIn(ACTIONS.map(([, names]) => names).join('|'));
const BY_ACTION = ACTIONS.map(([action, names]) => [action, endingIn(names)] as const);

function endingIn(names: string): RegExp {
  return new RegExp(`\\.(?:${names})[\\s.]*$`, 'i');
}

const RUNS_AS =
  /^application\/(?:x-ms(?:download|dos-program|i)|x-dosexec|hta|java-archive|x-ms-shortcut|x-apple-diskimage|vnd\.android\.package-archive)$/i;

/** A file that a mail carries: what it is called, and its bytes where they are at hand. */
export interface CarriedBytes {
  readonly part: Pick<MailPart, 'fileName' | 'otherName' | 'contentType'>;
  readonly bytes: Uint8Array | null;
  readonly kernels: Kernels;
}

/** What a file does, and of a package which of its files does it. */
export interface Running {
  readonly action: FileAction;
  readonly holds: string | null;
}

/** Whether a file acts when it is opened, in whatever way (`runningOf`). */
export const isRunning = (file: CarriedBytes): boolean => runningOf(file) !== null;

/**
 * How a file acts when it is opened: by its name, by its first bytes whatever it is called, or by
 * what an archive that it is holds. What nobody can look into (a password, another archive's form)
 * is not said to run.
 */
export function runningOf({ part, bytes, kernels }: CarriedBytes): Running | null {
  const names = [part.fileName ?? '', part.otherName ?? ''].map(plainName);
  const acting = names.find((name) => RUNS.test(name));
  if (acting !== undefined) return { action: actionOf(acting), holds: null };
  if (RUNS_AS.test(part.contentType)) return { action: 'program', holds: null };
  if (bytes === null) return null;
  const program = programOf(bytes);
  return program === null
    ? heldRunning(zipNames(bytes, kernels))
    : { action: program, holds: null };
}

const actionOf = (name: string): FileAction =>
  BY_ACTION.find(([, pattern]) => pattern.test(name))?.[0] ?? 'program';

/** Blanks and characters that only turn the direction of writing hide the end of a name. */
export const plainName = (name: string): string =>
  name.replace(/[\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]/g, '');

/** Windows, Unix and macOS programs, a script that names what runs it. */
const PROGRAMS: readonly string[] = [
  ...['4d5a', '7f454c46', 'feedface', 'feedfacf', 'cefaedfe', 'cffaedfe', 'cafebabe', '23212f'],
];
/** MS-SHLLINK 2.1; MS-ONESTORE 2.3.1. */
const SHORTCUT = '4c0000000114020000000000c000000000000046';
const NOTEBOOK = 'e4525c7b8cd8a74daeb15378d02996d3';

/** How bytes act that begin as what is run. */
export function programOf(bytes: Uint8Array): FileAction | null {
  const head = Array.from(bytes.subarray(0, 20), (byte) => byte.toString(16).padStart(2, '0'));
  const hex = head.join('');
  if (PROGRAMS.some((begin) => hex.startsWith(begin))) return 'program';
  if (hex.startsWith(SHORTCUT)) return 'shortcut';
  return hex.startsWith(NOTEBOOK) ? 'notebook' : null;
}

/**
 * Macros of a document (ECMA-376 with MS-OVBA) are a file in it; its pages and parts are no files.
 */
function heldRunning(names: readonly string[]): Running | null {
  if (names.some((name) => /(?:^|\/)vbaProject\.bin$/i.test(name)))
    return { action: 'macros', holds: null };
  if (names.some((name) => DOCUMENT.test(name))) return null;
  const holds = names.find((name) => RUNS.test(name));
  return holds === undefined ? null : { action: 'archive', holds };
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
    const end = Math.min(bytes.length, start + length);
    names.push(kernels.latin1(bytes, Math.max(start, end - NAME_END), end));
    // Not behind the name: a length that lies would hide the entries that follow.
    at = kernels.indexOf(bytes, ENTRY, start);
  }
  return names;
}

/** How much of a name is looked at, from its end, which tells. */
const NAME_END = 256;
