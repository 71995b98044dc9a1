import type { HeaderField, MailMessage } from '../mail/index.ts';
import { organisationOf } from '../observables/index.ts';
import { takingHop } from '../route/index.ts';
import type { Authentication } from './authentication.ts';
import { type HeaderPointer, pointerTo } from './header-pointer.ts';
import { parseAuthenticationResults, type RecordedResult } from './recorded-results.ts';

/**
 * An unbroken chain of seals, of which one says that the domain of the From line passed when the
 * message came to it (RFC 8617 section 7.2).
 */
export interface SealedPass {
  /** Domains of the seals below the recipient's own, oldest first. */
  readonly sealers: readonly string[];
  /** What passed at the sealer, as it says; null where the recipient's record does not tell. */
  readonly passed: 'dmarc' | 'dkim' | 'spf' | null;
  /**
   * Who found the chain whole: the recipient's own side (null where it gives no name), or not it.
   */
  readonly recordedBy: string | null;
  readonly isLive: boolean;
  readonly at: HeaderPointer | null;
}

/** Sets of a chain that are read (RFC 8617 section 4.2.1 allows 50), and sealers that are named. */
const ARC_SETS_MAX = 50;
const SEALERS_NAMED_MAX = 3;
/** A real field stays under 4 kB. */
const FIELD_LENGTH_MAX = 16_384;

/** A whole chain as somebody found it: in which words, and who. */
interface WholeChain {
  readonly recordedBy: string | null;
  readonly isLive: boolean;
  readonly comment: string | null;
  readonly at: HeaderPointer | null;
  /** The recipient's provider let the chain outweigh the failing DMARC check. */
  readonly outweighs: boolean;
}

/**
 * The sealed pass of a message for an organisation. `none-passed`: the chain is whole, and by its
 * own sets nothing of that domain had passed when the sealers took it in: forwarding broke nothing.
 * Null where no whole chain says either.
 */
export function sealedPass(
  message: MailMessage,
  authentication: Authentication,
  organisation: string,
): SealedPass | 'none-passed' | null {
  if (!message.headers.some(({ name }) => isArc(name)) && authentication.recorded.length === 0)
    return null;
  const own = takingHop(message.route);
  const isOwn = ({ offset }: { readonly offset: number }): boolean =>
    own !== null && offset < own.offset;
  const chains = wholeChains(message, authentication, isOwn);
  for (const chain of chains) {
    const passed = passIn(chain.comment, organisation) ?? passOfSets(message, organisation, isOwn);
    if (passed === null && !chain.outweighs) continue;
    const { recordedBy, isLive, at } = chain;
    return { sealers: sealersOf(message, isOwn), passed, recordedBy, isLive, at };
  }
  const sets = setsOf(message).filter(({ field }) => !isOwn(field));
  const isChecked =
    chains.length > 0 &&
    sets.some(({ rows }) => wasChecked(rows)) &&
    !(
      publishesNothing(authentication) && sets.every(({ rows }) => foundNothing(rows, organisation))
    );
  return isChecked ? 'none-passed' : null;
}

/** By the recipient's record, else by name servers: the domain shown has no policy. */
function publishesNothing({ recorded, dmarc }: Authentication): boolean {
  const rows = recorded
    .filter(({ trusted }) => trusted)
    .flatMap(({ results }) => results.filter(({ method }) => method === 'dmarc'));
  if (rows.length > 0) return rows.every(({ result }) => result === 'none');
  return dmarc !== null && dmarc.result === 'none' && dmarc.policy === null;
}

/**
 * The sealer found no statement that could have passed: no SPF record for the domain's own return
 * address, no policy, no signature. Honest mail of such a domain looks the same.
 */
const foundNothing = (rows: readonly RecordedResult[], organisation: string): boolean =>
  rows.every(({ result }) => result === 'none') &&
  rows.some(
    ({ method, properties }) =>
      method === 'spf' && organisationOf(properties['smtp.mailfrom'] ?? '') === organisation,
  );

/** By DMARC, or by both that it rests on, and to the end. */
function wasChecked(rows: readonly RecordedResult[]): boolean {
  const has = (method: string): boolean => rows.some((row) => row.method === method);
  const isWhole = has('dmarc') || (has('spf') && has('dkim'));
  return isWhole && rows.every(({ result }) => result !== null && result !== 'temperror');
}

const isArc = (name: string): boolean => name.charCodeAt(3) === 0x2d && /^arc-/i.test(name);

type IsOwn = (field: { readonly offset: number }) => boolean;

