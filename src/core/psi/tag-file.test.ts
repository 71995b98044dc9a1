import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { nodeKernels } from '../../host/kernels/index.ts';
import { randomFrom } from '../base/index.ts';
import { bitReader, bitWriter, readGaps, writeGaps } from './golomb.ts';
import { cellAt, readTags, renderTags } from './index.ts';
import { labelCode } from './label-code.ts';

describe('gaps', () => {
  test('come back for any ascending numbers', () => {
    const numbers = fc.array(fc.nat(2 ** 31 - 1), { maxLength: 60 });
    fc.assert(
      fc.property(numbers, fc.integer({ min: 20, max: 30 }), (list, remainder) => {
        const values = Float64Array.from(list).sort();
        const writer = bitWriter(8);
        writeGaps(writer, values, remainder);
        const reader = bitReader(writer.finish());
        const read = readGaps(reader, { count: values.length, remainder, below: 2 ** 31 });
        expect(read).toEqual(values);
      }),
    );
  });

  test('bits that end early are told', () => {
    expect(
      readGaps(bitReader(new Uint8Array(4).fill(255)), { count: 1, remainder: 3, below: 99 }),
    ).toBe(null);
  });
});

describe('labels', () => {
  test('come back for any counts, within 1 bit of the entropy', () => {
    const sizes = fc.array(fc.integer({ min: 1, max: 1_000_000 }), {
      minLength: 1,
      maxLength: 300,
    });
    fc.assert(
      fc.property(sizes, (counts) => {
        const code = labelCode(counts);
        const writer = bitWriter(8);
        for (const { bits, length } of code.words) writer.write(bits, length);
        const reader = bitReader(writer.finish());
        expect(counts.map(() => code.read(reader))).toEqual([...counts.keys()]);
        const total = counts.reduce((sum, count) => sum + count, 0);
        const mean = counts.reduce((sum, n, at) => sum + (n / total) * code.words[at]!.length, 0);
        const entropy = counts.reduce((sum, n) => sum - (n / total) * Math.log2(n / total), 0);
        expect(mean).toBeLessThan(entropy + 1.01);
      }),
    );
  });

  test('counts like Fibonacci numbers keep every word short', () => {
    const counts = [1, 1];
    while (counts.length < 60) counts.push(counts.at(-1)! + counts.at(-2)!);
    expect(Math.max(...labelCode(counts).words.map(({ length }) => length))).toBeLessThanOrEqual(
      30,
    );
  });
});

test('a tag file holds every tag with its cell, in at most 28 bits a record', () => {
  const random = randomFrom('tags', nodeKernels);
  const records = 20_000;
  const places = Float64Array.from(
    { length: records },
    () => random.unit() + random.unit() / 2 ** 32,
  );
  const inside = places.map((place) => place % 1);
  const cellOf = Uint16Array.from({ length: records }, () =>
    random.weighted([
      [0, 36],
      [1, 34],
      [2, 28],
      [3, 2],
    ]),
  );
  const commitment = {
    incident: 'a',
    epoch: 'b',
    epochEnds: '2020-11-30',
    key: 'name',
    mode: 'count',
    counties: null,
    people: 10_000,
    reports: 10_000,
    root: 'ab'.repeat(32),
  } as const;
  const header = {
    county: 'c',
    commitment,
    commitmentDigest: 'ab'.repeat(32),
    publicKey: new Uint8Array(32),
    releases: [],
  };
  const labels = ['DEM', 'REP', 'none', 'spike'];
  const bytes = renderTags(nodeKernels, { header, places: inside, cellOf, labels });
  expect((bytes.length * 8) / records).toBeLessThan(28);
  const tags = readTags(nodeKernels, bytes);
  if (!tags.ok) throw new Error(tags.failure.code);
  const wrong = [...inside].filter((place, at) => cellAt(tags.value, place) !== cellOf[at]);
  expect(wrong).toEqual([]);
});
