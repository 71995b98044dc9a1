import { describe, expect, test } from 'vitest';
import { ar, type Field, message } from '../../../test/kit/judged-message.ts';
import type { MailMessage } from '../mail/index.ts';
import { consumerProviders } from '../mail-services/index.ts';
import {
  judgeSender,
  protectedIndex,
  readRecordedResults,
  uncheckedAuthentication,
} from './index.ts';

const stranger = { name: 'S', address: 'a@stranger.org' };
const TEXT = 'Your polling place is open.\nBring a pen.\n';
const plain: Partial<MailMessage> = {
  text: TEXT,
  parts: [
    {
      path: '0.1',
      contentType: 'text/plain',
      charset: 'utf-8',
      charsetHow: null,
      charsetDeclared: 'utf-8',
      encoding: '8bit',
      fileName: null,
      disposition: null,
      offset: 0,
      length: 0,
      bytes: 0,
      sha256: 'b'.repeat(64) as MailMessage['sha256'],
    },
  ],
};

const signature = (tags: string): Field => [
  'DKIM-Signature',
  `v=1; a=rsa-sha256; c=relaxed/relaxed; d=stranger.org; s=k; ${tags} bh=x; b=AbCdEf`,
];

/** With another selector and value than the record names. */
const otherSignature = (tags: string): Field => {
  const [name, value] = signature(tags);
  return [name, value.replace('s=k;', 's=z;').replace('AbCdEf', 'ZyXw')];
};

function judge(record: string, fields: readonly Field[], more: Partial<MailMessage> = plain) {
  const mail = message([ar(`mx.provider.com; ${record}`), ...fields], stranger, more);
  const verdict = judgeSender({
    message: mail,
    authentication: uncheckedAuthentication(readRecordedResults(mail)),
    protectedNames: protectedIndex([]),
    consumerProvider: consumerProviders(),
  });
  return [`${verdict.kind} ${verdict.certainty}`, verdict.reasons.at(-1)?.code];
}

describe('a recorded pass is no better than the signature that it is of', () => {
  const PASS = 'dkim=pass header.d=stranger.org header.s=k header.b=AbCd';
  const H = 'h=From:Subject:Content-Type;';
  test.each<[string, string, readonly Field[], Partial<MailMessage>, string, string]>([
    ['the whole body', PASS, [signature(H)], plain, 'genuine shown', 'domain-authorised'],
    [
      'l= as long as the body, its lines ended by two bytes',
      PASS,
      [signature(`${H} l=43;`)],
      plain,
      'genuine shown',
      'domain-authorised',
    ],
    [
      'the first line',
      PASS,
      [signature(`${H} l=29;`)],
      plain,
      'genuine probable',
      'body-partly-signed',
    ],
    ['nothing', PASS, [signature(`${H} l=0;`)], plain, 'undetermined none', 'body-unsigned'],
    [
      'a part of a body of several parts',
      PASS,
      [signature(`${H} l=29;`)],
      {},
      'undetermined none',
      'body-partly-signed',
    ],
    [
      'nothing, by a record that names no signature',
      'dmarc=pass header.from=stranger.org',
      [signature(H), signature(`${H} l=0;`)],
      plain,
      'undetermined none',
      'body-unsigned',
    ],
    [
      'the whole body, by the signature that the record names',
      PASS,
      [signature(H), otherSignature(`${H} l=0;`)],
      plain,
      'genuine shown',
      'domain-authorised',
    ],
    [
      'nothing, and a server of its own handed it in',
      `spf=pass smtp.mailfrom=a@stranger.org; ${PASS}`,
      [signature(`${H} l=0;`)],
      plain,
      'genuine probable',
      'body-unsigned',
    ],
    [
      'no From line',
      PASS,
      [signature('h=Subject:Content-Type;')],
      plain,
      'undetermined none',
      'field-unsigned',
    ],
    [
      'one of two To lines, the lower one',
      PASS,
      [signature('h=From:To:Subject;'), ['To', 'a@voter.org'], ['To', 'b@voter.org']],
      plain,
      'genuine probable',
      'field-double',
    ],
  ])('%s', (_, record, fields, more, seen, code) => {
    expect(judge(record, fields, more)).toEqual([seen, code]);
  });

  const tailed = (tail: string): Partial<MailMessage> => ({ ...plain, text: TEXT + tail });
  test.each<[string, string]>([
    ['a telephone number', 'Call 202-555-0199 now.'],
    ['a host without a scheme', 'Go to stranger-login.com slash login'],
    ['a defanged one', 'Go to stranger-login[.]com'],
    ['an address of the network', 'Open 192.0.2.7 there'],
    ['a wallet', 'Send it to 1BoatSLRHtKNngkdXEeobR76b53LETtpyT'],
  ])(
    'behind the signed length stands %s: nobody vouches for what the reader is led to',
    (_, tail) => {
      const fields = [signature(`${H} l=43;`)];
      expect(judge(PASS, fields, tailed(tail))).toEqual([
        'undetermined none',
        'body-partly-signed',
      ]);
    },
  );

  test('a footer of a list that leads nowhere leaves it probable', () => {
    const fields = [signature(`${H} l=43;`)];
    const footer = tailed('--\nSent to the county list.');
    expect(judge(PASS, fields, footer)).toEqual(['genuine probable', 'body-partly-signed']);
  });

  test.each<[string, string, readonly Field[], string]>([
    ['presses, put above the signed one', H, [['Subject', 'Notice']], 'undetermined none'],
    ['presses, not signed at all', 'h=From:Content-Type;', [], 'undetermined none'],
    ['presses, and is signed', H, [], 'genuine shown'],
  ])('a Subject that %s', (_, h, below, seen) => {
    const subject = 'We will come after you';
    const fields = [signature(h), ['Subject', subject] as const, ...below];
    expect(judge(PASS, fields, { ...plain, subject })[0]).toBe(seen);
    // The domain's own server handed it in: then its header came from there.
    const handedIn = `${PASS}; spf=pass smtp.mailfrom=a@stranger.org`;
    expect(judge(handedIn, fields, { ...plain, subject })[0]).toBe('genuine shown');
  });

  test('a Subject that is not signed and presses nobody leaves it probable', () => {
    const fields = [signature('h=From:Content-Type;'), ['Subject', 'Notice'] as const];
    expect(judge(PASS, fields, { ...plain, subject: 'Notice' })[0]).toBe('genuine probable');
  });
});
