import { fail, ok, type Result } from '../base/index.ts';
import { emptyNumber, readRecordNumber } from '../web-log/index.ts';

/** Record numbers of which the office knows whether there is such a record. */
export interface KnownNumbers {
  /** Undefined for a number that the office did not name. */
  find(prefix: string, value: number): boolean | undefined;
}

export interface KnownNumbersFailure {
  readonly code: 'known-numbers-malformed';
  /** From 1. */
  readonly line: number;
}

/** More tell no more about sizes of pages. */
const NUMBERS_MAX = 1_000_000;

/**
 * Reads lines of `NUMBER,valid` and `NUMBER,invalid`; a first line `record,known` and empty ones
 * aside.
 */
export function parseKnownNumbers(text: string): Result<KnownNumbers, KnownNumbersFailure> {
  const known = new Map<string, Map<number, boolean>>();
  const number = emptyNumber();
  let count = 0;
  for (const [at, raw] of text
    .replace(/^\uFEFF/, '')
    .split('\n')
    .entries()) {
    const line = raw.trim();
    if (line === '' || (at === 0 && line === 'record,known')) continue;
    const comma = line.indexOf(',');
    const word = line.slice(comma + 1).trim();
    const wrong =
      comma === -1 ||
      (word !== 'valid' && word !== 'invalid') ||
      !readRecordNumber(line.slice(0, comma).trim(), 0, line.slice(0, comma).trim().length, number);
    if (wrong || count === NUMBERS_MAX) {
      return fail({ code: 'known-numbers-malformed', line: at + 1 });
    }
    const own = known.get(number.prefix) ?? new Map<number, boolean>();
    known.set(number.prefix, own);
    own.set(number.value, word === 'valid');
    count += 1;
  }
  return ok({ find: (prefix, value) => known.get(prefix)?.get(value) });
}
