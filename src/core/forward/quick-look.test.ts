import fc from 'fast-check';
import { expect, test } from 'vitest';
import { nodeKernels as kernels } from '../../host/kernels/index.ts';
import { readAttribution } from './attribution.ts';
import { findHeaderBlocks } from './header-block.ts';
import { findPastedHeaders } from './pasted-headers.ts';
import { quickLook } from './quick-look.ts';
import { linesOf } from './text-line.ts';

const start = fc.constantFrom(
  '',
  '',
  '> ',
  '>>',
  '\t',
  ' '.repeat(70),
  '*',
  'x '.repeat(31),
  '\u200b',
);
const label = fc.constantFrom(
  ...[
    'From',
    'from ',
    'Sent',
    '*To',
    'Subject*',
    'Von',
    'Från',
    'Date',
    'a: From',
    'http',
    'F\u200brom',
  ],
  ...['Received', 'Message-ID', 'X-Mailer', '> To', 'x'.repeat(60), '差出人', '|To|'],
);
const value = fc.constantFrom(
  ...['', ' a@b.example', ' Tue, 20 Oct 2020 10:00:00 +0000', '//x', '\uff1a a@b.example'],
  ...[' On Tue, 20 Oct 2020 at 10:00, Clerk wrote:', 'Clerk wrote at 10:00:'],
);
const line = fc.oneof(
  fc.tuple(start, label, fc.constantFrom(':', '', '\uff1a'), value).map((all) => all.join('')),
  fc.constantFrom('', 'Hello.', 'On Tue, 20 Oct 2020 at 10:00, Clerk <c@d.example> wrote:'),
);
const texts = fc
  .tuple(fc.array(line, { maxLength: 6 }), fc.constantFrom('\n', '\r\n', '\r'))
  .map(([lines, end]) => lines.join(end));

test('the patient reader finds nothing that the quick look denies', () => {
  let [empty, attributed] = [0, 0];
  fc.assert(
    fc.property(texts, (text) => {
      const look = quickLook(text, kernels);
      if (look === 'header') return;
      const lines = linesOf(text);
      expect(findPastedHeaders(lines)).toBeNull();
      expect(findHeaderBlocks(lines)).toEqual([]);
      const first = lines.findIndex((row) => row.text !== '');
      const attribution = first < 0 ? null : readAttribution(lines, first, kernels);
      if (look === 'nothing') expect(attribution).toBeNull();
      else expect({ ...look, first, end: first + look.end }).toEqual(attribution);
      if (look === 'nothing') empty += 1;
      else attributed += 1;
    }),
    { numRuns: 5_000, seed: 20_201_021 },
  );
  expect(empty).toBeGreaterThan(500);
  expect(attributed).toBeGreaterThan(50);
});
