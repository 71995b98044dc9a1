import { describe, expect, test } from 'vitest';
import { type LinkFact, linkCampaigns, messageIdShape } from './links.ts';

const fact = (campaign: string, kind: LinkFact['kind'], value: string, more = {}): LinkFact => ({
  campaign,
  kind,
  value,
  message: `${campaign}/0`,
  ...more,
});

const both = (kind: LinkFact['kind'], value: string, more = {}): readonly LinkFact[] => [
  fact('C1', kind, value, more),
  fact('C2', kind, value, more),
];

describe('links between campaigns', () => {
  test('two strong links of different kinds join', () => {
    const facts = [...both('origin-host', '203.0.113.7'), ...both('mailer', 'h1-h9-x')];
    const { links, joined } = linkCampaigns(facts, 40);
    expect(links.map(({ kind, strength, weight }) => [kind, strength, weight])).toEqual([
      ['mailer', 'strong', Math.log2(20)],
      ['origin-host', 'strong', Math.log2(20)],
    ]);
    expect(joined.map(({ campaigns }) => campaigns)).toEqual([['C1', 'C2']]);
  });

  test('a value that can hold a reader’s name is compared whole and shown without it', () => {
    const facts = [
      ...both('mailer', 'Vera 1', { shown: 'a4 91' }),
      ...both('mailer', 'Nora 1', { shown: 'a4 91' }),
    ];
    const { links } = linkCampaigns(facts, 40);
    expect(links.map(({ value }) => value)).toEqual(['a4 91', 'a4 91']);
    expect(JSON.stringify(linkCampaigns(facts, 40))).not.toMatch(/Vera|Nora/);
  });

  test.each<[string, readonly LinkFact[]]>([
    ['one alone', both('origin-host', '203.0.113.7')],
    ['two of one kind', [...both('attachment', 'aa'), ...both('attachment', 'bb')]],
    [
      'a mailing service',
      [...both('origin-host', '203.0.113.7', { shared: true }), ...both('mailer', 'x')],
    ],
    ['a spoofed domain', [...both('sender-domain', 'group.example'), ...both('mailer', 'x')]],
    [
      'free mail',
      [...both('sender-domain', 'gmail.com', { authenticated: true }), ...both('mailer', 'x')],
    ],
    [
      'a link and a file, which anybody copies out of one message',
      [...both('url-host', 'drop.example'), ...both('attachment', 'aa')],
    ],
    ['a shortener', [...both('url-host', 'bit.ly'), ...both('mailer', 'x')]],
    ['a subject', [...both('subject', 'vote for us or else'), ...both('mailer', 'x')]],
    ['a private address', [...both('origin-host', '192.168.1.9'), ...both('mailer', 'x')]],
    [
      'one domain in two places',
      [
        ...both('sender-domain', 'roll.example', { authenticated: true }),
        ...both('url-host', 'www.roll.example'),
      ],
    ],
  ])('%s joins nothing', (_, facts) => {
    expect(linkCampaigns(facts, 40).joined).toEqual([]);
  });

  test('a path is told where strangers share its host, not beside a host of one hand', () => {
    const own = [...both('url-host', 'drop.example'), ...both('url-path', 'drop.example/a')];
    expect(linkCampaigns(own, 40).links.map(({ kind }) => kind)).toEqual(['url-host']);
    const short = [...both('url-host', 'bit.ly'), ...both('url-path', 'bit.ly/x')];
    expect(linkCampaigns(short, 40).links.map(({ kind, strength }) => [kind, strength])).toEqual([
      ['url-path', 'strong'],
      ['url-host', 'weak'],
    ]);
  });

  test('a machine that only a few messages of a campaign met is weak, and says so', () => {
    const pool = (campaign: string): readonly LinkFact[] =>
      Array.from({ length: 12 }, (_, n) => ({
        ...fact(campaign, 'origin-host', `203.0.113.${campaign === 'C1' ? n : n + 11}`),
        message: `${campaign}/${n}`,
      }));
    const [link] = linkCampaigns([...pool('C1'), ...pool('C2')], 40).links;
    expect(link).toMatchObject({ value: '203.0.113.11', strength: 'weak' });
    expect(link?.why).toContain('only a few of their messages');
  });

  test('a value that many campaigns show is weak, and says so', () => {
    const facts = Array.from({ length: 20 }, (_, n) => fact(`C${n}`, 'mailer', 'mass client'));
    const [link] = linkCampaigns(facts, 40).links;
    expect(link?.strength).toBe('weak');
    expect(link?.why).toBe('Shown by 20 of 40 campaigns; too common to tell them apart.');
  });

  test('a value of one campaign is no link', () => {
    expect(linkCampaigns([fact('C1', 'attachment', 'aa')], 40).links).toEqual([]);
  });
});

test.each([
  ['<20201020131402.GA4411@host.example>', '99.a6'],
  ['<5f8ee0aa.1c69fb81@mx.example>', 'f8.f8'],
  ['<123-456-x@y.example>', '93-93-a1'],
])('the shape of %s is %s', (id, shape) => {
  expect(messageIdShape(id)).toBe(shape);
});
