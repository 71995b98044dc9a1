import { describe, expect, test } from 'vitest';
import { ar, claimedAr, type Field, HOP, message } from '../../../test/kit/judged-message.ts';
import type { MailMessage } from '../mail/index.ts';
import { consumerProviders } from '../mail-services/index.ts';
import {
  judgeSender,
  protectedIndex,
  readRecordedResults,
  uncheckedAuthentication,
} from './index.ts';

const club = { name: 'Club', address: 'joe@club.example' };

function judge(mail: MailMessage) {
  const verdict = judgeSender({
    message: mail,
    authentication: uncheckedAuthentication(readRecordedResults(mail)),
    protectedNames: protectedIndex([]),
    consumerProvider: consumerProviders(),
  });
  const codes = verdict.reasons.map(({ code }) => code);
  return { ...verdict, seen: `${verdict.kind} ${verdict.certainty}`, codes };
}

/** As Exchange Online writes it: what was done stands beside the result. */
const microsoft = (dmarc: string, mailFrom = 'club.example', spf = 'none'): Field =>
  ar(
    `spf=${spf} (sender IP is 203.0.113.9) smtp.mailfrom=${mailFrom}; dkim=none (message not signed) header.d=none;dmarc=${dmarc} header.from=club.example`,
  );

describe('what Microsoft did with a mail is no policy of its domain', () => {
  test('beside dmarc=none: the domain publishes nothing', () => {
    const verdict = judge(message([microsoft('none action=none')], club));
    expect(verdict.seen).toBe('undetermined none');
    expect(verdict.codes).toContain('domain-publishes-nothing');
    expect(verdict.text).toContain('club.example publishes nothing');
  });

  test.each([
    ['none action=none', 'probable', 'it publishes no such policy'],
    ['fail action=none', 'probable', 'its policy asks for nothing (p=none)'],
    ['fail', 'probable', 'the record does not repeat its policy'],
    ['fail action=quarantine', 'shown', null],
    ['fail action=oreject', 'shown', null],
    ['fail action=o.reject', 'shown', null],
    ['fail action=pct.quarantine', 'shown', null],
  ])('%s, by the return address of another', (dmarc, certainty, why) => {
    const verdict = judge(message([microsoft(dmarc, 'other.example')], club));
    expect(verdict.seen).toBe(`spoofed-domain ${certainty}`);
    expect(
      verdict.notShown.find((said) => said.startsWith('that the domain refuses')) ?? null,
    ).toBe(why === null ? null : `that the domain refuses such mail: ${why}`);
  });

  test('a failed policy is published, though the record does not repeat it', () => {
    const verdict = judge(message([microsoft('fail')], club));
    expect(verdict.seen).toBe('spoofed-domain probable');
  });
});

describe('an SPF record that Google guessed is none', () => {
  const PASS =
    'best guess record for domain of joe@club.example designates 203.0.113.9 as permitted sender';
  const NEUTRAL =
    '203.0.113.9 is neither permitted nor denied by best guess record for domain of joe@club.example';

  test.each<[string, Field]>([
    ['a pass', ar(`mx.google.com; spf=pass (google.com: ${PASS}) smtp.mailfrom=joe@club.example`)],
    [
      'neutral',
      ar(`mx.google.com; spf=neutral (google.com: ${NEUTRAL}) smtp.mailfrom=joe@club.example`),
    ],
    [
      'a pass in Received-SPF',
      [
        'Received-SPF',
        `pass (google.com: ${PASS}) client-ip=203.0.113.9; envelope-from=joe@club.example`,
      ],
    ],
  ])('%s', (_, field) => {
    const verdict = judge(message([field], club));
    expect(verdict.seen).toBe('undetermined none');
    expect(verdict.codes).toContain('domain-publishes-nothing');
    const [row] = readRecordedResults(message([field], club)).flatMap(({ results }) => results);
    expect(row).toMatchObject({
      result: 'none',
      guessed: field[1].includes('neutral') ? 'neutral' : 'pass',
    });
  });

  test('by the return address of another it excuses nobody', () => {
    const field = ar(
      'mx.google.com; spf=pass (google.com: best guess record for domain of x@other.example designates 203.0.113.9 as permitted sender) smtp.mailfrom=x@other.example',
    );
    expect(judge(message([field], club)).seen).toBe('spoofed-domain probable');
  });
});

