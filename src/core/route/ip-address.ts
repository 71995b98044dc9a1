/**
 * An IP address as Received fields spell it, in one spelling; null where the text is none.
 *
 * Takes `IPv6:` before it (RFC 5321 section 4.1.3), a zone or port behind it. IPv4 inside IPv6
 * (`::ffff:192.0.2.1`) comes back as IPv4; IPv6 in the form of RFC 5952.
 */
export function parseIpAddress(text: string): string | null {
  if (text.length < 2 || text.length > 60 || !mayBeAddress(text)) return null;
  const four = ipv4Number(text, true);
  if (four >= 0) return spellIpv4(four);
  const tagged = (text.charCodeAt(0) | 0x20) === 0x69 && /^ipv6:/i.test(text);
  const six = ipv6Groups(tagged ? text.slice(5) : text);
  return six === null ? null : spellIpv6(six);
}

/** Cheap refusal of the host names that stand where an address might. */
function mayBeAddress(text: string): boolean {
  const first = text.charCodeAt(0);
  if (first >= 48 && first <= 57) return true;
  const lower = first | 0x20;
  return (first === 0x3a || lower === 0x69 || (lower >= 97 && lower <= 102)) && text.includes(':');
}

/** Registries list these as never routed on the public Internet. */
export type Reach = 'public' | 'private';

/**
 * `private` for loopback, link-local, private and documentation-free reserved ranges (RFC 6890,
 * RFC 1918, RFC 6598, RFC 4193) and for 6to4 of private IPv4, which Gmail writes. Takes the
 * spelling that `parseIpAddress` gives. Documentation ranges count as public: they stand for such.
 */
export function reachOf(ip: string): Reach {
  const plain = ipv4Number(ip, false);
  if (plain >= 0) return isPrivate4(plain) ? 'private' : 'public';
  const groups = ipv6Groups(ip);
  if (groups === null) return 'public';
  // RFC 3056: 2002:aabb:ccdd:: is the 6to4 network of a.b.c.d.
  const embedded = groups[0] === 0x2002 ? groups[1]! * 65_536 + groups[2]! : -1;
  const isPrivate = embedded >= 0 ? isPrivate4(embedded) : isPrivate6(groups);
  return isPrivate ? 'private' : 'public';
}

function isPrivate4(address: number): boolean {
  const a = address >>> 24;
  const b = (address >>> 16) & 255;
  if (a === 0 || a === 10 || a === 127 || a >= 224) return true;
  if (a === 172) return b >= 16 && b < 32;
  if (a === 192) return b === 168;
  return (a === 169 && b === 254) || (a === 100 && b >= 64 && b < 128);
}

function isPrivate6(groups: readonly number[]): boolean {
  const first = groups[0] ?? 0;
  if ((first & 0xfe00) === 0xfc00 || (first & 0xffc0) === 0xfe80) return true;
  return groups.slice(0, 7).every((group) => group === 0) && (groups[7] ?? 0) <= 1;
}

/** Whether an address lies in a block such as `2603:1000::/25`. False for what is malformed. */
export function isInBlock(ip: string, block: string): boolean {
  const six = block.includes(':');
  if (six !== ip.includes(':') || startsElsewhere(ip, block, six ? 0x3a : 0x2e)) return false;
  const slash = block.indexOf('/');
  const length = Number(block.slice(slash + 1));
  const network = block.slice(0, slash);
  if (!six) return sameStart(ipv4Number(ip, false), ipv4Number(network, false), length);
  const [groups, wanted] = [ipv6Groups(ip), ipv6Groups(network)];
  if (groups === null || wanted === null) return false;
  return groups.every(
    (group, i) =>
      (group ^ wanted[i]!) >> Math.max(0, 16 * (i + 1) - length) === 0 || 16 * i >= length,
  );
}

