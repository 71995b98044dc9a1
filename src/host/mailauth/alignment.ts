import { createRequire } from 'node:module';
import { isPlainName } from './plain-name.ts';

interface PublicSuffixes {
  readonly getDomain: (name: string, options: object) => string | null;
}

const OPTIONS = { allowIcannDomains: true, allowPrivateDomains: true } as const;
const load = createRequire(import.meta.url);
let suffixes: PublicSuffixes | null = null;

/**
 * Whether two domains have one organisation, as mailauth compares them before DMARC is known: by
 * its own copy of the Public Suffix List, which is not always the one of `core/observables`. Null
 * for names that are not plain.
 */
export function isAligned(domain: string, other: string): boolean | null {
  // An address in numbers is no name's organisation.
  if (/^\[[\d.]+\]$/.test(domain) && isPlainName(other)) return false;
  if (!isPlainName(domain) || !isPlainName(other)) return null;
  const [one, two] = [domain.toLowerCase(), other.toLowerCase()];
  if (one === two) return true;
  // An organisation has two labels or more, and ends the names of its hosts.
  if (lastLabels(one) !== lastLabels(two)) return false;
  suffixes ??= createRequire(load.resolve('mailauth'))('tldts') as PublicSuffixes;
  return organisation(one, suffixes) === organisation(two, suffixes);
}

const organisation = (name: string, { getDomain }: PublicSuffixes): string =>
  getDomain(name, OPTIONS) ?? name;

const lastLabels = (name: string): string =>
  name.slice(name.lastIndexOf('.', name.lastIndexOf('.') - 1) + 1);
