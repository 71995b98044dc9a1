import { parseIpAddress } from './ip-address.ts';
import type { ReceivedToken } from './received-clauses.ts';

/** Who handed the message over, as the receiving host wrote it down. */
export interface Client {
  /** The name that the client gave itself (HELO), or what stands in its place. */
  readonly helo: string | null;
  /** Its name by address, as looked up by the receiving host. */
  readonly reverseName: string | null;
  readonly ip: string | null;
}

const NOBODY: Client = { helo: null, reverseName: null, ip: null };

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
  const note: Note = { bracketed: null, bare: null, name: null, helo: null };
  let first: string | null = null;
  let firstLiteral: string | null = null;
  let literal: string | null = null;
  let shown = '';
  for (const { kind, text } of tokens) {
    if (kind === 'comment') {
      readNote(text, note);
      continue;
    }
    const ip = literalAddress(text);
    if (first === null) [first, firstLiteral, shown] = [text, ip, text];
    else if (ip !== null) literal ??= ip;
    else shown += ` ${text}`;
  }
  return {
    helo: note.helo ?? (shown === '' ? null : shown.slice(0, NAME_LENGTH_MAX)),
    reverseName: note.helo === null ? note.name : knownName(firstLiteral === null ? first : null),
    ip: note.bracketed ?? literal ?? note.bare ?? firstLiteral,
  };
}

/** qmail: `(qmail 50842 messnum 34651 invoked from network[192.0.2.1/host.example])`. */
export function readQmailLead(lead: readonly string[]): Client {
  const comment = lead.find((text) => text.startsWith('qmail '));
  const open = comment?.indexOf('network[') ?? -1;
  if (comment === undefined || open < 0) return NOBODY;
  const [ip = '', name = ''] = comment.slice(open + 8).split(/[\]/]/, 2);
  return { helo: null, reverseName: knownName(name), ip: parseIpAddress(ip) };
}

/** Sendmail: `(from user@localhost) by host`: handed in on the machine itself. */
export function readLocalSubmitter(lead: readonly string[]): string | null {
  const comment = lead.find((text) => text.startsWith('from '));
  return comment === undefined ? null : comment.slice(5).trim().slice(0, NAME_LENGTH_MAX);
}

/** What the comments of the clause say; of each kind the first counts. */
interface Note {
  bracketed: string | null;
  bare: string | null;
  name: string | null;
  helo: string | null;
}

/** RFC 1035 section 2.3.4 allows 255; leave room for an ident before it. */
export const NAME_LENGTH_MAX = 320;

/** `helo=`, `EHLO=`: Exim and others glue the name to it; qmail sets a blank between. */
const HELO_KEY = /^[hel]{2}lo(?:=|$)/i;

function readNote(comment: string, note: Note): void {
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
    else if (word.startsWith('[')) {
      const ip = literalAddress(word);
      if (ip !== null && note.bracketed === null) note.name ??= hostOf(previous);
      note.bracketed ??= ip;
    } else if (!HELO_KEY.test(word)) note.bare ??= parseIpAddress(behindAt(word));
    saysHelo = !saysHelo && HELO_KEY.test(word);
    if (saysHelo && word.length > 5) {
      note.helo ??= knownName(word.slice(5));
      saysHelo = false;
    }
    previous = parts ? '' : word;
  }
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
  const close = word.indexOf(']');
  const inner = word.startsWith('[') ? word.slice(1, close < 0 ? undefined : close) : word;
  return parseIpAddress(inner);
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

export function knownName(word: string | undefined | null): string | null {
  if (word === null || word === undefined) return null;
  const name = word.endsWith('.') ? word.slice(0, -1) : word;
  if (NO_NAMES.has(name.toLowerCase()) || name.endsWith('=')) return null;
  if (!/[\p{L}\p{N}]/u.test(name)) return null;
  return name.slice(0, NAME_LENGTH_MAX);
}
