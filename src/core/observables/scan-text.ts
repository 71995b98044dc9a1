import type { Kernels } from '../base/index.ts';
import {
  type Host,
  type HostReader,
  ipv6Groups,
  isDottedQuad,
  readHost,
  readIpv6,
} from './host-name.ts';
import { phones } from './phone.ts';
import { type PlacedText, placedText } from './placed-text.ts';
import { type LinkReader, readLink, URL_LENGTH_MAX } from './url.ts';
import { isBech32Word, walletCurrency } from './wallet.ts';

/** What a text alone can name. */
export type SightingType = 'url' | 'host' | 'ip' | 'email' | 'phone' | 'wallet' | 'hash';

/** One thing that a text names, and where: UTF-16 units, `end` not included. */
export interface Sighting {
  readonly type: SightingType;
  readonly value: string;
  readonly start: number;
  readonly end: number;
  /** What was done to read it: `refanged`, `no-scheme`, `as-browsers-read`. */
  readonly how: readonly string[];
}

/** RFC 5321 section 4.5.3.1.1. */
const LOCAL_PART_MAX = 64;
const HOST_MAX = 253;

/**
 * Finds URLs, hosts, addresses, IPs, phone numbers, wallets and hashes in prose, in order of place.
 *
 * Hosts without a scheme count only under a listed suffix; phone numbers only with a `+`, with
 * `011` or in North American spelling. Defanged spellings (`hxxp`, `[.]`, `[at]`) are read too.
 * Linear time.
 */
export function scanText(
  text: string,
  kernels: Kernels,
  hosts: HostReader = readHost,
  links: LinkReader = (words) => readLink(words, hosts),
): readonly Sighting[] {
  if (text.length < LONG_WORD_MIN && !SAYS_SOMETHING.test(text)) return NONE;
  const { text: plain, place } = refang(text);
  const found: Sighting[] = [];
  names(plain, { hosts, links, found });
  longWords(plain, kernels, found);
  phones(plain, found);
  ipv6Addresses(plain, found);
  const placed =
    plain === text
      ? found
      : found.map((sighting) => placedBack(sighting, text, { text: plain, place }));
  return placed.length < 2 ? placed : placed.sort((a, b) => a.start - b.start || b.end - a.end);
}

