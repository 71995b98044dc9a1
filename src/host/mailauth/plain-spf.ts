import type { DnsEntry, DnsRecord, DnsType } from '../../core/forensics/index.ts';
import { isPlainName, quadNumber } from './plain-name.ts';
import { SPF_AUTHORITY, type SpfFinding, type SpfQuestion } from './spf.ts';
import { plainTerms, type Qualifier, type SpfTerm } from './spf-terms.ts';

/** Asks one question; the answer always comes, a failure is its `error`. */
export type AskDns = (name: string, type: DnsType) => Promise<DnsEntry>;

/** RFC 7208 section 4.6.4. */
const LOOKUPS_MAX = 10;
const VOID_LOOKUPS_MAX = 2;

/**
 * SPF of an IPv4 client by records of plain mechanisms (`all`, `ip4`, `ip6`, `a`, `mx`, `include`,
 * `redirect`), without loading mailauth: the same answers and the same questions in the same order.
 *
 * Null wherever anything is out of the ordinary (macros, `exists`, `ptr`, `exp`, a malformed or
 * second record, a name server that fails): then mailauth judges from the start.
 * `test/conformance/spf` holds both to the same results.
 */
export async function plainSpf(question: SpfQuestion, ask: AskDns): Promise<SpfFinding | null> {
  const client = quadNumber(question.ip);
  if (client < 0) return null;
  const sender = checkedIdentity(question);
  const domain = sender
    .slice(sender.lastIndexOf('@') + 1)
    .toLowerCase()
    .trim();
  // A name of one label and an address are nobody's domain (section 4.3).
  if (/^[a-z0-9]{1,63}$/.test(domain) || quadNumber(domain) >= 0 || domain.startsWith('['))
    return noRecord(domain);
  if (!HOST_NAME.test(domain) || !isPlainName(domain)) return null;
  const session: Session = { client, ask, lookups: 0, voids: 0 };
  const outcome = await checkHost(domain, session);
  if (outcome === null) return null;
  if (outcome.kind === 'none') return noRecord(domain);
  const { record } = outcome;
  if (outcome.kind === 'error')
    return { result: 'permerror', domain, record, comment: errorWords(sender, outcome.why) };
  const { result, words } = MEANING[outcome.qualifier];
  const comment = `${SPF_AUTHORITY}: ${words(sender, question.ip)}`;
  return { result, domain, record, comment };
}

const errorWords = (sender: string, why: string): string =>
  `${SPF_AUTHORITY}: permanent error in processing during lookup of ${sender}: ${why}`;

/** A host's own name: no underscore, no label in another script's code. */
const HOST_NAME = /^(?!(?:.*\.)?xn--)(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,63}$/;

/**
 * MAIL FROM, or the HELO name where that is empty (section 2.4), with a local part (section 4.3).
 */
function checkedIdentity({ sender, helo }: SpfQuestion): string {
  const identity = sender || `postmaster@${helo ?? undefined}`;
  const at = identity.lastIndexOf('@');
  return at < 0 ? `postmaster@${identity}` : at === 0 ? `postmaster${identity}` : identity;
}

const noRecord = (domain: string): SpfFinding => ({
  result: 'none',
  domain,
  record: null,
  comment: `${SPF_AUTHORITY}: ${domain} does not designate permitted sender hosts`,
});

const MEANING: Readonly<
  Record<
    Qualifier,
    { readonly result: string; readonly words: (sender: string, ip: string) => string }
  >
> = {
  '+': {
    result: 'pass',
    words: (sender, ip) => `domain of ${sender} designates ${ip} as permitted sender`,
  },
  '~': {
    result: 'softfail',
    words: (sender, ip) =>
      `domain of transitioning ${sender} does not designate ${ip} as permitted sender`,
  },
  '-': {
    result: 'fail',
    words: (sender, ip) => `domain of ${sender} does not designate ${ip} as permitted sender`,
  },
  '?': {
    result: 'neutral',
    words: (sender, ip) => `${ip} is neither permitted nor denied by domain of ${sender}`,
  },
};

interface Session {
  readonly client: number;
  readonly ask: AskDns;
  /** Terms that asked name servers; the first question is none. */
  lookups: number;
  voids: number;
}

/** A permanent error (section 2.6.7), in the words of the reference. */
interface Failed {
  readonly kind: 'error';
  readonly why: string;
}

type Outcome =
  | { readonly kind: 'match'; readonly qualifier: Qualifier; readonly record: string }
  | (Failed & { readonly record: string | null })
  | { readonly kind: 'none'; readonly why: string };

const TOO_MANY: Failed = { kind: 'error', why: 'Too many DNS requests' };
const TOO_VOID: Failed = { kind: 'error', why: 'Too many void DNS results' };

