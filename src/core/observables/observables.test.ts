import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { anyText } from '../../../test/kit/any-text.ts';
import { EMPTY_MESSAGE } from '../../../test/kit/empty-message.ts';
import { nodeKernels as kernels } from '../../host/kernels/index.ts';
import type { MailMessage, MailPart, ShownBody } from '../mail/index.ts';
import { htmlAddresses } from './html-addresses.ts';
import { collectObservables, readHost } from './index.ts';
import { OBSERVABLES_MAX, OCCURRENCES_MAX } from './observable.ts';
import { decodePunycode, encodePunycode } from './punycode.ts';
import { scanText } from './scan-text.ts';

const ATTACHED: MailPart = {
  path: '0.2',
  contentType: 'application/zip',
  charset: null,
  charsetHow: null,
  charsetDeclared: null,
  encoding: 'base64',
  fileName: 'ballot.zip',
  disposition: 'attachment',
  offset: 300,
  length: 40,
  bytes: 30,
  sha256: EMPTY_MESSAGE.sha256,
};

const collect = (bodies: readonly ShownBody[], message: Partial<MailMessage> = {}) =>
  collectObservables({ message: { ...EMPTY_MESSAGE, ...message }, bodies, codes: [], kernels });

const inHtml = (text: string): string[] =>
  collect([{ path: '0.1', kind: 'html', text }]).observables.map((o) => `${o.type} ${o.value}`);

const inText = (text: string): string[] =>
  scanText(text, kernels).map(({ type, value }) => `${type} ${value}`);

test('the sender that a plain forward shows is an observable, at no byte of its own', () => {
  const forward = { method: 'inline-text', intact: false, lost: ['headers'] } as const;
  const from = { name: 'Info', address: 'info@threat.example' };
  const replyTo = [{ name: '', address: 'r@answers.example' }];
  const { observables } = collect([], { path: '0.i', forward, from, replyTo });
  expect(observables.map(({ type, value }) => `${type} ${value}`)).toEqual([
    'email info@threat.example',
    'host threat.example',
    'email r@answers.example',
    'host answers.example',
  ]);
  expect(observables[0]?.where).toMatchObject([{ place: 'header', at: 'From', side: 'sender' }]);
});

