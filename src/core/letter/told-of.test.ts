import { expect, test } from 'vitest';
import { isToldOf, officeAt } from './index.ts';

const office = officeAt(['county.example']);
const mail = { letter: '0', author: 'vera@voter.example' };
const quoted = {
  path: '0.i',
  role: 'attached',
  forward: { method: 'inline-text', intact: false, lost: [] },
  from: { name: 'Proud Group', address: 'info@group.example' },
} as const;

test.each<[string, object, boolean]>([
  ['a message of somebody else', {}, true],
  ['the second of them', { path: '0.i2' }, true],
  ['a sender shown by name alone', { from: { name: 'Proud Group', address: '' } }, true],
  ['no sender', { from: null }, false],
  ['what the office wrote', { from: { name: '', address: 'Clerk@county.example' } }, false],
  ['what the writer wrote', { from: { name: '', address: 'Vera@Voter.example' } }, false],
  ['a message in that message', { path: '0.i.i' }, false],
  ['a message in another mail', { path: '1.i' }, false],
  ['an attached file', { forward: { method: 'attached', intact: true, lost: [] } }, false],
  ['what is handed on already', { role: 'original' }, false],
])('%s: told of is %s', (_, more, told) => {
  expect(isToldOf({ ...quoted, ...more }, mail, office)).toBe(told);
});
