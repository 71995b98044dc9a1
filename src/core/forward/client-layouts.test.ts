import { describe, expect, test } from 'vitest';
import { nodeKernels as kernels } from '../../host/kernels/index.ts';
import { readForwardDate } from './forward-date.ts';
import { readForwardMailboxes } from './forward-sender.ts';
import { findInlineForwards } from './index.ts';

const read = (text: string, subject: string | null = null) =>
  findInlineForwards({ text, html: null, subject }, kernels);

const CLERK = { name: 'Clerk', address: 'clerk@county.example' };
const VOTER = '"vera@voter.example" <vera@voter.example>';

describe('plain text of Yahoo runs the header lines together', () => {
  test.each<[string, string]>([
    [
      'English',
      `   ----- Forwarded Message ----- From: Clerk <clerk@county.example>To: ${VOTER}Cc: B <b@voter.example>Sent: Tuesday, October 20, 2020, 10:00:00 AM GMT+1Subject: Vote: now`,
    ],
    [
      'a zone glued to the label',
      `----- Mesaj redirecționat ----- De la: Clerk <clerk@county.example>Către: ${VOTER}Trimis: marți, 20 octombrie 2020, 10:00:00 GMT+1 CETSubiect: Vote: now`,
    ],
    [
      'a blank before the colon',
      `----- Message transmis ----- De : Clerk <clerk@county.example>À : ${VOTER}Envoyé : mardi 20 octobre 2020, 10:00:00 UTC+1Objet : Vote: now`,
    ],
    [
      'labels without a colon',
      `----- Mensagem reencaminhada ----- De: Clerk <clerk@county.example>Para: ${VOTER}Cc B <b@voter.example>Enviado: terça-feira, 20 de outubro de 2020, 10:00:00 CETAssunto Vote: now`,
    ],
  ])('%s', (_, line) => {
    const text = `Look.\n${line}\n We know where you live.\n\nPay.`;
    const [forward] = read(text);
    expect(forward).toMatchObject({
      announced: 'forward',
      from: CLERK,
      subject: 'Vote: now',
      body: ' We know where you live.\n\nPay.',
    });
    expect(forward?.to.map(({ address }) => address)).toEqual(['vera@voter.example']);
    expect(forward?.date ?? forward?.interval?.from).toMatch(/^2020-10-(?:19|20)T/);
    expect(text.slice(forward?.before.start, forward?.before.end)).toBe('Look.');
  });

  test('quoted as well', () => {
    const line =
      '> ----- Forwarded Message ----- From: Clerk <clerk@county.example>To: a@voter.exampleSent: x';
    expect(read(`${line}\n> Pay.`)).toMatchObject([{ from: CLERK, body: 'Pay.' }]);
  });

  test('prose in a frame of hyphens is no header', () => {
    expect(read('--- Our plan --- Note: vote early. Subject: voting. From: us.')).toEqual([]);
  });
});

describe('forwards without labelled lines, in a mail whose subject is a forward', () => {
  test.each<[string, string]>([
    [
      'Yandex: date and sender below a marker',
      '-------- Пересылаемое сообщение --------\n20.10.2020, 10:00, "Clerk" <clerk@county.example>:\n',
    ],
    ['GroupWise: a frame', '>>> Clerk <clerk@county.example> 10/20/2020 10:00 AM >>>'],
  ])('%s', (_, line) => {
    const [forward, ...more] = read(`Look.\n\n${line}\nPay now.`, 'Fwd: x');
    expect(forward).toMatchObject({ kind: 'forward', from: CLERK, body: 'Pay now.' });
    expect(forward?.interval?.from).toMatch(/^2020-10-(?:19|20)T/);
    expect(more).toEqual([]);
  });

  test.each([
    ['a marker alone', '---------- Forwarded message ----------\n', null],
    [
      'a marker and a sender',
      '---------- Forwarded message ----------\nFrom: Clerk <clerk@county.example>\n',
      CLERK,
    ],
    [
      'a marker and its end',
      '-------- Beginning of forwarded message --------\n20.10.2020, 10:00, "Clerk" <clerk@county.example>:\n',
      CLERK,
    ],
  ])('%s', (_, head, from) => {
    const end = '\n\n-------- End of forwarded message --------\n-- \nVera';
    expect(read(`Look.\n\n${head}\nPay now.${end}`, 'Fwd: x')).toMatchObject([
      { kind: 'forward', announced: 'forward', from, subject: null, body: 'Pay now.' },
    ]);
    expect(read(`Look.\n\n${head}`, 'Fwd: x')).toEqual([]);
  });

  test('a date and a sender alone are prose without a marker', () => {
    expect(
      read('Look.\n20.10.2020, 10:00, "Clerk" <clerk@county.example>:\nPay.', 'Fwd: x'),
    ).toEqual([]);
  });
});

