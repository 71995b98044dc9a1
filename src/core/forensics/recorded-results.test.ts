import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ar, claimedAr, HOP, message, office } from '../../../test/kit/judged-message.ts';
import { type BoundaryOptions, routeSeenFrom } from '../route/index.ts';
import { parseAuthenticationResults, readRecordedResults } from './index.ts';

describe('recorded results (RFC 8601)', () => {
  const read = (value: string) => {
    const { id, results } = parseAuthenticationResults(value);
    return [id, ...results.map(({ method, result, properties }) => [method, result, properties])];
  };
  test.each<[string, string, unknown[]]>([
    ['appendix B.2', 'example.org 1; none', ['example.org']],
    [
      'appendix B.3',
      'example.com; spf=pass smtp.mailfrom=example.net',
      ['example.com', ['spf', 'pass', { 'smtp.mailfrom': 'example.net' }]],
    ],
    [
      'appendix B.4',
      'example.com; auth=pass (cram-md5) smtp.auth=sender@example.net; spf=pass smtp.mailfrom=example.net',
      [
        'example.com',
        ['auth', 'pass', { 'smtp.auth': 'sender@example.net' }],
        ['spf', 'pass', { 'smtp.mailfrom': 'example.net' }],
      ],
    ],
    [
      'appendix B.7 with comments',
      "foo.example.net (foobar) 1 (baz); dkim (Because I like it) / 1 (One yay) = (wait for it) fail policy (A dot can go here) . (like that) expired (this surprised me) = (as I wasn't expecting it) 1362471462",
      ['foo.example.net', ['dkim', 'fail', { 'policy.expired': '1362471462' }]],
    ],
    [
      'section 2.2 quoted value',
      'example.com; dkim=fail reason="bad; \\"signature\\"" header.d=example.org',
      ['example.com', ['dkim', 'fail', { 'header.d': 'example.org' }]],
    ],
    [
      'Gmail',
      'mx.google.com; dkim=pass header.i=@example.org header.s=a header.b=A1b/c+d=; dmarc=pass (p=REJECT sp=REJECT dis=NONE) header.from=example.org',
      [
        'mx.google.com',
        ['dkim', 'pass', { 'header.i': '@example.org', 'header.s': 'a', 'header.b': 'A1b/c+d=' }],
        ['dmarc', 'pass', { 'header.from': 'example.org' }],
      ],
    ],
    [
      'Microsoft, without authserv-id',
      'spf=pass (sender IP is 192.0.2.1) smtp.mailfrom=example.org; compauth=pass reason=100',
      [null, ['spf', 'pass', { 'smtp.mailfrom': 'example.org' }], ['compauth', 'pass', {}]],
    ],
    ['an unknown word', 'example.com; spf=hardfail', ['example.com', ['spf', null, {}]]],
    ['nothing', '', [null]],
  ])('%s', (_, value, expected) => expect(read(value)).toEqual(expected));

  test('any value is read', () => {
    const noise = fc.string({
      unit: fc.constantFrom('a', '=', ';', '(', ')', '"', '\\', ' ', '.', '/'),
    });
    fc.assert(
      fc.property(
        noise,
        (value) => parseAuthenticationResults(value).results.length <= value.length,
      ),
    );
    expect(parseAuthenticationResults('('.repeat(100_000)).results).toEqual([]);
  });

  const own = 'mx.provider.com; dmarc=pass header.from=bank.example';
  const placesIn = (mail: ReturnType<typeof message>) =>
    readRecordedResults(mail).map(({ place, trusted }) => `${place} ${trusted}`);

  test('only what stands over the Received field that took the mail in is the recipient’s own', () => {
    expect(placesIn(message([ar(own)], office))).toEqual(['above true']);
    expect(placesIn(message([claimedAr(own)], office))).toEqual(['below false']);
    const signed = [['DKIM-Signature', 'v=1; d=evil.example'], claimedAr(own)] as const;
    expect(placesIn(message(signed, office))).toEqual(['below false']);
    expect(placesIn(message([ar(own)], office, { route: [] }))).toEqual(['unknown false']);
  });

  test('one customer of a provider cannot record for another: its own tenancy is below', () => {
    const hops = (...ips: readonly (string | null)[]) =>
      ips.map((ip, at) => ({
        ...HOP,
        ip,
        by: 'A.mail.protection.outlook.com',
        offset: 100 * (at + 1),
      }));
    const mail = message([['Received', 'x'], claimedAr(own), ['Received', 'y']], office, {
      route: hops('2603:10b6:408::1', '40.107.1.1', 'fe80::1'),
    });
    expect(placesIn(mail)).toEqual(['below false']);
    const submitted = { ...mail, route: hops('2603:10b6:408::1', '40.107.1.1', '203.0.113.9') };
    expect(placesIn(submitted)).toEqual(['below false']);
  });

  describe('an office whose own server records below its Received field', () => {
    const mx = 'mx.county.example';
    const record = `${mx}; dmarc=fail header.from=bank.example`;
    const postfix = [
      ['DKIM-Filter', 'OpenDKIM Filter v2.11.0', 'below'],
      claimedAr(`${mx}; dkim=none`),
      claimedAr(record),
    ] as const;
    const seen = (fields: Parameters<typeof message>[0], options: BoundaryOptions, by = mx) => {
      const mail = message(fields, office, { route: [{ ...HOP, by }] });
      return placesIn({ ...mail, route: routeSeenFrom(mail.route, options) });
    };

    test('is believed where a person declares it, and else claims', () => {
      expect(seen(postfix, {})).toEqual(['below false', 'below false']);
      expect(seen(postfix, { ownDomains: ['county.example'] })).toEqual([
        'below false',
        'below false',
      ]);
      expect(seen(postfix, { ownRecords: ['MX.county.example'] })).toEqual(['at true', 'at true']);
    });

    test('speaks under its own name, once for each method, before anything of the sender', () => {
      const options = { ownRecords: [mx] };
      expect(seen([claimedAr(own)], options)).toEqual(['below false']);
      expect(seen([...postfix, claimedAr(record)], options).at(-1)).toBe('below false');
      const signed = [['DKIM-Signature', 'v=1', 'below'], claimedAr(record)] as const;
      expect(seen(signed, options)).toEqual(['below false']);
    });

    test('records for no other server', () => {
      expect(seen(postfix, { ownRecords: [mx] }, 'mx.provider.com')).toEqual([
        'below false',
        'below false',
      ]);
    });

    test('may stand behind hosts of its own, which move the boundary', () => {
      const route = [
        { ...HOP, by: 'store.county.example', reverseName: 'filter.relay.example', offset: 10 },
        { ...HOP, by: 'filter.relay.example', offset: 100 },
      ];
      const fields = [claimedAr('filter.relay.example; dmarc=fail header.from=bank.example')];
      const mail = message(fields, office, { route });
      const options = { ownDomains: ['county.example'], ownRecords: ['filter.relay.example'] };
      expect(placesIn(mail)).toEqual(['below false']);
      const moved = { ...mail, route: routeSeenFrom(route, options) };
      expect(moved.route.map(({ trusted }) => trusted)).toEqual([true, true]);
      expect(placesIn(moved)).toEqual(['at true']);
    });
  });

  const at = (by: string, fields: readonly (readonly [string, string, 'below'?])[]) =>
    placesIn(message(fields, office, { route: [{ ...HOP, by }] })).map((one) => one.slice(0, 2));
  const google = 'mx.google.com; dmarc=pass header.from=bank.example';
  test.each<[string, string, readonly (readonly [string, string, 'below'?])[], string]>([
    [
      'Google',
      'mx.google.com',
      [
        ['Received-SPF', 'pass (google.com: domain of a@b.example ...)', 'below'],
        claimedAr('mx.google.com; spf=pass smtp.mailfrom=b.example'),
        claimedAr(google),
      ],
      'at at be',
    ],
    [
      'Google, whose record the sender wrote first',
      'mx.google.com',
      [['DKIM-Signature', 'v=1'], claimedAr(google)],
      'be',
    ],
    ['a host of Google that writes none', 'smtp.gmail.com', [claimedAr(google)], 'be'],
    ['Google, in the name of another', 'mx.google.com', [claimedAr(own)], 'be'],
    [
      'Proton, in either order, each method once',
      'mailin9.protonmail.ch',
      [
        claimedAr('mailin9.protonmail.ch; dmarc=none header.from=bank.example'),
        claimedAr('mailin9.protonmail.ch; spf=fail smtp.mailfrom=bank.example'),
        claimedAr('mailin9.protonmail.ch; dmarc=pass header.from=bank.example'),
        claimedAr('mailin9.protonmail.ch; dkim=pass header.d=bank.example'),
      ],
      'at at be be',
    ],
    [
      'Yandex, behind its own marks',
      'mxfront9q.mail.yandex.net',
      [
        ['Return-Path', '<a@b.example>'],
        ['X-Yandex-Front', 'mxfront9q.mail.yandex.net'],
        claimedAr('mxfront9q.mail.yandex.net; spf=pass smtp.mail=a@b.example'),
        claimedAr('mxfront9q.mail.yandex.net; dmarc=pass header.from=bank.example'),
      ],
      'at be',
    ],
    [
      'Apple, one verifier after the other',
      'st99p00im-x99.me.com',
      [
        ['X-ICL-Info', 'x'],
        claimedAr('dmarc.icloud.com; dmarc=none header.from=bank.example'),
        ['X-DMARC-Info', 'pass=none'],
        claimedAr('spf.icloud.com; spf=none smtp.mailfrom=a@b.example'),
        ['Received-SPF', 'none receiver=spf.icloud.com', 'below'],
        claimedAr('dkim-verifier.icloud.com; dkim=pass header.d=bank.example'),
      ],
      'at at at be',
    ],
  ])('below its own Received field, of known providers only: %s', (_, by, fields, expected) =>
    expect(at(by, fields).join(' ')).toBe(expected),
  );

  test('Received-SPF (RFC 7208 section 9.1)', () => {
    const mail = message(
      [
        [
          'Received-SPF',
          'fail (mx.provider.com: domain of x@electionsoffice.com does not designate 203.0.113.9) client-ip=203.0.113.9; envelope-from="x@electionsoffice.com"; helo=h.example.net;',
        ],
      ],
      office,
    );
    expect(readRecordedResults(mail)[0]).toMatchObject({
      recordedBy: 'mx.provider.com',
      trusted: true,
      results: [
        { method: 'spf', result: 'fail', properties: { 'smtp.mailfrom': 'x@electionsoffice.com' } },
      ],
    });
  });
});
