import { jaroWinklerFrom } from './jaro-winkler.ts';

/**
 * What a report and a roll row are compared by. All parts in one normal spelling (upper case, no
 * accents; the roll engine's macros make both sides); an empty part is absent, not different.
 */
export interface PersonKeys {
  readonly first: string;
  readonly last: string;
  readonly house: string;
  readonly street: string;
  readonly city: string;
  readonly zip: string;
  readonly email: string;
}

/** In the order in which levels and weights are kept. */
export const KEY_FIELDS = ['first', 'last', 'house', 'street', 'city', 'zip', 'email'] as const;
export type KeyField = (typeof KEY_FIELDS)[number];

/**
 * Agreement level: 0 a side is empty, 1 disagree, 2 exact, 3 to 5 alike in the ways of the field.
 */
export type Level = 0 | 1 | 2 | 3 | 4 | 5;

export const ABSENT = 0;
const DISAGREE = 1;
export const EXACT = 2;
/** Of a first name: one letter changed, left out or put in. */
export const ONE_SLIP = 5;

/** Levels that each field has; `first` can be close, an initial, or one slip away. */
export const LEVELS: { readonly [field in KeyField]: readonly Level[] } = {
  first: [1, 2, 3, 4, 5],
  last: [1, 2, 3, 4],
  house: [1, 2],
  street: [1, 2, 3],
  city: [1, 2],
  zip: [1, 2, 3],
  email: [1, 2, 3],
};

/**
 * How well two spellings of one field agree. Which similarity makes which level:
 * docs/methods/linkage.md.
 */
export function levelOf(field: KeyField, a: string, b: string): Level {
  if (a === '' || b === '') return ABSENT;
  if (a === b) return EXACT;
  switch (field) {
    case 'first':
      return firstLevel(a, b);
    case 'last':
      return lastLevel(jaroWinklerFrom(a, b, 0.85));
    case 'street':
      return jaroWinklerFrom(a, b, 0.94) > 0 ? 3 : DISAGREE;
    case 'zip':
      return a.slice(0, 4) === b.slice(0, 4) ? 3 : DISAGREE;
    case 'email':
      return localPart(a) === localPart(b) ? 3 : DISAGREE;
    case 'house':
    case 'city':
      return DISAGREE;
  }
}

/** An initial agrees with a name only where one side is nothing but an initial. */
function firstLevel(a: string, b: string): Level {
  if (a.length === 1 || b.length === 1) return a[0] === b[0] ? 4 : DISAGREE;
  if (jaroWinklerFrom(a, b, 0.9) > 0) return 3;
  return isOneSlip(a, b) ? ONE_SLIP : DISAGREE;
}

/** Names shorter than this are one slip away from too many others. */
const SLIP_LETTERS_MIN = 4;

/**
 * One of Damerau's errors (1964): a letter changed, left out or put in; the longer name has four
 * letters at least. His fourth, neighbours that changed places, is close by Jaro-Winkler already:
 * .916 or more.
 */
function isOneSlip(a: string, b: string): boolean {
  if (a.length < b.length) return isOneSlip(b, a);
  if (a.length - b.length > 1 || a.length < SLIP_LETTERS_MIN) return false;
  let from = 0;
  while (from < b.length && a[from] === b[from]) from += 1;
  let end = 0;
  while (end < b.length - from && a[a.length - 1 - end] === b[b.length - 1 - end]) end += 1;
  return a.length - from - end <= 1;
}

const lastLevel = (similarity: number): Level => {
  if (similarity >= 0.92) return 3;
  return similarity >= 0.85 ? 4 : DISAGREE;
};

const localPart = (email: string): string => email.slice(0, email.lastIndexOf('@'));

/** First and last name stand in each other's place, one of them misspelt at most. */
function isSwapped(report: PersonKeys, row: PersonKeys): boolean {
  if (report.first.length < 2 || row.first.length < 2) return false;
  const one = jaroWinklerFrom(report.first, row.last, 0.8);
  const other = one > 0 ? jaroWinklerFrom(report.last, row.first, 0.8) : 0;
  return other > 0 && Math.max(one, other) >= 0.92;
}

/** Levels of all fields, in the order of `KEY_FIELDS`. */
export function compare(report: PersonKeys, row: PersonKeys): readonly Level[] {
  const levels = KEY_FIELDS.map((field) => levelOf(field, report[field], row[field]));
  if (levels[0] === DISAGREE && levels[1] === DISAGREE && isSwapped(report, row)) {
    levels[0] = 3;
    levels[1] = 3;
  }
  return levels;
}

/** First names that disagree, and yet may be one name with errors in it. */
export const mayBeMisspelt = (a: string, b: string): boolean => jaroWinklerFrom(a, b, 0.7) > 0;

/** A figure for each level of each field. */
export type Weights = { readonly [field in KeyField]: readonly number[] };

/**
 * Starting m by level (absent, disagree, exact, and the ways of being alike): FEBRL-like errors.
 */
export const M_START: Weights = {
  first: [1, 0.03, 0.87, 0.05, 0.03, 0.02],
  last: [1, 0.04, 0.92, 0.03, 0.01],
  house: [1, 0.07, 0.93],
  street: [1, 0.07, 0.9, 0.03],
  city: [1, 0.07, 0.93],
  zip: [1, 0.07, 0.91, 0.02],
  email: [1, 0.2, 0.75, 0.05],
};

/** Pairs of a report and a random row that u is estimated from. */
const RANDOM_PAIRS_MAX = 1_000_000;

/** u by level, from up to `most` pairs of a report and a random row, half a pair added to each. */
export function levelsOfRandomPairs(
  reports: readonly PersonKeys[],
  sample: readonly PersonKeys[],
  most = RANDOM_PAIRS_MAX,
): Weights {
  const counts = Object.fromEntries(
    KEY_FIELDS.map((field) => [field, [1, 0.5, 0.5, 0.5, 0.5, 0.5]]),
  ) as { [field in KeyField]: number[] };
  const rows = Math.min(sample.length, Math.floor(most / Math.max(1, reports.length)) + 1);
  const step = Math.max(1, Math.ceil((reports.length * rows) / most));
  for (let report = 0; report < reports.length; report += step) {
    for (let row = 0; row < rows; row++) {
      for (const field of KEY_FIELDS) {
        const level = levelOf(field, reports[report]![field], sample[row]![field]);
        if (level !== ABSENT) counts[field][level]! += 1;
      }
    }
  }
  for (const field of KEY_FIELDS) {
    const own = counts[field];
    const sum = LEVELS[field].reduce((all: number, level) => all + own[level]!, 0);
    for (const level of LEVELS[field]) own[level] = own[level]! / sum;
  }
  return counts;
}
