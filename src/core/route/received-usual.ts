import { parseMailDate } from '../header/index.ts';
import { type Client, knownName, NAME_LENGTH_MAX } from './client.ts';
import { parseIpAddress } from './ip-address.ts';
import type { HopReading } from './received.ts';

const GAP = '[ \\t\\r\\n]+';
const BARE_WORD = '[^ \\t\\r\\n()[;]+';
const WORD = `(${BARE_WORD})`;
const INSIDE = '[^()\\\\]*(?:\\([^()\\\\]*\\)[^()\\\\]*)?';
const COMMENT = `(?:${GAP}\\(${INSIDE}\\))?`;
const ADDRESS = '([^\\]()]{2,60})';
/** Sendmail, Postfix; Exim; Exchange; fetchmail; qmail: what stands behind the HELO name. */
const CLIENT = [
  `\\((?:([^ \\t\\r\\n()[;=,<>]+)${GAP})?\\[${ADDRESS}\\](?:${GAP}helo=([^ \\t\\r\\n()[;,<>]+))?\\)`,
  '\\(([0-9a-fA-F:.]{2,60})\\)',
  `\\[${ADDRESS}\\]`,
  `\\(HELO ([^ \\t\\r\\n()[;,<>=]+)\\)${GAP}\\(([0-9a-fA-F:.]{2,60})\\)`,
].join('|');

/** Every quantifier stops at what follows it, so a field is matched in linear time. */
const USUAL = new RegExp(
  `^(?:\\((${INSIDE})\\)${GAP}|from${GAP}(?:${WORD}${GAP}(?:${CLIENT})|\\[${ADDRESS}\\])${GAP})?` +
    `by${GAP}${WORD}(?:${GAP}\\((${INSIDE})\\))?` +
    `(?:${GAP}with${GAP}(Microsoft SMTP Server|${BARE_WORD})${COMMENT})?` +
    `(?:${GAP}id${GAP}${WORD}${COMMENT})?(?:${GAP}via${GAP}Frontend${GAP}Transport)?` +
    `(?:${GAP}for${GAP}${WORD}${COMMENT})?[ \\t\\r\\n]*;([^;]*)$`,
);
/** `(qmail 11764 invoked from network); date`: no clause at all. */
const NOTE_ONLY = /^\(([^()\\;]*)\);([^;]*)$/;
const USUAL_LENGTH_MAX = 998;
const HELO_WORD = /^[hel]{2}lo$/i;

/**
 * Reads the shapes that most fields have (`from a (b [ip]) by c (d) with e id f for g; date`) in one
 * match. Null where anything differs: then the patient reader has its turn. Both agree on what this
 * one takes; a property test holds them to it.
 */
export function readUsual(value: string): HopReading | null {
  if (value.length > USUAL_LENGTH_MAX) return null;
  const found = USUAL.exec(value);
  if (found === null) return readNoteOnly(value);
  const [, lead, , , , , , , , , , by, byNote, protocol, id, recipient, dateText] = found;
  const client = lead === undefined ? clientOf(found) : submitterOf(lead);
  // What stands behind the semicolon may be no date, or more than one.
  const date = parseMailDate(dateText!);
  if (client === null || date === null) return null;
  const local = isLocalNote(lead) || (byNote?.includes('from userid') ?? false);
  return {
    from: client.helo,
    reverseName: client.reverseName,
    by: parseIpAddress(by!) ?? by!.replace(/\.$/, ''),
    ip: client.ip,
    protocol: protocol ?? (local ? 'local' : null),
    date,
    id: id ?? null,
    recipient: recipient?.replace(/^<|>$/g, '') || null,
  };
}

const NOBODY: Client = { helo: null, reverseName: null, ip: null };

function clientOf(found: RegExpExecArray): Client | null {
  const [, , first, reverse, noted, eximHelo, bare, literal, qmailHelo, qmailIp, lone] = found;
  if (first === undefined) return lone === undefined ? NOBODY : loneAddress(lone);
  const ip = parseIpAddress(noted ?? bare ?? literal ?? qmailIp ?? '');
  const unsure = reverse !== undefined && HELO_WORD.test(reverse);
  if (ip === null || unsure || parseIpAddress(first) !== null) return null;
  const said = eximHelo ?? qmailHelo;
  if (said === undefined) {
    const reverseName = knownName(reverse?.slice(reverse.lastIndexOf('@') + 1));
    return { helo: first.slice(0, NAME_LENGTH_MAX), reverseName, ip };
  }
  const helo = knownName(said);
  return helo === null || reverse !== undefined
    ? null
    : { helo, reverseName: knownName(first), ip };
}

function loneAddress(text: string): Client | null {
  const ip = parseIpAddress(text);
  return ip === null ? null : { helo: `[${text}]`, reverseName: null, ip };
}

/** Sendmail's `(from user@localhost)`; a note that may hold an address is not for here. */
function submitterOf(note: string): Client | null {
  if (note.includes('network[')) return null;
  const helo = note.startsWith('from ') ? note.slice(5).trim().slice(0, NAME_LENGTH_MAX) : null;
  return { helo, reverseName: null, ip: null };
}

const isLocalNote = (note: string | undefined): boolean =>
  note !== undefined && (note.startsWith('from ') || note.includes('invoked by '));

function readNoteOnly(value: string): HopReading | null {
  const found = NOTE_ONLY.exec(value);
  const client = found === null ? null : submitterOf(found[1]!);
  const date = client === null ? null : parseMailDate(found![2]!);
  if (client === null || date === null) return null;
  const protocol = isLocalNote(found![1]) ? 'local' : null;
  const { helo: from } = client;
  return { from, reverseName: null, by: null, ip: null, protocol, date, id: null, recipient: null };
}
