import type { Kernels } from '../../core/base/index.ts';
import type { CoercionReader } from '../../core/coercion/index.ts';
import { linkHosts, signatureAt } from '../../core/forward/index.ts';
import {
  type Brought,
  cameAsText,
  type MailMessage,
  type MessageContent,
  type ShownBody,
} from '../../core/mail/index.ts';
import { ownContacts } from './own-contacts.ts';
import { ownFiles } from './own-files.ts';
import { domainOf, isPublic, isWithin } from './own-site.ts';

/** What rules and native work the search for a mail's own load takes. */
export interface LoadRules {
  readonly pressure: CoercionReader;
  readonly kernels: Kernels;
}

/**
 * What a mail that carries another brings of its own to fall for: a link or a threat, a way to
 * reach somebody, files. Whoever sends that can write every sign of a forward as well. Null for
 * nothing.
 *
 * What stands in the carried messages too is theirs: reporters quote what they complain about.
 * Files beside a message that stands in the text can be that message's, for mail programs hand them
 * on with it; beside attached mails, which have files of their own, they are the writer's. A number
 * or a document there is a reporter's; a wallet or an account to pay into is not.
 */
export function ownLoad(
  [top, ...inside]: readonly MailMessage[],
  content: MessageContent | null,
  { pressure, kernels }: LoadRules,
): Brought | null {
  if (top?.role !== 'carrier' || top.headers.length === 0) return null;
  const carried = inside.filter(({ role }) => role !== 'attached');
  if (carried.some(({ forward }) => isReturned(forward))) return null;
  const isTheirs = quotation(carried);
  const files = ownFiles({ top, carried, content, kernels });
  const pages = ownPages(top, carried, content);
  const runs = files.some((file) => file.runs);
  const isTyped = carried.some(({ forward }) => forward !== null && cameAsText(forward));
  const contacts = ownContacts({ top, carried, pages, isTheirs, kernels, payOnly: !isTyped });
  const bait =
    (runs && !isTyped) ||
    linksElsewhere(top, pages, isTheirs) ||
    threatens(top, carried, isTheirs, pressure);
  const open = isTyped ? files.map(({ sha256 }) => sha256) : [];
  if (!bait && open.length === 0 && contacts.length === 0) return null;
  return { bait, runs, contacts, files: open };
}

/** Lists and providers send digests and abuse reports, in which words of others stand. */
export const isReturned = (forward: MailMessage['forward']): boolean =>
  forward?.method === 'report' || forward?.method === 'digest';

/** Words of the carried messages in which the carrier's are looked for; more is no quotation. */
const QUOTED_LENGTH_MAX = 1_000_000;

const shownOf = ({ subject, text }: MailMessage): string => `${subject ?? ''}\n${text}`;

const plain = (words: string): string => words.toLowerCase().replace(/[\s>]+/g, ' ');

/** Whether words stand in the carried messages as well. */
function quotation(carried: readonly MailMessage[]): (words: string) => boolean {
  let theirs: string | null = null;
  return (words) => {
    theirs ??= plain(carried.map(shownOf).join('\n').slice(0, QUOTED_LENGTH_MAX));
    return theirs.includes(plain(words));
  };
}

function linksElsewhere(
  top: MailMessage,
  pages: readonly ShownBody[],
  isTheirs: (words: string) => boolean,
): boolean {
  // The writer's site, and that of the recipient, to which a gateway's banner can link.
  const homes = [...(top.from === null ? [] : [top.from]), ...top.to].map(domainOf);
  const isOwn = (host: string): boolean =>
    !isPublic(host) && !homes.some((home) => isWithin(host, home));
  return ownHosts(top, pages).some((host) => isOwn(host) && !isTheirs(host));
}

function threatens(
  top: MailMessage,
  carried: readonly MailMessage[],
  isTheirs: (words: string) => boolean,
  pressure: CoercionReader,
): boolean {
  // Where a forward shows no subject of its own, the mail's is the forwarded one's.
  const subject = carried.every((message) => message.subject !== null) ? top.subject : null;
  const { hints } = pressure({ subject, text: top.text });
  return hints.some(({ sign, words }) => sign === 'threat' && !isTheirs(words));
}

const SENDER_LENGTH_MIN = 4;

/**
 * Without the stretches of the HTML in which the carried messages stand. A page that names no
 * sender of theirs shows none of them: it is the mail's own, whatever its text part says.
 */
function ownPages(
  top: MailMessage,
  carried: readonly MailMessage[],
  content: MessageContent | null,
): readonly ShownBody[] {
  const all = (content?.bodies ?? []).filter(({ kind }) => kind === 'html');
  // Clients break addresses up; a name of one letter stands in every page.
  const senders = carried
    .flatMap(({ from }) => (from === null ? [] : [from.address, from.name]))
    .filter((sender) => sender.length >= SENDER_LENGTH_MIN);
  const names = ({ text }: ShownBody): boolean =>
    senders.some((sender) => text.toLowerCase().includes(sender.toLowerCase()));
  const shares = all.some(names) || senders.length === 0 ? content?.shares?.() : undefined;
  return shares?.get(top.path) ?? all;
}

function ownHosts(top: MailMessage, pages: readonly ShownBody[]): readonly string[] {
  const linked = pages.flatMap(({ text }) => [...linkHosts(unwrapped(text), 'markup')]);
  return [...linkHosts(unwrapped(withoutHomePages(top.text)), 'words'), ...linked];
}

/**
 * Where links lead that the recipient's gateway (Microsoft Safe Links) wrapped, the sender's or its
 * own.
 */
const unwrapped = (text: string): string =>
  text.replace(SAFE_LINK, (_, address: string) =>
    address.replace(/%3A/gi, ':').replace(/%2F/gi, '/'),
  );

const SAFE_LINK =
  /https:\/\/[a-z0-9]{1,20}\.safelinks\.protection\.outlook\.com\/\?url=([^\s&"'<>]{1,2000})/gi;

/** A signature (RFC 3676 section 4.3) names its writer's site; a page within a site is none. */
function withoutHomePages(text: string): string {
  const at = signatureAt(text);
  return at < 0 ? text : text.slice(0, at) + text.slice(at).replace(HOME_PAGE, '');
}

const HOME_PAGE = /\b(?:https?:\/\/|www\.)[^\s/?#<>"')\]]{1,253}\/?(?=[.,;]?(?:[\s<>"')\]]|$))/gi;
