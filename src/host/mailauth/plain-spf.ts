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
 * second record, a limit reached, a name server that fails): then mailauth judges from the start.
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
  // A name of one label is nobody's domain (section 4.3).
  if (/^[a-z0-9]{1,63}$/.test(domain)) return noRecord(domain);
  if (!HOST_NAME.test(domain) || !isPlainName(domain)) return null;
  const session: Session = { client, ask, lookups: 0, voids: 0 };
  const outcome = await checkHost(domain, session);
  if (outcome === null) return null;
  if (outcome === 'none') return noRecord(domain);
  const { result, words } = MEANING[outcome.qualifier];
  return {
    result,
    domain,
    record: outcome.record,
    comment: `${SPF_AUTHORITY}: ${words(sender, question.ip)}`,
  };
}

/** A host's own name: no underscore, no label in another script's code. */
const HOST_NAME = /^(?!(?:.*\.)?xn--)(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,63}$/;

/** MAIL FROM, or the HELO name where that is empty (section 2.4), with a local part (section 4.3). */
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

interface Matched {
  readonly qualifier: Qualifier;
  readonly record: string;
}

/** `check_host` of section 4; null for what mailauth must judge. */
async function checkHost(domain: string, session: Session): Promise<Matched | 'none' | null> {
  const answers = await look(domain, 'TXT', session);
  const record = answers === null ? null : spfRecord(answers);
  if (record === null || record === 'none') return record;
  const read = plainTerms(record);
  if (read === null) return null;
  for (const term of read.terms) {
    const matches = await isMatch(term, domain, session);
    if (matches === null) return null;
    if (matches) return { qualifier: term.qualifier, record };
  }
  if (read.redirect === null || read.terms.some(({ kind }) => kind === 'all'))
    return { qualifier: '?', record };
  if (!mayLook(session)) return null;
  const there = await checkHost(read.redirect, session);
  return there === null || there === 'none' ? null : { qualifier: there.qualifier, record };
}

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

async function isMatch(term: SpfTerm, domain: string, session: Session): Promise<boolean | null> {
  switch (term.kind) {
    case 'all':
      return true;
    case 'ip6':
      return false;
    case 'ip4':
      return isInNetwork(session.client, term.network, term.prefix);
    default:
      if (!mayLook(session)) return null;
      if (term.kind === 'include') return includes(term.name, session);
      return term.kind === 'a'
        ? holdsClient(term.name ?? domain.toLowerCase(), term.prefix, session)
        : isExchange(term.name ?? domain.toLowerCase(), term.prefix, session);
  }
}

async function includes(name: string, session: Session): Promise<boolean | null> {
  const there = await checkHost(name, session);
  return there === null || there === 'none' ? null : there.qualifier === '+';
}

async function holdsClient(
  name: string,
  prefix: number,
  session: Session,
): Promise<boolean | null> {
  const answers = await look(name, 'A', session);
  if (answers === null) return null;
  for (const answer of answers) {
    const address = typeof answer === 'string' ? quadNumber(answer) : -1;
    if (address < 0) return null;
    if (isInNetwork(session.client, address, prefix)) return true;
  }
  return false;
}

async function isExchange(name: string, prefix: number, session: Session): Promise<boolean | null> {
  const answers = await look(name, 'MX', session);
  if (answers === null) return null;
  const hosts: { readonly exchange: string; readonly priority: number }[] = [];
  for (const answer of answers) {
    if (typeof answer === 'string' || isStrings(answer)) return null;
    hosts.push(answer);
  }
  hosts.sort((a, b) => a.priority - b.priority);
  // Void look-ups of the hosts do not count: section 4.6.4 counts terms.
  const inside = { ...session, voids: Number.NEGATIVE_INFINITY };
  for (const [at, { exchange }] of hosts.entries()) {
    if (at >= LOOKUPS_MAX || !isPlainName(exchange)) return null;
    const holds = await holdsClient(exchange, prefix, inside);
    if (holds === null || holds) return holds;
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
): Promise<readonly DnsRecord[] | null> {
  const { error, answers } = await session.ask(name, type);
  if (error === null) return answers;
  if (error !== 'ENOTFOUND' && error !== 'ENODATA') return null;
  session.voids += 1;
  return session.voids > VOID_LOOKUPS_MAX ? null : [];
}

const isInNetwork = (address: number, network: number, prefix: number): boolean =>
  prefix === 0 || (address ^ network) >>> (32 - prefix) === 0;
