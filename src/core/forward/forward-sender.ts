import type { Kernels } from '../base/index.ts';
import { type Mailbox, parseMailboxes } from '../header/index.ts';
import { trimmed } from './text-line.ts';

/** Longer values are no address lists that a person forwarded. */
const VALUE_LENGTH_MAX = 20_000;

/**
 * The mailboxes of a label's value as text conversion leaves them.
 *
 * `Clerk <c@x.example<mailto:c@x.example>>`, `Clerk [mailto:c@x.example]`, `c@x.example
 * [c@x.example]` and `Clerk (c@x.example)` all mean one mailbox. Of `A <a@x.example> on behalf of B
 * <b@x.example>`, Outlook's words for Sender and From (RFC 5322 section 3.6.2), it is B.
 */
export function readForwardMailboxes(value: string, kernels: Kernels): readonly Mailbox[] {
  const plain = shownAuthor(value.slice(0, VALUE_LENGTH_MAX))
    .replaceAll('(<', '<')
    .replaceAll('>)', '>')
    .replace(/<\s?(?:mailto|smtp):([^<>]{0,320})>/gi, ' [mailto:$1]')
    .replace(
      /[[(]\s?(?:(?:mailto|smtp):\s?)?([^\s[\]()<>@]{1,64}@[^\s[\]()<>]{1,255})\s?[\])]/gi,
      ' <$1> ',
    )
    .replace(/<\s?([^<>]{1,320}?)\s{0,3}<([^<>]{1,320})>\s?>/g, '<$1>');
  const found: Mailbox[] = [];
  for (const mailbox of parseMailboxes(kernels.encode(withWholeNames(plain)), kernels)) {
    const { name, address } = tidy(mailbox);
    const last = found.at(-1);
    // The second spelling of one address brings no second person.
    if (last !== undefined && name === '' && sameAddress(last.address, address)) continue;
    if (last !== undefined && name === '' && last.address === '' && address !== '')
      found[found.length - 1] = { name: last.name, address };
    else found.push({ name, address });
  }
  return found;
}

/** Outlook's words between Sender and From; by hand, like the other words of clients. */
const ON_BEHALF_OF: readonly string[] = [
  ...[' on behalf of ', ' im auftrag von ', ' de la part de ', ' en nombre de ', ' em nome de '],
  ...[' per conto di ', ' namens ', ' w imieniu ', ' от имени ', ' от імені ', ' adına ', ' 代表 '],
  ...[' thay mặt cho ', ' thay mặt '],
];

/** What stands behind such words, if an address does. */
function shownAuthor(value: string): string {
  const text = value.toLowerCase();
  for (const words of ON_BEHALF_OF) {
    const at = text.indexOf(words);
    // Folding may change a length: then the words are not where they were found.
    if (at < 0 || text.length !== value.length) continue;
    const behind = value.slice(at + words.length);
    if (behind.includes('@')) return behind;
  }
  return value;
}

/**
 * `Doe, John <john@x.example>` as Outlook shows it is one name (RFC 5322 would quote it); between
 * recipients Outlook writes a semicolon. A piece without an address belongs to the name behind it.
 */
function withWholeNames(value: string): string {
  if (!value.includes(',')) return value;
  return value.replace(BARE_NAME, (_, before: string, name: string, address: string) => {
    const bare = trimmed(name, NAME_EDGES);
    return `${before}"${bare.replace(/["\\]/g, '')}" <${address}>`;
  });
}

/** Words, a comma, more words and an address in angle brackets; one comma, at most three. */
const BARE_NAME =
  /(^|[;,>]\s{0,3})([^\s"<>@;:,()][^"<>@;:,]{0,80}(?:,[^"<>@;:,]{1,80}){1,3})<([^<>@\s]{1,64}@[^<>\s]{1,255})>/g;

/** By address; by name where one of them shows no address. */
export function isSameMailbox(a: Mailbox, b: Mailbox): boolean {
  const key = a.address === '' || b.address === '' ? 'name' : 'address';
  const [one, other] = [a[key].trim().toLowerCase(), b[key].trim().toLowerCase()];
  return one !== '' && one === other;
}

const sameAddress = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();

const NAME_EDGES = ' *\'"“”„«»‘’';

function tidy({ name, address }: Mailbox): Mailbox {
  const bare = trimmed(address.replace(/^mailto:/i, ''), "[]<>'*");
  let words = trimmed(name, NAME_EDGES);
  if (bare !== '' && words.toLowerCase().endsWith(bare.toLowerCase()))
    words = trimmed(words.slice(0, -bare.length), NAME_EDGES);
  return { name: words, address: bare };
}
