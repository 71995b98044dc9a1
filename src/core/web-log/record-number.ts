/**
 * A record number as it stands in a request: up to four letters, then digits. Two texts are the
 * same number when letters (in any case), digits and leading zeros agree.
 */
export interface RecordNumber {
  /** Letters before the digits, upper case; mostly none. */
  prefix: string;
  value: number;
  /** Digits written, where the first one is 0; else 0: then the value alone gives the text. */
  padded: number;
  digits: number;
}

/** A place for `readRecordNumber` to write to: one for all lines, so that none is made for each. */
export const emptyNumber = (): RecordNumber => ({ prefix: '', value: 0, padded: 0, digits: 0 });

const PREFIX_MAX = 4;
/** Whole numbers are exact in a double up to 9,007,199,254,740,992. */
const DIGITS_MAX = 15;

/** Reads `text` from `from` to `end` into `into`; false where it is no record number. */
export function readRecordNumber(
  text: string,
  from: number,
  end: number,
  into: RecordNumber,
): boolean {
  let at = from;
  while (at < end && at - from < PREFIX_MAX && isLetter(text.charCodeAt(at))) at += 1;
  const digitsAt = at;
  let value = 0;
  for (; at < end; at++) {
    const digit = text.charCodeAt(at) - 48;
    if (!(digit >= 0 && digit <= 9)) return false;
    value = value * 10 + digit;
  }
  const digits = at - digitsAt;
  if (digits === 0 || digits > DIGITS_MAX) return false;
  into.prefix = digitsAt === from ? '' : text.slice(from, digitsAt).toUpperCase();
  into.value = value;
  into.digits = digits;
  into.padded = digits > 1 && text.charCodeAt(digitsAt) === 48 ? digits : 0;
  return true;
}

const isLetter = (code: number): boolean => (code | 32) >= 97 && (code | 32) <= 122;

/** The text that `readRecordNumber` read. */
export const recordNumberText = (prefix: string, padded: number, value: number): string =>
  `${prefix}${padded > 0 ? String(value).padStart(padded, '0') : value}`;
