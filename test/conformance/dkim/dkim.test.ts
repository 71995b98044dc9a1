import fc from 'fast-check';
import { type DKIMResult, type DNSResolver, dkimVerify } from 'mailauth';
import { expect, test } from 'vitest';
import { verifyPlainDkim } from '../../../src/host/mailauth/plain-dkim.ts';
import { keyReader } from '../../../src/host/mailauth/plain-key.ts';
import { type DkimKey, makeDkimKey, makeEd25519Key, signDkim } from '../../kit/dkim-signer.ts';

/**
 * The short way for common DKIM signatures against mailauth, which is the reference: on every mail
 * that the short way judges, both must say the same. The mails are generated, then damaged; the
 * rows below are attacks and oddities by hand. What the short way leaves alone (null) is
 * mailauth's anyway.
 */
const RSA = makeDkimKey();
const ED = makeEd25519Key();
const KEYS = [RSA, ED] as const;
const AT = new Date(Date.UTC(2024, 0, 1));
const MAIL =
  'From: "Board" <info@board.example.org>\r\nTo: a@voter.example\r\nSubject: hello\r\n\r\nText  two \r\n\r\nmore\r\n\r\n';

type Records = (name: string) => readonly string[] | null;

const oneKey =
  (record: string): Records =>
  () => [record];

function resolver(records: Records, asked: string[]): DNSResolver {
  return (async (name: string) => {
    asked.push(name);
    const found = records(name);
    if (found === null) throw Object.assign(new Error('none'), { code: 'ENOTFOUND' });
    return [[...found]];
  }) as DNSResolver;
}

const seen = (result: DKIMResult) => ({
  domain: result.signingDomain,
  selector: result.selector,
  algo: result.algo,
  bits: result.modulusLength,
  fields: result.signingHeaders?.keys,
  signTime: result.signTime,
  expiresAfter: result.expiresAfter,
  result: result.status.result,
  comment: result.status.comment,
  aligned: result.status.aligned,
  underSized: result.status.underSized,
  warnings: result.status.warnings,
});

/** What the short way said, null where it stood aside; fails where the two differ. */
async function compared(mail: string, records: Records): Promise<string | null> {
  const bytes = Buffer.from(mail, 'latin1');
  const [ours, theirs]: [string[], string[]] = [[], []];
  const ask = resolver(records, ours);
  const plain = await verifyPlainDkim({
    bytes,
    at: AT,
    keyRecords: (name) => (ask(name, 'TXT') as Promise<string[][]>).catch(() => null),
    keys: keyReader(),
  });
  const reference = await dkimVerify(bytes, {
    resolver: resolver(records, theirs),
    strict: true,
    curTime: AT,
  });
  // A question must not be asked that the reference would not ask.
  expect(theirs).toEqual(expect.arrayContaining(ours));
  if (plain === null) return null;
  const signed = reference.results.filter(({ signingDomain }) => signingDomain !== undefined);
  expect(plain.results.map(seen)).toEqual(signed.map(seen));
  expect(plain.headerFrom).toEqual(reference.headerFrom);
  expect(plain.fromFields).toBe(reference.fromFields);
  expect(new Set(ours)).toEqual(new Set(theirs));
  return plain.results.map(({ status }) => status.result).join(' ');
}

