import { expect, test } from 'vitest';
import { COLUMNS_MAX, longComments, reflowed } from './comment-lines.ts';

const words = (count: number): string => Array.from({ length: count }, () => 'word').join(' ');
const lines = (...all: readonly string[]): string => all.join('\n');

test.each<[string, string, string]>([
  [
    'a comment on one line',
    `  /** ${words(20)} end. */`,
    lines('  /**', `   * ${words(19)}`, '   * word end.', '   */'),
  ],
  [
    'the rest of a paragraph moves up, the next one stays',
    lines('/**', ` * ${words(20)}`, ' * and more.', ' *', ' * Next.', ' */'),
    lines('/**', ` * ${words(19)}`, ' * word and more.', ' *', ' * Next.', ' */'),
  ],
  [
    'a row of a list hangs, the next row stays',
    lines(` * - ${words(20)}`, ' * - next'),
    lines(` * - ${words(19)}`, ' *   word', ' * - next'),
  ],
  [
    'a run of slashes',
    lines(`    // ${words(20)}`, '    // end.', 'code();'),
    lines(`    // ${words(18)}`, '    // word word end.', 'code();'),
  ],
])('%s', (_, long, broken) => {
  expect(longComments(long)).toHaveLength(1);
  expect(reflowed(long)).toBe(broken);
  expect(longComments(broken)).toEqual([]);
});

test.each<[string, string]>([
  ['code', `const a = '${words(30)}';`],
  ['a line that fits', `// ${'x'.repeat(COLUMNS_MAX - 3)}`],
  ['one long word', ` * ${'x'.repeat(200)}`],
])('%s stays as it is', (_, text) => {
  expect(longComments(text)).toEqual([]);
  expect(reflowed(text)).toBe(text);
});
