import { expect, test } from 'vitest';
import type { LinkFact } from '../../core/campaign/index.ts';
import { createLinkLedger } from './stored-links.ts';

const fact = (campaign: string, message: number): LinkFact => ({
  campaign,
  kind: 'origin-host',
  value: '192.0.2.7',
  message: `exhibit/${message}`,
});

test('a link names a few of the messages that show it and counts all', () => {
  const ledger = createLinkLedger();
  for (let message = 0; message < 50; message++) ledger.add([fact(`c${message % 2}`, message)]);
  const { links, joined } = ledger.answer(10);
  expect(links).toMatchObject([{ value: '192.0.2.7', campaigns: ['c0', 'c1'], messages: 50 }]);
  expect(links[0]?.from).toEqual(Array.from({ length: 20 }, (_, at) => `exhibit/${at}`));
  expect(joined).toEqual([]);
});

test('a joined pair says by which links', () => {
  const ledger = createLinkLedger();
  for (const campaign of ['a', 'b']) {
    ledger.add([fact(campaign, 0), { ...fact(campaign, 1), kind: 'url-host', value: 'g.example' }]);
  }
  expect(ledger.answer(100).joined).toEqual([
    {
      campaigns: ['a', 'b'],
      by: expect.arrayContaining([
        { kind: 'origin-host', value: '192.0.2.7' },
        { kind: 'url-host', value: 'g.example' },
      ]),
    },
  ]);
});
