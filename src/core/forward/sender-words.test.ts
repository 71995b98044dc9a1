import { expect, test } from 'vitest';
import { nodeKernels } from '../../host/kernels/index.ts';
import { findInlineForwards } from './index.ts';

const head = (subject: string): string =>
  `---------- Forwarded message ---------\nFrom: Info <info@threat.example>\nDate: 20 Oct 2020\nSubject: ${subject}\nTo: <voter@mail.example>\n\n`;
const bodies = (text: string): string[] =>
  findInlineForwards({ text, html: null, subject: 'Help', author: null }, nodeKernels).map(
    ({ body }) => body,
  );

test.each<[string, string, string]>([
  ['Proton quotes every line', '> We have all.\n>\n> Vote.', 'We have all.\n\nVote.'],
  [
    'a quote inside it keeps its own mark',
    '> We have all.\n> > You said no.',
    'We have all.\n> You said no.',
  ],
  ['a quote that the sender wrote stays', 'You said:\n> no', 'You said:\n> no'],
  ['Apple puts a byte order mark on top', '\ufeffWe have all.', 'We have all.'],
  ['a mark inside stays, for it hides something', 'We\ufeff have all.', 'We\ufeff have all.'],
])('the marks of the program that forwarded are no words: %s', (_, body, read) => {
  expect(bodies(`Look.\n\n${head('Vote')}${body}\n`)).toEqual([read]);
});

test.each<[string, string, string]>([
  ['a line that leads on', 'We have all.\n\n\nand this one too:\n\n', 'We have all.'],
  ['the sender’s last line', 'We have all.\n\nThe Group\n\n', 'We have all.\n\nThe Group'],
  ['a colon in the sender’s last words', 'We demand:\n\n', 'We demand:'],
  ['the end of a paragraph', 'We have all.\nWe demand:\n\n', 'We have all.\nWe demand:'],
])('between two forwards: %s', (_, first, read) => {
  expect(bodies(`${head('Vote')}${first}${head('Second')}Other text.`)).toEqual([
    read,
    'Other text.',
  ]);
});
