import { canonicalJson, type Instant, type Json, type Kernels } from '../../core/base/index.ts';
import type { CheckpointVerifier } from '../../core/evidence/index.ts';
import {
  type CaseAudit,
  type ExhibitVault,
  type Progress,
  type Rederive,
  StoreFault,
  VaultFault,
} from '../ports/index.ts';
import { ACCESS_LOG, EXPOSURE, MATCHES } from '../stage/index.ts';
import { publishedProblem, type SignedState, verifyCheckpoints } from './verify-checkpoints.ts';
import { LeafVerifier } from './verify-leaves.ts';
import { ProblemList, type VerifyProblem } from './verify-problem.ts';
import { verifyReport } from './verify-report.ts';
import { RowVerifier, type VerifiedFinding } from './verify-rows.ts';

export interface VerifyPorts {
  readonly vault: Pick<ExhibitVault, 'rehash' | 'list'>;
  readonly audit: CaseAudit;
  readonly verifier: CheckpointVerifier;
  readonly kernels: Kernels;
  readonly progress: Progress;
  readonly rederive: Rederive;
}

export interface VerifyOptions {
  /** How many findings to derive again; they are drawn anew whenever the log has grown. */
  readonly sample: number;
}

/**
 * What was checked, and everything that is not as the log says. Clean where `problemCount` is 0.
 */
export interface VerifyReport {
  readonly log: {
    readonly size: number;
    readonly checkpoints: number;
    /** The newest state that is signed; null for an empty log. */
    readonly signed: { readonly size: number; readonly at: Instant; readonly note: string } | null;
  };
  readonly facts: { readonly custody: number; readonly finding: number; readonly act: number };
  readonly vault: {
    readonly exhibits: number;
    readonly bytes: number;
    /** Whole files that no record names: what a crash left between keeping and recording. */
    readonly unrecorded: number;
  };
  readonly rederived: {
    readonly same: number;
    /** The method or an input is not at hand any more. */
    readonly notPossible: number;
    /** It rests on lists, logs or counts that lie outside of the case. */
    readonly outside: number;
  };
  /** Files of the report that were compared with what was sealed; null where there is no report. */
  readonly report: number | null;
  readonly problems: readonly VerifyProblem[];
  /** More than are listed, where there are very many. */
  readonly problemCount: number;
}

/** Checks a whole case against its signed log, its vault and its own methods. Changes nothing. */
export async function verifyCase(
  ports: VerifyPorts,
  options: VerifyOptions,
): Promise<VerifyReport> {
  const problems = new ProblemList();
  const log = await verifyLog(ports, options, problems);
  const vault = await verifyVault(ports, log.exhibits, problems);
  const rederived = await rederiveSample(ports, log.sample, problems);
  const report = await verifyReport(ports, problems);
  ports.progress.finish();
  const { size, checkpoints, signed, facts } = log;
  return {
    log: { size, checkpoints, signed },
    facts,
    vault,
    rederived,
    report,
    problems: problems.listed,
    problemCount: problems.count,
  };
}

interface VerifiedLog {
  readonly size: number;
  readonly checkpoints: number;
  readonly signed: VerifyReport['log']['signed'];
  readonly facts: VerifyReport['facts'];
  readonly exhibits: ReadonlyMap<string, number>;
  readonly sample: readonly VerifiedFinding[];
}

async function verifyLog(
  ports: VerifyPorts,
  options: VerifyOptions,
  problems: ProblemList,
): Promise<VerifiedLog> {
  const { audit, verifier, kernels, progress } = ports;
  const context = { verifier, kernels, problems };
  const published = await audit.publishedCheckpoint();
  return await audit.read(async (tables) => {
    const states = await verifyCheckpoints(tables, context);
    const problem = publishedProblem(published, states, context);
    if (problem !== null) problems.add(problem);
    const newest = states.at(-1) ?? null;
    const sample = new Sample(options.sample, newest, kernels);
    const leaves = new LeafVerifier(states, kernels, problems);
    const rows = new RowVerifier(kernels, problems, (finding) => sample.offer(finding));
    for await (const page of tables.pages()) {
      rows.add(page, leaves.add(page));
      progress.update('log', page.to + 1, newest?.size ?? null);
    }
    leaves.finish();
    for (const part of await tables.unreadableParts())
      problems.add({ code: 'part-unreadable', ...part });
    return {
      size: leaves.size,
      checkpoints: states.length,
      signed: newest === null ? null : { size: newest.size, at: newest.at, note: newest.note },
      facts: { ...rows.counts },
      exhibits: rows.exhibits,
      sample: sample.drawn,
    };
  });
}

