import { expect, test } from 'vitest';
import { isDay } from './day.ts';

test.each(['2020-02-29', '2020-12-31', '1999-01-01', '0001-01-01'])('%s is a day', (text) => {
  expect(isDay(text)).toBe(true);
});

test.each<[unknown]>([
  ...['2020-02-30', '2021-02-29', '2020-04-31', '2020-13-01', '2020-00-10', '2020-01-00'].map(
    (text): [string] => [text],
  ),
  ...['2020-1-1', '20-01-01', '2020-01-01T00:00', ' 2020-01-01', '2020-01-01\n', ''].map(
    (text): [string] => [text],
  ),
  [20_200_101],
  [null],
  [undefined],
])('%j is none', (value) => {
  expect(isDay(value)).toBe(false);
});
