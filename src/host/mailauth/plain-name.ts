/** A label as host names and policy records are written; no escapes, no other scripts. */
const LABEL = '[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?';
const NAME = new RegExp(`^(?:${LABEL}\\.)+[a-z][a-z0-9]{0,62}$`, 'i');
/** RFC 1035 section 2.3.4, less room for a prefix such as `_dmarc.`. */
const NAME_LENGTH_MAX = 240;

/**
 * Whether every reader takes this for the same host name: two labels or more, ASCII, no closing
 * dot, no number as its last label. Either case of letter.
 */
export const isPlainName = (name: string): boolean =>
  name.length <= NAME_LENGTH_MAX && NAME.test(name);

/** The 32 bits of a dotted quad without odd zeros; -1 for anything else. */
export function quadNumber(text: string): number {
  if (text.length > 15 || !QUAD.test(text)) return -1;
  let number = 0;
  for (const octet of text.split('.')) number = number * 256 + Number(octet);
  return number;
}

const OCTET = '(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]\\d|\\d)';
const QUAD = new RegExp(`^${OCTET}(?:\\.${OCTET}){3}$`);
