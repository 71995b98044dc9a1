import type { MailMessage } from '../mail/index.ts';
import { organisationOf } from '../observables/index.ts';
import { type GatewayHop, gatewayOf } from '../route/index.ts';
import { type SealedPass, sealedPass } from './arc-seals.ts';
import type { Authentication, AuthResult } from './authentication.ts';
import { fieldOf, type HeaderPointer, isNamed, pointerTo } from './header-pointer.ts';
import type { VerdictReason } from './verdict.ts';

/**
 * Somebody who took the message on its way and sent it on: a mailing list, a forwarder, a sealer.
 * Honest mail fails its checks behind them, so that a missing pass shows no forgery.
 */
export interface Relayed {
  readonly code: 'sealed-on-the-way' | 'forwarded-return-address' | 'relayed-on-the-way';
  readonly text: string;
  readonly at: HeaderPointer | null;
  /**
   * The recipient's side saw it and set the message aside all the same: it weakens, and excuses
   * not.
   */
  readonly isRefused?: true;
}

const RELAY_MARKS =
  /^(?:list-id|list-post|mailing-list|resent-from|resent-sender|x-forwarded-to|x-forwarded-for|x-forwarded-encrypted|x-loop)$/i;

/**
 * The clearest sign of a relay; null where there is none, or where those who sealed the message say
 * that nothing had passed before them. All but a seal are the sender's to write.
 */
export function relayedBy(
  message: MailMessage,
  authentication: Authentication,
  organisation: string | null,
): Relayed | null {
  const sealed = organisation === null ? null : sealedPass(message, authentication, organisation);
  if (sealed === 'none-passed') return null;
  if (sealed !== null && organisation !== null) {
    const relayed = sealedText(sealed, organisation);
    const disposed = disposedAs(authentication);
    if (disposed === null) return relayed;
    const text = `${relayed.text} The recipient’s side did not: it set the mail aside (dis=${disposed}).`;
    return { ...relayed, text, isRefused: true };
  }
  const forwarded = rewrittenAddress(message, authentication);
  if (forwarded !== null) return forwarded;
  const mark = fieldOf(message, RELAY_MARKS);
  return mark === null
    ? null
    : {
        code: 'relayed-on-the-way',
        text: 'It carries marks of a mailing list or a forwarder, through which honest mail fails too.',
        at: pointerTo(mark),
      };
}

/** Google's word on what it did with mail that failed DMARC; `NONE` where it believed a seal. */
function disposedAs({ recorded }: Authentication): string | null {
  for (const { trusted, results } of recorded) {
    if (!trusted) continue;
    for (const { method, result, comment } of results) {
      if (method !== 'dmarc' || result !== 'fail') continue;
      const word = /\bdis=(reject|quarantine)\b/i.exec(comment ?? '')?.[1];
      if (word !== undefined) return word.toUpperCase();
    }
  }
  return null;
}

function sealedText(
  { sealers, passed, recordedBy, isLive, at }: SealedPass,
  organisation: string,
): Relayed {
  const who = sealers.length === 0 ? 'a forwarder' : sealers.join(', then ');
  const [seals, says] = sealers.length > 1 ? ['seals', 'say'] : ['seal', 'says'];
  const found = isLive
    ? 'by name servers'
    : `recorded on arrival by ${recordedBy ?? 'the recipient’s provider'}`;
  const claim =
    passed === null
      ? 'and outweighed the failed check there'
      : `and ${says} that it came there with a ${passed.toUpperCase()} pass of ${organisation}`;
  return {
    code: 'sealed-on-the-way',
    text: `The ARC ${seals} of ${who} ${sealers.length > 1 ? 'are' : 'is'} unbroken (${found}), ${claim}. Forwarding breaks such proof; whether to trust ${who} is for the reader.`,
    at,
  };
}

