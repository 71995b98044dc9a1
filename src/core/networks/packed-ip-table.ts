import { joinBytes, type Kernels } from '../base/index.ts';
import { wordsOf } from './ip-ranges.ts';
import type { IpTable } from './ip-table.ts';

/** One range: first and last address as numbers, and the place of what is said in `labels`. */
export type PackedRange = readonly [from: number, until: number, label: number];

/**
 * A table of ranges in few bytes. IPv4 counts addresses, IPv6 counts blocks of 48 bits: routers
 * announce nothing longer (RFC 7454 section 6.1.3).
 */
export interface IpTableParts {
  /** Rising, without overlap. */
  readonly ipv4: readonly PackedRange[];
  /** In units of /48, so every number is under 2^48. */
  readonly ipv6: readonly PackedRange[];
  /** Columns of each label. */
  readonly labels: readonly (readonly string[])[];
}

/** Compresses a page, or undoes it. */
type PageBytes = (bytes: Uint8Array) => Uint8Array;

const HEAD = 'tocsin-ip-table/2';
/** Ranges and labels of a page: one look-up unpacks a page of each, not the table. */
const PAGE_RANGES = 8192;
const PAGE_LABELS = 2048;

/**
 * Bytes of a table: a head of lines, then pages, each compressed by itself. The head says how many
 * ranges each family has, then of IPv4 the first address of each page and the pages' lengths, the
 * same of IPv6, and the lengths of the labels' pages. A page of ranges is three runs of base-128
 * numbers (gap to the range before, length less one, label), one of labels is lines of columns
 * parted by tabs.
 */
export function packIpTable(
  { ipv4, ipv6, labels }: IpTableParts,
  { encode }: Pick<Kernels, 'encode'>,
  compress: PageBytes,
): Uint8Array<ArrayBuffer> {
  const pages = (ranges: readonly PackedRange[]): PackedRange[][] => chunks(ranges, PAGE_RANGES);
  const [narrow, wide] = [pages(ipv4), pages(ipv6)];
  const packed = [narrow, wide].map((family) => family.map((page) => compress(packedPage(page))));
  const words = chunks(labels, PAGE_LABELS).map((page) =>
    compress(encode(page.map((columns) => columns.join('\t')).join('\n'))),
  );
  const firsts = [narrow, wide].map((family) => family.map(([range]) => range![0]));
  const lengths = [...packed, words].map((family) => family.map(({ length }) => length));
  const head = [
    [ipv4.length, ipv6.length],
    ...[firsts[0]!, lengths[0]!, firsts[1]!, lengths[1]!, lengths[2]!],
  ];
  const lines = [HEAD, ...head.map((numbers) => numbers.join(' '))];
  return joinBytes(encode(`${lines.join('\n')}\n`), ...packed.flat(), ...words);
}

function chunks<Item>(items: readonly Item[], size: number): Item[][] {
  const found: Item[][] = [];
  for (let at = 0; at < items.length; at += size) found.push(items.slice(at, at + size));
  return found;
}

function packedPage(ranges: readonly PackedRange[]): Uint8Array {
  const first = ranges[0]![0];
  return joinBytes(
    base128(ranges.map(([from], at) => from - (ranges[at - 1]?.[1] ?? first - 1) - 1)),
    base128(ranges.map(([from, until]) => until - from)),
    base128(ranges.map(([, , label]) => label)),
  );
}

/** Lines of the head, and a bound of its length. */
const HEAD_LINES = 7;
const HEAD_LENGTH_MAX = 1_000_000;

