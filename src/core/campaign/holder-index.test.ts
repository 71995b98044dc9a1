import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createHolderIndex } from './holder-index.ts';

const list = fc.uniqueArray(fc.integer({ min: 0, max: 30 }), { maxLength: 12 });
const toList = (values: readonly number[]): Uint32Array => Uint32Array.from(values, (v) => v * 1e8);

test('what lists share is what counting shows, boilerplate aside', () => {
  fc.assert(
    fc.property(
      fc.array(list, { maxLength: 12 }),
      list,
      fc.integer({ min: 1, max: 4 }),
      (all, asked, most) => {
        const lists = all.map(toList);
        const index = createHolderIndex(lists, most);
        const holdersOf = (value: number): number =>
          lists.filter((one) => one.includes(value)).length;
        const isCommon = (value: number): boolean => holdersOf(value) > most;
        const mine = toList(asked);
        for (let again = 0; again < 2; again++) {
          const shared = new Map<number, number>();
          const own = index.shared(mine, (at, count) => void shared.set(at, count));
          const counted = lists.map(
            (one) => mine.filter((v) => one.includes(v) && !isCommon(v)).length,
          );
          expect(lists.map((_, at) => shared.get(at) ?? 0)).toEqual(counted);
          expect(own).toBe(mine.filter((value) => !isCommon(value)).length);
        }
      },
    ),
  );
});
