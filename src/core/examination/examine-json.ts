import type { Json, Limit } from '../base/index.ts';
import type { Exhibit } from '../evidence/index.ts';
import type { Hop, MailPart } from '../mail/index.ts';
import type { NetworkHint } from '../networks/index.ts';
import { type ExaminedMessage, isHolder, shownRole } from './examine.ts';
import { judgementJson } from './judgement-json.ts';

/**
 * `examine --json` in pieces, so that a mailbox of any size streams: the opening, each message
 * with its place from 0, the closing. Together one JSON document; its fields are promises.
 */
export const openExamineJson = (exhibit: Exhibit): string => {
  const { digest: sha256, bytes, kind } = exhibit;
  return `{\n"exhibit": ${jsonText({ sha256, bytes, kind })},\n"messages": [`;
};

export const messageExamineJson = (examined: ExaminedMessage, place: number): string =>
  `${place === 0 ? '\n' : ',\n'}${jsonText(messageJson(examined))}`;

export const closeExamineJson = (limits: readonly Limit[]): string =>
  `],\n"limits": ${jsonText(limits.map(({ code, at, text }) => ({ code, at, text })))}\n}\n`;

function messageJson(examined: ExaminedMessage): Json {
  const { message, offset, bytesOf, judgement } = examined;
  const { path, length, sha256, from, replyTo, to, subject, date, messageId } = message;
  const mailbox = ({ name, address }: { name: string; address: string }): Json => ({
    name,
    address,
  });
  return {
    path,
    offset,
    length,
    sha256,
    role: shownRole(examined),
    either: examined.isEither,
    from: from === null ? null : mailbox(from),
    authors: (message.authors ?? []).map(mailbox),
    replyTo: replyTo.map(mailbox),
    to: to.map(mailbox),
    subject,
    date,
    dateText: message.dateText,
    dateInterval: intervalJson(message.dateInterval),
    messageId,
    parts: message.parts.map(partJson),
    text: message.text,
    banner: bannerJson(message.banner),
    route: message.route.map((hop, at) => hopJson(hop, judgement.networks[at] ?? [])),
    ...judgementJson(judgement, {
      offset,
      bytesOf,
      ofReporter: isReporters(examined),
      filesOpen: (message.brings?.files.length ?? 0) > 0,
    }),
    forward: forwardJson(message.forward),
  };
}

/** The gateway's words are the first `length` UTF-16 units of the text. */
const bannerJson = (banner: ExaminedMessage['message']['banner']): Json =>
  banner === undefined ? null : { product: banner.product, length: banner.length };

const intervalJson = (interval: ExaminedMessage['message']['dateInterval']): Json =>
  interval === undefined ? null : { from: interval.from, until: interval.until };

/**
 * A reporter's own mail names the reporter's own addresses; so may one that may be a reporter's.
 */
const isReporters = (examined: ExaminedMessage): boolean =>
  ['carrier', 'letter'].includes(shownRole(examined)) || isHolder(examined);

function forwardJson(forward: ExaminedMessage['message']['forward']): Json {
  if (forward === null) return null;
  const { method, intact, lost, takenFrom = null } = forward;
  return { method, intact, lost, ...(takenFrom === null ? null : { takenFrom }) };
}

const partJson = (part: MailPart): Json => {
  const { path, contentType, charset, charsetHow, charsetDeclared } = part;
  const { fileName, otherName, disposition, bytes, sha256 } = part;
  const also = otherName === undefined ? null : { otherName };
  const decoded = { charset, charsetHow, charsetDeclared };
  return { path, contentType, ...decoded, fileName, ...also, disposition, bytes, sha256 };
};

const hopJson = (hop: Hop, hints: readonly NetworkHint[]): Json => {
  const { from, reverseName, doubted = false, by, ip, protocol, date, trusted } = hop;
  const networks = hints.map(({ table, asOf, asNumber, network, country }) => ({
    table,
    asOf,
    asNumber,
    network,
    country,
  }));
  return { from, reverseName, doubted, by, ip, protocol, date, trusted, networks };
};

/** What JSON may hold raw and a terminal or an editor would obey. */
const UNSAFE_RAW = /[\u007F-\u009F\p{Cf}\p{Zl}\p{Zp}]/gu;

/** JSON whose bytes cannot move a cursor or reorder a line; it parses to the same value. */
function jsonText(value: Json): string {
  return JSON.stringify(value, null, 1).replace(UNSAFE_RAW, (hit) =>
    Array.from({ length: hit.length }, (_, at) => escaped(hit.charCodeAt(at))).join(''),
  );
}

const escaped = (unit: number): string => `\\u${unit.toString(16).padStart(4, '0')}`;
