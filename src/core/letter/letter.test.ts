import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { deliveryOf } from './delivery.ts';
import { commonInbox, Inboxes, isIntake } from './inbox.ts';
import { type HandedIn, isLetter, lettersAmong } from './letter.ts';
import { NO_OFFICE, officeAt, parseOffice } from './office.ts';

const CLERK = 'clerk@county.example';
const office = officeAt([CLERK]);

const mail = (change: Partial<HandedIn> = {}): HandedIn => ({
  from: 'vera@voter.example',
  to: [CLERK],
  deliveredTo: [],
  receivedFor: null,
  personal: true,
  verdict: 'undetermined',
  ...change,
});

const headers = (...fields: readonly (readonly [string, string])[]) => ({
  headers: fields.map(([name, value]) => ({ name, value, offset: 0, length: 0 })),
});

describe('a letter to the office', () => {
  test.each<[string, Partial<HandedIn>]>([
    ['names the office and nobody else', {}],
    ['was put into its mailbox', { deliveredTo: ['box7@county.example', CLERK] }],
    ['was put there and names others too', { deliveredTo: [CLERK], to: [CLERK, 'a@b.example'] }],
    ['is from a real account', { verdict: 'freemail' }],
  ])('is a mail that %s', (_, change) => {
    expect(isLetter(mail(change), office)).toBe(true);
  });

  test.each<[string, Partial<HandedIn>]>([
    ['names somebody else: it was handed in', { to: ['vera@voter.example'] }],
    ['names the office beside others, and no server put it there', { to: [CLERK, 'v@b.example'] }],
    ['names the office and lay in a voter’s mailbox', { deliveredTo: ['vera@voter.example'] }],
    ['is of a list or a program', { personal: false }],
    ['shows the office itself as its sender', { from: CLERK }],
    ['shows no sender', { from: '' }],
    ['lies about its sender', { verdict: 'spoofed-domain' }],
    ['resembles another domain', { verdict: 'lookalike' }],
  ])('is no mail that %s', (_, change) => {
    expect(isLetter(mail(change), office)).toBe(false);
  });

  test('is not from whom the reported messages show as their sender', () => {
    const group = 'info@group.example';
    const mails = [mail(), mail({ from: group }), mail({ from: group, personal: false, to: [] })];
    expect([...lettersAmong(mails.length, (n) => mails[n] as HandedIn, office)]).toEqual([0]);
  });

  test('is not told without an office', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(CLERK, 'a@b.example', '')), (to) => {
        expect(lettersAmong(1, () => mail({ to }), NO_OFFICE).size).toBe(0);
      }),
    );
  });
});

describe('delivery', () => {
  test('counts what stands above the newest Received field only', () => {
    const { deliveredTo } = deliveryOf(
      headers(
        ['X-Original-To', 'Elections@county.example'],
        ['Delivered-To', '<clerk@county.example>'],
        ['Received', 'from mx.example'],
        ['Delivered-To', 'forged@county.example'],
      ),
    );
    expect(deliveredTo).toEqual(['elections@county.example', CLERK]);
  });

  test.each([
    ['RFC 2919 list id', ['List-Id', '<news.county.example>']],
    ['RFC 2369', ['List-Unsubscribe', '<mailto:x@list.example>']],
    ['RFC 3834 section 5', ['Auto-Submitted', 'auto-replied']],
    ['precedence', ['Precedence', 'bulk']],
    ['RFC 5322 section 3.6.6', ['Resent-From', 'vera@voter.example']],
  ] as const)('is not personal: %s', (_, field) => {
    expect(deliveryOf(headers(field)).personal).toBe(false);
  });

  test('a program that says it is none is a person', () => {
    expect(deliveryOf(headers(['Auto-Submitted', 'no'], ['Precedence', 'first'])).personal).toBe(
      true,
    );
  });
});

describe('the office’s addresses', () => {
  test('a domain holds what is below it and nothing beside it', () => {
    const { holds } = officeAt(['county.example']);
    expect(['a@county.example', 'A@mx.County.example'].map(holds)).toEqual([true, true]);
    expect(['a@othercounty.example', 'county.example@x.example', ''].map(holds)).toEqual([
      false,
      false,
      false,
    ]);
  });

  test.each([
    ['clerk@county.example, @elections.example', ['clerk@county.example', 'elections.example']],
    ['B.example,a.example,b.example', ['a.example', 'b.example']],
  ])('%s', (text, names) => {
    const parsed = parseOffice(text);
    expect(parsed.ok && parsed.value.names).toEqual(names);
  });

  test.each(['', 'clerk', 'a@b@c', 'county.example,,', 'a b.example'])(
    'not an office: "%s"',
    (text) => {
      expect(parseOffice(text).ok).toBe(false);
    },
  );
});

describe('where nobody names the office', () => {
  const inboxes = (reporters: readonly string[]): Inboxes => {
    const all = new Inboxes();
    for (const from of reporters) all.addCarrier(mail({ from }));
    return all;
  };
  const letters = (count: number): readonly HandedIn[] =>
    Array.from({ length: count }, () => mail());
  const told = (reporters: readonly string[], others: number): boolean =>
    inboxes(reporters).list(letters(others)).some(isIntake);

  test.each<[string, readonly string[], number, boolean]>([
    ['three people sent forwards there', ['a@v.example', 'b@v.example', 'c@v.example'], 9, true],
    [
      'one more letter and it is a mailbox like any',
      ['a@v.example', 'b@v.example', 'c@v.example'],
      10,
      false,
    ],
    ['two people are not enough', ['a@v.example', 'b@v.example'], 0, false],
    ['nor is one who sends many', Array.from({ length: 50 }, () => 'a@v.example'), 0, false],
  ])('%s', (_, reporters, others, is) => {
    expect(told(reporters, others)).toBe(is);
  });

  test('a case without forwards has no inbox to look at', () => {
    expect(new Inboxes().list(letters(1_000))).toEqual([]);
  });

  const from = (...senders: readonly string[]): readonly HandedIn[] =>
    senders.map((sender) => mail({ from: sender }));
  const elsewhere = (count: number): readonly HandedIn[] =>
    Array.from({ length: count }, (_, at) => mail({ to: [`v${at}@voter.example`] }));
  const three = from('a@v.example', 'b@v.example', 'c@v.example');

  test.each<[string, readonly HandedIn[], number | null]>([
    ['three people wrote to one address: worth a question', three, 3],
    ['a quarter of the mail is enough', [...three, ...elsewhere(9)], 3],
    ['less is a mailbox like any', [...three, ...elsewhere(10)], null],
    ['one who writes often is one', from(...Array.from({ length: 9 }, () => 'a@v.example')), null],
    ['lists and programs do not count', three.map((one) => ({ ...one, personal: false })), null],
    ['nor do senders that lie', three.map((one) => ({ ...one, verdict: 'lookalike' })), null],
    ['nothing', [], null],
  ])('and no forward came, %s', (_, mails, count) => {
    expect(commonInbox(mails)?.personal ?? null).toBe(count);
    expect(commonInbox(mails)?.address ?? CLERK).toBe(CLERK);
  });

  test('counts what persons wrote apart from all others', () => {
    const others = [...letters(2), mail({ personal: false })];
    expect(inboxes(['a@v.example']).list(others)).toEqual([
      { address: CLERK, forwards: 1, others: 3, personal: 2, reporters: 1 },
    ]);
  });
});
