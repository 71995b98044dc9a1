import { describe, expect, test, vi } from 'vitest';
import { type Zone, zoneDns } from '../../../test/kit/zone-dns.ts';
import type { MailToCheck } from '../../app/ports/index.ts';
import type { Instant } from '../../core/base/index.ts';
import type { DnsTranscript } from '../../core/forensics/index.ts';
import { readMessage } from '../../core/mail/index.ts';
import { recordedDns } from '../dns/index.ts';
import { nodeKernels } from '../kernels/index.ts';
import { authenticateMessage } from './index.ts';
import { NAMES_LOCAL_PART } from './local-part.ts';

const NOW = '2020-10-22T00:00:00.000Z' as Instant;

/** Sent through 203.0.113.9 with this return address. */
function mail(returnPath = 'bounce+vera=voter.example@board.example.org'): MailToCheck {
  const bytes = Buffer.from(
    `Return-Path: <${returnPath}>\r\nReceived: from out.example.net (out.example.net [203.0.113.9])\r\n\tby mx.voter.example with ESMTPS; Tue, 20 Oct 2020 13:05:00 +0000\r\nFrom: Board <info@board.example.org>\r\nTo: vera@voter.example\r\nSubject: hello\r\n\r\nText\r\n`,
  );
  const [message] = readMessage(bytes, nodeKernels).messages;
  if (message === undefined) throw new Error('no message');
  return { bytes, message };
}

const zoneOf = (record: string, more: Zone = {}): Zone => ({
  'TXT board.example.org': [[record]],
  'TXT _dmarc.board.example.org': [['v=DMARC1; p=reject']],
  ...more,
});

async function checked(zone: Zone, options: { asks?: boolean; returnPath?: string } = {}) {
  const dns = { ...zoneDns(zone, NOW), asksLocalParts: options.asks === true };
  const { authentication, transcript } = await authenticateMessage({
    ...mail(options.returnPath),
    dns,
  });
  return { authentication, transcript, asked: dns.asked };
}

const again = async (transcript: DnsTranscript) =>
  (await authenticateMessage({ ...mail(), dns: recordedDns(transcript) })).authentication;

