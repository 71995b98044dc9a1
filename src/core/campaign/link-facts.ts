import type { MailMessage } from '../mail/index.ts';
import { type LinkFact, messageIdShape } from './links.ts';

export interface LinkSource {
  readonly campaign: string;
  /** How the message is named in a link's evidence. */
  readonly ref: string;
  readonly message: MailMessage;
  /** DKIM or SPF vouches for the shown sender's domain. */
  readonly authenticated: boolean;
}

/** Hosts that one message adds at most: a page of links says no more. */
const HOSTS_MAX = 50;

/**
 * What one reported original shows of the infrastructure behind it: the client at the trust
 * boundary, the sender's domain, the mail program's habits, hosts in the text, attachments. Only
 * trusted hops are read; a forwarder's own route must not be given.
 */
export function linkFacts({
  campaign,
  ref,
  message,
  authenticated,
}: LinkSource): readonly LinkFact[] {
  const fact = (kind: LinkFact['kind'], value: string): LinkFact => ({
    campaign,
    kind,
    value,
    message: ref,
  });
  const facts: LinkFact[] = [];
  const client = message.route.filter(({ trusted }) => trusted).at(-1)?.ip;
  if (client != null) facts.push(fact('origin-host', client));
  const domain = message.from?.address.split('@')[1]?.toLowerCase();
  if (domain !== undefined) facts.push({ ...fact('sender-domain', domain), authenticated });
  if (message.messageId !== null) {
    facts.push(fact('message-id-shape', messageIdShape(message.messageId)));
  }
  facts.push(fact('mailer', mailerOf(message)));
  for (const host of hostsIn(message.text)) facts.push(fact('url-host', host));
  for (const { disposition, bytes, sha256 } of message.parts) {
    if (disposition === 'attachment' && bytes > 0) facts.push(fact('attachment', sha256));
  }
  return facts;
}

/** Fields that the sending program writes itself, not the hosts on the way. */
const OWN_FIELDS = new Set(
  (
    'from to cc subject date message-id mime-version content-type content-transfer-encoding reply-to sender ' +
    'x-mailer user-agent x-priority importance list-unsubscribe organization content-language x-originating-ip'
  ).split(' '),
);

/** The program's name and the order of the fields it wrote; empty where it wrote none. */
function mailerOf({ headers }: MailMessage): string {
  const own = headers
    .map(({ name, value }) => ({ name: name.toLowerCase(), value }))
    .filter(({ name }) => OWN_FIELDS.has(name));
  if (own.length === 0) return '';
  const program =
    own.find(({ name }) => name === 'x-mailer' || name === 'user-agent')?.value ?? '-';
  return `${program.slice(0, 100)} | ${own
    .map(({ name }) => name)
    .join(' ')
    .slice(0, 500)}`;
}

const URL_HOST = /\bhttps?:\/\/(?:[^\s/@]{1,80}@)?([\p{L}\d-]{1,63}(?:\.[\p{L}\d-]{1,63}){1,8})/giu;

function hostsIn(text: string): readonly string[] {
  const hosts = new Set<string>();
  for (const hit of text.matchAll(URL_HOST)) {
    if (hosts.size >= HOSTS_MAX) break;
    hosts.add((hit[1] ?? '').toLowerCase());
  }
  return [...hosts];
}
