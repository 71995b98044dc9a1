import { describe, expect, test } from 'vitest';
import { keptLines } from './lines.ts';

function kept(text: string): readonly string[] {
  const pairs = keptLines(text);
  return Array.from({ length: pairs.length / 2 }, (_, at) =>
    text.slice(pairs[2 * at], pairs[2 * at + 1]),
  );
}

const WORDING = ['We know you.', 'Vote for us.'];

describe('what the author wrote', () => {
  test.each([
    ['quote marks', '> We know you.\n> > Vote for us.\r\n>'],
    [
      'an English forwarding block',
      '---------- Forwarded message ---------\nFrom: A <a@example.org>\nDate: today\nSubject: x\n\nWe know you.\nVote for us.',
    ],
    [
      'a German one inside a quote',
      '> Anfang der weitergeleiteten Nachricht:\n> \n> Von: A <a@example.org>\n> Betreff: x\n> We know you.\n> Vote for us.',
    ],
    ['bold names', '*From:* A\n*Sent:* today\nWe know you.\nVote for us.'],
    ['a Japanese one', '差出人： A\n宛先： B\n件名： x\nWe know you.\nVote for us.'],
    ['an Arabic one', 'من: A\nإلى: B\nWe know you.\nVote for us.'],
    ['a Haitian Creole one', 'De: A\nVoye: jodi a\nPou: B\nSijè: x\nWe know you.\nVote for us.'],
    ['one with the words of IONOS', 'Absender: A\nEmpfänger: B\nWe know you.\nVote for us.'],
    ['blank lines between the headers', 'From: A\n\nTo: B\n\nWe know you.\nVote for us.'],
    ['a clipped note', 'We know you.\nVote for us.\n[Message clipped]  View entire message'],
  ])('is left without %s', (_, text) => expect(kept(text)).toEqual(WORDING));

  test('keeps a lone line that looks like a header', () => {
    const text = 'Date: November 3\nVote for us.\nTo: every voter';
    expect(kept(text)).toEqual(text.split('\n'));
  });
});
