import { describe, expect, test } from 'vitest';
import { nodeKernels } from '../../host/kernels/index.ts';
import { readMessage } from './read.ts';

interface Draft {
  readonly subject?: string | null;
  readonly from?: string;
  readonly to?: string;
  readonly text?: string;
  readonly html?: string;
  readonly received?: boolean;
}

const VOTER = 'Vera Voter <vera@voter.example>';

function mail({ subject = 'Help', from = VOTER, to = 'clerk@county.example', ...rest }: Draft) {
  const { text = '', html, received = true } = rest;
  return [
    ...(received
      ? [
          'Received: from a.example (a.example [192.0.2.10]) by mx.county.example; 21 Oct 2020 10:00:00 -0400',
        ]
      : []),
    `From: ${from}`,
    `To: ${to}`,
    ...(subject === null ? [] : [`Subject: ${subject}`]),
    `Content-Type: text/${html === undefined ? 'plain' : 'html'}; charset=utf-8`,
    '',
    html ?? text,
  ].join('\r\n');
}

const roles = (raw: string): string[] =>
  readMessage(new TextEncoder().encode(raw), nodeKernels).messages.map(
    ({ path, role }) => `${path} ${role}`,
  );
const CARRIED = ['0 carrier', '0.i original'];
const KEPT = ['0 original', '0.i attached'];

/** The lines that Outlook writes above what is answered and what is forwarded alike. */
const block = (fields: { from?: string; to?: string; subject?: string } = {}): string =>
  [
    `From: ${fields.from ?? 'Info <info@threat.example>'}`,
    'Sent: Tuesday, October 20, 2020 8:59 AM',
    `To: ${fields.to ?? 'Recipients <r@list.example>'}`,
    `Subject: ${fields.subject ?? 'Vote or else'}`,
    '',
    'We are in possession of all your information.',
  ].join('\n');
const MARKER = '---------- Forwarded message ---------\n';
const LONG = 'I live here and have voted at every election since I was eighteen years old. '.repeat(
  5,
);
const LURE = 'Your cloud is full. Pay today: https://pay.threat.example/x\n\n';
const OLD_THREAD = block({
  from: 'Nora <nora@firm.example>',
  to: 'Otto <otto@firm.example>',
  subject: 'Re: New laptops',
});

describe('a block of header lines makes its holder a carrier', () => {
  test.each<[string, Draft]>([
    [
      'a client’s prefix and the same subject',
      { subject: 'Fw: Vote or else', text: `${LONG}\n\n${block()}` },
    ],
    [
      'the same with a reply’s prefix inside',
      { subject: 'Fw: Vote or else', text: `${LONG}\n\n${block({ subject: 'Re: Vote or else' })}` },
    ],
    [
      '(fwd) behind the same subject',
      { subject: 'Vote or else (fwd)', text: `${LONG}\n\n${block()}` },
    ],
    [
      'a marker, and its author had received it',
      { text: `${LONG}\n\n${MARKER}${block({ to: VOTER })}` },
    ],
    [
      'a marker above fields without a known label',
      { text: `Look.\n\n--- begin forwarded text\n\nPriority: normal\nX-Word: x\n${block()}` },
    ],
    ['a letter, and its author had received it', { text: `${LONG}\n\n${block({ to: VOTER })}` }],
    ['a letter, and a marker', { text: `${LONG}\n\n${MARKER}${block()}` }],
    [
      'with a line that a phone adds',
      { text: `Look.\n\nGet Outlook for Android<https://aka.ms/x>\n\n${block()}` },
    ],
    [
      'with a signature’s link to where its author writes from',
      { text: `Look.\n\nVera, www.voter.example\n\n${block({ to: VOTER })}` },
    ],
    ['no sign but few words', { text: `Is this real?\n\n${block()}` }],
    ['no subject at all', { subject: null, text: `Is this real?\n\n${block()}` }],
    ['nothing said, in an answer', { subject: 'Re: Vote or else', text: block() }],
    [
      'a threat in the voter’s own name',
      { subject: 'Fw: Vote or else', text: block({ from: VOTER, to: VOTER }) },
    ],
    [
      'a threat in the office’s name',
      { subject: 'Fw: Vote or else', text: block({ from: 'clerk@county.example', to: VOTER }) },
    ],
  ])('%s', (_, draft) => {
    expect(roles(mail(draft))).toEqual(CARRIED);
  });
});

