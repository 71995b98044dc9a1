import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { hexOf } from '../base/index.ts';
import { frequenciesOf, symbolReader, symbolWriter } from './entropy-coder.ts';
import { readTagBody, renderTagBody, type SortedTags } from './tag-body.ts';

const counted = (cellOf: Uint16Array, cells: number): readonly number[] => {
  const counts = new Array<number>(cells).fill(0);
  for (const cell of cellOf) counts[cell]! += 1;
  return counts;
};

describe('symbols', () => {
  const counts = fc.array(fc.integer({ min: 1, max: 1_000_000 }), { minLength: 1, maxLength: 90 });
  const bits = fc.array(fc.tuple(fc.nat(2 ** 32 - 1), fc.integer({ min: 1, max: 32 })));

  test('come back last in, first out, for any frequencies and any bits between them', () => {
    fc.assert(
      fc.property(counts, bits, (shares, numbers) => {
        const of = frequenciesOf(shares);
        const total = of.starts.at(-1)!;
        const put = numbers.map(([number, width]) => ({
          symbol: number % shares.length,
          value: number % 2 ** width,
          width,
        }));
        const writer = symbolWriter(total, 0);
        for (const { symbol, value, width } of put) {
          writer.put(symbol, of);
          writer.putBits(value, width);
        }
        const reader = symbolReader(total, writer.finish())!;
        for (const { symbol, value, width } of put.reverse()) {
          expect([reader.takeBits(width), reader.take(of)]).toEqual([value, symbol]);
        }
        expect(reader.ended()).toBe(true);
      }),
    );
  });

  test('one that always comes takes no bits', () => {
    const of = frequenciesOf([900]);
    const writer = symbolWriter(900, 0);
    for (let at = 0; at < 900; at++) writer.put(0, of);
    expect(writer.finish().length).toBe(7);
  });
});

describe('sorted tags', () => {
  const spreads = fc.integer({ min: 1, max: 200_000_000 });
  const rows = fc.array(fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.nat(6)), {
    minLength: 1,
    maxLength: 80,
  });
  const tagsOf = (places: readonly (readonly [number, number])[], spread: number): SortedTags => {
    const range = places.length * spread;
    const values = places.map(([place]) => Math.min(Math.floor(place * range), range - 1));
    return {
      values: Float64Array.from(values).sort(),
      cellOf: Uint16Array.from(places, ([, cell]) => cell),
    };
  };

  test('come back for any places, one over the other or all at the end, and any cells', () => {
    fc.assert(
      fc.property(rows, spreads, (places, spread) => {
        const tags = tagsOf(places, spread);
        const known = { counts: counted(tags.cellOf, 7), spread };
        expect(readTagBody(renderTagBody({ ...known, ...tags }), known)).toEqual(tags);
      }),
    );
  });

  test('cut, longer or changed bytes are other tags or refused, and never thrown at', () => {
    fc.assert(
      fc.property(rows, spreads, fc.nat(), fc.nat(7), (places, spread, at, bit) => {
        const tags = tagsOf(places, spread);
        const known = { counts: counted(tags.cellOf, 7), spread };
        const body = renderTagBody({ ...known, ...tags });
        expect(readTagBody(body.subarray(0, at % body.length), known)).toBe(null);
        expect(readTagBody(Uint8Array.of(...body, 0), known)).toBe(null);
        const changed = body.with(at % body.length, body[at % body.length]! ^ (1 << bit));
        expect(readTagBody(changed, known)).not.toEqual(tags);
      }),
    );
  });

  test('any bytes and any counts are read or refused', () => {
    const counts = fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 30 });
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), counts, spreads, (body, cells, spread) => {
        const read = readTagBody(body, { counts: cells, spread });
        if (read === null) return;
        expect(renderTagBody({ counts: cells, spread, ...read })).toEqual(body);
      }),
    );
    const lying = { counts: [100_000_000], spread: 2_000_000 };
    expect(readTagBody(new Uint8Array(4000), lying)).toBe(null);
  });

  test('are the same bytes on every machine', () => {
    const tags = {
      values: Float64Array.of(7, 1e6, 1e6, 7_999_999),
      cellOf: Uint16Array.of(0, 1, 0, 2),
    };
    const body = renderTagBody({ counts: [2, 1, 1], spread: 2_000_000, ...tags });
    expect(hexOf(body)).toBe('000000030c0c34aae9e7308200f0a5fe0003');
  });
});
