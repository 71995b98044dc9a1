import fc from 'fast-check';
import type { DNSResolver } from 'mailauth';
import { expect, test } from 'vitest';
import { recordingResolver } from '../../../src/host/dns/index.ts';
import { plainSpf } from '../../../src/host/mailauth/plain-spf.ts';
import { evaluateSpf, type SpfQuestion, spfFindingOf } from '../../../src/host/mailauth/spf.ts';
import { suiteRows, type Zone, zoneDns } from './zone.ts';

/**
 * The short way of SPF against mailauth, which is the reference: whatever the short way judges,
 * both must say in the same words after the same questions in the same order. What it leaves alone
 * (null) is mailauth's anyway; then it must have asked nothing that mailauth would not ask.
 */
async function compared(question: SpfQuestion, zone: Zone): Promise<string | null> {
  const [short, long] = [zone, zone].map((one) => recordingResolver(zoneDns(one), () => 0));
  const plain = await plainSpf(question, short!.ask);
  const reference = await evaluateSpf(question, long!.resolve as DNSResolver);
  const [ours, theirs] = [short!.transcript().entries, long!.transcript().entries];
  expect(ours).toEqual(theirs.slice(0, ours.length));
  if (plain === null) return null;
  expect(plain).toEqual(spfFindingOf(reference));
  expect(ours).toEqual(theirs);
  return plain.result;
}

test('the rows of the RFC 7208 suite that the short way judges, as mailauth does', async () => {
  let judged = 0;
  for (const [, row, zone] of suiteRows()) {
    const question = { ip: row.host, helo: row.helo, sender: row.mailfrom };
    if ((await compared(question, zone)) !== null) judged += 1;
  }
  // Most rows of the suite are about what is not plain; the figure stands in
  // mail-authentication.md.
  expect(judged).toBe(50);
});

const NAMES = ['a.example', 'mail.a.example', 'b.example.org', '_spf.B.example.org', 'c.example'];
const TARGETS = [...NAMES, 'gone.example', 'slow.example', 'x', 'a.example.', '%{d}', 'a..example'];
const ADDRESSES = ['192.0.2.1', '192.0.2.200', '198.51.100.7', '2001:db8::1', '192.0.2.01', 'no'];
const one = (words: readonly string[]) => fc.constantFrom(...words);

const term = fc
  .tuple(
    one(['', '', '', '+', '-', '~', '?', '!']),
    fc.oneof(
      one(['all', 'ALL', 'all', 'a', 'mx', 'ptr', 'foo=bar', 'exp=a.example', 'all:', 'a/24']),
      fc.tuple(one(['include:', 'a:', 'mx:', 'Include:', 'redirect=', 'exists:']), one(TARGETS)),
      fc.tuple(one(['ip4:', 'ip4:', 'ip6:', 'IP4:']), one(ADDRESSES)),
      fc.tuple(one(['a:', 'mx:']), one(TARGETS), one(['/0', '/24', '/33', '/024', '//64'])),
      fc.tuple(one(['ip4:192.0.2.0', 'ip6:2001:db8::']), one(['/8', '/29', '/033', '/', '/129'])),
    ),
  )
  .map((parts) => parts.flat().join(''));

const record = fc
  .tuple(
    one(['v=spf1', 'v=spf1', 'v=spf1', 'V=SPF1', 'v=spf10', 'v=spf1\t']),
    fc.array(term, { maxLength: 5 }),
    one(['', '', ' ', ' \xe9']),
  )
  .map(([version, terms, end]) => [version, ...terms].join(' ') + end);

const usual = fc
  .array(
    one([
      ...['a', 'mx', 'a:mail.a.example', '~mx:c.example', 'ip4:192.0.2.0/25', '-ip4:198.51.100.7'],
      ...['include:_spf.B.example.org', 'include:a.example', '?ip6:2001:db8::/32', 'a/24'],
      ...['redirect=c.example', '-all', '~all', '?all'],
    ]),
    { maxLength: 4 },
  )
  .map((terms) => ['v=spf1', ...terms].join(' '));

const rows = fc.record({
  TXT: fc.oneof(
    { weight: 16, arbitrary: usual.map((text) => [{ TXT: text }]) },
    { weight: 2, arbitrary: record.map((text) => [{ TXT: text }]) },
    { weight: 1, arbitrary: one(['other text', '']).map((text) => [{ TXT: text }]) },
    fc.tuple(record, record).map((two) => two.map((text) => ({ TXT: text }))),
    record.map((text) => [{ TXT: [text.slice(0, 9), text.slice(9)] }]),
    fc.constant([]),
    fc.constant(['TIMEOUT']),
  ),
  A: fc.array(
    one(ADDRESSES.slice(0, 3)).map((ip) => ({ A: ip })),
    { maxLength: 2 },
  ),
  MX: fc.array(
    fc
      .tuple(one([...NAMES, ...TARGETS.slice(0, 7)]), fc.nat(3))
      .map(([host, rank]) => ({ MX: [rank, host] })),
    { maxLength: 12 },
  ),
});

const zones = fc
  .tuple(...NAMES.map(() => rows))
  .map((all) =>
    Object.fromEntries([
      ...all.map(({ TXT, A, MX }, at) => [NAMES[at]!, [...TXT, ...A, ...MX]] as const),
      ['slow.example', ['TIMEOUT']] as const,
    ]),
  );

const questions = fc.record({
  ip: one(ADDRESSES.slice(0, 4)),
  helo: fc.option(
    one([
      ...NAMES,
      'localhost',
      '[192.0.2.1]',
      '192.0.2.9',
      '[',
      '[a].example',
      '',
      'xn--a.example',
      'a_b.example',
    ]),
  ),
  sender: fc.option(
    one([
      ...NAMES.map((name) => `u.v@${name}`),
      'A@C.EXAMPLE ',
      '@a.example',
      'a.example',
      'x@y@',
      '',
    ]),
  ),
});

test('generated records', async () => {
  const told = new Map<string | null, number>();
  await fc.assert(
    fc.asyncProperty(questions, zones, async (question, zone) => {
      const result = await compared(question, zone as Zone);
      told.set(result, (told.get(result) ?? 0) + 1);
    }),
    { numRuns: 1500, seed: 7208 },
  );
  // The short way takes its part: the comparison above is not empty.
  for (const result of ['pass', 'fail', 'softfail', 'neutral', 'none', 'permerror', null])
    expect(told.get(result) ?? 0, String(result)).toBeGreaterThan(10);
});
