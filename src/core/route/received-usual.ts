import { parseMailDate } from '../header/index.ts';
import {
  type ClientWords,
  clientOf,
  noClientWords,
  readLocalSubmitter,
  readNote,
  readQmailLead,
  takeClientWord,
} from './client.ts';
import type { HopReading } from './received.ts';
import {
  type ClauseName,
  clauseName,
  endOfComment,
  endOfWord,
  isGap,
  isLocalLead,
  OPEN,
  RECEIVED_TOKENS_MAX,
  receivingHost,
  recipientOf,
  SEMICOLON,
} from './received-clauses.ts';

/** RFC 5322 section 2.1.1: a line's most; usual fields are far shorter. */
const USUAL_LENGTH_MAX = 998;

/**
 * Reads a field whose comments end and which has its date behind its only semicolon, as nearly all
 * have, in one pass without a list of tokens. Null for any other: then the patient reader has its
 * turn. Both agree on what this one takes; a property test holds them to it.
 */
export function readUsual(value: string): HopReading | null {
  if (value.length > USUAL_LENGTH_MAX) return null;
  const said = nothingSaid();
  const end = takeTokens(value, said);
  if (end < 0 || value.indexOf(';', end + 1) >= 0) return null;
  // What stands behind the semicolon may be no date, or more than one.
  const date = parseMailDate(value.slice(end + 1));
  if (date === null) return null;
  const client = said.client === null ? readQmailLead(said.lead) : clientOf(said.client);
  return {
    from: client.helo ?? (said.lead === NO_LEAD ? null : readLocalSubmitter(said.lead)),
    reverseName: client.reverseName,
    doubted: client.doubted,
    by: said.by === null ? null : receivingHost(said.by),
    ip: client.ip,
    protocol: protocolOf(said),
    date,
    id: said.id,
    recipient: said.recipient === null ? null : recipientOf(said.recipient),
  };
}

const NO_LEAD: readonly string[] = [];

/** What the clauses say, as their words and comments come. */
interface Said {
  client: ClientWords | null;
  lead: readonly string[];
  by: string | null;
  protocol: string | null;
  /** Words of the `with` clause that belong to the protocol and are still to come. */
  protocolWords: number;
  id: string | null;
  recipient: string | null;
  local: boolean;
  open: ClauseName | null;
  /** A clause name was the last word: the next one is its value, whatever it says. */
  awaitsValue: boolean;
}

const nothingSaid = (): Said => ({
  client: null,
  lead: NO_LEAD,
  by: null,
  protocol: null,
  protocolWords: 1,
  id: null,
  recipient: null,
  local: false,
  open: null,
  awaitsValue: false,
});

/**
 * Takes words and comments up to the semicolon; gives its place, -1 where the field is not usual.
 */
function takeTokens(value: string, said: Said): number {
  let tokens = 0;
  for (let at = 0; at < value.length && tokens < RECEIVED_TOKENS_MAX; ) {
    const code = value.charCodeAt(at);
    if (code === OPEN) {
      const end = endOfComment(value, at + 1);
      if (end < 0) return -1;
      takeComment(value.slice(at + 1, end), said);
      tokens += 1;
      at = end + 1;
    } else if (isGap(code)) at += 1;
    else if (code === SEMICOLON) return at;
    else {
      const end = endOfWord(value, at);
      takeWord(value.slice(at, end), said);
      tokens += 1;
      at = end;
    }
  }
  return -1;
}

function takeWord(text: string, said: Said): void {
  const name = said.awaitsValue ? null : clauseName(text);
  said.awaitsValue = name !== null;
  if (name === null) takeValue(text, said);
  else {
    said.open = name;
    if (name === 'from') said.client ??= noClientWords();
    else if (name === 'with') said.protocol ??= '';
  }
}

function takeValue(text: string, said: Said): void {
  switch (said.open) {
    case 'from':
      if (said.client !== null) takeClientWord(text, said.client);
      return;
    case 'by':
      said.by ??= text;
      return;
    case 'with':
      takeProtocol(text, said);
      return;
    case 'id':
      said.id ??= text;
      return;
    case 'for':
      said.recipient ??= text;
      return;
    default:
  }
}

/** Exchange's first word says nothing by itself ("Microsoft SMTP Server"), so it is whole. */
function takeProtocol(text: string, said: Said): void {
  if (said.protocolWords === 0) return;
  if (said.protocol !== null && said.protocol !== '') said.protocol += ` ${text}`;
  else {
    said.protocol = text;
    if (text === 'Microsoft') said.protocolWords = 3;
  }
  said.protocolWords -= 1;
}

function takeComment(text: string, said: Said): void {
  if (said.open === 'from') {
    if (said.client !== null) readNote(text, said.client);
  } else if (said.open === null) {
    said.lead = [...said.lead, text];
    said.local ||= isLocalLead(text);
  } else if (said.open === 'by') said.local ||= text.includes('from userid');
}

/** The `with` words; Postfix's pickup and qmail name the way in a comment. */
const protocolOf = ({ protocol, local }: Said): string | null =>
  protocol === null ? (local ? 'local' : null) : protocol || null;
