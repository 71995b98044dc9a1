import { expect, test } from 'vitest';
import { BLOCK_ROWS, createLookups, createMemorySpool, type Lookup } from './spool.ts';

/** Every column its own number, so that none can stand in another's place. */
const lookup = (at: number): Lookup => ({
  value: at * 1_000_003 + 0.5,
  second: 1_600_000_000 + at,
  client: 3_000_000_000 + at,
  bytes: 4_200_000_000 - at,
  status: 100 + (at % 500),
  series: 65_535 - (at % 500),
});

test('look-ups come back in order, every column whole, across the end of a block', () => {
  const lookups = createLookups(createMemorySpool());
  const count = BLOCK_ROWS + 3;
  for (let at = 0; at < count; at++) lookups.add(lookup(at));
  expect(lookups.count).toBe(count);
  for (const _ of ['read', 'read again']) {
    const blocks = [...lookups.blocks()];
    expect(blocks.map((rows) => rows.count)).toEqual([BLOCK_ROWS, 3]);
    for (const at of [0, 1, 4_711, BLOCK_ROWS - 1, BLOCK_ROWS, BLOCK_ROWS + 2]) {
      const rows = blocks[Math.floor(at / BLOCK_ROWS)]!;
      const place = at % BLOCK_ROWS;
      const { value, second, client, bytes, status, series } = rows;
      expect({
        ...{ value: value[place], second: second[place], client: client[place] },
        ...{ bytes: bytes[place], status: status[place], series: series[place] },
      }).toEqual(lookup(at));
    }
  }
});
