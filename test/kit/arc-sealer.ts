import { createHash, createSign } from 'node:crypto';
import { type DkimKey, relaxedBody, relaxedField } from './dkim-signer.ts';

export interface Seal {
  readonly key: DkimKey;
  readonly d: string;
  readonly s: string;
  readonly i: number;
  readonly cv: string;
  /** Fields that the message signature covers. */
  readonly h?: string;
  /** More tags of the ARC-Seal: `h=from;` is forbidden there (RFC 8617 section 4.1.3). */
  readonly sealTags?: string;
}

/** Adds one ARC set on top of a message, written from the text of RFC 8617 sections 4.1 and 5.1. */
export function sealArc(mail: string, seal: Seal): string {
  const { key, d, s, i, cv } = seal;
  const split = mail.indexOf('\r\n\r\n');
  const fields = mail.slice(0, split).split(/\r\n(?![ \t])/);
  const bodyHash = createHash('sha256')
    .update(relaxedBody(mail.slice(split + 4)))
    .digest('base64');
  const results = `ARC-Authentication-Results: i=${i}; mx.${d}; spf=pass smtp.mailfrom=x@example.org`;
  const h = seal.h ?? 'from:to:subject';
  const signing = `ARC-Message-Signature: i=${i}; a=rsa-sha256; c=relaxed/relaxed; d=${d}; s=${s}; h=${h}; bh=${bodyHash}; b=`;
  const covered = h.split(':').flatMap((name) => {
    const field = fields.findLast((row) => row.toLowerCase().startsWith(`${name}:`));
    return field === undefined ? [] : [`${relaxedField(field)}\r\n`];
  });
  const signature = signing + rsa(key, covered.join('') + relaxedField(signing));
  const sealing = `ARC-Seal: i=${i}; a=rsa-sha256; cv=${cv}; d=${d}; s=${s};${seal.sealTags ?? ''} b=`;
  const earlier = cv === 'fail' ? [] : setsOf(fields, i);
  const chain = [...earlier, results, signature].map((row) => `${relaxedField(row)}\r\n`).join('');
  return [sealing + rsa(key, chain + relaxedField(sealing)), signature, results, mail].join('\r\n');
}

/** Sets 1 to i - 1, each as results, signature, seal (RFC 8617 section 5.1.1). */
function setsOf(fields: readonly string[], i: number): readonly string[] {
  return Array.from({ length: i - 1 }, (_, at) => at + 1).flatMap((n) =>
    ['arc-authentication-results', 'arc-message-signature', 'arc-seal'].flatMap((name) =>
      fields.filter((row) => new RegExp(`^${name}: i=${n};`, 'i').test(row)),
    ),
  );
}

const rsa = (key: DkimKey, text: string): string =>
  createSign('sha256').update(text).sign(key.privateKey, 'base64');
