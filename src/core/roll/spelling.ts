/**
 * The normal spelling of names and addresses, for reports and rolls alike: one definition, so the
 * two sides cannot disagree. The roll engine's SQL macros say the same; a test compares them.
 */

/** USPS Publication 28, appendix C1: suffixes and directions that people write out or shorten. */
const SHORT_WORDS: readonly (readonly [long: string, short: string])[] = [
  ['STREET', 'ST'],
  ['STR', 'ST'],
  ['AVENUE', 'AVE'],
  ['AV', 'AVE'],
  ['ROAD', 'RD'],
  ['DRIVE', 'DR'],
  ['LANE', 'LN'],
  ['COURT', 'CT'],
  ['CIRCLE', 'CIR'],
  ['BOULEVARD', 'BLVD'],
  ['PLACE', 'PL'],
  ['TERRACE', 'TER'],
  ['TRAIL', 'TRL'],
  ['PARKWAY', 'PKWY'],
  ['HIGHWAY', 'HWY'],
  ['SQUARE', 'SQ'],
  ['NORTH', 'N'],
  ['SOUTH', 'S'],
  ['EAST', 'E'],
  ['WEST', 'W'],
];

const SHORT: ReadonlyMap<string, string> = new Map(SHORT_WORDS);
const ASCII = /^[\0-\x7f]*$/;
const MARKS = /\p{Mn}/gu;
/** Signs that people put into a name or leave out. */
const NAME_SIGNS = /[ .\-'\u2019`"]/g;
const UNIT =
  / (?:APARTMENT|APT|UNIT|SUITE|STE|LOT|TRLR|SPC|RM|NO|#) ?#? ?([A-Z0-9]+)$| #[A-Z0-9]+$/;

/** Upper case without accents. */
export const plainText = (text: string): string =>
  ASCII.test(text) ? text.toUpperCase() : text.normalize('NFD').replace(MARKS, '').toUpperCase();

/** A name without blanks, hyphens, dots and accents, in capitals: `De la Cruz` is `DELACRUZ`. */
export const nameKey = (text: string): string => plainText(text.replace(NAME_SIGNS, ''));
/**
 * Lower case, though RFC 5321 section 2.4 lets a host tell letters apart: no provider of note does.
 */
export const emailKey = (text: string): string => text.trim().toLowerCase();
/** The five digits of a ZIP code, without ZIP+4. */
export const zipKey = (text: string): string => text.trim().slice(0, 5);

/** An address line in normal spelling; a part that it lacks is empty. */
export interface AddressKeys {
  /** Digits that the address begins with. */
  readonly house: string;
  readonly street: string;
  readonly unit: string;
}

/** An address line in parts; a unit stands at its end, if anywhere. */
export function addressKeys(line: string): AddressKeys {
  const spaced = plainText(line)
    .replace(/[^A-Z0-9#]+/g, ' ')
    .trim();
  const unit = UNIT.exec(spaced);
  const body = unit === null ? spaced : spaced.slice(0, unit.index);
  const street = body
    .split(' ')
    .map((word) => SHORT.get(word) ?? word)
    .join(' ')
    .replace(/^[0-9]+[A-Z]? ?/, '');
  return { house: /^[0-9]*/.exec(spaced)?.[0] ?? '', street: street.trim(), unit: unit?.[1] ?? '' };
}

const PARTIES: ReadonlyMap<string, string> = new Map([
  ['D', 'DEM'],
  ['DEMOCRATIC', 'DEM'],
  ['DEMOCRAT', 'DEM'],
  ['R', 'REP'],
  ['REPUBLICAN', 'REP'],
  ['', 'none'],
]);

/** One code for every spelling of a party; one that is not known keeps its first 12 characters. */
export function partyKey(text: string): string {
  const party = text.trim().toUpperCase();
  return PARTIES.get(party) ?? party.slice(0, 12);
}