describe('prose', () => {
  test.each<[string, string[]]>([
    ['see https://Board.Example.org/a?b=c#d.', ['url https://board.example.org/a?b=c#d']],
    ['(see http://a.example.com/x_(y))', ['url http://a.example.com/x_(y)']],
    ['go to www.vote-check.com today', ['host www.vote-check.com']],
    ['open vote-check.com/login now', ['url https://vote-check.com/login']],
    ['hxxps[:]//bad[.]example[.]com/a', ['url https://bad.example.com/a']],
    ['mail info[at]proud[.]example[.]com', ['email info@proud.example.com']],
    ['a\u200bb@evil.example.com', ['email a\u200bb@evil.example.com', 'email ab@evil.example.com']],
    ['ab@ev\u00adil.example.com', ['email ab@ev\u00adil.example.com', 'email ab@evil.example.com']],
    ['see:\u200bab@evil.example.com\ufeff', ['email ab@evil.example.com']],
    ['Jane.Doe+x@Mail.example.org!', ['email Jane.Doe+x@mail.example.org']],
    ['from 192.0.2.17, 2001:db8:0:0::1 and 999.1.1.1', ['ip 192.0.2.17', 'ip 2001:db8::1']],
    [
      'http://0xC0.0.2.1/ is http://3221225985/',
      ['url http://192.0.2.1/', 'url http://192.0.2.1/'],
    ],
    ['call +44 20 7946 0018 or (907) 555-0142.', ['phone +442079460018', 'phone +19075550142']],
    ['the count was 2020-10-21 and 1234567890', []],
    [
      '202\u2013555\u20130113, 202\u2212555\u22120114',
      ['phone +12025550113', 'phone +12025550114'],
    ],
    ['202/555-0109 or (202) / 555-0110', ['phone +12025550109', 'phone +12025550110']],
    ['202-555-0101/202-555-0102 on 10/20/2020', ['phone +12025550101']],
    ['011 52 55 1234 5678 and 011-44-20-7946-0958', ['phone +525512345678', 'phone +442079460958']],
    ['011 123 456 7890 and 011 52 55', []],
    ['+44 (0)20 7946 0959', ['phone +442079460959']],
    ['1-800-VOTE-NOW, (888) 555-FAKE', ['phone +18008683669', 'phone +18885553253']],
    ['800-FLOWERSHOP or 800-vote-now or 1-202-VOTE-NOW', ['phone +18003569377']],
    [
      'mailto:a@x.example.com?subject=x&bcc=b@y.example.com&cc=c@z.example.com',
      ['email a@x.example.com', 'email b@y.example.com', 'email c@z.example.com'],
    ],
    ['mailto:?to=a@x.example.com', ['email a@x.example.com']],
    [
      'bounce+vera=voter.example@list.example.com',
      ['email bounce+vera=voter.example@list.example.com'],
    ],
    ['http://[::ffff:198.51.100.9]/a', ['url http://198.51.100.9/a']],
    ['We are done.So vote.No, really. Notes.py and a.zip', []],
    ['http://xn--80ak6aa92e.com/', ['url http://xn--80ak6aa92e.com/']],
    ['http://аррӏе.com/', ['url http://xn--80ak6aa92e.com/']],
    ['http://user:pw@192.0.2.9:8080/', ['url http://user:pw@192.0.2.9:8080/']],
  ])('%s', (text, found) => expect(inText(text)).toEqual(found));

  test.each<[string, string | undefined]>([
    ['1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa', 'bitcoin'],
    ['1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNb', undefined],
    ['BC1QW508D6QEJXTDG4Y5R3ZARVARY0C5XW7KV8F3T4', 'bitcoin'],
    ['bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t5', undefined],
    ['bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqzk5jj0', 'bitcoin'],
    ['0x52908400098527886E0F7030069857D2E4169EE7', 'ethereum'],
  ])('a wallet address holds its checksum (BIP 173, 350): %s', (word, currency) => {
    const found = scanText(`send to ${word} today`, kernels).filter((s) => s.type === 'wallet');
    expect(found[0]?.how[0]).toBe(currency);
  });

  test('an address in upper case is the wallet of the one in lower case (BIP 173)', () => {
    const lower = 'bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4';
    expect(inText(`${lower.toUpperCase()} ${lower}`)).toEqual([
      `wallet ${lower}`,
      `wallet ${lower}`,
    ]);
  });

  test('a defanged address keeps its place in the text as it stood', () => {
    const text = 'a[.]example[.]com then https://b[.]example[.]com/x';
    const [, url] = scanText(text, kernels);
    expect(text.slice(url?.start, url?.end)).toBe('https://b[.]example[.]com/x');
  });

  test('any text is read, in places that lie within it', () => {
    const noisy = fc.string({ unit: fc.constantFrom(...'a1.@:/[]()<> xn-+é\u202e') });
    fc.assert(
      fc.property(fc.oneof(anyText(), noisy), (text) => {
        const outside = scanText(text, kernels).filter(
          ({ start, end }) => start >= end || end > text.length,
        );
        expect(outside).toEqual([]);
      }),
    );
  });

  test.each(['@', '.a', '://', 'a@', 'http://', '1 ', '[.]', '((', 'a.b@', '?a@b.co', '.-'])(
    'a flood of %j takes linear time',
    (unit) => {
      const text = unit.repeat(200_000 / unit.length);
      expect(scanText(text, kernels).length).toBeLessThan(200_000);
    },
  );
});

describe('hosts', () => {
  test.each<[string, string | null]>([
    ['EXAMPLE.org.', 'example.org'],
    ['ｅｘａｍｐｌｅ。org', 'example.org'],
    ['bücher.example', 'xn--bcher-kva.example'],
    ['0300.0.2.1', '192.0.2.1'],
    ['192.0.513', '192.0.2.1'],
    ['256.256.256.256', null],
    ['[2001:DB8::0:1]', '2001:db8::1'],
    ['[::ffff:198.51.100.9]', '198.51.100.9'],
    ['[::FFFF:c633:6409]', '198.51.100.9'],
    ['a..b', null],
    ['', null],
  ])('%s reads as browsers read it (WHATWG URL 3.5)', (text, ascii) =>
    expect(readHost(text.startsWith('[') ? text : text.toLowerCase())?.ascii ?? null).toBe(ascii),
  );

  test('Punycode comes back as it went (RFC 3492)', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 12 }), (label) => {
        const encoded = encodePunycode(label);
        if (encoded !== null && /[^\0-\x7f]/.test(label))
          expect(decodePunycode(encoded)).toBe(label);
      }),
    );
  });
});

