import fc from 'fast-check';
import { expect, test } from 'vitest';
import { nodeKernels as kernels } from '../../host/kernels/index.ts';
import { scanMailboxes } from './address.ts';
import { usualMailbox } from './usual-mailbox.ts';

test('the short way reads what it takes exactly as the scanner does', () => {
  const pieces = fc.constantFrom(
    ...[
      '"',
      '<',
      '>',
      ' ',
      '  ',
      '\t',
      'a@b.example',
      'a',
      'Clerk',
      "O'N",
      '.',
      '-',
      '@',
      ',',
      '_',
    ],
    ...['"A, B"', '<a.b+c@d.example>', '=?utf-8?q?a?=', '(c)', ';', ':', 'a@b', '\\', 'é', '..'],
  );
  let taken = 0;
  fc.assert(
    fc.property(fc.array(pieces, { maxLength: 6 }), (list) => {
      const text = list.join('');
      const usual = usualMailbox(text);
      if (usual === null) return;
      taken += 1;
      expect([usual]).toEqual(scanMailboxes(Buffer.from(text, 'latin1'), kernels));
    }),
    { numRuns: 5_000, seed: 20_201_021 },
  );
  expect(taken).toBeGreaterThan(100);
});
