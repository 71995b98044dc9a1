import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { nodeKernels } from '../../host/kernels/index.ts';
import { htmlToText } from '../html/index.ts';
import { FORWARD_WORDS } from './forward-words.data.ts';
import { findInlineForwards, type InlineForward } from './inline-forward.ts';

const find = (text: string, subject: string | null = null, html: string | null = null) =>
  findInlineForwards({ text, html, subject }, nodeKernels);
const one = (text: string, subject: string | null = null): InlineForward => {
  const found = find(text, subject);
  expect(found).toHaveLength(1);
  return found[0]!;
};

const VOTER_WORDS = 'I got this today. Is it real?';
const BODY =
  'Vote for the other party or we will come after you.\n\nWe are in possession of all your information.';

/** The same mail as each client forwards it inline: [client, text, date or null]. */
const CLIENTS: readonly (readonly [string, string, string | null])[] = [
  [
    'Gmail',
    `${VOTER_WORDS}\n\n---------- Forwarded message ---------\nFrom: Info <info@threat.example>\nDate: Tue, Oct 20, 2020 at 10:00 AM\nSubject: Vote or else\nTo: <voter@mail.example>\n\n\n${BODY}\n`,
    null,
  ],
  [
    'Gmail, marks of direction',
    `${VOTER_WORDS}\n\n---------- Forwarded message ---------\nFrom: \u202aInfo\u202c <info@threat.example>\u200e\nDate: Tue, Oct 20, 2020 at 10:00 AM\nSubject: Vote or else\nTo: <voter@mail.example>\n\n\n${BODY}\n`,
    null,
  ],
  [
    'Apple Mail',
    `${VOTER_WORDS}\n\nBegin forwarded message:\n\n> From: Info <info@threat.example>\n> Subject: Vote or else\n> Date: October 20, 2020 at 10:00:00 AM EDT\n> To: voter@mail.example\n> \n> ${BODY.replaceAll('\n', '\n> ')}\n`,
    '2020-10-20T14:00:00.000Z',
  ],
  [
    'Apple Mail on a phone',
    `${VOTER_WORDS}\n\nSent from my iPhone\n\nBegin forwarded message:\n\n> From: Info <info@threat.example>\n> Date: October 20, 2020 at 10:00:00 AM GMT-4\n> To: voter@mail.example\n> Subject: Vote or else\n> \n> \uFEFF${BODY.replaceAll('\n', '\n> ')}\n`,
    '2020-10-20T14:00:00.000Z',
  ],
  [
    'Outlook',
    `${VOTER_WORDS}\n\n-----Original Message-----\nFrom: Info <info@threat.example> \nSent: Tuesday, October 20, 2020 10:00 AM\nTo: voter@mail.example\nSubject: Vote or else\n\n${BODY}\n`,
    null,
  ],
  [
    'Outlook, brackets',
    `${VOTER_WORDS}\n\nFrom: Info [mailto:info@threat.example] \nSent: Tuesday, October 20, 2020 10:00 AM\nTo: voter@mail.example\nCc: other@mail.example\nSubject: Vote or else\n\n${BODY}\n`,
    null,
  ],
  [
    'Outlook on the web',
    `${VOTER_WORDS}\n________________________________\nFrom: Info <info@threat.example<mailto:info@threat.example>>\nSent: Tuesday, October 20, 2020 10:00:00 AM\nTo: voter@mail.example <voter@mail.example>\nSubject: Vote or else\n\n${BODY}\n`,
    null,
  ],
  [
    'Outlook, bold stars',
    `${VOTER_WORDS}\n\n*From:* Info <info@threat.example>\n*Sent:* Tuesday, October 20, 2020 10:00 AM\n*To:* voter@mail.example\n*Subject:* Vote or else\n\n${BODY}\n`,
    null,
  ],
  [
    'Thunderbird',
    `${VOTER_WORDS}\n\n-------- Forwarded Message --------\nSubject: \tVote or else\nDate: \tTue, 20 Oct 2020 10:00:00 -0400\nFrom: \tInfo <info@threat.example>\nTo: \tvoter@mail.example\n\n\n\n${BODY}\n`,
    '2020-10-20T14:00:00.000Z',
  ],
  [
    'Yahoo',
    `${VOTER_WORDS}\n\n\n   ----- Forwarded Message ----- From: Info <info@threat.example>To: voter@mail.example <voter@mail.example>Sent: Tuesday, October 20, 2020, 10:00:00 AM EDTSubject: Vote or else\n ${BODY}\n`
      .replace(
        '----- From: Info <info@threat.example>To: voter@mail.example <voter@mail.example>Sent: Tuesday, October 20, 2020, 10:00:00 AM EDTSubject:',
        '-----\n From: Info <info@threat.example>\n To: voter@mail.example <voter@mail.example>\n Sent: Tuesday, October 20, 2020, 10:00:00 AM EDT\n Subject:',
      )
      .replace('else\n ', 'else\n\n '),
    '2020-10-20T14:00:00.000Z',
  ],
  [
    'Proton',
    `${VOTER_WORDS}\n\n------- Forwarded Message -------\nFrom: Info <info@threat.example>\nDate: On Tuesday, October 20th, 2020 at 10:00 AM\nSubject: Vote or else\nTo: voter@mail.example <voter@mail.example>\n\n> ${BODY.replaceAll('\n', '\n> ')}\n`,
    null,
  ],
  [
    'Mutt',
    `${VOTER_WORDS}\n\n----- Forwarded message from Info <info@threat.example> -----\n\nDate: Tue, 20 Oct 2020 10:00:00 -0400\nFrom: Info <info@threat.example>\nTo: voter@mail.example\nSubject: Vote or else\n\n${BODY}\n\n----- End forwarded message -----\n`,
    '2020-10-20T14:00:00.000Z',
  ],
  [
    'a converter that spells the address twice',
    `${VOTER_WORDS}\n\n---------- Forwarded message ----------\nFrom: Info info@threat.example [info@threat.example]\nDate: Tue, Oct 20, 2020 at 10:00 AM\nSubject: Vote or else\nTo: voter@mail.example [voter@mail.example]\n\n${BODY}\n`,
    null,
  ],
  [
    'quoted twice on the way',
    `${VOTER_WORDS}\n\n>> ---------- Forwarded message ---------\n>> From: Info <info@threat.example>\n>> Date: Tue, Oct 20, 2020 at 10:00 AM\n>> Subject: Vote or else\n>> To: <voter@mail.example>\n>> \n>> ${BODY.replaceAll('\n', '\n>> ')}\n`,
    null,
  ],
];

