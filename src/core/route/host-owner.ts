import { getDomain } from 'tldts';
import { parseIpAddress, reachOf } from './ip-address.ts';
import { MAIL_PROVIDERS, type MailProvider } from './mail-providers.data.ts';

const PROVIDERS: ReadonlyMap<string, MailProvider> = new Map(
  MAIL_PROVIDERS.flatMap((provider) =>
    provider.domains.map((domain): [string, MailProvider] => [domain, provider]),
  ),
);

/**
 * The provider of the host or of a domain above it; no provider's domain lies in another's. A bare
 * name is a provider's where its own hosts go by such names.
 */
export function providerOf(host: string): MailProvider | null {
  const name = host.toLowerCase();
  return name.includes('.') ? atOrAbove(name, PROVIDERS) : providerOfBare(name);
}

const providerOfBare = (name: string): MailProvider | null =>
  WITH_BARE_NAMES.find(
    ({ inside }) => inside?.handsOver.test(name) || inside?.takesOver.test(name),
  ) ?? null;

const WITH_BARE_NAMES = MAIL_PROVIDERS.filter(({ inside }) => inside !== undefined);

/**
 * What a table of domains says of a host's name in lower case, or of the nearest domain above it.
 */
export function atOrAbove<Value>(name: string, table: ReadonlyMap<string, Value>): Value | null {
  for (let at = 0; at < name.length; ) {
    const found = table.get(at === 0 ? name : name.slice(at));
    if (found !== undefined) return found;
    const dot = name.indexOf('.', at);
    at = dot < 0 ? name.length : dot + 1;
  }
  return null;
}

/**
 * The registrable domain (Public Suffix List), so that two county hosts under `co.us` stay apart.
 */
export const organisationOf = (host: string): string =>
  getDomain(host, { allowPrivateDomains: true, extractHostname: false }) ?? host.toLowerCase();

/**
 * The last two labels, lower case, dots at the end aside. Hosts of one organisation share them,
 * since its name has two labels at least and ends theirs; hosts that share them need not be of one.
 */
export function twoLabelsOf(host: string): string {
  let end = host.length;
  while (end > 0 && host.charCodeAt(end - 1) === 0x2e) end -= 1;
  const last = end < 2 ? -1 : host.lastIndexOf('.', end - 1);
  const start = last < 1 ? 0 : host.lastIndexOf('.', last - 1) + 1;
  return host.slice(start, end).toLowerCase();
}

/** Whether two hosts belong to one provider or organisation, as far as their names tell. */
export function haveOneOwner(a: string, b: string): boolean {
  const provider = providerOf(a);
  if (provider !== null) return provider === providerOf(b);
  return twoLabelsOf(a) === twoLabelsOf(b) && organisationOf(a) === organisationOf(b);
}

/** Names and addresses that are only known inside one network. */
export function isPrivateName(host: string): boolean {
  const ip = parseIpAddress(host);
  if (ip !== null) return reachOf(ip) === 'private';
  const dot = host.lastIndexOf('.');
  return dot < 0 || INNER_NAMES.has(host.slice(dot + 1).toLowerCase());
}

/** Last labels that no public name has. */
const INNER_NAMES: ReadonlySet<string> = new Set([
  ...['local', 'localdomain', 'internal', 'lan', 'home', 'corp', 'intra', 'intranet'],
]);