const BODY_PIECES = [
  '\r',
  ' ',
  '\t',
  '\r\n',
  'a',
  'words',
  '\xe9\xa0',
  '.',
  '=20',
  '\r\n\r\n',
  '-- ',
];
const FIELDS = [
  'To: a@voter.example',
  'to:b@voter.example ',
  'Subject:  two  words\t',
  'Subject: folded\r\n\t here\r\n  and here',
  'X-Note: \xc3\xa9\xa0',
  'X-Note:',
  'Date: Mon, 1 Jan 2024 00:00:00 +0000',
];
const AUTHORS = [
  'info@board.example.org',
  'Board <info@board.example.org>',
  '"A, B" <info@Board.Example.ORG>',
  'info@mail.board.example.org (Board)',
  '=?utf-8?q?B?= <info@other.example>',
  '"x@bank.example" <info@board.example.org>',
  '"a@b, <c@d> e@" <info@board.example.org>',
  'a@b.example, c@d.example',
  'info@board.example.org, a@b.example',
  '"" Board " Office" <info@board.example.org>',
  '=?utf-8?q?info?=@board.example.org',
  'inf\xa4@board.example.org',
  'inf\xc3\xa9@board.example.org',
  'B\xe9\xa0 <info@board.example.org>',
  '<"Board@Board"@board.example.org>',
  'News@no.example,\r\n\t"Update@no.example"@board.example.org: <info@b.example>',
  'Group: info@board.example.org, b@c.example;',
  'Undisclosed:;',
  'info@[192.0.2.1]',
  'info@[1086695621], [x]@board.example.org',
  '<@relay.example:info@board.example.org>',
  '',
  ' ',
  'Board',
  'info@board.example.org.',
];
const MORE = ['', ' t=1700000000;', ' t=1700000000; x=1800000000;', ' x=1600000000;'];
const IDENTITIES = [
  '',
  ' i=@board.example.org;',
  ' i=me@sub.board.example.org;',
  ' i=@other.example;',
];
const CANONICAL = [
  'relaxed/relaxed',
  'simple/simple',
  'relaxed/simple',
  'simple/relaxed',
  'relaxed',
];
const DAMAGE = [
  '',
  'x',
  ' ',
  '\t',
  '\r\n',
  '\r\n ',
  ';',
  '=',
  ':',
  '\r',
  '\0',
  '\xa0',
  'b=',
  'From: z@y.example\r\n',
];

const mails = fc.record({
  key: fc.constantFrom(...KEYS),
  author: fc.constantFrom(...AUTHORS),
  fields: fc.array(fc.constantFrom(...FIELDS), { maxLength: 5 }),
  body: fc.array(fc.constantFrom(...BODY_PIECES), { maxLength: 30 }),
  c: fc.constantFrom(...CANONICAL),
  more: fc.constantFrom(...MORE),
  identity: fc.constantFrom(...IDENTITIES),
  h: fc.constantFrom(
    'from',
    'From:To:to:Subject',
    'from:from:x-note:date',
    'subject:from:x-absent',
  ),
  twice: fc.boolean(),
});

type Recipe = typeof mails extends fc.Arbitrary<infer Made> ? Made : never;

function written({ key, author, fields, body, c, more, identity, h, twice }: Recipe): string {
  const unsigned = `From: ${author}\r\n${fields.join('\r\n')}${fields.length > 0 ? '\r\n' : ''}\r\n${body.join('')}`;
  const tags = { d: 'board.example.org', s: 'sel', h, c, more: more + identity };
  const once = signDkim(unsigned, key, tags);
  return twice ? signDkim(once, key, { ...tags, c: 'relaxed/relaxed' }) : once;
}

test('on generated signatures the short way and mailauth agree, and it judges most of them', async () => {
  const said = new Map<string, number>();
  await fc.assert(
    fc.asyncProperty(mails, async (recipe) => {
      const result = (await compared(written(recipe), oneKey(recipe.key.record))) ?? 'left';
      said.set(result, (said.get(result) ?? 0) + 1);
    }),
    { numRuns: 300, seed: 6376 },
  );
  expect(said.get('pass')).toBeGreaterThan(60);
  expect(said.get('neutral')).toBeGreaterThan(5);
  expect(said.get('left')).toBeLessThan(200);
});