describe('whoever hands on their own answer reports what they answered', () => {
  const answer = { from: VOTER, to: 'Info <info@threat.example>', subject: 'Re: Vote or else' };
  const REPORTED = ['0 carrier', '0.i carrier', '0.i.i original'];

  test.each<[string, string]>([
    ['Outlook', `${block(answer)}\n\n${block({ to: VOTER })}`],
    [
      'Gmail',
      `${MARKER}${block(answer)}\n\nOn Tue, Oct 20, 2020 at 8:59 AM Info <info@threat.example> wrote:\n\n> Vote or else.\n> We know you.`,
    ],
  ])('%s', (_, text) => {
    const raw = mail({ subject: 'Fwd: Vote or else', text: `See my answer.\n\n${text}` });
    expect(roles(raw)).toEqual(REPORTED);
    const { messages } = readMessage(new TextEncoder().encode(raw), nodeKernels);
    const [, own, reported] = messages;
    expect(own?.text).not.toMatch(/Vote or else\.|wrote/);
    expect(reported?.from?.address).toBe('info@threat.example');
    expect(reported?.text).toMatch(/We are in possession|^Vote or else\.\nWe know you\.$/);
  });

  test('a threat in their own name, sent to them, is no answer', () => {
    const text = `${block({ from: VOTER, to: VOTER })}\n\n${block({ to: VOTER })}`;
    expect(roles(mail({ subject: 'Fw: Vote or else', text }))[1]).toBe('0.i original');
  });
});

describe('header lines copied into a mail are read as a header', () => {
  const SOURCE = [
    'Delivered-To: vera@voter.example',
    'Received: by 2001:db8::5 with SMTP id bf9csp100;',
    '        Tue, 20 Oct 2020 05:59:10 -0700 (PDT)',
    'Received: from mail.sender.example (mail.sender.example. [198.51.100.7])',
    '        by mx.provider.example with ESMTPS id a1si1',
    '        for <vera@voter.example>;',
    '        Tue, 20 Oct 2020 05:59:09 -0700 (PDT)',
    'Authentication-Results: mx.provider.example;',
    '       spf=fail smtp.mailfrom=info@threat.example;',
    '       dmarc=fail (p=REJECT) header.from=threat.example',
    'From: =?utf-8?q?Gr=C3=BC=C3=9Fe?= <info@threat.example>',
    'To: vera@voter.example',
    'Subject: Vote or else',
    'Date: Tue, 20 Oct 2020 08:59:00 -0400',
    'Message-ID: <abc123@threat.example>',
  ];
  const BODY = 'We are in possession of all your information.';

  test.each<[string, (lines: readonly string[]) => string]>([
    ['as they stood', (lines) => `Dear clerk,\n\n${lines.join('\n')}\n\n${BODY}`],
    [
      'without the indentation of folded lines',
      (lines) => `Dear clerk,\n\n${lines.map((line) => line.trim()).join('\n')}\n\n${BODY}`,
    ],
    [
      'quoted',
      (lines) => `Dear clerk,\n\n${[...lines, '', BODY].map((line) => `> ${line}`).join('\n')}`,
    ],
  ])('%s', (_, pasted) => {
    const raw = mail({ subject: 'strange mail', text: pasted(SOURCE) });
    const { messages } = readMessage(new TextEncoder().encode(raw), nodeKernels);
    const [, original] = messages;
    expect(original).toMatchObject({
      path: '0.i',
      role: 'original',
      from: { name: 'Grüße', address: 'info@threat.example' },
      messageId: '<abc123@threat.example>',
      date: '2020-10-20T12:59:00.000Z',
      text: BODY,
      forward: { method: 'pasted-headers', lost: ['authentication', 'attachments', 'html'] },
    });
    expect(original?.route.map(({ ip }) => ip)).toEqual([null, '198.51.100.7']);
    expect(original?.route.every(({ trusted }) => !trusted)).toBe(true);
    const results = original?.headers.find(({ name }) => name === 'Authentication-Results')?.value;
    expect(results?.replace(/\s+/g, ' ')).toContain('dmarc=fail (p=REJECT) header.from=threat');
  });
});

test('a forward that an attribution opens may stand under a letter', () => {
  const text = `${LONG}\n\nOn Tue, Oct 20, 2020 at 8:59 AM Info <info@threat.example> wrote:\n> Pay.`;
  expect(roles(mail({ subject: 'Fwd: Vote or else', text }))).toEqual(CARRIED);
  const lure = text.replace(LONG, LURE);
  expect(roles(mail({ subject: 'Fwd: Vote or else', text: lure }))).toEqual(KEPT);
});

