import { isIPv6 } from 'node:net';
import { isPlainName, quadNumber } from './plain-name.ts';

export type Qualifier = '+' | '-' | '~' | '?';

/** A mechanism of an SPF record that needs no macro (RFC 7208 section 5). */
export type SpfTerm =
  | { readonly kind: 'all'; readonly qualifier: Qualifier }
  | {
      readonly kind: 'ip4';
      readonly qualifier: Qualifier;
      readonly network: number;
      readonly prefix: number;
    }
  /** An IPv4 client is never in it. */
  | { readonly kind: 'ip6'; readonly qualifier: Qualifier }
  | { readonly kind: 'include'; readonly qualifier: Qualifier; readonly name: string }
  | {
      readonly kind: 'a' | 'mx';
      readonly qualifier: Qualifier;
      /** Null for the domain that is being checked. */
      readonly name: string | null;
      readonly prefix: number;
    };

export interface SpfTerms {
  readonly terms: readonly SpfTerm[];
  readonly redirect: string | null;
}

const TERM = /^([+\-~?]?)(all|ip4|ip6|include|a|mx)(?::([^/]+))?(?:\/(0|[1-9]\d{0,2}))?$/i;
const REDIRECT = /^redirect=(.+)$/i;

/** Records remembered, as the names that include one another are asked for again and again. */
const REMEMBERED_MAX = 1_000;
const known = new Map<string, SpfTerms | null>();

/** The terms behind `v=spf1`; null for a record with anything but the plainest of them. */
export function plainTerms(record: string): SpfTerms | null {
  let terms = known.get(record);
  if (terms === undefined) {
    terms = readTerms(record);
    if (known.size >= REMEMBERED_MAX) known.clear();
    known.set(record, terms);
  }
  return terms;
}

function readTerms(record: string): SpfTerms | null {
  if (/[^\x20-\x7e]/.test(record)) return null;
  const terms: SpfTerm[] = [];
  let redirect: string | null = null;
  const words = record.split(' ').filter((word) => word !== '');
  for (const word of words.slice(1)) {
    const target = REDIRECT.exec(word)?.[1];
    if (target !== undefined) {
      if (redirect !== null || !isPlainName(target)) return null;
      redirect = target;
      continue;
    }
    const term = plainTerm(word);
    if (term === null) return null;
    terms.push(term);
  }
  return { terms, redirect };
}

function plainTerm(word: string): SpfTerm | null {
  const [, sign, type = '', value, length] = TERM.exec(word) ?? [];
  const qualifier = (sign || '+') as Qualifier;
  const kind = type.toLowerCase();
  const prefix = length === undefined ? null : Number(length);
  switch (kind) {
    case 'all':
      return value === undefined && prefix === null ? { kind, qualifier } : null;
    case 'ip4':
      return networkTerm(qualifier, value ?? '', prefix ?? 32);
    case 'ip6':
      return isNetwork6(value ?? '', prefix ?? 128) ? { kind, qualifier } : null;
    case 'include':
      return prefix === null && isPlainName(value ?? '')
        ? { kind, qualifier, name: value ?? '' }
        : null;
    case 'a':
    case 'mx':
      if (value !== undefined && !isPlainName(value)) return null;
      return hostTerm({
        kind,
        qualifier,
        name: value?.toLowerCase() ?? null,
        prefix: prefix ?? 32,
      });
    default:
      return null;
  }
}

function networkTerm(qualifier: Qualifier, value: string, prefix: number): SpfTerm | null {
  const network = quadNumber(value);
  return network >= 0 && prefix <= 32 ? { kind: 'ip4', qualifier, network, prefix } : null;
}

const hostTerm = (term: Extract<SpfTerm, { kind: 'a' | 'mx' }>): SpfTerm | null =>
  term.prefix <= 32 ? term : null;

const isNetwork6 = (value: string, prefix: number): boolean =>
  /^[0-9a-f:]+$/i.test(value) && isIPv6(value) && prefix <= 128;
