import type { Kernels, Sha256 } from '../../core/base/index.ts';
import { isRunning } from '../../core/carried-file/index.ts';
import type { MailMessage, MailPart, MessageContent } from '../../core/mail/index.ts';

/** A mail that carries others, and what it was read from. */
export interface Holding {
  readonly top: MailMessage;
  /** What it hands on. */
  readonly carried: readonly MailMessage[];
  readonly content: MessageContent | null;
  readonly kernels: Kernels;
}

/** One file beside what a mail hands on. */
export interface OwnFile {
  readonly sha256: Sha256;
  readonly runs: boolean;
}

/**
 * The files that somebody is meant to open: not the carried mails themselves, not pictures that are
 * pictures (they stand in signatures, and screens are shown by them), no signatures, no cards.
 */
export function ownFiles({ top, carried, content, kernels }: Holding): readonly OwnFile[] {
  const leaves = new Map(content?.leaves.map((leaf) => [leaf.part.path, leaf]));
  const shown = new Set(content?.bodies.map(({ path }) => path));
  // A page or an archive out of which a mail was read is what carries it.
  const read = new Set(carried.flatMap(({ path }) => withHolders(path)));
  const files: OwnFile[] = [];
  for (const part of top.parts) {
    if (read.has(part.path) || isContainer(part)) continue;
    const leaf = leaves.get(part.path);
    const runs = isRunning({ part, bytes: leaf?.bytes ?? null, kernels });
    const isOther = isFile(part) && !shown.has(part.path) && !isHarmless(part, leaf?.bytes ?? null);
    if (runs || (isOther && part.bytes > 0)) files.push({ sha256: part.sha256, runs });
  }
  return files;
}

/** A path, and those of what it lies in: `0.2.1`, `0.2`, `0`. */
function withHolders(path: string): readonly string[] {
  const paths = [path];
  for (let dot = path.lastIndexOf('.'); dot > 0; dot = path.lastIndexOf('.', dot - 1))
    paths.push(path.slice(0, dot));
  return paths;
}

const isFile = ({ fileName, disposition }: MailPart): boolean =>
  fileName !== null || disposition === 'attachment';

/** What stands in those was read as messages and parts of its own. */
const isContainer = ({ contentType }: MailPart): boolean =>
  /^(?:message|multipart)\/|^application\/(?:vnd\.)?ms-tnef$/.test(contentType);

const SIGNED = /^application\/(?:(?:x-)?pkcs7-signature|pgp-(?:signature|keys|encrypted))$/;
const CARD = /^text\/(?:x-)?v-?card$/;

const PICTURE_NAME = /\.(?:png|jpe?g|jfif|gif|bmp|tiff?|webp|heic|heif|avif|ico|emf|wmf)[\s.]*$/i;

/** Zip, 7-Zip, RAR, older Office files, PDF: no picture, whatever it is called. */
const NO_PICTURE = /^(?:PK\x03\x04|7z\xbc\xaf|Rar!|\xd0\xcf\x11\xe0|%PDF)/;

function isHarmless({ contentType, fileName }: MailPart, bytes: Uint8Array | null): boolean {
  const name = fileName ?? '';
  if (SIGNED.test(contentType) || CARD.test(contentType)) return true;
  if (/\.(?:vcf|asc|sig)$/i.test(name)) return true;
  if (!contentType.startsWith('image/') && !PICTURE_NAME.test(name)) return false;
  return bytes === null || !NO_PICTURE.test(String.fromCharCode(...bytes.subarray(0, 8)));
}
