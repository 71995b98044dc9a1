import { createPublicKey, type KeyObject } from 'node:crypto';
import type { DnsRecord } from '../../core/forensics/index.ts';

/** A public key, parsed once. */
export interface PlainKey {
  readonly key: KeyObject;
  readonly type: 'rsa' | 'ed25519';
  readonly bits: number | undefined;
  /** `t=s`: the domain of `i=` must be that of `d=` itself. */
  readonly isStrict: boolean;
}

/** Key records remembered; a campaign has a handful, a corpus some thousands. */
const KEYS_MAX = 10_000;
const TAGS: ReadonlySet<string> = new Set(['v', 'k', 'p', 't', 'h', 's', 'n']);
const BASE64 = /^(?:[A-Za-z0-9+/]{4})+(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;
/** RFC 8301 section 3.2. */
const RSA_BITS_MIN = 1024;

/** Answers of name servers as keys. Null for every record that is not plainly a usable key. */
export type KeyReader = (answers: readonly DnsRecord[]) => PlainKey | null;

export function keyReader(): KeyReader {
  const known = new Map<string, PlainKey | null>();
  return (answers) => {
    const [first] = answers;
    const strings = typeof first === 'string' ? [first] : Array.isArray(first) ? first : [];
    const record = strings.join('').replace(/\s+/g, '');
    const before = known.get(record);
    if (before !== undefined) return before;
    const key = readKey(record);
    if (known.size < KEYS_MAX) known.set(record, key);
    return key;
  };
}

/** RFC 6376 section 3.6.1, RFC 8463 section 4. */
function readKey(record: string): PlainKey | null {
  const tags: Record<string, string> = {};
  const specs = record.split(';');
  if (specs.at(-1) === '') specs.pop();
  for (const [at, spec] of specs.entries()) {
    const equals = spec.indexOf('=');
    const tag = spec.slice(0, Math.max(0, equals));
    if (!TAGS.has(tag) || Object.hasOwn(tags, tag)) return null;
    if (tag === 'v' && (at > 0 || spec !== 'v=DKIM1')) return null;
    tags[tag] = spec.slice(equals + 1);
  }
  const { k = 'rsa', p = '', t = '', h = 'sha256', s = '*' } = tags;
  if ((k !== 'rsa' && k !== 'ed25519') || !BASE64.test(p)) return null;
  if (!h.split(':').includes('sha256')) return null;
  if (!s.split(':').some((service) => service === '*' || service === 'email')) return null;
  const key = k === 'rsa' ? rsaKey(p) : ed25519Key(p);
  const bits = key?.asymmetricKeyDetails?.modulusLength;
  if (key === null || key.asymmetricKeyType !== k) return null;
  if (k === 'rsa' && !((bits ?? 0) >= RSA_BITS_MIN)) return null;
  return { key, type: k, bits, isStrict: t.toLowerCase().split(':').includes('s') };
}

/** SubjectPublicKeyInfo, as published; the bare form of RFC 8017 A.1.1 goes to the verifier. */
function rsaKey(p: string): KeyObject | null {
  try {
    return createPublicKey({ key: Buffer.from(p, 'base64'), format: 'der', type: 'spki' });
  } catch {
    return null;
  }
}

const ED25519_PREFIX = Buffer.from('302a300506032b6570032100', 'hex');

function ed25519Key(p: string): KeyObject | null {
  const raw = Buffer.from(p, 'base64');
  if (raw.length !== 32) return null;
  try {
    const key = Buffer.concat([ED25519_PREFIX, raw]);
    return createPublicKey({ key, format: 'der', type: 'spki' });
  } catch {
    return null;
  }
}
