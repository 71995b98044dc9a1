import { expect, test } from 'vitest';
import { eitherAmong, NO_OFFICE, officeAt } from '../../core/letter/index.ts';
import type { MailMessage } from '../../core/mail/index.ts';
import { memorySource, readMessages } from '../../host/intake/index.ts';
import { nodeKernels as kernels } from '../../host/kernels/index.ts';
import { mailReader } from './read-mail.ts';

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
  readonly file?: string;
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
      ...(parts.file === undefined
        ? []
        : ['--b', `Content-Type: application/octet-stream; name="${parts.file}"`, '', 'x']),
      '--b--',
      '',
    ].join('\r\n'),
  );

async function messagesOf(bytes: Buffer): Promise<readonly MailMessage[]> {
  for await (const step of readMessages(memorySource(bytes), 'message', kernels))
    if ('message' in step) return (await mailReader(kernels)(step.message)).messages;
  return [];
}

const received = BAIT.replace('x@third.example', 'Vera <info@group.example>');

const site = { subject: 'Our site', text: 'See https://group.example/go' };
const OWN = {
  no: ['carrier', false],
  either: ['carrier', true],
  both: ['original', true],
} as const;

test.each<[string, Parts, keyof typeof OWN]>([
  ['a threat with a stranger’s mail', {}, 'both'],
  ['a link of its own', { text: 'See https://evil.example/go' }, 'both'],
  ['a link in its HTML', { html: '<p><a href="https://evil.example/go">here</a></p>' }, 'both'],
  ['a link below a signature', { ...site, text: 'Hi\r\n-- \r\nhttps://evil.example/go' }, 'both'],
  ['a home page there', { ...site, text: 'Hi\r\n-- \r\nhttps://evil.example/' }, 'no'],
  ['a file that runs', { ...site, text: 'Hi', file: 'invoice.pdf.exe' }, 'both'],
  ['a picture', { ...site, text: 'Hi', file: 'screen.png' }, 'no'],
  ['a few words', { subject: 'Scam mail', text: 'Please look at this, I got it today.' }, 'no'],
  ['a threat under a forward’s subject', { subject: 'Fwd: lunch today' }, 'both'],
  ['one that names an older mail', { head: 'References: <a@innocent.example>' }, 'both'],
  ['one with a mail that its author had received', { inner: received }, 'both'],
  [
    'a threat that the carried mail holds',
    { ...site, text: THREAT, inner: `${BAIT} ${THREAT}` },
    'either',
  ],
  ['the same, quoted', { ...site, text: `> ${THREAT}`, inner: `${BAIT} ${THREAT}` }, 'either'],
  ['a link that it holds', { ...site, inner: `${BAIT} https://group.example/` }, 'either'],
  ['a page of an authority', { ...site, text: 'See https://www.justice.gov/voting' }, 'either'],
  ['its author’s own site', site, 'either'],
  ['that below a forward’s subject', { ...site, subject: 'Fwd: lunch today' }, 'no'],
  ['that with the subject of what it carries', { ...site, subject: 'Lunch' }, 'no'],
  ['that where it names an older mail', { ...site, head: 'References: <a@b.example>' }, 'no'],
  ['that with a mail that its author had received', { ...site, inner: received }, 'no'],
  [
    'that with a mail whose route says so',
    { ...site, inner: BAIT.replace('; Mon', ' for <INFO@group.example>; Mon') },
    'no',
  ],
  [
    'a list’s digest',
    { type: 'multipart/digest; boundary=c', inner: `--c\r\n\r\n${BAIT}\r\n--c--` },
    'no',
  ],
])('%s: read both ways is %#', async (_, parts, own) => {
  const messages = await messagesOf(mail(parts));
  const [role, inDoubt] = OWN[own];
  expect(messages.map((message) => message.role)).toEqual([role, 'original']);
  expect(messages.map(({ either }) => either === true)).toEqual([inDoubt, false]);
  const doubtful = [...eitherAmong(messages, 'undetermined', NO_OFFICE)];
  expect(doubtful).toEqual(inDoubt ? messages.map(({ path }) => path) : []);
});

test('what came to the office was written by the one who reports; what others got was not', async () => {
  const office = officeAt(['county.example']);
  const toOffice = await messagesOf(mail({ ...site, to: 'clerk@county.example' }));
  expect(toOffice[0]?.either).toBe(true);
  expect([...eitherAmong(toOffice, 'undetermined', office)]).toEqual([]);
  const toVoter = await messagesOf(mail(site));
  expect([...eitherAmong(toVoter, 'undetermined', office)]).toEqual(['0', '0.2']);
});

