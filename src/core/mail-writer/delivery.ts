import type { Random } from '../base/index.ts';
import { CRLF, mailDate } from './mime.ts';

/** The last step of a mail: a client hands it to the receiver's server, which writes this down. */
export interface Delivery {
  readonly recipient: string;
  readonly client: { readonly helo: string; readonly ip: string };
  readonly envelopeFrom: string;
  /** Domain of the From line. */
  readonly shownDomain: string;
  /** What the receiver's checks gave: the wave's domain publishes nothing. */
  readonly spf: 'none' | 'softfail' | 'pass';
  readonly dkim: 'none' | 'pass';
  readonly dmarc: 'none' | 'pass';
  /** Milliseconds since 1970. */
  readonly at: number;
}

/** A receiver, as its header fields show it. */
export interface Receiver {
  readonly domain: string;
  readonly mx: string;
  readonly mxIp: string;
  readonly shape: keyof typeof SHAPES;
  /** Minutes its clock is ahead of UTC. */
  readonly zone: number;
}

/** Fields that the receiver puts on top, newest first. */
export const deliveryFields = (
  delivery: Delivery,
  receiver: Receiver,
  random: Random,
): readonly string[] =>
  SHAPES[receiver.shape](delivery, receiver, random).map((line) => line.replaceAll('\n', CRLF));

type Shape = (delivery: Delivery, receiver: Receiver, random: Random) => readonly string[];

const LOWER = 'abcdefghijklmnopqrstuvwxyz0123456789';

const spfWords = ({ spf, envelopeFrom, client }: Delivery, host: string): string => {
  switch (spf) {
    case 'none':
      return `(${host}: ${envelopeFrom} does not designate permitted sender hosts)`;
    case 'softfail':
      return `(${host}: domain of transitioning ${envelopeFrom} does not designate ${client.ip} as permitted sender)`;
    case 'pass':
      return `(${host}: domain of ${envelopeFrom} designates ${client.ip} as permitted sender)`;
  }
};

const domainOf = (address: string): string => address.slice(address.indexOf('@') + 1);

const dkimWords = (delivery: Delivery): string =>
  delivery.dkim === 'pass' ? `dkim=pass header.i=@${delivery.shownDomain}` : 'dkim=none';

/** A big freemail house: Delivered-To, X-Received, results with long comments. */
const freemailHouse: Shape = (delivery, { domain, mx, zone }, random) => {
  const { recipient, client, envelopeFrom, shownDomain, spf, dmarc } = delivery;
  const date = mailDate(delivery.at, zone);
  const later = mailDate(delivery.at + 1_000, zone);
  const inner = `2001:db8:a05:${random.hex(4)}::`;
  const id = `${random.text(3, LOWER)}csp${random.between(100_000, 9_999_999)}${random.text(3, LOWER)}`;
  const dkim = delivery.dkim === 'pass' ? `\n       ${dkimWords(delivery)};` : '';
  return [
    `Delivered-To: ${recipient}`,
    `Received: by ${inner} with SMTP id ${id};\n        ${later} (PDT)`,
    `X-Received: by 2001:db8:a05:${random.hex(4)}:: with SMTP id ${random.text(20, LOWER)}.${random.between(100, 999)};\n        ${date} (PDT)`,
    `Return-Path: <${envelopeFrom}>`,
    `Received: from ${client.helo} (${client.helo}. [${client.ip}])\n        by ${mx} with ESMTPS id ${random.text(22, LOWER)}.${random.between(10, 99)}.2020.10.20\n        for <${recipient}>\n        (version=TLS1_2 cipher=ECDHE-ECDSA-AES128-GCM-SHA256 bits=128/128);\n        ${date} (PDT)`,
    `Received-SPF: ${spf} ${spfWords(delivery, domain)} client-ip=${client.ip};`,
    `Authentication-Results: ${mx};${dkim}\n       spf=${spf} ${spfWords(delivery, domain)} smtp.mailfrom=${envelopeFrom};\n       dmarc=${dmarc} header.from=${shownDomain}`,
  ];
};

/** An old portal's mail: X-Apparently-To, EHLO in the comment, `unknown` for what is absent. */
const portal: Shape = (delivery, { mx, zone }, random) => {
  const { recipient, client, envelopeFrom, shownDomain, spf, dmarc } = delivery;
  const date = mailDate(delivery.at, zone);
  const dkim = delivery.dkim === 'pass' ? dkimWords(delivery) : 'dkim=unknown';
  const dmarcWord = dmarc === 'none' ? 'unknown' : dmarc;
  return [
    `X-Apparently-To: ${recipient}; ${date}`,
    `Return-Path: <${envelopeFrom}>`,
    `Received-SPF: ${spf} (domain of ${domainOf(envelopeFrom)} ${spf === 'pass' ? 'designates' : 'does not designate'} permitted sender hosts)`,
    `X-YMailISG: ${random.text(44, LOWER)}\n ${random.text(60, LOWER)}`,
    `X-Originating-IP: [${client.ip}]`,
    `Authentication-Results: ${mx}; \n ${dkim};\n spf=${spf} smtp.mailfrom=${domainOf(envelopeFrom)};\n dmarc=${dmarcWord} header.from=${shownDomain};`,
    `Received: from ${client.ip}  (EHLO ${client.helo}) (${client.ip})\n  by ${mx} with SMTPs; ${date}`,
  ];
};

