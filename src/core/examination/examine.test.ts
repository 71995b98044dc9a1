import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { anyText } from '../../../test/kit/any-text.ts';
import { nodeKernels } from '../../host/kernels/index.ts';
import type { Instant, Sha256 } from '../base/index.ts';
import type { Exhibit } from '../evidence/index.ts';
import { messageJudge, uncheckedAuthentication } from '../forensics/index.ts';
import type { Hop, MailMessage, MailPart } from '../mail/index.ts';
import { NOBODY_ASKED } from './asking.ts';
import type { ExaminedMessage } from './examine.ts';
import { closeExamineJson, messageExamineJson, openExamineJson } from './examine-json.ts';
import { examineClosing, examineHeading, messageLine, readingText } from './examine-text.ts';

const DIGEST = 'ab'.repeat(32) as Sha256;
const EXHIBIT: Exhibit = { digest: DIGEST, bytes: 1_234_567, kind: 'mbox' };

const hop = (more: Partial<Hop>): Hop => ({
  from: 'relay.example',
  reverseName: null,
  by: 'mx.voter.example',
  ip: '192.0.2.9',
  protocol: 'ESMTPS',
  date: '2020-10-20T13:05:00.000Z' as Instant,
  trusted: false,
  offset: 0,
  length: 1,
  ...more,
});

const judge = messageJudge({
  protectedHolders: [],
  coercionNames: { groups: [], candidatesAndParties: [] },
  networks: [],
  kernels: nodeKernels,
});

function examined(more: Partial<MailMessage> = {}, offset: number | null = 12): ExaminedMessage {
  const message: MailMessage = {
    path: '0',
    offset: 0,
    length: 4_000,
    sha256: DIGEST,
    role: 'original',
    headers: [],
    from: { name: 'Sentinels', address: 'info@sentinels.example' },
    replyTo: [],
    to: [],
    subject: 'Vote or else',
    dateText: null,
    date: null,
    messageId: null,
    parts: [],
    text: 'Hello',
    textFrom: 'plain',
    route: [],
    forward: null,
    defects: [],
    ...more,
  };
  const authentication = uncheckedAuthentication([]);
  const judgement = judge({ message, bodies: [], authentication });
  const bytesOf = () => ({ offset: null, length: null, why: 'rebuilt' }) as const;
  return { offset, bytesOf, message, judgement, isLetter: false, isEither: false };
}

const UNSAFE = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u;

