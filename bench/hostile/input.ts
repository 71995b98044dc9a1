import type { DnsEntry } from '../../src/core/forensics/index.ts';

/** Bytes made to hurt, and what has to be found in them all the same. */
export interface HostileInput {
  readonly make: () => Buffer | string;
  /**
   * What the reading has to say: codes of limits, `messages=2`, `spf=permerror`, `verdict=...`. A
   * partial result that does not name what was cut fails the bench.
   */
  readonly finds: readonly string[];
  /** Answers of name servers; with them, or with `judged`, the messages are checked and judged. */
  readonly dns?: readonly DnsEntry[];
  readonly judged?: true;
}

export type HostileInputs = Readonly<Record<string, HostileInput>>;

export const HEAD = 'From: a@example.org\r\nTo: b@example.org\r\nSubject: x\r\n';

/** What a server of the recipient wrote: the mail came from outside. */
export const RECEIVED =
  'Received: from a.example (a.example [192.0.2.1]) by mx.county.example; Tue, 20 Oct 2020 10:00:00 +0000\r\n';

export const repeated = (text: string, bytes: number): string =>
  text.repeat(Math.ceil(bytes / text.length));

export const typed = (type: string, encoding: string, body: string): string =>
  `${HEAD}Content-Type: ${type}\r\nContent-Transfer-Encoding: ${encoding}\r\n\r\n${body}`;

export const base64Lines = (bytes: Buffer): string =>
  bytes.toString('base64').replaceAll(/.{76}/g, '$&\r\n');

/** A reporter's mail with one file attached. */
export const carrying = (file: Buffer, name: string): string =>
  `${RECEIVED}${typed(
    'multipart/mixed; boundary=b',
    '7bit',
    [
      '--b\r\n\r\nPlease look at this.',
      `--b\r\nContent-Type: application/octet-stream; name="${name}"`,
      `Content-Disposition: attachment\r\nContent-Transfer-Encoding: base64\r\n`,
      `${base64Lines(file)}\r\n--b--\r\n`,
    ].join('\r\n'),
  )}`;
