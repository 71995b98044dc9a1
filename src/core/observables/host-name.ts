import { parse } from 'tldts';
import { decodePunycode, encodePunycode } from './punycode.ts';

/** A host as URLs and addresses name it. */
export interface Host {
  readonly kind: 'name' | 'ipv4' | 'ipv6';
  /** Lower case, A-labels (`xn--`), no closing dot; the value that is compared and reported. */
  readonly ascii: string;
  /** With U-labels, for a person; the same as `ascii` where there are none. */
  readonly unicode: string;
  /** Name under a suffix of the Public Suffix List; null for addresses, single labels, suffixes. */
  readonly registrable: string | null;
  /** The top level domain is in the Public Suffix List's ICANN or private part. */
  readonly listed: boolean;
}

/** `readHost`, or one that remembers its answers. */
export type HostReader = (text: string) => Host | null;

/** Different spellings that are remembered; a message names a few dozen. */
const REMEMBERED_MAX = 10_000;

/** Reads each spelling once: one message names the same hosts over and over. */
export function rememberingHostReader(): HostReader {
  const known = new Map<string, Host | null>();
  return (text) => {
    const before = known.get(text);
    if (before !== undefined) return before;
    const host = readHost(text);
    // Begun anew: what came last comes again sooner than what came first.
    if (known.size >= REMEMBERED_MAX) known.clear();
    known.set(text, host);
    return host;
  };
}

/** RFC 1035 section 2.3.4. */
const NAME_LENGTH_MAX = 253;

/**
 * Reads a host as browsers do (WHATWG URL section 3.5): case, percent signs, full-width forms,
 * U-labels, closing dots, and IPv4 in decimal, octal and hexadecimal. Null for what is no host.
 */
export function readHost(text: string): Host | null {
  if (text.length > NAME_LENGTH_MAX * 4) return null;
  if (text.startsWith('[')) return ipv6Host(text.slice(1).replace(/\]$/, ''));
  const plain = /[^a-z0-9.-]/.test(text) ? normal(text) : text;
  if (plain === null) return null;
  const name = plain.endsWith('.') ? plain.slice(0, -1) : plain;
  if (name === '' || name.length > NAME_LENGTH_MAX) return null;
  if (/(?:^|\.)(?:0x[0-9a-f]*|\d+)$/.test(name)) {
    const ip = readIpv4(name);
    return ip === null ? null : address('ipv4', ip);
  }
  if (!/^[a-z0-9_](?:[a-z0-9_.-]*[a-z0-9_])?$/.test(name) || name.includes('..')) return null;
  const { domain, isIcann, isPrivate } = parse(name, { ...NAMES_ONLY });
  return {
    kind: 'name',
    ascii: name,
    unicode: name.includes('xn--') ? toUnicode(name) : name,
    registrable: domain,
    listed: isIcann === true || isPrivate === true,
  };
}

const NAMES_ONLY = {
  allowPrivateDomains: true,
  detectIp: false,
  extractHostname: false,
  validateHostname: false,
} as const;

/** Full-width forms, dots of other scripts and percent signs to ASCII; labels to A-labels. */
function normal(text: string): string | null {
  let decoded = text;
  if (text.includes('%')) {
    try {
      decoded = decodeURIComponent(text);
    } catch {
      return null;
    }
  }
  const lower = decoded
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\u3002\uff0e\uff61]/g, '.');
  const visible = lower.replace(/[\u00ad\u200b-\u200d\u2060\ufeff]/g, '');
  const labels = visible.split('.').map((label) => {
    if (!/[^\x00-\x7f]/.test(label)) return label;
    const encoded = encodePunycode(label);
    return encoded === null ? null : `xn--${encoded}`;
  });
  return labels.includes(null) ? null : labels.join('.');
}

const toUnicode = (name: string): string =>
  name
    .split('.')
    .map((label) => (label.startsWith('xn--') ? (decodePunycode(label.slice(4)) ?? label) : label))
    .join('.');

const address = (kind: 'ipv4' | 'ipv6', ip: string): Host => ({
  kind,
  ascii: ip,
  unicode: ip,
  registrable: null,
  listed: false,
});

function ipv6Host(text: string): Host | null {
  const ip = readIpv6(text);
  return ip === null ? null : address(ip.includes(':') ? 'ipv6' : 'ipv4', ip);
}

/**
 * WHATWG URL section 3.5: one to four parts, each decimal, octal (`0..`) or hexadecimal (`0x..`).
 */
