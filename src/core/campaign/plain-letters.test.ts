import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { foldRun, isMostlyLatin } from './fold.ts';
import { readKeys, readWords } from './words.ts';

const RUNS =
  /[\p{L}\p{N}\p{M}\p{Default_Ignorable_Code_Point}\u2460-\u24ff\u{1f110}-\u{1f189}'\u2019\u02bc]+/gu;

/** The words of a line folded run by run, as `foldRun` says, in lower case. */
const foldedWords = (line: string): readonly string[] =>
  (line.match(RUNS) ?? []).flatMap((run) => {
    const folded = foldRun(run, () => isMostlyLatin(line)).replace(
      /['\u2018\u2019\u02bc\u2032`]/g,
      '',
    );
    return (folded.match(/[\p{L}\p{N}\p{M}]+/gu) ?? []).map((word) => word.toLowerCase());
  });

/** FNV-1a over UTF-16 units. */
function hashOf(word: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < word.length; i++) hash = Math.imul(hash ^ word.charCodeAt(i), 0x01000193);
  return hash >>> 0;
}

const hashes = (text: string): readonly number[] => {
  const { hash, count } = readWords(text);
  return [...hash.subarray(0, count)];
};

/**
 * Plain, marked, invisible, look-alike by script, mathematical, ligatures, dashes, lone surrogates.
 */
const character = fc.constantFrom(
  ..."aZ7 '’`‘.-–é½ﬁ²①Ⓐøıłđæ",
  ...['\u00a0', '\u0301', '\u0344', '\u0591', '\u200b', '\u00ad', '\ufe0f', '\u02bc', '\u3164'],
  ...[
    'а',
    'е',
    'ж',
    'Т',
    'ѐ',
    'ο',
    'λ',
    'ѕ',
    'ʼ',
    '٣',
    'א',
    '𝐕',
    '𝟗',
    '𝛂',
    '𝜕',
    '𐐷',
    '😀',
    '＇',
    'Ａ',
  ],
  ...['\ud835', '\udc00', '\ud83d', '\u2126', '\u212a', '\u017f', '\u1e9e', '\u0130'],
);

describe('plain letters', () => {
  test('a text is read unit by unit as it is folded run by run', () => {
    fc.assert(
      fc.property(fc.array(character, { maxLength: 14 }), (characters) => {
        const line = `x${characters.join('')}x`;
        expect(hashes(line)).toEqual(foldedWords(line).map(hashOf));
      }),
      { numRuns: 2_000 },
    );
  });

  test('keys are the hashes of words, one mask for those with a digit', () => {
    const [vote, number, other] = readKeys('Vоte 𝟗am l1');
    expect([vote]).toEqual(hashes('vote'));
    expect(number).toBe(other);
    expect(hashes('9am')).not.toContain(number);
  });
});