/** As the recipient's side recorded it in its results or in its own set, else as asked. */
function wholeChains(
  message: MailMessage,
  { recorded, arc }: Authentication,
  isOwn: IsOwn,
): readonly WholeChain[] {
  const results = recorded.filter(({ trusted }) => trusted);
  const chains = results.flatMap(({ results: rows, recordedBy, header, offset, length }) =>
    rows.filter(saysWhole).map(({ method, comment }) => ({
      recordedBy,
      isLive: false,
      comment,
      at: { header, offset, length },
      outweighs: method === 'compauth',
    })),
  );
  const sets = setsOf(message).filter(({ field }) => isOwn(field));
  const inOwnSet = sets.flatMap(({ field, id, rows }) =>
    rows.filter(saysWhole).map(({ comment }) => ({
      recordedBy: id,
      isLive: false,
      comment,
      at: pointerTo(field),
      outweighs: false,
    })),
  );
  const asked = { recordedBy: null, isLive: true, comment: null, at: null, outweighs: false };
  const all = [...inOwnSet, ...chains, ...(arc?.result === 'pass' ? [asked] : [])];
  return all.toSorted((a, b) => Number(a.outweighs) - Number(b.outweighs));
}

/**
 * `arc=pass`; Microsoft's `compauth=pass reason=130` says that a chain of seals outweighed the
 * result of DMARC (its table of composite authentication reasons).
 */
const saysWhole = ({ method, result, reason }: RecordedResult): boolean =>
  result === 'pass' && (method === 'arc' || (method === 'compauth' && reason === '130'));

/**
 * The sealer's results as the recipient repeats them. Google: `(i=1 spf=pass spfdomain=a dkim=pass
 * dkdomain=a dmarc=pass fromdomain=a)`. Microsoft: `dmarc=[1,1,header.from=a]`, where the first
 * number is the result and the second the set.
 */
function passIn(comment: string | null, organisation: string): SealedPass['passed'] {
  if (comment === null) return null;
  const words = comment.slice(0, FIELD_LENGTH_MAX);
  const isOurs = (domain: string | undefined): boolean =>
    domain !== undefined && organisationOf(domain) === organisation;
  for (const [method, google, microsoft] of COMMENT_WORDS) {
    const [said, bracketed] = [google.exec(words)?.[1], microsoft.exec(words)?.[1]];
    const hasPassed = new RegExp(`\\b${method}=pass\\b`).test(words);
    if ((hasPassed && isOurs(said)) || isOurs(bracketed)) return method;
  }
  return null;
}

const COMMENT_WORDS = [
  ['dmarc', /\bfromdomain=([^\s;)]+)/, /\bdmarc=\[1,\d+,header\.from=([^\]\s]+)\]/],
  ['dkim', /\bdkdomain=([^\s;)]+)/, /\bdkim=\[1,\d+,header\.d=([^\]\s]+)\]/],
  ['spf', /\bspfdomain=([^\s;)]+)/, /\bspf=\[1,\d+,smtp\.mailfrom=([^\]\s]+)\]/],
] as const;

/** The results in the sets of the chain itself, which its seals hold. */
function passOfSets(
  message: MailMessage,
  organisation: string,
  isOwn: IsOwn,
): SealedPass['passed'] {
  const isOurs = (value: string | undefined): boolean =>
    value !== undefined && organisationOf(value) === organisation;
  const rows = setsOf(message)
    .filter(({ field }) => !isOwn(field))
    .flatMap((set) => set.rows)
    .filter(({ result }) => result === 'pass');
  const has = (method: string, ...names: readonly string[]): boolean =>
    rows.some((row) => row.method === method && names.some((name) => isOurs(row.properties[name])));
  if (has('dmarc', 'header.from')) return 'dmarc';
  if (has('dkim', 'header.d', 'header.i')) return 'dkim';
  return has('spf', 'smtp.mailfrom') ? 'spf' : null;
}

/** The ARC-Authentication-Results: `i=1; mx.example; spf=pass ...`. */
function setsOf({ headers }: MailMessage): readonly {
  readonly field: HeaderField;
  readonly id: string | null;
  readonly rows: readonly RecordedResult[];
}[] {
  return headers
    .filter(({ name }) => /^arc-authentication-results$/i.test(name))
    .slice(0, ARC_SETS_MAX)
    .map((field) => {
      const value = field.value.slice(0, FIELD_LENGTH_MAX).replace(/^\s*i\s*=\s*\d+\s*;/, '');
      const { id, results } = parseAuthenticationResults(value);
      return { field, id, rows: results };
    });
}

function sealersOf({ headers }: MailMessage, isOwn: IsOwn): readonly string[] {
  const domains = headers
    .filter((field) => /^arc-seal$/i.test(field.name) && !isOwn(field))
    .slice(0, ARC_SETS_MAX)
    .flatMap(({ value }) => /(?:^|;)\s*d\s*=\s*([^\s;]{1,255})/.exec(value)?.[1] ?? [])
    .map((domain) => domain.toLowerCase());
  return [...new Set(domains.reverse())].slice(0, SEALERS_NAMED_MAX);
}
