import { Defect, type Kernels } from '../base/index.ts';
import type { ReplayFile } from './replay.ts';

/**
 * Refuses a file that names a host or address of the real world: only names that RFC 2606 and RFC
 * 6761 reserve, addresses of RFC 5737 and RFC 3849, telephone numbers of the 555-01 block.
 * Looks into quoted-printable, base64 blocks and encoded words too. Throws a Defect: real data in
 * the replay can only be a bug.
 */
export function refuseRealNames(file: ReplayFile, kernels: Kernels): void {
  const text = kernels.latin1(file.bytes, 0, file.bytes.length);
  const [start = '', ...members] = text.split(ZIP_LOCAL_HEADER);
  for (const part of [start, ...members.map(memberText)]) {
    const found = firstRealName(part, kernels, 0);
    if (found !== null) throw new Defect(`the replay may not name ${found} (in ${file.path})`);
  }
}

/** APPNOTE 4.3.7: each member starts with it, then 26 bytes of numbers. */
const ZIP_LOCAL_HEADER = 'PK\x03\x04';
const ZIP_NUMBERS_LENGTH = 26;

/** APPNOTE 4.3.12: the list of members, names over again and more numbers. */
const ZIP_LIST_HEADER = 'PK\x01\x02';

/** What a member says: its checksum and sizes can look like any host. */
const memberText = (member: string): string =>
  (member.split(ZIP_LIST_HEADER)[0] ?? '').slice(ZIP_NUMBERS_LENGTH).replace(ZIP_MEMBER_NAME, ' ');

/** In an archive a member's name touches its first bytes. */
const ZIP_MEMBER_NAME = /reports\/\d{4}\.eml/g;

/** Encodings within encodings that are opened: a mail in base64 that holds a base64 part. */
const DEPTH_MAX = 3;

function firstRealName(text: string, kernels: Kernels, depth: number): string | null {
  const plain = withoutQuotedPrintable(text);
  const here = realHost(plain) ?? realAddress(plain) ?? realPhone(plain);
  if (here !== null || depth === DEPTH_MAX) return here;
  for (const encoded of encodedBlocks(text)) {
    const bytes = kernels.encode(encoded);
    const inner = kernels.base64(bytes, 0, bytes.length);
    const found = firstRealName(kernels.latin1(inner, 0, inner.length), kernels, depth + 1);
    if (found !== null) return found;
  }
  return null;
}

const MBOX_SEPARATOR = /^From \S+ +.*\d\d:\d\d:\d\d.* \d{4}$/;

/** The text with parts that say they are quoted-printable decoded, delimiter to delimiter. */
function withoutQuotedPrintable(text: string): string {
  if (!text.includes(': quoted-printable')) return text;
  const delimiters = new Set<string>();
  for (const hit of text.matchAll(/boundary="([^"\r\n]+)"/g)) delimiters.add(`--${hit[1]}`);
  let printable = false;
  let out = '';
  for (const line of text.split(/\r?\n/)) {
    if (line.endsWith(': quoted-printable')) printable = true;
    else if (line.startsWith('--') && delimiters.has(line.replace(/(.)--$/, '$1')))
      printable = false;
    else if (MBOX_SEPARATOR.test(line)) printable = false;
    if (!printable) out += `${line}\n`;
    else out += line.endsWith('=') ? decoded(line.slice(0, -1)) : `${decoded(line)}\n`;
  }
  return out;
}

const decoded = (line: string): string =>
  line.replace(/=([0-9A-F]{2})/g, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );

/** Base64 bodies (whole lines) and B-encoded words. */
function* encodedBlocks(text: string): Iterable<string> {
  for (const [block] of text.matchAll(
    /(?:^[A-Za-z0-9+/]{76}\r?\n)+(?:^[A-Za-z0-9+/]+={0,2}\r?$)?/gm,
  ))
    yield block;
  for (const [block] of text.matchAll(/^[A-Za-z0-9+/]{20,75}={0,2}\r?$/gm)) yield block;
  for (const word of text.matchAll(/=\?UTF-8\?B\?([^?]*)\?=/g)) yield word[1] ?? '';
}

const HOST_SHAPE =
  /[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+)*\.[A-Za-z][A-Za-z0-9-]*[A-Za-z0-9](?![A-Za-z0-9_-])/g;

const RESERVED = /(?:\.|^)(?:example|test|invalid|localhost|example\.(?:com|net|org))$/i;

/**
 * Dotted words that mail holds and that name no host; RFC 8601 properties, files, fields of lists.
 */
const NOT_HOSTS =
  /^(?:smtp\.(?:mailfrom|helo)|header\.(?:from|i|d)|[\w-]+\.(?:php|eml|png|txt|json|mbox|css|js)|(?:ResidenceAddress|MailingAddress|ContactMethod)\.[A-Z][A-Za-z]+|collected-\d+\.zip)$/;

function realHost(text: string): string | null {
  for (const hit of text.matchAll(HOST_SHAPE)) {
    const name = hit[0];
    const localPart = text[hit.index + name.length] === '@';
    if (localPart || RESERVED.test(name)) continue;
    const before = text[hit.index - 1] ?? ' ';
    if (NOT_HOSTS.test(name) && before !== '@') continue;
    return name;
  }
  return null;
}

function realAddress(text: string): string | null {
  for (const [address] of text.matchAll(/(?<![\d.])\d{1,3}(?:\.\d{1,3}){3}(?![\d.]*\d)/g))
    if (!/^(?:192\.0\.2|198\.51\.100|203\.0\.113)\./.test(address)) return address;
  if (!text.includes(':')) return null;
  for (const [address] of text.matchAll(
    /(?<![\w:.])[0-9a-f]{1,4}(?::[0-9a-f]{0,4}){2,7}(?![\w:])/gi,
  ))
    if (isVersion6(address) && !/^2001:0?db8:/i.test(address)) return address;
  return null;
}

/** Times of day have two colons and two digits each; an IPv6 address has `::` or eight groups. */
const isVersion6 = (text: string): boolean => text.includes('::') || text.split(':').length === 8;

function realPhone(text: string): string | null {
  for (const [number] of text.matchAll(/(?<![\w-])\d{3}-\d{4}(?![\w-])/g))
    if (!number.startsWith('555-01')) return number;
  return null;
}
