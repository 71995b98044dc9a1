import type { Canonical } from './body-digest.ts';
import type { HeaderRow } from './header-rows.ts';

/** A DKIM-Signature as nearly all signers write it (RFC 6376 section 3.5). */
export interface PlainSignature {
  readonly row: HeaderRow;
  readonly algorithm: 'rsa-sha256' | 'ed25519-sha256';
  readonly header: Canonical;
  readonly body: Canonical;
  readonly domain: string;
  readonly selector: string;
  readonly bodyHash: string;
  readonly signature: string;
  /** Lower case, in the order in which the fields were hashed. */
  readonly signed: readonly string[];
  /** Domain of `i=`; null where the signature has none. */
  readonly identityDomain: string | null;
  /** Seconds since 1970. */
  readonly signedAt: number | null;
  readonly expiresAt: number | null;
}

const LABEL = '[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?';
const DOMAIN = new RegExp(`^${LABEL}(?:\\.${LABEL})+$`);
const SELECTOR = new RegExp(`^${LABEL}(?:\\.${LABEL})*$`);
const IDENTITY = /^[A-Za-z0-9._+-]{0,64}@([A-Za-z0-9.-]+)$/;
const LOCAL_PART = /^(?:[A-Za-z0-9_+-]+(?:\.[A-Za-z0-9_+-]+)*)?$/;
const FIELD_NAME = /^[\x21-\x39\x3b-\x7e]+$/;
const BASE64 = /^[A-Za-z0-9+/]*={0,2}$/;
/** Whole groups of four: a pattern of groups takes three times as long. */
const isBase64 = (text: string): boolean => text.length % 4 === 0 && BASE64.test(text);
const SECONDS = /^\d{1,12}$/;
/** Tags without which nothing is verified, and those that change nothing here. `l` and `z` do. */
const TAGS: ReadonlySet<string> = new Set([
  ...['v', 'a', 'b', 'bh', 'c', 'd', 'h', 'i', 'q', 's', 't', 'x'],
]);
/** A signature over more fields is no mail system's. */
const SIGNED_FIELDS_MAX = 200;

/** Reads the common case; null for everything else, valid or not: the verifier judges that. */
export function plainSignature(row: HeaderRow): PlainSignature | null {
  const tags = tagsOf(row);
  if (tags === null) return null;
  const { v, a, b, bh, c, d, h, i, q, s, t, x } = tags;
  if (v !== '1' || (a !== 'rsa-sha256' && a !== 'ed25519-sha256')) return null;
  if (b === undefined || bh === undefined || d === undefined) return null;
  if (h === undefined || s === undefined || !DOMAIN.test(d) || !SELECTOR.test(s)) return null;
  const canonical = canonicalOf(c ?? 'simple');
  if (canonical === null || (q !== undefined && q !== 'dns/txt')) return null;
  const [signature, bodyHash] = [b.replace(/\s+/g, ''), bh.replace(/\s+/g, '')];
  if (signature === '' || !isBase64(signature) || !isBase64(bodyHash)) return null;
  const signed = h
    .replace(/\s+/g, '')
    .toLowerCase()
    .split(':', SIGNED_FIELDS_MAX + 1);
  if (signed.length > SIGNED_FIELDS_MAX || !signed.includes('from')) return null;
  if (!signed.every((name) => FIELD_NAME.test(name))) return null;
  const times = [t, x].map((time) =>
    time === undefined ? null : SECONDS.test(time) ? Number(time) : undefined,
  );
  const [signedAt, expiresAt] = times;
  if (signedAt === undefined || expiresAt === undefined) return null;
  if (signedAt !== null && expiresAt !== null && expiresAt <= signedAt) return null;
  const identityDomain = i === undefined ? null : identityOf(i, d);
  if (identityDomain === undefined) return null;
  return {
    row,
    algorithm: a,
    ...canonical,
    domain: d,
    selector: s,
    bodyHash,
    signature,
    signed,
    identityDomain,
    signedAt,
    expiresAt,
  };
}

/** Tag values without their outer blanks; null where the list is not plain ASCII of known tags. */
function tagsOf({ name, line }: HeaderRow): Readonly<Record<string, string>> | null {
  const list = line.slice(name.length + 1);
  if (/[^\t\r\n\x20-\x7e]/.test(list)) return null;
  const tags: Record<string, string> = {};
  const specs = list.split(';');
  if (specs.at(-1)?.trim() === '') specs.pop();
  for (const spec of specs) {
    const equals = spec.indexOf('=');
    const tag = spec.slice(0, Math.max(0, equals)).trim();
    if (!TAGS.has(tag) || Object.hasOwn(tags, tag)) return null;
    tags[tag] = spec.slice(equals + 1).trim();
  }
  return tags;
}

const CANONICAL = ['relaxed', 'simple'] as const;

function canonicalOf(
  word: string,
): { readonly header: Canonical; readonly body: Canonical } | null {
  const [first, second = 'simple', ...rest] = word.split('/');
  const header = CANONICAL.find((one) => one === first);
  const body = CANONICAL.find((one) => one === second);
  return header === undefined || body === undefined || rest.length > 0 ? null : { header, body };
}

/**
 * Domain of `i=`, which must be that of `d=` or lie under it; undefined for what needs a closer
 * look.
 */
function identityOf(identity: string, domain: string): string | undefined {
  const own = IDENTITY.exec(identity)?.[1];
  if (own === undefined || !DOMAIN.test(own)) return undefined;
  if (!LOCAL_PART.test(identity.slice(0, identity.indexOf('@')))) return undefined;
  const [child, parent] = [own.toLowerCase(), domain.toLowerCase()];
  return child === parent || child.endsWith(`.${parent}`) ? own : undefined;
}
