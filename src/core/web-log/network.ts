/** `203.0.113.7` as a whole number; NaN where the text is no IPv4 address. */
export function ipv4(text: string): number {
  let value = 0;
  let part = 0;
  let digits = 0;
  let dots = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 46) {
      if (digits === 0 || dots === 3) return Number.NaN;
      value = value * 256 + part;
      [part, digits, dots] = [0, 0, dots + 1];
      continue;
    }
    const digit = code - 48;
    if (!(digit >= 0 && digit <= 9) || digits === 3) return Number.NaN;
    part = part * 10 + digit;
    digits += 1;
    if (part > 255) return Number.NaN;
  }
  return dots === 3 && digits > 0 ? value * 256 + part : Number.NaN;
}

/** Set in a network's number where it is IPv6 (48 bits below it). */
const IPV6 = 2 ** 48;

/** A network that no address could be read from. */
const NETWORK_UNKNOWN = -1;

/**
 * The network of an address, as a number: the first 24 bits of IPv4, the first 48 of IPv6, which is
 * what one customer or one exit is given (RFC 6177). Names and torn texts are `NETWORK_UNKNOWN`.
 */
export function networkOf(address: string, v4: number): number {
  if (!Number.isNaN(v4)) return Math.floor(v4 / 256);
  if (!address.includes(':')) return NETWORK_UNKNOWN;
  const mapped = ipv4(address.slice(address.lastIndexOf(':') + 1));
  if (!Number.isNaN(mapped)) return Math.floor(mapped / 256);
  const head = address.split('::', 1)[0]?.split(':', 3) ?? [];
  let value = 0;
  for (let at = 0; at < 3; at++) {
    const group = Number.parseInt(head[at] || '0', 16);
    if (!(group >= 0 && group <= 0xffff)) return NETWORK_UNKNOWN;
    value = value * 65_536 + group;
  }
  return IPV6 + value;
}

/** `198.51.100.0/24`, `2001:db8:7::/48`, or `unknown`. */
export function networkText(network: number): string {
  if (network < 0) return 'unknown';
  if (network < IPV6) {
    const [a, b, c] = [
      Math.floor(network / 65_536),
      Math.floor(network / 256) % 256,
      network % 256,
    ];
    return `${a}.${b}.${c}.0/24`;
  }
  const value = network - IPV6;
  const groups = [2 ** 32, 2 ** 16, 1].map((unit) =>
    (Math.floor(value / unit) % 65_536).toString(16),
  );
  return `${groups.join(':')}::/48`;
}

/** Addresses and networks that somebody named. */
export interface NetworkList {
  has(address: string): boolean;
}

interface Prefix {
  readonly groups: readonly number[];
  readonly bits: number;
  readonly groupBits: 8 | 16;
}

/**
 * Reads `192.0.2.7`, `10.20.0.0/16`, `2001:db8::/32`, split by commas; null where one of them is
 * none. IPv4 inside IPv6 (`::ffff:192.0.2.7`) is the IPv4 address.
 */
export function readNetworkList(text: string): NetworkList | null {
  const prefixes: Prefix[] = [];
  for (const each of text.split(',')) {
    const [address = '', length, more] = each.trim().split('/');
    const read = groupsOf(address);
    const all = read === null ? 0 : read.length * (read.length === 4 ? 8 : 16);
    const bits =
      length === undefined ? all : /^\d{1,3}$/.test(length) ? Number(length) : Number.NaN;
    if (read === null || more !== undefined || !(bits <= all)) return null;
    prefixes.push({ groups: read, bits, groupBits: read.length === 4 ? 8 : 16 });
  }
  return {
    has(address) {
      const read = groupsOf(address);
      return read !== null && prefixes.some((prefix) => covers(prefix, read));
    },
  };
}

function covers({ groups, bits, groupBits }: Prefix, address: readonly number[]): boolean {
  if (groups.length !== address.length) return false;
  for (let at = 0, left = bits; left > 0; at++, left -= groupBits) {
    const shift = Math.max(0, groupBits - left);
    if (groups[at]! >> shift !== address[at]! >> shift) return false;
  }
  return true;
}

/** Four numbers of an IPv4 address, eight of an IPv6 one (RFC 4291 section 2.2); null: neither. */
function groupsOf(text: string): readonly number[] | null {
  const v4 = ipv4(text.slice(text.lastIndexOf(':') + 1));
  if (!Number.isNaN(v4)) return [24, 16, 8, 0].map((shift) => (v4 / 2 ** shift) & 255);
  const halves = text.split('::');
  if (!text.includes(':') || halves.length > 2) return null;
  const [head, tail] = halves.map((half) => (half === '' ? [] : half.split(':')));
  const written = [...(head ?? []), ...(tail ?? [])];
  const missing = 8 - written.length;
  if (halves.length === 1 ? missing !== 0 : missing < 1) return null;
  if (!written.every((group) => /^[0-9a-f]{1,4}$/i.test(group))) return null;
  const zeros = Array.from({ length: tail === undefined ? 0 : missing }, () => '0');
  return [...(head ?? []), ...zeros, ...(tail ?? [])].map((group) => Number.parseInt(group, 16));
}

/**
 * A network that no provider routes: RFC 1918 section 3, RFC 4193 section 3. As `networkText`
 * writes it.
 */
export const isPrivateNetwork = (network: string): boolean =>
  /^(?:10\.|192\.168\.|172\.(?:1[6-9]|2\d|3[01])\.|f[cd][0-9a-f]{2}:)/.test(network);
