import { nameKey, plainText, type ResolvedLayout, type RollField } from '../../core/roll/index.ts';
import { isBlank, openFieldView } from './field-view.ts';
import {
  EMAIL_FOLD,
  EMPTY_A,
  EXACT_FOLD,
  type Fold,
  type Hashing,
  hashStretch,
  type Lanes,
  NAME_FOLD,
  SPELT_FOLD,
  WORD_FOLD,
} from './lanes.ts';
import type { RowCells } from './row-scanner.ts';

/** Parts of a person that blocking rests on, each by the place of its two lanes. */
export const PART = {
  email: 0,
  first: 2,
  last: 4,
  zip: 6,
  city: 8,
  house: 10,
  street: 12,
  street3: 14,
  /** The voter id, as it stands there without blanks at its ends. */
  id: 16,
  party: 18,
  county: 20,
  status: 22,
  /** First and last name, whichever stands where; empty where one of them is. */
  names: 24,
} as const;
const LANES = 26;

const NO_LIMIT = 1 << 30;
const ZIP_DIGITS = 5;
const STREET_LETTERS = 3;
const DIRECTIONS =
  'N S E W NE NW SE SW NORTH SOUTH EAST WEST NORTHEAST NORTHWEST SOUTHEAST SOUTHWEST'.split(' ');

function joinNames(lanes: Lanes): void {
  const isWhole = lanes[PART.first] !== EMPTY_A && lanes[PART.last] !== EMPTY_A;
  lanes[PART.names] = isWhole ? lanes[PART.first]! + lanes[PART.last]! : EMPTY_A;
  lanes[PART.names + 1] = lanes[PART.first + 1]! + lanes[PART.last + 1]!;
}

/** The parts of one row after another, hashed where they lie. */
export interface RowParts {
  readonly hashing: Hashing;
  /** Hashes what blocking and counting need of the row. */
  read(row: RowCells): void;
  text(row: RowCells, field: RollField): string;
}

/**
 * First word of the line is the house, the next that is no direction names the street. False where
 * a letter above ASCII asks to be looked at.
 */
function hashLine(hashing: Hashing, fold: Fold, directions: ReadonlySet<number>): boolean {
  const { bytes, to: end, lanes } = hashing;
  let next = hashing.from;
  const word = (): boolean => {
    while (next < end && isBlank(bytes[next])) next += 1;
    hashing.from = next;
    while (next < end && !isBlank(bytes[next])) next += 1;
    hashing.to = next;
    return hashing.to > hashing.from;
  };
  word();
  if (hashStretch(hashing, fold, PART.house, NO_LIMIT) < 0) return false;
  word();
  if (hashStretch(hashing, fold, PART.street, NO_LIMIT) < 0) return false;
  if (directions.has(lanes[PART.street]!) && word()) {
    if (hashStretch(hashing, fold, PART.street, NO_LIMIT) < 0) return false;
  }
  return hashStretch(hashing, fold, PART.street3, STREET_LETTERS) >= 0;
}

function directionLanes(): ReadonlySet<number> {
  const lanes = new Int32Array(2);
  return new Set(
    DIRECTIONS.map((word) => {
      hashStretch({ bytes: Buffer.from(word), from: 0, to: word.length, lanes }, EXACT_FOLD, 0, 99);
      return lanes[0]!;
    }),
  );
}

interface Spelling {
  readonly fold: Fold;
  /** For values with letters above ASCII. */
  readonly spell: (text: string) => string;
  readonly at: number;
}

const lower = (text: string): string => text.toLowerCase();
const SPELT: readonly (readonly [RollField, Spelling])[] = [
  ['FirstName', { fold: NAME_FOLD, spell: nameKey, at: PART.first }],
  ['LastName', { fold: NAME_FOLD, spell: nameKey, at: PART.last }],
  ['ResidenceAddress.City', { fold: NAME_FOLD, spell: nameKey, at: PART.city }],
  ['ContactMethod.Email', { fold: EMAIL_FOLD, spell: lower, at: PART.email }],
  ['VoterStatus', { fold: NAME_FOLD, spell: nameKey, at: PART.status }],
];
const EXACT: readonly (readonly [RollField, number, number])[] = [
  ['ResidenceAddress.ZipCode', PART.zip, ZIP_DIGITS],
  ['VoterId', PART.id, NO_LIMIT],
  ['Party', PART.party, NO_LIMIT],
  ['County', PART.county, NO_LIMIT],
];

export function openRowParts(layout: ResolvedLayout): RowParts {
  const directions = directionLanes();
  const hashing: Hashing = { bytes: Buffer.alloc(0), from: 0, to: 0, lanes: new Int32Array(LANES) };
  const view = openFieldView(hashing, layout);
  const cellsOf = (field: RollField): readonly number[] => layout.places.get(field) ?? [];
  const spelt = SPELT.map(([field, spelling]) => ({ cells: cellsOf(field), ...spelling }));
  const exact = EXACT.map(([field, at, most]) => ({ cells: cellsOf(field), at, most }));
  const line = cellsOf('ResidenceAddress.Line');
  return {
    hashing,
    read: (row) => {
      for (let which = 0; which < spelt.length; which++) {
        const { cells, fold, spell, at } = spelt[which]!;
        view.look(row, cells);
        if (hashStretch(hashing, fold, at, NO_LIMIT) >= 0) continue;
        view.useText(spell(view.text()));
        hashStretch(hashing, EXACT_FOLD, at, NO_LIMIT);
      }
      joinNames(hashing.lanes);
      for (let which = 0; which < exact.length; which++) {
        const { cells, at, most } = exact[which]!;
        view.look(row, cells);
        hashStretch(hashing, EXACT_FOLD, at, most);
      }
      view.look(row, line);
      if (hashLine(hashing, WORD_FOLD, directions)) return;
      view.look(row, line);
      view.useText(plainText(view.text()));
      hashLine(hashing, SPELT_FOLD, directions);
    },
    text: (row, field) => {
      view.look(row, cellsOf(field));
      return view.text();
    },
  };
}
