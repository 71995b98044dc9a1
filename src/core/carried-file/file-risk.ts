import type { Kernels } from '../base/index.ts';
import type { MailPart, MessageContent } from '../mail/index.ts';
import { type FileAction, plainName, programOf, runningOf } from './running-file.ts';

/** Why an attached file is not what it seems, or not to be opened. */
export interface FileRisk {
  /** The part's path. */
  readonly path: string;
  /** As mail programs show it; null where it has no name. */
  readonly fileName: string | null;
  /** What it does when it is opened; null where that is not known. */
  readonly action: FileAction | null;
  /** Of a package: the first of its files that acts. */
  readonly holds: string | null;
  /** What its name is written to look like: `PDF`. */
  readonly looksLike: string | null;
  /** What its bytes are, where its name says something else: `a Windows program`. */
  readonly bytesAre: string | null;
}

/**
 * The attached files of one message that act when somebody opens them, or whose name deceives. By
 * names, types and first bytes alone: nothing is opened but the list of a zip's entries.
 */
export function fileRisks(
  { bodies, leaves }: Pick<MessageContent, 'bodies' | 'leaves'>,
  kernels: Kernels,
): readonly FileRisk[] {
  return leaves.flatMap(({ part, bytes }) => {
    const isFile = part.fileName !== null || part.disposition === 'attachment';
    const isShown = bodies.some(({ path }) => path === part.path);
    if (isShown || (!isFile && programOf(bytes) === null)) return [];
    return riskOf(part, bytes, kernels) ?? [];
  });
}

function riskOf(part: MailPart, bytes: Uint8Array, kernels: Kernels): FileRisk | null {
  const { path, fileName } = part;
  const running = runningOf({ part, bytes, kernels });
  const names = [fileName ?? '', part.otherName ?? ''];
  const looksLike = running === null ? null : shownKind(names);
  const bytesAre = otherKind(names, bytes);
  if (running === null && bytesAre === null) return null;
  const { action = null, holds = null } = running ?? {};
  return { path, fileName, action, holds, looksLike, bytesAre };
}

type Kind = 'pdf' | 'zip' | 'office' | 'rtf' | 'picture' | 'page' | 'archive';

interface Trusted {
  /** What people take a file for that ends so. */
  readonly as: string;
  readonly endings: string;
  /** What its bytes may be, as programs write it; null where any may be. */
  readonly kinds: readonly Kind[] | null;
}

const DOCUMENT: readonly Kind[] = ['zip', 'office', 'rtf', 'page'];

/** Endings that people open without a thought. */
const TRUSTED: readonly Trusted[] = [
  { as: 'a PDF', endings: 'pdf', kinds: ['pdf'] },
  { as: 'a Word document', endings: 'doc docx dot dotx rtf odt', kinds: DOCUMENT },
  { as: 'a table', endings: 'xls xlsx xltx ods', kinds: DOCUMENT },
  { as: 'a presentation', endings: 'ppt pptx pps ppsx odp', kinds: DOCUMENT },
  {
    as: 'a picture',
    endings: 'jpg jpeg jfif png gif bmp tif tiff webp heic',
    kinds: ['picture'],
  },
  { as: 'a text', endings: 'txt csv log md', kinds: ['page', 'rtf'] },
  { as: 'a sound or film', endings: 'mp3 mp4 wav m4a mov avi wmv', kinds: null },
  { as: 'a mail', endings: 'eml msg', kinds: null },
];

const BY_ENDING: ReadonlyMap<string, Trusted> = new Map(
  TRUSTED.flatMap((row) => row.endings.split(' ').map((ending) => [ending, row] as const)),
);

/** What stands behind the last full stop, blanks and full stops at the end left out. */
function parted(name: string): { readonly stem: string; readonly ending: string } {
  const end = lastOutside(name, /[\s.]/);
  const dot = name.lastIndexOf('.', end - 1);
  return dot < 0
    ? { stem: name, ending: '' }
    : { stem: name.slice(0, dot), ending: name.slice(dot + 1, end).toLowerCase() };
}

/** Place behind the last character that is none of a class. */
function lastOutside(text: string, of: RegExp): number {
  let end = text.length;
  while (end > 0 && of.test(text[end - 1] ?? '')) end -= 1;
  return end;
}

/** `invoice.pdf.exe`, `ballot.pdf      .exe`, or an ending that is shown from right to left. */
function shownKind(names: readonly string[]): string | null {
  for (const name of names) {
    const isTurned = name.includes('\u202e');
    const { stem } = parted(plainName(name));
    const shown = isTurned ? asSeen(name) : stem.slice(0, lastOutside(stem, BETWEEN));
    const kind = BY_ENDING.get(parted(shown).ending);
    if (kind !== undefined) return kind.as;
  }
  return null;
}

/** What is put between the ending that is shown and the one that acts. */
const BETWEEN = /[\s._\u2800\u3164-]/;

/** A name as it is drawn: what follows U+202E stands from right to left (UAX 9, X4). */
function asSeen(name: string): string {
  const turn = name.indexOf('\u202e');
  if (turn < 0) return name;
  const until = name.indexOf('\u202c', turn);
  const end = until < 0 ? name.length : until;
  const turned = [...plainName(name.slice(turn, end))].toReversed().join('');
  return plainName(name.slice(0, turn)) + turned + plainName(name.slice(end));
}

const SIGNATURES: readonly (readonly [begin: string, kind: Kind, what: string])[] = [
  ['%PDF-', 'pdf', 'a PDF'],
  ['PK\x03\x04', 'zip', 'a zip archive or a document made as one'],
  ['\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1', 'office', 'an older Office file, which can hold macros'],
  ['{\\rtf', 'rtf', 'an RTF document'],
  ['\x89PNG', 'picture', 'a picture'],
  ['\xff\xd8\xff', 'picture', 'a picture'],
  ['GIF8', 'picture', 'a picture'],
  ['Rar!', 'archive', 'a RAR archive'],
  ['7z\xbc\xaf', 'archive', 'a 7-Zip archive'],
];

/** What bytes are that no program would write under any of these names. */
function otherKind(names: readonly string[], bytes: Uint8Array): string | null {
  const rows = names.flatMap((name) => BY_ENDING.get(parted(plainName(name)).ending) ?? []);
  const kinds = rows.find((row) => row.kinds !== null)?.kinds ?? null;
  if (rows.length === 0 || bytes.length === 0) return null;
  if (isProgram(bytes)) return 'a program';
  if (kinds === null) return null;
  const head = String.fromCharCode(...bytes.subarray(0, HEAD_LENGTH));
  const known = SIGNATURES.find(([begin]) => head.startsWith(begin));
  if (known !== undefined) return kinds.includes(known[1]) ? null : known[2];
  const isPage = /^(?:\xef\xbb\xbf)?\s{0,200}<(?:!doctype\s+html|html|script|svg)/i.test(head);
  return isPage && !kinds.includes('page') ? 'a web page' : null;
}

const HEAD_LENGTH = 256;

/** Two letters alone begin many a text: a program has bytes that no text has. */
const isProgram = (bytes: Uint8Array): boolean =>
  programOf(bytes) !== null && bytes.subarray(0, HEAD_LENGTH).includes(0);
