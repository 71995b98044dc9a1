import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createSketchShelf, packTightly } from './sketch-shelf.ts';

const lists = fc.array(fc.uint32Array({ maxLength: 6, max: 3 }), { maxLength: 40 });

test('equal fingerprints come back as one array, different ones as they went in', () => {
  // One for all runs: each reserves a whole stretch.
  const place = packTightly();
  fc.assert(
    fc.property(lists, (all) => {
      const shelf = createSketchShelf(place);
      const names = all.map(String);
      const kept = all.map((list) => shelf.keep(list));
      expect(kept.map((list) => [...list])).toEqual(all.map((list) => [...list]));
      const twins = names.map((name) => kept[names.indexOf(name)]);
      expect(kept.every((list, at) => list === twins[at])).toBe(true);
    }),
  );
});

test('more numbers than one stretch holds are kept whole', () => {
  const long = new Uint32Array((1 << 20) + 5).fill(7);
  const kept = createSketchShelf(packTightly()).keep(long);
  expect(kept).toBeInstanceOf(Uint32Array);
  expect(kept).toHaveLength(long.length);
  expect(kept.every((number) => number === 7)).toBe(true);
});

/** FNV-1a over 32-bit numbers, and the one number behind them that leaves the hash as it is. */
const PRIME = 0x01000193;
const hashOf = (values: readonly number[]): number =>
  values.reduce((hash, value) => Math.imul(hash ^ value, PRIME), 0x811c9dc5);
function inverse(odd: number): number {
  let guess = odd;
  // Newton's step doubles the right bits: 3, 6, 12, 24, 48.
  for (let round = 0; round < 5; round++) guess = Math.imul(guess, 2 - Math.imul(odd, guess));
  return guess;
}

test('a list that another one begins with stays its own, though their hashes agree', () => {
  const short = [1, 2, 3];
  const hash = hashOf(short);
  const long = [...short, hash ^ Math.imul(hash, inverse(PRIME))];
  expect(hashOf(long)).toBe(hash);
  for (const order of [
    [short, long],
    [long, short],
  ]) {
    const shelf = createSketchShelf(packTightly());
    const lists = order.map((list) => Uint32Array.from(list));
    expect(lists.map((list) => [...shelf.keep(list)])).toEqual(lists.map((list) => [...list]));
  }
});
