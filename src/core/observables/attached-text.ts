import type { Kernels, Limit } from '../base/index.ts';
import { decodeBodyText, textBytes } from '../charset/index.ts';
import type { MailPart, MessageContent } from '../mail/index.ts';
import { addHtmlPage } from './html-page.ts';
import { addHtmlLink, addSightings, type Sink } from './link-observables.ts';
import { isLockedPdf, isPdf, type PdfReader, pdfReader } from './pdf-links.ts';
import { scanText } from './scan-text.ts';

/** Bytes of one attached file that are searched; a page that lures somebody has a tenth of it. */
export const ATTACHED_BYTES_MAX = 1_000_000;
/** Attached files of one message that are searched; people attach a few. */
export const ATTACHED_FILES_MAX = 20;

/** The leaves of a message, and which of them a mail client shows. */
export type HeldFiles = Pick<MessageContent, 'bodies' | 'leaves'>;

type FileKind = 'page' | 'text' | 'folded' | 'pdf';

/**
 * Searches the files that are attached to a message and are text: pages, drawings, calendars,
 * notes; of a PDF the links. What is found has the place of the whole file. Other kinds are named
 * by `unsearchedFiles`.
 */
export function addAttachedFiles({ bodies, leaves }: HeldFiles, sink: Sink, limits: Limit[]): void {
  let [searched, unsearched] = [0, 0];
  const pdfs = pdfReader(sink.kernels);
  for (const { part, bytes } of leaves) {
    if (bytes.length === 0 || isShown(part, bodies)) continue;
    const kind = kindOf(part) ?? (isPdf(bytes, sink.kernels) ? 'pdf' : null);
    if (kind === null) continue;
    if (searched >= ATTACHED_FILES_MAX) {
      unsearched += 1;
      continue;
    }
    searched += 1;
    if (kind === 'pdf') {
      addPdf({ part, bytes }, pdfs, sink);
      continue;
    }
    if (bytes.length > ATTACHED_BYTES_MAX)
      limits.push(overLimit(part.path, `Only the first ${ATTACHED_BYTES_MAX} bytes of the file`));
    addFile({ part, bytes: bytes.subarray(0, ATTACHED_BYTES_MAX) }, kind, { sink, limits });
  }
  if (unsearched > 0)
    limits.push(overLimit(bodies[0]?.path ?? '', `Only the first ${ATTACHED_FILES_MAX} files`));
  if (pdfs.isCut)
    limits.push({
      code: 'pdf-scan-over-limit',
      at: bodies[0]?.path ?? '',
      text: 'Not all of the attached PDFs could be unpacked and searched for links.',
    });
}

/** Links as their annotations have them; viewers also follow those without a scheme. */
function addPdf({ part, bytes }: HeldFiles['leaves'][number], pdfs: PdfReader, sink: Sink): void {
  const { path: at, offset, length } = part;
  const spot = { place: 'attachment', at: `${at} annotation URI`, offset, length } as const;
  const isLocked = isLockedPdf(bytes, sink.kernels);
  for (const target of pdfs.links(bytes, isLocked)) {
    const link = { element: 'annotation', attribute: 'URI', target, label: null };
    // What is encrypted reads as a name by chance; nothing reads as a scheme by chance.
    if (DIALLED.test(target))
      addHtmlLink({ ...link, start: 0, end: 0 }, { spot: { ...spot, at }, base: null }, sink);
    else if (!isLocked) addSightings(scanText(target, sink.kernels, sink.hosts), spot, sink);
  }
}

const DIALLED = /^(?:https?:|ftps?:|mailto:|tel:|sms:|data:)/i;

const overLimit = (at: string, what: string): Limit => ({
  code: 'attachment-scan-over-limit',
  at,
  text: `${what} were searched for observables.`,
});

