import { OnDemand } from '../base/index.ts';
import { coercionReader } from '../coercion/index.ts';
import type { HeaderField, MailMessage } from '../mail/index.ts';
import { namesContact, organisationOf } from '../observables/index.ts';
import type { Authentication, DkimCheck } from './authentication.ts';
import { type HeaderPointer, isNamed, pointerTo } from './header-pointer.ts';
import type { RecordedResult } from './recorded-results.ts';

/**
 * Why nobody vouches for the text behind a signed length: what stands there, or that it is hidden.
 */
export type TailSign =
  | 'link'
  /** A site, an address, a number or a code that is no link. */
  | 'contact'
  | 'pressure'
  /** More than the signed part. */
  | 'most'
  /** Not one part of plain words: what a reader sees there cannot be told from its bytes. */
  | 'not-plain';

/** A field that a mail program shows and that the signature leaves open to anybody. */
export interface UnsignedField {
  readonly name: string;
  readonly at: HeaderPointer;
  /** It stands twice: another one, below, is signed. */
  readonly isDouble: boolean;
  /** What it says presses the reader. */
  readonly presses: boolean;
}

/**
 * What a DKIM signature that holds covers of what the reader sees (RFC 6376 sections 3.5, 5.4,
 * 8.2).
 */
export interface SignatureCover {
  readonly domain: string;
  readonly at: HeaderPointer | null;
  readonly unsigned: readonly UnsignedField[];
  /** The body has more than the signature counts (`l=`); null where all of it is signed. */
  readonly tail: {
    /** Bytes of the body that are signed. */
    readonly signed: number;
    /** Bytes behind them, where they were counted. */
    readonly unsigned: number | null;
    readonly holds: readonly TailSign[];
  } | null;
}

/** Signatures of one message that are read; more are a forger's pile. */
const SIGNATURES_READ_MAX = 20;
/** Text behind a signed length that is searched; a longer one holds more than is told here. */
const TAIL_LENGTH_MAX = 100_000;

/** Fields that mail programs show, or by which they choose what to show. */
const SHOWN = ['from', 'subject', 'reply-to', 'to', 'date', 'content-type'] as const;

interface Signature {
  readonly field: HeaderField;
  readonly domain: string;
  readonly selector: string;
  readonly value: string;
  readonly signed: readonly string[];
  /** `l=`; null where the whole body is signed. */
  readonly bodyLength: number | null;
  readonly isRelaxed: boolean;
}

/**
 * What the best of the signatures that hold for an organisation covers; null where none is known
 * to.
 *
 * By name servers' answers the signature that passed is known. A record of the recipient's names it
 * in part (RFC 8601 section 2.7.1): where several fit, the one that covers least is taken.
 */
export function coverOf(
  message: MailMessage,
  { dkim, recorded }: Authentication,
  organisation: string,
): SignatureCover | null {
  const isOurs = (domain: string | null): boolean =>
    domain !== null && organisationOf(domain) === organisation;
  const checks = dkim.filter(({ result, domain }) => result === 'pass' && isOurs(domain));
  const signatures = readSignatures(message).filter(({ domain }) => isOurs(domain));
  if (checks.length > 0) {
    const covers = checks.map((check) => checkedCover(message, check, signatures));
    return covers.toSorted((a, b) => GRADES.indexOf(gradeOf(b)) - GRADES.indexOf(gradeOf(a)))[0]!;
  }
  const passes = recorded
    .filter(({ trusted }) => trusted)
    .flatMap(({ results }) => results)
    .filter(({ method, result }) => method === 'dkim' && result === 'pass');
  const named = signatures.filter((one) => passes.some((pass) => names(pass, one)));
  return (
    (named.length > 0 ? named : signatures)
      .map((one) => coverBy(message, one, one.signed, null))
      .toSorted((a, b) => GRADES.indexOf(gradeOf(a)) - GRADES.indexOf(gradeOf(b)))[0] ?? null
  );
}

