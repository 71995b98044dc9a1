import { describe, expect, test } from 'vitest';
import {
  ar,
  claimedAr,
  type Field,
  HOP,
  live,
  message,
  office,
  SPF,
} from '../../../test/kit/judged-message.ts';
import { instantFromMilliseconds } from '../base/index.ts';
import type { MailMessage } from '../mail/index.ts';
import { consumerProviders } from '../mail-services/index.ts';
import {
  type Authentication,
  type DkimCheck,
  judgeSender,
  protectedIndex,
  readRecordedResults,
  uncheckedAuthentication,
} from './index.ts';

const OFFICE = {
  holder: 'Example County Office of Elections',
  names: ['Example County Office of Elections', 'Proud Example Boys'],
  domains: ['votes.example-county.org', 'electionsoffice.com'],
};
const protectedNames = protectedIndex([OFFICE]);
const consumerProvider = consumerProviders();

const judge = (mail: MailMessage, authentication?: Authentication) =>
  judgeSender({
    message: mail,
    authentication: authentication ?? uncheckedAuthentication(readRecordedResults(mail)),
    protectedNames,
    consumerProvider,
  });

test('header lines that a person copied clear nobody and accuse nobody', () => {
  const lost = ['authentication', 'attachments', 'html'];
  const forward = { method: 'pasted-headers', intact: false, lost } as const;
  const route = [{ ...HOP, trusted: false }];
  for (const result of ['fail (p=REJECT)', 'pass']) {
    const fields = [ar(`mx.provider.com; dmarc=${result} header.from=electionsoffice.com`)];
    const verdict = judge(message(fields, office, { forward, route }));
    expect(verdict).toMatchObject({ kind: 'undetermined', certainty: 'none' });
    expect(verdict.reasons.map(({ code }) => code)).toContain('copied-header');
  }
});

test('a saved source shows nothing for certain without a signature that holds', () => {
  const forward = { method: 'saved-copy', intact: false, lost: [], takenFrom: 'a page' } as const;
  for (const result of ['fail (p=REJECT)', 'pass']) {
    const fields = [ar(`mx.provider.com; dmarc=${result} header.from=electionsoffice.com`)];
    expect(judge(message(fields, office)).certainty).toBe('shown');
    expect(judge(message(fields, office, { forward })).certainty).toBe('probable');
  }
});

