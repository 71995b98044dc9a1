import { expect, test } from 'vitest';
import { wordingFaults } from './wording.ts';

test.each([
  ['unlisted-hedge', 'It may be the same sender.', 'may'],
  ['unlisted-hedge', 'This suggests one hand.', 'suggests'],
  ['mixed-sets', 'One is likely, the other is probable.', 'likely'],
  ['likelihood-with-confidence', 'With low confidence this is likely.', 'With low'],
])('%s: %s', (code, text, words) => {
  expect(wordingFaults(text).map((fault) => fault.code)).toEqual(
    code === 'mixed-sets' ? [code, code] : [code],
  );
  expect(wordingFaults(text)[0]?.words).toContain(words);
});

test.each([
  'It is very unlikely. We hold this with low confidence.',
  'That line can be typed by anyone.',
  'Dismayed, mightily, remotely: parts of words are no hedge.',
  'The first is likely, the second is almost certain.',
])('passes: %s', (text) => {
  expect(wordingFaults(text)).toEqual([]);
});