/** The table in packed bytes, ready to search; null where they are no such table. */
export function unpackIpTable(
  bytes: Uint8Array,
  { utf8 }: Pick<Kernels, 'utf8'>,
  decompress: PageBytes,
): IpTable | null {
  let end = 0;
  for (let line = 0; line < HEAD_LINES; line += 1) {
    end = bytes.subarray(0, HEAD_LENGTH_MAX).indexOf(10, end) + 1;
    if (end === 0) return null;
  }
  const [name, ...lines] = utf8(bytes, 0, end - 1).split('\n');
  if (name !== HEAD) return null;
  const numbers = lines.map((line) => (line === '' ? [] : line.split(' ').map(Number)));
  if (!numbers.flat().every(isCount)) return null;
  const [counts = [], firsts4 = [], lengths4 = [], firsts6 = [], lengths6 = [], words = []] =
    numbers;
  let at = end;
  const pagesOf = (lengths: readonly number[]): Uint8Array[] =>
    lengths.map((length) => {
      at += length;
      return bytes.subarray(at - length, at);
    });
  if (firsts4.length !== pageCount(counts[0]) || firsts6.length !== pageCount(counts[1]))
    return null;
  if (firsts4.length !== lengths4.length || firsts6.length !== lengths6.length) return null;
  const ranges = [
    pageReader(counts[0] ?? 0, { firsts: firsts4, pages: pagesOf(lengths4) }, decompress),
    pageReader(counts[1] ?? 0, { firsts: firsts6, pages: pagesOf(lengths6) }, decompress),
  ] as const;
  const labels = pagesOf(words);
  if (at !== bytes.length) return null;
  const read = new Map<number, readonly string[]>();
  const columns = (id: number): readonly string[] | null => {
    const page = Math.floor(id / PAGE_LABELS);
    let rows = read.get(page);
    if (rows === undefined) {
      const plain = decompress(labels[page] ?? NO_BYTES);
      rows = utf8(plain, 0, plain.length).split('\n');
      read.set(page, rows);
    }
    return rows[id % PAGE_LABELS]?.split('\t') ?? null;
  };
  return {
    ranges: (counts[0] ?? 0) + (counts[1] ?? 0),
    unread: 0,
    find(ip) {
      const address = wordsOf(ip);
      if (address === null) return null;
      const [high = 0, low = 0] = address;
      const id =
        address.length === 1
          ? ranges[0](high)
          : ranges[1](high * 65_536 + Math.floor(low / 65_536));
      return id === null ? null : columns(id);
    },
  };
}

const pageCount = (ranges = 0): number => Math.ceil(ranges / PAGE_RANGES);
const NO_BYTES = new Uint8Array();
const isCount = (number: number): boolean => Number.isSafeInteger(number) && number >= 0;

interface Page {
  readonly from: Float64Array;
  readonly until: Float64Array;
  readonly ids: Float64Array;
}

/** The label of the range that holds an address; a page is unpacked when it is first looked in. */
function pageReader(
  count: number,
  { firsts, pages }: { readonly firsts: readonly number[]; readonly pages: readonly Uint8Array[] },
  decompress: PageBytes,
): (address: number) => number | null {
  const read = new Map<number, Page>();
  return (address) => {
    const at = firsts.findLastIndex((first) => first <= address);
    if (at < 0) return null;
    let page = read.get(at);
    if (page === undefined) {
      const rows = Math.min(PAGE_RANGES, Math.max(0, count - at * PAGE_RANGES));
      page = pageIn(decompress(pages[at] ?? NO_BYTES), rows, firsts[at]!);
      read.set(at, page);
    }
    return labelIn(page, address);
  };
}

function pageIn(bytes: Uint8Array, rows: number, first: number): Page {
  const runs = fromBase128(bytes, rows * 3);
  const [from, until] = [runs.subarray(0, rows), runs.subarray(rows, rows * 2)];
  // Gaps become first addresses, lengths last ones.
  let before = first - 1;
  for (let at = 0; at < rows; at += 1) {
    from[at] = before + 1 + from[at]!;
    before = from[at]! + until[at]!;
    until[at] = before;
  }
  return { from, until, ids: runs.subarray(rows * 2) };
}

function labelIn({ from, until, ids }: Page, address: number): number | null {
  let [low, high] = [0, from.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (from[middle]! <= address) low = middle + 1;
    else high = middle;
  }
  const at = low - 1;
  return at < 0 || until[at]! < address ? null : ids[at]!;
}

/** Numbers of seven bits a byte, lowest first; the high bit says that more follows. */
function base128(numbers: readonly number[]): Uint8Array {
  const octets: number[] = [];
  for (let number of numbers) {
    for (; number >= 128; number = Math.floor(number / 128)) octets.push((number % 128) | 128);
    octets.push(number);
  }
  return Uint8Array.from(octets);
}

/** So many numbers; 0 for those that are not there. */
function fromBase128(octets: Uint8Array, count: number): Float64Array {
  const room = new Float64Array(count);
  let [number, weight] = [0, 1];
  for (let at = 0, row = 0; at < octets.length && row < count; at += 1) {
    const octet = octets[at]!;
    number += (octet & 127) * weight;
    weight *= 128;
    if (octet < 128) {
      room[row++] = number;
      number = 0;
      weight = 1;
    }
  }
  return room;
}
