import { hash, verify } from 'node:crypto';
import type { DKIMResult, DKIMVerifyResult } from 'mailauth';
import type { DnsRecord } from '../../core/forensics/index.ts';
import { isAligned } from './alignment.ts';
import { authorsIn } from './authors.ts';
import { bodyDigest } from './body-digest.ts';
import { type HeaderRow, plainHeader, relaxedRow } from './header-rows.ts';
import type { KeyReader, PlainKey } from './plain-key.ts';
import { type PlainSignature, plainSignature } from './plain-signature.ts';

export interface PlainDkimInput {
  /** CRLF line ends. */
  readonly bytes: Buffer;
  /** As of when an expiry counts. */
  readonly at: Date;
  /** TXT records of a name; null where there are none, or no answer. */
  readonly keyRecords: (name: string) => Promise<readonly DnsRecord[] | null>;
  readonly keys: KeyReader;
}

/**
 * DKIM signatures of the common form, verified without the streams of mailauth: the same answers
 * for a part of the cost.
 *
 * Null wherever anything is out of the ordinary (seals, odd header lines, `l=`, unknown tags,
 * records that are no plain key, name servers that fail): then mailauth judges the whole message.
 * `test/conformance/dkim` holds both to the same results.
 */
export async function verifyPlainDkim(input: PlainDkimInput): Promise<DKIMVerifyResult | null> {
  const header = plainHeader(input.bytes);
  if (header === null) return null;
  const { rows, bodyAt } = header;
  if (rows.some(({ key }) => key.startsWith('arc-'))) return null;
  const fields = rows.filter(({ key }) => key === 'from');
  const authors = fields.flatMap(authorsIn);
  const [author] = authors;
  const signatures: PlainSignature[] = [];
  for (const row of rows) {
    if (row.key !== 'dkim-signature') continue;
    const signature = plainSignature(row);
    if (signature === null) return null;
    signatures.push(signature);
  }
  const body = input.bytes.subarray(bodyAt);
  const digests = new Map<string, string | null>();
  const results: DKIMResult[] = [];
  for (const signature of signatures) {
    let digest = digests.get(signature.body);
    if (digest === undefined) {
      digest = bodyDigest(body, signature.body);
      digests.set(signature.body, digest);
    }
    if (digest === null) return null;
    const covered = signedRows(signature, rows);
    const judged = await judge({ signature, digest, covered, input });
    if (judged === null) return null;
    const aligned =
      author === undefined
        ? undefined
        : isAligned(author.slice(author.lastIndexOf('@') + 1), signature.domain);
    if (aligned === null) return null;
    results.push(resultOf(signature, judged, { covered, isAligned: aligned }));
  }
  return { headerFrom: authors, fromFields: fields.length, envelopeFrom: false, results };
}

interface Judged {
  readonly result: 'pass' | 'fail' | 'neutral';
  readonly comment: string | null;
  readonly bits: number | undefined;
}

async function judge(found: {
  readonly signature: PlainSignature;
  readonly digest: string;
  readonly covered: readonly HeaderRow[];
  readonly input: PlainDkimInput;
}): Promise<Judged | null> {
  const { signature, digest, covered, input } = found;
  if (signature.bodyHash !== digest)
    return { result: 'fail', comment: 'body hash did not verify', bits: undefined };
  const key = await keyFor(signature, input);
  if (key === null) return null;
  const isOwn =
    signature.identityDomain === null ||
    signature.identityDomain.toLowerCase() === signature.domain.toLowerCase();
  if (key.isStrict && !isOwn) return null;
  const holds = verifies(signature, key, signedData(signature, covered));
  if (holds === null) return null;
  if (!holds) return { result: 'fail', comment: 'bad signature', bits: key.bits };
  const expires = signature.expiresAt;
  const isOver = expires !== null && expires * 1000 < input.at.getTime();
  return isOver
    ? { result: 'neutral', comment: 'expired', bits: key.bits }
    : { result: 'pass', comment: null, bits: key.bits };
}

async function keyFor(
  { selector, domain, algorithm }: PlainSignature,
  { keyRecords, keys }: PlainDkimInput,
): Promise<PlainKey | null> {
  const records = await keyRecords(`${selector}._domainkey.${domain}`);
  // No record, or no answer: which of them, and what follows, the verifier says.
  const key = records === null ? null : keys(records);
  return key !== null && algorithm.startsWith(key.type) ? key : null;
}

function verifies({ algorithm, signature }: PlainSignature, key: PlainKey, data: Buffer) {
  const bytes = Buffer.from(signature, 'base64');
  try {
    return algorithm === 'rsa-sha256'
      ? verify('rsa-sha256', data, key.key, bytes)
      : verify(null, hash('sha256', data, 'buffer'), key.key, bytes);
  } catch {
    return null;
  }
}

/**
 * RFC 6376 section 3.7: the named fields, newest of a name last, then the signature without `b=`.
 */
function signedData(signature: PlainSignature, covered: readonly HeaderRow[]): Buffer {
  const isRelaxed = signature.header === 'relaxed';
  let data = '';
  for (const row of covered) data += `${isRelaxed ? relaxedRow(row) : row.line}\r\n`;
  const own = isRelaxed ? relaxedRow(signature.row) : signature.row.line;
  return Buffer.from(data + withoutSignature(own), 'latin1');
}

/** Each name of `h=` takes the lowest field of that name that is left (RFC 6376 section 5.4.2). */
function signedRows({ signed }: PlainSignature, rows: readonly HeaderRow[]): readonly HeaderRow[] {
  const left = new Map<string, HeaderRow[]>();
  for (const name of signed) left.set(name, []);
  for (const row of rows) left.get(row.key)?.push(row);
  return signed.flatMap((name) => left.get(name)?.pop() ?? []);
}

function withoutSignature(line: string): string {
  const colon = line.indexOf(':') + 1;
  const specs = line.slice(colon).split(';');
  const at = specs.findIndex((spec) => /^\s*b\s*=/.test(spec));
  const spec = specs[at] ?? '';
  specs[at] = spec.slice(0, spec.indexOf('=') + 1);
  return line.slice(0, colon) + specs.join(';');
}

function resultOf(
  signature: PlainSignature,
  { result, comment, bits }: Judged,
  message: {
    readonly covered: readonly HeaderRow[];
    /** Undefined where no author is named. */
    readonly isAligned: boolean | undefined;
  },
): DKIMResult {
  const { signedAt, expiresAt, domain, selector, algorithm } = signature;
  const keys = message.covered.map(({ name }) => name);
  const aligned = message.isAligned === true ? domain : (message.isAligned ?? null);
  return {
    id: signature.signature,
    signingDomain: domain,
    selector,
    algo: algorithm,
    signingHeaders: { keys: keys.join(': '), headers: [], canonicalizedHeader: '' },
    signTime: signedAt === null ? null : isoTime(signedAt),
    expiresAfter: expiresAt === null ? null : isoTime(expiresAt),
    ...(bits === undefined ? {} : { modulusLength: bits }),
    status: {
      result,
      ...(aligned === null ? {} : { aligned }),
      ...(comment === null ? {} : { comment }),
    },
    info: '',
  };
}

const isoTime = (seconds: number): string => new Date(seconds * 1000).toISOString();
