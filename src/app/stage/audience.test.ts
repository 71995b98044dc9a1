import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { audienceOf, placesIn, type Reader } from './audience.ts';

const typer = {
  isPlace: (name: string) => ['Ocala', 'Kenai', 'Tampa'].includes(name),
  isGiven: (word: string) => word === 'Rowan',
  isFamily: (word: string) => word === 'Hale',
  isState: (name: string) => ['FL', 'AK'].includes(name),
};
const providerOf = (domain: string): string | null =>
  domain === 'big.example' ? 'Big Mail' : null;
const manner = { typer, providerOf, includePersonal: false };

let made = 0;
const readers = (count: number, reader: Partial<Reader>): readonly Reader[] =>
  Array.from({ length: count }, () => ({
    key: `r${made++}`,
    domain: null,
    city: null,
    state: null,
    ...reader,
  }));

describe('recipients by place and provider', () => {
  test('are counted once each, however many messages they got', () => {
    const twice = [
      ...readers(12, { city: 'Ocala', domain: 'big.example' }),
      ...readers(11, { city: 'Kenai', domain: 'big.example' }),
    ];
    expect(audienceOf([...twice, ...twice], manner)).toEqual({
      level: 'city',
      recipients: 23,
      places: ['Ocala', 'Kenai'],
      providers: ['Big Mail'],
      counts: [[12], [11]],
    });
  });

  test('a count under 11 is hidden, and a second one with it, so that no sum tells it', () => {
    const mixed = [
      ...readers(30, { city: 'Ocala', domain: 'big.example' }),
      ...readers(4, { city: 'Ocala', domain: 'office.example' }),
      ...readers(20, { city: 'Kenai', domain: 'big.example' }),
      ...readers(25, { city: 'Kenai', domain: 'office.example' }),
      ...readers(40, { city: 'Tampa', domain: 'big.example' }),
      ...readers(50, { city: 'Tampa', domain: 'office.example' }),
    ];
    const hidden = audienceOf(mixed, manner);
    expect(hidden?.places).toEqual(['Tampa', 'Kenai', 'Ocala']);
    expect(hidden?.counts).toEqual([
      [40, 50],
      [null, null],
      [null, null],
    ]);
    const personal = audienceOf(mixed, { ...manner, includePersonal: true });
    expect(personal?.counts).toEqual([
      [40, 50],
      [20, 25],
      [30, 4],
    ]);
  });

  test('small places are pooled, a name is no place, and a town may be too small for the list', () => {
    const few = [
      ...readers(15, { city: 'Ocala' }),
      ...readers(6, { city: 'Kenai' }),
      ...readers(12, { city: 'Rowan Hale' }),
      ...readers(11, { city: 'Lower Fennel' }),
    ];
    expect(audienceOf(few, manner)?.places).toEqual(['Ocala', 'Lower Fennel', 'other places']);
    expect(audienceOf(few, manner)?.counts).toEqual([[15], [11], [18]]);
  });

  test('states where towns would hide too much', () => {
    const spread = ['Ocala', 'Tampa', 'Kenai'].flatMap((city) =>
      readers(5, { city, state: 'FL', domain: 'big.example' }),
    );
    const answer = audienceOf([...spread, ...readers(11, { city: 'Kenai', state: 'AK' })], manner);
    expect([answer?.level, answer?.places]).toEqual(['state', ['FL', 'AK']]);
  });

  test('where no count may be shown there is no table', () => {
    expect(audienceOf([], manner)).toBeNull();
    expect(audienceOf(readers(10, { city: 'Ocala' }), manner)).toBeNull();
  });

  test('never shows 1 to 10 persons, nor one hidden count alone in a row or column', () => {
    const reader = fc.record({
      city: fc.constantFrom('Ocala', 'Kenai', 'Tampa', null),
      state: fc.constantFrom('FL', 'AK', null),
      domain: fc.constantFrom('big.example', 'a.example', null),
      times: fc.integer({ min: 1, max: 25 }),
    });
    fc.assert(
      fc.property(fc.array(reader, { maxLength: 12 }), (drawn) => {
        const all = drawn.flatMap(({ times, ...one }) => readers(times, one));
        const counts = audienceOf(all, manner)?.counts ?? [];
        for (const count of counts.flat()) {
          expect(count === null || count === 0 || count > 10).toBe(true);
        }
        const columns = (counts[0] ?? []).map((_, at) => counts.map((row) => row[at] ?? null));
        for (const line of [...counts, ...columns, counts.flat()]) {
          const isShown = line.some((count) => (count ?? 0) > 0);
          expect(isShown && line.filter((count) => count === null).length === 1).toBe(false);
        }
      }),
      { numRuns: 60 },
    );
  });
});

test('town and state are read from the slots of the wording that a text follows', () => {
  const slot = (index: number, type: 'city' | 'state') => ({
    index,
    type,
    distinct: 2,
    filled: 2,
    conforming: 1,
  });
  const template = {
    text: '',
    parts: [],
    slots: [slot(1, 'city'), slot(2, 'state')],
    values: [
      [{ slot: 1, start: 3, end: 8 }],
      [
        { slot: 1, start: 3, end: 8 },
        { slot: 2, start: 10, end: 12 },
      ],
    ],
  };
  const texts = ['in OCALA now', 'other', 'in kenai, ak'];
  expect(placesIn(texts, [{ members: [0, 2], template }])).toEqual(
    new Map([
      ['in OCALA now', { city: 'Ocala', state: null }],
      ['in kenai, ak', { city: 'Kenai', state: 'AK' }],
    ]),
  );
});
