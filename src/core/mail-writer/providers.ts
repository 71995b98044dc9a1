import type { Random } from '../base/index.ts';
import type { Delivery, Receiver } from './delivery.ts';
import { CRLF, mailDate } from './mime.ts';

/** Where voters have their mailboxes. All invented, all under `.example` (RFC 2606). */
export interface Provider extends Receiver {
  readonly id: 'freemail' | 'mailhive' | 'outmail' | 'university' | 'countynet' | 'cablecast';
  /** Host and address that hand the provider's own mail out. */
  readonly out: { readonly helo: string; readonly ip: string };
}

/** Most voters' house, and that of the second sender's account. */
export const FREEMAIL: Provider = {
  id: 'freemail',
  domain: 'freemail.example',
  mx: 'mx.freemail.example',
  mxIp: '2001:db8:400c:c0b::1a',
  shape: 'freemailHouse',
  zone: -420,
  out: { helo: 'mail-lf1-f44.freemail.example', ip: '203.0.113.144' },
};

const MAILHIVE: Provider = {
  id: 'mailhive',
  domain: 'mailhive.example',
  mx: 'mta4107.mail.mailhive.example',
  mxIp: '203.0.113.52',
  shape: 'portal',
  zone: 0,
  out: { helo: 'sonic312-29.consmr.mailhive.example', ip: '203.0.113.53' },
};

const OUTMAIL: Provider = {
  id: 'outmail',
  domain: 'outmail.example',
  mx: 'eur03ft021.mail.protection.outmail.example',
  mxIp: '2001:db8:152::21',
  shape: 'exchangeCloud',
  zone: 0,
  out: { helo: 'nam12-bn8-obe.outbound.protection.outmail.example', ip: '203.0.113.99' },
};

export const UNIVERSITY: Provider = {
  id: 'university',
  domain: 'almera-university.example',
  mx: 'mx1.almera-university.example',
  mxIp: '198.51.100.130',
  shape: 'appliance',
  zone: -240,
  out: { helo: 'smtp-out2.almera-university.example', ip: '198.51.100.131' },
};

export const COUNTYNET: Provider = {
  id: 'countynet',
  domain: 'countynet.example',
  mx: 'mail.countynet.example',
  mxIp: '198.51.100.140',
  shape: 'postfix',
  zone: -240,
  out: { helo: 'mail.countynet.example', ip: '198.51.100.140' },
};

const CABLECAST: Provider = {
  id: 'cablecast',
  domain: 'cablecast.example',
  mx: 'resimta-po-12v.sys.cablecast.example',
  mxIp: '198.51.100.150',
  shape: 'appliance',
  zone: 0,
  out: { helo: 'resqmta-po-09v.sys.cablecast.example', ip: '198.51.100.151' },
};

/** Share of the mailed voters; freemail 25,000 of 40,000 (secondary figure), the rest set. */
export const PROVIDER_SHARES: readonly (readonly [Provider, number])[] = [
  [FREEMAIL, 0.625],
  [MAILHIVE, 0.14],
  [OUTMAIL, 0.12],
  [CABLECAST, 0.075],
  [COUNTYNET, 0.04],
];

/** Share of the wave that the freemail house kept out of inboxes. */
export const FREEMAIL_FILTERED_SHARE = 0.9;

/** A signature field as a provider writes it. The values are noise: nothing verifies. */
export function signatureField(domain: string, random: Random): string {
  const base64 = (length: number): string =>
    random.text(length, 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/');
  return [
    `DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/relaxed; d=${domain}; s=20161025;`,
    '        h=mime-version:from:date:message-id:subject:to;',
    `        bh=${base64(43)}=;`,
    `        b=${base64(64)}`,
    `         ${base64(64)}`,
    `         ${base64(42)}==`,
  ].join(CRLF);
}

/** An honest mail of a provider's own user, as the next server sees it. */
export const honestDelivery = (
  from: { readonly address: string; readonly provider: Provider },
  recipient: string,
  at: number,
): Delivery => ({
  recipient,
  client: from.provider.out,
  envelopeFrom: from.address,
  shownDomain: from.provider.domain,
  spf: 'pass',
  dkim: 'pass',
  dmarc: 'pass',
  at,
});

/** The provider's own hop below the hand-over: its web mail or submission service took it in. */
export function submissionHop(provider: Provider, at: number, random: Random): string {
  const date = mailDate(at, provider.zone);
  if (provider.shape === 'freemailHouse')
    return `Received: by ${provider.out.helo} with SMTP id ${random.hex(6)}so${random.between(1_000_000, 9_999_999)}lfk.4;${CRLF}        ${date} (PDT)`;
  const client = `[2001:db8:${random.hex(4)}:${random.hex(4)}::${random.hex(2)}]`;
  return `Received: from ${client} (helo=device) by ${provider.out.helo} with ESMTPSA id ${random.hex(12)};${CRLF}\t${date}`;
}
