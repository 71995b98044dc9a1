import type { Instant } from '../../src/core/base/index.ts';
import type { DnsEntry } from '../../src/core/forensics/index.ts';
import { HEAD, type HostileInputs, RECEIVED } from './input.ts';

const TIME = '2020-10-20T10:00:00.000Z' as Instant;

const txt = (name: string, value: string): DnsEntry => ({
  name,
  type: 'TXT',
  time: TIME,
  server: '192.0.2.53',
  answers: [[value]],
  ttl: 60,
  error: null,
});

/** Each record names ten others, which name ten others: RFC 7208 section 4.6.4 ends it at ten. */
function spfBomb(): readonly DnsEntry[] {
  const name = (at: number): string => (at === 0 ? 'example.org' : `s${at}.example.org`);
  return Array.from({ length: 1_000 }, (_, at) => {
    const terms = Array.from(
      { length: 10 },
      (_unused, n) => `include:${name((at * 10 + n + 1) % 1_000)}`,
    );
    return txt(name(at), `v=spf1 ${terms.join(' ')} -all`);
  });
}

const results =
  'Authentication-Results: mx.county.example; spf=pass smtp.mailfrom=example.org; dkim=pass header.d=example.org; dmarc=pass header.from=example.org\r\n';

/** Below the boundary, as only the sender can have written them. */
const forgedResults = (): string => `${RECEIVED}${results.repeat(5_000)}${HEAD}\r\nVote.\r\n`;

/** Each claims the rest of the file as its own body. */
function forgedLengths(): string {
  const mails = Array.from({ length: 10_000 }, (_, at) => {
    const length = at % 2 === 0 ? 4_000_000_000 : 1_000_000;
    return `From a@example.org Tue Oct 20 10:00:00 2020\nReceived: x\nContent-Length: ${length}\nFrom: a@example.org\nSubject: ${at}\n\nVote.\n\n`;
  });
  return mails.join('');
}

/** A mail of an mbox whose body is full of lines that look like the start of another. */
function forgedSeparators(): string {
  const separator =
    'From a@example.net Tue Oct 20 10:00:00 2020\nFrom: a@example.net\nSubject: x\n\nVote.\n\n';
  const mail = `From a@example.org Tue Oct 20 10:00:00 2020\nReceived: x\n${HEAD.replaceAll('\r', '')}\n`;
  return `${mail}${separator.repeat(50_000)}${mail}Vote.\n`;
}

/** What a sender or a file says of itself and cannot prove. */
export const CLAIMS: HostileInputs = {
  'forged Authentication-Results': {
    make: forgedResults,
    finds: ['messages=1', 'verdict=undetermined'],
    judged: true,
  },
  'forged Content-Length': { make: forgedLengths, finds: ['messages=10000'] },
  'forged separators': {
    make: forgedSeparators,
    finds: ['messages=2', 'mbox-ambiguous-boundary', 'mbox-doubts'],
  },
  'SPF look-up bomb': {
    make: () => `Return-Path: <a@example.org>\r\n${RECEIVED}${HEAD}\r\nVote.\r\n`,
    finds: ['spf=permerror'],
    dns: spfBomb(),
  },
};
