import type { DnsRecord } from '../../core/forensics/index.ts';
import type { SpfQuestion } from './spf.ts';

/** Why an SPF check was left open, in the words of its result. */
export const NAMES_LOCAL_PART =
  'not asked, as the record wants the part before the @ of the return address in a question';

/** A resolver for SPF that asks nothing in which a record spells the sender's local part. */
export interface DiscreetResolver {
  readonly resolve: (name: string, type: string) => Promise<DnsRecord[]>;
  /** A question that the result needs was held back. */
  readonly hasHeldBack: () => boolean;
  /** A record as it was published: the verifier sees another where questions are held back. */
  readonly published: (record: string | null) => string | null;
}

/**
 * Hands SPF records on with `%{l}` and `%{s}` taken out of whatever is looked up (RFC 7208 section
 * 7): such a term names a host that is never asked, and is a temporary error when its turn comes.
 * Terms before it count as ever. `ptr` looks up no such name, and stays as it is; an explanation
 * that cannot be had is left out (section 6.2).
 */
export function discreetResolver(resolve: DiscreetResolver['resolve']): DiscreetResolver {
  const originals = new Map<string, string>();
  let hasHeldBack = false;
  const discreet = (answer: DnsRecord): DnsRecord => {
    const record = typeof answer === 'string' ? answer : isStrings(answer) ? answer.join('') : '';
    if (!/^v=spf1(?: |$)/i.test(record)) return answer;
    const plain = record.split(' ').map(withoutLocalPart).join(' ');
    if (plain === record) return answer;
    originals.set(plain, record);
    return [plain];
  };
  return {
    async resolve(name, type) {
      const isHeld = name.toLowerCase() === HELD_BACK && originals.size > 0;
      if (isHeld || name.toLowerCase() === NO_EXPLANATION) {
        hasHeldBack ||= isHeld;
        throw Object.assign(new Error(NAMES_LOCAL_PART), { code: 'ENOTASKED' });
      }
      const answers = await resolve(name, type);
      return type === 'TXT' ? answers.map(discreet) : answers;
    },
    hasHeldBack: () => hasHeldBack,
    published: (record) => (record === null ? null : (originals.get(record) ?? record)),
  };
}

/** Whether macros could spell anything of a person: a bounce is checked as `postmaster`. */
export function hasLocalPart({ sender }: SpfQuestion): boolean {
  const local = sender?.slice(0, Math.max(0, sender.lastIndexOf('@'))) ?? '';
  // Terms that would spell other letters than ASCII match nothing and ask nothing (RFC 8616 section
  // 4).
  return local !== '' && !/[^\x00-\x7f]/.test(local);
}

/** Names that no name server is ever asked for. */
const HELD_BACK = 'local-part.tocsin.invalid';
const NO_EXPLANATION = 'explanation.tocsin.invalid';

const isStrings = (answer: DnsRecord): answer is readonly string[] => Array.isArray(answer);

/** What stands before a domain-spec; a prefix length of `a` and `mx` behind it stays. */
const ASKING =
  /^([+\-~?]?(?:(?:a|mx):(?=.*?((?:\/\d+)?(?:\/\/\d+)?)$)|(?:include|exists):)|redirect=|(exp=))(.+)$/i;

function withoutLocalPart(term: string): string {
  if (!spellsLocalPart(term)) return term;
  const [, before, length = '', explains] = ASKING.exec(term) ?? [];
  if (before === undefined) return term;
  return `${before}${explains === undefined ? HELD_BACK : NO_EXPLANATION}${length}`;
}

/** `%{l}` or `%{s}` in any form; `%%` is a percent sign, whatever follows it. */
const spellsLocalPart = (term: string): boolean =>
  (term.match(/%%|%\{[sl]/gi) ?? []).some((mark) => mark !== '%%');
