import { jaroWinkler } from './jaro-winkler.ts';

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

export const KEY_FIELDS = ['first', 'last', 'house', 'street', 'city', 'zip', 'email'] as const;
export type KeyField = (typeof KEY_FIELDS)[number];

/** Agreement level: 0 a side is empty, 1 disagree, 2 exact, 3 and 4 ever less alike. */
export type Level = 0 | 1 | 2 | 3 | 4;

export const ABSENT = 0;
export const DISAGREE = 1;
export const EXACT = 2;

/** Levels that each field has; `house` agrees or not, `first` can also be close or an initial. */
export const LEVELS: { readonly [field in KeyField]: readonly Level[] } = {
  first: [1, 2, 3, 4],
  last: [1, 2, 3, 4],
  house: [1, 2],
  street: [1, 2, 3],
  city: [1, 2],
  zip: [1, 2, 3],
  email: [1, 2, 3],
};

export function levelOf(field: KeyField, a: string, b: string): Level {
  if (a === '' || b === '') return ABSENT;
  if (a === b) return EXACT;
  switch (field) {
    case 'first':
      return firstLevel(a, b);
    case 'last':
      return lastLevel(jaroWinkler(a, b));
    case 'street':
      return jaroWinkler(a, b) >= 0.94 ? 3 : DISAGREE;
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
  return jaroWinkler(a, b) >= 0.9 ? 3 : DISAGREE;
}

const lastLevel = (similarity: number): Level => {
  if (similarity >= 0.92) return 3;
  return similarity >= 0.85 ? 4 : DISAGREE;
};

const localPart = (email: string): string => email.slice(0, email.lastIndexOf('@'));

/** First and last name stand in each other's place: both count as close. */
const isSwapped = (report: PersonKeys, row: PersonKeys): boolean =>
  report.first.length > 1 &&
  row.first.length > 1 &&
  jaroWinkler(report.first, row.last) >= 0.92 &&
  jaroWinkler(report.last, row.first) >= 0.92;

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
export const mayBeMisspelt = (a: string, b: string): boolean => jaroWinkler(a, b) >= 0.7;
