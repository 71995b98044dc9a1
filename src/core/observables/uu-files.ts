import type { Sighting } from './scan-text.ts';

/** A file that stands uuencoded in a text body, as programs of before MIME sent them. */
export interface UuFile {
  readonly name: string;
  readonly bytes: Uint8Array;
  /** From the `begin` line up to behind its `end`, in UTF-16 units. */
  readonly start: number;
  readonly end: number;
}

/** Files of one body; more is a flood. */
export const UU_FILES_MAX = 100;
/**
 * Longest data line: its length character counts to 63 bytes, 84 characters; room for a checksum.
 */
const LINE_LENGTH_MAX = 90;
const BEGIN = /^begin[ \t]+[0-7]{3,4}[ \t]+(\S[^\n]{0,250})$/;

/**
 * Uuencoded files of a text (POSIX uuencode, historical algorithm). A missing `end` is accepted.
 */
export function uuFiles(text: string): readonly UuFile[] {
  const found: UuFile[] = [];
  for (let at = nextBegin(text, 0); at >= 0 && found.length < UU_FILES_MAX; ) {
    const file = fileAt(text, at);
    if (file !== null) found.push(file);
    at = nextBegin(text, file?.end ?? at + 1);
  }
  return found;
}

function nextBegin(text: string, from: number): number {
  if (from === 0 && text.startsWith('begin ')) return 0;
  const at = text.indexOf('\nbegin ', Math.max(0, from - 1));
  return at < 0 ? -1 : at + 1;
}

function fileAt(text: string, start: number): UuFile | null {
  const name = BEGIN.exec(text.slice(start, lineEnd(text, start)))?.[1]?.trim();
  if (name === undefined) return null;
  const bytes: number[] = [];
  let at = lineEnd(text, start) + 1;
  let isCut = true;
  while (at < text.length) {
    const end = lineEnd(text, at);
    const line = text.slice(at, Math.min(end, at + LINE_LENGTH_MAX + 1));
    const size = line === '' ? 0 : (line.charCodeAt(0) - 32) & 63;
    if (size === 0 || line === 'end') {
      isCut = false;
      break;
    }
    if (!isData(line, size)) break;
    decodeLine(line, size, bytes);
    at = end + 1;
  }
  if (bytes.length === 0) return null;
  const close = isCut ? at : closingEnd(text, at);
  const end = Math.min(close, text.length);
  return { name, bytes: Uint8Array.from(bytes), start, end };
}

/** Behind the line `end`, which may follow a line of no bytes. */
function closingEnd(text: string, at: number): number {
  for (let line = at, n = 0; n < 2 && line < text.length; n += 1) {
    const end = lineEnd(text, line);
    if (text.slice(line, end).trim() === 'end') return end;
    line = end + 1;
  }
  return at;
}

function lineEnd(text: string, at: number): number {
  const end = text.indexOf('\n', at);
  return end < 0 ? text.length : end;
}

/**
 * Characters of uuencoding only, and as many as the length says (blanks at the end may be lost).
 */
function isData(line: string, size: number): boolean {
  const most = Math.ceil(size / 3) * 4 + 1;
  return /^[\x20-\x60]+$/.test(line) && line.length <= most + 2 && line.length > most - 4;
}

function decodeLine(line: string, size: number, bytes: number[]): void {
  const until = bytes.length + size;
  for (let at = 1; bytes.length < until; at += 4) {
    let triple = 0;
    for (let n = at; n < at + 4; n += 1)
      triple = (triple << 6) | (n < line.length ? (line.charCodeAt(n) - 32) & 63 : 0);
    for (let shift = 16; shift >= 0 && bytes.length < until; shift -= 8)
      bytes.push((triple >> shift) & 0xff);
  }
}

/** Places inside files: their letters are data, and name nothing. */
export const outsideFiles = (
  sightings: readonly Sighting[],
  files: readonly UuFile[],
): readonly Sighting[] =>
  files.length === 0
    ? sightings
    : sightings.filter(
        ({ start }) => !files.some((file) => start > file.start && start < file.end),
      );
