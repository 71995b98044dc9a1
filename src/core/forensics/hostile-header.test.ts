import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ar, message } from '../../../test/kit/judged-message.ts';
import { consumerProviders } from '../mail-services/index.ts';
import {
  judgeSender,
  protectedIndex,
  readRecordedResults,
  uncheckedAuthentication,
} from './index.ts';

const lists = { protectedNames: protectedIndex([]), consumerProvider: consumerProviders() };
const clerk = { name: 'Clerk', address: 'clerk@bank.example' };

const judge = (record: string, name: string, value: string) => {
  const path = { name: 'Return-Path', value, offset: 0, length: 9 };
  const mail = message([ar(`mx.provider.com; ${record}`), [name, value]], clerk);
  const all = { ...mail, headers: [path, ...mail.headers.slice(1)] };
  const authentication = uncheckedAuthentication(readRecordedResults(all));
  return judgeSender({ message: all, authentication, ...lists });
};

const NAMES = ['DKIM-Signature', 'ARC-Seal', 'ARC-Authentication-Results', 'List-Id', 'Subject'];
const RECORDS = ['arc=pass; dmarc=fail', 'dkim=pass header.d=bank.example', 'compauth=none'];
const PIECES = [
  ...['i=1;', 'd=', 'l=', 'h=from:', '=', ';', ':', '@', 'SRS0=', 'SRS1=', '+SRS=', '+caf_=', '<'],
  ...[
    'bank.example',
    '[1,1,header.from=',
    ']',
    '(',
    ')',
    '"',
    '\\',
    '9'.repeat(80),
    ' ',
    'dmarc=pass',
  ],
];

test('whatever a sender writes into these fields, a verdict comes out', () => {
  const value = fc.array(fc.oneof(fc.constantFrom(...PIECES), fc.string()), { maxLength: 30 });
  fc.assert(
    fc.property(
      fc.constantFrom(...RECORDS),
      fc.constantFrom(...NAMES),
      value,
      (record, name, pieces) => {
        expect(judge(record, name, pieces.join('')).kinds.length).toBeGreaterThan(0);
      },
    ),
    { numRuns: 300 },
  );
});

test.each(PIECES)('a field of %s a hundred thousand times costs a moment', (piece) => {
  // Quadratic work on such a field takes longer than a test may.
  const value = piece.repeat(100_000 / piece.length);
  for (const record of RECORDS)
    for (const name of NAMES) expect(judge(record, name, value).kind).toBeDefined();
});