/** Without one of these a short text names nothing: the words on most links. */
const SAYS_SOMETHING = /[.@:[({\d]/;
const NONE: readonly Sighting[] = [];

/** A word as long as the shortest wallet or hash; common words are shorter. */
const CODE_WORD = /[a-z0-9]{26}/i;

/**
 * Whether a text names a site, an address, a number or a code: something for its reader to turn to.
 */
export function namesContact(text: string, hosts: HostReader = readHost): boolean {
  const { text: plain } = refang(text);
  const found: Sighting[] = [];
  names(plain, { hosts, links: (words) => readLink(words, hosts), found });
  phones(plain, found);
  ipv6Addresses(plain, found);
  return found.length > 0 || CODE_WORD.test(plain);
}

/** A sighting of the text with defanged spellings undone, as it stands in the source. */
function placedBack(
  sighting: Sighting,
  source: string,
  { text, place }: Pick<PlacedText, 'text' | 'place'>,
): Sighting {
  const [start, end] = [place(sighting.start), place(sighting.end)];
  const refanged = source.slice(start, end) !== text.slice(sighting.start, sighting.end);
  return { ...sighting, start, end, how: refanged ? [...sighting.how, 'refanged'] : sighting.how };
}

const DEFANGED = /\bhxxp(?=s?\[?:)|\[(?::\/\/|[.:@]|at|dot)\]|\((?:\.|dot)\)|\{\.\}/gi;

/** No mark of a defanged address, told faster than by the pattern. */
const isPlain = (text: string): boolean =>
  !MARKS.some(
    ([open, marks]) => text.includes(open) && marks.some((mark) => text.includes(mark)),
  ) && !/xxp/i.test(text);

const MARKS: readonly (readonly [string, readonly string[]])[] = [
  ['[', ['[.', '[:', '[@', '[at]', '[AT]', '[dot]', '[DOT]']],
  ['(', ['(.)', '(dot)']],
  ['{', ['{.}']],
];

/** Undoes the usual ways to make an address unclickable. */
function refang(text: string): PlacedText {
  if (isPlain(text)) return { text, place: (at) => at, end: (at) => at };
  const [starts, sources]: [number[], number[]] = [[], []];
  let plain = '';
  let last = 0;
  for (const hit of text.matchAll(DEFANGED)) {
    plain += text.slice(last, hit.index) + meant(hit[0].toLowerCase());
    last = hit.index + hit[0].length;
    starts.push(plain.length);
    sources.push(last);
  }
  return placedText(plain + text.slice(last), starts, sources);
}

function meant(mark: string): string {
  if (mark === 'hxxp') return 'http';
  const inner = mark.slice(1, -1);
  return inner === 'at' ? '@' : inner === 'dot' ? '.' : inner;
}

const TRIGGER = /:\/\/|@|[^\s.,;:!?"'<>()[\]]\.[^\s.,;:!?"'<>()[\]]/g;
const URL_STOP = /[\s<>"\u0000-\u001f\u007f\u200b-\u200f\u2028-\u202f\u2060-\u2069\ufeff]/g;

interface Into {
  readonly found: Sighting[];
  readonly hosts: HostReader;
  readonly links: LinkReader;
}

/** URLs, addresses and hosts. Every character is looked at a bounded number of times. */
function names(text: string, into: Into): void {
  const { found } = into;
  for (let from = 0; ; ) {
    TRIGGER.lastIndex = from;
    const hit = TRIGGER.exec(text);
    if (hit === null) return;
    const floor = found.at(-1)?.end ?? 0;
    const next =
      hit[0] === '://'
        ? urlAt(text, hit.index, floor, into)
        : hit[0] === '@'
          ? emailAt(text, hit.index, floor, into)
          : hostAt(text, hit.index, floor, into);
    from = Math.max(next, hit.index + 1);
  }
}

function urlAt(text: string, colon: number, from: number, { found, links }: Into): number {
  let start = colon;
  while (start > from && colon - start < 8 && isLetterCode(text.charCodeAt(start - 1))) start -= 1;
  const scheme = /(?:https?|ftps?)$/i.exec(text.slice(start, colon))?.[0];
  if (scheme === undefined) return colon + 3;
  start = colon - scheme.length;
  const end = urlEnd(text, start);
  const link = links(text.slice(start, end));
  if (link !== null && link.host !== null)
    found.push({ type: 'url', value: link.href, start, end, how: link.how });
  return Math.max(end, colon + 3);
}

const isLetterCode = (code: number): boolean => (code | 0x20) >= 97 && (code | 0x20) <= 122;

/**
 * Where prose takes over again: closing punctuation is not part of the URL, a paired bracket is.
 */
function urlEnd(text: string, start: number): number {
  URL_STOP.lastIndex = start;
  const stop = URL_STOP.exec(text)?.index ?? text.length;
  const cut = text.slice(start, Math.min(stop, start + URL_LENGTH_MAX));
  let opens = 0;
  for (let at = 0; at < cut.length; at += 1) {
    const code = cut.charCodeAt(at);
    if (code === 40) opens += 1;
    else if (code === 41) opens -= 1;
  }
  let end = cut.length;
  while (end > 0) {
    const char = cut[end - 1] ?? '';
    if (char === ')') {
      if (opens >= 0) break;
      opens += 1;
    } else if (!/[.,;:!?'\]}*_\u2019\u201d\u00bb\u3002]/.test(char)) break;
    end -= 1;
  }
  return start + end;
}

const LOCAL = /[\p{L}\p{N}.!#$%&'*+/=?^_`{|}~-]/u;
const HOST = /[\p{L}\p{N}._-]/u;

/** A test of one character, answered from a table where it is ASCII. */
function characterTest(pattern: RegExp): (text: string, at: number) => boolean {
  const ascii = Uint8Array.from({ length: 128 }, (_, code) =>
    pattern.test(String.fromCharCode(code)) ? 1 : 0,
  );
  return (text, at) => {
    const code = text.charCodeAt(at);
    return code < 128 ? ascii[code] === 1 : pattern.test(text[at] ?? '');
  };
}

const isLocal = characterTest(LOCAL);
const isHost = characterTest(HOST);
const isHostMark = characterTest(/[._-]/);
const isLocalMark = characterTest(/[.'`*_/=?{|]/);

function emailAt(text: string, at: number, from: number, { found, hosts }: Into): number {
  let start = localStart(text, at, from);
  if (isQuery(text, start, from)) start += Math.max(1, text.slice(start, at).lastIndexOf('=') + 1);
  while (start < at && isLocalMark(text, start)) start += 1;
  const end = addressEnd(text, at + 1);
  const local = text.slice(start, at);
  const sent = text.slice(at + 1, end);
  const shown = sent.replace(HIDDEN, '');
  const host = shown === '' ? null : hosts(shown);
  if (start === at || host?.registrable == null || text[at - 1] === '.') return at + 1;
  const seen = local.replace(HIDDEN, '');
  if (seen === local && shown === sent) {
    const how = spelling(host, sent);
    found.push({ type: 'email', value: `${local}@${host.ascii}`, start, end, how });
    return end;
  }
  // A reader sees one address and the mail has another: whoever looks it up needs both.
  const how = ['hidden-character'];
  found.push({ type: 'email', value: `${local}@${sent}`, start, end, how });
  if (seen !== '')
    found.push({
      type: 'email',
      value: `${seen}@${host.ascii}`,
      start,
      end,
      how: [...how, 'as-shown'],
    });
  return end;
}

/**
 * Right behind an address or `mailto:` a query begins: `?subject=x&bcc=b@list.example` (RFC 6068).
 */
const isQuery = (text: string, start: number, from: number): boolean =>
  (text[start] === '?' || text[start] === '&') &&
  ((start === from && from > 0) || /mailto:$/i.test(text.slice(Math.max(0, start - 7), start)));

/** Characters that show nothing: soft hyphen, joiners, direction marks, blanks of no width. */
const HIDDEN = /[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]+/g;
const isHidden = (code: number): boolean =>
  (code >= 0x200b && code <= 0x206f && !(code > 0x200f && code < 0x202a) && code !== 0x202f) ||
  [0xad, 0x61c, 0x180e, 0xfeff].includes(code);

/** Where an address's local part begins; characters that show nothing do not end it. */
function localStart(text: string, at: number, from: number): number {
  let start = at;
  while (start > from && at - start < LOCAL_PART_MAX) {
    if (!isLocal(text, start - 1) && !isHidden(text.charCodeAt(start - 1))) break;
    start -= 1;
  }
  while (start < at && isHidden(text.charCodeAt(start))) start += 1;
  return start;
}

/** The same for the end of its host. */
function addressEnd(text: string, start: number): number {
  let end = start;
  while (end - start < HOST_MAX && (isHost(text, end) || isHidden(text.charCodeAt(end)))) end += 1;
  while (end > start && (isHostMark(text, end - 1) || isHidden(text.charCodeAt(end - 1)))) end -= 1;
  return end;
}

function hostEnd(text: string, start: number): number {
  let end = start;
  while (end - start < HOST_MAX && isHost(text, end)) end += 1;
  while (end > start && isHostMark(text, end - 1)) end -= 1;
  return end;
}

function marksEnd(text: string, start: number): number {
  let end = start;
  while (end < text.length && isHostMark(text, end)) end += 1;
  return end;
}

function hostAt(text: string, near: number, from: number, into: Into): number {
  const { found, hosts } = into;
  let start = near;
  while (start > from && near - start < HOST_MAX && isHost(text, start - 1)) start -= 1;
  while (start < near && isHostMark(text, start)) start += 1;
  const end = hostEnd(text, near);
  // Nothing but marks follows: no host has such an end, and none begins before the last of them.
  if (end === near) return marksEnd(text, near);
  if (/^(?:[\w.+=%'~-]{0,64}@|:\/\/)/.test(text.slice(end, end + LOCAL_PART_MAX + 1))) return end;
  const word = text.slice(start, end);
  const isPath = text[end] === '/' && /[^\s/]/.test(text[end + 1] ?? ' ');
  if (isDottedQuad(word)) found.push({ type: 'ip', value: word, start, end, how: [] });
  else if (readsAsHost(word, isPath, hosts)) return pushHost(text, { start, end, isPath }, into);
  return end;
}

function pushHost(
  text: string,
  span: { readonly start: number; readonly end: number; readonly isPath: boolean },
  { found, hosts, links }: Into,
): number {
  const { start } = span;
  if (span.isPath) {
    const end = urlEnd(text, start);
    const link = links(`https://${text.slice(start, end)}`);
    if (link !== null)
      found.push({ type: 'url', value: link.href, start, end, how: ['no-scheme', ...link.how] });
    return end;
  }
  const word = text.slice(start, span.end);
  const host = hosts(word);
  if (host !== null) {
    const how = spelling(host, word);
    found.push({ type: 'host', value: host.ascii, start, end: span.end, how });
  }
  return span.end;
}

const spelling = ({ ascii }: Host, written: string): readonly string[] =>
  ascii === written.toLowerCase() ? [] : ['as-browsers-read'];

/**
 * Suffixes that name a kind of file more often than a place, where nothing else speaks for a host.
 */
const FILE_SUFFIX = /\.(?:zip|mov|py|sh|rs|pl|md|so|cc|ps|ai|app|cab|bat|com\.exe)$/i;
/** `done.So`: a sentence without its blank, not Somalia. */
const SENTENCE = /\.(?:Am|An|As|At|Be|By|Do|In|Is|It|Me|My|No|So|To|Us|We)$/;

function readsAsHost(word: string, isPath: boolean, hosts: HostReader): boolean {
  if (SENTENCE.test(word)) return false;
  if (FILE_SUFFIX.test(word) && !isPath && !/^www\./i.test(word)) return false;
  const host = hosts(word);
  return host !== null && host.kind === 'name' && host.listed && host.registrable !== null;
}

const LONG_WORD_MIN = 26;
const LONG_WORD_MAX = 128;
const HASH_LENGTHS: ReadonlySet<number> = new Set([32, 40, 64, 128]);

/** Wallet addresses, and MD5, SHA-1, SHA-256 and SHA-512 in hexadecimal. */
function longWords(text: string, kernels: Kernels, found: Sighting[]): void {
  // A word of 26 characters covers one of every 26 places: only those are looked at.
  for (let at = LONG_WORD_MIN - 1; at < text.length; at += LONG_WORD_MIN) {
    if (!isWordCode(text.charCodeAt(at))) continue;
    let [start, end] = [at, at + 1];
    while (start > 0 && isWordCode(text.charCodeAt(start - 1))) start -= 1;
    while (end < text.length && isWordCode(text.charCodeAt(end))) end += 1;
    at = end - 1;
    if (end - start < LONG_WORD_MIN || end - start > LONG_WORD_MAX) continue;
    const word = text.slice(start, end);
    const currency = walletCurrency(word, kernels);
    if (currency !== null) {
      const value = isBech32Word(word) ? word.toLowerCase() : word;
      found.push({ type: 'wallet', value, start, end, how: [currency] });
    } else if (HASH_LENGTHS.has(word.length) && /^(?=.*\d)(?=.*[a-f])[0-9a-f]+$/i.test(word))
      found.push({ type: 'hash', value: word.toLowerCase(), start, end, how: [] });
  }
}

/** ASCII letters, digits and the underscore. */
const isWordCode = (code: number): boolean =>
  (code >= 48 && code <= 57) ||
  (code >= 97 && code <= 122) ||
  (code >= 65 && code <= 90) ||
  code === 95;

const IPV6 = /(?<![\w:.])(?:[23][0-9a-f]{3}|f[cde][0-9a-f]{2}):[0-9a-f:.]{2,60}/iy;

/** The first group of an address that prose may hold has four digits, and a colon behind them. */
function ipv6Addresses(text: string, found: Sighting[]): void {
  for (let colon = text.indexOf(':'); colon >= 0; colon = text.indexOf(':', colon + 1)) {
    const start = colon - 4;
    if (start < 0 || !beginsIpv6(text.charCodeAt(start))) continue;
    IPV6.lastIndex = start;
    const word = IPV6.exec(text)?.[0];
    if (word === undefined) continue;
    colon = start + word.length - 1;
    const bare = word.replace(/[.:]+$/, (tail) => (tail === '::' ? tail : ''));
    const value = ipv6Groups(bare) === null ? null : readIpv6(bare);
    if (value !== null) found.push({ type: 'ip', value, start, end: start + bare.length, how: [] });
  }
}

/** `2`, `3`, `f`, `F`: what `IPV6` begins with. */
const beginsIpv6 = (code: number): boolean => code === 50 || code === 51 || (code | 0x20) === 102;
