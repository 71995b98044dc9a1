import { type DNSResolver, type SPFResult, spf } from 'mailauth';
import { readHost } from '../../core/observables/index.ts';

/** All SPF questions of one message; a slow zone is a temporary error (RFC 7208 section 4.6.4). */
const SPF_TIME_MAX_MS = 15_000;

/** The SMTP session that SPF is asked about. */
export interface SpfQuestion {
  readonly ip: string;
  readonly helo: string | null;
  /** MAIL FROM; null or empty checks the HELO name instead (RFC 7208 section 2.4). */
  readonly sender: string | null;
}

/** RFC 7208 `check_host` by mailauth in strict mode. */
export function evaluateSpf(question: SpfQuestion, resolver: DNSResolver): Promise<SPFResult> {
  const { helo, sender } = question;
  const ip = canonicalIp(question.ip);
  return spf({
    ip,
    resolver,
    strict: true,
    mta: 'tocsin.invalid',
    maxElapsedTime: SPF_TIME_MAX_MS,
    ...(helo === null ? {} : { helo }),
    ...(sender === null ? {} : { sender }),
  });
}

/** RFC 5952 spelling, so that the macro `%{c}` and reports show one form of an address. */
const canonicalIp = (ip: string): string =>
  readHost(ip.includes(':') ? `[${ip}]` : ip)?.ascii ?? ip;