describe('older correspondence leaves its holder the original', () => {
  test.each<[string, Draft]>([
    ['under a lure of its own', { subject: 'Your cloud', text: `${LURE}${OLD_THREAD}` }],
    ['under many words', { subject: 'Your cloud', text: `${LONG}\n\n${OLD_THREAD}` }],
    [
      'with a marker, under a lure',
      { subject: 'Your cloud', text: `${LURE}${MARKER}${OLD_THREAD}` },
    ],
    [
      'that its author had received, under a lure',
      { subject: 'Your cloud', text: `${LURE}${block({ to: VOTER })}` },
    ],
    [
      'with a marker, in an answer',
      { subject: 'Re: laptops', text: `${LONG}\n\n${MARKER}${block()}` },
    ],
    [
      'that an answer quotes with its marker',
      { subject: 'Re: Vote or else', text: `${LONG}\n\n${MARKER}${block()}` },
    ],
    [
      'with a prefix that fits no subject',
      { subject: 'FW: Invoice 17', text: `${LONG}\n\n${OLD_THREAD}` },
    ],
    [
      'under a link that is a picture',
      {
        subject: 'Your cloud',
        html: `<a href="https://pay.threat.example/x"><img src="cid:1"></a><p>${OLD_THREAD.replaceAll('\n', '<br>')}</p>`,
      },
    ],
    [
      'whose author answers himself',
      {
        subject: 'RE: Grant',
        from: 'Info <info@threat.example>',
        text: block({ subject: 'Grant', from: 'Info <info@threat.example>' }),
      },
    ],
    [
      'that the author shows by name only',
      {
        subject: 'RE: Grant',
        from: 'Info <info@threat.example>',
        text: block({ subject: 'Grant', from: 'Info' }),
      },
    ],
  ])('%s', (_, draft) => {
    expect(roles(mail(draft))).toEqual(KEPT);
  });
  test('and its words stay in the text of the one who sent them', () => {
    const [message] = readMessage(
      new TextEncoder().encode(mail({ text: `${LURE}${OLD_THREAD}` })),
      nodeKernels,
    ).messages;
    expect(message?.text).toContain('https://pay.threat.example/x');
    expect(message?.text).toContain('We are in possession');
  });
});

describe('words that nobody sees are not handed on', () => {
  const page = (open: string, style = ''): string =>
    `<html><head>${style}</head><body><p>Look.</p>${open}${block().replaceAll('\n', '<br>').replaceAll(' <', ' &lt;')}</div></body></html>`;
  const draft = { subject: 'Fw: Vote or else' };
  test.each<[string, string, string]>([
    ['an element’s own style', '<div style="display:none">', ''],
    [
      'a class',
      '<div class="WordSection1">',
      '<style><!-- @page x{a:b} div.WordSection1 {page:x; visibility: collapse; max-height: 0;} --></style>',
    ],
    ['an id', '<div id=x>', '<style>p,#x{display:none!important}</style>'],
  ])('hidden by %s', (_, open, style) => {
    expect(roles(mail({ ...draft, html: page(open, style) }))).toEqual(KEPT);
  });
  test.each<[string, string, string]>([
    ['nothing hides it', '<div>', ''],
    ['a class of another element', '<div class=a>', '<style>p.a{display:none}</style>'],
    ['phones only', '<div class=a>', '<style>@media (max-width:400px){.a{display:none}}</style>'],
    [
      'a style that the element overrules',
      '<div class=a style="display:block">',
      '<style>.a{display:none}</style>',
    ],
  ])('shown: %s', (_, open, style) => {
    expect(roles(mail({ ...draft, html: page(open, style) }))).toEqual(CARRIED);
  });
  test('hidden in the HTML, plain in the text beside it', () => {
    const parts = [
      ...[
        'From: a@b.example',
        'Subject: Fw: Vote or else',
        'Content-Type: multipart/alternative; boundary=b',
        '',
      ],
      ...['--b', 'Content-Type: text/plain', '', `Look.\n\n${block()}`],
      ...['--b', 'Content-Type: text/html', '', page('<div style="display:none">'), '--b--', ''],
    ];
    expect(roles(parts.join('\r\n'))).toEqual(KEPT);
  });
});

describe('an attached mail with a route of its own', () => {
  const attached = (inner: string): string =>
    [
      ...[`From: ${VOTER}`, 'Subject: look', 'Content-Type: multipart/mixed; boundary=b', ''],
      ...['--b', 'Content-Type: text/plain', '', 'Please look.', '--b'],
      ...['Content-Type: message/rfc822', '', inner, '--b--', ''],
    ].join('\r\n');
  const threat = { from: 'Info <info@threat.example>', subject: 'Vote or else' };
  test('stays the original, whatever line it writes above a block', () => {
    const inner = mail({ ...threat, text: `Vote!\n\n${MARKER}${OLD_THREAD}` });
    expect(roles(attached(inner))).toEqual(['0 carrier', '0.2 original', '0.2.i attached']);
  });
  test('stays an original beside what it surely forwards', () => {
    const inner = mail({ subject: 'Fwd: Vote or else', text: `See.\n\n${MARKER}${block()}` });
    expect(roles(attached(inner))).toEqual(['0 carrier', '0.2 original', '0.2.i original']);
  });
  test('without a route it is a carrier as any other', () => {
    const inner = mail({
      subject: 'Fwd: Vote or else',
      text: `See.\n\n${block()}`,
      received: false,
    });
    expect(roles(attached(inner))).toEqual(['0 carrier', '0.2 carrier', '0.2.i original']);
  });
});

