import type { Slot } from '../web-log/index.ts';

/**
 * Numbers of one slot that are written alike: the same letters, the same number of leading zeros.
 */
export interface Series {
  readonly index: number;
  /** Slot by its index. */
  readonly slot: number;
  readonly prefix: string;
  readonly padded: number;
  /** Numbers that follow each other across a change of leading zeros share their family. */
  readonly family: number;
  /** Number stands in the body of the request, where no log has it. */
  readonly body: boolean;
  count: number;
  /** Numbers that differ from the one before. */
  changes: number;
  lastValue: number;
  /** Numbers that read as a date (20201021). */
  dates: number;
}

/** Rows hold a series in 16 bits. */
const SERIES_MAX = 65_535;

export interface SeriesTable {
  /** Index of the series; -1 once more were met than are told apart. */
  numbered(slot: Slot, prefix: string, padded: number, value: number): number;
  body(slot: Slot): number;
  readonly all: readonly Series[];
  readonly families: number;
  readonly full: boolean;
}

export function createSeries(copy: (text: string) => string): SeriesTable {
  const all: Series[] = [];
  const plain: (Series | undefined)[] = [];
  const others = new Map<string, Series>();
  const families = new Map<string, number>();
  let full = false;

  const add = (slot: Slot, prefix: string, padded: number, body: boolean): Series => {
    const key = `${slot.index} ${prefix}`;
    const family = families.get(key) ?? families.size;
    families.set(key, family);
    const made: Series = {
      index: all.length,
      slot: slot.index,
      prefix: copy(prefix),
      padded,
      family,
      body,
      count: 0,
      changes: 0,
      lastValue: Number.NaN,
      dates: 0,
    };
    all.push(made);
    return made;
  };
  const other = (slot: Slot, prefix: string, padded: number, body: boolean): Series | null => {
    const key = `${slot.index} ${prefix} ${padded}`;
    const known = others.get(key);
    if (known !== undefined) return known;
    if (all.length >= SERIES_MAX) {
      full = true;
      return null;
    }
    const made = add(slot, prefix, padded, body);
    others.set(key, made);
    return made;
  };

  return {
    all,
    get families() {
      return families.size;
    },
    get full() {
      return full;
    },
    body(slot) {
      const series = other(slot, '', -1, true);
      if (series === null) return -1;
      series.count += 1;
      series.changes += 1;
      return series.index;
    },
    numbered(slot, prefix, padded, value) {
      let series = prefix === '' && padded === 0 ? plain[slot.index] : undefined;
      if (series === undefined) {
        const found = other(slot, prefix, padded, false);
        if (found === null) return -1;
        series = found;
        if (prefix === '' && padded === 0) plain[slot.index] = series;
      }
      series.count += 1;
      if (value !== series.lastValue) series.changes += 1;
      series.lastValue = value;
      if (isDate(value)) series.dates += 1;
      return series.index;
    },
  };
}

function isDate(value: number): boolean {
  if (value < 19_000_101 || value > 20_991_231) return false;
  const [month, day] = [Math.floor(value / 100) % 100, value % 100];
  return month >= 1 && month <= 12 && day >= 1 && day <= 31;
}
