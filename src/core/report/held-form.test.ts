import { expect, test } from 'vitest';
import type { Forward, MailMessage } from '../mail/index.ts';
import { HELD_FORMS, type HeldForm, heldFormOf } from './held-form.ts';

const MESSAGE: MailMessage = {
  path: '0',
  offset: 0,
  length: 0,
  sha256: 'a'.repeat(64) as MailMessage['sha256'],
  role: 'original',
  headers: [],
  from: null,
  replyTo: [],
  to: [],
  subject: null,
  dateText: null,
  date: null,
  messageId: null,
  parts: [],
  text: '',
  textFrom: 'none',
  route: [],
  forward: null,
  defects: [],
};

test.each<[Forward['method'] | null, boolean, HeldForm]>([
  [null, true, 'message'],
  ['attached', true, 'attached'],
  ['attached-file', true, 'attached'],
  ['digest', true, 'attached'],
  ['attached-encoded', true, 'attached-decoded'],
  ['report', true, 'attached'],
  ['report', false, 'headers'],
  ['inline-html', false, 'inline'],
  ['inline-text', false, 'inline'],
  ['pasted-headers', false, 'headers'],
  ['outlook-item', false, 'outlook'],
])('forward %s, intact %s, is held as %s', (method, intact, form) => {
  const forward = method === null ? null : { method, intact, lost: [] };
  expect(heldFormOf({ ...MESSAGE, forward })).toBe(form);
});

test('only forms without exact bytes make us ask for the original', () => {
  const asked = Object.entries(HELD_FORMS).filter(([, meaning]) => meaning.askForOriginal);
  expect(asked.map(([form]) => form)).toEqual(['inline', 'headers', 'outlook']);
});
