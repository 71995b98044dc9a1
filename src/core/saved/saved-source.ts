import type { Kernels } from '../base/index.ts';
import { sniffKind } from '../mail/index.ts';
import { readRtfBody } from '../outlook/index.ts';
import { emlxMessage } from './emlx.ts';
import { hasSummary, sourceStart } from './header-lines.ts';
import { isWebArchive, webArchivePage } from './web-archive.ts';
import { webPageSource } from './web-page.ts';

/**
 * In what a mail program or browser saved the source of a mail. Of `emlx`, `words-above` and
 * `summary-above` (Gmail's "Show original" as text) the mail's bytes stand in the file as they are;
 * of the others they are what the file shows of them.
 */
export type SavedForm =
  | 'emlx'
  | 'words-above'
  | 'summary-above'
  | 'web-page'
  | 'web-archive'
  | 'rtf'
  | 'utf-16';

export interface SavedSource {
  readonly form: SavedForm;
  readonly bytes: Uint8Array;
  /** Where they stand in the file; null where they had to be taken out of a writing of it. */
  readonly offset: number | null;
}

/**
 * More of a page or an RTF text is no mail that a person saves by hand; reading holds it thrice.
 */
const TEXT_BYTES_MAX = 32_000_000;

/**
 * Takes the source of a mail out of the form in which it was saved; null where the bytes are a mail
 * as they stand, or show no source. Never throws; linear in the length.
 */
export function savedSource(bytes: Uint8Array, kernels: Kernels): SavedSource | null {
  switch (formOf(bytes, kernels)) {
    case 'digits':
      return emlxMessage(bytes, kernels);
    case 'markup':
      return inText('web-page', webPageSource(shortened(bytes), kernels), kernels);
    case 'web-archive':
      return inText('web-archive', pageOf(bytes, kernels), kernels);
    case 'rtf':
      return inText('rtf', encoded(readRtfBody(shortened(bytes), kernels).text, kernels), kernels);
    case 'utf-16':
      return inUtf16(bytes, kernels);
    case 'words':
      return inText('words-above', bytes, kernels);
    case null:
      return null;
  }
}

/**
 * Whether a file with this head is read as a mail in another form: all of a page or an RTF text is
 * looked through, as its source may stand far down; words count only above a source.
 */
export function mayBeSaved(head: Uint8Array, kernels: Kernels): boolean {
  const form = formOf(head, kernels);
  if (form === null) return false;
  return WHOLE.has(form) && head.length >= CUT_HEAD_BYTES
    ? true
    : form === 'web-archive' || savedSource(head, kernels) !== null;
}

const WHOLE: ReadonlySet<Form> = new Set(['markup', 'rtf']);
const CUT_HEAD_BYTES = 8_192;

/** What bytes are that are no mail although they may hold one, for a sentence; null for mail. */
export function isOtherForm(bytes: Uint8Array, kernels: Kernels): string | null {
  const form = formOf(bytes, kernels);
  return form === null ? null : (NAMES[form] ?? null);
}

const NAMES: Readonly<Partial<Record<Form, string>>> = {
  markup: 'a web page',
  'web-archive': 'a web page saved from a browser (MHTML)',
  rtf: 'an RTF document',
};

/**
 * What a file seems to be that shows the header of a mail, or a mail program's page, and gives no
 * source; null for all other files: a web page alone says nothing of a mail.
 */
export function looksSaved(bytes: Uint8Array, kernels: Kernels): string | null {
  const form = formOf(bytes, kernels);
  if (form === 'web-archive') return NAMES[form] ?? null;
  if (form !== 'markup' && form !== 'rtf') return null;
  const text = kernels.latin1(bytes, 0, Math.min(bytes.length, SHOWN_BYTES));
  const isShown = SHOWN_FIELDS.every((field) => field.test(text));
  return isShown ? `the source of a mail saved as ${NAMES[form]}` : null;
}

const SHOWN_BYTES = 262_144;
const SHOWN_FIELDS = [/\bReceived:\s/, /\bMessage-ID:\s/i, /\bFrom:\s/] as const;

type Form = 'digits' | 'markup' | 'web-archive' | 'rtf' | 'utf-16' | 'words';

