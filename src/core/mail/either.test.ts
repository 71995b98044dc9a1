import { expect, test } from 'vitest';
import { nodeKernels } from '../../host/kernels/index.ts';
import { readMessage } from './read.ts';

/** A made-up forward, and a mail to somebody attached. */
const withBait = (to: string): string =>
  [
    ...['From: Evil <evil@attacker.example>', 'To: vera@voter.example'],
    ...['Subject: Fwd: Vote or else', 'Content-Type: multipart/mixed; boundary=b', ''],
    ...['--b', '', 'See.', '', '---------- Forwarded message ---------'],
    ...['From: Ida <ida@innocent.example>', 'Date: Tue, Oct 20, 2020 at 9:00 AM'],
    ...['Subject: Vote or else', 'To: <x@third.example>', '', 'We know where you live.'],
    ...['--b', 'Content-Type: message/rfc822', ''],
    'Received: from m.third.example by mx.third.example; Mon, 19 Oct 2020 12:00:00 +0000',
    ...['From: Paul <paul@third.example>', `To: ${to}`, 'Subject: lunch', '', 'Noon?', '--b--', ''],
  ].join('\r\n');

test.each<[string, string, boolean]>([
  ['a stranger’s mail clears no bearer of a made-up block', 'x@third.example', true],
  ['one that the author had received says who is who', 'Evil@Attacker.example', false],
])('%s', (_, to, inDoubt) => {
  const { messages } = readMessage(nodeKernels.encode(withBait(to)), nodeKernels);
  expect(messages.map(({ path }) => path)).toEqual(['0', '0.2', '0.i']);
  expect(messages[0]?.either === true).toBe(inDoubt);
});
