import fc from 'fast-check';
import { expect, test } from 'vitest';
import { organisationOf, twoLabelsOf } from './host-owner.ts';

const label = fc.constantFrom(
  'a',
  'B',
  'mx',
  'co',
  'uk',
  'us',
  'com',
  'example',
  'github',
  'io',
  '',
);
const host = fc
  .tuple(fc.array(label, { maxLength: 5 }), fc.constantFrom('', '.', '..'))
  .map(([labels, end]) => labels.join('.') + end);

test('hosts of one organisation share their last two labels', () => {
  let alike = 0;
  fc.assert(
    fc.property(host, host, (a, b) => {
      if (organisationOf(a) !== organisationOf(b)) return;
      alike += 1;
      expect(twoLabelsOf(a)).toBe(twoLabelsOf(b));
    }),
    { numRuns: 5_000, seed: 20_201_021 },
  );
  expect(alike).toBeGreaterThan(50);
});
