import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { protectedIndex } from './index.ts';
import { editDistance } from './lookalike.ts';

const protectedNames = protectedIndex([
  {
    holder: 'Example County Office of Elections',
    names: ['Example County Office of Elections'],
    domains: ['votes.example-county.org', 'electionsoffice.com'],
  },
]);

describe('resemblance', () => {
  test.each<[string, string | null]>([
    ['electionsoffice.com', null],
    ['mail.electionsoffice.com', null],
    ['electionsoffice.net', 'other-suffix'],
    ['electi0nsoffice.com', 'skeleton'],
    ['eIectionsoffice.com', 'edit-distance'],
    ['еlectionsoffice.com', 'skeleton'],
    ['electionsoffice.com.login.stranger.org', 'leading-labels'],
    ['electionsoffice-secure.com', 'added-word'],
    ['myelectionsoffice.com', 'added-word'],
    ['electionsofice.com', 'edit-distance'],
    ['electoinsoffice.com', 'edit-distance'],
    ['stranger.org', null],
    ['example-county.net', 'other-suffix'],
    ['', null],
    ['192.0.2.1', null],
  ])('%s: %s', (domain, likeness) =>
    expect(protectedNames.resembles(domain)?.likeness ?? null).toBe(likeness),
  );

  test('edit distance is symmetric, and stops where it is told', () => {
    const word = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 8 });
    fc.assert(
      fc.property(word, word, (a, b) => {
        expect(editDistance(a, b, 9)).toBe(editDistance(b, a, 9));
        expect(editDistance(a, b, 1)).toBe(Math.min(2, editDistance(a, b, 9)));
      }),
    );
    expect(editDistance('ab', 'ba', 9)).toBe(1);
    expect(editDistance('kitten', 'sitting', 9)).toBe(3);
  });
});
