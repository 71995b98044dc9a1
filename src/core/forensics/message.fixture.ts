import { instantFromMilliseconds, type Sha256 } from '../base/index.ts';
import type { Hop, MailMessage } from '../mail/index.ts';

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

/** Fields in order, 100 bytes apart, the trusted Received field second. */
export function message(
  fields: readonly (readonly [string, string])[],
  from: { readonly name: string; readonly address: string },
  more: Partial<MailMessage> = {},
): MailMessage {
  const all = [
    ['Return-Path', '<x@example.net>'],
    ['Received', 'from helo.example.net by mx.provider.com'],
    ...fields,
    ['From', `"${from.name}" <${from.address}>`],
  ] as const;
  return {
    path: '0',
    offset: 0,
    length: 1000,
    sha256: 'a'.repeat(64) as Sha256,
    role: 'original',
    headers: all.map(([name, value], at) => ({ name, value, offset: at * 100, length: 90 })),
    from,
    replyTo: [],
    to: [],
    subject: null,
    dateText: null,
    date: null,
    messageId: null,
    parts: [],
    text: '',
    textFrom: 'plain',
    route: [HOP],
    forward: null,
    defects: [],
    ...more,
  };
}

export const office = { name: 'Votes', address: 'info@electionsoffice.com' };
export const ar = (value: string): readonly [string, string] => ['Authentication-Results', value];