/** `check_host` of section 4; null for what mailauth must judge. */
async function checkHost(domain: string, session: Session): Promise<Outcome | null> {
  const answers = await look(domain, 'TXT', session);
  if (answers === null) return null;
  if ('kind' in answers) return { ...answers, record: null };
  const record = spfRecord(answers);
  if (record === 'none') return { kind: 'none', why: `no SPF records found for ${domain}` };
  const read = record === null ? null : plainTerms(record);
  if (record === null || read === null) return null;
  for (const term of read.terms) {
    const matches = await isMatch(term, domain, session);
    if (matches === null) return null;
    if (matches === true) return { kind: 'match', qualifier: term.qualifier, record };
    if (matches !== false) return { ...matches, record };
  }
  if (read.redirect === null || read.terms.some(({ kind }) => kind === 'all'))
    return { kind: 'match', qualifier: '?', record };
  if (!mayLook(session)) return { ...TOO_MANY, record };
  const there = await checkHost(read.redirect, session);
  return there === null ? null : { ...asPart(there), record };
}

/** A domain without a record is an error where another record sends there (sections 5.2, 6.1). */
const asPart = (outcome: Outcome): Exclude<Outcome, { kind: 'none' }> =>
  outcome.kind === 'none' ? { kind: 'error', why: outcome.why, record: null } : outcome;

/** Section 4.5. Two records are an error, which mailauth words. */
function spfRecord(answers: readonly DnsRecord[]): string | 'none' | null {
  let found: string | null = null;
  for (const answer of answers) {
    const text = typeof answer === 'string' ? answer : isStrings(answer) ? answer.join('') : null;
    if (text === null) return null;
    if (!/^v=spf1(?: |$)/i.test(text)) continue;
    if (found !== null) return null;
    found = text;
  }
  return found ?? 'none';
}

const isStrings = (answer: DnsRecord): answer is readonly string[] => Array.isArray(answer);

type Match = boolean | Failed | null;

async function isMatch(term: SpfTerm, domain: string, session: Session): Promise<Match> {
  switch (term.kind) {
    case 'all':
      return true;
    case 'ip6':
      return false;
    case 'ip4':
      return isInNetwork(session.client, term.network, term.prefix);
    default:
      if (!mayLook(session)) return TOO_MANY;
      if (term.kind === 'include') return includes(term.name, session);
      return term.kind === 'a'
        ? holdsClient(term.name ?? domain.toLowerCase(), term.prefix, session)
        : isExchange(term.name ?? domain.toLowerCase(), term.prefix, session);
  }
}

async function includes(name: string, session: Session): Promise<Match> {
  const outcome = await checkHost(name, session);
  if (outcome === null) return null;
  const there = asPart(outcome);
  return there.kind === 'match' ? there.qualifier === '+' : there;
}

async function holdsClient(name: string, prefix: number, session: Session): Promise<Match> {
  const answers = await look(name, 'A', session);
  if (answers === null || 'kind' in answers) return answers;
  for (const answer of answers) {
    const address = typeof answer === 'string' ? quadNumber(answer) : -1;
    if (address < 0) return null;
    if (isInNetwork(session.client, address, prefix)) return true;
  }
  return false;
}

async function isExchange(name: string, prefix: number, session: Session): Promise<Match> {
  const answers = await look(name, 'MX', session);
  if (answers === null || 'kind' in answers) return answers;
  const hosts: { readonly exchange: string; readonly priority: number }[] = [];
  for (const answer of answers) {
    if (typeof answer === 'string' || isStrings(answer)) return null;
    hosts.push(answer);
  }
  hosts.sort((a, b) => a.priority - b.priority);
  // Void look-ups of the hosts do not count: section 4.6.4 counts terms.
  const inside = { ...session, voids: Number.NEGATIVE_INFINITY };
  for (const [at, { exchange }] of hosts.entries()) {
    if (at >= LOOKUPS_MAX) return TOO_MANY;
    if (!isPlainName(exchange)) return null;
    const holds = await holdsClient(exchange, prefix, inside);
    if (holds !== false) return holds;
  }
  return false;
}

function mayLook(session: Session): boolean {
  session.lookups += 1;
  return session.lookups <= LOOKUPS_MAX;
}

/** Records of a name; none where it has none. Null for an answer that is an error of the check. */
async function look(
  name: string,
  type: DnsType,
  session: Session,
): Promise<readonly DnsRecord[] | Failed | null> {
  const { error, answers } = await session.ask(name, type);
  if (error === null) return answers;
  if (error !== 'ENOTFOUND' && error !== 'ENODATA') return null;
  session.voids += 1;
  return session.voids > VOID_LOOKUPS_MAX ? TOO_VOID : [];
}

const isInNetwork = (address: number, network: number, prefix: number): boolean =>
  prefix === 0 || (address ^ network) >>> (32 - prefix) === 0;