test('on damaged mails they agree', async () => {
  const said = new Map<string, number>();
  const damage = fc.array(fc.tuple(fc.nat(), fc.nat({ max: 3 }), fc.constantFrom(...DAMAGE)), {
    minLength: 1,
    maxLength: 3,
  });
  await fc.assert(
    fc.asyncProperty(mails, damage, async (recipe, edits) => {
      let mail = written(recipe);
      for (const [where, cut, put] of edits) {
        const at = where % mail.length;
        mail = mail.slice(0, at) + put + mail.slice(at + cut);
      }
      const stored = mail.replace(/(?<!\r)\n/g, '\r\n');
      const result = (await compared(stored, oneKey(recipe.key.record))) ?? 'left';
      said.set(result, (said.get(result) ?? 0) + 1);
    }),
    { numRuns: 500, seed: 8301 },
  );
  expect(said.get('fail')).toBeGreaterThan(5);
  expect(said.get('pass')).toBeGreaterThan(5);
});

const WEAK = makeDkimKey(768).record;
const [, P = ''] = RSA.record.split('p=');

/** Key records, with what the short way says of a valid signature; null: left to mailauth. */
test.each<[string, Records, string | null]>([
  ['plain', oneKey(RSA.record), 'pass'],
  ['in two strings', () => [RSA.record.slice(0, 100), RSA.record.slice(100)], 'pass'],
  ['without v and k', oneKey(`p=${P}`), 'pass'],
  ['with blanks and a closing semicolon', oneKey(`v=DKIM1 ; k=rsa ;\tp=${P} ;`), 'pass'],
  ['testing', oneKey(`v=DKIM1; t=y; p=${P}`), 'pass'],
  ['3.6.1 t=s with i= of d= itself', oneKey(`v=DKIM1; t=y:s; p=${P}`), 'pass'],
  ['3.6.1 h= with sha256', oneKey(`v=DKIM1; h=sha1:sha256; p=${P}`), 'pass'],
  ['3.6.1 h= without sha256', oneKey(`v=DKIM1; h=sha1; p=${P}`), null],
  ['3.6.1 s= for another service', oneKey(`v=DKIM1; s=tlsrpt; p=${P}`), null],
  ['3.6.1 revoked', oneKey('v=DKIM1; p='), null],
  ['3.6.1 v not first', oneKey(`k=rsa; v=DKIM1; p=${P}`), null],
  ['3.6.1 another version', oneKey(`v=DKIM2; p=${P}`), null],
  ['3.2 a tag twice', oneKey(`v=DKIM1; p=${P}; p=${P}`), null],
  ['unknown tag', oneKey(`v=DKIM1; z=1; p=${P}`), null],
  ['broken base64', oneKey(`v=DKIM1; p=${P.slice(1)}`), null],
  ['another key', oneKey(makeDkimKey().record), 'fail'],
  ['a key of another kind', oneKey(ED.record), null],
  ['RFC 8301 3.2 a short key', oneKey(WEAK), null],
  ['no record', () => null, null],
  ['an empty record', oneKey(''), null],
])('key record %s', async (_, records, said) => {
  const tags = { d: 'board.example.org', s: 'sel', h: 'from:to', more: ' i=@board.example.org;' };
  expect(await compared(signDkim(MAIL, RSA, tags), records)).toBe(said);
});

const signed = (more = '', key: DkimKey = RSA): string =>
  signDkim(MAIL, key, { d: 'board.example.org', s: 'sel', h: 'from:to:subject', more });

