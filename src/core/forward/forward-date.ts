import { type Instant, instantFromMilliseconds } from '../base/index.ts';
import { readMailDate } from '../header/index.ts';
import { FORWARD_WORDS } from './forward-words.data.ts';

export interface ForwardDate {
  /** Null where the text names no zone or no date. */
  readonly date: Instant | null;
  /** Every moment that the text can mean, where it does not name one. */
  readonly interval: { readonly from: Instant; readonly until: Instant } | null;
}

const NO_DATE: ForwardDate = { date: null, interval: null };
const HOUR_MS = 3_600_000;

/** Civil time ran from UTC-12 to UTC+14 all over the world since 1995. */
const EARLIEST_ZONE_HOURS = -12;
const LATEST_ZONE_HOURS = 14;

/** Longer values hold no date. */
const DATE_TEXT_MAX = 120;

/**
 * The date that a mail client wrote into a forward, in the reader's language and mostly without a
 * zone: then the answer is an interval. Dates in figures (`10/11/2020`) whose order cannot be told
 * span both readings, unless the label's language or AM and PM tell.
 */
export function readForwardDate(text: string, languages: readonly string[]): ForwardDate {
  const spelled = inEnglish(
    text.slice(0, DATE_TEXT_MAX),
    languages.every((name) => name === 'en'),
  );
  const moments = spelled.flatMap((spelling) => readMailDate(spelling) ?? []);
  const [first] = moments;
  if (first === undefined) return NO_DATE;
  const offset = first.offsetMinutes;
  if (offset !== null && moments.length === 1)
    return { date: instantFromMilliseconds(first.wallMs - offset * 60_000), interval: null };
  const walls = moments.map((moment) => moment.wallMs);
  const [ahead, behind] =
    offset === null
      ? [LATEST_ZONE_HOURS * HOUR_MS, -EARLIEST_ZONE_HOURS * HOUR_MS]
      : [offset * 60_000, -offset * 60_000];
  const from = instantFromMilliseconds(Math.min(...walls) - ahead);
  const until = instantFromMilliseconds(Math.max(...walls) + behind);
  return { date: null, interval: from === null || until === null ? null : { from, until } };
}

/** The date respelled so that the mail date reader takes it; two spellings where it is ambiguous. */
function inEnglish(text: string, english: boolean): readonly string[] {
  const plain = text
    .toLowerCase()
    .normalize('NFC')
    .replace(/(\d{4})\s?[年년]\s?(\d{1,2})\s?[月월]\s?(\d{1,2})\s?[日일]?/, '$1-$2-$3 ')
    .replace(/(午前|上午|오전)\s?([\d:]+)/, '$2 am')
    .replace(/(午後|下午|오후)\s?([\d:]+)/, '$2 pm')
    .replace(/([ap])\.\s?m\./g, '$1m')
    .replace(/(\d)\s?h\s?(\d\d)/, '$1:$2')
    .replace(/(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4}|\d\d\b)/, '$1/$2/$3d')
    .replace(/(\d{4})[./](\d{1,2})[./](\d{1,2})/, '$1-$2-$3');
  const words = plain.split(/[\s,;()\u200e\u202f]+/).flatMap((word) => respell(word));
  const figures = words.findIndex((word) => FIGURES.test(word));
  if (figures < 0) return [words.join(' ')];
  const afternoon = words.some((word) => word.endsWith('am') || word.endsWith('pm'));
  return dateOrders(words[figures]!, english, afternoon).map((date) =>
    words.with(figures, date).join(' '),
  );
}

const FIGURES = /^(\d{1,2})[/-](\d{1,2})[/-](\d{4}|\d\d)(d?)$/;

function dateOrders(word: string, english: boolean, afternoon: boolean): readonly string[] {
  const [, first = '', second = '', shortYear = '', dotted] = FIGURES.exec(word) ?? [];
  const year = shortYear.length === 2 ? `20${shortYear}` : shortYear;
  const dayFirst = `${year}-${second}-${first}`;
  const monthFirst = `${year}-${first}-${second}`;
  if (Number(first) > 12 || dotted === 'd' || (!english && !afternoon)) return [dayFirst];
  if (Number(second) > 12 || afternoon) return [monthFirst];
  return first === second ? [dayFirst] : [dayFirst, monthFirst];
}

/** One word of a date as the mail date reader knows it; nothing for weekdays and small words. */
function respell(word: string): readonly string[] {
  if (/\d/.test(word)) {
    const ordinal = /^(\d{1,2})(?:\.|er|º|°|st|nd|rd|th|:e)$/.exec(word);
    if (ordinal !== null) return [ordinal[1]!];
    const zone = /^(?:gmt|utc)([+-]\d{1,2}(?::?\d\d)?)$/.exec(word);
    return [zone?.[1] ?? word];
  }
  if (word === 'am' || word === 'pm' || ZONES.has(word)) return [word];
  const month = MONTHS.get(word.replace(/\.$/, ''));
  return month === undefined ? [] : [month];
}

const ENGLISH_MONTHS: readonly string[] = [
  ...['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'],
];
const ZONES: ReadonlySet<string> = new Set([
  ...['utc', 'gmt', 'est', 'edt', 'cst', 'cdt', 'mst', 'mdt', 'pst', 'pdt', 'akst', 'akdt'],
  ...['hst', 'cet', 'cest', 'eet', 'eest', 'wet', 'west', 'msk', 'jst', 'kst', 'aest', 'aedt'],
]);

/** Every spelling of a month to its English short name; what two languages share goes to the first. */
const MONTHS: ReadonlyMap<string, string> = monthTable();

function monthTable(): ReadonlyMap<string, string> {
  const table = new Map<string, string>();
  for (const { months } of FORWARD_WORDS)
    for (const [index, spellings] of months.entries())
      for (const spelling of spellings.split('|')) {
        const english = ENGLISH_MONTHS[index]!;
        for (const form of [spelling, spelling.slice(0, 3)])
          if (!table.has(form)) table.set(form, english);
      }
  return table;
}
