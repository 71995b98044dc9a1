import type { Kernels } from '../base/index.ts';
import { separatorShape } from '../mbox/index.ts';

/** What received bytes are, told from the first of them, never from a file name. */
export type SniffedKind = 'message' | 'mbox' | 'zip' | 'gzip' | 'msg' | 'tnef' | 'unknown';

/** Enough for the longest header blocks seen to show several known fields. */
const LOOK_MAX = 16_384;
/** A head of so many bytes may have been cut from something longer. */
const CUT_HEAD_BYTES = 8_192;

/** Fields that nothing but a mail system writes. */
const SURE =
  /^(?:received|return-path|message-id|mime-version|delivered-to|dkim-signature|authentication-results|arc-seal|x-mozilla-status|x-originating-ip|content-transfer-encoding)[ \t]*:/i;
const USUAL =
  /^(?:from|to|cc|bcc|subject|date|sender|reply-to|in-reply-to|references|content-type|list-id|importance|x-mailer|x-priority|user-agent)[ \t]*:/i;
const FIELD = /^[\x21-\x39\x3b-\x7e]{1,76}[ \t]*:/;

/**
 * Tells mail, mbox and zip from the head of a file. Two usual fields make a message, or one that
 * only mail systems write; a text with a stray `Date:` line does not.
 */
export function sniffKind(head: Uint8Array, kernels: Kernels): SniffedKind {
  if (isZip(head)) return 'zip';
  if (isGzip(head)) return 'gzip';
  if (begins(head, COMPOUND_FILE)) return 'msg';
  if (begins(head, TNEF)) return 'tnef';
  const end = Math.min(head.length, LOOK_MAX);
  const text = kernels.latin1(head, 0, end).replace(/^(?:\xef\xbb\xbf)?[\r\n]*/, '');
  const lines = text.split(/\r\n|\n|\r/);
  const [first = ''] = lines;
  if (separates(first) && lines.length > 1 && (!isBare(first) || looksLikeMail(lines.slice(1))))
    return 'mbox';
  if (looksLikeMail(lines) || (head.length >= CUT_HEAD_BYTES && isHeaderOnly(lines)))
    return 'message';
  return beginsLater(lines) ? 'mbox' : 'unknown';
}

/**
 * A header that outlasts the look, as with one endless line: fields alone, and one of them known.
 * Its limit is the reader's to name.
 */
function isHeaderOnly(lines: readonly string[]): boolean {
  const isField = (line: string): boolean => FIELD.test(line) || /^[ \t]+\S/.test(line);
  return lines.some((line) => SURE.test(line) || USUAL.test(line)) && lines.every(isField);
}

/** An mbox with some text on top: a separator, and the fields of a mail behind it. */
const beginsLater = (lines: readonly string[]): boolean =>
  lines.some((line, at) => separates(line) && !isBare(line) && looksLikeMail(lines.slice(at + 1)));

const separates = (line: string): boolean =>
  line.startsWith('From ') && separatorShape(line) !== null;
/** Nothing but its first word makes it a separator. */
const isBare = (line: string): boolean => separatorShape(line)?.endsWith('/none') === true;

/**
 * `PK` with the mark of a first entry, an empty or a split archive (APPNOTE 4.3.7, 4.3.16, 8.5.4).
 */
function isZip(head: Uint8Array): boolean {
  if (head[0] !== 0x50 || head[1] !== 0x4b) return false;
  const mark = `${head[2]},${head[3]}`;
  return mark === '3,4' || mark === '5,6' || mark === '7,8';
}

/** RFC 1952 section 2.3.1: the magic number, and deflate, the one method there is. */
const isGzip = (head: Uint8Array): boolean => head[0] === 0x1f && head[1] === 0x8b && head[2] === 8;

/**
 * A compound file ([MS-CFB] section 2.2): an Outlook item, or an older Office file, which only its
 * directory tells apart. Reading one that is none gives no message and says so.
 */
const COMPOUND_FILE = [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];
/** A winmail.dat, as a mail program that cannot read it saves it ([MS-OXTNEF] section 2.1.3.1). */
const TNEF = [0x78, 0x9f, 0x3e, 0x22];

const begins = (head: Uint8Array, magic: readonly number[]): boolean =>
  magic.every((byte, at) => head[at] === byte);

/**
 * A first line that begins another form, in which the source of a mail may have been saved: markup,
 * RTF, the length above a mail of Apple Mail. Its lines are no header fields.
 */
const OTHER_FORM = /^(?:\s*<|\{\\rtf|\d+[ \t]*$)/;
/** A web page that a browser saved as one file (MHTML), with a header of the browser's own. */
const WEB_ARCHIVE = /^(?:snapshot-content-location[ \t]*:|from[ \t]*:[ \t]*"?<?saved by )/i;

/** Counts known fields up to the first empty line. Shared with attachments of unsaid type. */
export function looksLikeMail(lines: readonly string[]): boolean {
  let known = 0;
  if (OTHER_FORM.test(lines[0] ?? '')) return false;
  let junk = 0;
  for (const line of lines) {
    if (line === '') break;
    if (/^[ \t]/.test(line) || /^>?From /.test(line)) continue;
    if (WEB_ARCHIVE.test(line)) return false;
    if (SURE.test(line)) known += 2;
    else if (USUAL.test(line)) known += 1;
    else if (!FIELD.test(line)) junk += 1;
    if (known >= 2 && junk === 0) return true;
  }
  return known >= 2 && junk <= known;
}
