import { readHost } from '../observables/index.ts';
import { CONSUMER_PROVIDER_LABELS, CONSUMER_PROVIDERS } from './consumer-providers.data.ts';

/**
 * Who holds the accounts of a domain at which anybody may open one; null for all other domains.
 *
 * Also knows providers with one domain a country (`yahoo.fr`, `hotmail.co.uk`).
 */
export function consumerProviders(): (domain: string) => string | null {
  const byDomain = new Map(
    CONSUMER_PROVIDERS.flatMap(([provider, domains]) => domains.map((d) => [d, provider] as const)),
  );
  return (domain) => {
    const registrable = readHost(domain.toLowerCase())?.registrable ?? null;
    if (registrable === null) return null;
    const label = registrable.slice(0, registrable.indexOf('.'));
    const isNational = /\.(?:[a-z]{2}|com?\.[a-z]{2})$/.test(registrable);
    const national = Object.hasOwn(CONSUMER_PROVIDER_LABELS, label) && isNational;
    return (
      byDomain.get(registrable) ?? (national ? (CONSUMER_PROVIDER_LABELS[label] ?? null) : null)
    );
  };
}
