import fc from 'fast-check';
import { expect, test } from 'vitest';
import { shownProgram } from './mail-program.ts';

test.each<[string, string]>([
  ['Microsoft Outlook 16.0', 'Microsoft Outlook 16.0'],
  ['PHPMailer 6.0.5 (https://github.com/PHPMailer/PHPMailer)', 'same'],
  ['Apple Mail (2.3654.120.0.1.15)', 'same'],
  ['iPhone Mail (18A373)', 'iPhone Mail (18a193)'],
  ['VeraPrivatMailer 12 Elm', 'a16 92 a3'],
  ['Vera Vale <vera@voter.example>', 'a4 a4 <a4@a5.a7>'],
  ['yqoez', 'a5'],
  ['Outlook 202 555 0143', 'Outlook 202 93 94'],
  ['Outlook 2025550143', 'Outlook 910'],
  ['Zimbra 8.8.15 Вера', 'Zimbra 8.8.15 a4'],
  ['\u001b[2J\u202eMass 1', '[91a1 a4 91'],
])('%s is shown as %s', (name, shown) => {
  expect(shownProgram(name)).toBe(shown === 'same' ? name : shown);
});

test('no word that is not a program’s own passes, and no number that stands alone', () => {
  const words = fc.array(fc.stringMatching(/^[b-zB-Z]{3,12}$/), { minLength: 1, maxLength: 6 });
  fc.assert(
    fc.property(words, (drawn) => {
      const own = drawn.map((word) => `q${word}`);
      const shown = shownProgram(own.join(' 1020 '));
      for (const word of own) expect(shown).not.toContain(word);
      expect(shown).not.toContain('1020');
    }),
  );
});
