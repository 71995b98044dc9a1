import { parseIpAddress } from './ip-address.ts';
import type { ReceivedToken } from './received-clauses.ts';

/** Who handed the message over, as the receiving host wrote it down. */
export interface Client {
  /** The name that the client gave itself (HELO), or what stands in its place. */
  readonly helo: string | null;
  /** Its name by address, as looked up by the receiving host. */
  readonly reverseName: string | null;
  /** The receiving host could not confirm that name by the address: anybody can give his one. */
  readonly doubted: boolean;
  readonly ip: string | null;
}

const NOBODY: Client = { helo: null, reverseName: null, doubted: false, ip: null };

/**
 * Reads the `from` clause in the spellings of the mail servers in use.
 *
 * | writer | form |
 * | --- | --- |
 * | Sendmail, Postfix | `helo (ident@reverse [ip] (may be forged))` |
 * | Exim | `reverse ([ip]:port helo=helo ident=x)`, `[ip] (helo=helo)` |
 * | qmail, Yahoo | `reverse (HELO helo) (ident@ip)` |
 * | Exchange | `helo (ip)` |
 * | fetchmail, qmail LOCAL | `name [ip]` |
 * | CommuniGate | `[ip] (account x HELO helo)` |
 *
 * An address that the receiver wrote in brackets or parentheses outranks one that stands as the
 * HELO word, since the client can say anything there.
 */
export function readClient(tokens: readonly ReceivedToken[]): Client {
  const said = noClientWords();
  for (const { kind, text } of tokens) {
    if (kind === 'comment') readNote(text, said);
    else takeClientWord(text, said);
  }
  return clientOf(said);
}

/**
 * What the words and comments of a `from` clause say, as they come; of each kind the first counts.
 */
export interface ClientWords {
  first: string | null;
  firstLiteral: string | null;
  literal: string | null;
  shown: string;
  /** Of the comments. */
  bracketed: string | null;
  bare: string | null;
  name: string | null;
  helo: string | null;
  /** Sendmail's `(may be forged)`: the name by address does not lead back to the address. */
  doubted: boolean;
}

/** The words of a `from` clause of which none was read yet. */
export const noClientWords = (): ClientWords => ({
  first: null,
  firstLiteral: null,
  literal: null,
  shown: '',
  bracketed: null,
  bare: null,
  name: null,
  helo: null,
  doubted: false,
});

/** Takes a word of the clause outside comments. */
export function takeClientWord(text: string, said: ClientWords): void {
  const ip = literalAddress(text);
  if (said.first === null) {
    said.first = text;
    said.firstLiteral = ip;
    said.shown = text;
  } else if (ip !== null) said.literal ??= ip;
  else said.shown += ` ${text}`;
}

/** The client that the words and comments speak of. */
export function clientOf(said: ClientWords): Client {
  const { first, firstLiteral, shown, name, helo } = said;
  const reverseName = helo === null ? name : knownName(firstLiteral === null ? first : null);
  return {
    helo: helo ?? (shown === '' ? null : cut(shown)),
    reverseName,
    doubted: said.doubted && reverseName !== null,
    ip: said.bracketed ?? said.literal ?? said.bare ?? firstLiteral,
  };
}

const cut = (name: string): string =>
  name.length > NAME_LENGTH_MAX ? name.slice(0, NAME_LENGTH_MAX) : name;

/** qmail: `(qmail 50842 messnum 34651 invoked from network[192.0.2.1/host.example])`. */
export function readQmailLead(lead: readonly string[]): Client {
  const comment = lead.find((text) => text.startsWith('qmail '));
  const open = comment?.indexOf('network[') ?? -1;
  if (comment === undefined || open < 0) return NOBODY;
  const [ip = '', name = ''] = comment.slice(open + 8).split(/[\]/]/, 2);
  return { ...NOBODY, reverseName: knownName(name), ip: parseIpAddress(ip) };
}

/** Sendmail: `(from user@localhost) by host`: handed in on the machine itself. */
export function readLocalSubmitter(lead: readonly string[]): string | null {
  const comment = lead.find((text) => text.startsWith('from '));
  return comment === undefined ? null : comment.slice(5).trim().slice(0, NAME_LENGTH_MAX);
}

/** RFC 1035 section 2.3.4 allows 255; leave room for an ident before it. */
const NAME_LENGTH_MAX = 320;

