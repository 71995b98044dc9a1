import type { Instant } from '../base/index.ts';
import { parseMailDate } from '../header/index.ts';
import { readClient, readLocalSubmitter, readQmailLead } from './client.ts';
import {
  type ClauseName,
  isLocalLead,
  type ReceivedClauses,
  readClauses,
  receivingHost,
  recipientOf,
} from './received-clauses.ts';
import { readUsual } from './received-usual.ts';
import { trustedHops } from './trust-boundary.ts';

/** One Received field (RFC 5321 section 4.4), newest first in a route. */
export interface Hop {
  /** HELO name, or what stands in its place. */
  readonly from: string | null;
  /** What the receiving host says of the client beside its HELO name. */
  readonly reverseName: string | null;
  /** Only where the receiving host could not confirm that name, which is then the client's word. */
  readonly doubted?: true;
  readonly by: string | null;
  readonly ip: string | null;
  readonly protocol: string | null;
  readonly date: Instant | null;
  /** Written at or above the trust boundary: by the recipient's own provider. */
  readonly trusted: boolean;
  readonly offset: number;
  readonly length: number;
}

/** A hop with what else its field says. */
export interface ReceivedHop extends Hop {
  readonly id: string | null;
  /** The `for` address, without brackets. */
  readonly recipient: string | null;
  /** `TLSv1.3`, where the field names a version; null says nothing about encryption. */
  readonly tls: string | null;
}

/** One Received field: its unfolded value, and where its bytes stand. */
export interface ReceivedField {
  readonly value: string;
  readonly offset: number;
  readonly length: number;
}

/** Mail systems refuse mail far below (RFC 5321 section 6.3: at least 100). */
export const HOPS_MAX = 1_000;

/** RFC 5322 allows 998 characters a line; a longer field than this is not a host's work. */
const FIELD_LENGTH_MAX = 16_384;

/**
 * The route of a message, newest hop first, from its Received fields in the order of the header.
 *
 * Reads what mail servers write rather than what the RFC says, in linear time, without throwing;
 * at most `HOPS_MAX` hops. `trusted` says which hops the recipient's own side wrote (see
 * `trust-boundary.ts`): the others are claims of the sender's side.
 */
export function readReceived(fields: readonly ReceivedField[]): readonly ReceivedHop[] {
  const hops = fields.slice(0, HOPS_MAX).map(readHop);
  const trusted = trustedHops(hops);
  for (let i = 0; i < trusted; i++) hops[i]!.trusted = true;
  return hops;
}

type UnjudgedHop = Omit<ReceivedHop, 'trusted' | 'doubted'> & { trusted: boolean; doubted?: true };

/** What the words of a field say. */
export type HopReading = Omit<ReceivedHop, 'trusted' | 'doubted' | 'offset' | 'length' | 'tls'> & {
  readonly doubted: boolean;
};

function readHop({ value, offset, length }: ReceivedField): UnjudgedHop {
  const said = readUsual(value) ?? readPatiently(value);
  const hop: UnjudgedHop = {
    from: said.from,
    reverseName: said.reverseName,
    by: said.by,
    ip: said.ip,
    protocol: said.protocol,
    date: said.date,
    id: said.id,
    recipient: said.recipient,
    tls: tlsOf(value),
    trusted: false,
    offset,
    length,
  };
  if (said.doubted) hop.doubted = true;
  return hop;
}

/** Reads a field of any shape. */
export function readPatiently(value: string): HopReading {
  const parsed = readClauses(value.slice(0, FIELD_LENGTH_MAX));
  const from = parsed.clauses.from;
  const client = from === undefined ? readQmailLead(parsed.lead) : readClient(from);
  return {
    from: client.helo ?? readLocalSubmitter(parsed.lead),
    reverseName: client.reverseName,
    doubted: client.doubted,
    by: mapped(wordOf(parsed, 'by'), receivingHost),
    ip: client.ip,
    protocol: protocolOf(parsed),
    date: dateOf(parsed),
    id: wordOf(parsed, 'id'),
    recipient: mapped(wordOf(parsed, 'for'), recipientOf),
  };
}

function tlsOf(value: string): string | null {
  if (!(value.includes('TLS') || value.includes('SSL'))) return null;
  const at = value.search(/TLS|SSL/);
  return (
    /(?:TLS|SSL)[ _]?v?\d(?:[._]\d)?/.exec(value.slice(at, at + FIELD_LENGTH_MAX))?.[0] ?? null
  );
}

const wordOf = (parsed: ReceivedClauses, name: ClauseName): string | null =>
  parsed.clauses[name]?.find((token) => token.kind === 'word')?.text ?? null;

const mapped = <T>(word: string | null, read: (word: string) => T): T | null =>
  word === null ? null : read(word);

/** The `with` word; Exchange's says nothing by itself ("Microsoft SMTP Server"), so it is whole. */
function protocolOf(parsed: ReceivedClauses): string | null {
  const tokens = parsed.clauses.with;
  if (tokens !== undefined) {
    const words = tokens.filter((token) => token.kind === 'word').map((token) => token.text);
    return words.slice(0, words[0] === 'Microsoft' ? 3 : 1).join(' ') || null;
  }
  // Postfix's pickup and qmail name the way in a comment.
  const note = parsed.clauses.by?.find((token) => token.text.includes('from userid'));
  return note !== undefined || parsed.lead.some(isLocalLead) ? 'local' : null;
}

function dateOf(parsed: ReceivedClauses): Instant | null {
  for (const text of parsed.dateTexts) {
    const date = parseMailDate(text);
    if (date !== null) return date;
  }
  return null;
}
