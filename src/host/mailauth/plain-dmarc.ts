import type { DMARCResult } from 'mailauth';
import type { DnsRecord } from '../../core/forensics/index.ts';
import { isPlainName } from './plain-name.ts';
import type { AskDns } from './plain-spf.ts';

/** What DMARC says of a message. */
export interface DmarcFinding {
  readonly result: string;
  readonly fromDomain: string | null;
  readonly policy: string | null;
  /** Where the record that applies was published. */
  readonly policyDomain: string | null;
  readonly record: string | null;
  readonly comment: string | null;
  /** The domain wants signatures of its very name, not of its organisation (`adkim=s`). */
  readonly isDkimStrict: boolean;
}

export interface DmarcQuestion {
  /** Addresses of the From line, and how many such lines there are. */
  readonly authors: readonly string[];
  readonly fromFields: number;
  /** The domain that SPF passed for. */
  readonly spfDomain: string | null;
  /** Domains of the signatures that hold, each over the whole body. */
  readonly dkimDomains: readonly string[];
  readonly arcResult: string;
}

/**
 * DMARC (RFC 9989) by plain records, without loading mailauth: the same answers and the same
 * questions in the same order.
 *
 * Null wherever anything is out of the ordinary (an odd author, tags `np`, `psd` or `t`, a
 * malformed record, a name server that fails): then mailauth judges from the start.
 * `test/conformance/dmarc` holds both to the same results.
 */
export async function plainDmarc(
  question: DmarcQuestion,
  ask: AskDns,
  readPolicy: PolicyReader = policyReader(),
): Promise<DmarcFinding | 'no-author' | null> {
  const author = plainAuthor(question);
  if (author === null || author === 'no-author') return author;
  const spf = question.spfDomain === null ? [] : [question.spfDomain.toLowerCase()];
  const dkim = question.dkimDomains.map((domain) => domain.toLowerCase());
  if (![...spf, ...dkim].every(isPlainName)) return null;
  const walker = treeWalker(ask, readPolicy);
  const found = await walker(author);
  if (found === null) return null;
  // The longest name with a record is the author's own, or else its organisation's is the last.
  const applied = found[0]?.name === author ? found[0] : found.at(-1);
  if (applied === undefined) return { ...NOTHING, fromDomain: author };
  const { policy } = applied;
  const organisation = found.at(-1)?.name ?? author;
  const alignment = { author, organisation, walker, walked: new Set<string>() };
  const bySpf = await countAligned(spf, policy.isSpfStrict, alignment);
  if (bySpf === null) return null;
  const byDkim = await countAligned(dkim, policy.isDkimStrict, alignment);
  if (byDkim === null) return null;
  // As the reference, which then asks whether the organisations are the same after all.
  if (policy.isDkimStrict && byDkim === 0 && (await countAligned(dkim, false, alignment)) === null)
    return null;
  return {
    result: bySpf + byDkim > 0 ? 'pass' : 'fail',
    fromDomain: author,
    policy: applied.name === author ? policy.own : policy.ofSubdomains,
    policyDomain: applied.name,
    record: policy.record,
    comment: `${policy.words} arc=${question.arcResult}`,
    isDkimStrict: policy.isDkimStrict,
  };
}

/** No record applies. */
const NOTHING: Omit<DmarcFinding, 'fromDomain'> = {
  result: 'none',
  policy: null,
  policyDomain: null,
  record: null,
  comment: null,
  isDkimStrict: false,
};

/** An address whose every `@` a reader could take for the one before the domain. */
const AUTHOR = /^(?:"[^"\\]*"|[^\s"(),:;<>@\\]+)((?:@(?:[a-z0-9_.-]+|\[[a-z0-9.:]*\]))+)$/i;

/**
 * A name of one label, a domain literal: authors beside others, and alone for mailauth to judge.
 */