describe.each([...CLIENTS])('%s', (_, text, date) => {
  test.each([null, 'Fwd: Vote or else', 'please look'])(
    'is recovered under the subject %j',
    (subject) => {
      const forward = one(text, subject);
      expect(forward).toMatchObject({
        kind: 'forward',
        method: 'inline-text',
        from: { name: 'Info', address: 'info@threat.example' },
        subject: 'Vote or else',
        date,
      });
      expect(forward.to[0]?.address).toBe('voter@mail.example');
      expect(forward.body.replace('\uFEFF', '').trim().replaceAll('\n ', '\n')).toBe(BODY);
      expect(text.slice(forward.before.start, forward.before.end)).toContain(VOTER_WORDS);
      expect(forward.interval === null).toBe(date !== null);
    },
  );
});

test('a date without zone spans what it can mean anywhere', () => {
  expect(one(CLIENTS[0]![1]).interval).toEqual({
    from: '2020-10-19T20:00:00.000Z',
    until: '2020-10-20T22:00:00.000Z',
  });
});

describe.each(FORWARD_WORDS.map((words) => [words.language, words] as const))(
  'in %s',
  (_, words) => {
    const header = (i: number): string =>
      [
        `${words.from[i % words.from.length]}: Info <info@threat.example>`,
        `${words.date[i % words.date.length]}: 2020-10-20 10:00`,
        `${words.to[i % words.to.length]}: voter@mail.example`,
        `${words.subject[i % words.subject.length]}: Vote or else`,
      ].join('\n');
    test.each([...words.forwarded, ...words.original])('marker %j', (marker) => {
      const forward = one(
        `${VOTER_WORDS}\n\n---------- ${marker} ----------\n${header(0)}\n\n${BODY}`,
      );
      expect(forward).toMatchObject({ subject: 'Vote or else', kind: 'forward', body: BODY });
      expect(forward.from?.address).toBe('info@threat.example');
      expect(forward.before.end).toBe(VOTER_WORDS.length + 1);
    });
    test.each([0, 1, 2])('labels without a marker, set %i', (i) => {
      const forward = one(`${VOTER_WORDS}\n\n${header(i)}\n\n${BODY}`);
      expect(forward).toMatchObject({ subject: 'Vote or else', body: BODY });
      expect(forward.from?.address).toBe('info@threat.example');
      expect(forward.dateText).toBe('2020-10-20 10:00');
    });
  },
);