/** How far what the reader sees is vouched for by a signature: not, but for a part, or wholly. */
export type CoverGrade = (typeof GRADES)[number];
const GRADES = ['none', 'part', 'whole'] as const;

/** Fields whose content speaks to the reader; the others say when, to whom, and in which form. */
const TELLING: ReadonlySet<string> = new Set(['subject', 'reply-to']);

/**
 * `none`: who writes or what presses stands outside the signature. `part`: the end of the text
 * does, or fields that speak to the reader. `whole`: neither.
 */
export function gradeOf({ unsigned, tail }: SignatureCover): CoverGrade {
  if (unsigned.some((field) => field.name === 'from' || field.presses)) return 'none';
  if (tail !== null && (tail.signed === 0 || tail.holds.length > 0)) return 'none';
  const lacks =
    tail !== null || unsigned.some(({ name, isDouble }) => isDouble || TELLING.has(name));
  return lacks ? 'part' : 'whole';
}

/** A signature holds over the whole body and over what the reader sees of the header. */
export const isUnaltered = (message: MailMessage, { dkim }: Authentication): boolean =>
  dkim.some(
    (check) =>
      check.result === 'pass' &&
      check.unsignedBytes === 0 &&
      gradeOf(checkedCover(message, check, [])) === 'whole',
  );

function checkedCover(
  message: MailMessage,
  check: DkimCheck,
  signatures: readonly Signature[],
): SignatureCover {
  const own = signatures.find(
    ({ domain, selector, bodyLength }) =>
      domain === check.domain?.toLowerCase() &&
      selector === check.selector &&
      (bodyLength !== null || check.unsignedBytes === 0),
  );
  const signed = check.signedHeaders.map((name) => name.toLowerCase());
  if (own !== undefined) return coverBy(message, own, signed, check.unsignedBytes);
  return {
    domain: check.domain ?? '',
    at: null,
    unsigned: unsignedOf(message, signed),
    tail: null,
  };
}

function coverBy(
  message: MailMessage,
  { field, domain, bodyLength, isRelaxed }: Signature,
  signed: readonly string[],
  unsignedBytes: number | null,
): SignatureCover {
  const cover = { domain, at: pointerTo(field), unsigned: unsignedOf(message, signed) };
  if (bodyLength === null || unsignedBytes === 0) return { ...cover, tail: null };
  const tail = plainTail(message, bodyLength, isRelaxed);
  // Nothing was counted, and the body ends before the signed length does.
  if (unsignedBytes === null && (tail === '' || isWithin(message, bodyLength)))
    return { ...cover, tail: null };
  const holds = holdsOf(tail);
  const isMost = (unsignedBytes ?? tail?.length ?? 0) > bodyLength;
  return {
    ...cover,
    tail: {
      signed: bodyLength,
      unsigned: unsignedBytes,
      holds: isMost ? [...holds, 'most'] : holds,
    },
  };
}

/** The whole body, as it is stored with CRLF, is no longer than the signed length. */
function isWithin({ headers, length }: MailMessage, signed: number): boolean {
  const [first, second] = headers;
  const last = headers.at(-1);
  if (first === undefined || second === undefined || last === undefined) return false;
  const isCrlf = second.offset - first.offset - first.length === 2;
  return isCrlf && length - (last.offset + last.length + 4) <= signed;
}

/**
 * RFC 6376 section 5.4.2: each mention in `h=` signs one field of that name, from the bottom up.
 */
function unsignedOf(message: MailMessage, signed: readonly string[]): readonly UnsignedField[] {
  const { headers, subject } = message;
  return SHOWN.flatMap((name) => {
    const fields = headers.filter((field) => isNamed(field, name));
    const [shown] = fields;
    const count = signed.filter((one) => one === name).length;
    if (shown === undefined || count >= fields.length) return [];
    const isPressing = name === 'subject' && presses({ subject, text: '' });
    return [{ name, at: pointerTo(shown), isDouble: count > 0, presses: isPressing }];
  });
}

