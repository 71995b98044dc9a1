import { type Instant, instantFromMilliseconds } from '../base/index.ts';

/** A date as written: the wall clock, and how far it stood from UTC where that is said. */
export interface WrittenDate {
  /** The clock reading as if it were UTC, in milliseconds since 1970. */
  readonly wallMs: number;
  /** Minutes east of UTC; null where the text names no zone. */
  readonly offsetMinutes: number | null;
}

/** Longer texts are no dates: RFC 5322's longest with comments stays below a line. */
const DATE_LENGTH_MAX = 998;

/**
 * The moment that a Date or Received field names; null where it names none, or no zone.
 *
 * RFC 5322 section 3.3 and 4.3 (obsolete zones, years of two and three digits, comments), and forms
 * that software writes by mistake: asctime, missing seconds, ISO 8601, AM and PM, `GMT+0200`.
 */
export function parseMailDate(text: string): Instant | null {
  const written = readPlainDate(text) ?? readMailDate(text);
  if (written === null || written.offsetMinutes === null) return null;
  return instantFromMilliseconds(written.wallMs - written.offsetMinutes * 60_000);
}

/** Like `parseMailDate`, but a date without a zone is read too. */
export function readMailDate(text: string): WrittenDate | null {
  if (text.length > DATE_LENGTH_MAX) return null;
  const fields: Fields = { numbers: [] };
  for (const token of tokensOf(withoutComments(text))) if (!take(token, fields)) return null;
  return assemble(fields);
}

/**
 * The form that nearly all mail is written in, without a detour: `Tue, 20 Oct 2020 10:00:00 -0400`,
 * comment or not. Null where the text differs in any way; then the patient reader has its turn.
 */
function readPlainDate(text: string): WrittenDate | null {
  if (text.length > DATE_LENGTH_MAX) return null;
  const start = skipBlanks(text, 0);
  const named =
    text.charCodeAt(start + 3) === COMMA && SHORT_DAYS.has(text.slice(start, start + 3));
  const dayAt = named ? skipBlanks(text, start + 4) : start;
  const dayEnd = dayAt + (isDigit(text.charCodeAt(dayAt + 1)) ? 2 : 1);
  const monthAt = skipBlanks(text, dayEnd);
  const yearAt = skipBlanks(text, monthAt + 3);
  const clockAt = skipBlanks(text, yearAt + 4);
  const zoneAt = skipBlanks(text, clockAt + 8);
  const apart = monthAt > dayEnd && yearAt > monthAt + 3 && clockAt > yearAt + 4;
  if (!apart || zoneAt === clockAt + 8) return null;
  const day = numberAt(text, dayAt, dayEnd);
  const month = SHORT_MONTHS.get(text.slice(monthAt, monthAt + 3));
  const year = numberAt(text, yearAt, yearAt + 4);
  const seconds = plainClock(text, clockAt);
  const offsetMinutes = plainZone(text, zoneAt);
  if (month === undefined || day < 1 || day > DAYS[month]! || year < 1000 || year > 2999)
    return null;
  if (seconds < 0 || offsetMinutes === null) return null;
  return { wallMs: Date.UTC(year, month, day) + seconds * 1000, offsetMinutes };
}

/** Seconds since midnight of `10:00:00`; -1 where something else stands. */
function plainClock(text: string, at: number): number {
  if (text.charCodeAt(at + 2) !== COLON || text.charCodeAt(at + 5) !== COLON) return -1;
  const hour = numberAt(text, at, at + 2);
  const minute = numberAt(text, at + 3, at + 5);
  const second = numberAt(text, at + 6, at + 8);
  if (hour < 0 || minute < 0 || second < 0) return -1;
  return hour > 23 || minute > 59 || second > 59 ? -1 : hour * 3600 + minute * 60 + second;
}

/** Minutes east of UTC; null unless the text ends behind the zone and a comment. */
function plainZone(text: string, at: number): number | null {
  const sign = text.charCodeAt(at);
  const signed = sign === PLUS || sign === MINUS;
  const zone = signed ? numberAt(text, at + 1, at + 5) : 0;
  if (!signed && !text.startsWith('GMT', at) && !text.startsWith('UTC', at)) return null;
  if (zone < 0 || zone % 100 > 59) return null;
  let end = skipBlanks(text, at + (signed ? 5 : 3));
  if (text.charCodeAt(end) === OPEN) {
    const close = text.indexOf(')', end);
    if (close < 0 || text.lastIndexOf('(', close) !== end) return null;
    end = skipBlanks(text, close + 1);
  }
  if (end < text.length) return null;
  const minutes = Math.trunc(zone / 100) * 60 + (zone % 100);
  return sign === MINUS ? -minutes : minutes;
}

