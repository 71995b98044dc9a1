import { expect, test } from 'vitest';
import { takenApart } from './one-line.ts';
import { linesOf } from './text-line.ts';

const MARKER = '----- Forwarded Message ----- ';
const apart = (text: string): readonly string[] =>
  takenApart(text, linesOf(text)).map((line) => line.text);

test.each<[string, string, readonly string[]]>([
  [
    'labels glued to what stands before them',
    'From: Clerk <clerk@county.example>To: v@voter.exampleSubject: Vote: now',
    ['From: Clerk <clerk@county.example>', 'To: v@voter.example', 'Subject: Vote: now'],
  ],
  [
    'a label that stands again is part of the value',
    'From: A From: <a@x.example>Sent: today at 10:00:00 AM GMT+1Subject: x',
    ['From: A From: <a@x.example>', 'Sent: today at 10:00:00 AM GMT+1', 'Subject: x'],
  ],
  [
    'many recipients by name',
    `From: A <a@x.example>To: ${'Vera Voter <v@voter.example>, '.repeat(100)}Subject: x`,
    [
      'From: A <a@x.example>',
      `To: ${'Vera Voter <v@voter.example>, '.repeat(100).trim()}`,
      'Subject: x',
    ],
  ],
])('%s', (_, line, pieces) => {
  expect(apart(MARKER + line).slice(1)).toEqual(pieces);
});

test('a line of nothing but what could be labels is not looked at without end', () => {
  const flood = `From: a@x.example ${'Ab '.repeat(1_200)}Subject: x`;
  expect(apart(MARKER + flood).at(-1)).toMatch(/^From: .*Subject: x$/);
});

test('no more lines are looked at than forwards are read of one text', () => {
  const one = `${MARKER}From: a@x.exampleSubject: x`;
  const lines = apart(Array(201).fill(one).join('\n'));
  expect(lines).toHaveLength(200 * 3 + 1);
  expect(lines.at(-1)).toBe(one);
});