describe('the shown sender', () => {
  test.each<[string, readonly Field[], typeof office, string, string]>([
    [
      'fails with a policy',
      [
        ar(
          'mx.provider.com; dmarc=fail (p=REJECT) header.from=electionsoffice.com; spf=fail smtp.mailfrom=x@example.net',
        ),
      ],
      office,
      'spoofed-domain',
      'shown',
    ],
    [
      'fails without a policy',
      [
        ar(
          'mx.provider.com; spf=none smtp.mailfrom=x@example.net; dmarc=none header.from=electionsoffice.com',
        ),
      ],
      office,
      'spoofed-domain',
      'probable',
    ],
    [
      'fails without a policy, from its own return address',
      [ar('mx.provider.com; spf=none smtp.mailfrom=x@electionsoffice.com; dmarc=none')],
      office,
      'undetermined',
      'none',
    ],
    [
      'passes as an expected domain',
      [ar('mx.provider.com; dmarc=pass header.from=electionsoffice.com')],
      office,
      'genuine',
      'shown',
    ],
    [
      'passes as a stranger',
      [ar('mx.provider.com; dkim=pass header.i=@mail.stranger.org')],
      { name: 'S', address: 'a@stranger.org' },
      'genuine',
      'probable',
    ],
    [
      'passes as a lookalike',
      [ar('mx.provider.com; dmarc=pass header.from=e1ectionsoffice.com')],
      { name: 'S', address: 'a@e1ectionsoffice.com' },
      'lookalike',
      'shown',
    ],
    [
      'passes as a consumer account',
      [ar('mx.provider.com; dmarc=pass header.from=yahoo.fr')],
      { name: 'S', address: 'a@yahoo.fr' },
      'freemail',
      'shown',
    ],
    [
      'bears the name of another',
      [ar('mx.provider.com; dmarc=pass header.from=stranger.org')],
      { name: 'Proud Exаmple Boys', address: 'a@stranger.org' },
      'display-name-imitation',
      'shown',
    ],
    [
      'shows an address of another',
      [],
      { name: 'info@electionsoffice.com', address: 'a@stranger.org' },
      'display-name-imitation',
      'shown',
    ],
    [
      'has two From lines, one of which passes',
      [
        ar('mx.provider.com; dmarc=pass header.from=electionsoffice.com'),
        ['From', 'x@stranger.org'],
      ],
      office,
      'undetermined',
      'none',
    ],
    ['was not checked', [], office, 'undetermined', 'none'],
    [
      'fails behind a mailing list',
      [
        ar('mx.provider.com; dmarc=fail header.from=electionsoffice.com'),
        ['List-Id', '<l.example.org>'],
      ],
      office,
      'undetermined',
      'none',
    ],
    [
      'is checked by a server that the sender names',
      [claimedAr('mx.stranger.org; dmarc=pass header.from=electionsoffice.com')],
      office,
      'undetermined',
      'none',
    ],
    [
      'has two records that contradict',
      [
        ar('mx.provider.com; dmarc=fail header.from=electionsoffice.com'),
        ar('mx.provider.com; dmarc=pass header.from=electionsoffice.com'),
      ],
      office,
      'undetermined',
      'none',
    ],
    [
      'met a name server that was down',
      [ar('mx.provider.com; spf=temperror smtp.mailfrom=a@electionsoffice.com')],
      office,
      'undetermined',
      'none',
    ],
    [
      'is signed, and the record is silent on DKIM',
      [
        ['DKIM-Signature', 'v=1'],
        ar('mx.provider.com; spf=fail smtp.mailfrom=a@electionsoffice.com'),
      ],
      office,
      'undetermined',
      'none',
    ],
  ])('%s', (_, fields, from, kind, certainty) => {
    const verdict = judge(message(fields, from));
    expect([verdict.kind, verdict.certainty]).toEqual([kind, certainty]);
  });

  test('kinds combine: a false address through a misused server', () => {
    const verdict = judge(
      message(
        [
          ar('mx.provider.com; dmarc=fail (p=REJECT) header.from=electionsoffice.com'),
          ['X-PHP-Originating-Script', '33:mailer.php at shop.stranger.org'],
        ],
        { ...office, name: 'Proud Example Boys' },
      ),
    );
    expect(verdict.kinds).toEqual(['spoofed-domain', 'compromised-relay']);
    expect(verdict.reasons.map((reason) => reason.code)).toEqual([
      'domain-not-authorised',
      'unrelated-server',
      'trace-script',
    ]);
    expect(verdict.reasons.map((reason) => reason.at?.header)).toEqual([
      'Authentication-Results',
      'Received',
      'X-PHP-Originating-Script',
    ]);
  });

  test.each<[string, string, string, readonly string[]]>([
    [
      'its own account on a rented server',
      'X-Authenticated-Sender',
      'srv9.hoster.net: info@electionsoffice.com',
      [],
    ],
    [
      'its own account, as a script sees it',
      'X-Get-Message-Sender-Via',
      'srv9.hoster.net: authenticated_id: info@electionsoffice.com',
      [],
    ],
    ['a system user of the server', 'X-Authenticated-Sender', 'srv9.hoster.net: candidate', []],
    [
      'the account of another organisation',
      'X-Authenticated-Sender',
      'srv9.hoster.net: shop@stranger.org',
      ['trace-authenticated-stranger'],
    ],
    [
      'an account without its server',
      'X-Authenticated-Sender',
      'shop@stranger.org',
      ['trace-authenticated-stranger'],
    ],
  ])('who logged in at a host that sends for many: %s', (_, name, value, codes) => {
    const { reasons } = judge(message([[name, value]], office));
    expect(reasons.map(({ code }) => code).filter((code) => code.startsWith('trace-'))).toEqual(
      codes,
    );
  });

  test('a copy without its headers is never judged, whatever it claims', () => {
    const lost = { method: 'inline-text', intact: false, lost: ['headers', 'route'] } as const;
    const fields = [ar('mx.provider.com; dmarc=fail (p=REJECT) header.from=electionsoffice.com')];
    const verdict = judge(message(fields, office, { forward: lost }));
    expect(verdict.kinds).toEqual(['undetermined']);
    expect(verdict.text).toContain('We need the original');
  });

  test("name servers' answers count, and weaken with the days", () => {
    expect(judge(message([], office), live({}))).toMatchObject({
      kind: 'spoofed-domain',
      certainty: 'shown',
    });
    const late = live({ asOf: instantFromMilliseconds(Date.UTC(2020, 10, 20)) });
    expect(judge(message([], office), late)).toMatchObject({
      kind: 'spoofed-domain',
      certainty: 'probable',
    });
    const signed: DkimCheck = {
      result: 'pass',
      resultToday: 'permerror',
      domain: 'electionsoffice.com',
      selector: 's',
      algorithm: 'rsa-sha256',
      aligned: true,
      keyBits: 2048,
      unsignedBytes: 0,
      signedHeaders: ['from'],
      signedAt: null,
      expiresAt: null,
      comment: null,
      warnings: [],
    };
    expect(judge(message([], office), live({ dkim: [signed] })).kind).toBe('genuine');
    expect(judge(message([], office), live({ dkim: [{ ...signed, aligned: false }] })).kind).toBe(
      'spoofed-domain',
    );
    expect(judge(message([], office), live({ spf: { ...SPF, result: 'temperror' } })).kind).toBe(
      'undetermined',
    );
  });

  test('a pass that the sender wrote below the boundary is a claim, whatever name it bears', () => {
    const forged = claimedAr('mx.provider.com; dmarc=pass header.from=electionsoffice.com');
    const verdict = judge(message([['DKIM-Signature', 'v=1'], forged], office));
    expect([verdict.kind, verdict.reasons.map(({ code }) => code)]).toEqual([
      'undetermined',
      ['not-checked', 'record-claimed'],
    ]);
  });

  test('a host of the recipient’s own is never said to have handed the mail in', () => {
    const route = [
      { ...HOP, ip: '198.51.100.20', reverseName: 'in.provider.com', by: 'store.provider.com' },
      { ...HOP, ip: null, offset: 150 },
    ];
    const failed = (results: string) =>
      judge(message([ar(`mx.provider.com; ${results}`)], office, { route }));
    const silent = failed('dmarc=none header.from=electionsoffice.com');
    expect(silent.kind).toBe('undetermined');
    expect(silent.reasons.map(({ code }) => code)).toContain('no-boundary');
    const noted = failed(
      'spf=none (sender IP is 203.0.113.77) smtp.mailfrom=x@example.net; dmarc=none',
    );
    expect(noted.reasons.find(({ code }) => code === 'unrelated-server')).toMatchObject({
      text: expect.stringContaining('203.0.113.77'),
      at: { header: 'Authentication-Results' },
    });
    const refused = failed('dmarc=fail (p=REJECT) header.from=electionsoffice.com');
    expect([refused.kind, refused.certainty]).toEqual(['spoofed-domain', 'shown']);
    for (const { reasons } of [silent, noted, refused])
      expect(JSON.stringify(reasons)).not.toContain('198.51.100.20');
  });

  test('an own server that fails is no forgery', () => {
    const route = [{ ...HOP, reverseName: 'out.electionsoffice.com' }];
    const verdict = judge(message([], office, { route }), live({}));
    expect(verdict.kind).toBe('undetermined');
  });

  test('a country, a hop below the boundary and a claimed pass never enter a verdict', () => {
    const below = {
      ...HOP,
      trusted: false,
      offset: 150,
      reverseName: 'out.electionsoffice.com',
      ip: '192.0.2.1',
    };
    const fields = [ar('mx.provider.com; dmarc=fail (p=REJECT) header.from=electionsoffice.com')];
    const claimed = claimedAr('mx.provider.com; dmarc=pass header.from=electionsoffice.com');
    const plain = judge(message(fields, office));
    const loud = judge(
      message([...fields, ['X-Pad', ''], claimed], office, {
        route: [HOP, { ...below, offset: 250 }],
      }),
    );
    const added = loud.reasons.slice(plain.reasons.length);
    expect(loud).toEqual({ ...plain, reasons: [...plain.reasons, ...added] });
    expect(added.map(({ code }) => code)).toEqual(['hop-claims-recipient']);
  });

  const stranger = (result: string) =>
    judgeSender({
      message: message([ar(`mx.provider.com; ${result}`)], {
        name: 'S',
        address: 'a@stranger.org',
      }),
      authentication: uncheckedAuthentication(
        readRecordedResults(
          message([ar(`mx.provider.com; ${result}`)], { name: 'S', address: 'a@stranger.org' }),
        ),
      ),
      protectedNames: protectedIndex([]),
      consumerProvider: consumerProviders(),
    });

  test.each<[string, string, string]>([
    ['DMARC', 'dmarc=pass header.from=stranger.org', 'shown'],
    ['a signature', 'dkim=pass header.d=stranger.org', 'shown'],
    ['SPF alone', 'spf=pass smtp.mailfrom=a@stranger.org', 'probable'],
  ])(
    'without a list of names, what %s shows is said with its condition',
    (_, result, certainty) => {
      const verdict = stranger(result);
      expect(verdict).toMatchObject({ kind: 'genuine', certainty });
      expect(verdict.text).toContain('whether stranger.org is who it seems to be is not judged');
      expect(verdict.notShown.join('; ')).toContain('no list of expected senders was given');
    },
  );

  test('a copy that Exchange wrote anew is not called a forgery for its failing signature', () => {
    const forward = { method: 'attached', intact: true, lost: [] } as const;
    const fields = [
      ['DKIM-Signature', 'v=1; d=electionsoffice.com'],
      ['Content-Type', 'multipart/alternative; boundary="_000_AB12CD34EF5600example_"'],
    ] as const;
    const failing = live({ spf: { ...SPF, result: 'fail', aligned: false } });
    const plain = judge(message([fields[0]], office, { forward }), failing);
    expect(plain.kind).toBe('spoofed-domain');
    const rebuilt = judge(message(fields, office, { forward }), failing);
    expect(rebuilt.kind).toBe('undetermined');
    expect(rebuilt.reasons.map(({ code }) => code)).toContain('copy-rebuilt');
  });

  test('a saved copy is not called a forgery for its failing signature; an unsigned one may be', () => {
    const takenFrom = 'the source as a saved web page shows it';
    const forward = { method: 'saved-copy', intact: false, lost: [], takenFrom } as const;
    const failing = live({ spf: { ...SPF, result: 'fail', aligned: false } });
    const signed = [['DKIM-Signature', 'v=1; d=electionsoffice.com']] as const;
    const saved = judge(message(signed, office, { forward }), failing);
    expect(saved.kind).toBe('undetermined');
    expect(saved.reasons.find(({ code }) => code === 'copy-changed')?.text).toContain(takenFrom);
    expect(judge(message([], office, { forward }), failing).kind).toBe('spoofed-domain');
  });

  test('a clock that runs backwards below the boundary is a reason to look, and points there', () => {
    const date = (hour: number) => instantFromMilliseconds(Date.UTC(2020, 9, 20, hour));
    const route = [
      HOP,
      { ...HOP, trusted: false, by: 'a.example.net', offset: 250, date: date(5) },
      { ...HOP, trusted: false, by: 'b.example.net', offset: 350, date: date(9) },
    ];
    const [reason] = judge(message([], office, { route })).reasons.slice(-1);
    expect(reason).toMatchObject({ code: 'hop-clock-backwards', at: { offset: 250 } });
    expect(reason?.text).toContain('4 hours');
  });
});
