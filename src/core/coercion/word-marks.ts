/**
 * Which words and pairs of neighbouring words a folded text holds: told once, asked by every rule,
 * so that nearly no pattern has to search the text. Words are runs of the letters a to z.
 *
 * Marks are kept by hash: a key that is there is always found, one that is not may be found too.
 */
export interface WordMarks {
  /** Forgets the text before, and notes the words of this one. */
  mark(folded: string): void;
  /** One key of each group is there. */
  hasOneOfEach(groups: readonly (readonly WordKey[])[]): boolean;
}

/** Where a key is marked. */
export type WordKey = number;

/** Three letters of five bits each. */
const BEGINNINGS = 1 << 15;
/** Whole words by a hash of their letters; two words of one number cost a look, not a hit. */
const WORDS = 1 << 16;
const PAIRS = 1 << 17;
const MARKS = BEGINNINGS + WORDS + PAIRS;
/** A mark is the number of its text, so that the table is seldom cleared. */
const TEXTS_MAX = 0xff;
const DOLLAR = 0x24;
/** Number of `$` among the beginnings; no letters have it. */
const DOLLAR_KEY = 31;

/** A table for one text at a time, 344 kB: made once, used for many. */
export function wordMarks(): WordMarks {
  const marks = new Uint8Array(MARKS);
  let text = 0;
  return {
    mark(folded) {
      if (text === TEXTS_MAX) marks.fill(0);
      text = text === TEXTS_MAX ? 1 : text + 1;
      // Names that begin with no letter are looked for in every text.
      marks[0] = text;
      markText(folded, marks, text);
    },
    hasOneOfEach: (groups) => isMarked(groups, marks, text),
  };
}

/** Plain loops: every rule asks this of every text. */
function isMarked(
  groups: readonly (readonly WordKey[])[],
  marks: Uint8Array,
  text: number,
): boolean {
  for (const keys of groups) {
    let at = 0;
    while (at < keys.length && marks[keys[at]!] !== text) at += 1;
    if (at === keys.length) return false;
  }
  return true;
}

function markText(folded: string, marks: Uint8Array, text: number): void {
  let [beginning, hash, length, before] = [0, 0, 0, 0];
  for (let at = 0; at <= folded.length; at += 1) {
    // Never read behind the end: the engine would ask a slower way from then on.
    const code = at < folded.length ? folded.charCodeAt(at) : 0;
    if (code >= 97 && code <= 122) {
      if (length < 3) beginning = (beginning << 5) | (code - 96);
      hash = nextHash(hash, code);
      length += 1;
      continue;
    }
    if (length > 0) {
      marks[beginning] = text;
      marks[BEGINNINGS + (hash & (WORDS - 1))] = text;
      marks[pairOf(before, hash)] = text;
      before = hash;
      beginning = 0;
      hash = 0;
      length = 0;
    }
    if (code >= 48 && code <= 57) marks[pairOf(before, DIGIT)] = text;
    else if (code === DOLLAR) marks[DOLLAR_KEY] = text;
  }
}

const nextHash = (hash: number, code: number): number => (hash * 31 + code) & 0xff_ffff;

function wordHash(word: string): number {
  let hash = 0;
  for (let at = 0; at < word.length; at += 1) hash = nextHash(hash, word.charCodeAt(at));
  return hash;
}

/** Stands for a digit behind a word; the digits part no pair: `in 24 hours` has `in_hours` too. */
const DIGIT = wordHash('#');

const pairOf = (before: number, hash: number): number =>
  BEGINNINGS + WORDS + ((Math.imul(before, 0x9e37) ^ hash ^ (before >>> 7)) & (PAIRS - 1));

/**
 * Where a key is marked: `$`, up to three letters that begin a word, a longer word, or `one_two`,
 * two words with nothing but other characters between them. `one_#`: a digit follows the word.
 */
export function wordKey(key: string): WordKey {
  const [first = '', second] = key.split('_', 2);
  if (second !== undefined) return pairOf(wordHash(first), wordHash(second));
  if (key === '$') return DOLLAR_KEY;
  if (key.length > 3) return BEGINNINGS + (wordHash(key) & (WORDS - 1));
  let number = 0;
  for (let at = 0; at < key.length; at += 1) {
    const letter = key.charCodeAt(at) - 96;
    if (!(letter >= 1 && letter <= 26)) break;
    number = (number << 5) | letter;
  }
  return number;
}

/** The keys of a list: `a,b_c` stands for `a_c b_c`, `a,b~c` for the words `ac bc`. */
export const wordKeys = (list: string): readonly WordKey[] =>
  list.split(' ').flatMap((word) => {
    const mark = word.includes('_') ? '_' : word.includes('~') ? '~' : null;
    if (mark === null) return [wordKey(word)];
    const [first = '', second = ''] = word.split(mark, 2);
    const between = mark === '_' ? '_' : '';
    return first
      .split(',')
      .flatMap((one) => second.split(',').map((two) => wordKey(`${one}${between}${two}`)));
  });