test.each<[string, string, string]>([
  [
    'de',
    'Von: A <a@x.example>\nGesendet: Dienstag, 20. Oktober 2020 10:00\nAn: b@x.example\nBetreff: s\n\nb',
    '2020-10-19T20:00:00.000Z',
  ],
  [
    'fr',
    'De : A <a@x.example>\nEnvoyé : mardi 20 octobre 2020 10:00\nÀ : b@x.example\nObjet : s\n\nb',
    '2020-10-19T20:00:00.000Z',
  ],
  [
    'es',
    'De: A <a@x.example>\nEnviado el: martes, 20 de octubre de 2020 10:00\nPara: b@x.example\nAsunto: s\n\nb',
    '2020-10-19T20:00:00.000Z',
  ],
  [
    'pl',
    'Od: A <a@x.example>\nWysłano: wtorek, 20 października 2020 10:00\nDo: b@x.example\nTemat: s\n\nb',
    '2020-10-19T20:00:00.000Z',
  ],
  [
    'ru',
    'От: A <a@x.example>\nДата: вторник, 20 октября 2020 г., 10:00 +03:00\nКому: b@x.example\nТема: s\n\nb',
    '',
  ],
  [
    'cs',
    'Od: A <a@x.example>\nDatum: 20. 10. 2020 10:00\nKomu: b@x.example\nPředmět: s\n\nb',
    '2020-10-19T20:00:00.000Z',
  ],
  [
    'ja',
    '差出人: A <a@x.example>\n日時: 2020年10月20日 10:00\n宛先: b@x.example\n件名: s\n\nb',
    '2020-10-19T20:00:00.000Z',
  ],
  [
    'zh',
    '发件人： A <a@x.example>\n日期： 2020年10月20日 上午10:00\n收件人： b@x.example\n主题： s\n\nb',
    '2020-10-19T20:00:00.000Z',
  ],
  [
    'en, day and month unclear',
    'From: A <a@x.example>\nSent: 10/11/2020 10:00\nTo: b@x.example\nSubject: s\n\nb',
    '2020-10-10T20:00:00.000Z',
  ],
  [
    'en, AM shows the order',
    'From: A <a@x.example>\nSent: 10/11/2020 10:00 AM\nTo: b@x.example\nSubject: s\n\nb',
    '2020-10-10T20:00:00.000Z',
  ],
])('a date in %s', (_, text, from) => {
  const forward = one(text);
  if (from === '') expect(forward.date).toBe('2020-10-20T07:00:00.000Z');
  else expect(forward.interval?.from).toBe(from);
});

