import { decomposed } from './fold.ts';
import { LOOK_ALIKES } from './look-alikes.data.ts';

/**
 * What one UTF-16 unit gives to the plain spelling of a word, so that most words beyond ASCII are
 * read without a pattern: in the low seven bits the ASCII letter (lower case) or digit that it
 * folds to by itself, 0 where none; above them the flags below. It says what `foldRun` says, or
 * {@link UNSURE} where that depends on more than the word's flags.
 */
export type PlainLetter = number;

/** The low seven bits. */
export const PLAIN = 0x7f;
/** An ASCII letter once decomposed. */
export const LETTER = 0x80;
export const DIGIT = 0x100;
/** Folded by its look. */
export const LOOK_ALIKE = 0x200;
/** Not of the Latin script: folded only in a word with a {@link LETTER}. */
export const FOREIGN = 0x400;
export const APOSTROPHE = 0x800;
/** An invisible character or a mark that folding deletes. */
export const DELETED = 0x1000;
/** No part of a word. */
export const BREAK = 0x2000;
export const UNSURE = 0x4000;
/** The first unit of a mathematical letter or digit, U+1D400 to U+1D7FF: the second one tells. */
export const MATHEMATICAL = 0x8000;

const MATHEMATICAL_FROM = 0x10000;
const MATHEMATICAL_COUNT = 0x400;

/**
 * By unit, then by mathematical letter; 0 where nobody asked yet, for most of Unicode never is:
 * then ask {@link learnt}.
 */
export const PLAIN_LETTERS = new Uint16Array(MATHEMATICAL_FROM + MATHEMATICAL_COUNT);

/**
 * By the unit that follows one that is {@link MATHEMATICAL}, with that flag where both are a
 * letter.
 */
export function plainMathematical(second: number): PlainLetter {
  const at = second - 0xdc00;
  if (!(at >= 0 && at < MATHEMATICAL_COUNT)) return UNSURE;
  const letter = PLAIN_LETTERS[MATHEMATICAL_FROM + at] || learnt(MATHEMATICAL_FROM + at);
  return (letter & PLAIN) === 0 ? UNSURE : letter | MATHEMATICAL;
}

/** The entry at a place of {@link PLAIN_LETTERS}, which stands there from here on. */
export function learnt(at: number): PlainLetter {
  const code = at < MATHEMATICAL_FROM ? at : 0x1d400 + at - MATHEMATICAL_FROM;
  const entry = read(String.fromCodePoint(code));
  PLAIN_LETTERS[at] = entry;
  return entry;
}

/** Letters, digits, marks, invisible characters, and the symbols that NFKD spells with letters. */
export const RUN_CHARACTER =
  /[\p{L}\p{N}\p{M}\p{Default_Ignorable_Code_Point}\u2460-\u24ff\u{1f110}-\u{1f189}'\u2019\u02bc]/u;

/** Scripts written without spaces. */
export const UNSPACED =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;

const SURROGATE = /[\ud800-\udfff]/u;
const ASCII_DIGIT = /^[0-9]$/;
const ASCII_LETTER = /^[A-Za-z]$/;
const LATIN = /^\p{Script=Latin}$/u;
const ONE_LETTER = /^[\p{L}\p{N}\p{M}]$/u;

function read(character: string): PlainLetter {
  if (character === "'" || character === '\u2019') return APOSTROPHE;
  if (character === '\ud835') return MATHEMATICAL;
  if (SURROGATE.test(character)) return UNSURE;
  if (!RUN_CHARACTER.test(character)) return BREAK;
  if (UNSPACED.test(character)) return UNSURE;
  const plain = decomposed(character);
  if (plain === '') return DELETED;
  const code = plain.charCodeAt(0) | 32;
  if (ASCII_DIGIT.test(plain)) return code | DIGIT;
  if (ASCII_LETTER.test(plain)) return code | LETTER;
  const look = ONE_LETTER.test(plain) ? (LOOK_ALIKES[plain] ?? '') : '';
  if (!ASCII_LETTER.test(look)) return UNSURE;
  return look.charCodeAt(0) | 32 | LOOK_ALIKE | (LATIN.test(plain) ? 0 : FOREIGN);
}
