import { foldRun, isMostlyLatin } from './fold.ts';
import { keptLines } from './lines.ts';

/**
 * The words of a text in one pass, each with where it stands in the text as written.
 *
 * A word is a run of letters and digits after folding, apostrophes removed. Source offsets are
 * UTF-16 units, half open. Pieces of one folded character (`½`) share its range. In scripts that
 * write no spaces each character is a word.
 */
export interface Words {
  readonly count: number;
  /** FNV-1a of the folded word in lower case, over UTF-16 units; never masked. */
  readonly hash: Uint32Array;
  readonly start: Uint32Array;
  readonly end: Uint32Array;
  /** 1 where the word holds a digit: the key view masks it (`NUM`). */
  readonly digit: Uint8Array;
}

/** A longer text is read up to here: linear cost, and no honest message comes near. */
export const TEXT_UNITS_MAX = 1_000_000;

const FNV_OFFSET = 0x811c9dc5;
const FNV_PRIME = 0x01000193;

/** Hash of the mask that stands for every word with a digit in the key view. */
const NUMBER_MASK = hashOf('NUM');

interface Scan {
  readonly text: string;
  /** False: only masked key hashes are wanted, not where each word stands. */
  readonly spans: boolean;
  readonly isLatinText: () => boolean;
  count: number;
  hash: Uint32Array;
  start: Uint32Array;
  end: Uint32Array;
  digit: Uint8Array;
}

export function readWords(source: string): Words {
  return scanned(source, true);
}

/** Key hashes alone, words with a digit masked: what a sketch is made from. */
export function readKeys(source: string): Uint32Array {
  const { hash, count } = scanned(source, false);
  return hash.subarray(0, count);
}

function scanned(source: string, spans: boolean): Scan {
  const text = source.length > TEXT_UNITS_MAX ? source.slice(0, TEXT_UNITS_MAX) : source;
  const room = Math.max(16, text.length >>> 2);
  let latin: boolean | null = null;
  const scan: Scan = {
    text,
    spans,
    isLatinText: () => {
      latin ??= isMostlyLatin(text);
      return latin;
    },
    count: 0,
    hash: new Uint32Array(room),
    start: spans ? new Uint32Array(room) : NO_PLACES,
    end: spans ? new Uint32Array(room) : NO_PLACES,
    digit: spans ? new Uint8Array(room) : NO_DIGITS,
  };
  const lines = keptLines(text);
  for (let i = 0; i < lines.length; i += 2) readLine(scan, lines[i] ?? 0, lines[i + 1] ?? 0);
  return scan;
}

const NO_PLACES = new Uint32Array();
const NO_DIGITS = new Uint8Array();

/** The folded word that stands in a range of {@link readWords}, case kept. */
export function foldedText(text: string, start: number, end: number): string {
  const folded = foldRun(text.slice(start, end), () =>
    isMostlyLatin(text.slice(0, TEXT_UNITS_MAX)),
  );
  return folded.replace(APOSTROPHES, '');
}

const APOSTROPHE = 39;
const CURLY_APOSTROPHE = 0x2019;
const APOSTROPHES = /['\u2018\u2019\u02bc\u2032`]/g;

function readLine(scan: Scan, from: number, to: number): void {
  const { text } = scan;
  let i = from;
  while (i < to) {
    const begun = i;
    let hash = FNV_OFFSET;
    let digit = 0;
    let end = i;
    let unit = 0;
    for (; i < to; i++) {
      unit = text.charCodeAt(i);
      if (unit >= 97 && unit <= 122) hash = Math.imul(hash ^ unit, FNV_PRIME);
      else if (unit >= 65 && unit <= 90) hash = Math.imul(hash ^ (unit + 32), FNV_PRIME);
      else if (unit >= 48 && unit <= 57) {
        hash = Math.imul(hash ^ unit, FNV_PRIME);
        digit = 1;
      } else if (end > begun && isApostrophe(unit)) continue;
      else break;
      end = i + 1;
    }
    if (i < to && unit > 127 && !isPlainBreak(unit)) {
      i = readFolded(scan, end > begun ? begun : i, to);
      continue;
    }
    if (end > begun) push(scan, hash >>> 0, begun, end, digit);
    i++;
  }
}

const isApostrophe = (unit: number): boolean => unit === APOSTROPHE || unit === CURLY_APOSTROPHE;

/** No-break space, dashes, curly quotes and the ellipsis end a word as a blank does. */
const isPlainBreak = (unit: number): boolean =>
  unit === 0xa0 || (unit >= 0x2010 && unit <= 0x2015) || (unit >= 0x2018 && unit <= 0x2027);

/** Letters, digits, marks, invisible characters, and the symbols that NFKD spells with letters. */
const RUN =
  /[\p{L}\p{N}\p{M}\p{Default_Ignorable_Code_Point}\u2460-\u24ff\u{1f110}-\u{1f189}'\u2019\u02bc]+/uy;

/** Scripts written without spaces. */
const UNSPACED =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;
const PIECE = /[\p{L}\p{N}\p{M}]+/gu;

/** A run with characters beyond ASCII; returns where it ends. */
function readFolded(scan: Scan, from: number, to: number): number {
  RUN.lastIndex = from;
  const run = RUN.exec(scan.text)?.[0];
  if (run === undefined) return from + ((scan.text.codePointAt(from) ?? 0) > 0xffff ? 2 : 1);
  const end = Math.min(from + run.length, to);
  if (UNSPACED.test(run)) readUnspaced(scan, from, end);
  else readPieces(scan, from, end);
  return end;
}

function readPieces(scan: Scan, from: number, end: number): void {
  const folded = foldRun(scan.text.slice(from, end), scan.isLatinText).replace(APOSTROPHES, '');
  for (const [piece] of folded.matchAll(PIECE)) {
    push(scan, hashOf(piece.toLowerCase()), from, end, HAS_DIGIT.test(piece) ? 1 : 0);
  }
}

const HAS_DIGIT = /\p{Nd}/u;

function readUnspaced(scan: Scan, from: number, end: number): void {
  let at = from;
  let plain = from;
  while (at < end) {
    const character = String.fromCodePoint(scan.text.codePointAt(at) ?? 0);
    const next = at + character.length;
    if (UNSPACED.test(character)) {
      if (at > plain) readPieces(scan, plain, at);
      readPieces(scan, at, next);
      plain = next;
    }
    at = next;
  }
  if (end > plain) readPieces(scan, plain, end);
}

function push(scan: Scan, hash: number, start: number, end: number, digit: number): void {
  if (scan.count === scan.hash.length) grow(scan);
  const at = scan.count++;
  if (!scan.spans) {
    scan.hash[at] = digit === 1 ? NUMBER_MASK : hash;
    return;
  }
  scan.hash[at] = hash;
  scan.start[at] = start;
  scan.end[at] = end;
  scan.digit[at] = digit;
}

function grow(scan: Scan): void {
  const room = scan.hash.length * 2;
  const wider = (old: Uint32Array): Uint32Array => {
    const array = new Uint32Array(room);
    array.set(old);
    return array;
  };
  scan.hash = wider(scan.hash);
  if (!scan.spans) return;
  scan.start = wider(scan.start);
  scan.end = wider(scan.end);
  const digit = new Uint8Array(room);
  digit.set(scan.digit);
  scan.digit = digit;
}

/** FNV-1a, 32 bits, one round per UTF-16 unit. */
function hashOf(text: string): number {
  let hash = FNV_OFFSET;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), FNV_PRIME);
  return hash >>> 0;
}
