import { foldedText, readWords } from '../src/core/campaign/words.ts';

/** The words that our sketches see, for peers that take words: same normalisation for all. */
export function keyWords(text: string): readonly string[] {
  const { count, start, end, digit } = readWords(text);
  return Array.from({ length: count }, (_, at) =>
    digit[at] === 1 ? 'NUM' : foldedText(text, start[at] ?? 0, end[at] ?? 0).toLowerCase(),
  );
}
