import { describe, expect, test } from 'vitest';
import { ar, claimedAr, type Field, HOP, live, message } from '../../../test/kit/judged-message.ts';
import { consumerProviders } from '../mail-services/index.ts';
import type { Authentication } from './authentication.ts';
import {
  judgeSender,
  protectedIndex,
  readRecordedResults,
  uncheckedAuthentication,
} from './index.ts';

const county = { name: 'County', address: 'clerk@county.example' };

/** A mail from the county that this host handed in. */
function judge(
  fields: readonly Field[],
  {
    host = 'host.example.net',
    ip = '203.0.113.9',
    from = county,
    authentication,
  }: {
    readonly host?: string | null;
    readonly ip?: string;
    readonly from?: typeof county;
    readonly authentication?: Authentication;
  } = {},
) {
  const mail = message(fields, from, { route: [{ ...HOP, reverseName: host, ip }] });
  const verdict = judgeSender({
    message: mail,
    authentication: authentication ?? uncheckedAuthentication(readRecordedResults(mail)),
    protectedNames: protectedIndex([]),
    consumerProvider: consumerProviders(),
  });
  const codes = verdict.reasons.map(({ code }) => code);
  return { ...verdict, seen: `${verdict.kind} ${verdict.certainty}`, codes };
}

const NONE = 'dmarc=fail (p=NONE sp=NONE dis=NONE) header.from=county.example';
const record = (...results: readonly string[]): Field =>
  ar(['mx.google.com', ...results].join('; '));
const LIST_DKIM = 'dkim=pass header.i=@auth.ccsend.com';
const LIST_SPF = 'spf=pass smtp.mailfrom=x@in.constantcontact.com';
const LIST_HOST = 'ccm1.constantcontact.com';

describe('a mailing service that anybody may hire', () => {
  test.each<[string, readonly string[], string | null]>([
    ['by the pass of its return address', [LIST_SPF], null],
    ['by its signature on what its own host handed in', [LIST_DKIM, 'spf=none'], LIST_HOST],
    ['for a domain with a policy of none', [LIST_DKIM, LIST_SPF, NONE], LIST_HOST],
  ])('%s: nobody can tell', (_, results, host) => {
    const verdict = judge([record(...results)], { host });
    expect(verdict.seen).toBe('undetermined none');
    expect(verdict.codes).toContain('hired-service');
    expect(verdict.text).toBe(
      'Cannot tell: sent by the service Constant Contact, which anybody may hire. Ask the office or person shown, by a number that you know, whether they sent it.',
    );
    expect(verdict.notShown.join()).toContain('that county.example sent it, or that it did not');
  });

  test.each<[string, Field, string | null]>([
    ['its signature on mail that a stranger handed in', record(LIST_DKIM, 'spf=none'), null],
    ['a signature that failed', record('dkim=fail header.i=@auth.ccsend.com'), LIST_HOST],
    ['a return address without a pass', record(LIST_SPF.replace('pass', 'neutral')), LIST_HOST],
    ['a firm of nearly its name', record('spf=pass smtp.mailfrom=x@notccsend.com'), null],
    [
      'a name before that of a stranger',
      record('spf=pass smtp.mailfrom=x@ccsend.com.example'),
      null,
    ],
    [
      'the sender of a server of its own',
      record('spf=pass smtp.mailfrom=x@host.example.net'),
      null,
    ],
  ])('%s excuses nobody', (_, field, host) => {
    const verdict = judge([field, record('spf=softfail smtp.mailfrom=x@county.example')], { host });
    expect(verdict.seen).toBe('spoofed-domain probable');
  });

  test('what the sender claims of its passes excuses nobody', () => {
    const fields = [record('spf=none smtp.mailfrom=x@other.example'), claimedAr(`mx; ${LIST_SPF}`)];
    expect(judge(fields).seen).toBe('spoofed-domain probable');
  });

  test.each([
    ['REJECT', 'spoofed-domain probable'],
    ['QUARANTINE', 'spoofed-domain probable'],
  ])('for a domain with a policy of %s it leaves a spoof probable', (policy, seen) => {
    const verdict = judge([record(LIST_DKIM, LIST_SPF, NONE.replace('NONE', policy))], {
      host: LIST_HOST,
    });
    expect(verdict.seen).toBe(seen);
    expect(verdict.codes).toContain('hired-service');
  });

  test('a script that hands it a newsletter is no trace of misuse, a stranger’s account is', () => {
    const script: Field = ['X-PHP-Originating-Script', '33:mailer.php'];
    const account: Field = ['X-Authenticated-Sender', 'web1.host.example: x@evil.example'];
    const kinds = (...more: readonly Field[]): string =>
      judge([record(LIST_SPF), ...more]).kinds.join();
    expect(kinds(script)).toBe('undetermined');
    expect(kinds(script, account)).toBe('compromised-relay');
  });

  test('by the answers of name servers', () => {
    const spf = {
      result: 'pass',
      domain: 'em1.sendgrid.net',
      clientIp: '203.0.113.9',
      helo: null,
      mailFrom: 'b@em1.sendgrid.net',
      aligned: false,
      record: null,
      comment: null,
    } as const;
    expect(judge([], { authentication: live({ spf }) }).codes).toContain('hired-service');
  });

  test('a calendar invitation of Google', () => {
    const field = record(
      'dkim=pass header.i=@google.com',
      'spf=pass smtp.mailfrom=c@county.test',
      NONE,
    );
    expect(judge([field], { host: null, ip: '209.85.222.1' }).codes).toContain('hired-service');
    expect(judge([field]).seen).toBe('spoofed-domain probable');
  });
});

