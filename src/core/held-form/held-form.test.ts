import { expect, test } from 'vitest';
import { EMPTY_MESSAGE } from '../../../test/kit/empty-message.ts';
import type { Forward } from '../mail/index.ts';
import { HELD_FORMS, type HeldForm, heldFormOf } from './held-form.ts';

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
  ['pasted-headers', false, 'pasted'],
  ['outlook-item', false, 'outlook'],
  ['saved-copy', false, 'saved'],
])('forward %s, intact %s, is held as %s', (method, intact, form) => {
  const forward = method === null ? null : { method, intact, lost: [] };
  expect(heldFormOf({ ...EMPTY_MESSAGE, forward })).toBe(form);
});

test('only forms without exact bytes make us ask for the original', () => {
  const asked = Object.entries(HELD_FORMS).filter(([, meaning]) => meaning.askForOriginal);
  expect(asked.map(([form]) => form)).toEqual(['inline', 'pasted', 'headers', 'outlook', 'saved']);
});
