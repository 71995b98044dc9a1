import { describe, expect, test } from 'vitest';
import { nodeKernels } from '../../host/kernels/index.ts';
import { type MessageContent, readMessage } from './index.ts';

interface Answer {
  readonly to?: string;
  readonly head?: readonly string[];
  readonly subject?: string;
  readonly own?: string;
  readonly quote?: string;
  readonly html?: boolean;
  readonly from?: string;
}

const GMAIL =
  'On Tue, Oct 20, 2020 at 8:59 AM Proud Group <info@group.example> wrote:\n\n> Vote for Trump or we will come after you.\n> https://evil.example/go\n';

const mailOf = (answer: Answer): string =>
  [
    'Received: from m.voter.example ([192.0.2.9]) by mx.county.example; Wed, 21 Oct 2020 14:00:09 +0000',
    `From: Vera Voter <${answer.from ?? 'vera@voter.example'}>`,
    `To: ${answer.to ?? 'Clerk <clerk@county.example>'}`,
    `Subject: ${answer.subject ?? 'Re: Vote or else'}`,
    'In-Reply-To: <abc@group.example>',
    ...(answer.head ?? []),
    `Content-Type: text/${answer.html === true ? 'html' : 'plain'}`,
    '',
    `${answer.own ?? 'Is this real? Please check.\n\nVera'}\n\n${answer.quote ?? GMAIL}`,
  ].join('\r\n');

const read = (answer: Answer) => readMessage(nodeKernels.encode(mailOf(answer)), nodeKernels);

const APPLE =
  '> On Oct 20, 2020, at 8:59 AM, Proud Group <info@group.example> wrote:\n> \n> Vote for Trump or we will come after you.\n> https://evil.example/go\n';
const OUTLOOK =
  'From: Proud Group <info@group.example>\nSent: Tuesday, October 20, 2020 8:59 AM\nTo: Vera Voter <vera@voter.example>\nSubject: Vote or else\n\nVote for Trump or we will come after you.\nhttps://evil.example/go\n';
const HTML =
  '<blockquote type="cite"><div>On Oct 20, 2020, at 8:59 AM, Proud Group &lt;info@group.example&gt; wrote:</div><br><div>Vote for Trump or we will come after you. <a href="https://evil.example/go">https://evil.example/go</a></div></blockquote>';

describe('an answer that goes to others than those whom it answers', () => {
  test.each<[string, Answer]>([
    ['as Gmail quotes', {}],
    ['as Apple Mail quotes', { quote: APPLE }],
    ['as Outlook quotes', { quote: OUTLOOK }],
    ['in HTML', { quote: HTML, own: '<p>Is this real?</p>', html: true }],
    ['wrapped', { quote: GMAIL.replace('Group <', 'Group\n<') }],
    ['under another subject', { subject: 'threat' }],
    [
      'within a large provider',
      { from: 'v@gmail.com', quote: GMAIL.replace('group.example', 'gmail.com') },
    ],
  ])('shows its quote to a third party, %s: either way', (_, answer) => {
    const { messages } = read(answer);
    expect(messages.map(({ role, either }) => [role, either])).toEqual([
      ['carrier', true],
      ['original', true],
    ]);
    const [mail, quote] = messages;
    expect(mail?.text).not.toMatch(/come after|evil/);
    expect(mail?.text).toContain('Is this real?');
    expect(quote?.from?.address).toMatch(/^info@/);
    expect(quote?.text).toMatch(/^Vote for Trump or we will come after you\.\s+https/);
    expect(quote?.dateInterval ?? quote?.date).not.toBeNull();
  });

  test('keeps what it says below its quote, and between', () => {
    const { messages } = read({ quote: `${GMAIL}\nMy number is 202-555-0177.\n\n> Bye\n` });
    expect(messages[0]?.text).toContain('202-555-0177');
    expect(messages[1]?.text).not.toMatch(/0177|Bye/);
  });

  test('has its own stretch of a page, and the quote the other', () => {
    const html = `<p>Is this real?</p>${HTML}`;
    const mail = [
      'From: Vera <vera@voter.example>',
      'To: clerk@county.example',
      'Subject: Re: Vote',
      'Content-Type: multipart/alternative; boundary=b',
      ...['', '--b', 'Content-Type: text/plain', '', `Is this real?\n\n${APPLE}`],
      ...['--b', 'Content-Type: text/html', '', html, '--b--', ''],
    ].join('\r\n');
    const contents: MessageContent[] = [];
    readMessage(nodeKernels.encode(mail), nodeKernels, { onContent: (one) => contents.push(one) });
    const shares = contents[0]?.shares?.();
    expect(
      shares
        ?.get('0')
        ?.map(({ text }) => text)
        .join(''),
    ).not.toContain('evil');
    expect(
      shares
        ?.get('0.i')
        ?.map(({ text }) => text)
        .join(''),
    ).toContain('href="https://evil');
  });

  test.each<[string, Answer]>([
    ['it goes to whom it answers', { to: 'info@group.example' }],
    ['it goes to them under another address', { to: 'Proud Group <press@other.example>' }],
    ['it goes to their domain', { to: 'desk@group.example' }],
    ['it goes to them in copy', { head: ['Cc: Proud <INFO@group.example>'] }],
    ['answers go to them', { head: ['Reply-To: info@group.example'] }],
    ['a list brought it', { head: ['List-Id: <talk.county.example>'] }],
    ['a list of old did', { head: ['Precedence: bulk'] }],
    ['it is the author’s own', { from: 'info@group.example' }],
    ['it is their colleague’s', { from: 'vera@group.example' }],
    ['nobody is named', { quote: GMAIL.replace(' <info@group.example>', '') }],
    ['no day is named', { quote: GMAIL.replace(/On .* AM /, '') }],
    ['nothing is quoted', { quote: GMAIL.replaceAll('> ', '') }],
    ['a link stands above', { own: 'Pay at https://pay.example/now' }],
    ['much stands above', { own: 'My case. '.repeat(300) }],
  ])('stays one mail where %s', (_, answer) => {
    const { messages } = read(answer);
    expect(messages.map(({ role, either }) => [role, either])).toEqual([['original', undefined]]);
    expect(messages[0]?.text).toContain('come after you');
  });
});