describe('a record that spells the part before the @ in a question', () => {
  test.each<[string, string]>([
    ['exists', 'v=spf1 exists:%{l}._spf.example.net -all'],
    ['the whole sender', 'v=spf1 exists:%{S}._spf.example.net -all'],
    ['a part of it, reversed', 'v=spf1 exists:%{l1r+}.%{i}._spf.example.net -all'],
    ['include', 'v=spf1 ?include:%{l}.example.net -all'],
    ['a and its prefix length', 'v=spf1 ~a:%{L-}.example.net/24//64 -all'],
    ['mx', 'v=spf1 -mx:%{l}.example.net -all'],
    ['redirect', 'v=spf1 redirect=%{l}.example.net'],
    ['a literal percent sign before it', 'v=spf1 exists:%%%{l}.example.net -all'],
  ])('%s: nobody is asked, and the check is left open', async (_, record) => {
    const { authentication, asked } = await checked(zoneOf(record));
    expect(asked.join(' ')).not.toMatch(/vera|bounce|invalid/);
    expect(authentication).toMatchObject({
      spf: { result: 'temperror', domain: 'board.example.org', record },
      dmarc: null,
    });
    expect(authentication.spf?.comment).toContain(NAMES_LOCAL_PART);
    expect(authentication.notes).toContain('spf-names-local-part');
  });

  test('in another record that it includes', async () => {
    const { authentication, asked } = await checked(
      zoneOf('v=spf1 include:_spf.example.net -all', {
        'TXT _spf.example.net': [['v=spf1 exists:%{l}', '.example.net ?all']],
      }),
    );
    expect(asked.join(' ')).not.toMatch(/vera|bounce|invalid/);
    expect(authentication.spf).toMatchObject({
      result: 'temperror',
      record: 'v=spf1 include:_spf.example.net -all',
    });
  });

  test.each<[string, string, Zone, string]>([
    ['a term before it counts', 'v=spf1 ip4:203.0.113.9 exists:%{l}.example.net -all', {}, 'pass'],
    ['an explanation is left out', 'v=spf1 exp=%{l}.example.net -all', {}, 'fail'],
    ['`ptr` looks no such name up', 'v=spf1 ptr:%{l}.example.net -all', {}, 'fail'],
    [
      'a malformed record is one',
      'v=spf1 exists:%{l}.example.net exists:%{x}.example.net',
      {},
      'permerror',
    ],
    [
      'other macros are asked',
      'v=spf1 exists:%{ir}.%%{l}.%{o}._spf.example.net -all',
      { 'A 9.113.0.203.%{l}.board.example.org._spf.example.net': ['127.0.0.2'] },
      'pass',
    ],
  ])('%s', async (_, record, zone, result) => {
    const { authentication, asked } = await checked(zoneOf(record, zone));
    expect(asked.join(' ')).not.toMatch(/vera|bounce|invalid/);
    expect(authentication.spf?.result).toBe(result);
    expect([record, null]).toContain(authentication.spf?.record);
    expect(authentication.notes).not.toContain('spf-names-local-part');
  });

  const RECORD = 'v=spf1 exists:%{l}._spf.example.net -all';
  const SPELT = 'bounce+vera=voter.example._spf.example.net';
  const ZONE = zoneOf(RECORD, { [`A ${SPELT}`]: ['127.0.0.2'] });

  test('is asked where that was ordered, and a recording of it gives the same', async () => {
    const { authentication, transcript, asked } = await checked(ZONE, { asks: true });
    expect(asked).toContain(`A ${SPELT}`);
    expect(authentication).toMatchObject({ spf: { result: 'pass' }, notes: [] });
    const { spf, dmarc, notes } = authentication;
    expect(await again(transcript)).toMatchObject({ spf, dmarc, notes });
  });

  test('stays open in a recording without that question', async () => {
    const { authentication, transcript } = await checked(ZONE);
    const { spf, dmarc, notes, asOf } = authentication;
    expect(spf?.result).toBe('temperror');
    expect(await again(transcript)).toMatchObject({ spf, dmarc, notes, asOf });
  });

  test.each(['', 'board.example.org'])(
    'a return address without one hides nothing: "%s"',
    async (returnPath) => {
      const record = 'v=spf1 exists:%{l}._spf.example.net -all';
      const { authentication, asked } = await checked(
        {
          ...zoneOf(record),
          'TXT out.example.net': [[record]],
          'A postmaster._spf.example.net': ['127.0.0.2'],
        },
        { returnPath },
      );
      expect(asked).toContain('A postmaster._spf.example.net');
      expect(authentication.spf?.result).toBe('pass');
    },
  );
});

describe('a recording', () => {
  test('gives the same however slowly a machine reads it', async () => {
    const record = 'v=spf1 exists:%{i}._spf.example.net -all';
    const zone = zoneOf(record, { 'A 203.0.113.9._spf.example.net': ['127.0.0.2'] });
    const { transcript, authentication } = await checked(zone);
    let ms = 0;
    const slow = (): number => {
      ms += 60_000;
      return ms;
    };
    const clocks = [vi.spyOn(performance, 'now'), vi.spyOn(Date, 'now')];
    for (const clock of clocks) clock.mockImplementation(slow);
    try {
      const { spf, dmarc, notes } = authentication;
      expect(spf?.result).toBe('pass');
      expect(await again(transcript)).toMatchObject({ spf, dmarc, notes });
    } finally {
      for (const clock of clocks) clock.mockRestore();
    }
  });

  test('is as old as the answers that it gave, whatever else it holds', async () => {
    const { transcript } = await checked(zoneOf('v=spf1 -all'));
    const later = '2021-03-03T00:00:00.000Z' as Instant;
    const other = { ...transcript.entries[0]!, name: 'other.example', time: later };
    const kept = transcript.entries.filter(({ name }) => name === 'board.example.org');
    const entries = [...kept, other];
    expect(await again({ ...transcript, entries })).toMatchObject({ asOf: NOW });
    expect((await again({ ...transcript, entries: [other] })).asOf).toBeNull();
  });
});