const [COMMA, COLON, PLUS, MINUS, OPEN] = [0x2c, 0x3a, 0x2b, 0x2d, 0x28];

const isDigit = (code: number): boolean => code >= 0x30 && code <= 0x39;

function skipBlanks(text: string, from: number): number {
  let at = from;
  while (text.charCodeAt(at) === 0x20 || text.charCodeAt(at) === 0x09) at++;
  return at;
}

/** The number that digits alone spell from `from` to `to`; -1 where others stand there. */
function numberAt(text: string, from: number, to: number): number {
  let value = 0;
  for (let at = from; at < to; at++) {
    const code = text.charCodeAt(at);
    if (!isDigit(code)) return -1;
    value = value * 10 + code - 0x30;
  }
  return value;
}

/** February's 29th takes the patient way. */
const DAYS: readonly number[] = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

interface Fields {
  /** Day and year, in the order of writing, with their digit counts. */
  numbers: string[];
  month?: number;
  time?: readonly [number, number, number];
  afternoon?: boolean;
  offset?: number;
  iso?: readonly [number, number, number];
}

const withoutComments = (text: string): string => {
  let plain = '';
  let depth = 0;
  for (const char of text) {
    if (char === '(') depth++;
    else if (char === ')') depth = Math.max(0, depth - 1);
    else if (depth === 0) plain += char;
  }
  return plain;
};

const tokensOf = (text: string): readonly string[] =>
  text
    .replace(/^\s*(\d{4}-\d{1,2}-\d{1,2})T(?=\d)/i, '$1 ')
    .replace(/\s*:\s*/g, ':')
    .split(/[\s,;]+/)
    .filter((token) => token !== '');

/** Puts one token where it belongs; false where it belongs nowhere. */
function take(token: string, fields: Fields): boolean {
  const first = token.charCodeAt(0);
  if (first === 0x2b || first === 0x2d) return takeOffset(token, fields);
  if (first >= 48 && first <= 57) return takeNumber(token, fields);
  return takeWord(token, fields);
}

function takeOffset(token: string, fields: Fields): boolean {
  const parts = /^([+-])(\d{1,2}):?(\d\d)?$/.exec(token);
  if (parts === null || fields.offset !== undefined) return false;
  const minutes = Number(parts[2]) * 60 + Number(parts[3] ?? 0);
  fields.offset = parts[1] === '-' ? -minutes : minutes;
  return Number(parts[3] ?? 0) < 60;
}

/** `10:00:00 0200`: the sign is missing, and every zone written so is meant as east. */
const takeUnsignedOffset = (token: string, fields: Fields): boolean =>
  /^(?:0\d|1[0-4])\d\d$/.test(token) &&
  fields.time !== undefined &&
  takeOffset(`+${token}`, fields);

function takeNumber(token: string, fields: Fields): boolean {
  const clock =
    /^(\d{1,2})[:.](\d\d)(?:[:.](\d\d)(?:[.,]\d{1,9})?)?(am|pm|z|[+-]\d\d:?\d\d)?$/i.exec(token);
  if (clock !== null && fields.time === undefined) {
    fields.time = [Number(clock[1]), Number(clock[2]), Number(clock[3] ?? 0)];
    return clock[4] === undefined || take(clock[4], fields);
  }
  const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(token);
  if (iso !== null) {
    fields.iso = [Number(iso[1]), Number(iso[2]), Number(iso[3])];
    return true;
  }
  const dashed = /^(\d{1,2})-([a-z]{3,9})-(\d{2,4})$/i.exec(token);
  if (dashed !== null) {
    fields.numbers.push(dashed[1]!, dashed[3]!);
    return takeWord(dashed[2]!, fields);
  }
  const plain = /^(\d{1,4})(?:st|nd|rd|th)?$/i.exec(token);
  if (plain === null) return false;
  if (fields.numbers.length >= 2) return takeUnsignedOffset(token, fields);
  fields.numbers.push(plain[1]!);
  return true;
}

