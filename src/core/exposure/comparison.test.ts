import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { person } from '../../../test/kit/person-keys.ts';
import { compare, EXACT, levelOf, levelsOfRandomPairs, ONE_SLIP } from './comparison.ts';

test.each([
  ['first', 'JON', 'JOHN', 3],
  ['first', 'J', 'JOHN', 4],
  ['first', 'J', 'ADA', 1],
  ['first', 'JANE', 'JOHN', 1],
  ['first', 'DORA', 'NORA', 5],
  ['first', 'DORA', 'DOAR', 3],
  ['first', 'DORA', 'DINA', 1],
  ['first', 'RIDA', 'IDA', 3],
  ['first', 'ADA', 'IDA', 1],
  ['last', '', 'X', 0],
  ['last', 'X', '', 0],
  ['last', 'WEXLOW', 'WEXLOV', 3],
  ['last', 'WEXLOW', 'WEXLEY', 4],
  ['last', 'WEXLOW', 'THORNBY', 1],
  ['street', 'ELMWOOD ST', 'ELMWOD ST', 3],
  ['street', 'ELM ST', 'OAK ST', 1],
  ['city', 'GAINSHOLT', 'GAINSHOLD', 1],
  ['zip', '00412', '00419', 3],
  ['zip', '00412', '00512', 1],
  ['email', 'a@x.example', 'a@y.example', 3],
  ['email', 'a@x.example', 'b@x.example', 1],
  ['house', '12', '13', 1],
] as const)('%s: %s against %s is level %i', (field, a, b, level) => {
  expect(levelOf(field, a, b)).toBe(level);
  expect(levelOf(field, b, a)).toBe(level);
});

const name = fc.string({ unit: fc.constantFrom('A', 'B', 'C', 'D'), minLength: 4, maxLength: 9 });

test('each of Damerau\u2019s four errors leaves a first name alike', () => {
  const place = fc.nat(8);
  fc.assert(
    fc.property(name, place, fc.constantFrom('A', 'E'), (right, somewhere, letter) => {
      const at = somewhere % right.length;
      const [before, own, behind] = [right.slice(0, at), right[at]!, right.slice(at + 1)];
      const swapped = before + (behind[0] ?? '') + own + behind.slice(1);
      for (const wrong of [
        before + letter + behind,
        before + behind,
        before + letter + own + behind,
      ]) {
        expect([EXACT, 3, ONE_SLIP]).toContain(levelOf('first', right, wrong));
      }
      expect([EXACT, 3]).toContain(levelOf('first', right, swapped));
    }),
  );
});

describe('all fields of a pair', () => {
  test('in the order of the fields', () => {
    const row = person({ street: 'ELMWOD ST', zip: '00419', email: '', city: 'OTHER' });
    expect(compare(person({ street: 'ELMWOOD ST' }), row)).toEqual([2, 2, 2, 3, 1, 3, 0]);
  });

  test('first and last name in each other\u2019s place are alike, though one is misspelt', () => {
    const swapped = person({ first: 'WEXLOV', last: 'ADA' });
    expect(compare(swapped, person()).slice(0, 2)).toEqual([3, 3]);
  });

  test.each([
    ['one of them is right where it stands', { first: 'MOIRA' }, [1, 2]],
    ['one of them is another name', { first: 'WEXLOW', last: 'MOIRA' }, [1, 1]],
    ['one of them is an initial', { first: 'W', last: 'ADA' }, [1, 1]],
  ])('they are not where %s', (_, change, levels) => {
    expect(compare(person(change), person()).slice(0, 2)).toEqual(levels);
  });
});

describe('levels of random pairs', () => {
  test('are shares of the pairs that show the field, half a pair added to each level', () => {
    const reports = [person(), person({ first: 'IRA', zip: '' })];
    const sample = [person(), person({ first: 'A' }), person({ first: 'MOIRA', zip: '00419' })];
    const { first, zip, house } = levelsOfRandomPairs(reports, sample);
    // ADA: exact, initial, other. IRA: other, other, other.
    expect(first.slice(1)).toEqual([4.5, 1.5, 0.5, 1.5, 0.5].map((pairs) => pairs / 8.5));
    expect(zip.slice(1, 4)).toEqual([0.5, 2.5, 1.5].map((pairs) => pairs / 4.5));
    expect(house.slice(1, 3)).toEqual([0.5 / 7, 6.5 / 7]);
  });

  test('without a sample say that every level is as likely', () => {
    expect(levelsOfRandomPairs([person()], []).first.slice(1)).toEqual([0.2, 0.2, 0.2, 0.2, 0.2]);
  });

  test('are told by every so manieth report where all pairs would be too many', () => {
    let read = 0;
    const reports = Array.from({ length: 90 }, () => ({
      ...person(),
      get zip(): string {
        read += 1;
        return '00412';
      },
    }));
    const sample = Array.from({ length: 50 }, () => person());
    levelsOfRandomPairs(reports, sample, 1_000);
    expect(read).toBeGreaterThan(300);
    expect(read).toBeLessThanOrEqual(1_000);
    read = 0;
    levelsOfRandomPairs(reports, sample);
    expect(read).toBe(90 * 50);
  });
});
