import { type Instant, instantFromMilliseconds, OnDemand } from '../base/index.ts';
import { readMailDate } from '../header/index.ts';
import { DATE_WORDS, FORWARD_WORDS } from './forward-words.data.ts';

/** What a date in a forward's block says; one of both is null at least. */
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
  const spelled = inEnglish(text.slice(0, DATE_TEXT_MAX), languages);
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

/**
 * The date respelled so that the mail date reader takes it; two spellings where it is ambiguous.
 */
function inEnglish(text: string, languages: readonly string[]): readonly string[] {
  const plain = withPlainFigures(inLatinFigures(text.toLowerCase().normalize('NFC')));
  const words = plain
    .split(/[\s,;()\u060c\u061c\u200e\u200f\u202f]+/)
    .flatMap((word) => respell(word, languages));
  // Where two words name a month, the first is a weekday: `mar 20 oct` is a Tuesday in Spanish.
  const months = words.filter((word) => ENGLISH_MONTHS.includes(word));
  const dated = words.filter(
    (word) => !months.slice(0, -1).includes(word) || word === months.at(-1),
  );
  const figures = dated.findIndex((word) => FIGURES.test(word));
  if (figures < 0) return [dated.join(' ')];
  const afternoon = dated.some((word) => word.endsWith('am') || word.endsWith('pm'));
  const english = languages.every((name) => name === 'en');
  return dateOrders(dated[figures]!, english, afternoon).map((date) =>
    dated.with(figures, date).join(' '),
  );
}

/**
 * Zeros of the scripts in which mail programs write dates; nine figures follow each (Unicode 16,
 * Nd).
 */
const ZEROS: readonly number[] = [
  ...[0x660, 0x6f0, 0x966, 0x9e6, 0xa66, 0xae6, 0xb66, 0xbe6, 0xc66, 0xce6, 0xd66, 0xe50, 0xed0],
  ...[0x1040, 0x17e0, 0xff10],
];

const OTHER_FIGURE = /[^\P{Nd}0-9]/gu;

/** `٢٠` and `۲۰` are 20; words that go with such figures, and with Vietnamese ones, in English. */
function inLatinFigures(text: string): string {
  if (ASCII.test(text) && !text.includes('thg')) return text;
  const figures = text.replace(OTHER_FIGURE, (figure) => {
    const code = figure.codePointAt(0)!;
    const zero = ZEROS.find((one) => code >= one && code < one + 10);
    return zero === undefined ? figure : String(code - zero);
  });
  return inVietnamese(figures)
    .replace(/(\d:\d\d(?::\d\d)?)\s?(?:ص|ق\.?\s?ظ)(?!\p{L})/u, '$1 am')
    .replace(/(\d:\d\d(?::\d\d)?)\s?(?:م|ب\.?\s?ظ)(?!\p{L})/u, '$1 pm');
}

const ASCII = /^[\0-\x7f]*$/;

/** One to twelve; the longer names first. */
const VIETNAMESE_MONTHS: readonly string[] = [
  ...['một', 'hai', 'ba', 'tư', 'năm', 'sáu', 'bảy', 'tám', 'chín', 'mười', 'mười một', 'mười hai'],
];
const SPELLED_MONTH = new RegExp(
  `(?:tháng|thg)\\.?\\s(${VIETNAMESE_MONTHS.toReversed().join('|')})(?!\\p{L})`,
  'u',
);

/** `Th 3, 20 thg 10, 2020 lúc 08:59` and `Thứ Ba, 20 Tháng Mười 2020 8:59 SA`. */
const inVietnamese = (text: string): string =>
  text
    .replace(/^\s*th(?:ứ)?\.?\s?\d,/, '')
    .replace(SPELLED_MONTH, (_, name: string) => `thg ${VIETNAMESE_MONTHS.indexOf(name) + 1}`)
    .replace(/(?:tháng|thg)\.?\s?(1[0-2]|0?[1-9])(?!\d)/, (_, month: string) => {
      return ENGLISH_MONTHS[Number(month) - 1]!;
    })
    .replace(/(\d:\d\d(?::\d\d)?)\s?sa(?!\p{L})/u, '$1 am')
    .replace(/(\d:\d\d(?::\d\d)?)\s?ch(?!\p{L})/u, '$1 pm');

