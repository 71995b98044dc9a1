import type { Mailbox } from '../../core/mail/index.ts';

/** Lower case; empty where the address has none. */
export const domainOf = ({ address }: Mailbox): string => address.toLowerCase().split('@')[1] ?? '';

/** A host of a domain, or that domain. */
export const isWithin = (host: string, domain: string): boolean =>
  domain !== '' && (host === domain || host.endsWith(`.${domain}`));

/**
 * Names that only authorities are given: a reporter points to the office's or the ministry's page.
 */
export const isPublic = (host: string): boolean => PUBLIC.test(host);

const PUBLIC =
  /\.(?:gov|mil)(?:\.[a-z]{2})?$|\.state\.[a-z]{2}\.us$|(?:^|\.)(?:co|ci)\.[^.]+\.[a-z]{2}\.us$/;
