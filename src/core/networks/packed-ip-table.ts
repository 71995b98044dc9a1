import { joinBytes, type Kernels } from '../base/index.ts';
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
  return joinBytes(encode(`${HEAD}${lengths.join(' ')}\n`), ...runs, words);
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
  const labels = bytes.subarray(at);
  const ends = lineEnds(labels);
  const columns = (id: number): readonly string[] | null => {
    const stop = ends(id);
    const start = id === 0 ? 0 : (ends(id - 1) ?? 0) + 1;
    return stop === null ? null : utf8(labels, start, stop).split('\t');
  };
  return searchable(families, columns, { ranges: ipv4 + ipv6, unread: 0 });
}

const isCount = (number: number): boolean => Number.isSafeInteger(number) && number >= 0;

function addresses(count: number, [gaps, lengths, labels]: readonly Uint8Array[]): SortedRanges {
  // Gaps become first addresses, lengths last ones.
  const from = fromBase128(gaps, new Uint32Array(count));
  const until = fromBase128(lengths, new Uint32Array(count));
  let before = -1;
  for (let at = 0; at < count; at += 1) {
    const first = before + 1 + from[at]!;
    before = first + until[at]!;
    from[at] = first;
    until[at] = before;
  }
  return { from, until, ids: fromBase128(labels, new Uint32Array(count)) };
}

/** Blocks of 48 bits as the four words of their first and last address. */
function blocks(count: number, [gapRun, lengthRun, labels]: readonly Uint8Array[]): SortedRanges {
  const gaps = fromBase128(gapRun, new Float64Array(count));
  const lengths = fromBase128(lengthRun, new Float64Array(count));
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
  return { ...ranges, ids: fromBase128(labels, new Uint32Array(count)) };
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

/** As many numbers as there is room for; 0 for those that are not there. */
function fromBase128<Room extends Float64Array | Uint32Array>(
  octets: Uint8Array | undefined,
  room: Room,
): Room {
  const end = octets?.length ?? 0;
  let [number, weight] = [0, 1];
  for (let at = 0, row = 0; at < end && row < room.length; at += 1) {
    const octet = octets![at]!;
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

/** Where the line of a number ends in the bytes, sought as far as it is asked for; null behind them. */
function lineEnds(bytes: Uint8Array): (line: number) => number | null {
  const ends: number[] = [];
  return (line) => {
    while (ends.length <= line) {
      const last = ends.at(-1) ?? -1;
      if (last === bytes.length) return null;
      const end = bytes.indexOf(10, last + 1);
      ends.push(end < 0 ? bytes.length : end);
    }
    return ends[line]!;
  };
}