describe('HTML', () => {
  test('a label that names another site than its target is an observable', () => {
    expect(inHtml('<a href="http://evil.example.net/x">www.board.example.org</a>')).toContain(
      'link-mismatch example.org -> example.net',
    );
    expect(inHtml('<a href="http://a.example.org/x">www.board.example.org</a>')).not.toContain(
      'link-mismatch example.org -> example.org',
    );
  });

  test.each<[string, string]>([
    [
      'https://nam02.safelinks.protection.outlook.com/?url=https%3A%2F%2Fevil.example.com%2Fa&data=1',
      'safelinks',
    ],
    ['https://urldefense.proofpoint.com/v2/url?u=https-3A__evil.example.com_a&d=x', 'urldefense'],
    ['https://urldefense.com/v3/__https://evil.example.com/a__;!!AB!c$', 'urldefense'],
    ['https://urldefense.com/v3/__https:/evil.example.com*a__;Lw!!AB!c$', 'urldefense'],
    [
      'https://eu-west-1.protection.sophos.com/?d=x&u=aHR0cHM6Ly9ldmlsLmV4YW1wbGUuY29tL2E=',
      'sophos',
    ],
    ['https://www.google.com/url?q=https://evil.example.com/a&sa=D', 'google'],
    ['https://linkprotect.cudasvc.com/url?a=https%3a%2f%2fevil.example.com%2fa', 'barracuda'],
  ])('%s is reported in both forms', (href, gateway) => {
    const { observables } = collect([
      { path: '0.1', kind: 'html', text: `<a href="${href.replace(/&/g, '&amp;')}">x</a>` },
    ]);
    const urls = observables.filter((o) => o.type === 'url').map((o) => o.value);
    expect(urls).toEqual([href, 'https://evil.example.com/a']);
    expect(
      observables.find((o) => o.value === 'https://evil.example.com/a')?.where[0]?.how,
    ).toEqual([`unwrapped:${gateway}`]);
    expect(observables.some((o) => o.type === 'host' && o.value === 'evil.example.com')).toBe(true);
  });

  test('addresses stand in every attribute that can hold one', () => {
    const html = `<BASE href=//a.example.com><img src='http://b.example.com/p.gif' alt=x>
      <form action="http://c.example.com"><meta http-equiv=refresh content="0;URL='http://d.example.com/'">
      <p style="background:url(http://e.example.com/b)"><a href="http&colon;//f.example.com&#47;z">k</a>
      <!-- <a href="http://hidden.example.com">x</a> --><!--[if mso]><a href="http://g.example.com">o</a><![endif]-->
      <script>"http://no.example.com"</script><a href="tel:+15555550142">t</a>`;
    const { links, shown } = htmlAddresses(html);
    expect(links.map((link) => link.target)).toEqual([
      '//a.example.com',
      'http://b.example.com/p.gif',
      'http://c.example.com',
      'http://d.example.com/',
      'http://e.example.com/b',
      'http://f.example.com/z',
      'http://g.example.com',
      'tel:+15555550142',
    ]);
    expect(shown.text).not.toContain('no.example.com');
  });

  test('what is shown knows its place in the source', () => {
    const html = '<p>see <b>http://a.example.com/x</b>, or b@<i>exam</i>ple.org</p>';
    const { observables } = collect([{ path: '0.1', kind: 'html', text: html }]);
    const spans = observables.map(({ where: [at] }) =>
      html.slice(at?.offset, (at?.offset ?? 0) + (at?.length ?? 0)),
    );
    expect(spans.slice(0, 3)).toEqual([
      'http://a.example.com/x',
      'http://a.example.com/x',
      'b@<i>exam</i>ple.org',
    ]);
  });

  test('any text is read, and what is shown keeps its places', () => {
    const soup = fc.string({
      unit: fc.constantFrom('<', '>', 'a', ' href=', '"', "'", '!--', '/', '&#', 'script'),
    });
    fc.assert(
      fc.property(fc.oneof(anyText(), soup), (html) => {
        const { shown, links } = htmlAddresses(html);
        for (let at = 0; at < shown.text.length; at += 1)
          if (shown.text[at] !== ' ') expect(html[shown.place(at)]).toBe(shown.text[at]);
        expect(links.filter(({ start, end }) => start > end || end > html.length)).toEqual([]);
      }),
    );
  });

  const styles = `ev<b ${'style'.repeat(1_900)}>il.example `;
  test.each([
    ...['<', '<a ', '<!--', '<a href="', '<script>', '&#', '<a b=c ', '<!'].map((unit) => [
      unit,
      unit,
    ]),
    ['<b style…>', styles],
  ])('a flood of %j takes linear time', (_, unit) => {
    const html = unit.repeat(300_000 / unit.length);
    expect(htmlAddresses(html).shown.text.length).toBeLessThanOrEqual(html.length);
  });
});