/**
 * Another first octet or group, told without reading either where both are spelled as
 * `parseIpAddress` does: a length of two digits, for IPv6 of 16 and more, fixes it.
 */
function startsElsewhere(ip: string, block: string, mark: number): boolean {
  const slash = block.length - 3;
  if (block.charCodeAt(slash) !== 0x2f) return false;
  if (mark === 0x3a && (block.charCodeAt(slash + 1) < 0x32 || !isPlainStart(block, ip)))
    return false;
  for (let at = 0; at < slash; at += 1) {
    const code = block.charCodeAt(at);
    if (code !== ip.charCodeAt(at)) return true;
    if (code === mark) return false;
  }
  return false;
}

/** Both begin with a group that is written out, without zeros before it, in lower case. */
const isPlainStart = (block: string, ip: string): boolean =>
  [block, ip].every((text) => /^[1-9a-f]/.test(text)) && !/^[0-9a-f]*[A-F]/.test(block);

const sameStart = (address: number, network: number, length: number): boolean =>
  address >= 0 && (length === 0 || (address ^ network) >>> (32 - length) === 0);

/** The 32 bits of a dotted quad, or -1; a port may follow where `withPort`. */
function ipv4Number(text: string, withPort: boolean): number {
  let address = 0;
  let octet = -1;
  let dots = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code >= 48 && code <= 57) {
      octet = octet < 0 ? code - 48 : octet * 10 + code - 48;
      if (octet > 255) return -1;
    } else if (code === 0x2e && octet >= 0 && dots < 3) {
      address = address * 256 + octet;
      octet = -1;
      dots++;
    } else if (withPort && code === 0x3a && dots === 3 && /^:\d{1,5}$/.test(text.slice(i))) break;
    else return -1;
  }
  return dots === 3 && octet >= 0 ? address * 256 + octet : -1;
}

const spellIpv4 = (address: number): string =>
  `${address >>> 24}.${(address >>> 16) & 255}.${(address >>> 8) & 255}.${address & 255}`;

function ipv6Groups(text: string): readonly number[] | null {
  const zone = text.indexOf('%');
  const address = zone < 0 ? text : text.slice(0, zone);
  const gap = address.indexOf('::');
  if (!address.includes(':') || address.indexOf('::', gap + 1) > gap + 1) return null;
  const head = groupsOf(gap < 0 ? address : address.slice(0, gap));
  const tail = gap < 0 ? [] : groupsOf(address.slice(gap + 2));
  if (head === null || tail === null) return null;
  const missing = 8 - head.length - tail.length;
  if (gap < 0 ? missing !== 0 : missing < 1) return null;
  return [...head, ...new Array<number>(missing).fill(0), ...tail];
}

function groupsOf(text: string): number[] | null {
  if (text === '') return [];
  const groups: number[] = [];
  const words = text.split(':');
  for (const [index, word] of words.entries()) {
    const four = index === words.length - 1 ? ipv4Number(word, false) : -1;
    if (four >= 0) groups.push(four >>> 16, four & 0xffff);
    else if (/^[0-9a-f]{1,4}$/i.test(word)) groups.push(Number.parseInt(word, 16));
    else return null;
  }
  return groups;
}

/** RFC 5952 section 4: lower case, the longest run of two or more zero groups as `::`. */
function spellIpv6(groups: readonly number[]): string {
  if (groups.slice(0, 5).every((group) => group === 0) && groups[5] === 0xffff)
    return spellIpv4(groups[6]! * 65_536 + groups[7]!);
  let [start, length] = [-1, 1];
  for (let i = 0; i < 8; i++) {
    let run = 0;
    while (i + run < 8 && groups[i + run] === 0) run++;
    if (run > length) [start, length] = [i, run];
    i += run;
  }
  const hex = groups.map((group) => group.toString(16));
  if (start < 0) return hex.join(':');
  return `${hex.slice(0, start).join(':')}::${hex.slice(start + length).join(':')}`;
}
