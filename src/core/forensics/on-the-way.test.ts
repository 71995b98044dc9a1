import { describe, expect, test } from 'vitest';
import { ar, type Field, HOP, live, message, SPF } from '../../../test/kit/judged-message.ts';
import type { Hop, MailMessage } from '../mail/index.ts';
import { consumerProviders } from '../mail-services/index.ts';
import {
  type Authentication,
  judgeSender,
  protectedIndex,
  readRecordedResults,
  uncheckedAuthentication,
} from './index.ts';

const clerk = { name: 'Clerk', address: 'clerk@bank.example' };
const REFUSED = 'dmarc=fail (p=REJECT) header.from=bank.example';

function judge(mail: MailMessage, authentication?: Authentication) {
  const verdict = judgeSender({
    message: mail,
    authentication: authentication ?? uncheckedAuthentication(readRecordedResults(mail)),
    protectedNames: protectedIndex([]),
    consumerProvider: consumerProviders(),
  });
  const [, why] = verdict.reasons;
  return { seen: `${verdict.kind} ${verdict.certainty}`, code: why?.code, text: why?.text ?? '' };
}

describe('seals of forwarders (RFC 8617)', () => {
  const set = (results: string): Field => [
    'ARC-Authentication-Results',
    `i=1; mx.l.org; ${results}`,
  ];
  const SEAL: Field = ['ARC-Seal', 'i=1; a=rsa-sha256; cv=none; d=lists.example; s=arc; b=x'];
  const PASSED = set('dkim=pass header.d=bank.example; dmarc=pass header.from=bank.example');

  test.each<[string, string, readonly Field[]]>([
    [
      'as Google repeats them',
      `arc=pass (i=1 spf=pass spfdomain=bank.example dmarc=pass fromdomain=bank.example); ${REFUSED}`,
      [SEAL],
    ],
    [
      'as Microsoft repeats them',
      `arc=pass (0 oda=1 ltdi=1 dkim=[1,1,header.d=bank.example] dmarc=[1,1,header.from=bank.example]); ${REFUSED}`,
      [SEAL],
    ],
    ['as the sealed set says', `arc=pass; ${REFUSED}`, [SEAL, PASSED]],
    [
      'as the sealed set says of a signature',
      `arc=pass; ${REFUSED}`,
      [SEAL, set('dkim=pass header.i=@mail.bank.example')],
    ],
    ['as Microsoft let them count', `${REFUSED}; compauth=pass reason=130`, [SEAL]],
  ])('a pass before the seal, %s, is no forgery, and the sealer is named', (_, record, fields) => {
    const { seen, code, text } = judge(
      message([ar(`mx.provider.com; ${record}`), ...fields], clerk),
    );
    expect([seen, code]).toEqual(['undetermined none', 'sealed-on-the-way']);
    expect(text).toContain('lists.example');
    expect(text).toContain('recorded on arrival by mx.provider.com');
  });

  test.each([
    ['REJECT', 'spoofed-domain probable'],
    ['QUARANTINE', 'spoofed-domain probable'],
    ['NONE', 'undetermined none'],
  ])('where the recipient’s side disposed %s, the seal leaves it %s', (disposed, seen) => {
    const record = `arc=pass; dmarc=fail (p=REJECT dis=${disposed}) header.from=bank.example`;
    const found = judge(message([ar(`mx.google.com; ${record}`), SEAL, PASSED], clerk));
    expect([found.seen, found.code]).toEqual([seen, 'sealed-on-the-way']);
    expect(found.text.includes(`did not: it set the mail aside (dis=${disposed})`)).toBe(
      disposed !== 'NONE',
    );
  });

  test('a chain that name servers bear out counts as well', () => {
    const mail = message([SEAL, PASSED], clerk);
    const chain = { result: 'pass', instances: 1, comment: null } as const;
    const found = judge(mail, live({ arc: chain }));
    expect([found.seen, found.code]).toEqual(['undetermined none', 'sealed-on-the-way']);
    expect(judge(mail, live({ arc: { ...chain, result: 'fail' } })).seen).toBe(
      'spoofed-domain shown',
    );
  });

  test.each<[string, string, readonly Field[]]>([
    ['the recipient’s side found the chain broken', `arc=fail; ${REFUSED}`, [SEAL, PASSED]],
    ['nobody checked the chain', REFUSED, [SEAL, PASSED]],
    [
      'the sealer saw a pass of another domain',
      `arc=pass; ${REFUSED}`,
      [SEAL, set('dmarc=pass header.from=evil.example.net')],
    ],
    [
      'the sealer saw a fail',
      `arc=pass; ${REFUSED}`,
      [SEAL, set('dmarc=fail header.from=bank.example')],
    ],
    [
      'the number tells a fail',
      `arc=pass (0 oda=0 dmarc=[0,1,header.from=bank.example]); ${REFUSED}`,
      [SEAL],
    ],
  ])('no excuse: %s', (_, record, fields) => {
    expect(judge(message([ar(`mx.provider.com; ${record}`), ...fields], clerk)).seen).toBe(
      'spoofed-domain shown',
    );
  });

  test('no excuse, and a doubt: the provider let it pass for another reason', () => {
    const record = ar(`mx.provider.com; ${REFUSED}; compauth=pass reason=109`);
    expect(judge(message([record, SEAL, PASSED], clerk)).seen).toBe('spoofed-domain probable');
  });

  test('a forwarder is no excuse where its own seal says that nothing had passed before', () => {
    const sender = 'bounces+SRS=abcde=TT@alumni.example';
    const record = `mx.provider.com; arc=pass; spf=pass smtp.mailfrom=${sender}; ${REFUSED}`;
    const failed = set('spf=none smtp.mailfrom=bank.example; dmarc=none header.from=bank.example');
    const seen = (fields: readonly Field[]): string =>
      judge(message([ar(record), ...fields], clerk)).seen;
    expect(seen([SEAL, failed])).toBe('spoofed-domain shown');
    expect(seen([SEAL, failed, ['List-Id', '<l.example.org>']])).toBe('spoofed-domain shown');
    expect(seen([SEAL])).toBe('undetermined none');
    // What the sealer did not check to the end may have passed.
    for (const some of ['spf=none smtp.mailfrom=x@y.org', 'spf=none; dkim=temperror'])
      expect(seen([SEAL, set(some)])).toBe('undetermined none');
  });

  test('a sealer that found nothing published says nothing against the forwarder', () => {
    const record = (dmarc: string): Field =>
      ar(
        `mx.l.org; arc=pass; spf=pass smtp.mailfrom=bounces+SRS=abcde=TT@alumni.example; ${dmarc}`,
      );
    const found = 'dmarc=none header.from=bank.example; dkim=none';
    const seen = (dmarc: string, sealed: string): string =>
      judge(message([record(dmarc), SEAL, set(sealed)], clerk)).seen;
    const own = 'spf=none smtp.mailfrom=bank.example';
    expect(seen('dmarc=none', `${own}; ${found}`)).toBe('undetermined none');
    // It had a policy on arrival, a record that failed, or another's return address.
    expect(seen(REFUSED, `${own}; ${found}`)).toBe('spoofed-domain shown');
    for (const spf of [
      'spf=fail smtp.mailfrom=bank.example',
      'spf=none smtp.mailfrom=evil.example',
    ])
      expect(seen('dmarc=none', `${spf}; ${found}`)).toBe('spoofed-domain probable');
  });

  test('a chain that the sender says was whole is a claim', () => {
    const claimed: Field = [
      'Authentication-Results',
      'mx.provider.com; arc=pass (i=1 dmarc=pass fromdomain=bank.example)',
      'below',
    ];
    const mail = message([ar(`mx.provider.com; ${REFUSED}`), SEAL, PASSED, claimed], clerk);
    expect(judge(mail).seen).toBe('spoofed-domain shown');
  });

  test('the recipient’s own set, above its Received field, is its record', () => {
    const plain = message([ar(`mx.provider.com; ${REFUSED}`), SEAL], clerk);
    const own = {
      name: 'ARC-Authentication-Results',
      value: 'i=2; mx.provider.com; arc=pass (0 oda=1 dmarc=[1,1,header.from=bank.example])',
      length: 5,
    };
    const above = { ...plain, headers: [{ ...own, offset: 50 }, ...plain.headers] };
    expect(judge(above).code).toBe('sealed-on-the-way');
    const below = { ...plain, headers: [...plain.headers, { ...own, offset: 900 }] };
    expect(judge(below).seen).toBe('spoofed-domain shown');
  });
});