/** Figures in one notation: dates with dashes or slashes, times with colons, AM and PM behind. */
function withPlainFigures(text: string): string {
  const plain = text
    // What Gmail's "Show original" adds: `(Delivered after 10 seconds)`.
    .replace(/\s\((?:[^\s()]{1,40}\s){2,8}[^\s()]{1,40}\)$/, '')
    // German `Am 20. Oktober` is no morning.
    .replace(/^\s*am\s/, '')
    .replace(/(\d{4})\s?[年년]\s?(\d{1,2})\s?[月월]\s?(\d{1,2})\s?[日일]?/, '$1-$2-$3 ')
    .replace(/(午前|上午|오전)\s?([\d:]+)/, '$2 am')
    .replace(/(午後|下午|오후)\s?([\d:]+)/, '$2 pm')
    .replace(/\b(\p{L}{3,9})-(\d{1,2})-(\d{4}|\d\d)\b/u, '$2 $1 $3')
    .replace(/([ap])\.\s?m\./g, '$1m')
    .replace(/(\d)\s?h\s?(\d\d)/, '$1:$2');
  // In Danish and Finnish `10.00.00` behind a year is a time.
  const timed = /\d{4}/.test(plain)
    ? plain.replace(/\b(\d\d?)\.(\d\d)\.(\d\d)\b(?!\d)/, '$1:$2:$3')
    : plain;
  return timed
    .replace(/(\d{4})[./](\d{1,2})[./](\d{1,2})\.?/, '$1-$2-$3')
    .replace(/(?<!\d)(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4}|\d\d\b)/, '$1/$2/$3d');
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
function respell(word: string, languages: readonly string[]): readonly string[] {
  if (/\d/.test(word)) {
    const ordinal = /^(\d{1,2}|\d{4})(?:\.|er|º|°|st|nd|rd|th|:e)$/.exec(word);
    if (ordinal !== null) return [ordinal[1]!];
    const zone = /^(?:gmt|utc)([+-]\d{1,2}(?::?\d\d)?)$/.exec(word);
    return [zone?.[1] ?? word];
  }
  if (word === 'am' || word === 'pm' || ZONES.has(word)) return [word];
  const meanings = MONTHS.get().get(word.replace(/\.$/, ''));
  if (meanings === undefined) return [];
  // `listopada` is November in Polish and October in Croatian: the labels' language decides.
  const meant = meanings.find(({ language }) => languages.includes(language)) ?? meanings[0]!;
  return [meant.month];
}

const ENGLISH_MONTHS: readonly string[] = [
  ...['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'],
];
const ZONES: ReadonlySet<string> = new Set([
  ...['utc', 'gmt', 'est', 'edt', 'cst', 'cdt', 'mst', 'mdt', 'pst', 'pdt', 'akst', 'akdt'],
  ...['hst', 'cet', 'cest', 'eet', 'eest', 'wet', 'west', 'msk', 'jst', 'kst', 'aest', 'aedt'],
]);

interface MonthMeaning {
  readonly language: string;
  /** English short name. */
  readonly month: string;
}

/** Few mails write a date of their own: the table is made for the first that does. */
const MONTHS = new OnDemand(monthTable);

/** Every spelling of a month, and what it may be cut to, in each language that has it. */
function monthTable(): ReadonlyMap<string, readonly MonthMeaning[]> {
  const table = new Map<string, MonthMeaning[]>();
  for (const { language, months } of [...FORWARD_WORDS, ...DATE_WORDS])
    for (const [index, spellings] of months.entries())
      for (const spelling of spellings.split('|'))
        for (const form of cutForms(spelling)) {
          const meaning = { language, month: ENGLISH_MONTHS[index]! };
          const known = table.get(form);
          if (known === undefined) table.set(form, [meaning]);
          else known.push(meaning);
        }
  return table;
}

/** `lokakuuta` is written `lokak.`, `жовтня` is written `жовт.`: three letters or more. */
function cutForms(spelling: string): readonly string[] {
  const forms = [spelling];
  for (let length = 3; length < spelling.length; length += 1) forms.push(spelling.slice(0, length));
  return forms;
}
