import { expect, test } from 'vitest';
import type { Hop, MailMessage } from '../mail/index.ts';
import { linkFacts } from './link-facts.ts';

const hop = (ip: string, trusted: boolean): Hop => ({
  from: null,
  reverseName: null,
  by: null,
  ip,
  protocol: null,
  date: null,
  trusted,
  offset: 0,
  length: 0,
});

const message = {
  route: [hop('198.51.100.2', true), hop('203.0.113.7', true), hop('192.0.2.66', false)],
  from: { name: 'Group', address: 'info@Group.example' },
  messageId: '<20201020.77@group.example>',
  headers: ['Received', 'From', 'To', 'X-Mailer', 'Date'].map((name) => ({
    name,
    value: 'Mass 1.0',
    offset: 0,
    length: 0,
  })),
  subject: 'Jane, you will vote for us or else 77',
  to: [{ name: 'Jane Wexlow', address: 'jane@voter.example' }],
  text: 'See https://Pay.example/a and https://pay.example/b. Or https://t.example/r?to=https%3A%2F%2Fdrop.example%2Fx',
  parts: [
    { disposition: 'attachment', bytes: 9, sha256: 'aa' },
    { disposition: null, bytes: 9, sha256: 'bb' },
  ],
} as unknown as MailMessage;

test('a mail program is compared as it stands and shown without words of its sender', () => {
  const named = (value: string) =>
    linkFacts({
      campaign: 'C1',
      ref: 'e/0',
      message: { ...message, headers: [{ name: 'X-Mailer', value, offset: 0, length: 0 }] },
      authenticated: false,
    }).find(({ kind }) => kind === 'mailer');
  const [vera, nora] = [named('Vera Vale 12 Elm'), named('Nora Vale 12 Elm')];
  expect(vera?.value).not.toBe(nora?.value);
  expect([vera?.shown, nora?.shown]).toEqual(['a4 a4 92 a3 | x-mailer', 'a4 a4 92 a3 | x-mailer']);
});

test('a message shows its client at the trust boundary, never what a stranger wrote below it', () => {
  const facts = linkFacts({ campaign: 'C1', ref: 'e/0', message, authenticated: false });
  expect(facts.map(({ kind, value }) => [kind, value])).toEqual([
    ['origin-host', '203.0.113.7'],
    ['sender-domain', 'group.example'],
    ['message-id-shape', '98.92'],
    ['subject', '… you will vote for us or else …'],
    ['mailer', 'Mass 1.0 | from to x-mailer date'],
    ['url-host', 'pay.example'],
    ['url-host', 't.example'],
    ['url-host', 'drop.example'],
    ['url-path', 'pay.example/a'],
    ['url-path', 'pay.example/b'],
    ['url-path', 't.example/r'],
    ['attachment', 'aa'],
  ]);
});
