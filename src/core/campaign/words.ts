import { foldRun, isMostlyLatin } from './fold.ts';
import { keptLines } from './lines.ts';
import {
  APOSTROPHE,
  BREAK,
  DELETED,
  DIGIT,
  FOREIGN,
  LETTER,
  LOOK_ALIKE,
  learnt,
  MATHEMATICAL,
  PLAIN,
  PLAIN_LETTERS,
  type PlainLetter,
  plainMathematical,
  RUN_CHARACTER,
  UNSPACED,
  UNSURE,
} from './plain-letters.ts';

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

/**
 * Key hashes alone, words with a digit masked: what a sketch is made from. They hold until the next
 * call, for they stand in one array that all texts are read into.
 */
export function readKeys(source: string): Uint32Array {
  const { hash, count } = scanned(source, false);
  keyRoom = hash;
  return hash.subarray(0, count);
}

let keyRoom: Uint32Array = new Uint32Array(1 << 12);

function scanned(source: string, spans: boolean): Scan {
  const text = source.length > TEXT_UNITS_MAX ? source.slice(0, TEXT_UNITS_MAX) : source;
  const room = spans ? Math.max(16, text.length >>> 2) : 0;
  let latin: boolean | null = null;
  const scan: Scan = {
    text,
    spans,
    isLatinText: () => {
      latin ??= isMostlyLatin(text);
      return latin;
    },
    count: 0,
    hash: spans ? new Uint32Array(room) : keyRoom,
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

const APOSTROPHES = /['\u2018\u2019\u02bc\u2032`]/g;

function readLine(scan: Scan, from: number, to: number): void {
  const { text } = scan;
  let i = from;
  while (i < to) {
    const begun = i;
    let hash = FNV_OFFSET;
    let seen = 0;
    let letter = 0;
    for (; i < to; i++) {
      letter = PLAIN_LETTERS[text.charCodeAt(i)] ?? 0;
      const plain = letter & PLAIN;
      if (plain === 0) break;
      hash = Math.imul(hash ^ plain, FNV_PRIME);
      seen |= letter;
    }
    if ((i < to && letter !== BREAK) || (seen & LOOK_ALIKE) !== 0) {
      i = readMarked(scan, begun, to);
    } else {
      if (seen !== 0) push(scan, hash >>> 0, begun, i, seen & DIGIT);
      i++;
    }
  }
}

/** A word with more than plain letters; returns where to go on. */
function readMarked(scan: Scan, from: number, to: number): number {
  let hash = FNV_OFFSET;
  let seen = 0;
  let [i, end] = [from, from];
  while (i < to) {
    const letter = letterAt(scan.text, i);
    if ((letter & (WORD | DELETED)) === 0 && (letter !== APOSTROPHE || i === from)) {
      if (letter === UNSURE) return readFolded(scan, from, to);
      break;
    }
    if ((letter & PLAIN) !== 0) hash = Math.imul(hash ^ (letter & PLAIN), FNV_PRIME);
    seen |= letter;
    i += (letter & MATHEMATICAL) === 0 ? 1 : 2;
    if (letter !== APOSTROPHE) end = i;
  }
  if (needsWhole(seen)) return readFolded(scan, from, to);
  if ((seen & WORD) !== 0) push(scan, hash >>> 0, from, end, seen & DIGIT);
  return i + 1;
}

function letterAt(text: string, at: number): PlainLetter {
  const unit = text.charCodeAt(at);
  const letter = PLAIN_LETTERS[unit] || learnt(unit);
  return letter === MATHEMATICAL ? plainMathematical(text.charCodeAt(at + 1)) : letter;
}

const WORD = LETTER | DIGIT | LOOK_ALIKE;

/** Whether a letter's look counts hangs on more than the ASCII letters beside it. */
const needsWhole = (seen: number): boolean =>
  (seen & LOOK_ALIKE) !== 0 &&
  ((seen & APOSTROPHE) !== 0 || (seen & (FOREIGN | LETTER)) === FOREIGN);

/** What {@link RUN_CHARACTER} matches, as long as it goes on. */
const RUN = new RegExp(`${RUN_CHARACTER.source}+`, 'uy');
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
    scan.hash[at] = digit === 0 ? hash : NUMBER_MASK;
    return;
  }
  scan.hash[at] = hash;
  scan.start[at] = start;
  scan.end[at] = end;
  scan.digit[at] = digit === 0 ? 0 : 1;
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
