import fc from 'fast-check';
import { expect, test } from 'vitest';
import { nodeKernels } from '../../host/kernels/index.ts';
import { ADDRESSES_MAX, addressInName, parseMailboxes } from './address.ts';

const bytesOf = (latin1: string): Uint8Array =>
  Uint8Array.from(latin1, (char) => char.charCodeAt(0));
const read = (raw: string): readonly (readonly [string, string])[] =>
  parseMailboxes(bytesOf(raw), nodeKernels).map(({ name, address }) => [name, address]);

test.each<[string, string, [string, string][]]>([
  ['A.1.1', 'John Doe <jdoe@machine.example>', [['John Doe', 'jdoe@machine.example']]],
  [
    'A.1.2 quoted name',
    '"Joe Q. Public" <john.q.public@example.com>',
    [['Joe Q. Public', 'john.q.public@example.com']],
  ],
  [
    'A.1.2 several',
    'Mary Smith <mary@x.test>, jdoe@example.org, Who? <one@y.test>',
    [
      ['Mary Smith', 'mary@x.test'],
      ['', 'jdoe@example.org'],
      ['Who?', 'one@y.test'],
    ],
  ],
  [
    'A.1.2 bare brackets, escaped quotes',
    '<boss@nil.test>, "Giant; \\"Big\\" Box" <sysservices@example.net>',
    [
      ['', 'boss@nil.test'],
      ['Giant; "Big" Box', 'sysservices@example.net'],
    ],
  ],
  [
    'A.1.3 a group',
    'A Group:Ed Jones <c@a.test>,joe@where.test,John <jdoe@one.test>;',
    [
      ['Ed Jones', 'c@a.test'],
      ['', 'joe@where.test'],
      ['John', 'jdoe@one.test'],
    ],
  ],
  ['A.1.3 an empty group', 'Undisclosed recipients:;', []],
  [
    'A.5 comments everywhere',
    'Pete(A nice \\) chap) <pete(his account)@silly.test(his host)>',
    [['Pete', 'pete@silly.test']],
  ],
  [
    'A.5 a group with comments',
    "A Group(Some people)\r\n     :Chris Jones <c@(Chris's host.)public.example>,\r\n joe@example.org,\r\n  John <jdoe@one.test> (my dear friend); (the end of the group)",
    [
      ['Chris Jones', 'c@public.example'],
      ['', 'joe@example.org'],
      ['John', 'jdoe@one.test'],
    ],
  ],
  [
    'A.6.1 a dot in a name',
    'Joe Q. Public <john.q.public@example.com>',
    [['Joe Q. Public', 'john.q.public@example.com']],
  ],
  [
    'A.6.1 an obsolete route',
    'Mary Smith <@node.test:mary@example.net>, , jdoe@test  . example',
    [
      ['Mary Smith', 'mary@example.net'],
      ['', 'jdoe@test.example'],
    ],
  ],
])('RFC 5322 appendix %s', (_, raw, mailboxes) => {
  expect(read(raw)).toEqual(mailboxes);
});

test.each<[string, string, [string, string][]]>([
  [
    'an old comment as name',
    'clerk@county.example (County Clerk)',
    [['County Clerk', 'clerk@county.example']],
  ],
  ['the null address', '<>', [['', '']]],
  ['words only', 'Election Office', [['Election Office', '']]],
  [
    'a name that holds an address',
    'a@bank.example <x@evil.example>',
    [['a@bank.example', 'x@evil.example']],
  ],
  ['no brackets', 'County Clerk clerk@county.example', [['County Clerk', 'clerk@county.example']]],
  [
    'semicolons between',
    'a@x.example; b@x.example',
    [
      ['', 'a@x.example'],
      ['', 'b@x.example'],
    ],
  ],
  [
    'an encoded word with a comma',
    '=?utf-8?Q?Doe,_J=C3=B6rg?= <d@x.example>',
    [['Doe, Jörg', 'd@x.example']],
  ],
  [
    'an encoded word with a raw comma',
    '=?utf-8?Q?Doe, J?= <d@x.example>',
    [['Doe, J', 'd@x.example']],
  ],
  ['an encoded word in quotes', '"=?utf-8?Q?J=C3=B6rg?=" <d@x.example>', [['Jörg', 'd@x.example']]],
  [
    'a character cut between words',
    '=?utf-8?B?w6TDtsM=?= =?utf-8?B?vA==?= <d@x.example>',
    [['äöü', 'd@x.example']],
  ],
  ['a mailto remnant', 'mailto:a@x.example', [['', 'a@x.example']]],
  ['IDN is kept', 'a@b\u00c3\u00bccher.example', [['', 'a@bücher.example']]],
  ['a quoted local part', '"john doe"@x.example', [['', '"john doe"@x.example']]],
  ['an address literal', '<a@[192.0.2.1]>', [['', 'a@[192.0.2.1]']]],
  ['blanks inside quotes', 'First" M. "Last <d@x.example>', [['First M. Last', 'd@x.example']]],
  ['brackets in brackets', 'Clerk <<<a@x.example>>>', [['Clerk', 'a@x.example']]],
  ['a name in the brackets', 'All <Clerk <a@x.example>>', [['All Clerk', 'a@x.example']]],
  [
    'a bracket that is not closed',
    'A <a@x.example, B <b@x.example>',
    [['A a@x.example, B', 'b@x.example']],
  ],
  ['a bracket in the domain', '<a@x<y.example>', [['', 'a@x<y.example']]],
  ['a bracket that is not opened', 'a@x.example>', [['', 'a@x.example']]],
  ['a bracket in a quoted local part', '<"a<b"@x.example>', [['', '"a<b"@x.example']]],
  ['an open quote', '"Clerk <a@x.example>', [['Clerk', 'a@x.example']]],
  ['an open comment', 'Clerk (x <a@x.example>', [['Clerk (x', 'a@x.example']]],
  [
    'no comma between',
    '<a@x.example> <b@x.example>',
    [
      ['', 'a@x.example'],
      ['', 'b@x.example'],
    ],
  ],
])('as software writes it: %s', (_, raw, mailboxes) => {
  expect(read(raw)).toEqual(mailboxes);
});

test('a display name that shows another address is told', () => {
  expect(addressInName({ name: 'info@bank.example', address: 'x@evil.example' })).toBe(
    'info@bank.example',
  );
  expect(addressInName({ name: 'A@x.example', address: 'a@x.example' })).toBeNull();
  expect(addressInName({ name: 'me @ home', address: 'a@x.example' })).toBeNull();
});

test(`no more than ${ADDRESSES_MAX} are read`, () => {
  expect(read('a@x.example,'.repeat(ADDRESSES_MAX + 1))).toHaveLength(ADDRESSES_MAX);
});

test('any bytes never throw', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
      parseMailboxes(bytes, nodeKernels);
    }),
  );
});