describe('HTML bodies', () => {
  const header = (bold: (text: string) => string): string =>
    `${bold('From:')} Info &lt;<a href="mailto:info@threat.example">info@threat.example</a>&gt;<br>${bold('Sent:')} Tuesday, October 20, 2020 10:00 AM<br>${bold('To:')} voter@mail.example<br>${bold('Subject:')} Vote or else`;
  const bold = (text: string): string => `<b>${text}</b>`;
  test.each<[string, string]>([
    [
      'Gmail',
      `<div dir="ltr">${VOTER_WORDS}<br><br><div class="gmail_quote"><div dir="ltr" class="gmail_attr">---------- Forwarded message ---------<br>From: <strong class="gmail_sendername" dir="auto">Info</strong> <span dir="auto">&lt;<a href="mailto:info@threat.example">info@threat.example</a>&gt;</span><br>Date: Tue, Oct 20, 2020 at 10:00 AM<br>Subject: Vote or else<br>To:  &lt;<a href="mailto:voter@mail.example">voter@mail.example</a>&gt;<br></div><br><br><p>Vote</p></div></div>`,
    ],
    [
      'Outlook on the web',
      `<div>${VOTER_WORDS}</div><hr tabindex="-1" style="display:inline-block; width:98%"><div id="divRplyFwdMsg" dir="ltr"><font face="Calibri">${header(bold)}</font><div>&nbsp;</div></div><div><p>Vote</p></div>`,
    ],
    [
      'Outlook',
      `<p class="MsoNormal">${VOTER_WORDS}<o:p></o:p></p><div style="border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0in 0in 0in"><p class="MsoNormal">${header(bold)}<o:p></o:p></p></div><p class="MsoNormal"><o:p>&nbsp;</o:p></p><p>Vote</p>`,
    ],
    [
      'Thunderbird',
      `<p>${VOTER_WORDS}</p><div class="moz-forward-container"><br><br>-------- Forwarded Message --------<table class="moz-email-headers-table"><tbody><tr><th align="RIGHT">Subject: </th><td>Vote or else</td></tr><tr><th>Date: </th><td>Tue, 20 Oct 2020 10:00:00 -0400</td></tr><tr><th>From: </th><td>Info <a href="mailto:info@threat.example">&lt;info@threat.example&gt;</a></td></tr><tr><th>To: </th><td>voter@mail.example</td></tr></tbody></table><br><br><p>Vote</p></div>`,
    ],
    [
      'Apple Mail',
      `${VOTER_WORDS}<br><div><br><blockquote type="cite"><div>Begin forwarded message:</div><br class="Apple-interchange-newline"><div style="margin:0"><span><b>From: </b></span><span>Info &lt;<a href="mailto:info@threat.example">info@threat.example</a>&gt;<br></span></div><div><span><b>Subject: </b></span><span><b>Vote or else</b><br></span></div><div><span><b>Date: </b></span><span>October 20, 2020 at 10:00:00 AM EDT<br></span></div><div><span><b>To: </b></span><span>voter@mail.example<br></span></div><br><div><p>Vote</p></div></blockquote></div>`,
    ],
    [
      'Yahoo',
      `<div>${VOTER_WORDS}</div><div id="ydp1yahoo_quoted_1" class="ydpyahoo_quoted"><div><div>----- Forwarded Message -----</div><div>${header(bold)}</div><div><br></div><div><p>Vote</p></div></div></div>`,
    ],
    [
      'Proton',
      `<div>${VOTER_WORDS}</div><div class="protonmail_quote">------- Forwarded Message -------<br>From: Info &lt;info@threat.example&gt;<br>Date: On Tuesday, October 20th, 2020 at 10:00 AM<br>Subject: Vote or else<br>To: voter@mail.example<br><br><blockquote class="protonmail_quote" type="cite"><p>Vote</p></blockquote></div>`,
    ],
  ])('%s', (_, html) => {
    const [forward] = find(htmlToText(html), null, html);
    expect(forward).toMatchObject({
      method: 'inline-html',
      from: { name: 'Info', address: 'info@threat.example' },
      subject: 'Vote or else',
      body: 'Vote',
      spansIn: 'text',
    });
    expect(forward!.to[0]?.address).toBe('voter@mail.example');
    // Found in the HTML too where the text part does not show it.
    expect(find('see below', null, html)[0]).toMatchObject({ spansIn: 'html', body: 'Vote' });
  });
});

test('Outlook Express shows the name only: the address is behind the link', () => {
  const html =
    '<DIV style="BACKGROUND: #e4e4e4; font-color: black"><B>From:</B> <A href="mailto:info@threat.example" title=x>Info</A></DIV><DIV><B>To:</B> v@mail.example</DIV><DIV><B>Sent:</B> Tuesday, October 20, 2020 10:00 AM</DIV><DIV><B>Subject:</B> Vote or else</DIV><DIV><BR></DIV>Vote';
  expect(find(htmlToText(html), 'Fw: Vote or else', html)[0]?.from).toEqual({
    name: 'Info',
    address: 'info@threat.example',
  });
});

