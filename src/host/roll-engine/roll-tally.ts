import { collapseStratum, type StrataDimensions } from '../../core/exposure/index.ts';
import { partyKey } from '../../core/roll/index.ts';
import {
  EMPTY_A,
  joinFirst,
  joinSecond,
  laneTable,
  type NumberBag,
  numberBag,
  numberOf,
  PART,
  type RowCells,
  type RowParts,
} from '../roll-rows/index.ts';

/** Parties x 2 x counties of the largest state (254) leave room below this. */
export const STRATA_MAX = 6000;
/** Spellings of those that one file may have. */
const SPELLINGS_MAX = STRATA_MAX * 4;

/** Rows by stratum. */
export interface StrataTally {
  /** Counts the row; its stratum, or null where there are more than a roll has. */
  count(row: RowCells, parts: RowParts): string | null;
  /** By stratum, in the order of first sight. */
  counts(): ReadonlyMap<string, number>;
}

const STRATUM = [PART.party, PART.county] as const;

export function strataTally(): StrataTally {
  const table = laneTable();
  const texts: string[] = [];
  const rows: number[] = [];
  return {
    count: (row, parts) => {
      const { lanes } = parts.hashing;
      const reached = Number(lanes[PART.email] !== EMPTY_A);
      const a = joinFirst(lanes, STRATUM, reached);
      const b = joinSecond(lanes, STRATUM, reached);
      let place = table.find(a, b);
      if (place === -1) {
        if (texts.length === SPELLINGS_MAX) return null;
        place = table.add(a, b);
        const county = parts.text(row, 'County').toUpperCase().slice(0, 40);
        texts.push(`${partyKey(parts.text(row, 'Party'))}|${reached}|${county}`);
        rows.push(0);
      }
      rows[place]! += 1;
      return texts[place]!;
    },
    counts: () => {
      const sums = new Map<string, number>();
      for (const [at, text] of texts.entries()) {
        sums.set(text, (sums.get(text) ?? 0) + rows[at]!);
      }
      return sums;
    },
  };
}

/**
 * Record versions are counted in this many rows of a jurisdiction at most, by a share of the
 * hashes.
 */
const COUNTED_ROWS = 1_000_000;

/** Different tuples of a person's shown fields over all releases of a jurisdiction. */
export interface VersionTally {
  readonly dimensions: StrataDimensions;
  count(parts: RowParts, stratum: string): void;
  counts(): ReadonlyMap<string, number>;
}

/** The fields in spellings that marks do not touch. */
const TUPLE = [
  PART.id,
  PART.first,
  PART.last,
  PART.house,
  PART.street,
  PART.zip,
  PART.email,
] as const;

export function versionTally(dimensions: StrataDimensions, rows: number): VersionTally {
  const step = Math.max(1, Math.round(rows / COUNTED_ROWS));
  const bags = new Map<string, NumberBag>();
  const shared = new Map<string, NumberBag>();
  const bagOf = (stratum: string): NumberBag => {
    const known = bags.get(stratum);
    if (known !== undefined) return known;
    const collapsed = collapseStratum(stratum, dimensions);
    const bag = shared.get(collapsed) ?? numberBag();
    shared.set(collapsed, bag);
    bags.set(stratum, bag);
    return bag;
  };
  return {
    dimensions,
    count: ({ hashing: { lanes } }, stratum) => {
      const a = joinFirst(lanes, TUPLE, 0);
      if ((a >>> 0) % step === 0) bagOf(stratum).add(numberOf(a, joinSecond(lanes, TUPLE, 0)));
    },
    counts: () => new Map([...shared].map(([name, bag]) => [name, bag.different() * step])),
  };
}
