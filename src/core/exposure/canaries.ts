import {
  canonicalJson,
  fail,
  isRecord,
  type Kernels,
  ok,
  parseRecord,
  type Result,
  type Sha256,
} from '../base/index.ts';
import { type MarkKeys, markKeyCommit } from './marks.ts';
import type { ExposureReport } from './report.ts';

/** An address of a consenting member of staff, used nowhere else, planted into one copy. */
export interface Canary {
  readonly email: string;
  readonly first: string;
  readonly last: string;
  readonly street: string;
  readonly city: string;
  readonly zip: string;
}

/** What the office keeps sealed about one released copy; the manifest holds commitments to it. */
export interface SealedRegister {
  readonly releaseId: string;
  readonly keys: MarkKeys;
  readonly canaries: readonly Canary[];
  /** 64 hex digits that keep the commitment from being guessed. */
  readonly salt: string;
}

/** A register that cannot be read, or is not the one that the manifest committed to. */
export type RegisterFailure =
  | { readonly code: 'register-malformed'; readonly rule: string }
  | { readonly code: 'register-commitment'; readonly what: 'marks' | 'canaries' };

/** SHA-256 of the salted canonical JSON of the canaries: what a manifest holds of them. */
export const canaryCommit = ({ canaries, salt }: SealedRegister, kernels: Kernels): Sha256 =>
  kernels.sha256(
    kernels.encode(
      `tocsin canaries|${salt}|${canonicalJson(canaries.map((canary) => ({ ...canary })))}`,
    ),
  );

const KEY = /^[0-9a-f]{64}$/;
const PARTS = ['email', 'first', 'last', 'street', 'city', 'zip'] as const;

/**
 * Reads a sealed register, JSON: any text gives a value. The failure names the first rule that is
 * broken.
 */
export function parseRegister(text: string): Result<SealedRegister, RegisterFailure> {
  const malformed = (rule: string): Result<never, RegisterFailure> =>
    fail({ code: 'register-malformed', rule });
  const parsed = parseRecord(text);
  if (!parsed.ok) return malformed(parsed.failure);
  const { value } = parsed;
  const { releaseId, keys, canaries, salt } = value;
  if (typeof releaseId !== 'string') return malformed('releaseId is a name');
  if (!isRecord(keys) || !isKey(keys['markKey'])) return malformed('keys.markKey is a key');
  const biasKey = keys['biasKey'] ?? null;
  if (biasKey !== null && !isKey(biasKey)) return malformed('keys.biasKey is a key or null');
  if (!isKey(salt)) return malformed('salt is a key');
  if (!Array.isArray(canaries)) return malformed('canaries is a list');
  const read: Canary[] = [];
  for (const entry of canaries) {
    const canary = canaryOf(entry);
    if (canary === null) return malformed('a canary has texts and an e-mail address');
    read.push(canary);
  }
  return ok({ releaseId, keys: { markKey: keys['markKey'], biasKey }, canaries: read, salt });
}

const isKey = (value: unknown): value is string => typeof value === 'string' && KEY.test(value);
/** A canary out of JSON, only the parts that a canary has; null where it has no e-mail address. */
export function canaryOf(value: unknown): Canary | null {
  if (!isRecord(value)) return null;
  const canary = Object.fromEntries(PARTS.map((part) => [part, value[part] ?? '']));
  const whole = Object.values(canary).every((part) => typeof part === 'string');
  return whole && String(canary['email']).includes('@') ? (canary as unknown as Canary) : null;
}

/** Whether a register is the one that the manifest committed to. */
export function checkRegister(
  register: SealedRegister,
  manifest: { readonly canaryCommit: Sha256 | null; readonly markKeyCommit: Sha256 | null },
  kernels: Kernels,
): Result<null, RegisterFailure> {
  if (manifest.markKeyCommit !== markKeyCommit(register.keys, kernels)) {
    return fail({ code: 'register-commitment', what: 'marks' });
  }
  return manifest.canaryCommit === canaryCommit(register, kernels)
    ? ok(null)
    : fail({ code: 'register-commitment', what: 'canaries' });
}

/** Places of the canaries that reports speak of, once each. */
export function canaryHits(
  canaries: readonly Canary[],
  reports: readonly ExposureReport[],
): ReadonlySet<number> {
  const places = new Map(canaries.map(({ email }, at) => [email.toLowerCase(), at]));
  const hits = new Set<number>();
  for (const { recipient } of reports) {
    const place = places.get(recipient.email.toLowerCase());
    if (place !== undefined) hits.add(place);
  }
  return hits;
}

/** A canary is written to by chance or by guess this often. */
const STRAY = 1e-4;
/** Share of mails that arrive where nobody measured it. */
const DELIVERED = 0.6;
const GRID = 2000;

/**
 * log likelihood of `hits` of `planted` canaries if the copy was used, over any share mailed
 * (Beta(1/2, 1/2), which is uniform in the arcsine), and if it was not.
 */
export function canaryEvidence(
  hits: number,
  planted: number,
): { readonly ifThis: number; readonly ifOther: number } {
  if (planted === 0) return { ifThis: 0, ifOther: 0 };
  let sum = 0;
  const logs: number[] = [];
  for (let step = 0; step < GRID; step++) {
    const reached = DELIVERED * Math.sin(((step + 0.5) / GRID) * (Math.PI / 2)) ** 2;
    logs.push(hits * Math.log(reached) + (planted - hits) * Math.log1p(-reached));
  }
  const highest = Math.max(...logs);
  for (const log of logs) sum += Math.exp(log - highest);
  return {
    ifThis: highest + Math.log(sum / GRID),
    ifOther: hits * Math.log(STRAY) + (planted - hits) * Math.log1p(-STRAY),
  };
}

/** P(at least one hit): 1 - (1 - f d)^c. How many canaries a release needs. */
export const chanceOfHit = ({
  planted,
  mailed,
  delivered,
}: {
  readonly planted: number;
  readonly mailed: number;
  readonly delivered: number;
}): number => 1 - (1 - mailed * delivered) ** planted;
