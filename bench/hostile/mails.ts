import { HEAD, type HostileInputs, repeated, typed } from './input.ts';

function nested(depth: number): string {
  let text = HEAD;
  for (let n = 0; n < depth; n += 1)
    text += `Content-Type: multipart/mixed; boundary="b${n}"\r\n\r\n--b${n}\r\n`;
  return `${text}Content-Type: text/plain\r\n\r\ninmost`;
}

const NESTED_BYTES_MAX = 11_000_000;

/** A message in a message, each level quoted-printable again. */
export function nestedQuotedPrintable(depth: number, lines = 25_000): string {
  let text = `${HEAD}\r\n${'a line of text with an = sign\r\n'.repeat(lines)}`;
  for (let n = 0; n < depth && text.length < NESTED_BYTES_MAX; n += 1) {
    const body = text.replaceAll('=', '=3D');
    text = `${HEAD}Content-Type: message/rfc822\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n${body}`;
  }
  return text;
}

export const base64Line = `${'QUJD'.repeat(19)}\r\n`;
export const paragraph = '<p class="x" style="color:#fff">Your <b>vote</b> &amp; your name</p>\r\n';

/** Mails of one form that is repeated without end. */
export const MAILS: HostileInputs = {
  base64: {
    make: () => typed('application/pdf', 'base64', repeated(base64Line, 104_000_000)),
    finds: ['messages=1'],
  },
  'plain text': {
    make: () => typed('text/plain', '8bit', repeated('Vote by mail, they said.\r\n', 104e6)),
    finds: ['mail-text-bytes'],
  },
  'nested multiparts': { make: () => nested(10_000), finds: ['mail-depth'] },
  'many parts': {
    make: () =>
      `${HEAD}Content-Type: multipart/mixed; boundary=b\r\n\r\n${'--b\r\n\r\nx\r\n'.repeat(200_000)}`,
    finds: ['mail-parts'],
  },
  'long header': {
    make: () => `${HEAD}X: ${'x'.repeat(20_000_000)}\r\n\r\nbody`,
    finds: ['mail-header-bytes'],
  },
  'many Received': {
    make: () =>
      `${'Received: from a.example ([192.0.2.1]) by b.example; Tue, 20 Oct 2020 10:00:00 +0000\r\n'.repeat(100_000)}${HEAD}\r\nbody`,
    finds: ['mail-hops'],
  },
  'long line': {
    make: () => `${HEAD}\r\n${'x'.repeat(50_000_000)}`,
    finds: ['mail-text-bytes'],
  },
  'quoted-printable': {
    make: () =>
      typed(
        'text/plain',
        'quoted-printable',
        repeated('Gr=C3=BC=C3=9Fe aus K=C3=B6ln =\r\n', 30e6),
      ),
    finds: ['mail-text-bytes'],
  },
  'encoded words': {
    make: () => `${HEAD}X: ${'=?utf-8?q?a?= '.repeat(50_000)}\r\n\r\nbody`,
    finds: ['mail-encoded-words'],
  },
  'many addresses': {
    make: () => `To: ${'a@example.org, '.repeat(100_000)}\r\n\r\nbody`,
    finds: ['mail-addresses'],
  },
  html: {
    make: () => typed('text/html', '8bit', repeated(paragraph, 30_000_000)),
    finds: ['mail-text-bytes'],
  },
  'open tags': {
    make: () => typed('text/html', '8bit', repeated('<a <', 30_000_000)),
    finds: ['mail-text-bytes'],
  },
  'nested quoted-printable': { make: () => nestedQuotedPrintable(200), finds: ['mail-work'] },
};
