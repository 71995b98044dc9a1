import { type Agent, createAgents, ipv4, networkOf } from '../web-log/index.ts';

/**
 * Clients that are told apart, a client being an address with a user agent. Beyond it requests are
 * counted under one row; 64 bytes each keep the table within 130 MB.
 */
export const CLIENTS_MAX = 1_500_000;
/** Row 0 stands for all that came after the table was full. */
const OTHERS = 0;

/** Counts of each client, by its row. */
export interface Clients {
  readonly agents: readonly Agent[];
  /** Row of the client. Its texts are copied where they are kept. */
  row(address: string, agent: string): number;
  readonly size: number;
  readonly full: boolean;
  agentOf(row: number): number;
  /** Tells addresses apart, whatever their agents; it is no address. */
  addressKey(row: number): number;
  network(row: number): number;
  countAsset(row: number): void;
  /** One look-up; `value` tells a repeated question from another one. */
  countLookup(row: number, second: number, value: number): void;
  assets(row: number): number;
  lookups(row: number): number;
  /** Look-ups that asked for another record than the one before. */
  changes(row: number): number;
  /** Most look-ups in one hour by the clock. */
  peakHour(row: number): number;
  /** Seconds of the earliest and the latest look-up. */
  firstLookup(row: number): number;
  lastLookup(row: number): number;
}

interface Columns {
  readonly keyHigh: Uint32Array;
  readonly keyLow: Uint32Array;
  readonly network: Float64Array;
  readonly assets: Uint32Array;
  readonly lookups: Uint32Array;
  readonly changes: Uint32Array;
  readonly lastValue: Float64Array;
  readonly hour: Uint32Array;
  readonly inHour: Uint32Array;
  readonly peak: Uint32Array;
  readonly first: Uint32Array;
  readonly last: Uint32Array;
}

const columns = (rows: number): Columns => ({
  keyHigh: new Uint32Array(rows),
  keyLow: new Uint32Array(rows),
  network: new Float64Array(rows),
  assets: new Uint32Array(rows),
  lookups: new Uint32Array(rows),
  changes: new Uint32Array(rows),
  lastValue: new Float64Array(rows),
  hour: new Uint32Array(rows),
  inHour: new Uint32Array(rows),
  peak: new Uint32Array(rows),
  first: new Uint32Array(rows),
  last: new Uint32Array(rows),
});

function grown(old: Columns, rows: number): Columns {
  const next = columns(rows);
  for (const name of Object.keys(old) as (keyof Columns)[]) next[name].set(old[name]);
  return next;
}

const FIRST_ROWS = 16_384;

export function createClients(copy: (text: string) => string): Clients {
  const agents = createAgents(copy);
  let table = columns(FIRST_ROWS);
  let places = new Uint32Array(FIRST_ROWS * 2);
  let size = 1;
  let full = false;

  const find = (high: number, low: number): number => {
    const mask = places.length - 1;
    let at = (Math.imul(high ^ Math.imul(low, 0x9e37_79b1), 0x85eb_ca6b) >>> 7) & mask;
    for (let row = places[at]!; row !== 0; row = places[at]!) {
      if (table.keyHigh[row] === high && table.keyLow[row] === low) return row;
      at = (at + 1) & mask;
    }
    return -at - 1;
  };
  const grow = (): void => {
    table = grown(table, table.keyHigh.length * 2);
    places = new Uint32Array(places.length * 2);
    for (let row = 1; row < size; row++) {
      places[-find(table.keyHigh[row]!, table.keyLow[row]!) - 1] = row;
    }
  };

  return {
    agents: agents.all,
    get size() {
      return size;
    },
    get full() {
      return full || agents.full;
    },
    row(address, agentText) {
      const agent = agents.row(agentText);
      const v4 = ipv4(address);
      const [high, low] = Number.isNaN(v4) ? hashed(address, agent) : [v4, agent];
      const known = find(high, low);
      if (known >= 0) return known;
      if (size >= CLIENTS_MAX) {
        full = true;
        return OTHERS;
      }
      if (size >= table.keyHigh.length) {
        grow();
        return this.row(address, agentText);
      }
      places[-known - 1] = size;
      table.keyHigh[size] = high;
      table.keyLow[size] = low;
      table.network[size] = networkOf(address, v4);
      table.lastValue[size] = Number.NaN;
      size += 1;
      return size - 1;
    },
    agentOf: (row) => table.keyLow[row]! & 0xffff,
    addressKey: (row) => table.keyHigh[row]!,
    network: (row) => table.network[row]!,
    countAsset(row) {
      table.assets[row]! += 1;
    },
    countLookup(row, second, value) {
      if (table.lookups[row] === 0 || second < table.first[row]!) table.first[row] = second;
      if (second > table.last[row]!) table.last[row] = second;
      table.lookups[row]! += 1;
      if (table.lastValue[row] !== value) table.changes[row]! += 1;
      table.lastValue[row] = value;
      const hour = Math.floor(second / 3600);
      table.inHour[row] = table.hour[row] === hour ? table.inHour[row]! + 1 : 1;
      table.hour[row] = hour;
      if (table.inHour[row]! > table.peak[row]!) table.peak[row] = table.inHour[row]!;
    },
    assets: (row) => table.assets[row]!,
    lookups: (row) => table.lookups[row]!,
    changes: (row) => table.changes[row]!,
    peakHour: (row) => table.peak[row]!,
    firstLookup: (row) => table.first[row]!,
    lastLookup: (row) => table.last[row]!,
  };
}

/** Two hashes of an address that is not IPv4; 47 bits, so that a million seldom meet. */
function hashed(address: string, agent: number): readonly [number, number] {
  let high = 0x811c_9dc5;
  let low = 0x1234_5671;
  for (let at = 0; at < address.length && at < 64; at++) {
    const code = address.charCodeAt(at);
    high = Math.imul(high ^ code, 0x0100_0193);
    low = Math.imul(low + code, 0x85eb_ca6b) ^ (low >>> 13);
  }
  return [high >>> 0, ((0x8000_0000 | ((low & 0x7fff) << 16)) >>> 0) + agent];
}
