import { expect, test } from 'vitest';
import { eitherAmong, NO_OFFICE, officeAt } from '../../core/letter/index.ts';
import type { MailMessage } from '../../core/mail/index.ts';
import { memorySource, readMessages } from '../../host/intake/index.ts';
import { nodeKernels as kernels } from '../../host/kernels/index.ts';
import { readMail } from './read-mail.ts';

const BAIT = [
  'Received: from m.innocent.example ([192.0.2.9]) by mx.third.example; Mon, 19 Oct 2020 12:00:00 +0000',
  'From: Ida <ida@innocent.example>',
  'To: x@third.example',
  'Subject: lunch',
  '',
  'Lunch at noon?',
].join('\r\n');

interface Parts {
  readonly head?: string;
  readonly subject?: string;
  readonly to?: string;
  readonly text?: string;
  readonly html?: string;
  readonly inner?: string;
  readonly type?: string;
}

const THREAT = 'Vote for Trump or we will come after you.';

const mail = (parts: Parts): Buffer =>
  Buffer.from(
    [
      'Received: from m.evil.example ([198.51.100.7]) by mx.county.example; Tue, 20 Oct 2020 12:59:09 +0000',
      ...(parts.head === undefined ? [] : [parts.head]),
      'From: Proud Group <info@group.example>',
      `To: ${parts.to ?? 'vera@voter.example'}`,
      `Subject: ${parts.subject ?? 'Vote or else'}`,
      'Content-Type: multipart/mixed; boundary=b',
      '',
      '--b',
      `Content-Type: text/${parts.html === undefined ? 'plain' : 'html'}`,
      '',
      parts.html ?? parts.text ?? THREAT,
      '--b',
      `Content-Type: ${parts.type ?? 'message/rfc822'}`,
      '',
      parts.inner ?? BAIT,
      '--b--',
      '',
    ].join('\r\n'),
  );

async function messagesOf(bytes: Buffer): Promise<readonly MailMessage[]> {
  for await (const step of readMessages(memorySource(bytes), 'message', kernels))
    if ('message' in step) return (await readMail(step.message, kernels)).messages;
  return [];
}

const received = BAIT.replace('x@third.example', 'Vera <info@group.example>');

test.each<[string, Parts, boolean]>([
  ['a threat with a stranger’s mail', {}, true],
  ['a link of its own', { text: 'See https://evil.example/go' }, true],
  ['a link in its HTML', { html: '<p><a href="https://evil.example/go">here</a></p>' }, true],
  ['a few words', { subject: 'Scam mail', text: 'Please look at this, I got it today.' }, false],
  ['a forward’s subject', { subject: 'Fwd: lunch today' }, false],
  ['the subject of what it carries', { subject: 'Lunch' }, false],
  ['a header that names an older mail', { head: 'References: <a@innocent.example>' }, false],
  ['a mail that its author had received', { inner: received }, false],
  [
    'a mail whose route says so',
    { inner: BAIT.replace('; Mon', ' for <INFO@group.example>; Mon') },
    false,
  ],
  [
    'a list’s digest',
    { type: 'multipart/digest; boundary=c', inner: `--c\r\n\r\n${BAIT}\r\n--c--` },
    false,
  ],
])('%s: in doubt is %s', async (_, parts, inDoubt) => {
  const messages = await messagesOf(mail(parts));
  expect(messages.map(({ role }) => role)).toEqual(['carrier', 'original']);
  expect(messages.map(({ either }) => either === true)).toEqual([inDoubt, false]);
  const doubtful = [...eitherAmong(messages, 'undetermined', NO_OFFICE)];
  expect(doubtful).toEqual(inDoubt ? messages.map(({ path }) => path) : []);
});

test('what came to the office was written by the one who reports; what others got was not', async () => {
  const office = officeAt(['county.example']);
  const toOffice = await messagesOf(mail({ to: 'clerk@county.example' }));
  expect(toOffice[0]?.either).toBe(true);
  expect([...eitherAmong(toOffice, 'undetermined', office)]).toEqual([]);
  const toVoter = await messagesOf(mail({}));
  expect([...eitherAmong(toVoter, 'undetermined', office)]).toEqual(['0', '0.2']);
});
