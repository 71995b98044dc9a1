import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readPatiently } from './received.ts';
import { readUsual } from './received-usual.ts';

const words = fc.constantFrom(
  ...[
    'a.example',
    'unknown',
    '192.0.2.1',
    'mx.example.',
    'helo',
    'by',
    'with',
    '-',
    'x=y',
    'root@h',
  ],
  ...[
    '<v@example.org>',
    '[192.0.2.9]',
    '2001:db8::1',
    'ESMTP',
    'Microsoft',
    'Microsoft SMTP Server',
    '(',
    ';',
    '\\',
  ],
);
const notes = fc.constantFrom(
  ...[
    '(b.example [192.0.2.7])',
    '([192.0.2.7])',
    '(192.0.2.7)',
    '[192.0.2.7]',
    '(x [2001:db8::7])',
  ],
  ...[
    '(Postfix)',
    '(a (b) c)',
    '(HELO x)',
    '(HELO x) (192.0.2.8)',
    '([192.0.2.9] helo=x)',
    '([192.0.2.9]  helo=unknown)',
    '(helo=x)',
    '(Postfix, from userid 1)',
    '(u@h [1.2.3.4])',
    '',
  ],
  ...[
    '(@[192.0.2.5]) (authenticated)',
    '(a [192.0.2.7] (may be forged))',
    ' named unknown',
    ' SMTP Server 15.20',
    '(5.0.2195)',
    '(open',
    '(escaped \\) )',
    ')',
    '[',
  ],
);
const leads = fc.constantFrom(
  ...['(from u@localhost) ', '(qmail 1 invoked by uid 2) ', '(qmail 1 from network[192.0.2.1])'],
  ...['(EGP: mail-8)', '[192.0.2.3] ', '(a (b) c) ', 'from [192.0.2.4] ', '', '', '', ''],
);
const gap = fc.constantFrom(' ', '\t', '   ');
const dates = fc.constantFrom(
  ...['; Tue, 20 Oct 2020 18:00:00 +0000', ';  1 Oct 2020 18:00:00 -0400 (EDT)', '; never', ''],
  ...['; Tue, 20 Oct 2020 18:00:00 +0000 for <v@example.org>', '; Sat, 31 Feb 2020 18:00:00 GMT'],
);
const clause = (name: string): fc.Arbitrary<string | null> =>
  fc.option(fc.tuple(fc.constant(name), gap, words, gap, notes).map((list) => list.join('')));
const fields = fc
  .tuple(...['from', 'by', 'via', 'WITH', 'id', 'for', 'by'].map(clause), gap, dates)
  .map((list) => list.filter((piece) => piece !== null).join(' '));
const led = fc.tuple(leads, fields).map((list) => list.join(''));

test('the short way reads what it takes exactly as the patient way does', () => {
  let taken = 0;
  fc.assert(
    fc.property(led, (value) => {
      const usual = readUsual(value);
      if (usual === null) return;
      taken += 1;
      expect(usual).toEqual(readPatiently(value));
    }),
    { numRuns: 2_000, seed: 20_201_021 },
  );
  expect(taken).toBeGreaterThan(200);
});

test('all that the sieve cannot tell apart is left to the patient way', () => {
  const date = 'Tue, 20 Oct 2020 18:00:00 +0000';
  expect(readUsual(`from a (b [192.0.2.1]) by c; ${date}`)).not.toBeNull();
  for (const odd of [
    `from a (b by c; ${date}`,
    `from a by c; ${date}; x`,
    `from a by c ${date}`,
    `by c; soon`,
  ])
    expect(readUsual(odd)).toBeNull();
});

test('an endless field is refused without a search', () => {
  expect(readUsual(`from a ${'('.repeat(100_000)}`)).toBeNull();
  expect(readUsual(`by ${'a ('.repeat(300)}`)).toBeNull();
});
