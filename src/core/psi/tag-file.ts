import {
  assert,
  fail,
  hexOf,
  isDay,
  isRecord,
  type Json,
  type Kernels,
  ok,
  type Result,
} from '../base/index.ts';
import { byLabel, cellsOf, cellTables } from './cell-table.ts';
import type { Cell } from './cells.ts';
import { type Commitment, commitmentOf } from './commitment.ts';
import { ELEMENT_BYTES } from './curve.ts';
import { type MatchFile, readFile, renderFile } from './envelope.ts';
import type { MatchFailure } from './failure.ts';
import { fromHex } from './octets.ts';
import { readTagBody, renderTagBody } from './tag-body.ts';
import { isName, QUOTA_DEFAULT, RECORDS_MAX, RELEASES_MAX } from './terms.ts';

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
  /** Values among which the tags lie, for each record. */
  readonly spread: number;
  readonly cells: readonly Cell[];
  readonly values: Float64Array;
  readonly cellOf: Uint16Array;
  /** SHA-256 of the file, hex: names the key to every later file. */
  readonly digest: string;
}

/** One of so many exchanges counts a person too many, or one in another cell than its own. */
const EXCHANGES_A_MISTAKE = 200;
/**
 * Shorter lists are as sparse as the longest that a county answers by default: the bits suffice.
 */
const LIST_LEAST = QUOTA_DEFAULT;
/** What a place tells apart. Only 45 million records and a million people together want more. */
const RANGE_MAX = 2 ** 53;

/**
 * Values a record among which the tags lie. An asked person who is not on the roll falls on a tag
 * once in `spread` times; one who is on it shares its tag with another record no more often. So the
 * expected mistakes of an exchange are at most people / spread.
 *
 * Trap: records * spread must stay within the 53 bits of a place.
 */
export const spreadFor = ({ people }: Pick<Commitment, 'people'>, records: number): number =>
  Math.min(
    Math.max(people, LIST_LEAST) * EXCHANGES_A_MISTAKE,
    Math.floor(RANGE_MAX / Math.max(records, 1)),
  );

/** Where a tag falls among `records` times `spread` values. */
function tagValue(place: number, records: number, spread: number): number {
  const range = records * spread;
  return Math.min(Math.floor(place * range), range - 1);
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
  const sums = labels.map(() => 0);
  for (const cell of cellOf) sums[cell]! += 1;
  const cells = labels.map((label, cell) => ({ label, count: sums[cell]! })).sort(byLabel);
  const numberOf = new Map(cells.map(({ label }, number) => [label, number] as const));
  const numbers = labels.map((label) => numberOf.get(label)!);
  const spread = spreadFor(header.commitment, records);
  const values = places.map((place) => tagValue(place, records, spread));
  const order = sortedOrder(values);
  const body = renderTagBody({
    counts: cells.map(({ count }) => count),
    spread,
    values: Float64Array.from(order, (from) => values[from]!),
    cellOf: Uint16Array.from(order, (from) => numbers[cellOf[from]!]!),
  });
  const json = { ...headerJson(header), ...cellTables(cells) };
  return renderFile(kernels, 'tags', { header: json, body });
}

/**
 * Rows by their value. Of two rows with one value the later is first, which is the one that is
 * found: the invented people are last and must never be missed.
 */
function sortedOrder(values: Float64Array): Uint32Array {
  // Sorting numbers is ten times faster than sorting by a function; the value finds its row again.
  const sorted = values.slice().sort();
  const rowsOf = new Map<number, number[]>();
  for (let at = 0; at < values.length; at++) {
    const rows = rowsOf.get(values[at]!);
    if (rows === undefined) rowsOf.set(values[at]!, [at]);
    else rows.push(at);
  }
  return Uint32Array.from(sorted, (value) => rowsOf.get(value)!.pop()!);
}

/** Reads a tag file of count mode: every number within its limit, every bit accounted for. */
export function readTags(kernels: Kernels, bytes: Uint8Array): Result<TagSet, MatchFailure> {
  const opened = readTagHeader(kernels, bytes);
  if (!opened.ok) return opened;
  const { header, file } = opened.value;
  if (header.commitment.mode !== 'count') {
    return fail({ code: 'match-file-rule', rule: 'tags of count mode' });
  }
  const cells = cellsOf(file.header);
  const counts = cells?.map(({ count }) => count) ?? [];
  const records = counts.reduce((sum, count) => sum + count, 0);
  if (cells === null || records > RECORDS_MAX) {
    return fail({ code: 'match-file-rule', rule: 'cells with their names and records' });
  }
  const spread = spreadFor(header.commitment, records);
  const body = readTagBody(file.body, { counts, spread });
  if (body === null) {
    return fail({ code: 'match-file-rule', rule: 'a tag and a cell for every record, no more' });
  }
  return ok({ header, spread, cells, ...body, digest: file.digest });
}

/** What stands before the tags, in both modes. */
export function readTagHeader(
  kernels: Kernels,
  bytes: Uint8Array,
): Result<{ readonly header: TagHeader; readonly file: MatchFile }, MatchFailure> {
  const file = readFile(kernels, 'tags', bytes);
  if (!file.ok) return file;
  const { county, commitment: terms, commitmentDigest, publicKey: key } = file.value.header;
  const commitment = isRecord(terms) ? commitmentOf(terms) : null;
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
    if (!isRecord(one)) return null;
    const { id, asOf, subset, jurisdiction } = one;
    if (!isText(id) || !isDay(asOf) || typeof subset !== 'boolean' || !isText(jurisdiction)) {
      return null;
    }
    releases.push({ id, asOf, subset, jurisdiction });
  }
  return new Set(releases.map(({ id }) => id)).size === releases.length ? releases : null;
}

/** The cell of a tag; -1 where the set does not hold it. */
export function cellAt({ values, cellOf, spread }: TagSet, place: number): number {
  const value = tagValue(place, values.length, spread);
  let low = 0;
  let high = values.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (values[middle]! < value) low = middle + 1;
    else high = middle;
  }
  return values[low] === value ? cellOf[low]! : -1;
}