describe('a mail system that signs for a customer without a key', () => {
  const GOOGLE = 'dkim=pass header.i=@county-example.20230601.gappssmtp.com';
  const MICROSOFT = 'dkim=pass header.d=countyexample.onmicrosoft.com';
  const OWN_PATH = 'spf=softfail smtp.mailfrom=clerk@county.example';
  const FROM_MICROSOFT = { host: null, ip: '40.107.236.41' };

  test('Google spells the domain of its customer', () => {
    const verdict = judge([record(GOOGLE, OWN_PATH)]);
    expect(verdict.seen).toBe('undetermined none');
    expect(verdict.codes).toContain('own-tenancy');
    expect(verdict.text).toContain('as it seems by an account of county.example');
  });

  test('another customer of Google excuses nobody', () => {
    const field = record(GOOGLE.replace('county-', 'evil-'), OWN_PATH);
    expect(judge([field]).seen).toBe('spoofed-domain probable');
    const within = record(GOOGLE.replace('@county', '@x.county'), OWN_PATH);
    expect(judge([within]).seen).toBe('spoofed-domain probable');
  });

  test('names that dots and hyphens alone keep apart are written alike, and a refusal stands', () => {
    const field = record(GOOGLE, OWN_PATH, NONE.replace('NONE', 'REJECT'));
    expect(judge([field]).seen).toBe('spoofed-domain probable');
  });

  test('a customer of Microsoft 365 under the return address of the domain shown', () => {
    const verdict = judge([record(MICROSOFT, OWN_PATH)], FROM_MICROSOFT);
    expect(verdict.seen).toBe('undetermined none');
    expect(verdict.text).toContain('the service Microsoft 365, which anybody may hire');
  });

  test.each<[string, Field, Parameters<typeof judge>[1]]>([
    [
      'another return address',
      record(MICROSOFT, 'spf=pass smtp.mailfrom=x@evil.example'),
      FROM_MICROSOFT,
    ],
    ['a host elsewhere', record(MICROSOFT, OWN_PATH), {}],
    [
      'a domain where anybody has an account',
      record(MICROSOFT, 'spf=softfail smtp.mailfrom=x@live.com'),
      { ...FROM_MICROSOFT, from: { name: 'A', address: 'x@live.com' } },
    ],
    [
      'a refusal of that domain',
      record(MICROSOFT, OWN_PATH.replace('softfail', 'fail')),
      FROM_MICROSOFT,
    ],
  ])('%s: a spoof, and not for certain', (_, field, how) => {
    expect(judge([field], how).seen).toBe('spoofed-domain probable');
  });
});
