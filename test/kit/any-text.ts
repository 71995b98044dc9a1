import fc from 'fast-check';

/** One code point of any length in UTF-8, short ones more often; no half of a surrogate pair. */
const codePoint = fc
  .oneof(
    { weight: 4, arbitrary: fc.integer({ min: 0, max: 0x7f }) },
    { weight: 2, arbitrary: fc.integer({ min: 0x80, max: 0x7ff }) },
    { weight: 2, arbitrary: fc.integer({ min: 0x800, max: 0xd7ff }) },
    { weight: 1, arbitrary: fc.integer({ min: 0xe000, max: 0xffff }) },
    { weight: 1, arbitrary: fc.integer({ min: 0x1_0000, max: 0x10_ffff }) },
  )
  .map((point) => String.fromCodePoint(point));

/**
 * Any text. fast-check's own `unit: 'binary'` builds a table of all code points first, which takes
 * longer than most suites.
 */
export const anyText = (most: { readonly maxLength?: number } = {}): fc.Arbitrary<string> =>
  fc.string({ unit: codePoint, ...most });