function addFile(
  { part, bytes }: HeldFiles['leaves'][number],
  kind: Exclude<FileKind, 'pdf'>,
  { sink, limits }: { readonly sink: Sink; readonly limits: Limit[] },
): void {
  const { path: at, offset, length, charsetDeclared: label } = part;
  const html = kind === 'page';
  const hints = { label, html, elsewhere: [] };
  const { text } = decodeBodyText(textBytes(bytes), hints, sink.kernels);
  const spot = { place: 'attachment', at, offset, length } as const;
  if (html) addHtmlPage({ html: text, spot, at: 0, scripts: true }, sink, limits);
  else {
    const words = kind === 'folded' ? unfolded(text) : text;
    addSightings(scanText(words, sink.kernels, sink.hosts), spot, sink);
  }
}

/** RFC 5545 sections 3.1 and 3.3.11: long lines go on behind a blank; line breaks are written. */
const unfolded = (text: string): string =>
  text
    .replace(/\r?\n[ \t]/g, '')
    .replace(/\\[nN]/g, '\n')
    .replace(/\\([,;\\])/g, '$1');

const PAGE = /^(?:text\/html|application\/xhtml\+xml|image\/svg\+xml|(?:text|application)\/xml)$/;
const PAGE_NAME = /\.(?:[sx]?html?|xht|svgz?|xml|hta)$/i;
const TEXT =
  /^(?:text\/|application\/(?:rtf|json|javascript|x-javascript|ics|x-url|internet-shortcut)$)/;
const TEXT_NAME =
  /\.(?:txt|text|csv|rtf|json|md|log|url|website|webloc|desktop|js|jse|vbs|ps1|bat|cmd|wsf)$/i;
const FOLDED = /^(?:text\/(?:calendar|v?card|x-vcard|directory)|application\/ics)$/;
const FOLDED_NAME = /\.(?:ics|ical|vcs|vcf)$/i;

/** Systems leave out blanks and dots at a name's end. */
function withoutTail(name: string): string {
  let end = name.length;
  while (end > 0 && /[.\s]/.test(name[end - 1]!)) end -= 1;
  return name.slice(0, end);
}

/** How a file is read, by its name where that tells, for a person's system goes by it. */
function kindOf({ fileName, contentType }: MailPart): Exclude<FileKind, 'pdf'> | null {
  if (fileName !== null) {
    const name = withoutTail(fileName);
    if (PAGE_NAME.test(name)) return 'page';
    if (FOLDED_NAME.test(name)) return 'folded';
    if (TEXT_NAME.test(name)) return 'text';
  }
  if (PAGE.test(contentType)) return 'page';
  if (FOLDED.test(contentType)) return 'folded';
  return TEXT.test(contentType) ? 'text' : null;
}

const isShown = ({ path }: MailPart, bodies: HeldFiles['bodies']): boolean =>
  bodies.some((body) => body.path === path);

/** A file that was named and hashed, and what was not looked for in it. */
export interface UnsearchedFile {
  readonly part: MailPart;
  /** `pages`: a PDF's links were, what its pages show was not. */
  readonly for: 'observables' | 'pages';
}

/**
 * Attached files whose inside is not searched for observables, or not all of it: of a kind that is
 * not read. Not among them: pictures, what was opened, and signatures, in which nobody writes.
 */
export const unsearchedFiles = (
  { leaves }: HeldFiles,
  kernels: Kernels,
): readonly UnsearchedFile[] =>
  leaves.flatMap(({ part, bytes, opened }) => {
    const isTold = opened === true || /^(?:image|message|multipart)\//.test(part.contentType);
    if (bytes.length === 0 || isTold || kindOf(part) !== null || isSignature(part, bytes))
      return [];
    const isOpen = isPdf(bytes, kernels) && !isLockedPdf(bytes, kernels);
    return { part, for: isOpen ? 'pages' : 'observables' } as const;
  });

/**
 * RFC 3156 section 5 and RFC 8551 section 3.5.3, where the bytes begin as such a signature does.
 */
function isSignature({ contentType }: MailPart, bytes: Uint8Array): boolean {
  if (/^application\/(?:x-)?pkcs7-signature$/.test(contentType)) return bytes[0] === DER_SEQUENCE;
  return contentType === 'application/pgp-signature' && ARMOUR.every((c, at) => bytes[at] === c);
}

/** ITU-T X.690 section 8.9. */
const DER_SEQUENCE = 0x30;
const ARMOUR = [...'-----BEGIN PGP SIGNATURE-----'].map((c) => c.charCodeAt(0));
