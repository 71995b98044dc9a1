import fc from 'fast-check';
import { type DNSResolver, dmarc } from 'mailauth';
import { expect, test } from 'vitest';
import { type Instant, instantFromMilliseconds } from '../../../src/core/base/index.ts';
import { type DnsSource, recordingResolver } from '../../../src/host/dns/index.ts';
import {
  type DmarcQuestion,
  dmarcFindingOf,
  plainDmarc,
} from '../../../src/host/mailauth/plain-dmarc.ts';

/**
 * The short way of DMARC against mailauth, which is the reference: whatever the short way judges,
 * both must say in the same words after the same questions in the same order.
 */
type Zone = Readonly<Record<string, readonly string[] | string>>;

const time = instantFromMilliseconds(Date.UTC(2020, 9, 21));
if (time === null) throw new Error('fixed time');
const now: Instant = time;

/** TXT records by name; a word in place of a list is the error that the name gives. */
const zoneDns = (zone: Zone): DnsSource => ({
  kind: 'recorded',
  now: () => now,
  ask: async (name, type) => {
    const found = (type === 'TXT' ? zone[name.toLowerCase()] : undefined) ?? 'ENOTFOUND';
    const isError = typeof found === 'string';
    const answers = isError ? [] : found.map((text) => [text.slice(0, 20), text.slice(20)]);
    return { name, type, time: now, server: '', answers, ttl: null, error: isError ? found : null };
  },
});

async function compared(question: DmarcQuestion, zone: Zone): Promise<string | null> {
  const [short, long] = [zone, zone].map((one) => recordingResolver(zoneDns(one), () => 0));
  const plain = await plainDmarc(question, short!.ask);
  const reference = await dmarc({
    headerFrom: [...question.authors],
    fromFields: question.fromFields,
    spfDomains: question.spfDomain === null ? [] : [question.spfDomain],
    dkimDomains: question.dkimDomains.map((domain) => ({
      id: domain,
      domain,
      aligned: false,
      underSized: 0,
    })),
    arcResult: { i: false, status: { result: 'none' } },
    resolver: long!.resolve as DNSResolver,
    strict: true,
  });
  const [ours, theirs] = [short!.transcript().entries, long!.transcript().entries];
  expect(ours).toEqual(theirs.slice(0, ours.length));
  if (plain === null) return null;
  expect(reference === false).toBe(plain === 'no-author');
  if (plain === 'no-author' || reference === false) return 'no-author';
  expect(plain).toEqual(dmarcFindingOf(reference));
  expect(ours).toEqual(theirs);
  return plain.result;
}

const DOMAINS = ['example.org', 'mail.example.org', 'b.mail.example.org', 'other.example', 'org'];
const DEEP = 'a.b.c.d.e.f.g.h.example.org';
const one = (words: readonly string[]) => fc.constantFrom(...words);

const tag = one([
  ...['p=none', 'p=reject', 'p=QUARANTINE', 'p=reject', 'sp=none', 'sp=reject', 'adkim=s'],
  ...['aspf=s', 'adkim=r', 'rua=mailto:a@b.example', 'pct=50', 'fo=1', 'np=reject', 'psd=y'],
  ...['psd=n', 't=y', 'P=none', 'p', '=x', '', 'x=y', 'p=bogus', 'adkim = S', 'sp=bogus'],
]);
const record = fc
  .tuple(
    one(['v=DMARC1', 'v=DMARC1', 'V = DMARC1 ', 'v=dmarc1', 'v=DMARC10', 'text', '\t v=DMARC1']),
    one(['p=none', 'p=reject', 'p=none', 'p=quarantine', '']),
    fc.array(tag, { maxLength: 3 }),
    one([';', '; ', ' ;']),
  )
  .map(([version, policy, tags, mark]) => [version, policy, ...tags].join(mark));

const usual = one([
  ...['v=DMARC1; p=none', 'v=DMARC1;p=reject;sp=none;adkim=s', 'v=DMARC1; p=quarantine; aspf=s;'],
  'v=DMARC1; p=reject; rua=mailto:a@b.example',
]);
const answers = fc.oneof(
  { weight: 5, arbitrary: usual.map((text) => [text]) },
  { weight: 1, arbitrary: record.map((text) => [text]) },
  { weight: 6, arbitrary: one(['ENOTFOUND', 'ENODATA', 'EBADNAME']) },
  { weight: 1, arbitrary: fc.array(fc.oneof(usual, record), { maxLength: 2 }) },
  { weight: 1, arbitrary: fc.constant('ETIMEOUT') },
);
const zones = fc
  .tuple(...[...DOMAINS, 'd.e.f.g.h.example.org', DEEP].map(() => answers))
  .map((all) =>
    Object.fromEntries(
      [...DOMAINS, 'd.e.f.g.h.example.org', DEEP].map(
        (name, at) => [`_dmarc.${name}`, all[at]!] as const,
      ),
    ),
  );

const domain = one([
  ...DOMAINS,
  'Mail.Example.org',
  DEEP,
  '192.0.2.1',
  'a..b.example',
  'example.org.',
]);
const questions = fc.record({
  authors: fc.oneof(
    { weight: 8, arbitrary: domain.map((name) => [`u@${name}`]) },
    fc.tuple(domain, domain).map((two) => two.map((name) => `u@${name}`)),
    one([
      ...['"u"@example.org', 'u@example.org@other.example', 'u@[192.0.2.1]@example.org'],
      ...['u@relay@example.org', 'u@a1@b2', 'u@relay@relay'],
    ]).map((address) => [address]),
    one([
      '"u@other.example"@example.org',
      '"u v" @example.org',
      'é@example.org',
      '[u]@example.org',
    ]).map((address) => [address, 'v@example.org']),
    one(['', 'u', '@x', '"a@b"@example.org', ' u@example.org ', 'u@[192.0.2.1]']).map((a) => [a]),
  ),
  fromFields: fc.constantFrom(1, 1, 1, 1, 2),
  spfDomain: fc.option(domain),
  dkimDomains: fc.array(domain, { maxLength: 3 }),
  arcResult: fc.constant('none'),
});

test('generated records', async () => {
  const told = new Map<string | null, number>();
  await fc.assert(
    fc.asyncProperty(questions, zones, async (question, zone) => {
      const result = await compared(question, zone);
      told.set(result, (told.get(result) ?? 0) + 1);
    }),
    { numRuns: 3000, seed: 12 },
  );
  // The short way takes its part: the comparison above is not empty.
  for (const result of ['pass', 'fail', 'none', 'no-author', null])
    expect(told.get(result) ?? 0, String(result)).toBeGreaterThan(50);
});

test('more signers than trees may be walked are left to mailauth', async () => {
  const dkimDomains = Array.from({ length: 12 }, (_, at) => `s${at}.example.org`);
  const question = { authors: ['u@example.org'], fromFields: 1, spfDomain: null, dkimDomains };
  const zone = { '_dmarc.example.org': ['v=DMARC1; p=reject'] };
  expect(await compared({ ...question, arcResult: 'none' }, zone)).toBeNull();
  const ten = { ...question, dkimDomains: dkimDomains.slice(0, 10), arcResult: 'none' };
  expect(await compared(ten, zone)).toBe('pass');
});
