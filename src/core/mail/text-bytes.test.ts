import fc from 'fast-check';
import { expect, test } from 'vitest';
import { nodeKernels } from '../../host/kernels/index.ts';
import { TEXT_BYTES_MAX } from './mail-limits.ts';
import { readMessage } from './read.ts';
import { textBytes } from './text-bytes.ts';

const ENCODERS: Readonly<Record<string, (text: string) => Uint8Array>> = {
  'utf-8': (text) => nodeKernels.encode(text),
  'utf-16le': (text) => Uint8Array.from(Buffer.from(text, 'utf16le')),
  'utf-16be': (text) => Uint8Array.from(Buffer.from(text, 'utf16le').swap16()),
};

test.each(Object.keys(ENCODERS))(
  'a cut body in %s says what the whole says, up to the cut',
  (charset) => {
    const units = fc.constantFrom(
      'a',
      'vote ',
      '\n',
      '\r\n',
      'ü',
      '投票',
      'ఊ',
      'é',
      '\u0a0a',
      '\u000a',
    );
    fc.assert(
      fc.property(
        fc.array(units, { maxLength: 60 }),
        fc.integer({ min: 1, max: 20 }),
        (words, fours) => {
          const bytes = ENCODERS[charset]!(`a${words.join('')}`);
          const cut = textBytes(bytes, 4 * fours);
          expect(cut.length).toBeLessThanOrEqual(4 * fours);
          const whole = nodeKernels.decode(charset, bytes)!;
          expect(whole.startsWith(nodeKernels.decode(charset, cut)!)).toBe(true);
          expect(cut.length).toBeGreaterThan(0);
        },
      ),
    );
  },
);

test('a body beyond the limit is hashed whole, read up to the end of a line, and told', () => {
  const line = `${'a ballot by mail '.repeat(5)}\r\n`;
  const body = line.repeat(Math.ceil(TEXT_BYTES_MAX / line.length) + 3);
  const mail = nodeKernels.encode(`From: a@example.org\r\n\r\n${body}`);
  const { messages, limits } = readMessage(mail, nodeKernels);
  const [message] = messages;
  const lines = Math.floor(TEXT_BYTES_MAX / line.length);
  expect(message?.text.length).toBe(lines * (line.length - 1));
  expect(message?.parts[0]).toMatchObject({
    bytes: body.length,
    sha256: nodeKernels.sha256(nodeKernels.encode(body)),
  });
  expect(limits.map(({ code }) => code)).toContain('mail-text-bytes');
  expect(limits.find(({ code }) => code === 'mail-text-bytes')?.text).toContain(
    `the last ${body.length - TEXT_BYTES_MAX} `,
  );
});
