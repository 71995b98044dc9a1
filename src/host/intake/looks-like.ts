import { VAULT_HEAD_BYTES } from '../../app/ports/index.ts';

/** First bytes that tell a kind: as many as the vault gives, so that both tell the same. */
export const KIND_HEAD_BYTES = VAULT_HEAD_BYTES;

const SIGNATURES: readonly (readonly [offset: number, hex: string, what: string])[] = [
  [0, '255044462d', 'a PDF document'],
  [0, '89504e470d0a1a0a', 'a PNG image'],
  [0, 'ffd8ff', 'a JPEG image'],
  [0, '47494638', 'a GIF image'],
  [8, '57454250', 'a WebP image'],
  [4, '66747970', 'a video or photo (MP4 family)'],
  [0, '1a45dfa3', 'a video (Matroska or WebM)'],
  [0, 'd0cf11e0a1b11ae1', 'an Outlook .msg or older Office file'],
  [0, '2142444e', 'an Outlook data file (.pst, .ost)'],
  [0, '1f8b', 'a gzip archive'],
  [0, '425a68', 'a bzip2 archive'],
  [0, 'fd377a585a00', 'an xz archive'],
  [0, '28b52ffd', 'a Zstandard archive'],
  [0, '377abcaf271c', 'a 7-Zip archive'],
  [0, '526172211a07', 'a RAR archive'],
  [257, '7573746172', 'a tar archive'],
  [0, '53514c69746520666f726d6174', 'an SQLite database'],
  [0, '7b5c727466', 'an RTF document'],
  [0, '00051607', 'macOS file metadata'],
  [0, '0000000142756431', 'macOS folder metadata'],
  [0, '7f454c46', 'a program'],
  [0, '4d5a', 'a Windows program'],
  [0, 'fffe', 'text in UTF-16'],
  [0, 'feff', 'text in UTF-16'],
];

/** What bytes of kind `unknown` seem to be, for a sentence: "a PDF document". */
export function looksLike(head: Uint8Array): string {
  if (head.length === 0) return 'an empty file';
  const start = Buffer.from(head.subarray(0, KIND_HEAD_BYTES));
  const known = SIGNATURES.find(
    ([offset, hex]) => start.subarray(offset).indexOf(hex, 0, 'hex') === 0,
  );
  if (known !== undefined) return known[2];
  if (isDocument(start)) return 'a document (Office, OpenDocument or the like)';
  if (start.indexOf('PK\x03\x04') === 0) return 'a zip archive';
  if (start.includes(0)) return 'binary data of no known kind';
  if (/^\s*<(?:!doctype html|html)/i.test(start.toString('latin1'))) return 'a web page';
  return 'text without mail header fields';
}

/** Names that stand in zips that are one document: Office Open XML, OpenDocument and EPUB, Java. */
const DOCUMENT_NAMES = ['[Content_Types].xml', 'mimetypeapplication/', 'META-INF/MANIFEST.MF'];

/** Whether zip bytes, or the head of them, are a document rather than a folder of files. */
export function isDocument(bytes: Uint8Array): boolean {
  if (bytes[0] !== 0x50 || bytes[1] !== 0x4b) return false;
  const zip = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  return DOCUMENT_NAMES.some((name) => zip.includes(name, 0, 'latin1'));
}

/** Name servers' answers as `examine --dns live` and a case keep them. */
export const isDnsTranscript = (head: Uint8Array): boolean =>
  /^\s*\{\s*"schema"\s*:\s*"tocsin\/dns-transcript\/1"/.test(
    Buffer.from(head.subarray(0, TRANSCRIPT_LOOK)).toString('latin1'),
  );

const TRANSCRIPT_LOOK = 256;
