import type { CoercionReader } from '../../core/coercion/index.ts';
import { leadingKind, linkHosts, OwnPart, subjectMatter } from '../../core/forward/index.ts';
import {
  type Mailbox,
  type MailMessage,
  type MailPart,
  type MessageContent,
  namesOlder,
  type ShownBody,
} from '../../core/mail/index.ts';

/**
 * Whether a mail that carries another as a file may itself be what was reported: it threatens or
 * links somewhere on its own, or the file is a source that somebody saved, and nothing but the file
 * says that it hands anything on. Whoever threatens can attach a stranger's mail
 * (docs/methods/inline-forward.md).
 *
 * `messages`: the mail first, then what it carries. `content`: the mail's own, null for none.
 * `pressure`: reads wordings that press, whoever is named.
 */
export function carriesInDoubt(
  [top, ...inside]: readonly MailMessage[],
  content: MessageContent | null,
  pressure: CoercionReader,
): boolean {
  if (top?.role !== 'carrier' || top.either === true) return false;
  const carried = inside.filter(({ role, path }) => role !== 'attached' && !INLINE.test(path));
  const isSent = carried.length > 0 && carried.every(({ forward }) => !isReturned(forward));
  if (!isSent || showsHandingOn(top, carried)) return false;
  return carried.some(isSavedCopy) || pressesOrLinks(top, content, pressure);
}

/** Anybody can write such a file: it bears no mark of a mail program. */
const isSavedCopy = ({ forward }: MailMessage): boolean => forward?.method === 'saved-copy';

/**
 * Whether a mail that carries another brings something of its own to fall for: a link, a threat or a
 * file that runs. Whoever sends that can write every sign of a forward as well, so the mail is what
 * was reported, or a letter to the office, until somebody says that a reporter wrote it.
 *
 * What stands in the carried messages too is theirs: reporters quote what they complain about.
 */
export function bringsItsOwn(
  [top, ...inside]: readonly MailMessage[],
  content: MessageContent | null,
  pressure: CoercionReader,
): boolean {
  if (top?.role !== 'carrier' || top.headers.length === 0) return false;
  const carried = inside.filter(({ role }) => role !== 'attached');
  if (carried.some(({ forward }) => isReturned(forward))) return false;
  // A page out of which a saved mail was read is what carries it.
  const isRead = ({ path }: MailPart): boolean =>
    carried.some((message) => message.path.startsWith(`${path}.`));
  if (top.parts.some((part) => isRun(part) && !isRead(part))) return true;
  let theirs: string | null = null;
  const isTheirs = (words: string): boolean => {
    theirs ??= plain(carried.map(shownOf).join('\n').slice(0, QUOTED_LENGTH_MAX));
    return theirs.includes(plain(words));
  };
  // The writer's site, and that of the recipient, to which a gateway's banner can link.
  const homes = [...(top.from === null ? [] : [top.from]), ...top.to].map(domainOf);
  const isOwn = (host: string): boolean =>
    !PUBLIC.test(host) && !homes.some((home) => isWithin(host, home));
  if (ownHosts(top, carried, content).some((host) => isOwn(host) && !isTheirs(host))) return true;
  // Where a forward shows no subject of its own, the mail's is the forwarded one's.
  const subject = carried.every((message) => message.subject !== null) ? top.subject : null;
  const { hints } = pressure({ subject, text: top.text });
  return hints.some(({ sign, words }) => sign === 'threat' && !isTheirs(words));
}

/** Words of the carried messages in which the carrier's are looked for; more is no quotation. */
const QUOTED_LENGTH_MAX = 1_000_000;

const shownOf = ({ subject, text }: MailMessage): string => `${subject ?? ''}\n${text}`;

const plain = (words: string): string => words.toLowerCase().replace(/[\s>]+/g, ' ');

const domainOf = ({ address }: Mailbox): string => address.toLowerCase().split('@')[1] ?? '';

const isWithin = (host: string, domain: string): boolean =>
  domain !== '' && (host === domain || host.endsWith(`.${domain}`));

/** Names that only authorities are given: a reporter points to the office's or the ministry's page. */
const PUBLIC =
  /\.(?:gov|mil)(?:\.[a-z]{2})?$|\.state\.[a-z]{2}\.us$|(?:^|\.)(?:co|ci)\.[^.]+\.[a-z]{2}\.us$/;

const SENDER_LENGTH_MIN = 4;

/**
 * Without the stretches of the HTML in which the carried messages stand. A page that names no sender
 * of theirs shows none of them: it is the mail's own, whatever its text part says.
 */
