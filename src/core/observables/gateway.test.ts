import { describe, expect, test } from 'vitest';
import { EMPTY_MESSAGE } from '../../../test/kit/empty-message.ts';
import { nodeKernels as kernels } from '../../host/kernels/index.ts';
import { collectObservables } from './index.ts';

const collect = (href: string, label: string) =>
  collectObservables({
    message: EMPTY_MESSAGE,
    bodies: [{ path: '0.1', kind: 'html', text: `<a href="${href}">${label}</a>` }],
    codes: [],
    kernels,
  }).observables;

/** What is said of the words of a link. */
const said = (href: string, label: string): readonly string[] =>
  collect(href, label).flatMap(({ type, value }) =>
    type.startsWith('link-') ? `${type} ${value}` : [],
  );

describe('a link that leads on is no false link', () => {
  test.each<[string, string, string[]]>([
    [
      'https://protect-us.mimecast.com/s/a1?domain=county.example.org',
      'county.example.org',
      ['link-detour example.org -> mimecast.com'],
    ],
    [
      'https://url.us.m.mimecastprotect.com/s/a1',
      'www.county.example.org',
      ['link-detour example.org -> mimecastprotect.com'],
    ],
    [
      'https://protect-us.mimecast.com/s/a1?domain=evil.example.net',
      'county.example.org',
      ['link-mismatch example.org -> example.net'],
    ],
    ['https://x.inky.com/x?url=https%3A%2F%2Fcounty.example.org', 'county.example.org', []],
    [
      'https://shared.outlook.inky.com/link?domain=county.example.org&t=h.eJx',
      'county.example.org',
      ['link-detour example.org -> inky.com'],
    ],
    [
      'https://links-1.govdelivery.com/CL0/https:%2F%2Fwww.example.org%2Fvote/1/x',
      'www.example.org/vote',
      [],
    ],
    [
      'http://links.govdelivery.com:80/track?type=click&enid=1&&&101&&&https://www.example.org/a',
      'www.example.org',
      [],
    ],
    [
      'https://links-1.govdelivery.com/CL0/https:%2F%2Fevil.example.net%2F/1/x',
      'www.example.org',
      ['link-mismatch example.org -> example.net'],
    ],
    ['https://a.r.us-east-1.awstrack.me/L0/https:%2F%2Fexample.org%2F/1/x', 'example.org', []],
    ['https://track.pstmrk.it/3s/example.org%2Fx/a/b', 'example.org', []],
    ...(
      [
        ['county.us1.list-manage.com', '/track/click?u=1'],
        ['lnks.gd', '/l/eyJ'],
        ['r20.rs6.net', '/tn.jsp?f=001x'],
        ['u123.ct.sendgrid.net', '/ls/click?upn=a'],
        ['t.e2ma.net', '/click/a'],
        ['bit.ly', '/3a'],
      ] as const
    ).map(([host, path]): [string, string, string[]] => [
      `https://${host}${path}`,
      'www.example.org',
      [`link-detour example.org -> ${host.split('.').slice(-2).join('.')}`],
    ]),
    ['https://youtu.be/abc', 'youtube.com/county', []],
    ['https://x.com/county', 'twitter.com/county', []],
    ['https://maps.example.net/?q=1', '12 Elm St. Springfield.IL', []],
    [
      'https://evil.example.net/?q=1',
      'St. Springfield.IL example.org',
      ['link-mismatch example.org -> example.net'],
    ],
    ['https://evil.example.net/', 'example.org', ['link-mismatch example.org -> example.net']],
  ])('%s on %s', (href, label, expected) => expect(said(href, label)).toEqual(expected));
});

test.each([
  ['https://clicks.aweber.com/y/ct/?l=a', 'aweber.com'],
  ['https://public.govdelivery.com/accounts/X', 'govdelivery.com'],
  ['https://go.pardot.com/e/1/a', 'pardot.com'],
  ['https://click.everyaction.com/k/1', 'everyaction.com'],
  ['https://t.dripemail2.com/c/x', 'dripemail2.com'],
  ['https://go.microsoft.com/fwlink/?linkid=1', 'microsoft.com'],
])('%s leads on', (href, through) =>
  expect(said(href, 'www.example.org')).toEqual([`link-detour example.org -> ${through}`]),
);

test.each([
  ['https://www.aweber.com/', 'example.org', 'aweber.com'],
  ['https://onedrive.live.com/', 'outlook.com', 'live.com'],
  ['https://outlook.live.com/', 'example.org', 'live.com'],
])('%s under the words %s does not', (href, label, site) =>
  expect(said(href, label)).toEqual([`link-mismatch ${label} -> ${site}`]),
);

test('outlook.com is the host outlook.live.com', () =>
  expect(said('https://outlook.live.com/', 'outlook.com')).toEqual([]));