describe('labels that the table lacks, below a marker in words', () => {
  test.each<[string, string]>([
    ['Armenian colon', 'Ում կողմից՝'],
    ['Khmer colon', 'ពី៖'],
    ['Amharic colon, one letter', 'ከ፦'],
    ['Gujarati', 'પ્રેષક:'],
  ])('%s: the line with an address is the sender', (_, label) => {
    const text = `Look.\n\n---------- Forwarded message ---------\n${label} Clerk <clerk@county.example>\nDate: 20 Oct 2020, 10:00\nSubject: x\nTo: vera@voter.example\n\nPay.`;
    expect(read(text)).toMatchObject([{ from: CLERK, subject: 'x', body: 'Pay.' }]);
  });
});

test('a recipient wrapped between name and address stays out of the words', () => {
  const text =
    '---------- Forwarded message ---------\nFrom: Clerk <clerk@county.example>\nSubject: x\nTo: Vera <vera@voter.example>, Someone Else\n<else@voter.example>\n\n\nPay.';
  const [forward] = read(text);
  expect(forward?.body).toBe('Pay.');
  expect(forward?.to.map(({ address }) => address)).toContain('else@voter.example');
});

test('a recipient wrapped behind the opening bracket stays out of the words', () => {
  const text =
    '---------- Forwarded message ---------\nFrom: Clerk <clerk@county.example>\nDate: 20 Oct 2020, 10:00\nSubject: x\nTo: Vera <vera@voter.example>, Someone Else <\nelse@voter.example>\n\n\nPay.';
  const [forward] = read(text);
  expect(forward?.body).toBe('Pay.');
  expect(forward?.to.map(({ address }) => address)).toEqual([
    'vera@voter.example',
    'else@voter.example',
  ]);
});

