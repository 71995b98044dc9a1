import { describe, expect, test } from 'vitest';
import { type DkimKey, makeDkimKey, signDkim } from '../../../test/kit/dkim-signer.ts';
import { type Zone, zoneDns } from '../../../test/kit/zone-dns.ts';
import { type Instant, parseInstant } from '../../core/base/index.ts';
import { readMessage } from '../../core/mail/index.ts';
import { type DnsSource, MESSAGE_QUESTIONS_MAX, recordedDns } from '../dns/index.ts';
import { nodeKernels } from '../kernels/index.ts';
import { authenticateMessage, checkMemory } from './index.ts';
import { SIGNATURES_MAX } from './verifiable-bytes.ts';

const instant = (text: string): Instant => {
  const read = parseInstant(text);
  if (!read.ok) throw new Error(text);
  return read.value;
};
const NOW = instant('2020-10-22T00:00:00Z');
const key = makeDkimKey();

const BODY =
  'From: Board <info@board.example.org>\r\nTo: voter@voter.example\r\nSubject: hello\r\n\r\nText \r\n\r\n';
const signed = (more = '', by: DkimKey = key): string =>
  signDkim(BODY, by, { d: 'board.example.org', s: 'sel', h: 'from:to:subject', more });
const received = (mail: string): string =>
  `Return-Path: <bounce@board.example.org>\r\nReceived: from out.board.example.org (out.board.example.org [203.0.113.9])\r\n\tby mx.voter.example with ESMTPS; Tue, 20 Oct 2020 13:05:00 +0000\r\n${mail}`;

const ZONE: Zone = {
  'TXT board.example.org': [['v=spf1 ip4:203.0.113.9 -all']],
  'TXT sel._domainkey.board.example.org': [[key.record]],
  'TXT _dmarc.board.example.org': [['v=DMARC1; p=reject']],
};

async function authenticate(mail: string, dns: DnsSource = zoneDns(ZONE, NOW)) {
  const bytes = Buffer.from(mail);
  const [message] = readMessage(bytes, nodeKernels).messages;
  if (message === undefined) throw new Error('no message');
  return await authenticateMessage({ bytes, message, dns });
}

