import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  asked,
  committed,
  counted,
  countsOf,
  curve,
  encoded,
  expectedBy,
  PARTIES,
  people,
  primitives,
  value,
} from '../../../test/kit/exchange.ts';
import { blindedElements, mergedCells, readQuery, type TagHeader } from '../../core/psi/index.ts';

const person = (at: number): string => people(at, at + 1)[0]!;

describe('the exchange in count mode', () => {
  test('cells agree with a plain join on random rolls', () => {
    const rolls = fc.array(fc.tuple(fc.integer({ min: 0, max: 900 }), fc.nat(3)), {
      minLength: 420,
      maxLength: 700,
    });
    fc.assert(
      fc.property(rolls, fc.integer({ min: 0, max: 400 }), (rows, from) => {
        const roll = new Map(rows.map(([at, cell]) => [person(at), PARTIES[cell]!] as const));
        fc.pre(roll.size >= 200);
        const list = people(from, from + 230);
        const merged = mergedCells(countsOf([...roll.values()]));
        const join = countsOf(
          list.filter((one) => roll.has(one)).map((one) => merged.get(roll.get(one)!)!),
        );
        const found = value(counted(roll, list));
        expect(
          new Map(found.cells.filter(({ hits }) => hits > 0).map((c) => [c.label, c.hits])),
        ).toEqual(join);
        expect(found).toMatchObject({ asked: 230, records: roll.size });
      }),
      { numRuns: 8 },
    );
  });

  test('what the county sees depends on the length of the list alone', () => {
    const roll = new Map(people(0, 210).map((one) => [one, 'a'] as const));
    const views = [people(0, 210), people(5000, 5210)].map((list) => {
      const made = committed(list);
      const { header } = encoded(roll, made);
      const digest = 'ab'.repeat(32);
      const bytes = asked(header, digest, list, randomBytes(32)).bytes;
      const query = value(readQuery(primitives, bytes, expectedBy(header, digest)));
      return { bytes, query, commitment: { ...made.commitment, root: '' } };
    });
    const [on, off] = [views[0]!, views[1]!];
    // Every byte outside the blinded elements and the file's own checksum is the same.
    const head = on.bytes.length - 32 - 250 * 32;
    expect(off.bytes.length).toBe(on.bytes.length);
    expect(off.bytes.slice(0, head)).toEqual(on.bytes.slice(0, head));
    expect(off.commitment).toEqual(on.commitment);
    // No element returns in another exchange, not even of one person.
    const again = asked(on0(roll), 'ab'.repeat(32), people(0, 210), randomBytes(32)).elements;
    const seen = new Set(on.query.elements.map((one) => Buffer.from(one).toString('hex')));
    expect(again.some((one) => seen.has(Buffer.from(one).toString('hex')))).toBe(false);
  });

  test('a simulator that never saw a list writes the same transcript', () => {
    // A blinded element is a uniform element: here the bytes of real and drawn ones are compared,
    // chi-squared over 255 values of the middle byte, well below the 1 in 10^6 limit of 370.
    const { header } = encoded(
      new Map(people(0, 200).map((one) => [one, 'a'])),
      committed(people(0, 200)),
    );
    const middle = (elements: readonly Uint8Array[]): number => {
      const counts = new Array<number>(256).fill(0);
      for (const element of elements) counts[element[16]!]! += 1;
      const wanted = elements.length / 256;
      return counts.reduce((sum, count) => sum + (count - wanted) ** 2 / wanted, 0);
    };
    const real = [
      ...blindedElements(primitives, header, {
        identities: people(0, 1300),
        seed: randomBytes(32),
      }),
    ];
    const drawn = real.map(() => curve.fromUniform(randomBytes(64)));
    expect(middle(real)).toBeLessThan(370);
    expect(middle(drawn)).toBeLessThan(370);
  });

  test('the order of the list leaves no trace', () => {
    const { header } = encoded(
      new Map(people(0, 200).map((one) => [one, 'a'])),
      committed(people(0, 200)),
    );
    const list = people(0, 205);
    const one = asked(header, 'ab'.repeat(32), list).bytes;
    expect(asked(header, 'ab'.repeat(32), list.toReversed()).bytes).toEqual(one);
  });
});

const on0 = (roll: ReadonlyMap<string, string>): TagHeader =>
  encoded(roll, committed([...roll.keys()])).header;
