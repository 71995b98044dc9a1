import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseAuthenticationResults, readRecordedResults } from './index.ts';
import { ar, HOP, message, office } from './message.fixture.ts';

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

  test('places: above, at, below the boundary; none without one', () => {
    const value = 'mx.provider.com; spf=pass smtp.mailfrom=example.org';
    const mail = message(
      [ar(value), ar('mx.stranger.org; spf=pass'), ['Received', 'x'], ar(value)],
      office,
      {
        route: [HOP, { ...HOP, trusted: false, offset: 400 }],
      },
    );
    const above = {
      ...mail,
      headers: [
        { ...ar(value), name: 'Authentication-Results', value, offset: 50, length: 9 },
        ...mail.headers,
      ],
    };
    expect(readRecordedResults(above).map(({ place, trusted }) => `${place} ${trusted}`)).toEqual([
      'above true',
      'at true',
      'at false',
      'below false',
    ]);
    expect(readRecordedResults({ ...mail, route: [] }).map((r) => r.place)).toEqual([
      'unknown',
      'unknown',
      'unknown',
    ]);
  });

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
