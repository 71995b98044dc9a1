import { atOrAbove, providerOf } from './host-owner.ts';
import { isInBlock } from './ip-address.ts';
import { MAIL_GATEWAYS } from './mail-gateways.data.ts';
import { MAIL_PROVIDERS, type MailProvider } from './mail-providers.data.ts';

/** A service that may have been the recipient's own: it takes mail in and hands it on. */
export interface GatewayHop {
  readonly name: string;
  /**
   * `known`: by its address or a name that the receiving host verified. `claimed`: the client said
   * so of itself, and anybody can. `provider`: a mail provider that filters and forwards for
   * others, and sends for its own customers from the same hosts.
   */
  readonly how: 'known' | 'claimed' | 'provider';
}

/** Who handed a message in, as the receiving host wrote it down. */
export interface HandingClient {
  readonly ip: string;
  /** Its name by address, as far as the receiving host confirmed it. */
  readonly reverseName: string | null;
  /** A name by address that the receiving host doubts. */
  readonly doubtedName?: string | null;
  readonly helo: string | null;
  /** The host that took it in. */
  readonly by: string | null;
}

/** The gateway that a client is, or calls itself; null for everybody else. */
export function gatewayOf(client: HandingClient): GatewayHop | null {
  const { ip, reverseName, helo, by } = client;
  const near = BLOCKS.get(firstPart(ip)) ?? [];
  const own = near.find(({ block, provider }) => provider === null && isInBlock(ip, block));
  const known = own?.name ?? namedUnder(reverseName);
  if (known !== null) return { name: known, how: 'known' };
  const claimed = namedUnder(helo) ?? namedUnder(client.doubtedName ?? null);
  if (claimed !== null) return { name: claimed, how: 'claimed' };
  const between = near.find(({ block, provider }) => provider !== null && isInBlock(ip, block));
  if (between === undefined || (by !== null && providerOf(by) === between.provider)) return null;
  return { name: between.name, how: 'provider' };
}

/** Microsoft and Google filter for mail servers that are not theirs, too. */
const FILTERING: ReadonlyMap<string, string> = new Map([
  ['microsoft', 'Microsoft'],
  ['google', 'Google'],
]);

interface OwnedBlock {
  readonly block: string;
  readonly name: string;
  /** Null for a service that only filters. */
  readonly provider: MailProvider | null;
}

/** Of an address, and of every block that is narrower. */
const firstPart = (ip: string): string => /^[^.:]*/.exec(ip)?.[0] ?? '';

/**
 * Blocks by the first part of their addresses: all are narrower than that (a test holds the tables
 * to it).
 */
const BLOCKS: ReadonlyMap<string, readonly OwnedBlock[]> = Map.groupBy(
  [
    ...MAIL_GATEWAYS.flatMap(({ name, blocks }) =>
      blocks.map((block): OwnedBlock => ({ block, name, provider: null })),
    ),
    ...MAIL_PROVIDERS.flatMap((provider) => {
      const name = FILTERING.get(provider.name);
      const { blocks } = provider;
      return name === undefined
        ? []
        : blocks.map((block): OwnedBlock => ({ block, name, provider }));
    }),
  ],
  ({ block }) => firstPart(block),
);

/**
 * Whether an address is one that the provider of a domain hands mail over from, as the dated table
 * has it. Not for a provider whose customers send from the same hosts by names of their own.
 */
export function isProvidersOwn(domain: string, ip: string): boolean {
  return providerOf(domain)?.takesIn === undefined && isFromBlocksOf(domain, ip);
}

/** Whether an address is one that the provider of a host or domain hands mail over from. */
export const isFromBlocksOf = (domain: string, ip: string): boolean =>
  providerOf(domain)?.blocks.some((block) => isInBlock(ip, block)) ?? false;

/** The filtering service under whose domain a host stands. */
const namedUnder = (host: string | null): string | null =>
  atOrAbove(host?.toLowerCase().replace(/\.$/, '') ?? '', SERVICES);

const SERVICES: ReadonlyMap<string, string> = new Map(
  MAIL_GATEWAYS.flatMap(({ name, domains }) => domains.map((domain) => [domain, name] as const)),
);
