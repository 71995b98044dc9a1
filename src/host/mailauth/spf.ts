import type { DNSResolver, SPFResult } from 'mailauth';
import { readHost } from '../../core/observables/index.ts';
import { reference } from './reference.ts';

/** All SPF questions of one message; a slow zone is a temporary error (RFC 7208 section 4.6.4). */
export const SPF_TIME_MAX_MS = 15_000;
/** Who says so, in the words of a result. */
export const SPF_AUTHORITY = 'tocsin.invalid';

/** The SMTP session that SPF is asked about. */
export interface SpfQuestion {
  readonly ip: string;
  readonly helo: string | null;
  /** MAIL FROM; null or empty checks the HELO name instead (RFC 7208 section 2.4). */
  readonly sender: string | null;
}

/** What SPF says of a session. */
export interface SpfFinding {
  /** A result name of RFC 7208 section 2.6. */
  readonly result: string;
  /** The domain that was asked. */
  readonly domain: string;
  readonly record: string | null;
  readonly comment: string | null;
  /** The record spells the sender's local part in a question, which was held back. */
  readonly isHeldBack?: true;
}

/** RFC 7208 `check_host` by mailauth in strict mode; `timeMaxMs` null: however long it takes. */
export function evaluateSpf(
  question: SpfQuestion,
  resolver: DNSResolver,
  timeMaxMs: number | null = SPF_TIME_MAX_MS,
): Promise<SPFResult> {
  const { helo, sender } = question;
  const ip = canonicalIp(question.ip);
  return reference.spf({
    ip,
    resolver,
    strict: true,
    mta: SPF_AUTHORITY,
    ...(timeMaxMs === null ? {} : { maxElapsedTime: timeMaxMs }),
    ...(helo === null ? {} : { helo }),
    ...(sender === null ? {} : { sender }),
  });
}

export const spfFindingOf = ({ domain, rr, status }: SPFResult): SpfFinding => ({
  result: status.result,
  domain,
  record: rr ?? null,
  comment: status.comment ?? null,
});

/** RFC 5952 spelling, so that the macro `%{c}` and reports show one form of an address. */
const canonicalIp = (ip: string): string =>
  readHost(ip.includes(':') ? `[${ip}]` : ip)?.ascii ?? ip;
