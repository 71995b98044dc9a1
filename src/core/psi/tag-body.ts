import { assert } from '../base/index.ts';
import {
  type Frequencies,
  frequenciesOf,
  type SymbolReader,
  type SymbolWriter,
  symbolReader,
  symbolWriter,
} from './entropy-coder.ts';

/** Tags in ascending order, each with the number of its cell. */
export interface SortedTags {
  readonly values: Float64Array;
  readonly cellOf: Uint16Array;
}

/** What both sides know before the first tag. */
export interface TagSpread {
  /** Records of each cell. */
  readonly counts: readonly number[];
  /** Tags lie among this many values for each record. */
  readonly spread: number;
}

/**
 * Gaps between tags that are spread evenly: how many whole units, which is geometric, and the bits
 * of the rest, which are as good as even (Golomb 1966). The unit is an eighth to a quarter of the
 * mean gap; then a gap takes at most log2(spread) + 1.447 bits, 0.004 above its entropy.
 */
interface GapCode {
  readonly units: Frequencies;
  /** The unit is 2^unitBits. */
  readonly unitBits: number;
}

const UNITS_TOTAL = 2 ** 16;
/**
 * A quotient with less than this of the total goes on with the same frequencies: it is geometric.
 */
const UNITS_REST = 256;

function gapCode(spread: number): GapCode {
  let unitBits = 0;
  while (2 ** (unitBits + 3) <= spread) unitBits += 1;
  const unit = 2 ** unitBits;
  const counts: number[] = [];
  let left = UNITS_TOTAL;
  while (left >= UNITS_REST) {
    // The share of larger quotients, e^-(unit / spread), as a fraction of whole numbers.
    const larger = Math.floor((left * (2 * spread - unit)) / (2 * spread + unit));
    counts.push(left - larger);
    left = larger;
  }
  return { units: frequenciesOf([...counts, left]), unitBits };
}

/** Tag by tag its gap and its cell, in one stream; the last tag is put first. */
export function renderTagBody({ counts, spread, values, cellOf }: TagSpread & SortedTags) {
  const cells = frequenciesOf(counts);
  const code = gapCode(spread);
  const bitsExpected = Math.log2(spread) + 2 + Math.log2(counts.length);
  const writer = symbolWriter(values.length, Math.ceil((values.length * bitsExpected) / 8));
  for (let at = values.length - 1; at >= 0; at--) {
    writer.put(cellOf[at]!, cells);
    const gap = values[at]! - (at === 0 ? 0 : values[at - 1]!);
    assert(gap >= 0, 'tags ascend');
    putGap(writer, code, gap);
  }
  return writer.finish();
}

function putGap(writer: SymbolWriter, { units, unitBits }: GapCode, gap: number): void {
  const unit = 2 ** unitBits;
  const quotient = Math.floor(gap / unit);
  writer.putBits(gap - quotient * unit, unitBits);
  const further = units.starts.length - 2;
  writer.put(quotient % further, units);
  for (let left = quotient; left >= further; left -= further) writer.put(further, units);
}

/**
 * Null where the bytes are not what a writer makes of as many records, or a tag leaves the range.
 * Linear in the body, whatever the counts say.
 */
export function readTagBody(body: Uint8Array, { counts, spread }: TagSpread): SortedTags | null {
  const records = counts.reduce((sum, count) => sum + count, 0);
  const code = gapCode(spread);
  // Each tag takes the bits of its rest, which bounds what is made for a lying header.
  if (records * code.unitBits > body.length * 8) return null;
  const reader = symbolReader(records, body);
  if (reader === null) return null;
  const cells = frequenciesOf(counts);
  const [values, cellOf] = [new Float64Array(records), new Uint16Array(records)];
  let last = 0;
  for (let at = 0; at < records; at++) {
    last = takeGap(reader, code, { from: last, below: records * spread });
    if (last === -1) return null;
    values[at] = last;
    cellOf[at] = reader.take(cells);
  }
  return reader.ended() ? { values, cellOf } : null;
}

/** The next tag; -1 where it leaves the range. */
function takeGap(
  reader: SymbolReader,
  { units, unitBits }: GapCode,
  { from, below }: { readonly from: number; readonly below: number },
): number {
  const unit = 2 ** unitBits;
  const further = units.starts.length - 2;
  let next = from;
  for (;;) {
    const quotient = reader.take(units);
    next += quotient * unit;
    if (next >= below) return -1;
    if (quotient < further) break;
  }
  next += reader.takeBits(unitBits);
  return next < below ? next : -1;
}
