import { expect, test } from 'vitest';
import { unsearchedLimit } from './unsearched.ts';

const file = (at: number, sought: 'observables' | 'codes') => ({
  path: `0.${at}`,
  contentType: 'a/b',
  for: sought,
});

test('where all was searched, nothing was cut', () => {
  expect(unsearchedLimit('0', [])).toEqual([]);
});

test('files that were not searched are one limit of their message, named and counted', () => {
  expect(
    unsearchedLimit('0', [file(1, 'observables'), file(1, 'codes'), file(2, 'codes')]),
  ).toEqual([
    {
      code: 'attachment-unsearched',
      at: '0',
      text: 'Not searched: 1 file for links and other observables, 2 files for QR codes: 0.1 (a/b), 0.2 (a/b).',
    },
  ]);
  const many = Array.from({ length: 9 }, (_, at) => file(at, 'codes'));
  expect(unsearchedLimit('0', many)[0]?.text).toMatch(
    /^Not searched: 9 files for .*0\.7 \(a\/b\), \.\.\.\.$/,
  );
});
