import type { CoercionReader } from '../../core/coercion/index.ts';
import { leadingKind, linkHosts, OwnPart, subjectMatter } from '../../core/forward/index.ts';
import { type MailMessage, type MessageContent, namesOlder } from '../../core/mail/index.ts';
import { isReturned } from './own-load.ts';

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

const INLINE = /\.i\d*$/;

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
