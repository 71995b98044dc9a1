import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Instant } from '../../core/base/index.ts';
import { askingOrder, type WaitingOriginal } from './asking-order.ts';

interface Row extends WaitingOriginal {
  readonly name: string;
}

const row = (name: string, more: Partial<Row> = {}): Row => ({
  name,
  asked: 0,
  boundaryIp: '192.0.2.1',
  from: 'info@board.example.org',
  at: '2020-10-20T00:00:00.000Z' as Instant,
  ...more,
});
const day = (n: number): Instant => new Date(Date.UTC(2020, 9, 1 + n)).toISOString() as Instant;
const many = (count: number, one: (n: number) => Row): readonly Row[] =>
  Array.from({ length: count }, (_, n) => one(n));
const names = (rows: readonly Row[]): readonly string[] => rows.map(({ name }) => name);

/** What runs ask about that end after so many mails with slow names. */
function runs(waiting: readonly Row[], { slowMax, count }: { slowMax: number; count: number }) {
  let open = waiting;
  const asked: string[][] = [];
  for (let run = 0; run < count; run += 1) {
    let slow = 0;
    const now = new Set<Row>();
    for (const one of askingOrder(open)) {
      if (one.name.startsWith('slow')) slow += 1;
      if (slow > slowMax) break;
      now.add(one);
    }
    asked.push(names([...now]) as string[]);
    open = open.flatMap((one) => {
      if (!now.has(one)) return [one];
      return one.name.startsWith('slow') ? [{ ...one, asked: one.asked + 1 }] : [];
    });
  }
  return asked;
}

describe('name servers are asked', () => {
  test('first about what the fewest runs have asked about, whatever else stands', () => {
    const rows = [row('tried', { asked: 1, at: day(9) }), row('new'), row('often', { asked: 7 })];
    expect(names(askingOrder(rows))).toEqual(['new', 'tried', 'often']);
  });

  test('by turns about networks, in them about senders, of a sender the newest first', () => {
    const rows = [
      ...many(3, (n) => row(`a${n}`, { at: day(n) })),
      row('b', { from: 'news@shop.example', at: null }),
      row('c', { boundaryIp: '198.51.100.7', at: null }),
      row('d', { boundaryIp: '2001:db8:1::7', from: null }),
      row('e', { boundaryIp: '2001:db8:1:2::9', from: null, at: null }),
      row('f', { boundaryIp: null, from: 'no address' }),
    ];
    expect(names(askingOrder(rows))).toEqual(['a2', 'd', 'f', 'c', 'b', 'e', 'a1', 'a0']);
  });

  test('about others too where one machine floods the case under names without end', () => {
    const flood = many(5000, (n) =>
      row(`slow${n}`, { from: `x@slow${n}.example`, at: day(n % 900) }),
    );
    const others = many(50, (n) =>
      row(`other${n}`, { boundaryIp: `198.51.${n % 5}.7`, from: `info@board${n}.example.org` }),
    );
    const [first] = runs([...flood, ...others], { slowMax: 60, count: 1 });
    expect(first).toEqual(expect.arrayContaining([...names(others)]));
  });

  test('about every mail in the end, even where the flood comes from everywhere', () => {
    const flood = many(1000, (n) =>
      row(`slow${n}`, { boundaryIp: `10.${n >> 8}.${n & 255}.1`, from: `x@slow${n}.example` }),
    );
    const others = many(20, (n) => row(`other${n}`, { boundaryIp: '198.51.100.7' }));
    const asked = runs([...flood, ...others], { slowMax: 60, count: 17 }).flat();
    expect(new Set(asked).size).toBe(1020);
    for (const { name } of others) expect(asked.filter((one) => one === name)).toHaveLength(1);
  });

  const rows = fc.array(
    fc.record({
      name: fc.string(),
      asked: fc.nat(3),
      boundaryIp: fc.constantFrom(null, '192.0.2.1', '198.51.100.2', '2001:db8::1', 'x'),
      from: fc.constantFrom(null, '', 'a@b.example', 'c@d.example.org', '@@'),
      at: fc.constantFrom(null, day(1), day(2)),
    }),
    { maxLength: 30 },
  );
  test('about each once, and as often again in the same order', () => {
    fc.assert(
      fc.property(rows, (waiting) => {
        const order = askingOrder(waiting);
        expect(order).toHaveLength(waiting.length);
        expect(new Set(order)).toEqual(new Set(waiting));
        expect(askingOrder(waiting)).toEqual(order);
        const asked = order.map((one) => one.asked);
        expect(asked).toEqual(asked.toSorted());
      }),
    );
  });
});