describe('what can be no domain of the Internet (RFC 5321 section 2.3.5) excuses nobody', () => {
  test.each([
    ['office', false],
    ['{county.example}', false],
    ['county,example', false],
    ['25%', false],
    ['county.example', true],
    ['wahl.bücher.example', true],
    ['mail_1.county.example', true],
    ['copier.local', true],
    ['[192.0.2.4]', true],
  ])('%s', (domain, canBe) => {
    const field = ar(
      `spf=none (sender IP is 203.0.113.9) smtp.mailfrom=x@${domain}; dkim=none; dmarc=none action=none`,
    );
    const verdict = judge(message([field], { name: 'Clerk', address: `clerk@${domain}` }));
    expect(verdict.seen).toBe(canBe ? 'undetermined none' : 'spoofed-domain probable');
    expect(verdict.codes.includes('no-such-domain')).toBe(!canBe);
  });
});

describe('what the recipient’s provider concluded from all that it knows (compauth)', () => {
  const failed = (compauth: string): string =>
    `spf=softfail smtp.mailfrom=club.example; dkim=fail (body hash did not verify) header.d=club.example;dmarc=fail action=quarantine header.from=club.example;compauth=${compauth}`;

  test.each([
    ['pass reason=703', true],
    ['pass', true],
    ['fail reason=000', false],
    ['none', false],
  ])('%s beside a refusal', (compauth, isLetPass) => {
    const verdict = judge(message([ar(failed(compauth))], club));
    expect(verdict.seen).toBe(`spoofed-domain ${isLetPass ? 'probable' : 'shown'}`);
    expect(verdict.codes.includes('provider-let-pass')).toBe(isLetPass);
  });

  test('what the sender writes of it weakens nothing', () => {
    const fields = [ar(failed('fail')), claimedAr('spf=pass; compauth=pass reason=703')];
    expect(judge(message(fields, club)).seen).toBe('spoofed-domain shown');
  });
});

describe('Apple repeats the policy in a field between its records', () => {
  const apple = (info: Field, at: number): string => {
    const fields: Field[] = [
      claimedAr('dmarc.icloud.com; dmarc=fail header.from=club.example'),
      claimedAr('spf.icloud.com; spf=pass smtp.mailfrom=x@other.example'),
      ['Received-SPF', 'pass receiver=spf.icloud.com', 'below'],
    ];
    const route = [{ ...HOP, by: 'st9.me.com' }];
    return judge(message(fields.toSpliced(at, 0, info), club, { route })).seen;
  };

  test.each([
    ['pass=fail; dmarc-policy=reject; pdomain=club.example', 1, 'shown'],
    ['pass=fail; dmarc-policy=quarantine; s=r1', 1, 'shown'],
    ['pass=fail; dmarc-policy=none', 1, 'probable'],
    ['pass=fail', 1, 'probable'],
    // The sender's own begin behind the last record.
    ['pass=fail; dmarc-policy=reject', 3, 'probable'],
  ])('%s in place %i', (info, at, certainty) => {
    expect(apple(['X-DMARC-Info', info], at)).toBe(`spoofed-domain ${certainty}`);
  });
});

test('a hired service sends for no domain that cannot be', () => {
  const field = ar('mx.google.com; spf=pass smtp.mailfrom=b@em1.sendgrid.net; dmarc=none');
  const verdict = judge(message([field], { name: 'Clerk', address: 'clerk@office' }));
  expect(verdict.seen).toBe('spoofed-domain probable');
  expect(verdict.codes).toContain('no-such-domain');
});
