import { fail, hexOf, isRecord, type Kernels, ok, type Result } from '../base/index.ts';
import { inclusionProof, verifyInclusion } from '../evidence/index.ts';
import {
  type Commitment,
  type CommittedReport,
  leafSalt,
  reportLeaf,
  saltedLeaf,
} from './commitment.ts';
import { parseObject } from './envelope.ts';
import type { MatchFailure } from './failure.ts';
import { fromHex } from './octets.ts';

/** One report of the hub's list, opened to an auditor: everything that its leaf was hashed from. */
export interface OpenedLeaf extends CommittedReport {
  /** Place in the list, from 0. */
  readonly at: number;
  readonly salt: Uint8Array;
  /** RFC 9162 section 2.1.3. */
  readonly proof: readonly Uint8Array[];
}

/**
 * More would open the list itself; a hundred show a tenth of false reports all but once in 37,000.
 */
export const OPENED_MAX = 100;
const SCHEMA = 'tocsin/match-opened/1';
const SALT_BYTES = 32;
/** A proof in a tree of a million leaves has 20 hashes. */
const PROOF_MAX = 32;
const TEXT_MAX = 1000;

/**
 * Opens the reports at these places (from 0) of the committed list. `secret` is that of the
 * commitment; the salts and proofs of the others stay shut.
 */
export function openLeaves(
  kernels: Kernels,
  {
    secret,
    reports,
    places,
  }: {
    readonly secret: Uint8Array;
    readonly reports: readonly CommittedReport[];
    readonly places: readonly number[];
  },
): readonly OpenedLeaf[] {
  const leaves = reports.map((report, at) => reportLeaf(kernels, { secret, at, report }));
  return places.map((at) => ({
    ...reports[at]!,
    at,
    salt: leafSalt(kernels, secret, at),
    proof: inclusionProof(at, leaves, kernels),
  }));
}

/** Whether the report stood at its place in the list when the hub committed itself. */
export function leafStands(
  kernels: Kernels,
  { root, reports }: Pick<Commitment, 'root' | 'reports'>,
  { at, salt, proof, ...report }: OpenedLeaf,
): boolean {
  const rootHash = fromHex(root, 32);
  if (rootHash === null) return false;
  const leaf = saltedLeaf(kernels, salt, report);
  return verifyInclusion({ leaf, index: at, size: reports, root: rootHash }, proof, kernels);
}

/** The JSON file for an auditor; `digest` is that of the commitment file. */
export const renderOpened = (digest: string, leaves: readonly OpenedLeaf[]): string =>
  `${JSON.stringify(
    {
      schema: SCHEMA,
      commitment: digest,
      leaves: leaves.map(({ at, id, identity, salt, proof }) => ({
        at,
        id,
        identity,
        salt: hexOf(salt),
        proof: proof.map(hexOf),
      })),
    },
    null,
    1,
  )}\n`;

/** Reads what a hub opened; any text gives a value. */
export function readOpened(
  text: string,
): Result<{ readonly commitment: string; readonly leaves: readonly OpenedLeaf[] }, MatchFailure> {
  const file = parseObject(text);
  if (file?.['schema'] !== SCHEMA) return fail({ code: 'match-file-foreign' });
  const { commitment, leaves } = file;
  if (typeof commitment !== 'string' || fromHex(commitment, 32) === null) {
    return fail({ code: 'match-file-rule', rule: 'the digest of a commitment' });
  }
  if (!Array.isArray(leaves) || leaves.length === 0 || leaves.length > OPENED_MAX) {
    return fail({ code: 'match-file-rule', rule: `1 to ${OPENED_MAX} opened reports` });
  }
  const opened = leaves.map(leafOf);
  return opened.every((leaf) => leaf !== null)
    ? ok({ commitment, leaves: opened })
    : fail({ code: 'match-file-rule', rule: 'place, id, identity, salt and proof of a report' });
}

const isText = (value: unknown): value is string =>
  typeof value === 'string' && value.length <= TEXT_MAX;

function leafOf(value: unknown): OpenedLeaf | null {
  if (!isRecord(value)) return null;
  const { at, id, identity, salt: hex, proof: hashes } = value;
  if (typeof at !== 'number' || !Number.isSafeInteger(at) || at < 0) return null;
  if (!isText(id) || !isText(identity) || !isText(hex)) return null;
  const salt = fromHex(hex, SALT_BYTES);
  if (salt === null || !Array.isArray(hashes) || hashes.length > PROOF_MAX) return null;
  const proof = hashes.map((hash) => (isText(hash) ? fromHex(hash, 32) : null));
  return proof.every((hash) => hash !== null) ? { at, id, identity, salt, proof } : null;
}