describe('return addresses that forwarders rewrite', () => {
  const FORWARDED = 'undetermined none forwarded-return-address';
  test.each<[string, string, string]>([
    ['SRS0', 'SRS0=HHH=TT=bank.example=clerk@alumni.example', FORWARDED],
    ['SRS0 with another sign', 'srs0+HHH=TT=bank.example=clerk@alumni.example', FORWARDED],
    ['SRS0 of a sender’s mail service', 'SRS0=H=T=news.example.net=b-1@alumni.example', FORWARDED],
    ['SRS1', 'SRS1=GGG=first.example==HHH=TT=bank.example=clerk@alumni.example', FORWARDED],
    ['Exchange', 'clerk+SRS=abcde=TT=bank.example=clerk@alumni.example', FORWARDED],
    ['Exchange, in short', 'bounces+SRS=abcde=TT@alumni.example', FORWARDED],
    ['Gmail’s forwarding', 'vera+caf_=vera=county.example@alumni.example', FORWARDED],
    ['a tag alone', 'SRS0@alumni.example', 'spoofed-domain shown unrelated-server'],
    [
      'a bounce address (BATV)',
      'prvs=12ab=x@alumni.example',
      'spoofed-domain shown unrelated-server',
    ],
  ])('%s', (_, sender, expected) => {
    const record = `mx.provider.com; spf=pass smtp.mailfrom=${sender}; ${REFUSED}`;
    const { seen, code, text } = judge(message([ar(record)], clerk));
    expect(`${seen} ${code}`).toBe(expected);
    if (expected === FORWARDED) expect(text).toContain('alumni.example');
  });

  test('a tagged return address of the shown domain (BATV) is its own', () => {
    const record =
      'mx.provider.com; spf=none smtp.mailfrom=prvs=12ab=clerk@bank.example; dmarc=none';
    expect(judge(message([ar(record)], clerk)).code).toBe('domain-publishes-nothing');
  });

  const SENDER = 'SRS0=HHH=TT=bank.example=clerk@alumni.example';

  test('where the record names the domain alone, Return-Path says it', () => {
    const mail = message(
      [ar(`mx.provider.com; spf=pass smtp.mailfrom=alumni.example; ${REFUSED}`)],
      clerk,
    );
    const [, ...rest] = mail.headers;
    const path = { name: 'Return-Path', value: `<${SENDER}>`, offset: 0, length: 9 };
    expect(judge({ ...mail, headers: [path, ...rest] }).code).toBe('forwarded-return-address');
  });

  test.each<[string, string, readonly Field[]]>([
    ['the forwarder’s server did not send it', `spf=fail smtp.mailfrom=${SENDER}`, []],
    ['SPF passed for the name in HELO', `spf=pass smtp.helo=alumni.example`, []],
    ['nothing was recorded of SPF', 'dkim=none', []],
    [
      'the recipient’s side took it by another address',
      'spf=pass smtp.mailfrom=x@evil.example.net',
      [],
    ],
    [
      'the domain alone is another’s',
      'spf=pass smtp.mailfrom=evil.example.net',
      [['Received-SPF', `pass envelope-from="${SENDER}"`, 'below']],
    ],
    [
      'what passed later is of the recipient’s own forwarding',
      `spf=pass smtp.mailfrom=${SENDER}`,
      [ar('mx.provider.com; spf=fail smtp.mailfrom=clerk@bank.example')],
    ],
  ])('a return address that anybody may write is no excuse: %s', (_, spf, more) => {
    const fields = [ar(`mx.provider.com; ${spf}; ${REFUSED}`), ...more];
    const mail = message([...fields, ['Return-Path', `<${SENDER}>`]], clerk);
    expect(judge(mail).seen).toBe('spoofed-domain shown');
    const [, ...withoutOwn] = mail.headers;
    expect(judge({ ...mail, headers: withoutOwn }).seen).toBe('spoofed-domain shown');
  });

  test('of a domain that publishes no SPF record it leaves a spoof probable', () => {
    const found = judge(
      message([ar(`mx.l.org; spf=none smtp.mailfrom=${SENDER}; ${REFUSED}`)], clerk),
    );
    expect([found.seen, found.code]).toEqual(['spoofed-domain probable', 'forward-possible']);
    const spf = { ...SPF, result: 'none', aligned: false, mailFrom: SENDER } as const;
    const dmarc = { result: 'fail', policy: 'reject', fromDomain: 'bank.example' } as const;
    const more = { policyDomain: null, record: null, comment: null };
    const asked = judge(message([], clerk), live({ spf, dmarc: { ...dmarc, ...more } }));
    expect([asked.seen, asked.code]).toEqual(['spoofed-domain probable', 'forward-possible']);
  });

  test('Exchange writes Return-Path below: it counts for the domain that passed', () => {
    const path: Field = ['Return-Path', 'bounces+SRS=abcde=TT@alumni.example'];
    const seen = (spf: string): string =>
      judge(message([ar(`${spf}; ${REFUSED}`), path], clerk)).seen;
    expect(seen('spf=pass smtp.mailfrom=alumni.example')).toBe('undetermined none');
    expect(seen('spf=softfail smtp.mailfrom=alumni.example')).toBe('spoofed-domain shown');
    expect(seen('spf=pass smtp.mailfrom=sub.alumni.example')).toBe('spoofed-domain shown');
  });

  test('by name servers’ answers it is the same, and a recorded address goes before theirs', () => {
    const passed = { ...SPF, result: 'pass', aligned: false, mailFrom: SENDER } as const;
    const mail = message([], clerk);
    const seen = (one: MailMessage, spf: Authentication['spf']): string =>
      judge(one, live({ spf, recorded: readRecordedResults(one) })).seen;
    expect(seen(mail, passed)).toBe('undetermined none');
    expect(seen(mail, { ...passed, result: 'fail' })).toBe('spoofed-domain shown');
    const other = message(
      [ar(`mx.l.org; spf=pass smtp.mailfrom=x@evil.example; ${REFUSED}`)],
      clerk,
    );
    expect(seen(other, passed)).toBe('spoofed-domain shown');
    const same = message(
      [ar(`mx.l.org; spf=temperror smtp.mailfrom=${SENDER}; ${REFUSED}`)],
      clerk,
    );
    expect(seen(same, passed)).toBe('undetermined none');
  });
});

