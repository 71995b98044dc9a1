import { providerOf } from './host-owner.ts';
import { isInBlock } from './ip-address.ts';
import { MAIL_GATEWAYS } from './mail-gateways.data.ts';
import { MAIL_PROVIDERS } from './mail-providers.data.ts';

/** A service that may have been the recipient's own: it takes mail in and hands it on. */
export interface GatewayHop {
  readonly name: string;
  /**
   * `known`: by its address or a name that the receiving host verified. `claimed`: the client said so
   * of itself, and anybody can. `provider`: a mail provider that filters and forwards for others, and
   * sends for its own customers from the same hosts.
   */
  readonly how: 'known' | 'claimed' | 'provider';
}

/** Who handed a message in, as the receiving host wrote it down. */
export interface HandingClient {
  readonly ip: string;
  readonly reverseName: string | null;
  readonly helo: string | null;
  /** The host that took it in. */
  readonly by: string | null;
}

/** The gateway that a client is, or calls itself; null for everybody else. */
export function gatewayOf({ ip, reverseName, helo, by }: HandingClient): GatewayHop | null {
  for (const { name, domains, blocks } of MAIL_GATEWAYS) {
    const isKnown = isUnder(reverseName, domains) || blocks.some((block) => isInBlock(ip, block));
    if (isKnown) return { name, how: 'known' };
  }
  for (const { name, domains } of MAIL_GATEWAYS)
    if (isUnder(helo, domains)) return { name, how: 'claimed' };
  return providerBetween(ip, by);
}

/** Microsoft and Google filter for mail servers that are not theirs, too. */
const FILTERING: ReadonlyMap<string, string> = new Map([
  ['microsoft', 'Microsoft'],
  ['google', 'Google'],
]);

function providerBetween(ip: string, by: string | null): GatewayHop | null {
  const provider = MAIL_PROVIDERS.find(
    ({ name, blocks }) => FILTERING.has(name) && blocks.some((block) => isInBlock(ip, block)),
  );
  if (provider === undefined || (by !== null && providerOf(by) === provider)) return null;
  return { name: FILTERING.get(provider.name) ?? provider.name, how: 'provider' };
}

/**
 * Whether an address is one that the provider of a domain hands mail over from, as the dated table has
 * it. Not for a provider whose customers send from the same hosts by names of their own.
 */
export function isProvidersOwn(domain: string, ip: string): boolean {
  const provider = providerOf(domain);
  if (provider === null || provider.takesIn !== undefined) return false;
  return provider.blocks.some((block) => isInBlock(ip, block));
}

const isUnder = (host: string | null, domains: readonly string[]): boolean => {
  const name = host?.toLowerCase().replace(/\.$/, '') ?? '';
  return domains.some((domain) => name === domain || name.endsWith(`.${domain}`));
};
