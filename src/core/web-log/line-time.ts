import { MONTHS } from '../base/index.ts';

/** Length of `21/Oct/2020:13:55:36 -0700`. */
export const COMMON_TIME_LENGTH = 26;

/** Two decimal digits at `at`; NaN where they are none. */
function twoDigits(text: string, at: number): number {
  const [tens, ones] = [text.charCodeAt(at) - 48, text.charCodeAt(at + 1) - 48];
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : Number.NaN;
}

/**
 * Seconds of `HH:MM:SS` at `at`; NaN where it is none. A leap second is the next minute's first.
 */
export function clockSeconds(text: string, at: number): number {
  if (text.charCodeAt(at + 2) !== 58 || text.charCodeAt(at + 5) !== 58) return Number.NaN;
  const [hour, minute, second] = [
    twoDigits(text, at),
    twoDigits(text, at + 3),
    twoDigits(text, at + 6),
  ];
  return hour < 24 && minute < 60 && second < 61 ? hour * 3600 + minute * 60 + second : Number.NaN;
}

/** A reader of times that remembers the day of the last line: neighbours share it. */
export interface TimeReader {
  /** Seconds since 1970 of `21/Oct/2020:13:55:36 -0700` at `at`; NaN where it is none. */
  common(text: string, at: number): number;
  /** Seconds since 1970 at which `2020-10-21` begins in UTC; NaN where it is none. */
  isoDay(text: string, at: number): number;
}

export function createTimeReader(): TimeReader {
  let commonDay = '?';
  let commonStart = Number.NaN;
  let isoText = '?';
  let isoStart = Number.NaN;
  return {
    common(text, at) {
      if (!text.startsWith(commonDay, at)) {
        const day = text.slice(at, at + 11);
        const start = dayOfCommon(day);
        if (Number.isNaN(start)) return Number.NaN;
        [commonDay, commonStart] = [day, start];
      }
      return commonStart + clockSeconds(text, at + 12) - zoneSeconds(text, at + 20);
    },
    isoDay(text, at) {
      if (!text.startsWith(isoText, at)) {
        const day = text.slice(at, at + 10);
        const start = dayOfIso(day);
        if (Number.isNaN(start)) return Number.NaN;
        [isoText, isoStart] = [day, start];
      }
      return isoStart;
    },
  };
}

function dayOfCommon(text: string): number {
  const month = MONTHS.indexOf(text.slice(3, 6));
  if (month < 0 || text[2] !== '/' || text[6] !== '/') return Number.NaN;
  return dayStart(twoDigits(text, 7) * 100 + twoDigits(text, 9), month, twoDigits(text, 0));
}

function dayOfIso(text: string): number {
  if (text[4] !== '-' || text[7] !== '-') return Number.NaN;
  return dayStart(
    twoDigits(text, 0) * 100 + twoDigits(text, 2),
    twoDigits(text, 5) - 1,
    twoDigits(text, 8),
  );
}

/** Years that a web server can have logged; others are a broken clock. */
function dayStart(year: number, month: number, day: number): number {
  if (!(year >= 1993 && year <= 2105 && month >= 0 && month < 12)) return Number.NaN;
  if (!(day >= 1 && day <= 31)) return Number.NaN;
  return Date.UTC(year, month, day) / 1000;
}

/** `+0200`, or nothing at all, which is taken for UTC. */
function zoneSeconds(text: string, at: number): number {
  const sign = text.charCodeAt(at + 1);
  if (sign !== 43 && sign !== 45) return 0;
  const seconds = twoDigits(text, at + 2) * 3600 + twoDigits(text, at + 4) * 60;
  return sign === 45 ? -seconds : seconds;
}
