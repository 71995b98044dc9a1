import { organisationOf } from '../observables/index.ts';
import { fieldNamed, type HeaderPointer, pointerTo } from './header-pointer.ts';
import type { SenderFacts } from './sender-facts.ts';
import type { Draft, VerdictInput } from './verdict.ts';

/** Addresses that are named; a forger can list a thousand. */
const NAMED_MAX = 3;
/** RFC 5321 section 4.5.3.1: 64 and 255 characters. */
const ADDRESS_LENGTH_MAX = 320;

/**
 * Whom else than the shown sender the header names: where answers go (Reply-To), and who sent it in
 * the sender's stead (Sender; RFC 5322 section 3.6.2). Both decide no kind: newsletters and lists
 * name others too. A reader who answers an authorised mail is misled by the first all the same.
 */
export function addElsewhere(input: VerdictInput, facts: SenderFacts, draft: Draft): void {
  if (facts.fromOrganisation === null || facts.fromDomain === null) return;
  addAnswers(input, facts, facts.fromDomain, draft);
  addSender(input, facts, facts.fromDomain, draft);
}

function addAnswers(input: VerdictInput, facts: SenderFacts, domain: string, draft: Draft): void {
  const { replyTo } = input.message;
  const all = [...new Set(replyTo.map(({ address }) => address.toLowerCase()))];
  const others = all.filter((address) => isElsewhere(address, input, facts));
  if (others.length === 0) return;
  const named = others.slice(0, NAMED_MAX).map((address) => whose(address, input));
  const more = others.length > NAMED_MAX ? `, and ${others.length - NAMED_MAX} more` : '';
  const isAlso = others.length < all.length;
  draft.reasons.push({
    code: 'answers-elsewhere',
    text: `Answers go to ${named.join(', ')}${more}${isAlso ? ', too' : `, and not to ${domain}`}.`,
    at: fieldPointer(input, 'reply-to'),
  });
  draft.notShown.push(
    isAlso
      ? `that an answer reaches ${domain} alone`
      : `that an answer reaches ${domain}, or whoever wrote in its name`,
  );
}

function addSender(input: VerdictInput, facts: SenderFacts, domain: string, draft: Draft): void {
  const field = fieldNamed(input.message, 'sender');
  const address = field === null ? null : addressIn(field.value);
  if (field === null || address === null || !isElsewhere(address, input, facts)) return;
  draft.reasons.push({
    code: 'sender-elsewhere',
    text: `Its Sender line names ${whose(address, input)}, as who sent it for ${domain}.`,
    at: pointerTo(field),
  });
}

/** Another organisation's; at a provider of accounts for anybody, another account. */
function isElsewhere(address: string, input: VerdictInput, facts: SenderFacts): boolean {
  const domain = address.slice(address.lastIndexOf('@') + 1);
  if (domain === '' || domain.length === address.length) return false;
  if (mailboxOf(address) === mailboxOf(input.message.from?.address.toLowerCase() ?? ''))
    return false;
  const provider = input.consumerProvider(domain);
  if (provider !== null && provider === input.consumerProvider(facts.fromDomain ?? '')) return true;
  return (
    domain !== facts.fromDomain?.toLowerCase() && organisationOf(domain) !== facts.fromOrganisation
  );
}

/** Gmail delivers `a.b+tag@googlemail.com` to `ab@gmail.com` (Google's help on both domains). */
function mailboxOf(address: string): string {
  const at = address.lastIndexOf('@');
  if (!/^@(?:gmail|googlemail)\.com$/.test(address.slice(at))) return address;
  return `${address.slice(0, at).replace(/\+.*|\./gs, '')}@gmail.com`;
}

function whose(address: string, { consumerProvider }: VerdictInput): string {
  const provider = consumerProvider(address.slice(address.lastIndexOf('@') + 1));
  const shown = address.slice(0, ADDRESS_LENGTH_MAX);
  return provider === null
    ? `${shown}, of another organisation`
    : `${shown}, an account such as anybody may open at ${provider}`;
}

function fieldPointer({ message }: VerdictInput, lower: string): HeaderPointer | null {
  const field = fieldNamed(message, lower);
  return field === null ? null : pointerTo(field);
}

/** Of a field that names one mailbox. */
function addressIn(value: string): string | null {
  const words = value.slice(0, 2_000).trim();
  const inside = words.slice(words.lastIndexOf('<') + 1).replace(/>[^>]*$/, '');
  const address = inside.trim().toLowerCase();
  return /^[^\s@]{1,255}@[^\s@]{1,255}$/.test(address) ? address : null;
}