/** `helo=`, `EHLO=`: Exim and others glue the name to it; qmail sets a blank between. */
const HELO_KEY = /^[hel]{2}lo(?:=|$)/i;

/** The letters at its end first: the pattern costs more than the rest of the word. */
const isHeloKey = (word: string): boolean =>
  (word.charCodeAt(3) | 0x20) === 0x6f && HELO_KEY.test(word);

/** Of Sendmail's `(may be forged)`. */
const FORGED = 'forged';

/** Takes what a comment of the clause says. */
export function readNote(comment: string, note: ClientWords): void {
  let previous = '';
  let saysHelo = false;
  for (let at = 0; at < comment.length; ) {
    const end = endOfNoteWord(comment, at);
    const word = comment.slice(at, end);
    const gap = comment.charCodeAt(end);
    at = end + (isNoteGap(gap) ? 1 : 0);
    // Only blanks may stand between a name and its address.
    const parts = gap > 0x20 && at > end;
    if (word === '') {
      if (parts) previous = '';
      continue;
    }
    if (saysHelo) note.helo ??= knownName(word);
    else takeNoteWord(word, previous, note);
    saysHelo = !saysHelo && isHeloKey(word);
    if (saysHelo && word.length > 5) {
      note.helo ??= knownName(word.slice(5));
      saysHelo = false;
    }
    previous = parts ? '' : word;
  }
}

/** Takes a word of a comment that is no HELO name. */
function takeNoteWord(word: string, previous: string, note: ClientWords): void {
  if (word.startsWith('[')) {
    const ip = literalAddress(word);
    if (ip !== null && note.bracketed === null) note.name ??= hostOf(previous);
    note.bracketed ??= ip;
  } else if (word.length === FORGED.length && word.toLowerCase() === FORGED) note.doubted = true;
  else if (!isHeloKey(word)) note.bare ??= parseIpAddress(behindAt(word));
}

/** A bracket begins a word of its own, so `host[192.0.2.1]` shows both. */
function endOfNoteWord(comment: string, from: number): number {
  let at = from;
  while (at < comment.length && !isNoteGap(comment.charCodeAt(at))) {
    if (at > from && comment.charCodeAt(at) === 0x5b) break;
    at++;
  }
  return at;
}

/** Blank, tab, break, `(`, `)`, `,`, `;`, `<`, `>`. */
const isNoteGap = (code: number): boolean =>
  code === 0x20 ||
  code === 0x28 ||
  code === 0x29 ||
  code === 0x2c ||
  (code >= 0x3b && code <= 0x3e && code !== 0x3d) ||
  (code >= 9 && code <= 13);

const behindAt = (word: string): string => word.slice(word.lastIndexOf('@') + 1);

/** The host before a bracketed address: `root@host`, `IDENT:user@host`, `host.`. */
const hostOf = (word: string): string | null => knownName(behindAt(word));

function literalAddress(word: string): string | null {
  if (word.charCodeAt(0) !== 0x5b) return parseIpAddress(word);
  const close = word.indexOf(']');
  return parseIpAddress(word.slice(1, close < 0 ? undefined : close));
}

/** Names that servers write where they know none. */
const NO_NAMES: ReadonlySet<string> = new Set([
  '',
  'unknown',
  'unknown-host',
  'unverified',
  '-',
  '_',
]);

const NO_NAME_LENGTH_MAX = 12;

/** Nearly every name starts with one: then the pattern, which knows all scripts, is not needed. */
function hasLetterOrDigit(name: string): boolean {
  const first = name.charCodeAt(0);
  const lower = first | 0x20;
  if ((lower >= 0x61 && lower <= 0x7a) || (first >= 0x30 && first <= 0x39)) return true;
  return /[\p{L}\p{N}]/u.test(name);
}

/**
 * A host's name without its root dot, cut to a name's greatest length; null for what servers write
 * where they know none (`unknown`) and for words that are no name.
 */
function knownName(word: string | undefined | null): string | null {
  if (word === null || word === undefined) return null;
  const name = word.endsWith('.') ? word.slice(0, -1) : word;
  if (name.length <= NO_NAME_LENGTH_MAX && NO_NAMES.has(name.toLowerCase())) return null;
  if (name.endsWith('=') || !hasLetterOrDigit(name)) return null;
  return cut(name);
}
