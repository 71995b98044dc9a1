import type { Instant } from '../base/index.ts';
import type { RecordedResults } from './recorded-results.ts';

/** Result names of RFC 8601 section 2.7, over all methods. */
export type AuthResult =
  | 'pass'
  | 'fail'
  | 'softfail'
  | 'neutral'
  | 'none'
  | 'policy'
  | 'temperror'
  | 'permerror';

/** RFC 7208: may this address send for the envelope's domain? */
export interface SpfCheck {
  readonly result: AuthResult;
  readonly domain: string | null;
  readonly clientIp: string;
  readonly helo: string | null;
  readonly mailFrom: string | null;
  /** The domain that was checked has the From line's organisation (RFC 9989 section 4.10). */
  readonly aligned: boolean;
  readonly record: string | null;
  readonly comment: string | null;
}

/** RFC 6376: one signature. */
export interface DkimCheck {
  /** As of the time at which the boundary took the message: an expired signature may pass. */
  readonly result: AuthResult;
  /** As of today, where that differs: mostly an expired signature. */
  readonly resultToday: AuthResult;
  readonly domain: string | null;
  readonly selector: string | null;
  readonly algorithm: string | null;
  readonly aligned: boolean;
  readonly keyBits: number | null;
  /** Bytes of the body behind `l=`, that anybody may have added. */
  readonly unsignedBytes: number;
  readonly signedHeaders: readonly string[];
  readonly signedAt: Instant | null;
  readonly expiresAt: Instant | null;
  readonly comment: string | null;
  readonly warnings: readonly string[];
}

/** RFC 9989 (DMARC): did the domain of the From line authorise the message? */
export interface DmarcCheck {
  readonly result: AuthResult;
  readonly fromDomain: string | null;
  readonly policy: 'none' | 'quarantine' | 'reject' | null;
  readonly policyDomain: string | null;
  readonly record: string | null;
  readonly comment: string | null;
}

/** RFC 8617: the chain of seals that forwarders add. */
export interface ArcCheck {
  readonly result: AuthResult;
  readonly instances: number;
  readonly comment: string | null;
}

/** `live`: asked now; `recorded`: from a sealed transcript; `none`: not asked. */
export type AuthenticationSource = 'live' | 'recorded' | 'none';

/**
 * What the domains' own records say of one message, and what its recipient's provider wrote down.
 *
 * A null check was not made, which is never a fail. `asOf` is when name servers answered,
 * `boundaryTime` when the recipient's provider took the message.
 */
export interface Authentication {
  readonly source: AuthenticationSource;
  readonly asOf: Instant | null;
  readonly boundaryTime: Instant | null;
  readonly spf: SpfCheck | null;
  readonly dkim: readonly DkimCheck[];
  readonly dmarc: DmarcCheck | null;
  readonly arc: ArcCheck | null;
  readonly recorded: readonly RecordedResults[];
  /** Why a check is missing or weak, as codes: `no-boundary`, `signatures-over-limit`. */
  readonly notes: readonly string[];
}

/** Nothing was asked of any name server; what the provider recorded may still be there. */
export const uncheckedAuthentication = (recorded: readonly RecordedResults[]): Authentication => ({
  source: 'none',
  asOf: null,
  boundaryTime: null,
  spf: null,
  dkim: [],
  dmarc: null,
  arc: null,
  recorded,
  notes: [],
});

/** What a result of a check proves and what it does not, in plain words. */
export interface Meaning {
  readonly shows: string;
  readonly doesNotShow: string;
}