function takeWord(token: string, fields: Fields): boolean {
  const word = token.toLowerCase().replace(/\.$/, '');
  const month = MONTHS.indexOf(word.slice(0, 3));
  if (month >= 0 && MONTH_NAMES[month]!.startsWith(word === 'sept' ? 'sep' : word)) {
    // "mar, 20 oct": Spanish, Italian and Romanian for Tuesday; no date names two months.
    if (fields.month === MARCH && word !== 'march') fields.month = month;
    fields.month ??= month;
    return true;
  }
  if (WEEKDAYS.some((day) => word.length >= 3 && day.startsWith(word))) return true;
  if (word === 'am' || word === 'pm') {
    fields.afternoon = word === 'pm';
    return true;
  }
  if (word === 'at') return true;
  // In front of all else stands a weekday, in whatever language.
  if (fields.numbers.length === 0 && fields.time === undefined && OTHER_WEEKDAYS.has(word))
    return true;
  const zone = /^([a-z]{1,5})([+-]\d{1,2}:?\d{0,2})?$/.exec(word);
  if (zone === null) return false;
  if (zone[2] !== undefined) return takeOffset(zone[2], fields);
  // RFC 5322 section 4.3: other alphabetic zones mean -0000, whose clock reads UTC.
  fields.offset ??= ZONES[zone[1]!] ?? 0;
  return true;
}

/** As Spanish, French, Italian and Portuguese programs shorten them. */
const OTHER_WEEKDAYS: ReadonlySet<string> = new Set(
  'lun mié mie jue vie sáb sab dom mer jeu ven sam dim gio seg ter qua qui sex'.split(' '),
);

function assemble(fields: Fields): WrittenDate | null {
  const [day, month, year] = fields.iso
    ? [fields.iso[2], fields.iso[1] - 1, fields.iso[0]]
    : dayMonthYear(fields);
  const [hour, minute, second] = clockOf(fields) ?? [-1, 0, 0];
  if (hour < 0 || hour > 23 || minute > 59 || second > 60) return null;
  const midnight = new Date(0).setUTCFullYear(year, month, day);
  const date = new Date(midnight);
  if (date.getUTCMonth() !== month || date.getUTCDate() !== day) return null;
  const wallMs = midnight + (hour * 3600 + minute * 60 + second) * 1000;
  return { wallMs, offsetMinutes: fields.offset ?? null };
}

/** Hungarian and others write the year first. */
function dayMonthYear({ numbers, month }: Fields): readonly [number, number, number] {
  const [first = '', second = ''] = numbers;
  const [day, year] = first.length === 4 ? [second, first] : [first, second];
  return [Number(day || Number.NaN), month ?? -1, fullYear(year)];
}

function clockOf({ time, afternoon }: Fields): readonly [number, number, number] | null {
  if (time === undefined || afternoon === undefined) return time ?? null;
  if (time[0] < 1 || time[0] > 12) return afternoon && time[0] < 24 ? time : null;
  return [(time[0] % 12) + (afternoon ? 12 : 0), time[1], time[2]];
}

/** RFC 5322 section 4.3: 00 to 49 are 20xx; other years below four digits count from 1900. */
function fullYear(digits: string): number {
  if (digits === '') return Number.NaN;
  const year = Number(digits);
  if (digits.length >= 4) return year;
  return digits.length <= 2 && year < 50 ? 2000 + year : 1900 + year;
}

const MONTH_NAMES: readonly string[] = [
  'january',
  'february',
  'march',
  'april',
  'may',
  'june',
  'july',
  'august',
  'september',
  'october',
  'november',
  'december',
];
const MARCH = 2;
const MONTHS: readonly string[] = MONTH_NAMES.map((name) => name.slice(0, 3));
const WEEKDAYS: readonly string[] = [
  'monday',
  'tuesday',
  'wednesday',
  'thursday',
  'friday',
  'saturday',
  'sunday',
];

/** As RFC 5322 section 3.3 spells them. */
const SHORT_MONTHS: ReadonlyMap<string, number> = new Map(
  'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ').map((name, index) => [name, index]),
);
const SHORT_DAYS: ReadonlySet<string> = new Set('Mon Tue Wed Thu Fri Sat Sun'.split(' '));

/** Minutes east of UTC. RFC 5322 section 4.3, and names that stand for one offset only. */
const ZONES: Readonly<Record<string, number>> = {
  ut: 0,
  utc: 0,
  gmt: 0,
  z: 0,
  est: -300,
  edt: -240,
  cst: -360,
  cdt: -300,
  mst: -420,
  mdt: -360,
  pst: -480,
  pdt: -420,
  akst: -540,
  akdt: -480,
  hst: -600,
  wet: 0,
  west: 60,
  cet: 60,
  cest: 120,
  met: 60,
  mest: 120,
  eet: 120,
  eest: 180,
  msk: 180,
  jst: 540,
  kst: 540,
  aest: 600,
  aedt: 660,
  nzst: 720,
  nzdt: 780,
};
