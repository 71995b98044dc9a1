import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Instant, instantFromMilliseconds, type Sha256 } from '../../core/base/index.ts';
import { createOriginalTable, type IndexedOriginal } from './original-table.ts';

const digest = fc
  .bigInt({ min: 0n, max: 2n ** 256n - 1n })
  .map((number) => number.toString(16).padStart(64, '0') as Sha256);
const exhibits = fc.constantFrom(
  ...(['0a', '0b', '10'].map((end) => end.padStart(64, '0')) as Sha256[]),
);
const instant = fc
  .integer({ min: -62_167_219_200_000, max: 253_402_300_799_999 })
  .map((at) => instantFromMilliseconds(at) as Instant);
const few = fc.constantFrom('', 'a', 'b\nc', 'd');

type Added = Omit<IndexedOriginal, 'judged' | 'checked'>;

const originals: fc.Arbitrary<Added> = fc.record({
  exhibit: exhibits,
  path: fc.constantFrom('0', '1', '17', '17.0', '17.i2'),
  mail: fc.record({
    path: fc.constantFrom('0', '1', '17'),
    base: few,
    offset: fc.integer({ min: 0, max: 2 ** 50 }),
    length: fc.integer({ min: 0, max: 2 ** 33 }),
    transforms: fc.constantFrom<string[]>([], ['zipEntry']),
  }),
  sha256: digest,
  from: fc.option(fc.record({ name: few, address: few })),
  subject: fc.option(few),
  at: fc.option(instant),
  boundaryIp: fc.option(few),
  forward: fc.option(
    fc.record({ method: fc.constant('digest'), intact: fc.boolean(), lost: fc.constant([]) }),
  ),
  recipients: fc.array(fc.constantFrom('', 'v@x.example', 'w@x.example'), { maxLength: 2 }),
  delivery: fc.option(
    fc.record({
      deliveredTo: fc.constantFrom([], ['w@x.example']),
      receivedFor: fc.constantFrom(null, 'w@x.example'),
      personal: fc.boolean(),
    }),
  ),
  handingOn: fc.option(
    fc.record({
      either: fc.boolean(),
      lies: fc.boolean(),
      reached: fc.constantFrom([], ['w@x.example']),
      claimed: fc.boolean(),
    }),
  ),
  author: fc.integer({ min: 0, max: 2 ** 32 - 1 }),
}) as never;

/** A row reads from the table: its members are not its own. */
const plain = (row: IndexedOriginal | Added) => ({
  exhibit: row.exhibit,
  path: row.path,
  mail: row.mail,
  sha256: row.sha256,
  from: row.from,
  subject: row.subject,
  at: row.at,
  boundaryIp: row.boundaryIp,
  forward: row.forward,
  delivery: row.delivery,
  handingOn: row.handingOn,
  recipients: row.recipients,
  author: row.author,
});

describe('a table of originals', () => {
  test('gives back what went in, the last at each place', () => {
    fc.assert(
      fc.property(fc.array(originals, { maxLength: 40 }), (all) => {
        const table = createOriginalTable();
        const last = new Map<string, Added>();
        for (const one of all) {
          table.add(one);
          last.set(`${one.exhibit}/${one.path}`, one);
        }
        expect(table.count).toBe(last.size);
        for (const one of last.values()) {
          const number = table.find(one.exhibit, one.path);
          expect(plain(table.at(number ?? -1))).toEqual(plain(one));
        }
        expect(table.find('f'.repeat(64) as Sha256, '0')).toBeNull();
      }),
      { numRuns: 60 },
    );
  });

  test('finds every one of many', () => {
    const table = createOriginalTable();
    const [some] = fc.sample(originals, { numRuns: 1, seed: 1 });
    if (some === undefined) throw new Error('no original');
    for (let n = 0; n < 5_000; n++) table.add({ ...some, path: `${n}` });
    const found = Array.from({ length: 5_000 }, (_, n) => table.find(some.exhibit, `${n}`));
    expect(found).toEqual(Array.from({ length: 5_000 }, (_, n) => n));
  });

  test('knows no verdict until it is told one', () => {
    const table = createOriginalTable();
    const [a, b] = fc.sample(originals, { numRuns: 2, seed: 2 });
    if (a === undefined || b === undefined) throw new Error('no original');
    const [first, second] = [table.add({ ...a, path: '0' }), table.add({ ...b, path: '1' })];
    const judged = { kind: 'lookalike', isProbable: true, coercion: ['threat'] };
    table.judge(second, judged);
    expect(table.at(first).judged).toMatchObject({ kind: 'undetermined', coercion: [] });
    expect(table.at(second).judged).toEqual(judged);
  });

  test('orders by time, none last, then by exhibit and path as text', () => {
    fc.assert(
      fc.property(fc.array(originals, { maxLength: 12 }), (all) => {
        const table = createOriginalTable();
        const numbers = [...new Set(all.map((one) => table.add(one)))];
        const keyOf = (number: number): string => {
          const { at, exhibit, path } = table.at(number);
          return `${at ?? '~'} ${exhibit}/${path}`;
        };
        const ordered = numbers.toSorted(table.inOrderOfTime).map(keyOf);
        expect(ordered).toEqual(ordered.toSorted((x, y) => (x < y ? -1 : 1)));
      }),
    );
  });
});
