import { createHash, createSign, generateKeyPairSync } from 'node:crypto';

/** A key of our own and its record (RFC 6376 section 3.6.1). */
export interface DkimKey {
  readonly privateKey: string;
  readonly record: string;
}

export function makeDkimKey(bits = 1024): DkimKey {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', {
    modulusLength: bits,
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    publicKeyEncoding: { type: 'spki', format: 'der' },
  });
  return { privateKey, record: `v=DKIM1; k=rsa; p=${publicKey.toString('base64')}` };
}

/**
 * Signs a message by RFC 6376 (rsa-sha256, relaxed/relaxed), written from the text of the RFC:
 * the verifier under test does not check its own work.
 */
export function signDkim(
  mail: string,
  key: DkimKey,
  tags: { readonly d: string; readonly s: string; readonly h: string; readonly more?: string },
): string {
  const split = mail.indexOf('\r\n\r\n');
  const fields = mail.slice(0, split).split(/\r\n(?![ \t])/);
  const bodyHash = createHash('sha256')
    .update(relaxedBody(mail.slice(split + 4)))
    .digest('base64');
  const unsigned = `DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/relaxed; d=${tags.d}; s=${tags.s}; h=${tags.h};${tags.more ?? ''} bh=${bodyHash}; b=`;
  const named = tags.h.split(':').flatMap((name) => {
    const field = fields.findLast((row) => row.toLowerCase().startsWith(`${name.toLowerCase()}:`));
    return field === undefined ? [] : [`${relaxedField(field)}\r\n`];
  });
  const signature = createSign('sha256')
    .update(named.join('') + relaxedField(unsigned))
    .sign(key.privateKey, 'base64');
  return `${unsigned}${signature}\r\n${mail}`;
}

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