/** `SRS0=hash=time=domain=user@forwarder`; SRS1 wraps an SRS0 (`SRS1=hash=forwarder==hash=...`). */
const SRS =
  /^(?:SRS0[=+-]|SRS1[=+-][^=@]*=[^=@]*==?[=+-]?)[^=@]*=[^=@]*=([^=@]+)=[^@]*@([^@>\s]+)$/i;
/** Exchange Online: `user+SRS=hash=time=domain=user@forwarder`, or without the last two. */
const EXCHANGE_SRS = /^[^@]*\+SRS=[^=@]*=[^=@]*(?:=([^=@]+)=[^@]*)?@([^@>\s]+)$/i;
/** Gmail's automatic forwarding: mailbox+caf_=to=domain@mailbox's-domain. */
const CAF = /^[^@+]*\+caf_=[^@]+@([^@>\s]+)$/i;
/** RFC 5321 section 4.5.3.1: 64 and 255 characters; SRS makes longer ones. */
const ADDRESS_LENGTH_MAX = 1_000;

/**
 * A forwarder that rewrote the return address, so that its own SPF passes, says so in it. Anybody
 * can write such an address: it counts where SPF shows that its domain's own server sent the
 * message.
 */
function rewrittenAddress(message: MailMessage, authentication: Authentication): Relayed | null {
  const envelope = envelopeIn(authentication);
  const found = envelope?.isPass ? forwarderOf(message, authentication, envelope.domain) : null;
  if (found === null) return null;
  const whom = found.original === null ? ' it' : ` mail of ${found.original}`;
  return {
    code: 'forwarded-return-address',
    text: `By its return address ${found.by} forwarded${whom}: a forwarder fails the checks of the domain shown.`,
    at: found.at,
  };
}

/**
 * A return address as forwarders write them, of a domain that names no servers: neither borne out
 * nor denied, since small forwarders publish no SPF record. Null where there is none.
 */
export function perhapsForwarded(
  message: MailMessage,
  authentication: Authentication,
): VerdictReason | null {
  const envelope = envelopeIn(authentication);
  const found = envelope?.isSilent ? forwarderOf(message, authentication, envelope.domain) : null;
  if (found === null) return null;
  return {
    code: 'forward-possible',
    text: `Its return address is written as a forwarder at ${found.by} would write it; anybody can, and ${found.by} publishes no SPF record that would show whose server sent it.`,
    at: found.at,
  };
}

function forwarderOf(message: MailMessage, authentication: Authentication, domain: string) {
  for (const { at, address } of statedSenders(message, authentication)) {
    const forwarded = domainIn(address) === domain ? forwarderIn(address) : null;
    if (forwarded !== null) return { ...forwarded, at };
  }
  return null;
}

/** The domain of the return address by which the recipient's side took the message in. */
interface EnvelopeDomain {
  readonly domain: string;
  /** SPF passed for it. */
  readonly isPass: boolean;
  /** It publishes no SPF record. */
  readonly isSilent: boolean;
}

/**
 * As the recipient's side recorded it; by name servers' answers where it recorded no return
 * address, or that very one. Of records of one side the oldest counts: a later one may speak of the
 * side's own forwarding.
 */
function envelopeIn({ spf, recorded }: Authentication): EnvelopeDomain | null {
  const named = recorded.flatMap(({ trusted, results }) =>
    results.flatMap(({ method, result, properties }) => {
      const isSpf = trusted && method === 'spf';
      const domain = isSpf ? domainIn(properties['smtp.mailfrom'] ?? '') : null;
      return domain === null ? [] : [{ domain, result }];
    }),
  );
  const askedOf = spf === null ? null : domainIn(spf.mailFrom ?? '');
  const domain = named.at(-1)?.domain ?? askedOf;
  if (domain === null) return null;
  const asked = askedOf === domain ? (spf?.result ?? null) : null;
  const rows = named.filter((row) => row.domain === domain);
  const isEvery = (result: AuthResult): boolean =>
    rows.length > 0 && rows.every((row) => row.result === result);
  return {
    domain,
    isPass: asked === 'pass' || isEvery('pass'),
    isSilent: rows.length > 0 ? isEvery('none') : asked === 'none',
  };
}