function ownHosts(
  top: MailMessage,
  carried: readonly MailMessage[],
  content: MessageContent | null,
): readonly string[] {
  const all = (content?.bodies ?? []).filter(({ kind }) => kind === 'html');
  // Clients break addresses up; a name of one letter stands in every page.
  const senders = carried
    .flatMap(({ from }) => (from === null ? [] : [from.address, from.name]))
    .filter((sender) => sender.length >= SENDER_LENGTH_MIN);
  const names = ({ text }: ShownBody): boolean =>
    senders.some((sender) => text.toLowerCase().includes(sender.toLowerCase()));
  const shares = all.some(names) || senders.length === 0 ? content?.shares?.() : undefined;
  const pages = shares?.get(top.path) ?? all;
  const linked = pages.flatMap(({ text }) => [...linkHosts(unwrapped(text), 'markup')]);
  return [...linkHosts(unwrapped(withoutHomePages(top.text)), 'words'), ...linked];
}

/** Where links lead that the recipient's gateway (Microsoft Safe Links) wrapped, the sender's or its own. */
const unwrapped = (text: string): string =>
  text.replace(SAFE_LINK, (_, address: string) =>
    address.replace(/%3A/gi, ':').replace(/%2F/gi, '/'),
  );

const SAFE_LINK =
  /https:\/\/[a-z0-9]{1,20}\.safelinks\.protection\.outlook\.com\/\?url=([^\s&"'<>]{1,2000})/gi;

/** A signature (RFC 3676 section 4.3) names its writer's site; a page within a site is none. */
function withoutHomePages(text: string): string {
  const at = text.search(/^-- ?$/m);
  return at < 0 ? text : text.slice(0, at) + text.slice(at).replace(HOME_PAGE, '');
}

const HOME_PAGE = /\b(?:https?:\/\/|www\.)[^\s/?#<>"')\]]{1,253}\/?(?=[.,;]?(?:[\s<>"')\]]|$))/gi;

/** Files that act when they are opened: programs, scripts, pages, disk images, sheets with macros. */
const RUNS =
  /\.(?:exe|scr|com|pif|bat|cmd|ps1|vb[es]?|jse?|ws[fh]|hta|lnk|url|msi|msix|jar|reg|cpl|chm|html?|xhtml|shtml|svg|iso|img|vhdx?|xll|(?:doc|dot|xls|xlt|xla|ppt|pot)m)[\s.]*$/i;

const RUNS_AS = /^application\/(?:x-ms(?:download|dos-program)|x-dosexec|hta|java-archive)$/i;

const isRun = ({ fileName, contentType }: MailPart): boolean =>
  RUNS.test(fileName ?? '') || RUNS_AS.test(contentType);

const INLINE = /\.i\d*$/;

/** Lists and providers send digests and abuse reports, in which words of others stand. */
const isReturned = (forward: MailMessage['forward']): boolean =>
  forward?.method === 'report' || forward?.method === 'digest';

/** A forward's subject, a named older message, or a carried mail that its author had received. */
function showsHandingOn(top: MailMessage, carried: readonly MailMessage[]): boolean {
  const subject = top.subject ?? '';
  if (leadingKind(subject) === 'forward') return true;
  if (namesOlder(top.headers)) return true;
  const matter = subjectMatter(subject);
  const author = top.from?.address.toLowerCase() ?? '';
  return carried.some(
    (message) =>
      (matter !== '' && subjectMatter(message.subject ?? '') === matter) ||
      (author !== '' && wentTo(message, author)),
  );
}

const RECIPIENT =
  /^(?:to|cc|bcc|delivered-to|x-original-to|envelope-to|x-envelope-to|x-apparently-to|received)$/i;

const wentTo = ({ to, headers }: MailMessage, author: string): boolean =>
  to.some(({ address }) => address.toLowerCase() === author) ||
  headers.some(({ name, value }) => RECIPIENT.test(name) && value.toLowerCase().includes(author));

function pressesOrLinks(
  top: MailMessage,
  content: MessageContent | null,
  pressure: CoercionReader,
): boolean {
  const html = (content?.bodies ?? []).filter(({ kind }) => kind === 'html');
  const linked = () => new Set(html.flatMap(({ text }) => [...linkHosts(text, 'markup')]));
  const own = new OwnPart(() => top.text, linked);
  if (own.hosts.length > 0) return true;
  return pressure({ subject: top.subject, text: own.words }).signs.includes('threat');
}
