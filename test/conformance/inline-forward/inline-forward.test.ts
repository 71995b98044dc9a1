import { expect, test } from 'vitest';
import { findInlineForwards } from '../../../src/core/forward/index.ts';
import { nodeKernels } from '../../../src/host/kernels/index.ts';
import mails from './mails.json' with { type: 'json' };

const BODY =
  'Vote for the other party or we will come after you.\n\nWe are in possession of all your information.';
/** 10:00 on the wall, in whatever zone the forward leaves open. */
const WALL = { from: '2020-10-19T20:00:00.000Z', until: '2020-10-20T22:00:00.000Z' };

test.each(mails.map((mail) => [mail.client, mail.language, mail] as const))(
  '%s in %s',
  (_, __, { text, instant }) => {
    for (const subject of [null, 'Fwd: Vote or else']) {
      const forwards = findInlineForwards({ text, html: null, subject }, nodeKernels);
      expect(forwards).toHaveLength(1);
      const [forward] = forwards;
      expect(forward).toMatchObject({
        kind: 'forward',
        from: { name: 'Info', address: 'info@threat.example' },
        subject: 'Vote or else',
        date: instant,
        interval: instant === null ? WALL : null,
        body: BODY,
      });
      expect(forward?.to.map(({ address }) => address)).toEqual(['voter@mail.example']);
      expect(text.slice(forward?.before.start, forward?.before.end).trim()).toBe('Look.');
    }
  },
);

test('the table is whole', () => {
  expect(mails).toHaveLength(108);
});