describe('words of a link are compared as a reader sees them', () => {
  test.each<[string, string, string[]]>([
    ['full-width letters', 'ｅｘａｍｐｌｅ．ｏｒｇ', ['link-mismatch example.org -> example.net']],
    ['full-width stops', 'www。example｡org', ['link-mismatch example.org -> example.net']],
    ['hidden blanks', 'exam&#8203;ple.o&shy;rg', ['link-mismatch example.org -> example.net']],
    ['bold letters', 'ex<b>amp</b>le.org', ['link-mismatch example.org -> example.net']],
    ['defanged', 'board[dot]example(dot)org', ['link-mismatch example.org -> example.net']],
    ['no stop at all', 'http://2130706433/', ['link-mismatch 127.0.0.1 -> example.net']],
    ['the same site', 'ｅｘａｍｐｌｅ．ｎｅｔ', []],
    ['no site', 'ａｂｃ 12。3', []],
  ])('%s', (_, label, expected) =>
    expect(said('https://evil.example.net/', label)).toEqual(expected),
  );

  test.each<[string, string, string[]]>([
    ['tel:+12025550199', '202-555-0111', ['link-mismatch +12025550111 -> +12025550199']],
    ['tel:+12025550199', '(202) 555-0199', []],
    ['tel:5550199', '(202) 555-0199', []],
    ['tel:+12025550199', 'Call 202-555-0111 or 202-555-0199', []],
    [
      'sms:+12025550199?body=YES',
      'text 202-555-0111',
      ['link-mismatch +12025550111 -> +12025550199'],
    ],
    ['tel:+12025550199', 'call us in 2020', []],
    ['tel:02079460018', '+44 20 7946 0018', []],
    ['tel:011442079460018', '+44 20 7946 0018', []],
    ['tel:+18005550118', '202-555-0118', ['link-mismatch +12025550118 -> +18005550118']],
    ['tel:8005550118', '202-555-0118', ['link-mismatch +12025550118 -> +18005550118']],
    ['tel:911', '202-555-0911', ['link-mismatch +12025550911 -> 911']],
    ['https://wa.me/5215555550199', '+52 55 5555 0199', []],
    ['https://wa.me/5491155550199', '+54 11 5555 0199', []],
    [
      'https://wa.me/5215555550199',
      '+52 56 5555 0199',
      ['link-mismatch +525655550199 -> +5215555550199'],
    ],
    [
      'https://wa.me/12025550199',
      '+1 202-555-0111',
      ['link-mismatch +12025550111 -> +12025550199'],
    ],
    ['https://evil.example.net/2025550199', '202-555-0111', []],
  ])('%s on %s', (href, label, expected) => expect(said(href, label)).toEqual(expected));
});

test.each([
  'https://wa.me/12025550166?text=hi',
  'https://api.whatsapp.com/send?phone=%2B12025550166&amp;text=hi',
  'whatsapp://send?phone=12025550166',
])('%s names a telephone', (href) => {
  const phones = collect(href, 'x').filter(({ type }) => type === 'phone');
  expect(phones.map(({ value }) => value)).toEqual(['+12025550166']);
});

test.each([
  'https://x.safelinks.protection.outlook.icu/?url=https%3A%2F%2Fcounty.example.org',
  'https://statics.teams.cdn.office.fun/evergreen/safelinks/?url=https%3A%2F%2Fcounty.example.org',
  'https://google.evil.example.net/url?q=https%3A%2F%2Fcounty.example.org',
  'https://translate.google.evil.example.net/translate?u=https%3A%2F%2Fcounty.example.org',
])('%s is no service that leads on', (href) => {
  const [mismatch, ...others] = said(href, 'county.example.org');
  expect(mismatch).toMatch(/^link-mismatch example\.org -> /);
  expect(others).toEqual([]);
});

test.each<[string, string]>([
  ['https://protect-us.mimecast.com/s/a?domain=evil.example.net', 'evil.example.net'],
  ['https://evil--a-example-net.translate.goog/x?_x_tr_sl=en', 'evil-a.example.net'],
  ['https://translate.google.com/translate?sl=en&u=https://evil.example.net/', 'evil.example.net'],
  ['https://googleweblight.com/i?u=https://evil.example.net/', 'evil.example.net'],
  ['https://duckduckgo.com/l/?uddg=https%3A%2F%2Fevil.example.net%2F', 'evil.example.net'],
  [
    'https://statics.teams.cdn.office.net/evergreen-assets/safelinks/1/atp-safelinks.html?url=https%3A%2F%2Fevil.example.net%2F',
    'evil.example.net',
  ],
  ['https://link.edgepilot.com/s/a/b?u=https://evil.example.net/', 'evil.example.net'],
])('the host behind %s is found', (href, host) => {
  const found = collect(href, 'x').find(({ type, value }) => type === 'host' && value === host);
  expect(found?.where[0]?.how.some((how) => how.startsWith('unwrapped:'))).toBe(true);
});

test.each<[string, string[]]>([
  [
    'https://nam02.safelinks.protection.outlook.com/?url=https%3A%2F%2Fevil.example.net%2F&data=x',
    [
      'url https://nam02.safelinks.protection.outlook.com/?url=https%3A%2F%2Fevil.example.net%2F&data=x',
      'host nam02.safelinks.protection.outlook.com',
    ],
  ],
  [
    'https://urldefense.com/v3/__https://bit.ly/a__;!!a!b$',
    ['url https://urldefense.com/v3/__https://bit.ly/a__;!!a!b$', 'host urldefense.com'],
  ],
  [
    'https://l.facebook.com/l.php?u=https%3A%2F%2Furldefense.com%2Fv3%2F__https%3A%2F%2Fa.example.net%2F__%3B',
    ['url https://urldefense.com/v3/__https://a.example.net/__;', 'host urldefense.com'],
  ],
  ['https://www.inky.com/', []],
  ['https://bit.ly/a', []],
])('link protection is marked, and nothing that it leads to: %s', (href, expected) => {
  const marked = collect(href.replaceAll('&', '&amp;'), 'x').filter(({ where }) =>
    where.some(({ how }) => how.includes('link-protection')),
  );
  expect(marked.map(({ type, value }) => `${type} ${value}`)).toEqual(expected);
});
