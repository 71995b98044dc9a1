import { createHash, generateKeyPairSync, sign } from 'node:crypto';

/** A key of our own and its record (RFC 6376 section 3.6.1). */
export interface DkimKey {
  readonly privateKey: string;
  readonly record: string;
  readonly algorithm: 'rsa-sha256' | 'ed25519-sha256';
}

export function makeDkimKey(bits = 1024): DkimKey {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', {
    modulusLength: bits,
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    publicKeyEncoding: { type: 'spki', format: 'der' },
  });
  const record = `v=DKIM1; k=rsa; p=${publicKey.toString('base64')}`;
  return { privateKey, record, algorithm: 'rsa-sha256' };
}

/** RFC 8463: the record holds the 32 bytes of the key alone. */
export function makeEd25519Key(): DkimKey {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519', {
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    publicKeyEncoding: { type: 'spki', format: 'der' },
  });
  const record = `v=DKIM1; k=ed25519; p=${publicKey.subarray(-32).toString('base64')}`;
  return { privateKey, record, algorithm: 'ed25519-sha256' };
}

/**
 * Signs a message by RFC 6376 and RFC 8463 (relaxed/relaxed unless `c` says otherwise), written
 * from the text of the RFCs: the verifier under test does not check its own work.
 */
export function signDkim(
  mail: string,
  key: DkimKey,
  tags: {
    readonly d: string;
    readonly s: string;
    readonly h: string;
    readonly more?: string;
    readonly c?: string;
  },
): string {
  const { c = 'relaxed/relaxed' } = tags;
  const [ofHeader, ofBody = 'simple'] = c.split('/');
  const header = ofHeader === 'relaxed' ? relaxedField : (field: string): string => field;
  const split = mail.indexOf('\r\n\r\n');
  const fields = mail.slice(0, split).split(/\r\n(?![ \t])/);
  const body = mail.slice(split + 4);
  const bodyHash = createHash('sha256')
    .update(ofBody === 'relaxed' ? relaxedBody(body) : simpleBody(body), 'latin1')
    .digest('base64');
  const { d, s, h } = tags;
  const unsigned = `DKIM-Signature: v=1; a=${key.algorithm}; c=${c}; d=${d}; s=${s}; h=${h};${tags.more ?? ''} bh=${bodyHash}; b=`;
  const named = h.split(':').flatMap((name) => {
    const own = (row: string): boolean => row.toLowerCase().startsWith(`${name.toLowerCase()}:`);
    const at = fields.findLastIndex(own);
    return at < 0 ? [] : [`${header(fields.splice(at, 1)[0] ?? '')}\r\n`];
  });
  const data = Buffer.from(named.join('') + header(unsigned), 'latin1');
  const isRsa = key.algorithm === 'rsa-sha256';
  const signature = isRsa
    ? sign('sha256', data, key.privateKey)
    : sign(null, createHash('sha256').update(data).digest(), key.privateKey);
  return `${unsigned}${signature.toString('base64')}\r\n${mail}`;
}

/** RFC 6376 section 3.4.3. */
const simpleBody = (body: string): string => `${body.replace(/(?:\r\n)+$/, '')}\r\n`;

/** RFC 6376 section 3.4.2. */
export function relaxedField(field: string): string {
  const colon = field.indexOf(':');
  const value = field.slice(colon + 1).replace(/\r\n/g, '');
  return `${field.slice(0, colon).trim().toLowerCase()}:${value.replace(/[ \t]+/g, ' ').trim()}`;
}

/** RFC 6376 section 3.4.4. */
export function relaxedBody(body: string): string {
  const lines = body.split('\r\n').map((line) => line.replace(/[ \t]+/g, ' ').replace(/ $/, ''));
  const kept = lines.join('\r\n').replace(/(?:\r\n)+$/, '');
  return kept === '' ? '' : `${kept}\r\n`;
}
