import type { Kernels, Random } from '../base/index.ts';
import { base64Lines, CRLF, crlf, htmlEscaped, type MimePart, quotedPrintable } from './mime.ts';

/** A text part in the encoding that its characters and chance ask for. */
export function textPart(
  kind: 'plain' | 'html',
  text: string,
  random: Random,
  kernels: Kernels,
): MimePart {
  const type = `Content-Type: text/${kind}; charset="UTF-8"`;
  const ascii = /^[\x09\x0a\x0d\x20-\x7e]*$/.test(text);
  const how = random.weighted<'7bit' | 'quoted-printable' | 'base64'>([
    ['7bit', ascii ? 5 : 0],
    ['quoted-printable', kind === 'html' ? 6 : 3],
    ['base64', ascii ? 0.5 : 3],
  ]);
  switch (how) {
    case '7bit':
      return { headers: [type], body: crlf(text) };
    case 'quoted-printable':
      return {
        headers: [type, 'Content-Transfer-Encoding: quoted-printable'],
        body: quotedPrintable(text, kernels),
      };
    case 'base64':
      return {
        headers: [type, 'Content-Transfer-Encoding: base64'],
        body: base64Lines(kernels.encode(crlf(text)), kernels) + CRLF,
      };
  }
}

/** Lines as a web mail writes them in HTML. */
export const htmlBody = (lines: readonly string[]): string =>
  `<div dir="ltr">${lines.map((line) => (line === '' ? '<div><br></div>' : `<div>${htmlEscaped(line)}</div>`)).join('')}</div>\n`;
