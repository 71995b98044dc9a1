import type { CarriedFile } from '../../app/ports/index.ts';
import type { Kernels } from '../../core/base/index.ts';
import { sniffKind } from '../../core/mail/index.ts';
import { isDocument, KIND_HEAD_BYTES } from './looks-like.ts';

/** What a carried file is opened as; `other` is an archive of a form that is not read. */
export type CarriedKind = 'zip' | 'gzip' | 'mbox' | 'other';

/** First two bytes of all that is told apart here: most files of a mail end at this look. */
const FIRST_TWO: ReadonlySet<number> = new Set([
  ...[0x504b, 0x1f8b],
  // "From ", RAR, 7-Zip, bzip2, xz, Zstandard.
  ...[0x4672, 0x5261, 0x377a, 0x425a, 0xfd37, 0x28b5],
]);

const OTHER_ARCHIVES = ['526172211a07', '377abcaf271c', '425a68', 'fd377a585a00', '28b52ffd'];

/**
 * Told from the bytes; null for what is no archive. A document that is a zip inside (.docx, .odt,
 * .jar) is a document. An mbox counts only where it is a file: a body may begin with "From ".
 */
export function carriedKind(file: CarriedFile, kernels: Kernels): CarriedKind | null {
  const { bytes, isFile } = file;
  if (bytes.length < 4 || !FIRST_TWO.has(bytes[0]! * 256 + bytes[1]!)) return null;
  const kind = sniffKind(bytes.subarray(0, KIND_HEAD_BYTES), kernels);
  if (kind === 'zip') return isDocument(bytes) ? null : 'zip';
  if (kind === 'gzip') return 'gzip';
  if (!isFile) return null;
  if (kind === 'mbox') return 'mbox';
  const start = Buffer.from(bytes.subarray(0, 8)).toString('hex');
  return OTHER_ARCHIVES.some((signature) => start.startsWith(signature)) ? 'other' : null;
}
