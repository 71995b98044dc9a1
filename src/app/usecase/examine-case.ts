import type { Kernels, Sha256 } from '../../core/base/index.ts';
import {
  type Derivation,
  type Exhibit,
  type Finding,
  type FindingKey,
  findingKey,
  sealFinding,
} from '../../core/evidence/index.ts';
import type { EvidenceStore, Intake, Progress } from '../ports/index.ts';
import {
  EXAMINE,
  type ExaminedBatch,
  examineExhibit,
  examineOutput,
  isLastBatch,
  JUDGE,
  judgeOutput,
  originalJudge,
  SKETCH,
  sketchOutput,
} from '../stage/index.ts';
import { type CaseNames, inputsBy, isBy, WITHOUT_NAMES } from './case-names.ts';

/** Findings per transaction. */
const FINDINGS_BATCH_MAX = 500;

/** Messages whose findings wait to be written: bounds memory and what a crash costs. */
const MESSAGES_WAITING_MAX = 1_000;

export interface ExaminePorts {
  readonly intake: Pick<Intake, 'messages'>;
  readonly store: Pick<EvidenceStore, 'exhibits' | 'findings' | 'known' | 'addFindings'>;
  readonly kernels: Kernels;
  readonly progress: Progress;
}

/**
 * Examines every exhibit that no complete finding by these names stands for. Goes on where an
 * earlier run stopped.
 */
export async function examineCase(
  ports: ExaminePorts,
  names: CaseNames = WITHOUT_NAMES,
): Promise<void> {
  const done = await examinedExhibits(ports, names);
  const pending: Exhibit[] = [];
  for await (const exhibit of ports.store.exhibits()) {
    const isMail = exhibit.kind !== 'dns-transcript' && exhibit.kind !== 'office-names';
    if (isMail && !done.has(exhibit.digest)) pending.push(exhibit);
  }
  const total = pending.reduce((sum, { bytes }) => sum + bytes, 0);
  let read = 0;
  const judge = originalJudge(ports.kernels, names.names);
  let waiting: Finding[] = [];
  let messages = 0;
  const flush = async (): Promise<void> => {
    await ports.store.addFindings(waiting);
    waiting = [];
    messages = 0;
  };
  for (const exhibit of pending) {
    for await (const batch of examineExhibit({ ...ports, judge, names: names.names }, exhibit)) {
      waiting.push(...findingsOf(batch, names, ports.kernels));
      messages += batch.messages.length;
      if (waiting.length >= FINDINGS_BATCH_MAX || messages >= MESSAGES_WAITING_MAX) await flush();
    }
    read += exhibit.bytes;
    ports.progress.update('Reading mail', read, total);
  }
  await flush();
}

/**
 * Exhibits of which the last batch stands, under each stage's own method version: a case that an
 * earlier version examined is read again for the stages that have changed since.
 */
async function examinedExhibits(
  { store, kernels }: ExaminePorts,
  names: CaseNames,
): Promise<ReadonlySet<Sha256>> {
  const done = new Set<Sha256>();
  let last: Derivation[] = [];
  const sift = async (): Promise<void> => {
    const derived = last.map((finding) => ({ finding, keys: keysBeside(finding, kernels) }));
    const known = await store.known(derived.flatMap(({ keys }) => keys));
    for (const { finding, keys } of derived) {
      if (keys.every((key) => known.has(key))) done.add(finding.inputs[0] as Sha256);
    }
    last = [];
  };
  for await (const finding of store.findings(EXAMINE.stage, EXAMINE.methodVersion)) {
    if (isBy(finding.inputs, 1, names.digest) && isLastBatch(finding))
      last.push({ ...EXAMINE, inputs: finding.inputs, parameters: finding.parameters });
    if (last.length >= FINDINGS_BATCH_MAX) await sift();
  }
  await sift();
  return done;
}

/** Keys of what the other stages found in the batch of an `examine` finding. */
const keysBeside = ({ inputs, parameters }: Derivation, kernels: Kernels): readonly FindingKey[] =>
  [SKETCH, JUDGE].map((stage) => findingKey({ ...stage, inputs, parameters }, kernels));

function findingsOf(batch: ExaminedBatch, names: CaseNames, kernels: Kernels): readonly Finding[] {
  const { exhibit, batch: number } = batch;
  const work = { inputs: inputsBy([exhibit], names), parameters: { batch: number } };
  return [
    sealFinding({ ...EXAMINE, ...work }, examineOutput(batch), kernels),
    sealFinding({ ...SKETCH, ...work }, sketchOutput(batch, kernels), kernels),
    sealFinding({ ...JUDGE, ...work }, judgeOutput(batch), kernels),
  ];
}
