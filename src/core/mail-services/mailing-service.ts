import { MAILING_SERVICES, type MailingService } from './mailing-services.data.ts';

const BY_DOMAIN: ReadonlyMap<string, MailingService> = new Map(
  MAILING_SERVICES.flatMap((service) =>
    service.domains.map((domain): [string, MailingService] => [domain, service]),
  ),
);

/** The firm whose host, return address or signature has this domain; null for everybody else. */
export function mailingServiceOf(domain: string): MailingService | null {
  const labels = domain.toLowerCase().split('.', LABELS_MAX);
  return BY_DOMAIN.get(labels.slice(-2).join('.')) ?? null;
}

/** More than a name can have (RFC 1035 section 3.1); the table's own have two. */
const LABELS_MAX = 128;

/**
 * Under which name a mail system signs for a customer whose own domain has no key.
 *
 * `domain`: Google signs as `county-example.20230601.gappssmtp.com` for county.example, dots
 * written as hyphens, and for nobody else. `chosen`: Microsoft signs as `name.onmicrosoft.com`,
 * where the customer chose the name.
 */
export interface Tenancy {
  readonly system: string;
  /** The customer's name, as the system writes it. */
  readonly customer: string;
  readonly how: 'domain' | 'chosen';
}

/** Whose customer signed, by the signing domain; null for a domain of no such mail system. */
export function tenancyOf(signer: string): Tenancy | null {
  const name = signer.toLowerCase();
  const google = /^([^.]{1,255})\.\d{8}\.gappssmtp\.com$/.exec(name)?.[1];
  if (google !== undefined) return { system: 'Google', customer: google, how: 'domain' };
  const microsoft = /^([^.]{1,255})\.onmicrosoft\.com$/.exec(name)?.[1];
  return microsoft === undefined
    ? null
    : { system: 'Microsoft 365', customer: microsoft, how: 'chosen' };
}

/** Whether a tenancy named for a domain is that of this one, or of one that is written alike. */
export const isTenancyOf = ({ how, customer }: Tenancy, domain: string): boolean =>
  how === 'domain' && customer === domain.toLowerCase().replace(/\./g, '-');
