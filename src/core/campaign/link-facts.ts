import type { MailMessage } from '../mail/index.ts';
import { type LinkFact, messageIdShape } from './links.ts';
import { shownProgram } from './mail-program.ts';
import { withoutHousehold } from './wording.ts';

/**
 * A message of a campaign, whose senders, hosts and addresses may stand in another campaign, too.
 */
export interface LinkSource {
  readonly campaign: string;
  /** How the message is named in a link's evidence. */
  readonly ref: string;
  readonly message: MailMessage;
  /** DKIM or SPF vouches for the shown sender's domain. */
  readonly authenticated: boolean;
}

/** Hosts that one message adds at most: a page of links says no more; and as many paths. */
const HOSTS_MAX = 50;
const SUBJECT_MAX = 500;

/**
 * What one reported original shows of the infrastructure behind it: the client at the trust
 * boundary, the sender's domain, the subject without what could be its reader's, the mail program's
 * habits, hosts in the text (those that a redirect leads to as well) and paths on them,
 * attachments. Only trusted hops are read; a forwarder's own route must not be given.
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
  const subject = subjectOf(message);
  if (subject !== '') facts.push(fact('subject', subject));
  facts.push({ ...fact('mailer', mailerOf(message)), shown: mailerOf(message, shownProgram) });
  const { hosts, paths } = addressesIn(message.text);
  for (const host of hosts) facts.push(fact('url-host', host));
  for (const path of paths) facts.push(fact('url-path', path));
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
function mailerOf(
  { headers }: MailMessage,
  nameOf: (program: string) => string = (program) => program.slice(0, 100),
): string {
  const own = headers
    .map(({ name, value }) => ({ name: name.toLowerCase(), value }))
    .filter(({ name }) => OWN_FIELDS.has(name));
  if (own.length === 0) return '';
  const program =
    own.find(({ name }) => name === 'x-mailer' || name === 'user-agent')?.value ?? '-';
  return `${nameOf(program)} | ${own
    .map(({ name }) => name)
    .join(' ')
    .slice(0, 500)}`;
}

const URL_HOST = /\bhttps?:\/\/(?:[^\s/@]{1,80}@)?([\p{L}\d-]{1,63}(?:\.[\p{L}\d-]{1,63}){1,8})/giu;

/** A redirect carries its target percent-encoded in its own query. */
const ENCODED_START = /%3A%2F%2F/gi;
const PATH_END = /[\s<>"'?#&]/;
const PATH_MAX = 200;

/** Hosts of the links of a text, and `host/path` of those that have a path. */
function addressesIn(text: string): {
  readonly hosts: ReadonlySet<string>;
  readonly paths: ReadonlySet<string>;
} {
  const hosts = new Set<string>();
  const paths = new Set<string>();
  const plain = text.replace(ENCODED_START, '://');
  for (const hit of plain.matchAll(URL_HOST)) {
    if (hosts.size >= HOSTS_MAX) break;
    const host = (hit[1] ?? '').toLowerCase();
    hosts.add(host);
    const rest = plain.slice(hit.index + hit[0].length, hit.index + hit[0].length + PATH_MAX);
    const path = (rest.split(PATH_END, 1)[0] ?? '').replace(/[).,;/]+$/, '');
    if (path.length > 1 && path.startsWith('/') && paths.size < HOSTS_MAX) paths.add(host + path);
  }
  return { hosts, paths };
}

/**
 * The subject's fixed words: no name, number or what follows a greeting, which could be its
 * reader's.
 */
function subjectOf({ subject, to }: MailMessage): string {
  if (subject == null) return '';
  const personal = to.flatMap(({ name, address }) => [name, address.split('@')[0] ?? '']);
  return withoutHousehold(subject.slice(0, SUBJECT_MAX), personal)
    .flatMap((span) => ('shared' in span ? span.shared.split(/\s/).filter(hasLetter) : ['…']))
    .join(' ')
    .toLowerCase();
}

const hasLetter = (word: string): boolean => /\p{L}/u.test(word);
