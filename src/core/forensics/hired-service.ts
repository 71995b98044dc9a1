import { isTenancyOf, mailingServiceOf, type Tenancy, tenancyOf } from '../mail-services/index.ts';
import { isFromBlocksOf } from '../route/index.ts';
import type { Authentication } from './authentication.ts';
import type { HeaderPointer } from './header-pointer.ts';
import type { Client } from './sender-facts.ts';

/**
 * A firm that sends for whoever pays it, by a pass of its own: the domain shown may have hired it,
 * and so may anybody. Such mail fails the checks of that domain until its holder publishes records.
 */
export interface HiredService {
  readonly code: 'hired-service' | 'own-tenancy';
  /** `Constant Contact`. */
  readonly name: string;
  readonly text: string;
  readonly at: HeaderPointer | null;
}

/** A check of another domain than the one shown that passed. */
interface OtherPass {
  readonly method: 'dkim' | 'spf';
  readonly domain: string;
  readonly at: HeaderPointer | null;
}

/** What a hired service is told by, beside the passes. */
export interface HiringFacts {
  readonly fromDomain: string;
  readonly client: Client | null;
  /** The return address is the shown domain's own, or there is none. */
  readonly isReturnedThere: boolean;
  /** Anybody may have an account there: no office's mail system can bear that name. */
  readonly isConsumerDomain: boolean;
}

/**
 * The hired service that sent a message for which the domain shown passed nothing.
 *
 * Its name must be shown by the recipient's own record or by name servers' answers: a pass for its
 * return address, which its own hosts alone get, or its signature on mail that its own host handed
 * in. The signature of a mail system's customer counts where that customer's name spells the domain
 * shown; one that customers choose counts from the system's hosts alone, under the shown domain's
 * own return address.
 */
export function hiredService(
  authentication: Authentication,
  facts: HiringFacts,
): HiredService | null {
  const passes = otherPasses(authentication);
  for (const pass of passes) {
    const tenancy = pass.method === 'dkim' ? tenancyOf(pass.domain) : null;
    if (tenancy !== null && isTenancyOf(tenancy, facts.fromDomain))
      return ownTenancy(tenancy, pass, facts.fromDomain);
  }
  for (const pass of passes) {
    const found = mailingBy(pass, facts) ?? systemBy(pass, facts);
    if (found !== null) return found;
  }
  return null;
}

function ownTenancy({ system, customer }: Tenancy, pass: OtherPass, domain: string): HiredService {
  return {
    code: 'own-tenancy',
    name: system,
    text: `${system} signed it for its customer "${customer}" (${passText(pass)}): so it writes ${domain}, and any name that differs from it in dots and hyphens alone. ${domain} itself signed nothing.`,
    at: pass.at,
  };
}

function mailingBy(pass: OtherPass, { client }: HiringFacts): HiredService | null {
  const service = mailingServiceOf(pass.domain);
  if (service === null) return null;
  const isHandedIn =
    pass.method === 'spf' ||
    (client !== null &&
      ((client.reverseName !== null && mailingServiceOf(client.reverseName) === service) ||
        isFromBlocksOf(pass.domain, client.ip)));
  if (!isHandedIn) return null;
  return {
    code: 'hired-service',
    name: service.name,
    text: `${service.name} sent it (${passText(pass)}), which anybody may hire: offices do for newsletters and notices, attackers do as well.`,
    at: pass.at,
  };
}

function systemBy(pass: OtherPass, facts: HiringFacts): HiredService | null {
  const { client, isReturnedThere, isConsumerDomain } = facts;
  const tenancy = pass.method === 'dkim' ? tenancyOf(pass.domain) : null;
  if (tenancy?.how !== 'chosen' || client === null || isConsumerDomain) return null;
  if (!isReturnedThere || !isFromBlocksOf(MICROSOFT, client.ip)) return null;
  return {
    code: 'hired-service',
    name: tenancy.system,
    text: `${tenancy.system} sent it for its customer "${tenancy.customer}" (${passText(pass)}). Customers choose such a name themselves: it may be the mail system of ${facts.fromDomain}, without a signature of its own, or that of anybody else.`,
    at: pass.at,
  };
}

/** A domain of the provider, by which the table of address blocks knows it. */
const MICROSOFT = 'outlook.com';

const passText = ({ method, domain }: OtherPass): string =>
  `${method.toUpperCase()} pass of ${domain}`;

/** By the recipient's own record, and by name servers' answers. */
function otherPasses({ recorded, dkim, spf }: Authentication): readonly OtherPass[] {
  const written = recorded
    .filter(({ trusted }) => trusted)
    .flatMap(({ results, header, offset, length }) =>
      results.flatMap(({ method, result, properties }) => {
        if (result !== 'pass' || (method !== 'dkim' && method !== 'spf')) return [];
        const named =
          method === 'spf'
            ? properties['smtp.mailfrom']
            : (properties['header.d'] ?? properties['header.i']);
        const domain = domainOf(named ?? '');
        return domain === '' ? [] : [{ method, domain, at: { header, offset, length } } as const];
      }),
    );
  const signed = dkim.flatMap(({ result, domain }) =>
    result === 'pass' && domain !== null ? [{ method: 'dkim', domain, at: null } as const] : [],
  );
  const returned =
    spf?.result === 'pass' && spf.domain !== null
      ? [{ method: 'spf', domain: spf.domain, at: null } as const]
      : [];
  return [...written, ...signed, ...returned];
}

const domainOf = (address: string): string =>
  address
    .slice(address.lastIndexOf('@') + 1)
    .replace(/[\s>.]+$/, '')
    .toLowerCase();