/** Draws findings by the order that the newest root gives them: nobody chooses which. */
class Sample {
  readonly #count: number;
  readonly #salt: string;
  readonly #kernels: Kernels;
  #drawn: { readonly rank: string; readonly finding: VerifiedFinding }[] = [];

  constructor(count: number, newest: SignedState | null, kernels: Kernels) {
    this.#count = count;
    this.#salt = newest?.note ?? '';
    this.#kernels = kernels;
  }

  get drawn(): readonly VerifiedFinding[] {
    return this.#drawn.map(({ finding }) => finding);
  }

  offer(finding: VerifiedFinding): void {
    const rank = this.#kernels.sha256(this.#kernels.encode(`${finding.key}\n${this.#salt}`));
    const last = this.#drawn.at(-1);
    if (this.#count === 0 || (this.#drawn.length >= this.#count && last && last.rank < rank))
      return;
    const at = this.#drawn.findIndex((other) => rank < other.rank);
    this.#drawn.splice(at < 0 ? this.#drawn.length : at, 0, { rank, finding });
    this.#drawn.length = Math.min(this.#drawn.length, this.#count);
  }
}

async function verifyVault(
  { vault, progress }: VerifyPorts,
  recorded: ReadonlyMap<string, number>,
  problems: ProblemList,
): Promise<VerifyReport['vault']> {
  const found = new Set<string>();
  let bytes = 0;
  let unrecorded = 0;
  for await (const { name, digest, bytes: length } of vault.list()) {
    if (digest === null) {
      problems.add({ code: 'vault-foreign-file', name });
      continue;
    }
    found.add(digest);
    bytes += length;
    if (!recorded.has(digest)) unrecorded += 1;
    try {
      const rehashed = await vault.rehash(digest);
      if (rehashed.digest !== digest) {
        problems.add({ code: 'exhibit-altered', exhibit: digest, found: rehashed.digest });
      }
    } catch (error) {
      if (!(error instanceof VaultFault)) throw error;
      problems.add({ code: 'exhibit-unreadable', exhibit: digest });
    }
    progress.update('vault', found.size, recorded.size);
  }
  for (const digest of recorded.keys()) {
    if (!found.has(digest)) problems.add({ code: 'exhibit-missing', exhibit: digest });
  }
  return { exhibits: recorded.size, bytes, unrecorded };
}

async function rederiveSample(
  { rederive, kernels, progress }: VerifyPorts,
  sample: readonly VerifiedFinding[],
  problems: ProblemList,
): Promise<VerifyReport['rederived']> {
  let same = 0;
  let notPossible = 0;
  let outside = 0;
  for (const [n, finding] of sample.entries()) {
    const output = await rederive(derivationOf(finding)).catch((error) => {
      if (error instanceof StoreFault && error.code === 'store-damaged' && problems.count === 0)
        problems.add({ code: 'part-unreadable', name: 'store', text: error.said });
      // What a method reads may be what was damaged; in a sound case a rejection is a defect.
      if (problems.count === 0) throw error;
      return null;
    });
    if (output === null && OUTSIDE.has(String(finding.derivation['stage']))) outside += 1;
    else if (output === null) notPossible += 1;
    else if (digestOf(output, kernels) === finding.outputDigest) same += 1;
    else {
      const { key, index } = finding;
      problems.add({ code: 'output-not-rederived', finding: key, index });
    }
    progress.update('findings', n + 1, sample.length);
  }
  return { same, notPossible, outside };
}

/** Stages over what an office holds: the case has digests of it, not the thing. */
const OUTSIDE: ReadonlySet<string> = new Set([EXPOSURE.stage, ACCESS_LOG.stage, MATCHES.stage]);

const digestOf = (output: Json, kernels: Kernels): string =>
  kernels.sha256(kernels.encode(canonicalJson(output)));

/** The leaf's own words: it is signed, and only `sealFinding` makes such a leaf. */
function derivationOf({ derivation }: VerifiedFinding): Parameters<Rederive>[0] {
  const { stage, methodVersion, inputs, parameters } = derivation;
  return {
    stage: stage as string,
    methodVersion: methodVersion as number,
    inputs: inputs as readonly string[],
    parameters: parameters as { readonly [name: string]: Json },
  };
}
