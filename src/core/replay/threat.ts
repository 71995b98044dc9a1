import type { Kernels, Random } from '../base/index.ts';
import {
  base64Lines,
  CRLF,
  crlf,
  deliveryFields,
  FREEMAIL,
  field,
  honestDelivery,
  htmlLines,
  mailbox,
  mailDate,
  message,
  multipartBody,
  type Original,
  quotedPrintable,
  signatureField,
  submissionHop,
} from '../mail-writer/index.ts';
import { forgedTraces, type Relay, relayTraces } from './relays.ts';
import { clipOf, type SentMail } from './wave.ts';
import { GROUP, GROUP_DOMAIN, SECOND_SENDER, threatLines, threatSubject } from './wording.ts';

/** The mail of the wave as the voter's provider stored it: route, traces, no signature. */
export function writeThreat(mail: SentMail, random: Random, kernels: Kernels): Original {
  return mail.origin === 'account'
    ? fromAccount(mail, random, kernels)
    : fromRelay(mail, mail.origin, random, kernels);
}

function fromRelay(mail: SentMail, relay: Relay, random: Random, kernels: Kernels): Original {
  const { recipient, sentAt, wording } = mail;
  const provider = recipient.provider;
  const to = recipient.email;
  const shown = { name: random.chance(0.7) ? GROUP : '', address: `info@${GROUP_DOMAIN}` };
  const lines = threatLines(wording, recipient, clipOf(mail));
  const subject = threatSubject(wording.variant, false);
  const messageId = `<${messageIdOf(relay, sentAt, random)}>`;
  const delivery = {
    recipient: to,
    client: { helo: relay.host, ip: relay.ip },
    envelopeFrom: relay.envelope,
    shownDomain: GROUP_DOMAIN,
    spf: relay.id === 'SA' ? 'softfail' : 'none',
    dkim: 'none',
    dmarc: 'none',
    at: sentAt + random.between(1, 40) * 1_000,
  } as const;
  const forged = { at: sentAt, recipientMx: provider.mx, shownDomain: GROUP_DOMAIN };
  const content = contentOf(relay, lines, random, kernels);
  const raw = message(
    [
      ...deliveryFields(delivery, provider, random),
      ...relayTraces(relay, { at: sentAt, recipient: to }, random),
      ...(mail.forged ? forgedTraces(forged, random) : []),
      `To: ${to}`,
      `Subject: ${subject}`,
      `Date: ${mailDate(sentAt, relay.zone)}`,
      `From: ${mailbox(shown.name, shown.address, kernels)}`,
      `Message-ID: ${messageId}`,
      ...content.headers,
    ],
    content.body,
  );
  return {
    raw,
    shown,
    to: { name: '', address: to },
    subject,
    messageId,
    sentAt,
    zone: relay.zone,
    lines,
  };
}

function messageIdOf(relay: Relay, at: number, random: Random): string {
  switch (relay.layout) {
    case 'plain':
      return `${new Date(at).toISOString().replace(/\D/g, '').slice(0, 14)}.${random.hex(10).toUpperCase()}@${relay.host}`;
    case 'alternative':
      return `${random.hex(32)}@${relay.host}`;
    case 'html':
      return `E1kU${random.hex(3)}-000${random.hex(3)}-${random.hex(2)}@${relay.host}`;
  }
}

interface Content {
  readonly headers: readonly string[];
  readonly body: string;
}

function contentOf(
  relay: Relay,
  lines: readonly string[],
  random: Random,
  kernels: Kernels,
): Content {
  const text = crlf(lines.join('\n')) + CRLF;
  const html = `<html><body>${CRLF}${htmlLines(lines)}${CRLF}</body></html>${CRLF}`;
  switch (relay.layout) {
    case 'plain':
      return {
        headers: [
          'MIME-Version: 1.0',
          'Content-Type: text/plain; charset=UTF-8',
          'Content-Transfer-Encoding: 8bit',
        ],
        body: text,
      };
    case 'alternative':
      return phpMailer(text, html, random, kernels);
    case 'html':
      return {
        headers: [
          'MIME-Version: 1.0',
          'Content-type: text/html; charset=utf-8',
          'Content-Transfer-Encoding: base64',
        ],
        body: base64Lines(kernels.encode(html), kernels) + CRLF,
      };
  }
}

/** The layout of a widespread PHP mail class: its name, its boundary `b1_` and a digest. */
function phpMailer(text: string, html: string, random: Random, kernels: Kernels): Content {
  const boundary = `b1_${random.hex(32)}`;
  const part = (type: string, body: string) => ({
    headers: [
      `Content-Type: ${type}; charset=utf-8`,
      'Content-Transfer-Encoding: quoted-printable',
    ],
    body: quotedPrintable(body, kernels),
  });
  return {
    headers: [
      'X-Mailer: PHPMailer 5.2.22',
      'MIME-Version: 1.0',
      `Content-Type: multipart/alternative;${CRLF}\tboundary="${boundary}"`,
    ],
    body: multipartBody(
      boundary,
      [part('text/plain', text), part('text/html', html)],
      `This is a multi-part message in MIME format.${CRLF}${CRLF}`,
    ),
  };
}

/** The second sender: a real account of the freemail house, signed by it like any of its mail. */
function fromAccount(mail: SentMail, random: Random, kernels: Kernels): Original {
  const { recipient, sentAt, wording } = mail;
  const shown = { name: 'Bracken Soldier', address: SECOND_SENDER };
  const lines = threatLines(wording, recipient, clipOf(mail));
  const subject = threatSubject(wording.variant, true);
  const messageId = `<CA+${random.hex(30)}@mail.${FREEMAIL.domain}>`;
  const at = sentAt + random.between(1, 9) * 1_000;
  const sender = { address: SECOND_SENDER, provider: FREEMAIL };
  const delivery = honestDelivery(sender, recipient.email, at);
  const text = crlf(lines.join('\n')) + CRLF;
  const raw = message(
    [
      ...deliveryFields(delivery, recipient.provider, random),
      submissionHop(FREEMAIL, sentAt, random),
      signatureField(FREEMAIL.domain, random),
      'MIME-Version: 1.0',
      `From: ${mailbox(shown.name, shown.address, kernels)}`,
      `Date: ${mailDate(sentAt, FREEMAIL.zone)}`,
      `Message-ID: ${messageId}`,
      field('Subject', subject),
      `To: ${recipient.email}`,
      'Content-Type: text/plain; charset="UTF-8"',
      'Content-Transfer-Encoding: quoted-printable',
    ],
    quotedPrintable(text, kernels),
  );
  const to = { name: '', address: recipient.email };
  return { raw, shown, to, subject, messageId, sentAt, zone: FREEMAIL.zone, lines };
}
