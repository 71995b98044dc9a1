import { instantFromMilliseconds } from '../../src/core/base/index.ts';
import {
  type Authentication,
  type SpfCheck,
  uncheckedAuthentication,
} from '../../src/core/forensics/authentication.ts';
import type { Hop, MailMessage } from '../../src/core/mail/index.ts';
import { EMPTY_MESSAGE } from './empty-message.ts';

/** The boundary hop of every message below. */
export const HOP: Hop = {
  from: 'helo.example.net',
  reverseName: null,
  by: 'mx.provider.com',
  ip: '203.0.113.9',
  protocol: 'ESMTP',
  date: instantFromMilliseconds(Date.UTC(2020, 9, 20, 12)),
  trusted: true,
  offset: 100,
  length: 90,
};

/** A header field of a test. */
export type Field = readonly [name: string, value: string, place?: 'below'];

/**
 * Fields in order. Results stand between Return-Path and the trusted Received field, as the
 * recipient's side writes them, unless marked `below`; the rest follows 100 bytes apart.
 */
export function message(
  fields: readonly Field[],
  from: { readonly name: string; readonly address: string },
  more: Partial<MailMessage> = {},
): MailMessage {
  const isAbove = ([name, , place]: Field): boolean =>
    place !== 'below' && /^(?:authentication-results|received-spf)$/i.test(name);
  const above = fields.filter(isAbove).map(([name, value], at) => ({
    name,
    value,
    offset: 10 + at * 9,
    length: 9,
  }));
  const below: readonly Field[] = [
    ['Received', 'from helo.example.net by mx.provider.com'],
    ...fields.filter((field) => !isAbove(field)),
    ['From', `"${from.name}" <${from.address}>`],
  ];
  const headers = [
    { name: 'Return-Path', value: '<x@example.net>', offset: 0, length: 9 },
    ...above,
    ...below.map(([name, value], at) => ({ name, value, offset: 100 * (at + 1), length: 90 })),
  ];
  return {
    ...EMPTY_MESSAGE,
    length: 1000,
    headers,
    from,
    textFrom: 'plain',
    route: [HOP],
    ...more,
  };
}

/** A sender whom an office protects. */
export const office = { name: 'Votes', address: 'info@electionsoffice.com' };
/** An Authentication-Results field that the recipient's side wrote. */
export const ar = (value: string): readonly [string, string] => ['Authentication-Results', value];
/** The same, where the sender's side may have written it. */
export const claimedAr = (value: string): readonly [string, string, 'below'] => [
  'Authentication-Results',
  value,
  'below',
];

/** A failed check of the protected domain. */
export const SPF: SpfCheck = {
  result: 'fail',
  domain: 'electionsoffice.com',
  clientIp: '203.0.113.9',
  helo: null,
  mailFrom: null,
  aligned: true,
  record: null,
  comment: null,
};
/** What name servers answered the day after: SPF failed, unless told. */
export const live = (more: Partial<Authentication>): Authentication => ({
  ...uncheckedAuthentication([]),
  source: 'live',
  asOf: instantFromMilliseconds(Date.UTC(2020, 9, 21)),
  boundaryTime: HOP.date,
  spf: SPF,
  ...more,
});
