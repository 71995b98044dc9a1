import type { Kernels } from '../base/index.ts';
import { IpRanges, type SortedRanges } from './ip-ranges.ts';
import { type IpFamilies, type IpTable, searchable } from './ip-table.ts';

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

const HEAD = 'tocsin-ip-table/1 ';

/**
 * Bytes of a table: a line with the counts and lengths, then, for each family, three runs of
 * base-128 numbers (gap to the range before, length less one, label), then the labels as lines of
 * columns parted by tabs. Whoever stores it compresses it.
 */
export function packIpTable(
  { ipv4, ipv6, labels }: IpTableParts,
  { encode }: Pick<Kernels, 'encode'>,
): Uint8Array<ArrayBuffer> {
  const runs = [ipv4, ipv6].flatMap((ranges) => [
    base128(ranges.map(([from], at) => from - (ranges[at - 1]?.[1] ?? -1) - 1)),
    base128(ranges.map(([from, until]) => until - from)),
    base128(ranges.map(([, , label]) => label)),
  ]);
  const words = encode(labels.map((columns) => columns.join('\t')).join('\n'));
  const lengths = [ipv4.length, ipv6.length, ...runs.map(({ length }) => length), words.length];
  return joined([encode(`${HEAD}${lengths.join(' ')}\n`), ...runs, words]);
}

/**
 * The table in packed bytes, ready to search; null where they are no such table. Each family is
 * unpacked when its first address is looked up: few mails have one of IPv6.
 */
export function unpackIpTable(bytes: Uint8Array, { utf8 }: Pick<Kernels, 'utf8'>): IpTable | null {
  const end = bytes.subarray(0, 200).indexOf(10);
  const line = end < 0 ? '' : String.fromCharCode(...bytes.subarray(0, end));
  if (!line.startsWith(HEAD)) return null;
  const numbers = line.slice(HEAD.length).split(' ').map(Number);
  const lengths = numbers.slice(2);
  const stop = end + 1 + lengths.reduce((sum, length) => sum + length, 0);
  if (numbers.length !== 9 || !numbers.every(isCount) || stop !== bytes.length) return null;
  let at = end + 1;
  const runs = lengths.slice(0, 6).map((length) => {
    at += length;
    return bytes.subarray(at - length, at);
  });
  const [ipv4 = 0, ipv6 = 0] = numbers;
  let [narrow, wide]: (IpRanges | null)[] = [null, null];
  const families: IpFamilies = {
    get 1() {
      narrow ??= new IpRanges(1, addresses(ipv4, runs.slice(0, 3)));
      return narrow;
    },
    get 4() {
      wide ??= new IpRanges(4, blocks(ipv6, runs.slice(3)));
      return wide;
    },
  };
  const labels = utf8(bytes, at, bytes.length).split('\n');
  const columns = (id: number): readonly string[] | null => labels[id]?.split('\t') ?? null;
  return searchable(families, columns, { ranges: ipv4 + ipv6, unread: 0 });
}

const isCount = (number: number): boolean => Number.isSafeInteger(number) && number >= 0;

function addresses(count: number, runs: readonly Uint8Array[]): SortedRanges {
  const [gaps, lengths, ids] = numbersOf(count, runs);
  const ranges = { from: new Uint32Array(count), until: new Uint32Array(count) };
  let before = -1;
  for (let at = 0; at < count; at += 1) {
    const from = before + 1 + gaps[at]!;
    before = from + lengths[at]!;
    ranges.from[at] = from;
    ranges.until[at] = before;
  }
  return { ...ranges, ids: Uint32Array.from(ids) };
}

/** Blocks of 48 bits as the four words of their first and last address. */
function blocks(count: number, runs: readonly Uint8Array[]): SortedRanges {
  const [gaps, lengths, ids] = numbersOf(count, runs);
  const ranges = { from: new Uint32Array(count * 4), until: new Uint32Array(count * 4) };
  ranges.until.fill(0xffff_ffff);
  let before = -1;
  for (let row = 0; row < count; row += 1) {
    const from = before + 1 + gaps[row]!;
    before = from + lengths[row]!;
    const at = row * 4;
    ranges.from[at] = Math.floor(from / 65_536);
    ranges.from[at + 1] = (from % 65_536) * 65_536;
    ranges.until[at] = Math.floor(before / 65_536);
    ranges.until[at + 1] = (before % 65_536) * 65_536 + 0xffff;
  }
  return { ...ranges, ids: Uint32Array.from(ids) };
}

type Numbers = readonly [gaps: Float64Array, lengths: Float64Array, labels: Float64Array];

const numbersOf = (count: number, [gaps, lengths, labels]: readonly Uint8Array[]): Numbers => [
  fromBase128(gaps, count),
  fromBase128(lengths, count),
  fromBase128(labels, count),
];

/** Numbers of seven bits a byte, lowest first; the high bit says that more follows. */
function base128(numbers: readonly number[]): Uint8Array {
  const octets: number[] = [];
  for (let number of numbers) {
    for (; number >= 128; number = Math.floor(number / 128)) octets.push((number % 128) | 128);
    octets.push(number);
  }
  return Uint8Array.from(octets);
}

/** The first `count` numbers; 0 for those that are not there. */
function fromBase128(octets: Uint8Array | undefined, count: number): Float64Array {
  const numbers = new Float64Array(count);
  const end = octets?.length ?? 0;
  let [number, weight] = [0, 1];
  for (let at = 0, row = 0; at < end && row < count; at += 1) {
    const octet = octets![at]!;
    number += (octet & 127) * weight;
    weight *= 128;
    if (octet < 128) {
      numbers[row++] = number;
      number = 0;
      weight = 1;
    }
  }
  return numbers;
}

function joined(pieces: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(pieces.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}
