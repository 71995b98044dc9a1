import { expect, test } from 'vitest';
import { senderNaming } from './open-senders.ts';
import type { IndexedOriginal } from './original-table.ts';

const shown = (address: string, recipients: readonly string[], ref: string): IndexedOriginal =>
  ({
    from: { name: '', address },
    recipients,
    exhibit: ref,
    path: '0',
    forward: null,
  }) as unknown as IndexedOriginal;

const forwarded = (address: string, ref: string): IndexedOriginal =>
  ({
    from: { name: '', address },
    recipients: [],
    exhibit: ref,
    path: '0',
    forward: { method: 'inline-text', intact: false, lost: [] },
  }) as unknown as IndexedOriginal;

test('a sender to three recipients is named', () => {
  const name = senderNaming(
    ['a@v.example', 'b@v.example', 'c@v.example'].map((to) =>
      shown('Info@group.example', [to], to),
    ),
    false,
  );
  expect(name('info@group.example')).toBe('info@group.example');
});

test('a voter who wrote to the office three times is not', () => {
  const mails = ['1', '2', '3'].map((ref) =>
    shown('voter@home.example', ['clerk@office.example'], ref),
  );
  expect(senderNaming(mails, false)('voter@home.example')).toBe('…@home.example');
});

test('three forwarded copies speak for three recipients', () => {
  const name = senderNaming(
    ['1', '2', '3'].map((ref) => forwarded('info@group.example', ref)),
    false,
  );
  expect(name('info@group.example')).toBe('info@group.example');
});

test('everyone is named where a person asked for it', () => {
  expect(senderNaming([], true)('voter@home.example')).toBe('voter@home.example');
});