describe('an attribution in a mail whose subject is a forward', () => {
  test.each<[string, string]>([
    ['English', 'On 20/10/2020 10:00, "Clerk" <clerk@county.example> wrote:'],
    ['Dutch', 'Op 20/10/2020 10:00 heeft Clerk <clerk@county.example> geschreven:'],
    ['French', 'Le 20/10/2020 10:00, « Clerk » <clerk@county.example> a écrit :'],
    ['Polish', 'Dnia 20/10/2020, 10:00 użytkownik „Clerk” <clerk@county.example> napisał:'],
    ['Hungarian', '20/10/2020 10:00 időpontban Clerk (clerk@county.example) ezt írta:'],
    ['Slovak', '20/10/2020 10:00 používateľ Clerk (<clerk@county.example>) napísal:'],
    ['Swedish', 'Den 20/10/2020 10:00 skrev "Clerk" <clerk@county.example> följande:'],
    ['Finnish', 'Clerk <clerk@county.example> kirjoitti 20/10/2020 10.00:'],
    ['Turkish', '"Clerk" <clerk@county.example>, 20/10/2020 10:00 tarihinde şunu yazdı:'],
    [
      'doubled address',
      'On 20/10/2020 10:00, Clerk <clerk@county.example<clerk@county.example>> wrote:',
    ],
  ])('%s', (_, line) => {
    const [forward] = read(`Look.\n\n${line}\n\n    Pay.\n`, 'Fwd: Vote');
    expect(forward).toMatchObject({
      kind: 'forward',
      announced: null,
      from: CLERK,
      body: '    Pay.',
    });
    expect(forward?.interval).toEqual({
      from: '2020-10-19T20:00:00.000Z',
      until: '2020-10-20T22:00:00.000Z',
    });
  });

  test.each<[string, string, string]>([
    [
      'quoted as well',
      'Look.\n> On Oct 20, 2020, at 10:00, Clerk <clerk@county.example> wrote:\n>\n> Pay.',
      'On Oct 20, 2020, at 10:00',
    ],
    [
      'in Japanese',
      'Look.\n\n2020年10月20日(火) 10:00 Clerk <clerk@county.example>:\n> Pay.',
      '2020年10月20日(火) 10:00 ',
    ],
    [
      'wrapped',
      'Look.\n\nOn Oct 20, 2020,\nat 10:00,\nClerk <clerk@county.example> wrote:\n> Pay.',
      'On Oct 20, 2020, at 10:00',
    ],
    [
      'without a clock reading',
      'Look.\n\nIl martedì 20 ottobre 2020, Clerk <clerk@county.example>\nha scritto:\n> Pay.',
      'Il martedì 20 ottobre 2020',
    ],
    [
      'with a word behind the date',
      'Look.\n2020.10.20. 10:00 keltezéssel, Clerk <clerk@county.example> írta:\n> Pay.',
      '2020.10.20. 10:00 ',
    ],
  ])('%s', (_, text, dateText) => {
    expect(read(text, 'Fwd: Vote')).toMatchObject([{ from: CLERK, dateText, body: 'Pay.' }]);
  });

  test('a quoted line that stands among quoted lines is the message\u2019s own', () => {
    const text =
      'Look.\n> We say:\n> On 20/10/2020 10:00, Clerk <clerk@county.example> wrote:\n> Pay.';
    expect(read(text, 'Fwd: Vote')).toEqual([]);
  });

  const LINE = 'On 20/10/2020 10:00, Clerk <clerk@county.example> wrote:';

  test('the marker above belongs to it', () => {
    const text = `---------- Forwarded message ---------\n${LINE}\n> Pay.`;
    expect(read(text, 'Fwd: Vote')).toMatchObject([
      { announced: 'forward', dateText: 'On 20/10/2020 10:00', before: { start: 0, end: 0 } },
    ]);
  });

  test.each([['Re: Vote'], ['Vote'], ['Re: Vote (fwd)']])('not in %s', (subject) => {
    expect(read(`I disagree.\n\n${LINE}\n\nPay.`, subject)).toEqual([]);
  });
});

test('BlackBerry sets its header lines apart', () => {
  const head =
    '-----Original Message-----\nFrom: Clerk <clerk@county.example>\n\nDate: Tue, 20 Oct 2020 10:00:06\nTo:<a@voter.example>\n\n\nSubject: Vote\n\n\n';
  expect(read(`Look.\n\n${head}Pay.`)).toMatchObject([
    { from: CLERK, subject: 'Vote', body: 'Pay.' },
  ]);
  const other =
    '-----Original Message-----\nFrom: Clerk <clerk@county.example>\nSubject: Vote\n\n\n';
  expect(read(`${other}To: all voters\nPay.`)).toMatchObject([
    { to: [], body: 'To: all voters\nPay.' },
  ]);
});

test('one line that lost its quote mark in wrapping does not end the forward', () => {
  const head = '> From: Clerk <clerk@county.example>\n> Date: 20 Oct 2020\n> Subject: Vote\n>\n';
  expect(read(`${head}> We know where you\nlive.\n> Pay.\nNo!`)).toMatchObject([
    { body: 'We know where you\nlive.\nPay.' },
  ]);
});