function readIpv4(text: string): string | null {
  const parts = text.split('.');
  if (parts.length > 4) return null;
  let value = 0;
  for (const [index, part] of parts.entries()) {
    const number = partOf(part);
    const last = index === parts.length - 1;
    if (number === null || number > (last ? 256 ** (5 - parts.length) - 1 : 255)) return null;
    value += last ? number : number * 256 ** (3 - index);
  }
  return [24, 16, 8, 0].map((shift) => Math.floor(value / 2 ** shift) % 256).join('.');
}

function partOf(part: string): number | null {
  if (/^0x[0-9a-f]{0,12}$/i.test(part)) return part.length === 2 ? 0 : Number.parseInt(part, 16);
  if (/^0[0-7]{0,14}$/.test(part)) return Number.parseInt(part, 8);
  return /^[1-9]\d{0,11}$/.test(part) ? Number.parseInt(part, 10) : null;
}

/** Four decimal parts, none with a leading zero: the one form that prose may be read as. */
export const isDottedQuad = (text: string): boolean =>
  /^(?:(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)(?:\.(?!$)|$)){4}$/.test(text);

/**
 * RFC 4291 section 2.2 in, RFC 5952 out; null for anything else. Zone ids are dropped. An address
 * of IPv4 in the form of section 2.5.5.2 (`::ffff:192.0.2.1`) is given as that.
 */
export function readIpv6(text: string): string | null {
  const groups = ipv6Groups(text);
  if (groups === null) return null;
  const [high = 0, low = 0] = groups.slice(6);
  const isMapped = groups[5] === 0xffff && groups.slice(0, 5).every((group) => group === 0);
  return isMapped ? [high >> 8, high & 255, low >> 8, low & 255].join('.') : writeIpv6(groups);
}

/** The eight 16-bit groups of an IPv6 address. */
export function ipv6Groups(text: string): readonly number[] | null {
  if (text.length > 64) return null;
  const [bare = ''] = text.replace(/^ipv6:/i, '').split('%');
  const halves = bare.split('::');
  if (halves.length > 2 || !/^[0-9a-f:.]+$/i.test(bare)) return null;
  const [head, tail] = halves.map(groupsOf);
  if (head === undefined || head === null || tail === null) return null;
  if (tail === undefined) return head.length === 8 ? head : null;
  const missing = 8 - head.length - tail.length;
  return missing < 1 ? null : [...head, ...new Array<number>(missing).fill(0), ...tail];
}

function groupsOf(half: string): number[] | null {
  if (half === '') return [];
  const groups: number[] = [];
  const parts = half.split(':');
  for (const [index, part] of parts.entries()) {
    if (index === parts.length - 1 && isDottedQuad(part)) {
      const [a = 0, b = 0, c = 0, d = 0] = part.split('.').map(Number);
      groups.push(a * 256 + b, c * 256 + d);
    } else if (/^[0-9a-f]{1,4}$/i.test(part)) groups.push(Number.parseInt(part, 16));
    else return null;
  }
  return groups.length > 8 ? null : groups;
}

function writeIpv6(groups: readonly number[]): string {
  let [best, bestLength, start] = [-1, 1, -1];
  for (let index = 0; index <= 8; index += 1) {
    if (groups[index] === 0) {
      if (start < 0) start = index;
    } else if (start >= 0) {
      if (index - start > bestLength) [best, bestLength] = [start, index - start];
      start = -1;
    }
  }
  const hex = groups.map((group) => group.toString(16));
  if (best < 0) return hex.join(':');
  return `${hex.slice(0, best).join(':')}::${hex.slice(best + bestLength).join(':')}`;
}

/**
 * The registrable domain of a host or of an address after its last `@`; null where there is none.
 */
export function organisationOf(hostOrAddress: string): string | null {
  const text = hostOrAddress.slice(hostOrAddress.lastIndexOf('@') + 1);
  const known = organisations.get(text);
  if (known !== undefined) return known;
  const organisation = readHost(text)?.registrable ?? null;
  if (text.length <= NAME_LENGTH_MAX) {
    if (organisations.size >= REMEMBERED_MAX) organisations.clear();
    organisations.set(text, organisation);
  }
  return organisation;
}

/**
 * By spelling. Many rules ask it of the few names of one message; the answer is the text's alone.
 */
const organisations = new Map<string, string | null>();
