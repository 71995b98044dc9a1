import { grouped } from '../base/index.ts';
import type { CampaignFacts } from './facts.ts';

/**
 * Counts of persons from 1 up to this are shown as "fewer than 11" (US CMS cell suppression rule).
 */
export const PERSONS_SUPPRESSED_MAX = 10;

/** `1 original`, `1,234 originals`, `no original`. */
export function counted(value: number, one: string, many = `${one}s`): string {
  if (value === 0) return `no ${one}`;
  return `${grouped(value)} ${value === 1 ? one : many}`;
}

/** A count of persons: exact only with personal data included. */
export function countedPersons(value: number, personalDataIncluded: boolean): string {
  if (value === 0 || personalDataIncluded || value > PERSONS_SUPPRESSED_MAX) return grouped(value);
  return `fewer than ${PERSONS_SUPPRESSED_MAX + 1}`;
}

/** `a`, `a and b`, `a, b and 3 more`: at most `shown` members by name. */
export function listed(members: readonly string[], shown: number): string {
  const named = members.slice(0, shown);
  const rest = members.length - named.length;
  if (rest > 0) return `${named.join(', ')} and ${grouped(rest)} more`;
  const last = named.at(-1) ?? 'none';
  return named.length < 2 ? last : `${named.slice(0, -1).join(', ')} and ${last}`;
}

/** A sentence's first letter. */
export const capital = (text: string): string => text.slice(0, 1).toUpperCase() + text.slice(1);

type Counts = Pick<CampaignFacts, 'originals' | 'inDoubt'>;

/**
 * How many messages the facts of a campaign are told of: its sure originals, else those in doubt.
 */
export const toldOf = ({ originals, inDoubt }: Counts): number =>
  originals > 0 ? originals : inDoubt;

/** Of these, how many carry a client address recorded by the recipient's own provider. */
export const routed = (campaign: CampaignFacts): number =>
  toldOf(campaign) - campaign.routesUnknown;

/** Long or misshapen addresses are not quoted in prose: their author chose every character. */
export function quotedAddress(address: string): string {
  return /^[^\s"'<>()[\]:;,]{1,80}$/.test(address) ? address : 'an address that is not well formed';
}
