import type { Sighting } from './scan-text.ts';
import type { Link } from './url.ts';

/** Dashes of every length (Unicode's Pd that telephone numbers are typeset with), and the minus. */
const DASHES = /[\u2010-\u2015\u2212]/g;
const PHONE = /(?<![\w.@/=&%-])(?:\+\d|\(?\d)[\d ().\u00a0\u2010-\u2015\u2212-]{6,22}\d(?![\w@])/g;
/**
 * `202/555-0109`: a slash behind the area code only, for elsewhere it parts two numbers or a date.
 */
const SLASHED =
  /(?<![\w.@/=&%-])\(?[2-9]\d\d\)? ?\/ ?[2-9]\d\d[ .\u2010-\u2015\u2212-]\d{4}(?![\w@/])/g;
/** Fewest characters that `PHONE` matches. */
const PHONE_LENGTH_MIN = 8;
const NORTH_AMERICAN = /^(?:1[ .-]?)?\(?[2-9]\d\d\)?(?:[ .-]{0,2}| ?\/ ?)[2-9]\d\d[ .-]\d{4}$/;
/** What is dialled in North America before a country's code, which is never its own 1. */
const ABROAD = /^011[ .-]{1,2}(?=[2-9])/;
/** The trunk prefix that is left out behind a country's code: `+44 (0)20`. */
const TRUNK = /\(0\)/;

/** Telephone numbers of a text: with a `+` or `011`, or in North American spelling. */
export function phones(text: string, found: Sighting[]): void {
  for (let at = dialPlace(text, PHONE_LENGTH_MIN - 1); at >= 0; ) {
    const start = dialStart(text, at);
    const end = dialEnd(text, at + 1);
    if (hasDigits(text, start, end)) phonesIn(text, Math.max(0, start - 1), end, found);
    at = dialPlace(text, end - 1 + PHONE_LENGTH_MIN);
  }
  letteredPhones(text, found);
}

// Small loops of their own: they run over every text, and are compiled without what is rare.

/** The next of the places looked at on which a number could lie; -1 where none is left. */
function dialPlace(text: string, from: number): number {
  for (let at = from; at < text.length; at += PHONE_LENGTH_MIN)
    if (isDialCode(text.charCodeAt(at))) return at;
  return -1;
}

function dialStart(text: string, at: number): number {
  let start = at;
  while (start > 0 && isDialCode(text.charCodeAt(start - 1))) start -= 1;
  return start;
}

function dialEnd(text: string, at: number): number {
  let end = at;
  while (end < text.length && isDialCode(text.charCodeAt(end))) end += 1;
  return end;
}

/** Fewest digits of a number that `phoneNumber` takes. */
const PHONE_DIGITS_MIN = 8;

/** Enough of them for a number; most runs are blanks and dashes. */
function hasDigits(text: string, from: number, end: number): boolean {
  if (end - from < PHONE_LENGTH_MIN) return false;
  let digits = 0;
  for (let at = from; at < end; at += 1) {
    const code = text.charCodeAt(at);
    if (code >= 48 && code <= 57) digits += 1;
  }
  return digits >= PHONE_DIGITS_MIN;
}

function phonesIn(text: string, from: number, end: number, found: Sighting[]): void {
  const run = text.slice(from, end + 1);
  for (const pattern of run.includes('/') ? [PHONE, SLASHED] : [PHONE])
    for (const { 0: word, index } of run.matchAll(pattern)) {
      const value = phoneNumber(word);
      const start = from + index;
      if (value !== null)
        found.push({ type: 'phone', value, start, end: start + word.length, how: [] });
    }
}

/**
 * What telephone numbers are written with: digits, blanks, brackets, points, dashes, plus, slash.
 */
const isDialCode = (code: number): boolean =>
  (code >= 45 && code <= 57) ||
  code === 32 ||
  (code >= 40 && code <= 43 && code !== 42) ||
  code === 0xa0 ||
  (code >= 0x2010 && code <= 0x2015) ||
  code === 0x2212;

/** E.164 with its `+`; null for digits that are no telephone number for certain. */
function phoneNumber(spelling: string): string | null {
  const plain = spelling.replace(DASHES, '-').replaceAll('\u00a0', ' ');
  if (plain.startsWith('+')) return international(plain.replace(TRUNK, ''));
  if (ABROAD.test(plain)) return international(plain.replace(ABROAD, ''));
  if (!NORTH_AMERICAN.test(plain)) return null;
  const digits = plain.replace(/\D/g, '');
  return digits.length === 11 ? `+${digits}` : `+1${digits}`;
}

function international(spelling: string): string | null {
  const digits = spelling.replace(/\D/g, '');
  const isWhole = digits.length >= 8 && digits.length <= 15 && !digits.startsWith('0');
  return isWhole ? `+${digits}` : null;
}

/**
 * The number that a `tel:` or `sms:` link dials (RFC 3966), parameters left out. Ten digits are
 * read as North American ones; others without a `+` stay as they are: short and national numbers.
 */
export function dialledNumber(target: string): string | null {
  const [spelling = ''] = target.trim().split(/[;?,&]/, 1);
  const known = phoneNumber(spelling.trim());
  if (known !== null) return known;
  const digits = spelling.replace(/[\s().\u2010-\u2015\u2212-]/g, '');
  if (/^1?[2-9]\d\d[2-9]\d{6}$/.test(digits)) return `+${digits.length === 11 ? '' : '1'}${digits}`;
  return /^\d{3,15}$/.test(digits) ? digits : null;
}

/**
 * The number that a link of WhatsApp writes to: `wa.me/12025550166`, `whatsapp://send?phone=...`.
 */
export function messengerNumber({ scheme, host, path, query }: Link): string | null {
  const said =
    scheme === 'whatsapp'
      ? WHATSAPP_PHONE.exec(path)?.[1]
      : host?.ascii === 'wa.me'
        ? /^\/\+?(\d+)/.exec(path)?.[1]
        : host?.ascii === 'api.whatsapp.com'
          ? WHATSAPP_PHONE.exec(`?${query}`)?.[1]
          : undefined;
  return said === undefined ? null : international(said);
}

const WHATSAPP_PHONE = /[?&]phone=(?:\+|%2b|%20)?(\d+)/i;

/** `1-800-VOTE-NOW`: a toll-free code, and at least one letter among what follows it. */
const LETTERED =
  /(?<![\w.@/=&%-])(?:1[ .-]?)?\(?8(?:00|33|44|55|66|77|88)\)?[ .-]{1,2}([A-Z0-9](?:-?[A-Z0-9]){6,9})(?![\w@-])/g;
/** Letters of the keys 2 to 9 (ITU-T E.161), by the alphabet. */
const KEYS = '22233344455566677778889999';

function letteredPhones(text: string, found: Sighting[]): void {
  if (!mayBeTollFree(text)) return;
  for (const hit of text.matchAll(LETTERED)) {
    const written = (hit[1] ?? '').replaceAll('-', '');
    if (!/[A-Z]/.test(written)) continue;
    const dialled = written.slice(0, 7).replace(/[A-Z]/g, (c) => KEYS[c.charCodeAt(0) - 65] ?? '');
    const area = /8\d\d/.exec(hit[0])?.[0] ?? '';
    const value = `+1${area}${dialled}`;
    const { index: start } = hit;
    found.push({ type: 'phone', value, start, end: start + hit[0].length, how: ['letters'] });
  }
}

/** `800`, `833`, `844` and so on stand in the text: one native search tells most texts apart. */
function mayBeTollFree(text: string): boolean {
  for (let at = text.indexOf('8'); at >= 0; at = text.indexOf('8', at + 1)) {
    const next = text.charCodeAt(at + 1);
    if (next !== text.charCodeAt(at + 2) || (next !== 48 && (next < 51 || next > 56))) continue;
    if (!(text.charCodeAt(at + 3) > 46)) return true;
  }
  return false;
}
