import { ipv6Groups } from '../observables/index.ts';

/** Ranges of addresses with what a table says of them, searched in logarithmic time. */
export interface IpTable {
  readonly ranges: number;
  /** Rows that are no range, or that overlap or break the order: not searched. */
  readonly unread: number;
  /** The columns behind the range, as the table writes them; null where no range holds the address. */
  find(ip: string): readonly string[] | null;
}

/** Rows of one table; all routed networks of 2026 are under 600,000. */
export const IP_RANGES_MAX = 4_000_000;

/** Words of an address: one for IPv4, four for IPv6. */
type Width = 1 | 4;

/**
 * Reads a table of ranges: CSV or TSV rows of first address, last address, then any columns.
 *
 * Addresses stand as text or as whole numbers (IPv4 under 2^32), in rising order, as routing
 * tables are published. Both families may stand in one table. Rows are kept in typed arrays:
 * 12 bytes for an IPv4 range, 36 for IPv6, each different set of columns once.
 */
export function readIpTable(text: string): IpTable {
  const families = { 1: new Family(1), 4: new Family(4) } as const;
  const labels = new Map<string, number>();
  const columns: (readonly string[])[] = [];
  let [unread, rows] = [0, 0];
  for (let at = 0; at < text.length && rows < IP_RANGES_MAX; rows += 1) {
    const stop = text.indexOf('\n', at);
    const end = stop < 0 ? text.length : stop;
    const line = text.charCodeAt(end - 1) === 13 ? text.slice(at, end - 1) : text.slice(at, end);
    at = end + 1;
    if (line === '' || line.startsWith('#')) continue;
    const mark = line.includes('\t') ? '\t' : ',';
    const first = line.indexOf(mark);
    const second = line.indexOf(mark, first + 1);
    const from = first < 0 || second < 0 ? null : wordsOf(unquoted(line.slice(0, first)));
    const until = from === null ? null : wordsOf(unquoted(line.slice(first + 1, second)));
    const label = line.slice(second + 1);
    let id = labels.get(label);
    if (id === undefined) {
      id = columns.length;
      labels.set(label, id);
      columns.push(splitColumns(label, mark));
    }
    const isRange = from !== null && until !== null && from.length === until.length;
    if (!isRange || !families[from.length === 1 ? 1 : 4].push(from, until, id)) unread += 1;
  }
  return {
    ranges: families[1].size + families[4].size,
    unread,
    find(ip) {
      const words = wordsOf(ip);
      if (words === null) return null;
      const id = families[words.length === 1 ? 1 : 4].find(words);
      return id === null ? null : (columns[id] ?? null);
    },
  };
}

/** Growing sorted ranges of one address family. */
class Family {
  readonly #width: Width;
  #from: Uint32Array;
  #until: Uint32Array;
  #ids: Uint32Array;
  size = 0;

  constructor(width: Width) {
    this.#width = width;
    this.#from = new Uint32Array(1024 * width);
    this.#until = new Uint32Array(1024 * width);
    this.#ids = new Uint32Array(1024);
  }

  push(from: readonly number[], until: readonly number[], id: number): boolean {
    const { size } = this;
    if (compare(until, 0, from, 0, this.#width) < 0) return false;
    if (size > 0 && compare(this.#until, size - 1, from, 0, this.#width) >= 0) return false;
    if (size === this.#ids.length) this.#grow();
    this.#from.set(from, size * this.#width);
    this.#until.set(until, size * this.#width);
    this.#ids[size] = id;
    this.size = size + 1;
    return true;
  }

  find(words: readonly number[]): number | null {
    let [low, high] = [0, this.size];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (compare(this.#from, middle, words, 0, this.#width) <= 0) low = middle + 1;
      else high = middle;
    }
    const at = low - 1;
    if (at < 0 || compare(this.#until, at, words, 0, this.#width) < 0) return null;
    return this.#ids[at] ?? null;
  }

  #grow(): void {
    const grown = (old: Uint32Array): Uint32Array => {
      const more = new Uint32Array(old.length * 2);
      more.set(old);
      return more;
    };
    this.#from = grown(this.#from);
    this.#until = grown(this.#until);
    this.#ids = grown(this.#ids);
  }
}

function compare(
  a: ArrayLike<number>,
  aAt: number,
  b: ArrayLike<number>,
  bAt: number,
  width: Width,
): number {
  for (let word = 0; word < width; word += 1) {
    const difference = (a[aAt * width + word] ?? 0) - (b[bAt * width + word] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

const unquoted = (text: string): string => (text.startsWith('"') ? text.slice(1, -1) : text);

/** Columns of RFC 4180: quotes may hold the mark. */
function splitColumns(label: string, mark: string): readonly string[] {
  if (!label.includes('"')) return label.split(mark);
  const columns: string[] = [];
  for (const hit of `${mark}${label}`.matchAll(/[,\t](?:"((?:[^"]|"")*)"|([^,\t]*))/g))
    columns.push((hit[1] ?? hit[2] ?? '').replace(/""/g, '"'));
  return columns;
}

/** One word for IPv4, four for IPv6; null for anything else. */
function wordsOf(text: string): readonly number[] | null {
  if (/^\d{1,39}$/.test(text)) return wordsOfNumber(text);
  const dotted = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/.exec(text);
  if (dotted !== null) {
    const [a = 0, b = 0, c = 0, d = 0] = dotted.slice(1).map(Number);
    return Math.max(a, b, c, d) > 255 ? null : [((a * 256 + b) * 256 + c) * 256 + d];
  }
  const groups = text.includes(':') ? ipv6Groups(text) : null;
  if (groups === null) return null;
  return [0, 2, 4, 6].map((at) => (groups[at] ?? 0) * 65_536 + (groups[at + 1] ?? 0));
}

function wordsOfNumber(text: string): readonly number[] | null {
  if (text.length <= 10 && Number(text) < 2 ** 32) return [Number(text)];
  let rest = BigInt(text);
  const words = [0, 0, 0, 0];
  for (let word = 3; word >= 0; word -= 1) {
    words[word] = Number(rest & 0xffff_ffffn);
    rest >>= 32n;
  }
  return rest === 0n ? words : null;
}
