import { expect, test } from 'vitest';
import { nodeKernels } from '../../host/kernels/index.ts';
import { findInlineForwards } from './inline-forward.ts';

test.each<[string, string]>([
  ['Reply-To', 'From'],
  ['Antwort an', 'Von'],
  ['Répondre à', 'De'],
])('where answers go is carried: %s', (label, from) => {
  const head = `---------- Forwarded message ---------\n${from}: Info <info@threat.example>`;
  const text = `${head}\n${label}: Desk <r@answers.example>\nDate: 20.10.2020\nTo: v@mail.example\n\nVote or else.`;
  const input = { text, html: null, subject: null };
  const [found] = findInlineForwards(input, nodeKernels);
  expect(found?.replyTo).toEqual([{ name: 'Desk', address: 'r@answers.example' }]);
  expect(found?.from?.address).toBe('info@threat.example');
});
