import { expect, test } from 'vitest';
import { WORDED_MESSAGES_MAX, WORDING_SAMPLE_MAX, wordedCount } from './wording.ts';

test.each<[string, number[], number]>([
  ['no cluster', [], 0],
  ['many small ones', new Array(10_000).fill(3), 10_000],
  ['a large one costs its sample', [1e6, 2], 2],
  ['at the limit', new Array(WORDED_MESSAGES_MAX / WORDING_SAMPLE_MAX).fill(5_000), 200],
  ['one past it', [...new Array(200).fill(5_000), 2], 200],
])('wordings are read until the messages of a run are spent: %s', (_, sizes, worded) => {
  expect(wordedCount(sizes)).toBe(worded);
});