/**
 * A mail house of the Exchange kind: UTC, compauth. One hop only: hops inside such a house bear no
 * name that a reader could trust, and its address blocks would have to be known.
 */
const exchangeCloud: Shape = (delivery, { domain, mx }, random) => {
  const { client, envelopeFrom, shownDomain, spf, dmarc } = delivery;
  const dkim =
    delivery.dkim === 'pass' ? 'pass (signature was verified)' : 'none (message not signed)';
  const edge = `2001:db8:${random.hex(3)}:${random.hex(2)}::${random.between(10, 29)}`;
  const tls = '(version=TLS1_2,\n cipher=TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384)';
  const capital = spf.charAt(0).toUpperCase() + spf.slice(1);
  return [
    `Authentication-Results: spf=${spf} (sender IP is ${client.ip})\n smtp.mailfrom=${domainOf(envelopeFrom)}; ${domain}; dkim=${dkim}\n header.d=${delivery.dkim === 'pass' ? shownDomain : 'none'};${domain}; dmarc=${dmarc} action=none\n header.from=${shownDomain};compauth=${dmarc === 'pass' ? 'pass reason=100' : 'fail reason=001'}`,
    `Received-SPF: ${capital} (protection.${domain}: ${domainOf(envelopeFrom)} ${spf === 'pass' ? 'designates' : 'does not designate'}\n permitted sender hosts)`,
    `Received: from ${client.helo} (${client.ip}) by\n ${mx} (${edge}) with Microsoft SMTP\n Server ${tls} id\n 15.20.3477.21 via Frontend Transport; ${mailDate(delivery.at, 0)}`,
    `X-MS-Exchange-Organization-AuthSource: ${mx}`,
    `X-MS-Exchange-Organization-SCL: ${spf === 'pass' ? 1 : 5}`,
    `Return-Path: ${envelopeFrom}`,
  ];
};

/** A university or a cable company: a filter appliance in front of its own server. */
const appliance: Shape = (delivery, { domain, mx, mxIp, zone }, random) => {
  const { recipient, client, envelopeFrom, shownDomain, spf, dmarc } = delivery;
  const date = mailDate(delivery.at, zone);
  const store = `store${random.between(1, 9)}.${domain}`;
  const id = random.text(14, LOWER);
  return [
    `Return-Path: <${envelopeFrom}>`,
    `Received: from ${mx} (${mx} [${mxIp}])\n\tby ${store} (8.15.2/8.15.2) with ESMTPS id ${id}\n\tfor <${recipient}>; ${mailDate(delivery.at + 3_000, zone)}`,
    `Received: from ${client.helo} (${client.helo} [${client.ip}])\n\tby ${mx} with ESMTP id ${random.text(12, LOWER)}-1\n\t(version=TLSv1.2 cipher=ECDHE-RSA-AES256-GCM-SHA384 bits=256 verify=NOT)\n\tfor <${recipient}>; ${date}`,
    `Authentication-Results: ${domain};\n\tspf=${spf} smtp.mailfrom=${envelopeFrom};\n\t${dkimWords(delivery)};\n\tdmarc=${dmarc} header.from=${shownDomain}`,
    `X-Filter-Verdict: score=${random.between(2, 60)} bulk=${random.between(1, 90)} id=${random.hex(32)}`,
  ];
};

/** A county office or a small provider: one Postfix with a policy daemon. */
const postfix: Shape = (delivery, { mx, zone }, random) => {
  const { recipient, client, envelopeFrom, shownDomain, spf, dmarc } = delivery;
  const date = mailDate(delivery.at, zone);
  const spfWord = spf.charAt(0).toUpperCase() + spf.slice(1);
  return [
    `Return-Path: <${envelopeFrom}>`,
    `X-Original-To: ${recipient}`,
    `Delivered-To: ${recipient}`,
    `Received-SPF: ${spfWord} (mailfrom) identity=mailfrom; client-ip=${client.ip}; helo=${client.helo}; envelope-from=${envelopeFrom}; receiver=<UNKNOWN> `,
    `Authentication-Results: ${mx};\n\t${dkimWords(delivery)};\n\tdmarc=${dmarc} header.from=${shownDomain}`,
    `Received: from ${client.helo} (${client.helo} [${client.ip}])\n\t(using TLSv1.2 with cipher ECDHE-RSA-AES256-GCM-SHA384 (256/256 bits))\n\t(No client certificate requested)\n\tby ${mx} (Postfix) with ESMTPS id ${random.hex(10).toUpperCase()}\n\tfor <${recipient}>; ${date}`,
  ];
};

const SHAPES = { freemailHouse, portal, exchangeCloud, appliance, postfix } as const;