describe('authentication', () => {
  test('SPF, DKIM and DMARC pass for an authorised message', async () => {
    const { authentication } = await authenticate(received(signed()));
    expect(authentication).toMatchObject({
      source: 'live',
      asOf: NOW,
      boundaryTime: '2020-10-20T13:05:00.000Z',
      spf: { result: 'pass', aligned: true, clientIp: '203.0.113.9' },
      dkim: [{ result: 'pass', domain: 'board.example.org', selector: 'sel', aligned: true }],
      dmarc: { result: 'pass', policy: 'reject', fromDomain: 'board.example.org' },
      arc: { result: 'none' },
      notes: [],
    });
  });

  test.each<[string, (mail: string) => string]>([
    ['LF line ends', (mail) => mail.replaceAll('\r\n', '\n')],
    ['mixed line ends', (mail) => mail.replace('\r\n', '\n')],
    ['CR CR LF line ends', (mail) => mail.replaceAll('\r\n', '\r\r\n')],
    ['CR line ends', (mail) => mail.replaceAll('\r\n', '\r')],
    ['an mbox that ends with one more line', (mail) => `${mail}\r\n`],
  ])('a stored copy with %s still verifies', async (_, stored) => {
    const { authentication } = await authenticate(stored(received(signed())));
    expect(authentication.dkim).toMatchObject([{ result: 'pass' }]);
  });

  test.each<[string, string]>([
    ['body', received(signed()).replace('Text', 'Test')],
    ['signed header', received(signed()).replace('hello', 'help')],
  ])('a changed %s fails', async (_, mail) => {
    const { authentication } = await authenticate(mail);
    expect(authentication.dkim).toMatchObject([{ result: 'fail' }]);
  });

  test('a signature counts as of the day on which it was taken in', async () => {
    const taken = Date.UTC(2020, 9, 20) / 1000;
    const { authentication } = await authenticate(
      received(signed(` t=${taken}; x=${taken + 86_400};`)),
    );
    expect(authentication.dkim).toMatchObject([{ result: 'pass', resultToday: 'neutral' }]);
  });

  test.each([
    BODY,
    BODY.replace(
      'Board <info@board.example.org>',
      'a@board.example.org, "x, y" <b@board.example.org>',
    ),
    BODY.replace('Board <info@board.example.org>', 'a@board.example.org, b@other.example'),
    BODY.replace('From:', 'From: z@board.example.org\r\nFrom:'),
    BODY.replace('From: Board <info@board.example.org>\r\n', ''),
  ])('an unsigned message is judged as the verifier would: %j', async (mail) => {
    // A signature that cannot be read sends the same message through the verifier.
    const through = received(`DKIM-Signature: v=9\r\n${mail}`);
    const [fast, slow] = [await authenticate(received(mail)), await authenticate(through)];
    expect(fast.authentication.dmarc).toEqual(slow.authentication.dmarc);
    expect(fast.authentication.spf).toEqual(slow.authentication.spf);
    expect(fast.authentication.arc).toEqual(slow.authentication.arc);
  });

  test('a sister domain does not align under adkim=s', async () => {
    const zone: Zone = {
      'TXT sel._domainkey.board.example.org': [[key.record]],
      'TXT _dmarc.www.board.example.org': [['v=DMARC1; p=none; adkim=s; aspf=s']],
    };
    const mail = signDkim(BODY.replace('@board', '@www.board'), key, {
      d: 'board.example.org',
      s: 'sel',
      h: 'from',
    });
    const { authentication } = await authenticate(received(mail), zoneDns(zone, NOW));
    expect(authentication.dkim).toMatchObject([{ result: 'pass', aligned: false }]);
    expect(authentication.dmarc).toMatchObject({ result: 'fail' });
  });

  test('without a trust boundary SPF is not made up, and DMARC not failed', async () => {
    const { authentication } = await authenticate(BODY);
    expect(authentication).toMatchObject({ spf: null, dmarc: null, notes: ['no-boundary'] });
    const passing = await authenticate(signed());
    expect(passing.authentication.dmarc).toMatchObject({ result: 'pass' });
  });

  test('a Received field that the sender wrote names no client', async () => {
    const forged =
      'Received: from out.board.example.org (out.board.example.org [203.0.113.9])\r\n\tby relay.example.net with ESMTP; Tue, 20 Oct 2020 13:00:00 +0000\r\n';
    const mail = received(`${forged}${BODY}`).replace('203.0.113.9', '198.51.100.7');
    const { authentication } = await authenticate(mail);
    expect(authentication.spf).toMatchObject({ result: 'fail', clientIp: '198.51.100.7' });
    expect(authentication.dmarc).toMatchObject({ result: 'fail', policy: 'reject' });
  });

  test('a name server that is down is a temporary error, never a fail', async () => {
    const zone: Zone = {
      ...ZONE,
      'TXT board.example.org': 'ESERVFAIL',
      'TXT sel._domainkey.board.example.org': 'ETIMEOUT',
    };
    const { authentication } = await authenticate(received(signed()), zoneDns(zone, NOW));
    expect(authentication.spf?.result).toBe('temperror');
    expect(authentication.dkim[0]?.result).toBe('temperror');
  });

  test('one signature past the limit is left out, and that is said', async () => {
    let mail = signed();
    for (let n = 0; n < SIGNATURES_MAX; n += 1)
      mail = signDkim(mail, key, { d: 'board.example.org', s: 'sel', h: 'from' });
    const { authentication } = await authenticate(received(mail));
    expect(authentication.dkim.map(({ result }) => result)).toEqual(
      Array.from({ length: SIGNATURES_MAX }, () => 'pass'),
    );
    expect(authentication.notes).toEqual(['signatures-over-limit']);
  });

  test('the transcript replays offline to the same result', async () => {
    const mail = received(signed());
    const live = await authenticate(mail);
    const again = await authenticate(mail, recordedDns(live.transcript));
    expect(again.authentication).toEqual({ ...live.authentication, source: 'recorded' });
    const part = { ...live.transcript, entries: live.transcript.entries.slice(0, 0) };
    const blind = await authenticate(mail, recordedDns(part));
    expect(blind.authentication.spf?.result).toBe('temperror');
    expect(blind.authentication.dkim[0]?.result).toBe('temperror');
  });

  test('a signature over a line that the mailbox file quoted holds for the unquoted view', async () => {
    const body = BODY.replace('Text', 'From here\r\n>From there\r\nText');
    const sent = signDkim(body, key, { d: 'board.example.org', s: 'sel', h: 'from:to:subject' });
    const stored = received(
      sent.replace('From here', '>From here').replace('>From there', '>>From there'),
    );
    const { authentication } = await authenticate(stored);
    expect(authentication.dkim).toMatchObject([{ result: 'pass' }]);
    expect(authentication.notes).toEqual(['mboxrd-unquoted']);
    const changed = await authenticate(stored.replace('Text', 'Test'));
    expect(changed.authentication.dkim).toMatchObject([{ result: 'fail' }]);
    expect(changed.authentication.notes).toEqual([]);
  });

  test('what one message taught gives the next the same result and a record of its own', async () => {
    const memory = checkMemory();
    const mail = received(signed());
    const run = (text: string, dns: DnsSource) => {
      const bytes = Buffer.from(text);
      const [message] = readMessage(bytes, nodeKernels).messages;
      if (message === undefined) throw new Error('no message');
      return authenticateMessage({ bytes, message, dns, memory });
    };
    const zone = zoneDns(ZONE, NOW);
    const first = await run(mail, zone);
    const second = await run(mail, zone);
    expect(second).toEqual(first);
    const other = await run(mail.replace('203.0.113.9', '198.51.100.7'), zone);
    expect(other.authentication.spf?.result).toBe('fail');
  });

  test('a temporary error is asked again, not remembered', async () => {
    const memory = checkMemory();
    const bytes = Buffer.from(received(BODY));
    const [message] = readMessage(bytes, nodeKernels).messages;
    if (message === undefined) throw new Error('no message');
    const down = zoneDns({ ...ZONE, 'TXT board.example.org': 'ESERVFAIL' }, NOW);
    const before = await authenticateMessage({ bytes, message, dns: down, memory });
    expect(before.authentication.spf?.result).toBe('temperror');
    const after = await authenticateMessage({ bytes, message, dns: zoneDns(ZONE, NOW), memory });
    expect(after.authentication.spf?.result).toBe('pass');
  });

  test('a zone that asks for ever is stopped by RFC 7208, and by our own cap', async () => {
    const zone = new Proxy<Zone>({}, { ownKeys: () => [], get: () => undefined });
    const endless = zoneDns(zone, NOW);
    const ask: DnsSource['ask'] = (name, type) =>
      endless.ask(name, type).then((entry) => ({
        ...entry,
        answers:
          type === 'TXT'
            ? [[`v=spf1 include:a.${name.slice(-100)} include:b.${name.slice(-100)} -all`]]
            : [],
        error: type === 'TXT' ? null : 'ENODATA',
      }));
    const { authentication, transcript } = await authenticate(received(BODY), {
      kind: 'live',
      ask,
      now: () => NOW,
    });
    expect(authentication.spf?.result).toBe('permerror');
    expect(transcript.entries.length).toBeLessThanOrEqual(MESSAGE_QUESTIONS_MAX);
  });

  test.each([
    '',
    '\r\n',
    'DKIM-Signature: v=1; a=rsa-sha256; h=from; d=x; s=y; bh=; b=\r\n\r\n',
    `From: <a@b>\r\n${'DKIM-Signature: \0\r\n'.repeat(50)}\r\n`,
  ])('odd bytes are authenticated without throwing: %j', async (mail) => {
    const { authentication } = await authenticate(mail);
    expect(authentication.spf).toBeNull();
  });
});