/** Attacks and oddities, with what the short way says of them. */
test.each<[string, string, string | null]>([
  ['as signed', signed(), 'pass'],
  ['ed25519', signed('', ED), null],
  ['mbox separator on top', `From a@b Mon Jan  1 00:00:00 2024\r\n${signed()}`, 'pass'],
  ['second From above', `From: evil@other.example\r\n${signed()}`, 'pass'],
  ['second Subject above', `Subject: evil\r\n${signed()}`, 'pass'],
  ['second Subject below', signed().replace('\r\n\r\n', '\r\nSubject: evil\r\n\r\n'), 'fail'],
  ['a field name with a blank before the colon', signed().replace('Subject:', 'Subject :'), null],
  ['a line that is no field', signed().replace('To:', 'no field\r\nTo:'), null],
  ['3.5 l=', signed(' l=4;'), null],
  ['3.5 unknown tag', signed(' y=1;'), null],
  ['3.2 tag names have case', signed().replace(' d=', ' D='), null],
  ['3.2 a tag twice', signed(' t=1; t=2;'), null],
  ['3.5 x before t', signed(' t=1700000000; x=1600000000;'), null],
  ['3.5 i= under another domain', signed(' i=a@evil.example;'), null],
  ['3.5 other query method', signed(' q=dns/other;'), null],
  ['3.3 rsa-sha1', signed().replace('rsa-sha256', 'rsa-sha1'), null],
  ['5.4 From not signed', signDkim(MAIL, RSA, { d: 'board.example.org', s: 'sel', h: 'to' }), null],
  ['an underscore in d=', signed().replaceAll('d=board', 'd=bo_ard'), null],
  ['b= of another length', signed().replace(/ b=..../, ' b='), 'fail'],
  ['b= with a tag inside', signed().replace(/ b=/, ' b=;b='), null],
  ['a seal', `ARC-Seal: i=1; cv=none\r\n${signed()}`, null],
  ['a CR alone in the body', signed().replace('Text', 'Te\rxt'), 'fail'],
  [
    'CRs alone that were signed',
    signDkim(MAIL.replace('Text  two ', '\rTe\r \rxt \r\r\n\r'), RSA, {
      d: 'board.example.org',
      s: 'sel',
      h: 'from',
      c: 'relaxed/relaxed',
    }),
    'pass',
  ],
  [
    'the empty body',
    signDkim('From: a@b.example\r\n\r\n', RSA, { d: 'b.example', s: 's', h: 'from' }),
    'pass',
  ],
  [
    'a body of blank lines',
    signDkim('From: a@b.example\r\n\r\n \r\n\t\r\n\r\n', RSA, {
      d: 'b.example',
      s: 's',
      h: 'from',
    }),
    'pass',
  ],
  ...[
    '"x@y.example" <a@b.example>',
    '"<x@y.example>" <a@b.example>',
    '"x@y.example, z@y.example" <a@b.example>',
    '"@"<a@b.example>',
    '"x@y.example;" <a@b.example>',
    '"group: x@y.example;" <a@b.example>',
    '"=?utf-8?q?x=40y.example?=" <a@b.example>',
    '"(x@y.example)" <a@b.example>',
  ].map((author): [string, string, string] => [
    `From: ${author}`,
    signDkim(`From: ${author}\r\n\r\nText\r\n`, RSA, { d: 'b.example', s: 's', h: 'from' }),
    'pass',
  ]),
  ['a list in brackets', MAIL.replace('"Board" ', '[List] Board ').replace('To:', 'X:'), ''],
  ['a bracket left open in the name', MAIL.replace('"Board" ', '[Board '), ''],
  ['blanks around the author', MAIL.replace(/"Board" (.*)/, '\t "Board" \t $1 \t'), ''],
  // Longer than a pattern that tries each blank in two places could read in a day.
  [
    'a From line of blanks',
    MAIL.replace('"Board" <info@board.example.org>', `${' '.repeat(100_000)}x`),
    '',
  ],
  ['no signature', MAIL, ''],
])('%s', async (_, mail, said) => {
  expect(await compared(mail, oneKey(RSA.record))).toBe(said);
});

test('a body over several pieces is digested as one', async () => {
  const line = `${'word '.repeat(12)} \r\n\r\n`;
  for (const length of [4_200, 4_300, 9_000])
    for (const c of ['relaxed/relaxed', 'simple/simple']) {
      const mail = `From: a@b.example\r\n\r\n${line.repeat(length)}`;
      const large = signDkim(mail, RSA, { d: 'b.example', s: 's', h: 'from', c });
      expect(await compared(large, oneKey(RSA.record))).toBe('pass');
    }
});
