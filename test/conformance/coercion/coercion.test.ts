import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { coercionReader } from '../../../src/core/coercion/index.ts';

const read = coercionReader({ groups: [], candidatesAndParties: [] });

/**
 * Triage of the mails of one file and language; `half` 1: those that the rules were not written by.
 */
function triaged(file: string, language: string, half: 0 | 1): readonly string[] {
  const lines = readFileSync(new URL(file, import.meta.url), 'utf8')
    .trim()
    .split('\n');
  const mails = lines
    .filter((_, at) => at % 2 === half)
    .map((line) => line.split('|', 2))
    .filter(([tongue]) => tongue === language);
  return mails.map(([, text = '']) => read({ subject: null, text }).triage);
}

const pressed = (levels: readonly string[]): number =>
  levels.filter((level) => level !== 'none').length;

test.each([
  ['en', 35, 32, 73, 0],
  ['es', 15, 15, 20, 0],
] as const)(
  'held-out mails in %s: %i threats, %i found; %i harmless, %i alarms',
  (language, threats, found, harmless, alarms) => {
    const threatening = triaged('threats.txt', language, 1);
    const ordinary = triaged('harmless.txt', language, 1);
    expect([threatening.length, ordinary.length]).toEqual([threats, harmless]);
    expect(pressed(threatening)).toBeGreaterThanOrEqual(found);
    expect(pressed(ordinary)).toBeLessThanOrEqual(alarms);
  },
);

test('no harmless mail of either half is to be read first', () => {
  const levels = (['en', 'es'] as const).flatMap((language) =>
    ([0, 1] as const).flatMap((half) => triaged('harmless.txt', language, half)),
  );
  expect(levels).toHaveLength(186);
  expect(levels).not.toContain('first');
});

test('of 20 threats written after the rules stood, 7 are found', () => {
  const levels = (['en', 'es'] as const).flatMap((language) =>
    ([0, 1] as const).flatMap((half) => triaged('unseen.txt', language, half)),
  );
  expect(levels).toHaveLength(20);
  expect(pressed(levels)).toBeGreaterThanOrEqual(7);
});
