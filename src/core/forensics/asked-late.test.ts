import { describe, expect, test } from 'vitest';
import { ar, live, message, office, SPF } from '../../../test/kit/judged-message.ts';
import { instantFromMilliseconds } from '../base/index.ts';
import type { MailMessage } from '../mail/index.ts';
import { consumerProviders } from '../mail-services/index.ts';
import { type Authentication, judgeSender, protectedIndex, readRecordedResults } from './index.ts';

const protectedNames = protectedIndex([]);
const consumerProvider = consumerProviders();
const judge = (mail: MailMessage, authentication: Authentication) =>
  judgeSender({ message: mail, authentication, protectedNames, consumerProvider });

describe('what name servers say after the day', () => {
  test('a missing pass says nothing when keys have had half a year to change', () => {
    const years = live({ asOf: instantFromMilliseconds(Date.UTC(2026, 10, 20)) });
    const verdict = judge(message([], office), years);
    expect(verdict.kinds).toEqual(['undetermined']);
    expect(verdict.reasons.map(({ code }) => code)).toContain('asked-too-late');
    expect(verdict.notShown.join()).toContain('what the domain published then');
  });

  test.each([
    ['within days', 1, {}, 'compromised-relay'],
    ['years later', 2_000, {}, 'undetermined'],
    [
      'and a name server failed',
      1,
      { spf: { ...SPF, result: 'temperror' as const } },
      'undetermined',
    ],
  ])('traces of a stranger, asked about %s: %#', (_, days, more, kind) => {
    const mail = message([['X-PHP-Originating-Script', '1001:mailer.php']], office);
    const asOf = instantFromMilliseconds(Date.UTC(2020, 9, 20 + days));
    const verdict = judge(mail, live({ asOf, ...more }));
    expect(verdict.kinds).toContain(kind);
    expect(verdict.kinds.includes('compromised-relay')).toBe(kind === 'compromised-relay');
  });

  test('a missing pass says nothing by answers that are older than the mail', () => {
    const before = live({ asOf: instantFromMilliseconds(Date.UTC(2020, 9, 1)) });
    const verdict = judge(message([], office), before);
    expect(verdict.kinds).toEqual(['undetermined']);
    expect(verdict.reasons.map(({ code }) => code)).toContain('asked-too-early');
  });

  test.each<[string, string, number, string, RegExp | null]>([
    ['dmarc=pass', 'within days', 1, 'probable', /DMARC pass on arrival, fail by name servers/],
    ['dmarc=pass', 'years later', 2_000, 'shown', /Keys and records change/],
    ['dmarc=temperror', 'an error contradicts nothing', 1, 'shown', null],
  ])('a recorded %s against name servers, %s, is said', (record, _, days, certainty, text) => {
    const mail = message(
      [ar(`mx.provider.com; ${record} header.from=electionsoffice.com`)],
      office,
    );
    const verdict = judge(mail, {
      ...live({ asOf: instantFromMilliseconds(Date.UTC(2020, 9, 21 + days)) }),
      recorded: readRecordedResults(mail),
      dmarc: {
        result: 'fail',
        fromDomain: 'electionsoffice.com',
        policy: 'reject',
        policyDomain: null,
        record: null,
        comment: null,
      },
    });
    expect(verdict.certainty).toBe(certainty);
    const said = verdict.reasons.find(({ code }) => code === 'asked-contradicts-record');
    if (text === null) expect(said).toBeUndefined();
    else expect(said?.text).toMatch(text);
  });
});