test('the office clears no mail that brings something of its own to fall for', async () => {
  const office = officeAt(['county.example']);
  const attack = await messagesOf(mail({ to: 'clerk@county.example', subject: 'Fwd: lunch' }));
  expect([...eitherAmong(attack, 'undetermined', office)]).toEqual(['0', '0.2']);
});

test('the office clears no answer that quotes somebody else: frauds bring a thread along', async () => {
  const answer = Buffer.from(
    [
      'Received: from m.vendor.example ([198.51.100.7]) by mx.county.example; Tue, 20 Oct 2020 12:59:09 +0000',
      'From: Accounts <pay@vendor.example>',
      'To: clerk@county.example',
      'Subject: Re: Ballot printing invoice',
      ...['', 'Please process it today.', ''],
      'On Mon, Oct 19, 2020 at 8:59 AM Ida Innocent <ida@innocent.example> wrote:',
      ...['> Our new account is below.', ''],
    ].join('\r\n'),
  );
  const messages = await messagesOf(answer);
  expect(messages.map(({ role, either }) => [role, either])).toEqual([
    ['carrier', true],
    ['original', true],
  ]);
  const office = officeAt(['county.example']);
  expect([...eitherAmong(messages, 'undetermined', office)]).toEqual(['0', '0.i']);
});

const inline = (own: string, subject = 'Fwd: lunch'): Buffer =>
  Buffer.from(
    [
      'Received: from m.evil.example ([198.51.100.7]) by mx.county.example; Tue, 20 Oct 2020 12:59:09 +0000',
      'From: Group <info@group.example>',
      'To: clerk@county.example',
      'References: <a@innocent.example>',
      `Subject: ${subject}`,
      '',
      own,
      '',
      '---------- Forwarded message ---------',
      'From: Ida Innocent <ida@innocent.example>',
      'Date: Mon, Oct 19, 2020 at 8:59 AM',
      'Subject: lunch',
      'To: Group <info@group.example>',
      '',
      'Lunch at noon? See https://innocent.example/menu or else the diner will be full.',
      '',
    ].join('\r\n'),
  );

test('a page that shows no forward is the mail’s own, whatever its text part says', async () => {
  const both = (page: string): Buffer => {
    const [head = '', ...rest] = inline('Hi').toString().split('\r\n\r\n');
    const part = ['--b', 'Content-Type: text/plain', '', rest.join('\r\n\r\n')];
    return Buffer.from(
      [
        ...[head, 'Content-Type: multipart/alternative; boundary=b', '', ...part],
        ...['--b', 'Content-Type: text/html', '', page, '--b--', ''],
      ].join('\r\n'),
    );
  };
  const [attack] = await messagesOf(both('<p>Pay <a href="https://evil.example/">here</a></p>'));
  expect([attack?.role, attack?.either]).toEqual(['original', true]);
  const block = 'From: Ida Innocent &lt;ida@innocent.example&gt;<br>Subject: lunch<br>';
  const page = `<p>Hi</p><div>${block}<a href="https://innocent.example/menu">menu</a></div>`;
  const [honest] = await messagesOf(both(page));
  expect(honest?.role).toBe('carrier');
  const [broken] = await messagesOf(both(page.replace('ida@', 'ida<wbr>@')));
  expect(broken?.role).toBe('carrier');
});

test.each<[string, string, boolean]>([
  ['the page of a state', 'See http://www.leg.state.fl.us/statutes', false],
  ['the office’s page', 'Report it: https://www.county.example/report', false],
  ['a link', 'Log in: https://evil.example/login', true],
  ['a threat', THREAT, true],
  ['a note', 'Is this real?', false],
  ['the block’s own link', 'It says https://innocent.example/menu', false],
  ['its author’s site', 'Vera, https://www.group.example/vera', false],
  ['a line that a phone adds', 'Get Outlook for iOS https://aka.ms/o0ukef', false],
])('a forward with every sign of one and %s is an original too: %#', async (_, own, is) => {
  const [top, block] = await messagesOf(inline(own));
  expect([top?.role, top?.either === true]).toEqual(is ? ['original', true] : ['carrier', false]);
  expect(block?.role).toBe('original');
  const office = officeAt(['county.example']);
  const doubtful = [...eitherAmong([top!, block!], 'undetermined', office)];
  expect(doubtful).toEqual(is ? ['0', '0.i'] : []);
});
