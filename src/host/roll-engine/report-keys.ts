import type { ExposureReport } from '../../core/exposure/index.ts';
import type { ResolvedLayout } from '../../core/roll/index.ts';
import {
  EMPTY_A,
  joinFirst,
  joinSecond,
  type Lanes,
  laneSieve,
  laneTable,
  openRowParts,
  PART,
  type RowCells,
} from '../roll-rows/index.ts';

type Part = keyof typeof PART;

/** Union of eight blocking keys. Each stands on parts that must all be there. */
const KEYS: readonly (readonly Part[])[] = [
  ['email'],
  ['first', 'last', 'zip'],
  ['last', 'house', 'zip'],
  ['house', 'street', 'zip'],
  ['first', 'last', 'house'],
  ['first', 'last', 'city', 'street3'],
  ['last', 'house', 'street'],
  ['first', 'house', 'street'],
];

/** Pairs of parts: they reach reports with errors in several parts, where the rolls are small. */
const LOOSE_KEYS: readonly (readonly Part[])[] = [
  ['email'],
  ['names'],
  ['first', 'zip'],
  ['last', 'zip'],
  ['house', 'zip'],
  ['street', 'zip'],
  ['first', 'city'],
  ['last', 'city'],
  ['house', 'city'],
  ['street', 'city'],
  ['last', 'street'],
  ['first', 'street'],
  ['last', 'house'],
  ['first', 'house'],
  ['house', 'street'],
];

/** Place of the e-mail address in both. */
const EMAIL_KIND = 0;

/**
 * Reports times rows up to which the loose keys are used: they give about one pair in 250 of these.
 */
const LOOSE_PRODUCT_MAX = 30_000_000;

/** The blocking keys of all reports, to be asked by every row of a roll. */
export interface ReportKeys {
  /** Reports by the place of their key. */
  readonly reports: readonly (readonly number[])[];
  /** Writes the places of the keys that the parts of a row meet to `into`, and says how many. */
  meet(lanes: Lanes, into: Int32Array): number;
  /** Place of a first or last name that some report shows; -1 for all others. */
  first(lanes: Lanes): number;
  last(lanes: Lanes): number;
  /** Names by those places: of each report, in order. */
  readonly firstOf: readonly number[];
  readonly lastOf: readonly number[];
  /** Place of the key that is the e-mail address of each report; -1 without one. */
  readonly emailOf: readonly number[];
}

/** What a row can meet at most: one key of each kind. */
export const MET_MAX = LOOSE_KEYS.length;

const SHOWN: ResolvedLayout = {
  layout: {
    id: 'report',
    jurisdiction: null,
    delimiters: [','],
    quoted: false,
    header: false,
    encoding: 'utf-8',
    columns: null,
    fields: {},
    withheld: null,
  },
  delimiter: ',',
  width: 6,
  padded: false,
  places: new Map([
    ['ContactMethod.Email', [0]],
    ['FirstName', [1]],
    ['LastName', [2]],
    ['ResidenceAddress.Line', [3]],
    ['ResidenceAddress.City', [4]],
    ['ResidenceAddress.ZipCode', [5]],
  ]),
};

/** A report as a row of its own little roll: what hashes the one hashes the other. */
function rowOf({ recipient: r }: ExposureReport): RowCells {
  const cells = [r.email, r.first, r.last, r.street, r.city, r.zip].map((text) =>
    Buffer.from(text),
  );
  const ends = new Int32Array(cells.length);
  let end = 0;
  for (const [at, { length }] of cells.entries()) {
    end += length;
    ends[at] = end;
  }
  const starts = ends.map((place, at) => place - cells[at]!.length);
  return { bytes: Buffer.concat(cells), starts, ends, quotes: new Uint8Array(6), offset: 0 };
}

export function keysOfReports(reports: readonly ExposureReport[], rows: number): ReportKeys {
  const kinds = rows * reports.length <= LOOSE_PRODUCT_MAX ? LOOSE_KEYS : KEYS;
  const joins = kinds.map((parts) => parts.map((part) => PART[part]));
  const table = laneTable(reports.length * kinds.length);
  const sieve = laneSieve(reports.length * kinds.length);
  const firsts = laneTable(reports.length);
  const lasts = laneTable(reports.length);
  const byKey: number[][] = [];
  const firstOf: number[] = [];
  const lastOf: number[] = [];
  const emailOf: number[] = [];
  const parts = openRowParts(SHOWN);
  const { lanes } = parts.hashing;
  for (const [report, shown] of reports.entries()) {
    parts.read(rowOf(shown));
    firstOf.push(firsts.add(lanes[PART.first]!, lanes[PART.first + 1]!));
    lastOf.push(lasts.add(lanes[PART.last]!, lanes[PART.last + 1]!));
    emailOf.push(-1);
    for (const [kind, join] of joins.entries()) {
      if (join.some((part) => lanes[part] === EMPTY_A)) continue;
      const a = joinFirst(lanes, join, kind);
      sieve.add(a);
      const place = table.add(a, joinSecond(lanes, join, kind));
      if (kind === EMAIL_KIND) emailOf[report] = place;
      byKey[place] ??= [];
      byKey[place].push(report);
    }
  }
  return {
    reports: byKey,
    meet: (row, into) => {
      let met = 0;
      for (let kind = 0; kind < joins.length; kind++) {
        const a = joinFirst(row, joins[kind]!, kind);
        if (!sieve.mayHave(a)) continue;
        const place = table.find(a, joinSecond(row, joins[kind]!, kind));
        if (place >= 0) into[met++] = place;
      }
      return met;
    },
    first: (row) => firsts.find(row[PART.first]!, row[PART.first + 1]!),
    last: (row) => lasts.find(row[PART.last]!, row[PART.last + 1]!),
    firstOf,
    lastOf,
    emailOf,
  };
}