describe('filtering services before the recipient’s mailbox', () => {
  const from = (hop: Partial<Hop>) => ({ route: [{ ...HOP, ...hop }] });
  const PROOFPOINT = 'mx0a-001.pphosted.com';
  const failed = (hop: Partial<Hop>, more = '') =>
    judge(message([ar(`mx.provider.com; ${REFUSED}${more}`)], clerk, from(hop)));

  test.each<[string, Partial<Hop>, string]>([
    ['by its address', { ip: '148.163.140.9', from: 'x.example.net' }, 'Proofpoint'],
    ['by a name that was looked up', { reverseName: PROOFPOINT }, 'Proofpoint'],
    ['Mimecast', { ip: '205.139.110.61' }, 'Mimecast'],
    ['Barracuda', { ip: '209.222.82.10' }, 'Barracuda'],
    ['Cisco', { reverseName: 'esa1.hc1.iphmx.com.' }, 'Cisco'],
    ['Symantec', { reverseName: 'mail1.bemta24.messagelabs.com' }, 'Symantec'],
    ['Trend Micro', { reverseName: 'a.in.tmes.trendmicro.eu' }, 'Trend Micro'],
    ['Sophos', { reverseName: 'mx-01-us-west-2.prod.hydra.sophos.com' }, 'Sophos'],
    ['FireEye', { reverseName: 'primary.us.email.fireeyecloud.com' }, 'FireEye'],
  ])('what fails behind it shows nothing: %s', (_, hop, name) => {
    const { seen, code, text } = failed(hop);
    expect([seen, code]).toEqual(['undetermined none', 'gateway-on-the-way']);
    expect(text).toContain(`a server of ${name}`);
    expect(text).toContain('ownHosts');
  });

  test('its own word counts only where the recipient’s provider drew no conclusion', () => {
    const claimed = failed({ from: PROOFPOINT }, '; compauth=fail reason=000');
    expect([claimed.seen, claimed.code]).toEqual(['spoofed-domain shown', 'gateway-possible']);
    const unjudged = failed({ from: PROOFPOINT }, '; compauth=none reason=451');
    expect([unjudged.seen, unjudged.code]).toEqual(['undetermined none', 'gateway-on-the-way']);
    expect(unjudged.text).toContain('calls itself');
    expect(failed({ from: 'evil.example.net' }, '; compauth=none reason=451').seen).toBe(
      'spoofed-domain shown',
    );
  });

  test('a name that the recipient’s server doubts is the client’s word', () => {
    const doubted = failed({ reverseName: PROOFPOINT, doubted: true });
    expect([doubted.seen, doubted.code]).toEqual(['spoofed-domain shown', 'gateway-possible']);
    expect(doubted.text).toContain('calls itself a server of Proofpoint');
    const named = failed({ reverseName: 'mail.bank.example', from: 'mail.bank.example' });
    expect([named.seen, named.code]).toEqual(['undetermined none', 'own-server']);
    const forged = failed({ reverseName: 'mail.bank.example', doubted: true });
    expect([forged.seen, forged.code]).toEqual(['spoofed-domain shown', 'unrelated-server']);
    expect(forged.text).toContain('name (mail.bank.example) mx.provider.com could not confirm');
  });

  test.each<[string, Partial<Hop>, string]>([
    ['Google, to a mail server of an office', { ip: '209.85.128.52' }, 'probable'],
    ['Microsoft, to a mail server of an office', { ip: '40.107.94.83' }, 'probable'],
    ['a name of Google’s that the client gave itself', { from: 'mail.google.com' }, 'shown'],
    ['another provider', { ip: '185.70.43.18' }, 'shown'],
  ])('providers that filter and forward for others: %s', (_, hop, certainty) => {
    expect(failed(hop).seen).toBe(`spoofed-domain ${certainty}`);
  });

  test.each<[string, string, string, string]>([
    ['its own address', 'gmx.de', '212.227.17.20', 'undetermined none own-server'],
    ['the address of another', 'gmx.de', '185.70.43.18', 'spoofed-domain shown unrelated-server'],
    [
      'one that its customers share',
      'hotmail.com',
      '40.107.94.83',
      'spoofed-domain probable gateway-possible',
    ],
  ])('a provider’s mail from %s', (_, domain, ip, expected) => {
    const record = ar(`mx.provider.com; dmarc=fail (p=REJECT) header.from=${domain}`);
    const { seen, code } = judge(
      message([record], { name: 'S', address: `a@${domain}` }, from({ ip })),
    );
    expect(`${seen} ${code}`).toBe(expected);
  });

  test('by name servers’ answers it is the same', () => {
    const mail = message([], clerk, from({ reverseName: PROOFPOINT }));
    const found = judge(mail, live({ spf: { ...SPF, result: 'fail' } }));
    expect([found.seen, found.code]).toEqual(['undetermined none', 'gateway-on-the-way']);
  });

  test('a pass behind it is a pass', () => {
    const mail = message(
      [ar('mx.provider.com; dmarc=pass header.from=bank.example')],
      clerk,
      from({ reverseName: PROOFPOINT }),
    );
    expect(judge(mail).seen).toBe('genuine shown');
  });
});
