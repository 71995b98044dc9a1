import type { Limit } from '../base/index.ts';
import { decodeBodyText, textBytes } from '../charset/index.ts';
import type { MailPart, MessageContent } from '../mail/index.ts';
import { addHtmlPage } from './html-page.ts';
import { addSightings, type Sink } from './link-observables.ts';
import { scanText } from './scan-text.ts';

/** Bytes of one attached file that are searched; a page that lures somebody has a tenth of it. */
export const ATTACHED_BYTES_MAX = 1_000_000;
/** Attached files of one message that are searched; people attach a few. */
export const ATTACHED_FILES_MAX = 20;

/** The leaves of a message, and which of them a mail client shows. */
export type HeldFiles = Pick<MessageContent, 'bodies' | 'leaves'>;

type FileKind = 'page' | 'text' | 'folded';

/**
 * Searches the files that are attached to a message and are text: pages, drawings, calendars, notes.
 * What is found has the place of the whole file. Other kinds are named by `unsearchedFiles`.
 */
export function addAttachedTexts({ bodies, leaves }: HeldFiles, sink: Sink, limits: Limit[]): void {
  let [searched, unsearched] = [0, 0];
  for (const { part, bytes } of leaves) {
    const kind = bytes.length === 0 || isShown(part, bodies) ? null : kindOf(part);
    if (kind === null) continue;
    if (searched >= ATTACHED_FILES_MAX) {
      unsearched += 1;
      continue;
    }
    searched += 1;
    if (bytes.length > ATTACHED_BYTES_MAX)
      limits.push(overLimit(part.path, `Only the first ${ATTACHED_BYTES_MAX} bytes of the file`));
    addFile({ part, bytes: bytes.subarray(0, ATTACHED_BYTES_MAX) }, kind, { sink, limits });
  }
  if (unsearched > 0)
    limits.push(overLimit(bodies[0]?.path ?? '', `Only the first ${ATTACHED_FILES_MAX} files`));
}

const overLimit = (at: string, what: string): Limit => ({
  code: 'attachment-scan-over-limit',
  at,
  text: `${what} were searched for observables.`,
});

function addFile(
  { part, bytes }: HeldFiles['leaves'][number],
  kind: FileKind,
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

/** How a file is read, by its name where that tells, for a person's system goes by it. */
function kindOf({ fileName, contentType }: MailPart): FileKind | null {
  if (fileName !== null) {
    const name = fileName.trimEnd().replace(/[.\s]+$/, '');
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

/**
 * Attached files whose inside is not searched for observables: of a kind that is not read. Not
 * among them: pictures, what was opened, and signatures, in which nobody writes.
 */
export const unsearchedFiles = (content: HeldFiles): readonly MailPart[] =>
  content.leaves.flatMap(({ part, bytes, opened }) =>
    bytes.length > 0 &&
    opened !== true &&
    kindOf(part) === null &&
    !/^(?:image|message|multipart)\//.test(part.contentType) &&
    !isSignature(part, bytes)
      ? part
      : [],
  );

/** RFC 3156 section 5 and RFC 8551 section 3.5.3, where the bytes begin as such a signature does. */
function isSignature({ contentType }: MailPart, bytes: Uint8Array): boolean {
  if (/^application\/(?:x-)?pkcs7-signature$/.test(contentType)) return bytes[0] === DER_SEQUENCE;
  return contentType === 'application/pgp-signature' && ARMOUR.every((c, at) => bytes[at] === c);
}

/** ITU-T X.690 section 8.9. */
const DER_SEQUENCE = 0x30;
const ARMOUR = [...'-----BEGIN PGP SIGNATURE-----'].map((c) => c.charCodeAt(0));
