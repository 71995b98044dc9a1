import { assert, fail, type Json, type Kernels, ok, type Result } from '../base/index.ts';
import type { Cell } from './cells.ts';
import { type Commitment, commitmentOf } from './commitment.ts';
import { ELEMENT_BYTES } from './curve.ts';
import { isCount, isObject, type MatchFile, readFile, renderFile } from './envelope.ts';
import type { MatchFailure } from './failure.ts';
import { bitReader, bitWriter, readGaps, writeGaps } from './golomb.ts';
import { labelCode } from './label-code.ts';
import { fromHex, hexOf } from './octets.ts';
import { CELLS_MAX, isDay, isName, RECORDS_MAX, RELEASES_MAX } from './terms.ts';

/** A release whose rows are in the tags; cells name it by its place in the list. */
export interface ListedRelease {
  readonly id: string;
  /** YYYY-MM-DD. */
  readonly asOf: string;
  /** Cut to some rows: a system of its own. */
  readonly subset: boolean;
  readonly jurisdiction: string;
}

/** What a tag file says of itself, in both modes. */
export interface TagHeader {
  readonly county: string;
  readonly commitment: Commitment;
  /** SHA-256 of the commitment file, hex. */
  readonly commitmentDigest: string;
  /** kG: the key without its secret. */
  readonly publicKey: Uint8Array;
  /** Oldest first; empty for one roll without a release's manifest. */
  readonly releases: readonly ListedRelease[];
}

/** Tags of count mode in ascending order, each with its cell. */
export interface TagSet {
  readonly header: TagHeader;
  readonly remainder: number;
  readonly cells: readonly Cell[];
  readonly values: Float64Array;
  readonly cellOf: Uint16Array;
  /** SHA-256 of the file, hex: names the key to every later file. */
  readonly digest: string;
}

/** False hits are 2^-24 of the asked people: 6 in 10,000 lists of 10,000 have one. */
const REMAINDER = 24;
/** From this many asked people on, six bits more keep false hits below one in a thousand lists. */
const LARGE_BATCH = 20_000;
const REMAINDER_LARGE = 30;
/** Below it one asked person in 65,000 would hit by chance. */
const REMAINDER_MIN = 16;
/** Places hold 53 bits; more records with long remainders would collide by themselves. */
const VALUE_BITS_MAX = 53;

/** Where a tag falls among `records` times 2^`remainder` values. */
export function tagValue(place: number, records: number, remainder: number): number {
  const range = records * 2 ** remainder;
  return Math.min(Math.floor(place * range), range - 1);
}

/**
 * Remainder bits for a list: false hits are people / 2^remainder.
 *
 * Trap: records * 2^remainder must stay within the 53 bits of a place.
 */
export function remainderFor({ people }: Pick<Commitment, 'people'>, records: number): number {
  const wanted = people > LARGE_BATCH ? REMAINDER_LARGE : REMAINDER;
  return Math.min(wanted, VALUE_BITS_MAX - Math.ceil(Math.log2(Math.max(records, 2))));
}

export const headerJson = (header: TagHeader): { readonly [key: string]: Json } => ({
  county: header.county,
  commitment: { ...header.commitment },
  commitmentDigest: header.commitmentDigest,
  publicKey: hexOf(header.publicKey),
  ...(header.releases.length === 0 ? {} : { releases: header.releases.map((one) => ({ ...one })) }),
});

/** The tag file of count mode. `places` and `cellOf` go together; the order of rows is lost. */
export function renderTags(
  kernels: Kernels,
  {
    header,
    places,
    cellOf,
    labels,
  }: {
    readonly header: TagHeader;
    readonly places: Float64Array;
    readonly cellOf: Uint16Array;
    readonly labels: readonly string[];
  },
): Uint8Array {
  const records = places.length;
  assert(records === cellOf.length && records > 0, 'every tag has a cell');
  const remainder = remainderFor(header.commitment, records);
  const order = sortedOrder(places);
  const counts = labels.map(() => 0);
  for (const cell of cellOf) counts[cell]! += 1;
  const values = new Float64Array(records);
  const writer = bitWriter(Math.ceil((records * (remainder + 4)) / 8));
  for (const [at, from] of order.entries()) {
    values[at] = tagValue(places[from]!, records, remainder);
  }
  writeGaps(writer, values, remainder);
  const { words } = labelCode(counts);
  for (const from of order) {
    const { bits, length } = words[cellOf[from]!]!;
    writer.write(bits, length);
  }
  const cells = labels.map((label, cell) => ({ label, count: counts[cell]! }));
  const json = { ...headerJson(header), records, remainder, cells };
  return renderFile(kernels, 'tags', { header: json, body: writer.finish() });
}

function sortedOrder(places: Float64Array): Uint32Array {
  // Sorting numbers is ten times faster than sorting by a function; the place finds its row again.
  const sorted = places.slice().sort();
  const first = new Map<number, number[]>();
  for (let at = 0; at < places.length; at++) {
    const rows = first.get(places[at]!);
    if (rows === undefined) first.set(places[at]!, [at]);
    else rows.push(at);
  }
  return Uint32Array.from(sorted, (place) => first.get(place)!.pop()!);
}