test.each<[string, readonly [string, string][]]>([
  ['Doe, John <j@x.example>', [['Doe, John', 'j@x.example']]],
  ['Doe, John [mailto:j@x.example]', [['Doe, John', 'j@x.example']]],
  [
    "'Berry, Ann' <a@x.example>, Doe, John<j@x.example>",
    [
      ['Berry, Ann', 'a@x.example'],
      ['Doe, John', 'j@x.example'],
    ],
  ],
  [
    'Ann; John <j@x.example>, b@x.example, Eve <e@x.example>',
    [
      ['Ann', ''],
      ['John', 'j@x.example'],
      ['', 'b@x.example'],
      ['Eve', 'e@x.example'],
    ],
  ],
])('a name with a comma is one name: %s', (value, expected) => {
  const found = readForwardMailboxes(value, kernels).map(({ name, address }) => [name, address]);
  expect(found).toEqual(expected);
});

test.each([
  ['uk', 'ср, 21 жовт. 2020 о 09:31'],
  ['fi', 'ke 21. lokak. 2020 klo 9.31'],
  ['et', 'K, 21. oktoober 2020 kell 09:31'],
  ['hu', '2020.10.21. 9:31'],
  ['de', 'Am Mi., 21. Okt. 2020 um 9:31 Uhr'],
  ['en', 'October-21-20 9:31 AM'],
])('dates as programs write them: %s', (language, text) => {
  expect(readForwardDate(text, [language]).interval?.until).toBe('2020-10-21T21:31:00.000Z');
});

test('German dates begin with a word that is no time of day', () => {
  for (const text of ['Am 21.10.2020 um 14:30', 'Am Mi., 21. Okt. 2020 um 14:30 Uhr'])
    expect(readForwardDate(text, ['de']).interval?.until).toBe('2020-10-22T02:30:00.000Z');
  expect(readForwardDate('Am 21.10.2020 um 12:46', ['de']).interval?.until).toBe(
    '2020-10-22T00:46:00.000Z',
  );
});

test.each([
  ['Estonian', 'Saatja: Clerk <clerk@county.example>\nKuupäev: 20. oktoober 2020\nTeema: Vote'],
  [
    'Romanian',
    'Începe mesajul redirecționat:\n\nExpeditorul: Clerk <clerk@county.example>\nSubiectul: Vote\nDestinatarul: a@voter.example',
  ],
  [
    'Ukrainian',
    'Від кого: Clerk <clerk@county.example>\nТема: Vote\nДата: 20 жовтня 2020 р. о 14:25',
  ],
  [
    'Japanese',
    '---------- メッセージを転送 ---------\n送信元：Clerk <clerk@county.example>\n件名：Vote\n送信先：a@voter.example',
  ],
  [
    'French',
    'Message du : 20/10/2020 13:20\nDe : "Clerk" <clerk@county.example>\nA : a@voter.example\nSujet : Vote',
  ],
  [
    'German',
    'Betreff: Vote\nDatum: 20 Oct 2020\nVon: Clerk <clerk@county.example>\nKopie (CC): b@voter.example',
  ],
])('labels in %s', (_, head) => {
  expect(read(`${head}\n\nPay.`)).toMatchObject([{ from: CLERK, subject: 'Vote', body: 'Pay.' }]);
});

test.each<[string, string]>([
  ['in one row', 'Download Original\tCopy to clipboard'],
  ['below each other', 'Download Original\nCopy to clipboard'],
  ['in another language', 'Descargar original\tCopiar en el portapapeles'],
  ['not copied', ''],
])(
  'the summary of “Show original” without a source is no text of the message: buttons %s',
  (_, row) => {
    const text = `Dear clerk\n\nOriginal Message\nMessage ID\t<a@group.example>\nCreated at:\tTue, Oct 20, 2020 at 8:59 AM\nFrom:\tProud Group <info@group.example>\nTo:\tvera@voter.example\nSubject:\tVote or else\nSPF:\tFAIL with IP 198.51.100.7 Learn more\nDMARC:\t'FAIL' Learn more\n\n\n${row}\n`;
    const [forward] = findInlineForwards({ text, html: null, subject: 'strange' }, kernels);
    expect(forward?.from?.address).toBe('info@group.example');
    expect(forward?.body).toBe('');
    const more = text.replace(/\n$/, '\n\nVote for Trump.\n');
    const [whole] = findInlineForwards({ text: more, html: null, subject: 'strange' }, kernels);
    expect(whole?.body).toBe('Vote for Trump.');
  },
);
