import { describe, expect, test } from 'vitest';
import { makeDkimKey, signDkim } from '../../../test/kit/dkim-signer.ts';
import { type Zone, zoneDns } from '../../../test/kit/zone-dns.ts';
import type { MailToCheck } from '../../app/ports/index.ts';
import type { Instant } from '../../core/base/index.ts';
import type { DnsTranscript } from '../../core/forensics/index.ts';
import { readMessage } from '../../core/mail/index.ts';
import { nodeKernels } from '../kernels/index.ts';
import { nameServersBy } from './index.ts';

const NOW = '2020-10-22T00:00:00.000Z' as Instant;
const key = makeDkimKey();

function mail(domain: string): MailToCheck {
  const body = `From: Board <info@${domain}>\r\nTo: voter@voter.example\r\nSubject: hello\r\n\r\nText\r\n`;
  const signed = signDkim(body, key, { d: domain, s: 'sel', h: 'from:to:subject' });
  const bytes = Buffer.from(
    `Return-Path: <bounce@${domain}>\r\nReceived: from out.example.net (out.example.net [203.0.113.9])\r\n\tby mx.voter.example with ESMTPS; Tue, 20 Oct 2020 13:05:00 +0000\r\n${signed}`,
  );
  const [message] = readMessage(bytes, nodeKernels).messages;
  if (message === undefined) throw new Error('no message');
  return { bytes, message };
}

const ZONE: Zone = {
  'TXT board.example.org': [['v=spf1 ip4:203.0.113.9 ~all']],
  'TXT sel._domainkey.board.example.org': [[key.record]],
  'TXT _dmarc.board.example.org': [['v=DMARC1; p=reject']],
  'TXT other.example.org': [['v=spf1 ptr:other.example.org -all']],
};

async function asked(zone: Zone, mails: readonly MailToCheck[]): Promise<DnsTranscript> {
  const asking = nameServersBy(() => zoneDns(zone, NOW)).ask();
  await Promise.all(mails.map((one) => asking.check(one)));
  expect(asking).toMatchObject({ stopped: null, unanswered: 0 });
  return asking.transcript();
}

const nobody = nameServersBy(() => {
  throw new Error('asked');
});

describe("name servers' answers of a case", () => {
  test('judge every mail that was asked about, and are silent on others', async () => {
    const transcript = await asked(ZONE, [mail('board.example.org'), mail('board.example.org')]);
    const check = nobody.recorded(transcript);
    const { entries } = transcript;
    expect(new Set(entries.map(({ name, type }) => `${type} ${name}`)).size).toBe(entries.length);
    expect(await check(mail('board.example.org'))).toMatchObject({
      source: 'recorded',
      asOf: NOW,
      spf: { result: 'pass' },
      dkim: [{ result: 'pass' }],
      dmarc: { result: 'pass' },
      notes: [],
    });
    expect(await check(mail('other.example.org'))).toBeNull();
  });

  test.each<[string, Zone]>([
    ['a `ptr` that nobody was asked about', ZONE],
    ['a record without its policy', { ...ZONE, 'TXT other.example.org': [['v=spf1 -all']] }],
  ])('%s leaves open what is no pass', async (_, zone) => {
    const whole = await asked(zone, [mail('other.example.org')]);
    const entries = whole.entries.filter(({ name }) => name === 'other.example.org');
    const check = nobody.recorded({ ...whole, entries });
    const found = await check(mail('other.example.org'));
    expect(found?.notes).toContain('answers-missing');
    const results = [found?.spf, found?.dmarc, ...(found?.dkim ?? [])].flatMap(
      (one) => one?.result ?? [],
    );
    expect(new Set(results)).toEqual(new Set(['temperror']));
  });
});
