import type { Json, Kernels, Sha256 } from '../../core/base/index.ts';
import type { Derivation, Exhibit } from '../../core/evidence/index.ts';
import type {
  CheckMail,
  EvidenceStore,
  ExhibitVault,
  Intake,
  NameServers,
} from '../ports/index.ts';
import {
  AUTHENTICATE,
  authenticateExhibit,
  authenticateOutput,
  CLUSTER,
  type ClusterOutput,
  clusterOriginals,
  EXAMINE,
  type ExaminedBatch,
  examineExhibit,
  examineOutput,
  JUDGE,
  judgeOutput,
  originalJudge,
  SKETCH,
  sketchOutput,
  WORDING,
  wordClusters,
} from '../stage/index.ts';
import { readTranscript } from './authenticate-case.ts';
import {
  type CaseIndex,
  clustersToWord,
  indexCase,
  numberedClusters,
  originalsToGroup,
} from './case-index.ts';
import { recordedOffice } from './case-office.ts';

export interface RederivePorts {
  readonly intake: Pick<Intake, 'messages' | 'opener'>;
  readonly vault: Pick<ExhibitVault, 'read'>;
  readonly store: Pick<EvidenceStore, 'exhibits' | 'findings'>;
  readonly kernels: Kernels;
  /** Checks by sealed answers; no name server is asked. */
  readonly nameServers: Pick<NameServers, 'recorded'>;
}

/** Runs a finding's method again on the same inputs; null where this version has no such method. */
export type Rederive = (derivation: Derivation) => Promise<Json | null>;

/** Reads the case's index once, when the first derivation asks for it. */
export function createRederive(ports: RederivePorts): Rederive {
  const again = { ...ports, judge: originalJudge(ports.kernels) };
  let index: Promise<CaseIndex> | null = null;
  const loaded = (): Promise<CaseIndex> => {
    index ??= indexCase(ports.store);
    return index;
  };
  const checkBy = checksByTranscript(ports);
  return async (derivation) => {
    switch (`${derivation.stage}/${derivation.methodVersion}`) {
      case `${EXAMINE.stage}/${EXAMINE.methodVersion}`:
        return orNull(await batchAgain(again, await loaded(), derivation), examineOutput);
      case `${SKETCH.stage}/${SKETCH.methodVersion}`:
        return orNull(await batchAgain(again, await loaded(), derivation), (batch) =>
          sketchOutput(batch, ports.kernels),
        );
      case `${JUDGE.stage}/${JUDGE.methodVersion}`:
        return orNull(await batchAgain(again, await loaded(), derivation), judgeOutput);
      case `${AUTHENTICATE.stage}/${AUTHENTICATE.methodVersion}`:
        return authenticateAgain({ ...ports, checkBy }, await loaded(), derivation);
      case `${CLUSTER.stage}/${CLUSTER.methodVersion}`:
        return clusterAgain(ports, await loaded(), derivation);
      case `${WORDING.stage}/${WORDING.methodVersion}`:
        return wordAgain(ports, await loaded(), derivation);
      default:
        return null;
    }
  };
}

const orNull = <Value>(value: Value | null, derive: (value: Value) => Json): Json | null =>
  value === null ? null : derive(value);

async function batchAgain(
  reader: Parameters<typeof examineExhibit>[0],
  index: CaseIndex,
  { inputs, parameters }: Derivation,
): Promise<ExaminedBatch | null> {
  const exhibit: Exhibit | undefined = index.exhibits.get(inputs[0] as Sha256);
  if (exhibit === undefined) return null;
  for await (const batch of examineExhibit(reader, exhibit)) {
    if (batch.batch === parameters['batch']) return batch;
  }
  return null;
}

type CheckBy = (transcript: Sha256) => Promise<CheckMail | null>;

/** Keeps the transcript that was read last: a sample's findings mostly rest on one. */
function checksByTranscript({ nameServers, ...reader }: RederivePorts): CheckBy {
  let last: { readonly digest: Sha256; readonly check: CheckMail | null } | null = null;
  return async (digest) => {
    if (last?.digest !== digest) {
      const transcript = await readTranscript(reader, digest);
      last = { digest, check: transcript === null ? null : nameServers.recorded(transcript) };
    }
    return last.check;
  };
}

/** From the transcript among its inputs alone. */
async function authenticateAgain(
  { checkBy, ...reader }: RederivePorts & { readonly checkBy: CheckBy },
  index: CaseIndex,
  { inputs, parameters }: Derivation,
): Promise<Json | null> {
  const [exhibit, transcript] = inputs.map((digest) => index.exhibits.get(digest as Sha256));
  if (exhibit === undefined || transcript === undefined) return null;
  const check = await checkBy(transcript.digest);
  if (check === null) return null;
  for await (const batch of authenticateExhibit({ ...reader, check }, exhibit)) {
    if (batch.batch === parameters['batch']) return authenticateOutput(batch);
  }
  return null;
}

/**
 * An earlier grouping read fewer sketches than stand today: its inputs say which. Null where one of
 * them is of an earlier method, whose reading of the mail is not what the index holds.
 */
async function clusterAgain(
  { store, kernels }: RederivePorts,
  index: CaseIndex,
  { inputs, parameters }: Derivation,
): Promise<Json | null> {
  const wanted = new Set<string>(inputs);
  const office = recordedOffice(parameters);
  const { originals, keys } = await originalsToGroup({ store, index, kernels, wanted, office });
  return keys.length < wanted.size ? null : clusterOriginals(originals);
}

async function isOfToday({ store }: RederivePorts, { inputs }: Derivation): Promise<boolean> {
  const wanted = new Set<string>(inputs);
  let found = 0;
  for await (const { key } of store.findings(SKETCH.stage, SKETCH.methodVersion)) {
    if (wanted.has(key)) found += 1;
  }
  return found === wanted.size;
}

async function wordAgain(
  ports: RederivePorts,
  index: CaseIndex,
  { inputs, parameters }: Derivation,
): Promise<Json | null> {
  for await (const finding of ports.store.findings(CLUSTER.stage, CLUSTER.methodVersion)) {
    if (finding.key !== inputs[0]) continue;
    if (!(await isOfToday(ports, finding))) return null;
    const clusters = numberedClusters(finding.output as unknown as ClusterOutput, index);
    const includePersonal = parameters['includePersonal'] === true;
    return wordClusters(ports, clustersToWord(clusters, index), includePersonal);
  }
  return null;
}
