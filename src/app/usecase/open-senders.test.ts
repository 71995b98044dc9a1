import { expect, test } from 'vitest';
import { NO_OFFICE, officeAt } from '../../core/letter/index.ts';
import { senderNaming } from './open-senders.ts';
import type { IndexedOriginal } from './original-table.ts';

const NOBODY = { how: 'inferred', addresses: NO_OFFICE } as const;
const OFFICE = { how: 'named', addresses: officeAt(['county.example']) } as const;

const shown = (address: string, recipients: readonly string[], ref: string): IndexedOriginal =>
  ({
    from: { name: '', address },
    recipients,
    exhibit: ref,
    path: '0',
    forward: null,
    handingOn: null,
  }) as unknown as IndexedOriginal;

const forwarded = (address: string, ref: string): IndexedOriginal =>
  ({
    from: { name: '', address },
    recipients: [],
    exhibit: ref,
    path: '0',
    forward: { method: 'inline-text', intact: false, lost: [] },
    handingOn: null,
  }) as unknown as IndexedOriginal;

test('a sender to three recipients is named', () => {
  const { name } = senderNaming(
    ['a@v.example', 'b@v.example', 'c@v.example'].map((to) =>
      shown('Info@group.example', [to], to),
    ),
    { home: NOBODY, includePersonal: false },
  );
  expect(name('info@group.example')).toBe('info@group.example');
});

test('a voter who wrote to the office three times is not', () => {
  const mails = ['1', '2', '3'].map((ref) =>
    shown('voter@home.example', ['clerk@office.example'], ref),
  );
  expect(
    senderNaming(mails, { home: NOBODY, includePersonal: false }).name('voter@home.example'),
  ).toBe('…@home.example');
});

test('three forwarded copies speak for three recipients', () => {
  const { name } = senderNaming(
    ['1', '2', '3'].map((ref) => forwarded('info@group.example', ref)),
    { home: NOBODY, includePersonal: false },
  );
  expect(name('info@group.example')).toBe('info@group.example');
});

test('everyone is named where a person asked for it', () => {
  expect(senderNaming([], { home: NOBODY, includePersonal: true }).name('voter@home.example')).toBe(
    'voter@home.example',
  );
});

test('nobody is named whom the sender of the mail around may have made up', () => {
  const inDoubt = (ref: string, reached: string) => ({
    ...forwarded('nora@group.example', ref),
    handingOn: { either: true, lies: false, reached: [reached], claimed: false },
  });
  const atVoters = ['1', '2', '3'].map((ref) => inDoubt(ref, `v${ref}@voter.example`));
  const unsure = senderNaming(atVoters, { home: NOBODY, includePersonal: false });
  expect(unsure.name('nora@group.example')).toBe('…@group.example');
  expect(atVoters.map(unsure.isInDoubt)).toEqual([true, true, true]);
  const atOffice = ['1', '2', '3'].map((ref) => inDoubt(ref, 'clerk@county.example'));
  const sure = senderNaming(atOffice, { home: OFFICE, includePersonal: false });
  expect(sure.name('nora@group.example')).toBe('nora@group.example');
  expect(atOffice.map(sure.isInDoubt)).toEqual([false, false, false]);
});
