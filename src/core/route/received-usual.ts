import { parseMailDate } from '../header/index.ts';
import { knownName, NAME_LENGTH_MAX } from './client.ts';
import { parseIpAddress } from './ip-address.ts';
import type { HopReading } from './received.ts';

const GAP = '[ \\t\\r\\n]+';
const WORD = '([^ \\t\\r\\n()[;]+)';
const COMMENT = `(?:${GAP}\\([^()\\\\]*(?:\\([^()\\\\]*\\)[^()\\\\]*)?\\))?`;
/** `(reverse [ip])`, `([ip])`, `(ip)` or `[ip]`. */
const CLIENT = `(?:\\((?:([^ \\t\\r\\n()[;=,<>]+)${GAP})?\\[([^\\]()]{2,60})\\]\\)|\\(([0-9a-fA-F:.]{2,60})\\)|\\[([^\\]()]{2,60})\\])`;

/** Every quantifier stops at what follows it, so a field is matched in linear time. */
const USUAL = new RegExp(
  `^(?:from${GAP}${WORD}${GAP}${CLIENT}${GAP})?by${GAP}${WORD}${COMMENT}` +
    `(?:${GAP}with${GAP}(Microsoft SMTP Server|${WORD.slice(1, -1)})${COMMENT})?` +
    `(?:${GAP}id${GAP}${WORD}${COMMENT})?(?:${GAP}via${GAP}Frontend${GAP}Transport)?` +
    `(?:${GAP}for${GAP}${WORD}${COMMENT})?[ \\t\\r\\n]*;([^;]*)$`,
);
const USUAL_LENGTH_MAX = 998;
const HELO_WORD = /^[hel]{2}lo$/i;

/**
 * Reads the shape that most fields have (`from a (b [ip]) by c (d) with e id f for g; date`) in one
 * match. Null where anything differs: then the patient reader has its turn. Both agree on what this
 * one takes; a property test holds them to it.
 */
export function readUsual(value: string): HopReading | null {
  const found = value.length > USUAL_LENGTH_MAX ? null : USUAL.exec(value);
  if (found === null) return null;
  const [, helo, reverse, noted, bare, literal, by, protocol, id, recipient, dateText] = found;
  const ip = parseIpAddress(noted ?? bare ?? literal ?? '');
  const named = reverse !== undefined && HELO_WORD.test(reverse);
  if (helo !== undefined && (ip === null || named || parseIpAddress(helo) !== null)) return null;
  // What stands behind the semicolon is no date, or more than one.
  const date = parseMailDate(dateText!);
  if (date === null) return null;
  // Postfix's pickup says the way in a comment.
  if (protocol === undefined && value.includes('from userid')) return null;
  return {
    from: helo?.slice(0, NAME_LENGTH_MAX) ?? null,
    reverseName: knownName(reverse?.slice(reverse.lastIndexOf('@') + 1)),
    by: parseIpAddress(by!) ?? by!.replace(/\.$/, ''),
    ip,
    protocol: protocol ?? null,
    date,
    id: id ?? null,
    recipient: recipient?.replace(/^<|>$/g, '') || null,
  };
}
