import type { Kernels, Random } from '../base/index.ts';
import type { Letter } from '../mail-writer/index.ts';
import {
  CRLF,
  crlf,
  type Delivery,
  deliveryFields,
  field,
  htmlLines,
  mailbox,
  mailDate,
  message,
  multipartBody,
  type Original,
  signatureField,
  textPart,
} from '../mail-writer/index.ts';
import type { Bulk, OwnLetter } from './background-wording.ts';
import type { Voter } from './voters.ts';

/**
 * A bulk mail as it lay in a voter's mailbox. Newsletters are signed and pass; spam has nothing.
 */
export function writeBulk(
  bulk: Bulk,
  sent: { readonly voter: Voter; readonly at: number },
  random: Random,
  kernels: Kernels,
): Original {
  const { voter, at } = sent;
  const domain = bulk.from.address.slice(bulk.from.address.indexOf('@') + 1);
  const lines = bulk.lines(voter, random);
  const subject = bulk.subject(random);
  const name = `${voter.given} ${voter.family}`;
  const messageId = `<${random.hex(24)}@${domain}>`;
  const host = bulk.list
    ? `mta${random.between(1, 4)}.${domain}`
    : `srv${random.between(10, 99)}.rented-hosts.example`;
  const passes = bulk.list ? ('pass' as const) : ('none' as const);
  const delivery: Delivery = {
    recipient: voter.email,
    client: { helo: host, ip: `203.0.113.${random.between(160, 190)}` },
    envelopeFrom: `bounce-${random.hex(8)}@${domain}`,
    shownDomain: domain,
    spf: passes,
    dkim: passes,
    dmarc: passes,
    at: at + 2_000,
  };
  const content = bulkContent(bulk, lines, random, kernels);
  const raw = message(
    [
      ...deliveryFields(delivery, voter.provider, random),
      `Received: by ${host} (Postfix, from userid 5001)${CRLF}\tid ${random.hex(10).toUpperCase()}; ${mailDate(at, 0)}`,
      ...(bulk.list ? [signatureField(domain, random)] : []),
      `Date: ${mailDate(at, 0)}`,
      `From: ${mailbox(bulk.from.name, bulk.from.address, kernels)}`,
      `To: ${mailbox(name, voter.email, kernels)}`,
      `Message-ID: ${messageId}`,
      field('Subject', subject),
      ...(bulk.list
        ? [
            `List-Id: <news.${domain}>`,
            `List-Unsubscribe: <https://${domain}/unsubscribe/${random.hex(12)}>`,
          ]
        : []),
      'MIME-Version: 1.0',
      ...content.headers,
    ],
    content.body,
  );
  return {
    raw,
    shown: bulk.from,
    to: { name, address: voter.email },
    subject,
    messageId,
    sentAt: at,
    zone: 0,
    lines,
  };
}

function bulkContent(
  bulk: Bulk,
  lines: readonly string[],
  random: Random,
  kernels: Kernels,
): { readonly headers: readonly string[]; readonly body: string } {
  const plain = textPart('plain', `${lines.join('\n')}\n`, random, kernels);
  if (!bulk.list) return plain;
  const boundary = `=_${random.hex(24)}`;
  const page = `<html><body><table><tr><td>\n${htmlLines(lines)}\n</td></tr></table></body></html>\n`;
  const html = textPart('html', page, random, kernels);
  return {
    headers: [`Content-Type: multipart/alternative; boundary="${boundary}"`],
    body: multipartBody(boundary, [plain, html]),
  };
}

/** A letter in somebody's own words, put together from what such letters say. */
export function ownLetter(
  letter: OwnLetter,
  voter: Voter,
  random: Random,
  kernels: Kernels,
): Letter {
  const middles = random.shuffle(letter.middles).slice(0, random.between(0, 2));
  const lines = [
    ...(random.chance(0.5) ? ['Hello,', ''] : []),
    [random.pick(letter.openings), ...middles].join(' '),
    '',
    ...(random.chance(0.7) ? [`${voter.given} ${voter.family}`, voter.address.town] : []),
  ];
  return plainLetter({ subject: random.pick(letter.subjects), lines }, random, kernels);
}

export function plainLetter(
  letter: { readonly subject: string; readonly lines: readonly string[] },
  random: Random,
  kernels: Kernels,
): Letter {
  const part = textPart('plain', `${letter.lines.join('\n')}\n`, random, kernels);
  return { subject: letter.subject, contentHeaders: part.headers, body: part.body };
}

/** A report that holds only a picture of the mail: no machine-readable original. */
export function screenshotLetter(voter: Voter, random: Random, kernels: Kernels): Letter {
  const boundary = `Apple-Mail-${random.hex(8).toUpperCase()}`;
  const lines = [
    random.pick([
      'See screenshot.',
      'I took a picture of it with my phone.',
      'Screenshot of the mail',
    ]),
    '',
    voter.given,
  ];
  const picture = [
    `Content-Type: image/png; name="IMG_${random.between(1_000, 9_999)}.png"`,
    'Content-Transfer-Encoding: base64',
    'Content-Disposition: inline; filename="screenshot.png"',
  ];
  return {
    subject: random.pick(['screenshot', 'picture of the threat', '(no subject)']),
    contentHeaders: [`Content-Type: multipart/mixed; boundary="${boundary}"`],
    body: multipartBody(boundary, [
      textPart('plain', `${lines.join('\n')}\n`, random, kernels),
      { headers: picture, body: crlf(ONE_PIXEL) },
    ]),
  };
}

/** A PNG of one grey pixel (RFC 2083): stands for a picture that nobody reads here. */
const ONE_PIXEL =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNoAAAAggCBd81ytgAAAABJRU5ErkJggg==';