describe('a message', () => {
  const field = (name: string, value: string) => ({ name, value, offset: 7, length: 30 });

  test('names its headers, hops and attachments with places and sides', () => {
    const { observables } = collect(
      [{ path: '0.1', kind: 'plain', text: 'See http://a.example.com/' }],
      {
        headers: [
          field('From', 'Board <info@board.example.org>'),
          field('Message-ID', '<1@x.example.net>'),
          field('X-PHP-Script', 'shop.example.net/mail.php for 203.0.113.9'),
        ],
        route: [
          {
            from: 'helo.example.net',
            reverseName: null,
            by: 'mx.example.org',
            ip: '203.0.113.9',
            protocol: 'ESMTP',
            date: null,
            trusted: true,
            offset: 100,
            length: 80,
          },
        ],
        parts: [ATTACHED],
      },
    );
    const ip = observables.find((o) => o.type === 'ip');
    expect(ip?.where.map(({ place, at, side }) => [place, at, side])).toEqual([
      ['header', 'X-PHP-Script', 'sender'],
      ['hop', 'client address', 'recipient'],
    ]);
    expect(observables.map(({ type, value }) => `${type} ${value}`)).toEqual(
      expect.arrayContaining([
        'email info@board.example.org',
        'message-id 1@x.example.net',
        'url https://shop.example.net/mail.php',
        'url http://a.example.com/',
        'file-name ballot.zip',
        `hash ${EMPTY_MESSAGE.sha256}`,
      ]),
    );
  });

  test('an empty file has a name, and a digest that any empty file has', () => {
    const { observables } = collect([], { parts: [{ ...ATTACHED, bytes: 0 }] });
    expect(observables.map(({ type }) => type)).toEqual(['file-name']);
  });

  test('a picture written out in the page is no link; a page written out is', () => {
    const image =
      '<img src="data:image/png;base64,iVBORw0KGgo="><img src="DATA:font/woff2;base64,AA">';
    expect(inHtml(image)).toEqual([]);
    expect(inHtml('<a href="data:text/html,hello">x</a>')).toEqual(['url data:text/html,hello']);
    expect(inHtml('<img src="data:image/svg+xml,%3Csvg%3E">')).toHaveLength(1);
  });

  test("the recipient's own address is marked, also inside a link", () => {
    const { observables } = collect(
      [
        {
          path: '0.1',
          kind: 'plain',
          text: 'Jane, http://a.example.com/?m=voter%40example.org voter@example.org',
        },
      ],
      { headers: [field('Delivered-To', 'Voter@example.org')] },
    );
    const marked = observables.filter((o) => o.ofRecipient).map((o) => o.type);
    expect(marked).toEqual(['url', 'email', 'host']);
  });

  test.each<[string, string, boolean]>([
    ['the address alone', 'To: vera@voter.example.org', true],
    ['the address twice', 'vera@voter.example.org Vera@voter.example.org', true],
    ['a link there too', 'vera@voter.example.org https://voter.example.org/x', false],
    ['another address there', 'vera@voter.example.org boss@voter.example.org', false],
    ['nothing but the host', 'voter.example.org', false],
  ])('a host is a reporter’s own where only the address names it: %s', (_, text, own) => {
    const { observables } = collectObservables({
      message: EMPTY_MESSAGE,
      bodies: [{ path: '0.1', kind: 'plain', text }],
      codes: [],
      kernels,
      reporters: ['vera@voter.example.org'],
    });
    const hosts = observables.filter(({ value }) => value === 'voter.example.org');
    expect(hosts.map(({ ofRecipient }) => ofRecipient)).toEqual([own]);
  });

  test('one past the limits is counted and said', () => {
    const text = Array.from({ length: OBSERVABLES_MAX + 1 }, (_, n) => `h${n}.example.com`).join(
      ' ',
    );
    const flood = collect([{ path: '0.1', kind: 'plain', text }]);
    expect(flood.observables).toHaveLength(OBSERVABLES_MAX);
    expect(flood.limits.map((limit) => limit.code)).toEqual(['observables-over-limit']);
    const same = collect([
      { path: '0.1', kind: 'plain', text: '192.0.2.1 '.repeat(OCCURRENCES_MAX + 1) },
    ]);
    expect(same.observables[0]).toMatchObject({ occurrences: OCCURRENCES_MAX + 1 });
    expect(same.observables[0]?.where).toHaveLength(OCCURRENCES_MAX);
  });
});