interface StatedSender {
  readonly at: HeaderPointer | null;
  readonly address: string;
}

/**
 * Every writing of the return address. Records often name its domain alone, and Exchange writes
 * Return-Path below the fields of the sender: whose it is, its domain tells.
 */
function statedSenders(
  { headers }: MailMessage,
  { spf, recorded }: Authentication,
): readonly StatedSender[] {
  const rows = recorded
    .filter(({ trusted }) => trusted)
    .flatMap(({ results, header, offset, length }) =>
      results.map(({ properties }) => ({
        at: { header, offset, length },
        address: properties['smtp.mailfrom'] ?? '',
      })),
    );
  const paths = headers
    .filter((field) => isNamed(field, 'return-path'))
    .slice(0, RETURN_PATHS_MAX)
    .map((field) => ({ at: pointerTo(field), address: field.value }));
  return [...rows, ...paths, { at: paths[0]?.at ?? null, address: spf?.mailFrom ?? '' }];
}

/** One is written on delivery; more are the marks of earlier ones. */
const RETURN_PATHS_MAX = 20;

/** Of an address in brackets or without, or of a domain that stands alone. */
function domainIn(stated: string): string | null {
  if (stated.length > ADDRESS_LENGTH_MAX) return null;
  const domain = stated.slice(stated.lastIndexOf('@') + 1).replace(/^[\s<]+|[\s.>]+$/g, '');
  return domain === '' ? null : domain.toLowerCase();
}

function forwarderIn(
  stated: string,
): { readonly by: string; readonly original: string | null } | null {
  const address = stated.trim().replace(/^<|>$/g, '');
  if (address.length > ADDRESS_LENGTH_MAX) return null;
  const srs = SRS.exec(address) ?? EXCHANGE_SRS.exec(address);
  const by = srs?.[2] ?? CAF.exec(address)?.[1];
  if (by === undefined) return null;
  const original = srs?.[1];
  return {
    by: organisationOf(by) ?? by,
    original: original === undefined ? null : (organisationOf(original) ?? original),
  };
}

/**
 * A filtering service, and what shows it; `unjudged`: its own word, and no conclusion against it.
 */
export interface Filtered {
  readonly name: string;
  readonly how: GatewayHop['how'] | 'unjudged';
}

/**
 * The filtering service that handed a message in. Microsoft's `compauth=none` in the recipient's
 * own record says that no conclusion was drawn from failed checks: it writes that where mail
 * reaches it by way of another service.
 */
export function filteredBy(
  client: Parameters<typeof gatewayOf>[0],
  { recorded }: Authentication,
): Filtered | null {
  const gateway = gatewayOf(client);
  if (gateway?.how !== 'claimed') return gateway;
  const drewNone = recorded.some(
    ({ trusted, results }) =>
      trusted && results.some(({ method, result }) => method === 'compauth' && result === 'none'),
  );
  return drewNone ? { ...gateway, how: 'unjudged' } : gateway;
}

/**
 * Microsoft's `compauth=pass` in the recipient's own record: though the checks of the domain
 * failed, its provider held the message for that sender's, by signs that it does not tell. Attacks
 * get it too. Null where it did not.
 */
export function heldForHonest({ recorded }: Authentication): VerdictReason | null {
  for (const { trusted, results, header, offset, length } of recorded) {
    const row = trusted
      ? results.find(({ method, result }) => method === 'compauth' && result === 'pass')
      : undefined;
    if (row === undefined) continue;
    const code = row.reason === null ? '' : ` reason=${row.reason}`;
    return {
      code: 'provider-let-pass',
      text: `The recipient’s provider let it pass all the same (compauth=pass${code}), by signs of its own that it does not tell.`,
      at: { header, offset, length },
    };
  }
  return null;
}
