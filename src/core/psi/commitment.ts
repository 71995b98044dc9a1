import { fail, hexOf, isDay, joinBytes, type Kernels, ok, type Result } from '../base/index.ts';
import { appendLeaves, EMPTY_RANGE, leafHash, rootOf } from '../evidence/index.ts';
import { isCount, parseObject, readFile, renderFile } from './envelope.ts';
import type { MatchFailure } from './failure.ts';
import { ascii, fromHex, octetsOf } from './octets.ts';
import { PROOF_BATCH_MAX } from './oprf.ts';
import {
  BATCH_MAX,
  BATCH_MIN,
  COUNTIES_MAX,
  isName,
  PROTOCOL,
  SPIKES,
  type Terms,
} from './terms.ts';

/** One report as it is committed to: its id at the hub, and whom it names under the agreed key. */
export interface CommittedReport {
  readonly id: string;
  readonly identity: string;
}

/** What the hub fixes before any county has a key. */
export interface Commitment extends Terms {
  /** Different people that the hub will ask about. */
  readonly people: number;
  /** Reports that name them: leaves of the tree. */
  readonly reports: number;
  /** Merkle root (RFC 9162) over salted reports, hex. */
  readonly root: string;
}

const SALT = ascii(`${PROTOCOL} salt`);

/**
 * A leaf: salt, id, identity. The salt hides a guessable name from whoever sees hashes, so that one
 * leaf can be opened to an auditor without opening its neighbours.
 */
export function reportLeaf(
  kernels: Kernels,
  {
    secret,
    at,
    report,
  }: {
    readonly secret: Uint8Array;
    readonly at: number;
    readonly report: CommittedReport;
  },
): Uint8Array {
  return saltedLeaf(kernels, leafSalt(kernels, secret, at), report);
}

/** What hides the report at a place, and is shown with it when it is opened. */
export const leafSalt = (kernels: Kernels, secret: Uint8Array, at: number): Uint8Array =>
  kernels.sha256Raw(joinBytes(SALT, secret, octetsOf(at, 4)));

export function saltedLeaf(
  kernels: Kernels,
  salt: Uint8Array,
  report: CommittedReport,
): Uint8Array {
  const [id, identity] = [kernels.encode(report.id), kernels.encode(report.identity)];
  return leafHash(
    joinBytes(salt, octetsOf(id.length, 4), id, octetsOf(identity.length, 4), identity),
    kernels,
  );
}

/** Too few to hide among, or too many for one exchange; match mode numbers its proof's batch. */
function batchRefusal({
  people,
  reports,
  mode,
}: Pick<Commitment, 'people' | 'reports' | 'mode'>): MatchFailure | null {
  if (people < BATCH_MIN) return { code: 'match-batch-small', size: people, least: BATCH_MIN };
  const most = mode === 'count' ? BATCH_MAX : PROOF_BATCH_MAX - SPIKES;
  if (people > most) return { code: 'match-batch-large', size: people, most };
  if (reports > BATCH_MAX) return { code: 'match-batch-large', size: reports, most: BATCH_MAX };
  return null;
}

/** The commitment to a list; `secret` is 32 fresh bytes that the hub keeps for an audit. */
export function commit(
  kernels: Kernels,
  {
    terms,
    reports,
    secret,
  }: {
    readonly terms: Terms;
    readonly reports: readonly CommittedReport[];
    readonly secret: Uint8Array;
  },
): Result<Commitment, MatchFailure> {
  const people = new Set(reports.map(({ identity }) => identity)).size;
  const refusal = batchRefusal({ ...terms, people, reports: reports.length });
  if (refusal !== null) return fail(refusal);
  const leaves = reports.map((report, at) => reportLeaf(kernels, { secret, at, report }));
  const root = hexOf(rootOf(appendLeaves(EMPTY_RANGE, leaves, kernels), kernels));
  return ok({ ...terms, people, reports: reports.length, root });
}

/** The file that every county gets before it draws a key. It holds no report and no salt. */
export const renderCommitment = (kernels: Kernels, commitment: Commitment): Uint8Array =>
  renderFile(kernels, 'commitment', { header: { ...commitment }, body: new Uint8Array(0) });

/** Reads a commitment file; gives the digest by which later files name it, too. */
export function readCommitment(
  kernels: Kernels,
  bytes: Uint8Array,
): Result<{ readonly commitment: Commitment; readonly digest: string }, MatchFailure> {
  const file = readFile(kernels, 'commitment', bytes);
  if (!file.ok) return file;
  const commitment = commitmentOf(file.value.header);
  if (commitment === null) {
    return fail({ code: 'match-file-rule', rule: 'a commitment with terms, counts and root' });
  }
  const refusal = batchRefusal(commitment);
  if (refusal !== null) return fail(refusal);
  return ok({ commitment, digest: file.value.digest });
}

/** A commitment out of parsed JSON; null where a rule is broken. */
export function commitmentOf(header: { readonly [key: string]: unknown }): Commitment | null {
  const { incident, epoch, epochEnds, key, mode, people, reports, root } = header;
  const counties = header['counties'] ?? null;
  if (!isName(incident) || !isName(epoch) || !isDay(epochEnds)) return null;
  if (key !== 'name' && key !== 'email') return null;
  if (mode !== 'count' && mode !== 'notice') return null;
  if (!isCount(people, BATCH_MAX) || !isCount(reports, BATCH_MAX) || people > reports) return null;
  if (counties !== null && (!isCount(counties, COUNTIES_MAX) || counties === 0)) return null;
  if (typeof root !== 'string' || fromHex(root, 32) === null) return null;
  return { incident, epoch, epochEnds, key, mode, counties, people, reports, root };
}

/** A commitment out of JSON text; null where it is none. */
export const commitmentFromText = (text: string): Commitment | null => {
  const header = parseObject(text);
  return header === null ? null : commitmentOf(header);
};