test('what an attached block holds is attached too, forward or not', () => {
  const text = `${LURE}${OLD_THREAD}\n\n${MARKER}${block()}`;
  expect(roles(mail({ text }))).toEqual(['0 original', '0.i attached', '0.i.i attached']);
});

test('a digest hands on each of its messages, however long its preface', () => {
  const item = (name: string): string =>
    `------------------------------\n\nDate: Tue, 20 Oct 2020 10:00:00 -0400\nFrom: ${name}@x.example\nSubject: ${name}\n\nbody ${name}\n\n`;
  const text = `${LONG}\n\n${item('a')}${item('b')}`;
  expect(roles(mail({ subject: 'List Digest', text }))).toEqual([
    '0 carrier',
    '0.i original',
    '0.i2 original',
  ]);
});

describe('a carrier tells by more than its words that it hands a message on', () => {
  /** Paths of the messages that may be one thing or the other. */
  const either = (raw: string): string[] =>
    readMessage(new TextEncoder().encode(raw), nodeKernels).messages.flatMap((message) =>
      message.either === true ? [`${message.path} ${message.role}`] : [],
    );
  const forged = { subject: 'Fw: Vote or else', from: 'Info <info@threat.example>' };
  const withField = (field: string, raw: string): string => `${field}\r\n${raw}`;

  test.each<[string, string]>([
    [
      'RFC 5322 section 3.6.4: it names the older message',
      withField('References: <a1@threat.example>', mail({ ...forged, text: block() })),
    ],
    [
      'Thunderbird names it so',
      withField('X-Forwarded-Message-Id: <a1@threat.example>', mail({ ...forged, text: block() })),
    ],
    [
      'its author had received it',
      mail({ subject: 'Fw: Vote or else', text: block({ to: VOTER }) }),
    ],
    [
      'its author is named alone',
      mail({ subject: 'Fw: Vote or else', text: block({ to: 'Vera' }) }),
    ],
  ])('%s', (_, raw) => {
    expect(roles(raw)).toEqual(CARRIED);
    expect(either(raw)).toEqual([]);
  });

  test('several messages side by side, each announced, are a collection; one alone is none', () => {
    const each = `${MARKER}${block()}`;
    const all = mail({
      ...forged,
      subject: 'All we got',
      text: `Two of them.\n\n${each}\n\n${each}`,
    });
    expect(roles(all)).toEqual(['0 carrier', '0.i original', '0.i2 original']);
    expect(either(all)).toEqual([]);
    const one = mail({ ...forged, subject: 'All we got', text: `One of them.\n\n${each}` });
    expect(either(one)).toEqual(['0 carrier', '0.i original']);
  });

  test('a phish with a prefix and a made-up block of the same subject does not: both stand', () => {
    const raw = mail({
      ...forged,
      text: `Pay today.\n\n${MARKER}${block({ from: 'nora@x.example' })}`,
    });
    expect(roles(raw)).toEqual(CARRIED);
    expect(either(raw)).toEqual(['0 carrier', '0.i original']);
  });

  test('an empty field names no message, and another’s name is not the author’s', () => {
    const raw = mail({ ...forged, text: block({ to: 'Vera' }) });
    expect(either(withField('In-Reply-To:', raw))).toEqual(['0 carrier', '0.i original']);
  });

  test('older correspondence is in no doubt', () => {
    expect(either(mail({ subject: 'Your cloud', text: `${LURE}${OLD_THREAD}` }))).toEqual([]);
  });

  test('pasted text without a header was sent by nobody', () => {
    const [, ...body] = mail({ text: block() }).split('\r\n\r\n');
    expect(either(`\r\n${body.join('')}`)).toEqual([]);
  });

  test('an attached mail with a route stays an original, and so does what it forwards: either', () => {
    const inner = withField(
      'References: <a1@threat.example>',
      mail({ subject: 'Fwd: Vote or else', text: `See.\n\n${MARKER}${block()}` }),
    );
    const raw = [
      ...[`From: ${VOTER}`, 'Subject: look', 'Content-Type: multipart/mixed; boundary=b', ''],
      ...['--b', 'Content-Type: message/rfc822', '', inner, '--b--', ''],
    ].join('\r\n');
    expect(either(raw)).toEqual(['0.1 original', '0.1.i original']);
  });
});