describe('forwards inside forwards, and beside each other', () => {
  const forward = (name: string, subject: string, body: string): string =>
    `---------- Forwarded message ---------\nFrom: ${name} <${name}@x.example>\nDate: Tue, Oct 20, 2020 at 10:00 AM\nSubject: ${subject}\nTo: <v@x.example>\n\n${body}\n`;
  test('a forward of a forward: the outer one holds the inner one', () => {
    const outer = one(
      forward('clerk', 'Fwd: Vote', `Please check.\n\n${forward('threat', 'Vote', 'Vote!')}`),
    );
    expect(outer).toMatchObject({ subject: 'Fwd: Vote', ownText: 'Please check.' });
    expect(outer.nested).toMatchObject([{ kind: 'forward', subject: 'Vote', body: 'Vote!' }]);
  });
  test('a forward with nothing between the two markers nests too', () => {
    expect(one(forward('clerk', 'Vote', forward('threat', 'Vote', 'Vote!'))).nested).toHaveLength(
      1,
    );
  });
  test('several forwards in one mail stand side by side', () => {
    const text = `Two mails.\n\n${forward('a', 'First', 'Vote!')}\n${forward('b', 'Second', 'Or else!')}`;
    expect(find(text)).toMatchObject([
      { subject: 'First', body: 'Vote!', nested: [] },
      { subject: 'Second', body: 'Or else!', nested: [] },
    ]);
  });
  test('RFC 1153: a digest sets its messages apart by hyphens', () => {
    const item = (name: string): string =>
      `------------------------------\n\nDate: Tue, 20 Oct 2020 10:00:00 -0400\nFrom: ${name}@x.example\nSubject: ${name}\n\nbody ${name}\n\n`;
    expect(find(`Digest\n\n${item('a')}${item('b')}${item('c')}`, 'List Digest')).toMatchObject([
      { subject: 'a', body: 'body a', nested: [] },
      { subject: 'b', body: 'body b', nested: [] },
      { subject: 'c', body: 'body c', nested: [] },
    ]);
  });
  test('correspondence below a forwarded mail is older, not what was forwarded', () => {
    const older =
      'From: B <b@x.example>\nSent: Monday, October 19, 2020 9:00 AM\nTo: a@x.example\nSubject: Hi\n\nolder';
    const outer = one(forward('a', 'RE: Hi', `newer\n\n${older}`));
    expect(outer).toMatchObject({ kind: 'forward', ownText: 'newer' });
    expect(outer.nested).toMatchObject([{ kind: 'reply', subject: 'Hi', body: 'older' }]);
  });
});

test('a marker in a language of no table still belongs to the header', () => {
  const text = `Look.\n\n---------- Mesej dimajukan ----------\nFrom: a@x.example\nDate: 2020-10-20 10:00\nTo: b@x.example\n\nVote`;
  expect(text.slice(one(text).headerSpan.start)).toMatch(/^-{10} Mesej/);
});

