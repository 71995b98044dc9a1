import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { anyText } from '../../../test/kit/any-text.ts';
import { foldedText, readWords } from './words.ts';

const keys = (text: string): readonly string[] => {
  const words = readWords(text);
  return Array.from({ length: words.count }, (_, at) =>
    foldedText(text, words.start[at] ?? 0, words.end[at] ?? 0).toLowerCase(),
  );
};
const hashes = (text: string): readonly number[] => {
  const words = readWords(text);
  return [...words.hash.subarray(0, words.count)];
};

describe('words', () => {
  test.each([
    ['mathematical letters', '𝐕𝐨𝐭𝐞 now'],
    ['full width', 'Ｖｏｔｅ now'],
    ['circled letters', 'Ⓥⓞⓣⓔ now'],
    ['zero-width characters', 'v\u200bo\u2060te now'],
    ['soft hyphens', 'vo\u00adte now'],
    ['marks', 'vo\u0301te\u0308 nów'],
    ['Cyrillic look-alikes in a word', 'Vоtе now'],
    ['a word that is all look-alikes, in Latin text', 'vote nоw'],
    ['Greek look-alikes', 'vοte nοw'],
    ['no-break space', 'vote\u00a0now'],
  ])('%s are the plain words', (_, text) => expect(hashes(text)).toEqual(hashes('vote now')));

  test('Russian words stay Russian, with no number in them', () => {
    const words = readWords('был собран наш совет');
    expect([...words.digit.subarray(0, words.count)]).toEqual([0, 0, 0, 0]);
    expect(keys('сор ест')).toEqual(['сор', 'ест']);
  });

  test('ASCII is never folded', () => {
    expect(keys("modern l1 V0te don't rn")).toEqual(['modern', 'l1', 'v0te', 'dont', 'rn']);
  });

  test('scripts without spaces give a word a character', () => {
    expect(keys('投票する。')).toEqual(['投', '票', 'す', 'る']);
  });

  test('each word stands where it says in the text as written', () => {
    const text = '> Ｖоtе  ﬁrst, don’t';
    const words = readWords(text);
    const slices = Array.from({ length: words.count }, (_, at) =>
      text.slice(words.start[at], words.end[at]),
    );
    expect(slices).toEqual(['Ｖоtе', 'ﬁrst', 'don’t']);
  });

  test('never throws, and ranges rise within the text, on any string', () => {
    fc.assert(
      fc.property(anyText({ maxLength: 200 }), (text) => {
        const { count, start, end } = readWords(text);
        const ordered = Array.from(
          { length: count },
          (_, at) => (start[at] ?? 0) >= (start[at - 1] ?? 0) && (end[at] ?? 0) > (start[at] ?? 0),
        );
        expect(ordered).not.toContain(false);
        expect(count === 0 ? 0 : end[count - 1]).toBeLessThanOrEqual(text.length);
      }),
    );
  });
});