const PASS: Readonly<Record<'spf' | 'dkim' | 'dmarc' | 'arc', Meaning>> = {
  spf: {
    shows: 'the sending address was allowed to send for the envelope domain',
    doesNotShow: 'anything about the sender in the From line',
  },
  dkim: {
    shows: 'the signed headers and body are unchanged since the signing domain signed them',
    doesNotShow: 'who typed it, what stands in unsigned headers, or that it was not sent again',
  },
  dmarc: {
    shows: 'the domain in the From line authorised the message',
    doesNotShow: 'that the account was not stolen; a lookalike domain passes too',
  },
  arc: {
    shows: 'the seals of the forwarders are unbroken',
    doesNotShow: 'that the forwarders are honest',
  },
};

/** What one result proves, and what it does not (RFC 7208, 6376, 9989, 8617). */
export function meaningOf(method: 'spf' | 'dkim' | 'dmarc' | 'arc', result: AuthResult): Meaning {
  switch (result) {
    case 'pass':
      return PASS[method];
    case 'fail':
    case 'softfail':
    case 'policy':
      return {
        shows: 'there is no valid proof of origin by this method',
        doesNotShow: 'forgery: forwards, mailing lists and changed keys fail too',
      };
    case 'none':
    case 'neutral':
      return { shows: 'the domain makes no statement', doesNotShow: 'anything else' };
    case 'temperror':
    case 'permerror':
      return {
        shows: 'the check could not be carried out',
        doesNotShow: 'anything about the sender',
      };
  }
}

/**
 * The same of one signature: one that counts the body (`l=`) shows only the part that it counts.
 */
export function meaningOfSignature({ result, unsignedBytes }: DkimCheck): Meaning {
  const meaning = meaningOf('dkim', result);
  if (result !== 'pass' || unsignedBytes === 0) return meaning;
  return {
    shows:
      'the signed headers and the counted part of the body are unchanged since the signing domain signed them',
    doesNotShow: `who wrote the last ${unsignedBytes} bytes of the body (l=), ${meaning.doesNotShow}`,
  };
}

/** What the recipient's server recorded and what the domains' own records say do not agree. */
export interface Contradiction {
  readonly method: 'spf' | 'dkim' | 'dmarc';
  readonly recorded: AuthResult;
  readonly asked: AuthResult;
}

/**
 * Where one of the two is a pass and the other is not. Temporary and permanent errors contradict
 * nothing; of several signatures or records the best result counts.
 */
export function contradictions(authentication: Authentication): readonly Contradiction[] {
  const { source, spf, dkim, dmarc, recorded } = authentication;
  if (source === 'none') return [];
  const own = recorded.filter(({ trusted }) => trusted).flatMap(({ results }) => results);
  const asked = {
    spf: spf === null ? [] : [spf.result],
    dkim: dkim.length === 0 ? (['none'] as const) : dkim.map(({ result }) => result),
    dmarc: dmarc === null ? [] : [dmarc.result],
  };
  return (['spf', 'dkim', 'dmarc'] as const).flatMap((method) => {
    const written = own.flatMap((row) => (row.method === method ? (row.result ?? []) : []));
    const [then, since] = [bestOf(written), bestOf(asked[method])];
    const differ = then !== null && since !== null && (then === 'pass') !== (since === 'pass');
    return differ ? [{ method, recorded: then, asked: since }] : [];
  });
}

/** A pass where there is one, else the first; null where none was carried out to the end. */
function bestOf(results: readonly AuthResult[]): AuthResult | null {
  if (results.includes('pass')) return 'pass';
  return results.some(isError) ? null : (results[0] ?? null);
}

/** The check could not be carried out: it says nothing of the message (RFC 8601 section 2.7). */
export const isError = (result: AuthResult): boolean =>
  result === 'temperror' || result === 'permerror';

/** Note of an authentication some of whose questions no transcript holds. */
export const ANSWERS_MISSING = 'answers-missing';

/** No question was left open: every check that this copy allows was carried out. */
export const isComplete = ({ spf, dkim, dmarc, arc, notes }: Authentication): boolean =>
  !notes.includes(ANSWERS_MISSING) &&
  [spf, dmarc, arc, ...dkim].every((check) => check?.result !== 'temperror');
