import { describe, expect, test } from 'vitest';
import { ar, type Field, message, office } from '../../../test/kit/judged-message.ts';
import type { Mailbox } from '../mail/index.ts';
import { consumerProviders } from '../mail-services/index.ts';
import {
  type Authentication,
  judgeSender,
  protectedIndex,
  readRecordedResults,
  uncheckedAuthentication,
} from './index.ts';
import { AUTHORS_JUDGED_MAX } from './verdict.ts';

describe('a From line with several senders (RFC 5322 section 3.6.2)', () => {
  const bogus = { name: 'Elections Office', address: 'nonsense' };
  const stranger = { name: 'S', address: 'a@stranger.org' };
  const failed = ar('mx.provider.com; dmarc=fail (p=REJECT) header.from=electionsoffice.com');
  const passed = ar('mx.provider.com; dmarc=pass header.from=stranger.org');
  const several = (
    fields: readonly Field[],
    authors: readonly Mailbox[],
    authentication?: Authentication,
  ) => {
    const mail = message(fields, authors[0] ?? office, { authors });
    return judgeSender({
      message: mail,
      authentication: authentication ?? uncheckedAuthentication(readRecordedResults(mail)),
      protectedNames: protectedIndex([]),
      consumerProvider: consumerProviders(),
    });
  };

  test('a bogus first one does not hide the second', () => {
    const verdict = several([failed], [bogus, office]);
    expect([verdict.kind, verdict.certainty]).toEqual(['spoofed-domain', 'shown']);
    expect(verdict.reasons[0]).toMatchObject({ code: 'several-authors', at: { header: 'From' } });
    expect(verdict.reasons[0]?.text).toContain('<nonsense>, <info@electionsoffice.com>');
  });

  test('a pass of one is none of the other: the gravest verdict stands, in any order', () => {
    for (const authors of [
      [stranger, office],
      [office, stranger],
    ]) {
      const { kind, reasons } = several([passed], authors);
      expect(kind).toBe('undetermined');
      expect(reasons.at(-1)).toMatchObject({
        code: 'other-author',
        text: expect.stringContaining('stranger.org'),
      });
    }
  });

  test('nor do the answers of name servers for one speak for the other', () => {
    const spf = {
      result: 'pass',
      domain: 'stranger.org',
      clientIp: '203.0.113.9',
      helo: null,
      mailFrom: 'a@stranger.org',
      aligned: true,
      record: null,
      comment: null,
    } as const;
    const live: Authentication = { ...uncheckedAuthentication([]), source: 'live', spf };
    expect(several([], [stranger], live).kind).toBe('genuine');
    expect(several([], [stranger, office], live).kind).toBe('spoofed-domain');
  });

  test('one sender written twice is one; one past the limit is said', () => {
    expect(several([failed], [office, office]).reasons[0]?.code).toBe('domain-not-authorised');
    const many = Array.from({ length: AUTHORS_JUDGED_MAX + 1 }, (_, at) => ({
      name: '',
      address: `a${at}@b${at}.example`,
    }));
    const { reasons } = several([], many);
    expect(reasons[0]?.text).toContain(' and 1 more');
    expect(reasons.filter(({ code }) => code === 'other-author')).toHaveLength(
      AUTHORS_JUDGED_MAX - 1,
    );
  });
});
