import fc from 'fast-check';
import { expect, test } from 'vitest';
import { nodeKernels } from '../../host/kernels/index.ts';
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
