import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createSketchShelf, packTightly } from './sketch-shelf.ts';

const lists = fc.array(fc.uint32Array({ maxLength: 6, max: 3 }), { maxLength: 40 });

test('equal fingerprints come back as one array, different ones as they went in', () => {
  fc.assert(
    fc.property(lists, (all) => {
      const shelf = createSketchShelf(packTightly());
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
