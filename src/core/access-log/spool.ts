import { assert } from '../base/index.ts';

/**
 * Where look-ups wait between the two readings: blocks of bytes, given back in order. They hold
 * record numbers: a filling that writes them to disk lets nobody else read them and leaves nothing.
 */
export interface Spool {
  push(block: Uint8Array): void;
  /**
   * Every block that was pushed, in order, each at an address that 8 divides; good until the next.
   */
  blocks(): Iterable<Uint8Array>;
}

export function createMemorySpool(): Spool {
  const kept: Uint8Array[] = [];
  return { push: (block) => void kept.push(block), blocks: () => kept };
}

/** Look-ups in a block. */
export const BLOCK_ROWS = 65_536;
const ROW_BYTES = 24;

/** The look-ups of a block, a column each. */
export interface LookupRows {
  readonly count: number;
  /** Record number; NaN where it stood in the body of the request, which no log holds. */
  readonly value: Float64Array;
  readonly second: Uint32Array;
  readonly client: Uint32Array;
  /** Bytes of the response. */
  readonly bytes: Uint32Array;
  readonly status: Uint16Array;
  readonly series: Uint16Array;
}

function rowsOf(bytes: Uint8Array, count: number): LookupRows {
  assert(bytes.byteOffset % 8 === 0 && bytes.length === BLOCK_ROWS * ROW_BYTES, 'a block of rows');
  const { buffer, byteOffset } = bytes;
  const at = (column: number): number => byteOffset + BLOCK_ROWS * column;
  return {
    count,
    value: new Float64Array(buffer, at(0), BLOCK_ROWS),
    second: new Uint32Array(buffer, at(8), BLOCK_ROWS),
    client: new Uint32Array(buffer, at(12), BLOCK_ROWS),
    bytes: new Uint32Array(buffer, at(16), BLOCK_ROWS),
    status: new Uint16Array(buffer, at(20), BLOCK_ROWS),
    series: new Uint16Array(buffer, at(22), BLOCK_ROWS),
  };
}

export interface Lookup {
  readonly value: number;
  readonly second: number;
  readonly client: number;
  readonly bytes: number;
  readonly status: number;
  readonly series: number;
}

export interface Lookups {
  add(lookup: Lookup): void;
  readonly count: number;
  /** All look-ups in the order in which they were added, as often as asked. */
  blocks(): Generator<LookupRows>;
}

export function createLookups(spool: Spool): Lookups {
  let block = new Uint8Array(BLOCK_ROWS * ROW_BYTES);
  let rows = rowsOf(block, 0);
  let filled = 0;
  let pushed = 0;
  return {
    get count() {
      return pushed + filled;
    },
    add({ value, second, client, bytes, status, series }) {
      if (filled === BLOCK_ROWS) {
        spool.push(block);
        pushed += filled;
        block = new Uint8Array(BLOCK_ROWS * ROW_BYTES);
        rows = rowsOf(block, 0);
        filled = 0;
      }
      rows.value[filled] = value;
      rows.second[filled] = second;
      rows.client[filled] = client;
      rows.bytes[filled] = bytes;
      rows.status[filled] = status;
      rows.series[filled] = series;
      filled += 1;
    },
    *blocks() {
      for (const bytes of spool.blocks()) yield rowsOf(bytes, BLOCK_ROWS);
      yield rowsOf(block, filled);
    },
  };
}