/** `dkim=pass header.d=a header.i=@a header.s=s header.b=AbCd`: as far as it says which. */
function names({ properties }: RecordedResult, { domain, selector, value }: Signature): boolean {
  const by = properties['header.d'] ?? properties['header.i'];
  if (by === undefined) return true;
  const lower = by.slice(by.lastIndexOf('@') + 1).toLowerCase();
  const { 'header.s': key, 'header.b': start } = properties;
  return (
    (lower === domain || lower.endsWith(`.${domain}`)) &&
    (key === undefined || key === selector) &&
    (start === undefined || value.startsWith(start))
  );
}

function readSignatures({ headers }: MailMessage): readonly Signature[] {
  return headers
    .filter((field) => isNamed(field, 'dkim-signature'))
    .slice(0, SIGNATURES_READ_MAX)
    .map((field) => {
      const tags = new Map(
        field.value.split(';').map((spec) => {
          const equals = spec.indexOf('=');
          return [spec.slice(0, Math.max(0, equals)).trim(), spec.slice(equals + 1)];
        }),
      );
      const tag = (name: string): string => (tags.get(name) ?? '').replace(/\s+/g, '');
      const length = tag('l');
      return {
        field,
        domain: tag('d').toLowerCase(),
        selector: tag('s'),
        value: tag('b'),
        signed: tag('h').toLowerCase().split(':'),
        bodyLength: /^\d{1,76}$/.test(length) ? Number(length) : null,
        isRelaxed: /\/relaxed$/i.test(tag('c')),
      };
    });
}

/**
 * The words behind the first `length` bytes of a body that is one part of plain text; null for
 * every other body. Line ends count two bytes, and blanks as the signature's canonical form has
 * them (RFC 6376 section 3.4).
 */
function plainTail(
  { parts, text, textFrom }: MailMessage,
  length: number,
  isRelaxed: boolean,
): string | null {
  const [part, ...more] = parts;
  if (part?.contentType !== 'text/plain' || more.length > 0 || textFrom !== 'plain') return null;
  if (!/^(?:7bit|8bit|binary|)$/i.test(part.encoding)) return null;
  const isUtf8 = part.charset === null || /^(?:utf-?8|us-ascii)$/i.test(part.charset);
  let left = length;
  let [at, blanks] = [0, 0];
  for (; at < text.length && left > 0; at += 1) {
    const code = text.charCodeAt(at);
    const isBlank = isRelaxed && (code === 0x20 || code === 0x09);
    if (isBlank) {
      blanks = 1;
      continue;
    }
    left -= (code === 0x0a ? 2 : isUtf8 ? utf8Length(code) : 1) + (code === 0x0a ? 0 : blanks);
    blanks = 0;
  }
  return text.slice(at, at + TAIL_LENGTH_MAX).trim();
}

/** Of one UTF-16 unit; a pair has four bytes. */
const utf8Length = (code: number): number => {
  if (code < 0x80) return 1;
  if (code < 0x800) return 2;
  return code >= 0xd800 && code <= 0xdfff ? 2 : 3;
};

const LINK =
  /\b(?:https?|ftp|hxxps?):|\bwww\.|\b[a-z0-9-]{1,63}\.[a-z]{2,24}\/|[^\s@]@[a-z0-9-]{1,63}\./i;

function holdsOf(tail: string | null): readonly TailSign[] {
  if (tail === null) return ['not-plain'];
  const contact = namesContact(tail) ? (['contact'] as const) : [];
  return [
    ...(LINK.test(tail) ? (['link'] as const) : contact),
    ...(presses({ subject: null, text: tail }) ? (['pressure'] as const) : []),
  ];
}

/** Few signatures leave words out: the rules are prepared for the first that does. */
const COERCION = new OnDemand(() => coercionReader({ groups: [], candidatesAndParties: [] }));

const presses = (words: { readonly subject: string | null; readonly text: string }): boolean =>
  COERCION.get()(words).signs.length > 0;