const BESIDES = /^(?:[a-z][a-z0-9]{0,62}$|\[)/;

/**
 * The one domain of the From line (RFC 9989 section 5.3.1). `no-author`: it names several, in
 * several addresses or in an address with several `@`, or there are several such lines.
 */
function plainAuthor({ authors, fromFields }: DmarcQuestion): string | null {
  const domains = new Set<string>();
  for (const address of authors) {
    const found = AUTHOR.exec(address.trim())?.[1]?.toLowerCase();
    if (found === undefined) return null;
    for (const domain of found.slice(1).split('@')) {
      if (!isPlainName(domain) && !BESIDES.test(domain)) return null;
      domains.add(domain);
    }
  }
  const [domain] = domains;
  if (domain === undefined) return null;
  if (fromFields > 1 || domains.size > 1) return 'no-author';
  return isPlainName(domain) ? domain : null;
}

interface Found {
  readonly name: string;
  readonly policy: Policy;
}

type Walker = (domain: string) => Promise<readonly Found[] | null>;

/** Longer names are cut to this at the second step (RFC 9989 section 4.10). */
const WALK_LABELS_MAX = 7;

/** DNS Tree Walks of one message: each name is asked once. Null for what mailauth must judge. */
function treeWalker(ask: AskDns, readPolicy: PolicyReader): Walker {
  const known = new Map<string, Policy | 'none' | null>();
  return async (domain) => {
    const found: Found[] = [];
    for (let labels = domain.split('.'); labels.length > 0; ) {
      const name = labels.join('.');
      let policy = known.get(name);
      if (policy === undefined) {
        policy = await policyAt(name, ask, readPolicy);
        known.set(name, policy);
      }
      if (policy === null) return null;
      if (policy !== 'none') found.push({ name, policy });
      labels = labels.slice(labels.length > WALK_LABELS_MAX ? -WALK_LABELS_MAX : 1);
    }
    return found;
  };
}

/** Identifiers of one message for which the tree is walked, as the reference has it. */
const WALKS_MAX = 10;

/** How many of the domains align with the author's (RFC 9989 section 4.10.2). */
async function countAligned(
  domains: readonly string[],
  isStrict: boolean,
  {
    author,
    organisation,
    walker,
    walked,
  }: {
    readonly author: string;
    readonly organisation: string;
    readonly walker: Walker;
    readonly walked: Set<string>;
  },
): Promise<number | null> {
  let count = 0;
  for (const domain of domains) {
    if (domain === author) count += 1;
    else if (!isStrict && (domain === organisation || domain.endsWith(`.${organisation}`))) {
      walked.add(domain);
      const found = walked.size > WALKS_MAX ? null : await walker(domain);
      if (found === null) return null;
      if ((found.at(-1)?.name ?? domain) === organisation) count += 1;
    }
  }
  return count;
}

/** What of a policy record counts (RFC 9989 section 4.7). */
interface Policy {
  readonly record: string;
  readonly own: string;
  readonly ofSubdomains: string;
  readonly isSpfStrict: boolean;
  readonly isDkimStrict: boolean;
  /** `p=NONE sp=REJECT`. */
  readonly words: string;
}

async function policyAt(
  name: string,
  ask: AskDns,
  readPolicy: PolicyReader,
): Promise<Policy | 'none' | null> {
  const { error, answers } = await ask(`_dmarc.${name}`, 'TXT');
  if (error !== null) return NO_RECORD.has(error) ? 'none' : null;
  const records = answers.map(textOf).filter((text) => text === null || VERSION.test(text));
  if (records.includes(null)) return null;
  const [record] = records;
  return record == null || records.length > 1 ? 'none' : readPolicy(record);
}

const NO_RECORD: ReadonlySet<string> = new Set(['ENOTFOUND', 'ENODATA', 'EBADNAME']);
const VERSION = /^[vV][ \t]*=[ \t]*DMARC1[ \t]*(?:;|$)/;
const TAG = /^([a-z]+)\s*=\s*([\s\S]*)$/;
const TAGS: ReadonlySet<string> = new Set([
  ...['p', 'sp', 'adkim', 'aspf', 'fo', 'rua', 'ruf', 'rf', 'ri', 'pct'],
]);
const POLICIES: ReadonlySet<string> = new Set(['none', 'quarantine', 'reject']);

function textOf(answer: DnsRecord): string | null {
  if (typeof answer === 'string') return answer.trim();
  return Array.isArray(answer) ? answer.join('').trim() : null;
}

/** Reads each record once: every mail of a campaign asks for the same few. */
export type PolicyReader = (record: string) => Policy | null;

/** Records remembered; a corpus has some hundreds. */
const POLICIES_MAX = 10_000;

export function policyReader(): PolicyReader {
  const known = new Map<string, Policy | null>();
  return (record) => {
    let policy = known.get(record);
    if (policy === undefined) {
      policy = policyIn(record);
      if (known.size < POLICIES_MAX) known.set(record, policy);
    }
    return policy;
  };
}

function policyIn(record: string): Policy | null {
  const tags: Record<string, string> = {};
  const specs = record
    .split(';')
    .map((spec) => spec.trim())
    .filter((spec) => spec !== '');
  for (const spec of specs.slice(1)) {
    const [, name = '', value = ''] = TAG.exec(spec) ?? [];
    if (!TAGS.has(name) || Object.hasOwn(tags, name)) return null;
    tags[name] = value;
  }
  const own = tags['p']?.toLowerCase() ?? '';
  const ofSubdomains = tags['sp']?.toLowerCase();
  if (!POLICIES.has(own)) return null;
  if (ofSubdomains !== undefined && !POLICIES.has(ofSubdomains)) return null;
  const stated = ofSubdomains === undefined ? '' : ` sp=${ofSubdomains.toUpperCase()}`;
  return {
    record,
    own,
    ofSubdomains: ofSubdomains ?? own,
    isSpfStrict: tags['aspf']?.toLowerCase() === 's',
    isDkimStrict: tags['adkim']?.toLowerCase() === 's',
    words: `p=${own.toUpperCase()}${stated}`,
  };
}

/** What mailauth says, in the same words. */
export const dmarcFindingOf = (result: DMARCResult): DmarcFinding => ({
  result: result.status.result,
  fromDomain: result.status.header?.from ?? null,
  policy: (result.policy as string | undefined) ?? null,
  policyDomain: result.policyDomain ?? null,
  record: result.rr ?? null,
  comment: result.status.comment ?? null,
  isDkimStrict: result.alignment?.dkim.strict === true,
});