/** Reads a tag file of count mode: every number within its limit, every bit accounted for. */
export function readTags(kernels: Kernels, bytes: Uint8Array): Result<TagSet, MatchFailure> {
  const opened = readTagHeader(kernels, bytes);
  if (!opened.ok) return opened;
  const { header, file } = opened.value;
  if (header.commitment.mode !== 'count') {
    return fail({ code: 'match-file-rule', rule: 'tags of count mode' });
  }
  const { records, remainder } = file.header;
  const cells = cellsOf(file.header['cells']);
  if (!isCount(remainder, REMAINDER_LARGE) || remainder < REMAINDER_MIN) {
    return fail({ code: 'match-file-rule', rule: `a remainder of ${REMAINDER_MIN} to 30 bits` });
  }
  // Each tag takes its remainder and a bit, which bounds what is made for a lying header.
  const room = Math.floor((file.body.length * 8) / (remainder + 1));
  if (!isCount(records, Math.min(RECORDS_MAX, room)) || records === 0) {
    return fail({ code: 'match-file-rule', rule: 'as many records as the body can hold' });
  }
  if (records * 2 ** remainder > 2 ** VALUE_BITS_MAX) {
    return fail({ code: 'match-file-rule', rule: 'a remainder that fits the records' });
  }
  if (cells === null || cells.reduce((sum, { count }) => sum + count, 0) !== records) {
    return fail({ code: 'match-file-rule', rule: 'cells that add up to the records' });
  }
  const reader = bitReader(file.body);
  const below = records * 2 ** remainder;
  const values = readGaps(reader, { count: records, remainder, below });
  if (values === null) return fail({ code: 'match-file-rule', rule: 'tags within their range' });
  const code = labelCode(cells.map(({ count }) => count));
  const cellOf = new Uint16Array(records);
  for (let at = 0; at < records; at++) {
    const cell = code.read(reader);
    if (cell === -1) return fail({ code: 'match-file-rule', rule: 'a label for every tag' });
    cellOf[at] = cell;
  }
  return ok({ header, remainder, cells, values, cellOf, digest: file.digest });
}

/** What stands before the tags, in both modes. */
export function readTagHeader(
  kernels: Kernels,
  bytes: Uint8Array,
): Result<{ readonly header: TagHeader; readonly file: MatchFile }, MatchFailure> {
  const file = readFile(kernels, 'tags', bytes);
  if (!file.ok) return file;
  const { county, commitment: terms, commitmentDigest, publicKey: key } = file.value.header;
  const commitment = isObject(terms) ? commitmentOf(terms) : null;
  const publicKey = typeof key === 'string' ? fromHex(key, ELEMENT_BYTES) : null;
  const named = typeof commitmentDigest === 'string' && fromHex(commitmentDigest, 32) !== null;
  if (!isName(county) || commitment === null || publicKey === null || !named) {
    return fail({ code: 'match-file-rule', rule: 'a county, its commitment and its public key' });
  }
  const releases = releasesOf(file.value.header['releases'] ?? []);
  if (releases === null) {
    return fail({
      code: 'match-file-rule',
      rule: `releases with id and day, at most ${RELEASES_MAX}`,
    });
  }
  const header = { county, commitment, commitmentDigest, publicKey, releases };
  return ok({ header, file: file.value });
}

/** As long as a manifest lets a name be. */
const RELEASE_NAME_MAX = 120;
const isText = (value: unknown): value is string =>
  typeof value === 'string' && value !== '' && value.length <= RELEASE_NAME_MAX;

/** Releases out of parsed JSON; null where a rule is broken or one stands there twice. */
export function releasesOf(value: unknown): readonly ListedRelease[] | null {
  if (!Array.isArray(value) || value.length > RELEASES_MAX) return null;
  const releases: ListedRelease[] = [];
  for (const one of value as readonly unknown[]) {
    if (!isObject(one)) return null;
    const { id, asOf, subset, jurisdiction } = one;
    if (!isText(id) || !isDay(asOf) || typeof subset !== 'boolean' || !isText(jurisdiction)) {
      return null;
    }
    releases.push({ id, asOf, subset, jurisdiction });
  }
  return new Set(releases.map(({ id }) => id)).size === releases.length ? releases : null;
}

/** Longer than a county, a party and three releases together. */
const LABEL_LENGTH_MAX = 200;

function cellsOf(value: unknown): readonly Cell[] | null {
  if (!Array.isArray(value) || value.length === 0 || value.length > CELLS_MAX) return null;
  const cells: Cell[] = [];
  const seen = new Set<string>();
  for (const one of value as readonly unknown[]) {
    if (!isObject(one)) return null;
    const { label, count } = one;
    if (typeof label !== 'string' || label.length > LABEL_LENGTH_MAX || seen.has(label))
      return null;
    if (!isCount(count, RECORDS_MAX) || count === 0) return null;
    seen.add(label);
    cells.push({ label, count });
  }
  return cells;
}

/** The cell of a tag; -1 where the set does not hold it. */
export function cellAt({ values, cellOf, remainder }: TagSet, place: number): number {
  const value = tagValue(place, values.length, remainder);
  let low = 0;
  let high = values.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (values[middle]! < value) low = middle + 1;
    else high = middle;
  }
  return values[low] === value ? cellOf[low]! : -1;
}