/** A mail by its first line is told from one byte after the other, before any text is made. */
function formOf(bytes: Uint8Array, kernels: Kernels): Form | null {
  const [first = 0, second = 0] = bytes;
  if ((first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff)) return 'utf-16';
  const isFrom = startsWith(bytes, FROM);
  if (isFrom && bytes[FROM.length] === 0x20) return null;
  if (isFrom && isWebArchive(bytes, kernels)) return 'web-archive';
  if (beginsWithField(bytes)) return isSummary(bytes, kernels) ? 'words' : null;
  const start = kernels.latin1(bytes, 0, Math.min(bytes.length, START_LENGTH));
  const text = start.replace(/^(?:\xef\xbb\xbf)?\s+/, '').replace(/^\xef\xbb\xbf/, '');
  if (text.startsWith('{\\rtf')) return 'rtf';
  if (text.startsWith('<')) return 'markup';
  if (/^\d{1,12}[ \t]*\r*\n/.test(start)) return 'digits';
  const head = bytes.subarray(0, HEAD_BYTES);
  const isWords = sniffKind(head, kernels) === 'unknown' || isSummary(bytes, kernels);
  return isWords ? 'words' : null;
}

/** A summary copied without its title, whose rows From and To stand as header fields do. */
function isSummary(bytes: Uint8Array, kernels: Kernels): boolean {
  const start = kernels.latin1(bytes, 0, Math.min(bytes.length, SUMMARY_BYTES));
  if (!/\n(?:SPF|DKIM|DMARC):/.test(start)) return false;
  const [block = ''] = start.split(/\n\r?\n/, 1);
  return hasSummary(block.split('\n'));
}

const SUMMARY_BYTES = 2_048;

/** `From`: of a mail's first field, or of the envelope line that a mailbox puts on top. */
const FROM = Uint8Array.of(0x46, 0x72, 0x6f, 0x6d);

const startsWith = (bytes: Uint8Array, start: Uint8Array): boolean =>
  start.every((byte, at) => bytes[at] === byte);

const START_LENGTH = 256;
const HEAD_BYTES = 16_384;
const COLON = 0x3a;

function beginsWithField(bytes: Uint8Array): boolean {
  let at = 0;
  while (bytes[at]! > 0x20 && bytes[at]! < 0x7f && bytes[at] !== COLON) at += 1;
  return at > 0 && bytes[at] === COLON && bytes[0] !== 0x3c;
}

const shortened = (bytes: Uint8Array): Uint8Array => bytes.subarray(0, TEXT_BYTES_MAX);

const encoded = (text: string, kernels: Kernels): Uint8Array => kernels.encode(text);

function pageOf(bytes: Uint8Array, kernels: Kernels): Uint8Array | null {
  const page = webArchivePage(bytes, kernels);
  return page === null ? null : webPageSource(shortened(page), kernels);
}

/** A text that shows a source, from there on. */
function inText(form: SavedForm, bytes: Uint8Array | null, kernels: Kernels): SavedSource | null {
  if (bytes === null) return null;
  const head = kernels.latin1(bytes, 0, Math.min(bytes.length, HEAD_BYTES));
  const start = sourceStart(head);
  if (start < 0) return null;
  if (form !== 'words-above') return { form, bytes: bytes.subarray(start), offset: null };
  const isSummed = hasSummary(head.slice(0, start).split('\n'));
  return {
    form: isSummed ? 'summary-above' : form,
    bytes: bytes.subarray(start),
    offset: start,
  };
}

/** Notepad's "Unicode": what it holds may be a page or a plain source. */
function inUtf16(bytes: Uint8Array, kernels: Kernels): SavedSource | null {
  const label = bytes[0] === 0xff ? 'utf-16le' : 'utf-16be';
  const text = kernels.decode(label, shortened(bytes)) ?? '';
  const plain = encoded(text.replace(/^\ufeff/, ''), kernels);
  const inner = beginsWithField(plain) ? null : savedSource(plain, kernels);
  if (inner !== null) return { ...inner, offset: null };
  return inText('utf-16', plain, kernels);
}
