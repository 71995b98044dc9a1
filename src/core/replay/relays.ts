import type { Random } from '../base/index.ts';
import { CRLF, mailDate } from '../mail-writer/index.ts';

/** A host that was misused to send. Where it stands says nothing about who sent. */
export interface Relay {
  readonly id: 'EE' | 'SA' | 'AE';
  readonly host: string;
  readonly ip: string;
  /** Envelope sender: the web account whose script called the mail program. */
  readonly envelope: string;
  /** Minutes its clock is ahead of UTC. */
  readonly zone: number;
  /** How its script writes the body. */
  readonly layout: 'plain' | 'alternative' | 'html';
}

const EE: Relay = {
  id: 'EE',
  host: 'public.textbooks.example',
  ip: '192.0.2.41',
  envelope: 'vhost00000f0@public.textbooks.example',
  zone: 180,
  layout: 'plain',
};
const SA: Relay = {
  id: 'SA',
  host: 'vm17.cloudhost.example',
  ip: '198.51.100.17',
  envelope: 'apache@vm17.cloudhost.example',
  zone: 0,
  layout: 'alternative',
};
const AE: Relay = {
  id: 'AE',
  host: 'web4.hosting.example',
  ip: '203.0.113.88',
  envelope: 'mybrand4@web4.hosting.example',
  zone: 240,
  layout: 'html',
};

/** Shares of the wave (set). */
export const RELAY_SHARES: readonly (readonly [Relay, number])[] = [
  [EE, 0.45],
  [SA, 0.3],
  [AE, 0.25],
];

/** What the relay's own programs leave below the hand-over: a local hop and the script's traces. */
export function relayTraces(
  relay: Relay,
  sent: { readonly at: number; readonly recipient: string },
  random: Random,
): readonly string[] {
  const date = mailDate(sent.at, relay.zone);
  const exit = `192.0.2.${random.between(200, 214)}`;
  switch (relay.id) {
    case 'EE':
      return [
        `Received: by ${relay.host} (Postfix, from userid 10033)${CRLF}\tid ${random.hex(10).toUpperCase()}; ${date}`,
        `X-PHP-Originating-Script: 10033:send.php(14) : eval()'d code`,
      ];
    case 'SA':
      return [
        `Received: from ${relay.host} (localhost [IPv6:2001:db8::1])${CRLF}\tby ${relay.host} (8.14.4/8.14.4) with ESMTP id 09K${random.hex(6)}0${random.between(10_000, 32_000)};${CRLF}\t${date}`,
        `Received: (from apache@localhost)${CRLF}\tby ${relay.host} (8.14.4/8.14.4/Submit) id 09K${random.hex(6)};${CRLF}\t${date}`,
        `X-PHP-Script: ${relay.host}/images/cache/mail.php for ${exit}`,
      ];
    case 'AE':
      return [
        `Received: from mybrand4 by ${relay.host} with local (Exim 4.93)${CRLF}\t(envelope-from <${relay.envelope}>)${CRLF}\tid 1kU${random.hex(3)}-000${random.hex(3)}-${random.hex(2)}${CRLF}\tfor ${sent.recipient}; ${date}`,
        `X-PHP-Script: ${relay.host}/wp-includes/pomo/s.php for ${exit}`,
      ];
  }
}

/** Lines that a sender invents below the boundary, to look like the shown domain's own route. */
export function forgedTraces(
  forged: { readonly at: number; readonly recipientMx: string; readonly shownDomain: string },
  random: Random,
): readonly string[] {
  const { at, recipientMx, shownDomain } = forged;
  const date = mailDate(at - 4_000, 0);
  return [
    `Received: from mail.${shownDomain} (mail.${shownDomain} [203.0.113.9])${CRLF}\tby ${recipientMx} (Postfix) with ESMTPS id ${random.hex(10).toUpperCase()};${CRLF}\t${date}`,
    `Authentication-Results: ${recipientMx};${CRLF}\tspf=pass smtp.mailfrom=info@${shownDomain};${CRLF}\tdkim=pass header.i=@${shownDomain};${CRLF}\tdmarc=pass header.from=${shownDomain}`,
  ];
}
