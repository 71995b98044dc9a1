import { LOOK_ALIKES } from './look-alikes.data.ts';

/**
 * A stretch of letters, digits, marks and invisible characters, spelt plainly, case kept.
 *
 * NFKD without U+0300 to U+036F; default-ignorable characters (zero-width, soft hyphen, bidi
 * controls, variation selectors) deleted; look-alike letters to ASCII where the word mixes scripts,
 * or looks wholly Latin inside a Latin text. ASCII is never changed.
 * Source: UAX 15, UTS 39; docs/methods/campaigns.md.
 */
export function foldRun(run: string, isLatinText: () => boolean): string {
  const plain = decomposed(run);
  if (!BEYOND_ASCII.test(plain)) return plain;
  return plain.replace(LETTERS, (word) => foldLookAlikes(word, isLatinText));
}

/** NFKD without what folding deletes. */
export const decomposed = (run: string): string => run.normalize('NFKD').replace(INVISIBLE, '');

const INVISIBLE = /[\u0300-\u036f\p{Default_Ignorable_Code_Point}]/gu;
const BEYOND_ASCII = /[^\u0000-\u007f]/;
const LETTERS = /[\p{L}\p{N}\p{M}]+/gu;
const ASCII_LETTER = /[A-Za-z]/;
const NOT_LATIN = /[^\p{Script=Latin}\p{N}\p{M}]/u;

function foldLookAlikes(word: string, isLatinText: () => boolean): string {
  if (!BEYOND_ASCII.test(word)) return word;
  let folded = '';
  let whole = true;
  for (const letter of word) {
    const plain = letter < '\u0080' ? letter : LOOK_ALIKES[letter];
    folded += plain ?? letter;
    whole &&= plain !== undefined;
  }
  const mixed = ASCII_LETTER.test(word) || !NOT_LATIN.test(word);
  return mixed || (whole && isLatinText()) ? folded : word;
}

/** Whether most letters are ASCII: decides if a word of foreign look-alikes is a disguise. */
export function isMostlyLatin(text: string): boolean {
  let ascii = 0;
  let foreign = 0;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if ((unit | 32) >= 97 && (unit | 32) <= 122) ascii++;
    else if (unit >= FIRST_FOREIGN_LETTER && (unit < 0x2000 || unit > 0x2bff)) foreign++;
  }
  return ascii > foreign;
}

/** Greek begins here; below stand Latin letters with marks. */
const FIRST_FOREIGN_LETTER = 0x370;