describe('examine for a person', () => {
  test('the trust boundary stands between what was recorded and what was claimed', () => {
    const route = [hop({ trusted: true }), hop({ trusted: false, from: 'claimed.example' })];
    const text = readingText([examined({ route })]);
    const [recorded, claimed] = text.split('-- trust boundary');
    expect(recorded).toContain('relay[.]example (192[.]0[.]2[.]9)');
    expect(recorded).not.toContain('claimed[.]example');
    expect(claimed).toContain('claimed[.]example');
  });

  test('a name by address that was not confirmed is said to be doubted, in text and in JSON', () => {
    const route = [
      hop({ reverseName: 'office.example', doubted: true }),
      hop({ reverseName: 'relay.example' }),
      hop({}),
    ];
    const one = examined({ route });
    expect(readingText([one])).toMatch(/\(office\[\.\]example may be forged 192/);
    const { route: hops } = JSON.parse(messageExamineJson(one, 0));
    expect(hops).toMatchObject([
      { reverseName: 'office.example', doubted: true },
      { reverseName: 'relay.example', doubted: false },
      { reverseName: null, doubted: false },
    ]);
  });

  test('a hop with long names stands in rows of the terminal’s width', () => {
    const from = `${'long-'.repeat(8)}name.relay.example`;
    const text = readingText([examined({ route: [hop({ from, by: from, trusted: true })] })]);
    const rows = text.split('\n').filter((line) => /^ {7}(?:from|by) /.test(line));
    expect(rows).toHaveLength(2);
    for (const row of rows) expect(row.length).toBeLessThanOrEqual(96);
  });

  test('older correspondence in a message accuses nobody and gives nothing to block', () => {
    const forward = { method: 'inline-html', intact: false, lost: ['route'] } as const;
    const text = readingText([examined({ path: '0.i', role: 'attached', forward })]);
    expect(text).toContain('older correspondence, quoted');
    expect(text).toMatch(/Judged +no: [^|]*Blame nobody/);
    expect(text).not.toMatch(/Verdict|Traces|We need the original/);
    const file = { ...forward, method: 'attached' } as const;
    expect(readingText([examined({ role: 'attached', forward: file })])).toContain('Verdict');
  });

  test('a mail that may be a carrier or what was reported is shown as both, accusing nobody', () => {
    const headers = [{ name: 'From', value: 'Nora <nora@x.example>', offset: 0, length: 0 }];
    const holder = { ...examined({ role: 'carrier', headers }), isEither: true };
    const forward = { method: 'inline-text', intact: false, lost: ['route'] } as const;
    const block = { ...examined({ path: '0.i', forward }), isEither: true };
    const [, tree, outer, inner] = readingText([holder, block]).split(/\nMessage /);
    expect(tree?.match(/either way:/g)).toHaveLength(2);
    expect(outer).toMatch(/itself what was reported.*Either +whoever reports.*Verdict/s);
    expect(inner).toMatch(/Either +handed on.*made up.*Blame nobody/s);
    expect(JSON.parse(messageExamineJson(holder, 0))).toMatchObject({
      role: 'carrier',
      either: true,
    });
    const sure = readingText([{ ...holder, isEither: false }]);
    expect(sure).toMatch(/the reporter's own mail, which/);
    expect(sure).not.toMatch(/Either|Verdict/);
  });

  test('a date without a zone is shown as the interval of what it can mean', () => {
    const [from, until] = ['2020-10-19T18:59:00.000Z', '2020-10-20T20:59:00.000Z'] as Instant[];
    const dateInterval = { from: from!, until: until! };
    const one = examined({ dateText: 'Tue, Oct 20, 2020 at 8:59 AM', dateInterval });
    expect(readingText([one]).replace(/\s+/g, ' ')).toContain(
      '8:59 AM", without a time zone: between 2020-10-19 18:59:00 UTC and 2020-10-20 20:59:00 UTC',
    );
    expect(JSON.parse(messageExamineJson(one, 0))).toMatchObject({ date: null, dateInterval });
    expect(JSON.parse(messageExamineJson(examined(), 0)).dateInterval).toBeNull();
    expect(readingText([examined({ dateText: 'soon' })])).toContain('(not read as a date: "soon")');
  });

  test('an address with a character that shows nothing is given as sent and as shown', () => {
    const field = { name: 'From', value: '<a\u200bb@evil.example.com>', offset: 0, length: 9 };
    const text = readingText([examined({ headers: [field] })]);
    expect(text).toMatch(/a\[U\+200B\]b\[at\]evil[^\n]*; hidden character\)/);
    expect(text).toMatch(/ ab\[at\]evil[^\n]*; as shown: what was sent has a hidden character\)/);
    expect(text).not.toMatch(/ b\[at\]evil/);
  });

  test('words of the recipient’s gateway are named as such', () => {
    const text = 'CAUTION: This email originated from outside. We have all.';
    const one = examined({ text, banner: { product: 'Mimecast', length: 45 } });
    expect(readingText([one])).toMatch(/Added +by a mail gateway.*\(Mimecast\)/);
    expect(JSON.parse(messageExamineJson(one, 0)).banner).toEqual({
      product: 'Mimecast',
      length: 45,
    });
    expect(readingText([examined()])).not.toContain('Added');
  });

  test('a route without a trusted hop is called a claim, whole', () => {
    const text = readingText([examined({ route: [hop({})] })]);
    expect(text.indexOf('all of it is a claim')).toBeLessThan(text.indexOf('relay[.]example'));
  });

  test.each<[string, Partial<MailPart>, string | null]>([
    ['as labelled', { charsetHow: 'label', charsetDeclared: 'windows-1251' }, null],
    ['a guess', {}, 'Part 0.1 does not say its charset: windows-1251 is a guess.'],
    [
      'overruled',
      { charset: 'utf-8', charsetDeclared: 'latin1' },
      'says "latin1": it was read as utf-8, a guess.',
    ],
    [
      'a label that would move the cursor',
      { charsetDeclared: `\u001b[2J${'x'.repeat(300)}` },
      'Part 0.1 says "',
    ],
  ])(
    'a charset that was not simply said is one line, in JSON how it was chosen: %s',
    (_, more, line) => {
      const part: MailPart = {
        path: '0.1',
        contentType: 'text/plain',
        charset: 'windows-1251',
        charsetHow: 'guess',
        charsetDeclared: null,
        encoding: '8bit',
        fileName: null,
        disposition: null,
        offset: 0,
        length: 5,
        bytes: 5,
        sha256: DIGEST,
        ...more,
      };
      const message = examined({ parts: [part] });
      const text = readingText([message]);
      const lines = text.split('\n').filter((each) => each.startsWith('  Charset'));
      expect(lines).toHaveLength(line === null ? 0 : 1);
      expect(text.replace(/\n\s+/g, ' ')).toContain(line ?? '');
      expect(text.replaceAll('\n', '')).not.toMatch(UNSAFE);
      const { charsetHow, charsetDeclared } = part;
      expect(JSON.parse(messageExamineJson(message, 0)).parts).toMatchObject([
        { charset: part.charset, charsetHow, charsetDeclared },
      ]);
    },
  );

  test('every sender of the From line is shown', () => {
    const authors = ['office@group.example', 'b@two.example'].map((address) => ({
      name: '',
      address,
    }));
    const text = readingText([examined({ authors })]);
    expect(text).toContain('2 senders: <office[at]group[.]example>, <b[at]two[.]example>');
  });

  test.each([
    [1_580_400, '18 days'],
    [22_000, '6 hours'],
    [2_400, '40 minutes'],
    [90, '90 seconds'],
  ])('a wait of %i seconds is said as %s', (seconds, words) => {
    const one = examined();
    const oddities = [{ code: 'long-wait', hop: 0, seconds }] as const;
    const text = readingText([{ ...one, judgement: { ...one.judgement, oddities } }]);
    expect(text.replace(/\s+/g, ' ')).toContain(`before it (${words})`);
  });

  test('a decoded message has no place in the file', () => {
    expect(readingText([examined({}, null)])).toContain('4,000, decoded: they do not stand in');
    expect(readingText([examined({}, 12)])).toContain('4,000, from byte 12 of the file');
  });

  test('what a forward lost and what its form can prove are said', () => {
    const forward = { method: 'inline-text', intact: false, lost: ['headers', 'route'] } as const;
    expect(readingText([examined({ forward })])).toContain('Lost        headers, route');
    const closing = examineClosing({
      exhibit: EXHIBIT,
      messages: 1,
      asking: NOBODY_ASKED,
      allSteps: false,
      forms: new Set(['inline']),
      limits: [{ code: 'mail-depth', at: '0.1', text: 'Nested deeper than 64 levels.' }],
    });
    expect(closing).toContain('This form (plain forward) can prove');
    expect(closing).toContain('Nested deeper than 64 levels. [mail-depth at 0.1]');
    expect(readingText([examined({ forward })])).toContain('Name servers were not asked');
  });

  test('a paragraph on one line is read to its end', () => {
    const text = `${'we know where you live and '.repeat(10)}vote for A`;
    const rows = readingText([examined({ text })]).split('\n');
    expect(rows.find((row) => row.endsWith('vote for A'))).toMatch(/^ {5}\| /);
    for (const row of rows) expect(row.length).toBeLessThanOrEqual(96);
  });

  test('long lists, texts and values are cut and counted', () => {
    const to = Array.from({ length: 5_000 }, () => ({ name: '', address: 'a@b.example' }));
    const text = readingText([
      examined({
        to,
        subject: 'x'.repeat(1_000_000),
        text: 'line\n'.repeat(5_000),
        route: to.map(() => hop({})),
      }),
    ]);
    expect(text.length).toBeLessThan(10_000);
    for (const said of [
      '4,980 more',
      '1,000,000 characters',
      '4,960 more lines',
      '4,980 more hops',
    ]) {
      expect(text).toContain(said);
    }
  });

  test('no text from outside can move a cursor, hide, reorder or be clicked', () => {
    const nasty = anyText();
    fc.assert(
      fc.property(nasty, nasty, (a, b) => {
        const hostile = examined({
          subject: a,
          from: { name: b, address: `${a}@b.example` },
          text: `${b}\u001B[2J http://x.example`,
          dateText: a,
          messageId: b,
          route: [hop({ from: a, by: b, protocol: 'x\u202e' })],
        });
        for (const text of [
          readingText([hostile, hostile]),
          messageLine(hostile),
          examineHeading(`a\u009B${b}`, EXHIBIT),
        ]) {
          expect(text.replaceAll('\n', '').replace(/[\uFE0E\uFE0F]/g, '')).not.toMatch(UNSAFE);
          expect(text).not.toContain('http://');
        }
      }),
      { numRuns: 30 },
    );
  });
});

