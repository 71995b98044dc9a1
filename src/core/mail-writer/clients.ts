import type { Kernels, Random } from '../base/index.ts';
import { deliveryFields, type Receiver } from './delivery.ts';
import type { Client } from './forms.ts';
import { CRLF, encodedWord, mailbox, mailDate, message } from './mime.ts';
import { honestDelivery, type Provider, signatureField, submissionHop } from './providers.ts';

/** Who writes to an office, with which program. */
export interface Writer {
  readonly name: string;
  readonly address: string;
  readonly provider: Provider;
  readonly client: Client;
  /** Minutes that the writer's clock is ahead of UTC. */
  readonly zone: number;
}

/** A mail that an office receives: content with its `Content-*` fields. */
export interface Letter {
  readonly subject: string;
  readonly contentHeaders: readonly string[];
  readonly body: string;
}

/** Who takes a letter in. */
export interface Addressee {
  readonly name: string;
  readonly address: string;
  readonly receiver: Receiver;
}

export interface Sending {
  readonly writer: Writer;
  readonly office: Addressee;
  /** When the office's server took it in; milliseconds since 1970. */
  readonly at: number;
}

/**
 * The letter as the office stored it: its own fields on top, an honest route, the client's fields.
 */
export function received(
  letter: Letter,
  sending: Sending,
  random: Random,
  kernels: Kernels,
): string {
  const { writer, office, at } = sending;
  const written = at - random.between(3, 25) * 1_000;
  const delivery = {
    ...honestDelivery(writer, office.address, at),
    shownDomain: writer.address.slice(writer.address.indexOf('@') + 1),
  };
  return message(
    [
      ...deliveryFields(delivery, office.receiver, random),
      submissionHop(writer.provider, written + 1_000, random),
      signatureField(delivery.shownDomain, random),
      ...clientFields(letter, { writer, office, written }, random, kernels),
    ],
    letter.body,
  );
}

interface Written {
  readonly writer: Writer;
  readonly office: Addressee;
  readonly written: number;
}

function clientFields(
  letter: Letter,
  { writer, office, written }: Written,
  random: Random,
  kernels: Kernels,
): readonly string[] {
  const from = `From: ${mailbox(writer.name, writer.address, kernels)}`;
  const date = `Date: ${mailDate(written, writer.zone)}`;
  const domain = writer.provider.domain;
  const subject = (how: 'Q' | 'B'): string =>
    `Subject: ${encodedWord(letter.subject, kernels, how)}`;
  const to = `To: ${mailbox(random.chance(0.4) ? office.name : '', office.address, kernels)}`;
  const content = letter.contentHeaders;
  const uuid = `${random.hex(8)}-${random.hex(4)}-4${random.hex(3)}-a${random.hex(3)}-${random.hex(12)}`;
  switch (writer.client) {
    case 'gmail':
      return [
        'MIME-Version: 1.0',
        from,
        date,
        `Message-ID: <CA${random.hex(34)}@mail.${domain}>`,
        subject('B'),
        to,
        ...content,
      ];
    case 'outlook':
      return [
        from,
        to,
        subject('Q'),
        `Thread-Topic: ${encodedWord(letter.subject.replace(/^(?:FW|RV): /, ''), kernels)}`,
        `Thread-Index: AQHW${random.hex(24)}==`,
        date,
        `Message-ID:${CRLF} <BN6PR1201MB${random.between(1_000, 9_999)}${random.hex(24).toUpperCase()}@BN6PR1201MB0113.prod.${domain}>`,
        'Accept-Language: en-US',
        'Content-Language: en-US',
        'X-MS-Has-Attach:',
        ...content,
        'MIME-Version: 1.0',
      ];
    case 'apple':
      return [
        ...content,
        from,
        'Mime-Version: 1.0 (1.0)',
        date,
        subject('Q'),
        `Message-Id: <${uuid.toUpperCase()}@${domain}>`,
        to,
        'X-Mailer: iPhone Mail (17H35)',
      ];
    case 'yahoo':
      return [
        date,
        from,
        to,
        `Message-ID: <${random.between(100_000_000, 999_999_999)}.${random.between(100_000, 999_999)}.${written}@mail.${domain}>`,
        subject('Q'),
        'MIME-Version: 1.0',
        ...content,
      ];
    case 'thunderbird':
      return [
        subject('Q'),
        to,
        from,
        `Message-ID: <${uuid}@${domain}>`,
        date,
        'User-Agent: Mozilla/5.0 (X11; Linux x86_64; rv:78.0) Gecko/20100101 Thunderbird/78.3.2',
        'MIME-Version: 1.0',
        ...content,
        'Content-Language: en-US',
      ];
  }
}
