import type { Kernels } from '../base/index.ts';
import { type Mailbox, parseMailboxes } from '../header/index.ts';
import { trimmed } from './text-line.ts';

/** Longer values are no address lists that a person forwarded. */
const VALUE_LENGTH_MAX = 20_000;

/**
 * The mailboxes of a label's value as text conversion leaves them.
 *
 * `Clerk <c@x.example<mailto:c@x.example>>`, `Clerk [mailto:c@x.example]`, `c@x.example
 * [c@x.example]` and `Clerk (c@x.example)` all mean one mailbox.
 */
export function readForwardMailboxes(value: string, kernels: Kernels): readonly Mailbox[] {
  const plain = value
    .slice(0, VALUE_LENGTH_MAX)
    .replaceAll('(<', '<')
    .replaceAll('>)', '>')
    .replace(/<\s?(?:mailto|smtp):([^<>]{0,320})>/gi, ' [mailto:$1]')
    .replace(
      /[[(]\s?(?:(?:mailto|smtp):\s?)?([^\s[\]()<>@]{1,64}@[^\s[\]()<>]{1,255})\s?[\])]/gi,
      ' <$1> ',
    )
    .replace(/<\s?([^<>]{1,320}?)\s{0,3}<([^<>]{1,320})>\s?>/g, '<$1>');
  const found: Mailbox[] = [];
  for (const mailbox of parseMailboxes(kernels.encode(plain), kernels)) {
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

const sameAddress = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();

const NAME_EDGES = ' *\'"“”‘’';

function tidy({ name, address }: Mailbox): Mailbox {
  const bare = trimmed(address.replace(/^mailto:/i, ''), "[]<>'*");
  let words = trimmed(name, NAME_EDGES);
  if (bare !== '' && words.toLowerCase().endsWith(bare.toLowerCase()))
    words = trimmed(words.slice(0, -bare.length), NAME_EDGES);
  return { name: words, address: bare };
}