test("traces name the sender's side, not what the recipient's servers wrote of themselves", () => {
  const route = [
    hop({ from: 'edge.voter.example', ip: '192.0.2.77', trusted: true, offset: 0 }),
    hop({ from: 'bulk.sender.example', ip: '203.0.113.5', trusted: true, offset: 100 }),
    hop({ from: 'pc.sender.example', ip: '198.51.100.4', by: 'bulk.sender.example', offset: 200 }),
  ];
  const said = readingText([examined({ route })]);
  const traces = said.slice(said.indexOf('Traces'));
  for (const value of ['203[.]0[.]113[.]5', 'bulk[.]sender', '198[.]51[.]100[.]4', 'pc[.]sender'])
    expect(traces).toContain(value);
  for (const value of ['192[.]0[.]2[.]77', 'edge[.]voter', 'mx[.]voter'])
    expect(traces).not.toContain(value);
  expect(traces.replace(/\s+/g, ' ')).toContain('wrote of itself is left out (3; --json has all)');
});

test('what stands below copied header lines is put up for no blocking by itself', () => {
  const lost = ['authentication'];
  const copied = { method: 'pasted-headers', intact: false, lost } as const;
  expect(readingText([examined({ forward: copied })])).toMatch(/can\s+be\s+the\s+reporter's\s+own/);
  const attached = { method: 'attached', intact: true, lost: [] } as const;
  expect(readingText([examined({ forward: attached })])).not.toContain('Copied');
});

describe("the reporter's own mail", () => {
  const from = { name: 'Vera', address: 'vera@voter.example' };
  const text = 'Call me at (202) 555-0143. They wrote: vote for A or else we will come after you.';
  const own = (more: object): ExaminedMessage => {
    const { message, ...rest } = examined({ from, text, role: 'carrier' });
    const bodies = [{ path: '0.1', text, kind: 'plain' }] as never;
    const judgement = judge({ message, bodies, authentication: uncheckedAuthentication([]) });
    return { ...rest, message, judgement, ...more };
  };
  const letter = (() => {
    const { message, ...rest } = own({ isLetter: true });
    return { ...rest, message: { ...message, role: 'original' as const } };
  })();

  test.each([
    ['a carrier', own({}), 'which carries what was reported'],
    ['a letter', letter, 'a letter to the office, which tells of a message'],
  ])('%s is not judged, and nothing of its writer is put up for blocking', (_, mail, is) => {
    const said = readingText([mail]);
    expect(said).toContain(is);
    expect(said).toContain('Nothing in it is to be blocked');
    expect(said).not.toMatch(/Verdict|Traces|Because|telephone/);
    const [json] = JSON.parse(
      [openExamineJson(EXHIBIT), messageExamineJson(mail, 0), closeExamineJson([])].join(''),
    ).messages;
    expect(json.observables.length).toBeGreaterThan(0);
    for (const one of json.observables) expect(one.ofReporter).toBe(true);
  });

  test('what stands in a file that can be the message’s is not marked as the reporter’s', () => {
    const [place, named] = ['attachment', 'text'].map((where) => ({
      ...{ type: 'url', value: `https://${where}.example/`, ofRecipient: false, occurrences: 1 },
      where: [{ place: where, at: '0.2', offset: 0, length: 1, how: [], side: 'sender' }],
    })) as never[];
    const base = own({});
    const brings = { bait: false, runs: true, contacts: [], files: ['a'.repeat(64)] } as never;
    const marksOf = (message: typeof base.message): boolean[] => {
      const judgement = { ...base.judgement, observables: [place!, named!] };
      const mail = { ...base, message, judgement };
      const [json] = JSON.parse(
        [openExamineJson(EXHIBIT), messageExamineJson(mail, 0), closeExamineJson([])].join(''),
      ).messages;
      return json.observables.map((one: { ofReporter: boolean }) => one.ofReporter);
    };
    expect(marksOf(base.message)).toEqual([true, true]);
    expect(marksOf({ ...base.message, brings })).toEqual([false, true]);
  });

  test('a letter with a link is judged apart, and nothing of its writer stands in it', () => {
    const linked = `${text} Or write to vera@voter.example. See https://evil.example/login and https://voter.example/me`;
    const bodies = [{ path: '0.1', text: linked, kind: 'plain' }] as never;
    const { message } = letter;
    const judgement = judge({ message, bodies, authentication: uncheckedAuthentication([]) });
    const said = readingText([{ ...letter, judgement }]).replace(/\s+/g, ' ');
    expect(said).toMatch(
      /Either sent to the office by whoever asks for help.* or by whoever attacks/,
    );
    expect(said).toMatch(/Verdict .*Traces one .*hxxps\[:\]\/\/evil/);
    expect(said).not.toMatch(/Traces.*(555|vera\[at\]|voter\[\.\]example).*Text as/);
  });

  test('a letter that presses is still read first', () => {
    expect(readingText([letter])).toContain('Pressure');
    expect(JSON.parse(messageExamineJson(letter, 0)).role).toBe('letter');
  });
});

describe('examine as JSON', () => {
  const whole = (...messages: readonly ExaminedMessage[]): string =>
    [
      openExamineJson(EXHIBIT),
      ...messages.map(messageExamineJson),
      closeExamineJson([{ code: 'mail-depth', at: '0', text: 'cut' }]),
    ].join('');

  test.each([0, 1, 3])('%i messages in pieces make one document', (count) => {
    const document = JSON.parse(whole(...Array.from({ length: count }, () => examined())));
    expect(document.exhibit).toEqual({ sha256: DIGEST, bytes: 1_234_567, kind: 'mbox' });
    expect(document.messages).toHaveLength(count);
    expect(document.limits).toEqual([{ code: 'mail-depth', at: '0', text: 'cut' }]);
  });

  test('says that nothing was checked instead of leaving it out', () => {
    const [message] = JSON.parse(whole(examined())).messages;
    expect(message.authentication.source).toBe('none');
    expect(message.verdict.kind).toBe('undetermined');
    expect(message.verdict.reasons).toEqual([
      expect.objectContaining({ code: 'no-sender-address', at: null }),
    ]);
  });

  test('keeps every value exactly, and no raw byte that a terminal obeys', () => {
    fc.assert(
      fc.property(anyText(), (subject) => {
        const text = whole(examined({ subject, text: `\u009B2J\u202e${subject}` }));
        expect(JSON.parse(text).messages[0].subject).toBe(subject);
        expect(text.replaceAll('\n', '')).not.toMatch(UNSAFE);
      }),
    );
  });
});