describe('replies', () => {
  const ATTRIBUTION = 'On Tue, Oct 20, 2020 at 10:00 AM Info <info@threat.example> wrote:';
  test('a reply that says something is no forward', () => {
    expect(find(`Thank you.\n\n${ATTRIBUTION}\n\n> Vote\n`, 'Re: Vote')).toEqual([]);
  });
  test('a quote that is all there is counts, as a reply', () => {
    expect(one(`\n${ATTRIBUTION}\n\n> Vote\n> now\n`)).toMatchObject({
      kind: 'reply',
      from: { name: 'Info', address: 'info@threat.example' },
      body: 'Vote\nnow',
    });
  });
  test.each([
    ['de', 'Am 20.10.2020 um 10:00 schrieb Info <info@threat.example>:'],
    ['fr', 'Le mar. 20 oct. 2020 à 10:00, Info <info@threat.example> a écrit :'],
    ['es', 'El mar, 20 oct 2020 a las 10:00, Info (<info@threat.example>) escribió:'],
    ['pl', 'wt., 20 paź 2020 o 10:00 Info <info@threat.example> napisał(a):'],
    ['ru', 'вт, 20 окт. 2020 г. в 10:00, Info <info@threat.example>:'.replace('>:', '> написал:')],
  ])('in %s', (_, line) => {
    expect(one(`${line}\n> Vote`).from).toEqual({ name: 'Info', address: 'info@threat.example' });
  });
  test('a quote with an answer below or between is no forward', () => {
    expect(find(`${ATTRIBUTION}\n> Vote\n\nNo.`)).toEqual([]);
    expect(find(`${ATTRIBUTION}\n> Vote\nNo.\n> now`)).toEqual([]);
    expect(find(`${ATTRIBUTION}\n> Vote\n\n--\nClerk`)).toHaveLength(1);
  });
  test('an Outlook reply that says something is no forward', () => {
    const text =
      'Thanks.\n\nFrom: A <a@x.example>\nSent: Monday, October 19, 2020 9:00 AM\nTo: b@x.example\nSubject: Hi\n\nolder';
    expect(find(text, 'RE: Hi')).toEqual([]);
    expect(find(text, '[list] RE: Hi')).toEqual([]);
    expect(find(text, 'FW: Hi')).toHaveLength(1);
    expect(find(text, 'Re: Hi (fwd)')).toHaveLength(1);
  });
});

test('headers pasted as text, folds lost on the way', () => {
  const text = `Here is the source:\n\nDelivered-To: voter@mail.example\nReceived: by 2002:a05:6402:f0b with SMTP id i11;\nTue, 20 Oct 2020 07:00:01 -0700 (PDT)\nReturn-Path: <info@threat.example>\nMessage-ID: <1@threat.example>\nFrom: Info <info@threat.example>\nTo: voter@mail.example\nSubject: Vote or else\nDate: Tue, 20 Oct 2020 10:00:00 -0400\nMIME-Version: 1.0\n\nVote`;
  expect(one(text)).toMatchObject({
    method: 'pasted-headers',
    from: { name: 'Info', address: 'info@threat.example' },
    subject: 'Vote or else',
    date: '2020-10-20T14:00:00.000Z',
    body: 'Vote',
  });
});

test.each([
  ['prose with colons', 'From: Monday\nTo: Friday\nSubject: holiday\n\nWe are closed.'],
  ['one label', 'From: a@x.example\n\nhello'],
  ['a marker without labels', '---------- Forwarded message ---------\n\nhello'],
  ['nothing', ''],
])('no forward in %s', (_, text) => {
  expect(find(text)).toEqual([]);
});

const piece = fc.constantFrom(
  ...[
    'From: a@x.example\n',
    'To: b\n',
    'Date: 20 Oct 2020 10:00\n',
    'Subject: s\n',
    '> ',
    '\n',
    '\r\n',
  ],
  ...[
    '---- Forwarded message ----\n',
    'Received: by x\n',
    'Message-ID: <1>\n',
    'X-A: b\n',
    'text ',
    '*',
  ],
  ...[
    'On 20 Oct 2020 10:00 A <a@x.example> wrote:\n',
    '-----Original Message-----\n',
    '\0',
    '\ud83d',
  ],
);

test('any text gives spans that lie in it, in order', () => {
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
      const text = pieces.join('');
      for (const { before, headerSpan, bodySpan } of find(text)) {
        const marks = [before.start, before.end, headerSpan.start, headerSpan.end];
        expect(marks).toEqual(marks.toSorted((a, b) => a - b));
        expect(headerSpan.end <= bodySpan.start && bodySpan.start <= bodySpan.end).toBe(true);
        expect(bodySpan.end <= text.length).toBe(true);
      }
    }),
  );
});

test.each([
  ['labels', 'To: x\n'],
  ['whole headers', 'From: a@x.example\nDate: 1\nTo: b\n\n'],
  ['stars', `From: ${'*'.repeat(50)}a\n`],
  ['pasted fields', 'X-A: b\n'],
  ['markers', '---- Forwarded message ----\n'],
])('many %s end', (_, text) => {
  expect(find(text.repeat(4_000)).length).toBeLessThanOrEqual(200);
});
