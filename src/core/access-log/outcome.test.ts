import { describe, expect, test } from 'vitest';
import { SIZE_UNKNOWN } from '../web-log/index.ts';
import { learnOutcomes, type ResponseCounts } from './outcome.ts';
import type { SizeCount } from './size-mixture.ts';

const MISS = 3_100;

/** `count` pages of up to 200 sizes from `from` on, the first of them ordinary visitors'. */
function pages(from: number, count: number, change: Partial<SizeCount> = {}): SizeCount[] {
  const { ordinary = 0, valid = 0 } = change;
  return Array.from({ length: Math.min(count, 200) }, (_, first) => {
    const at = first + 200 < count ? [first, first + 200] : [first];
    const among = (most: number): number => at.filter((one) => one < most).length;
    const told = { ordinary: among(ordinary), valid: among(valid), invalid: 0 };
    return { size: from + ((first * 37) % 200), count: at.length, ...told };
  });
}
const page = (size: number, count: number, change: Partial<SizeCount> = {}): SizeCount => ({
  ...{ size, count, ordinary: 0, valid: 0, invalid: 0 },
  ...change,
});
const learn = (sizes: readonly SizeCount[], change: Partial<ResponseCounts> = {}) =>
  learnOutcomes({ sizes, notFound: 0, redirected: 0, ...change });

const records = pages(5_200, 400, { ordinary: 100 });
const bySize = learn([...records, page(MISS, 300)]);

describe('what a page gave away', () => {
  test.each([
    ['a page as wide as those of visitors', 200, 5_300, 'hit'],
    ['203, the same from a cache', 203, 5_300, 'hit'],
    ['the one smaller page of one size', 200, MISS, 'miss'],
    ['a size that no kind of page has', 200, 40_000, 'unclear'],
    ['no bytes at all', 200, 0, 'miss'],
    ['a size that the log does not tell', 200, SIZE_UNKNOWN, 'unclear'],
    ['204, which has no content', 204, 0, 'miss'],
    ['206, a part of a page', 206, 5_300, 'unclear'],
    ['304, the page that the client has', 304, 0, 'unclear'],
    ['302', 302, 300, 'miss'],
    ['404', 404, 5_300, 'miss'],
    ['500', 500, 5_300, 'miss'],
    ['no status in the log', 0, 5_300, 'unclear'],
  ])('%s', (_, status, bytes, outcome) => expect(bySize.of(status, bytes)).toBe(outcome));

  test.each([
    ['visitors say which', 100],
    ['the largest kind says so where no visitor is known', 0],
  ])('records of many sizes are one kind, however many bells fit them: %s', (_, ordinary) => {
    const varied = pages(5_200, 400, { ordinary });
    const model = learn([...varied, page(MISS, 300)]);
    expect(new Set(varied.map(({ size }) => model.of(200, size)))).toEqual(new Set(['hit']));
    expect(model.of(200, MISS)).toBe('miss');
  });

  test('is told by sizes, and misses of one size make a page depend on its record alone', () => {
    expect([bySize.by, bySize.steady]).toEqual(['sizes', true]);
    const varied = pages(3_100, 300);
    const loose = learn([...records, ...varied]);
    expect([loose.by, loose.steady]).toEqual(['sizes', false]);
  });

  test.each([
    [0.2, 'unclear'],
    [0.199, 'miss'],
  ])('a redirect, where %f of visitors are sent on: %s', (redirected, outcome) => {
    const model = learn([...records, page(MISS, 300)], { redirected });
    expect(model.of(302, 0)).toBe(outcome);
    expect(model.of(404, 0)).toBe('miss');
  });

  test.each([
    [5, 'statuses', 'hit'],
    [4, 'nothing', 'unclear'],
  ] as const)(
    'one kind of page, and %i answers that there is no record: by %s',
    (notFound, by, outcome) => {
      const model = learn(records, { notFound });
      expect([model.by, model.of(200, 5_300)]).toEqual([by, outcome]);
    },
  );

  test.each([
    [20, 'sizes', 'miss'],
    [19, 'statuses', 'hit'],
  ] as const)('of %i answers with a size, it is told by %s', (count, by, outcome) => {
    const sizes = [...pages(5_200, count - 9), page(MISS, 9)];
    const model = learn(sizes, { notFound: 5 });
    expect([model.by, model.of(200, MISS)]).toEqual([by, outcome]);
  });

  test.each([
    [50, 'hit'],
    [49, 'unclear'],
  ])(
    '%i look-ups of visitors say that theirs is the hit, though most get another: %s',
    (ordinary, outcome) => {
      // Five of them got the other page, too.
      const sizes = [
        ...pages(900, 100, { ordinary: ordinary - 5 }),
        page(5_000, 900, { ordinary: 5 }),
      ];
      const model = learn(sizes, { notFound: 5 });
      expect(model.of(200, 950)).toBe(outcome);
    },
  );

  test('a kind that fewer than one in twenty visitors get is not the main one', () => {
    const rare = (ordinary: number) =>
      learn([...pages(5_200, 400, { ordinary: 100 }), page(900, 400, { ordinary })], {
        notFound: 5,
      }).of(200, 900);
    expect(rare(4)).toBe('miss');
    // More than all others get it: then it is what a record looks like.
    expect(rare(200)).toBe('hit');
  });
});

describe('numbers that the office knows', () => {
  const told = (valid: number, invalid: number) =>
    learn([
      ...pages(5_200, 400, { ordinary: 100, valid: 40 }),
      page(9_000, 300, { valid, invalid }),
    ]).of(200, 9_000);

  test('make a page a miss where others get it 19 times as often as records', () => {
    expect(told(0, 40)).toBe('miss');
    expect(told(2, 40)).toBe('miss');
    expect(told(3, 40)).toBe('unclear');
  });

  test.each([
    [5, 5, 'miss'],
    [4, 5, 'unclear'],
    [5, 4, 'unclear'],
  ])('%i records and %i others asked for: %s', (valid, invalid, outcome) => {
    const model = learn([
      ...pages(5_200, 400, { ordinary: 100, valid }),
      page(9_000, 300, { invalid }),
    ]);
    expect(model.of(200, 9_000)).toBe(outcome);
  });
});
