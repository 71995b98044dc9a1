import fc from 'fast-check';
import { expect, test } from 'vitest';
import { coercionReader } from '../coercion/index.ts';
import { pressureLines } from './pressure-lines.ts';

const read = coercionReader({ groups: [], candidatesAndParties: [] });

const said = (text: string, subject: string | null = null): string =>
  pressureLines(read({ subject, text }), { subject, text }).join('\n').replace(/\s+/g, ' ');

test('pressure names the candidate and the party, also behind many threats', () => {
  const shown = said(
    `We are the Example Boys. You will vote for Sample or else. ${'You must pay. '.repeat(20)}Republican.`,
  );
  expect(shown).toMatch(/Pressure +read first/);
  expect(shown).toContain('group: "Example Boys"');
  expect(shown).toContain('candidate or party: "Sample", "Republican"');
  expect(shown.match(/demand: "You must pay"/g)).toHaveLength(1);
});

test('what presses in one sentence stands together, once, gravest sign first', () => {
  const sentence = 'You will vote for Sample on Election Day\nor we will come after you';
  const shown = said(
    `${sentence}. We know where you live. ${sentence}.`,
    'Vote for Sample or else',
  );
  expect(shown).toContain('threat, demand: "Vote for Sample or else"');
  const whole = `threat, demand: "${sentence.replace('\n', ' ')}"`;
  expect(shown.split(whole)).toHaveLength(2);
  expect(shown.match(/threat/g)).toHaveLength(2);
});

test('a sentence without end is told in stretches, and no hint is lost', () => {
  const shown = said('You must pay and you will regret it, '.repeat(40));
  expect(shown).toMatch(/threat, demand: "You must pay and you will regret it/);
  for (const [row] of shown.matchAll(/"[^"]*"/g)) expect(row.length).toBeLessThan(210);
});

test('every hint stands in some row, whatever the text', () => {
  const words = fc.constantFrom('or else', 'You must pay', '. ', '\n\n', ' we know ', 'x ', ', ');
  fc.assert(
    fc.property(fc.array(words, { maxLength: 12 }), (all) => {
      const text = all.join(' ');
      const shown = said(text).toLowerCase();
      const { triage, hints } = read({ subject: null, text });
      for (const hint of triage === 'none' ? [] : hints) {
        expect(shown).toContain(hint.words.toLowerCase().replace(/\s+/g, ' ').trim());
      }
    }),
  );
});
