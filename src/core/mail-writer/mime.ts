import { type Kernels, MONTHS } from '../base/index.ts';

/** RFC 5322 section 2.1.1 */
const LINE_MAX = 76;

export const CRLF = '\r\n';

const DAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
export const DAYS_LONG = 'Sunday Monday Tuesday Wednesday Thursday Friday Saturday'.split(' ');
export const MONTHS_LONG =
  'January February March April May June July August September October November December'.split(
    ' ',
  );

/** A moment as a clock on the wall shows it, `zone` minutes ahead of UTC. */
export interface WallClock {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly weekDay: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
}

export function wallClock(at: number, zone: number): WallClock {
  const local = new Date(at + zone * 60_000);
  return {
    year: local.getUTCFullYear(),
    month: local.getUTCMonth(),
    day: local.getUTCDate(),
    weekDay: local.getUTCDay(),
    hour: local.getUTCHours(),
    minute: local.getUTCMinutes(),
    second: local.getUTCSeconds(),
  };
}

export const two = (value: number): string => String(value).padStart(2, '0');

/** RFC 5322 section 3.3: `Tue, 20 Oct 2020 11:15:24 +0300`. */
export function mailDate(at: number, zone: number): string {
  const { year, month, day, weekDay, hour, minute, second } = wallClock(at, zone);
  const time = `${two(hour)}:${two(minute)}:${two(second)}`;
  return `${DAYS[weekDay]}, ${day} ${MONTHS[month]} ${year} ${time} ${offset(zone)}`;
}

/** asctime, as mbox separators have it: `Tue Oct 20 11:15:24 2020`. */
export function asctime(at: number): string {
  const { year, month, day, weekDay, hour, minute, second } = wallClock(at, 0);
  const time = `${two(hour)}:${two(minute)}:${two(second)}`;
  return `${DAYS[weekDay]} ${MONTHS[month]} ${String(day).padStart(2)} ${time} ${year}`;
}

function offset(zone: number): string {
  const minutes = Math.abs(zone);
  return `${zone < 0 ? '-' : '+'}${two(Math.floor(minutes / 60))}${two(minutes % 60)}`;
}

/** One header field, folded at blanks (RFC 5322 section 2.2.3). */
export function field(name: string, value: string): string {
  const lines: string[] = [];
  let line = `${name}:`;
  for (const word of value.split(' ')) {
    if (line.length + 1 + word.length > LINE_MAX && line.trim() !== '' && !line.endsWith(':')) {
      lines.push(line);
      line = '';
    }
    line += ` ${word}`;
  }
  return [...lines, line].join(CRLF);
}

const isAscii = (text: string): boolean => /^[\x20-\x7e]*$/.test(text);

/** RFC 2047 encoded word where the text needs one; Q or B as the client prefers. */
export function encodedWord(text: string, kernels: Kernels, how: 'Q' | 'B' = 'Q'): string {
  if (isAscii(text)) return text;
  const bytes = kernels.encode(text);
  if (how === 'B') return `=?UTF-8?B?${kernels.toBase64(bytes)}?=`;
  const body = kernels
    .latin1(bytes, 0, bytes.length)
    .replace(/[^A-Za-z0-9 ]/g, escaped)
    .replaceAll(' ', '_');
  return `=?UTF-8?Q?${body}?=`;
}

const escaped = (character: string): string =>
  `=${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`;

/** RFC 5322 section 3.4: a display name with an address, quoted or encoded where it must be. */
export function mailbox(name: string, address: string, kernels: Kernels): string {
  if (name === '') return address;
  if (!isAscii(name)) return `${encodedWord(name, kernels)} <${address}>`;
  return /[^A-Za-z0-9 ]/.test(name) ? `"${name}" <${address}>` : `${name} <${address}>`;
}

/** Text with LF or CRLF to quoted-printable UTF-8 (RFC 2045 section 6.7). */
export function quotedPrintable(text: string, kernels: Kernels): string {
  const bytes = kernels.encode(text.replaceAll(CRLF, '\n'));
  return kernels
    .latin1(bytes, 0, bytes.length)
    .split('\n')
    .map((line) => softBroken(line.replace(/[^\x20-\x3c\x3e-\x7e]| $/g, escaped)))
    .join(CRLF);
}

function softBroken(line: string): string {
  let rest = line;
  let out = '';
  while (rest.length > LINE_MAX) {
    let cut = LINE_MAX - 1;
    if (rest[cut - 1] === '=') cut -= 1;
    else if (rest[cut - 2] === '=') cut -= 2;
    out += `${rest.slice(0, cut)}=${CRLF}`;
    rest = rest.slice(cut);
  }
  return out + rest;
}

/** Base64 in lines of 76 (RFC 2045 section 6.8). */
export function base64Lines(bytes: Uint8Array, kernels: Kernels): string {
  return (kernels.toBase64(bytes).match(/.{1,76}/g) ?? []).join(CRLF);
}

export interface MimePart {
  /** Whole fields, `Content-Type` first. */
  readonly headers: readonly string[];
  readonly body: string;
}

/** A multipart body (RFC 2046 section 5.1.1) between its delimiters. */
export function multipartBody(boundary: string, parts: readonly MimePart[], preamble = ''): string {
  const inner = parts.map(
    (part) =>
      `--${boundary}${CRLF}${part.headers.map((line) => line + CRLF).join('')}${CRLF}${part.body}${CRLF}`,
  );
  return `${preamble}${inner.join('')}--${boundary}--${CRLF}`;
}

/** Header fields, the empty line, the body. */
export const message = (headers: readonly string[], body: string): string =>
  `${headers.join(CRLF)}${CRLF}${CRLF}${body}`;

/** Lines of at most `width` characters, broken at blanks, as mail clients wrap plain text. */
export function wrapped(text: string, width: number): string {
  return text
    .split('\n')
    .map((line) => wrappedLine(line, width))
    .join('\n');
}

function wrappedLine(line: string, width: number): string {
  const lines: string[] = [];
  let open = '';
  for (const word of line.split(' ')) {
    if (open !== '' && open.length + 1 + word.length > width) {
      lines.push(open);
      open = word;
    } else open = open === '' ? word : `${open} ${word}`;
  }
  return [...lines, open].join('\n');
}

/** LF to CRLF. */
export const crlf = (text: string): string => text.replace(/\r?\n/g, CRLF);

export const htmlEscaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** Visible lines as a script's HTML. */
export const htmlLines = (lines: readonly string[]): string =>
  lines.map((line) => htmlEscaped(line)).join(`<br>${CRLF}`);
