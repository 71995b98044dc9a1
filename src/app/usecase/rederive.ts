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
  LETTER_TRACES,
  originalJudge,
  SKETCH,
  searchLetters,
  sketchOutput,
  WORDING,
  wordClusters,
} from '../stage/index.ts';
import { readTranscript } from './authenticate-case.ts';
import {
  type CaseIndex,
  clustersToWord,
  indexCase,
  lettersToSearch,
  numberedClusters,
  numberedLetters,
  originalsToGroup,
} from './case-index.ts';
import { readNames, WITHOUT_NAMES } from './case-names.ts';
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

/** Reads the case's index, names and transcripts when the first derivation asks for them. */
export function createRederive(ports: RederivePorts): Rederive {
  const loaded = keepingLast((by: Sha256 | null) => indexCase(ports.store, by));
  const readAgain = keepingLast((by: Sha256 | null) => readBy(ports, by));
  const checkBy = keepingLast((transcript: Sha256) => checkFrom(ports, transcript));
  return async (derivation) => {
    switch (`${derivation.stage}/${derivation.methodVersion}`) {
      case `${EXAMINE.stage}/${EXAMINE.methodVersion}`:
        return orNull(await batchAgain(readAgain, loaded, derivation), examineOutput);
      case `${SKETCH.stage}/${SKETCH.methodVersion}`:
        return orNull(await batchAgain(readAgain, loaded, derivation), (batch) =>
          sketchOutput(batch, ports.kernels),
        );
      case `${JUDGE.stage}/${JUDGE.methodVersion}`:
        return orNull(await batchAgain(readAgain, loaded, derivation), judgeOutput);
      case `${AUTHENTICATE.stage}/${AUTHENTICATE.methodVersion}`:
        return authenticateAgain({ ...ports, checkBy, readAgain }, loaded, derivation);
      case `${CLUSTER.stage}/${CLUSTER.methodVersion}`:
        return clusterAgain(ports, loaded, derivation);
      case `${WORDING.stage}/${WORDING.methodVersion}`:
        return wordAgain(ports, loaded, derivation);
      case `${LETTER_TRACES.stage}/${LETTER_TRACES.methodVersion}`:
        return searchAgain(ports, loaded, derivation);
      default:
        return null;
    }
  };
}

const orNull = <Value>(value: Value | null, derive: (value: Value) => Json): Json | null =>
  value === null ? null : derive(value);

/** The case's index, of the findings by names. */
type Loaded = (by: Sha256 | null) => Promise<CaseIndex>;

type ReadAgain = (by: Sha256 | null) => Promise<Parameters<typeof examineExhibit>[0]>;

/** Keeps what was asked for last: a sample's findings mostly rest on one of each. */
function keepingLast<Key, Value>(load: (key: Key) => Value): (key: Key) => Value {
  let last: { readonly key: Key; readonly value: Value } | null = null;
  return (key) => {
    if (last === null || last.key !== key) last = { key, value: load(key) };
    return last.value;
  };
}

async function readBy(ports: RederivePorts, by: Sha256 | null): ReturnType<ReadAgain> {
  const { names } = by === null ? WITHOUT_NAMES : await readNames(ports, by);
  return { ...ports, names, judge: originalJudge(ports.kernels, names) };
}

const namesAt = (inputs: readonly string[], place: number): Sha256 | null =>
  (inputs[place] as Sha256 | undefined) ?? null;

async function batchAgain(
  readAgain: ReadAgain,
  loaded: Loaded,
  { inputs, parameters }: Derivation,
): Promise<ExaminedBatch | null> {
  const by = namesAt(inputs, 1);
  const { exhibits } = await loaded(by);
  const exhibit: Exhibit | undefined = exhibits.get(inputs[0] as Sha256);
  if (exhibit === undefined || (by !== null && !exhibits.has(by))) return null;
  for await (const batch of examineExhibit(await readAgain(by), exhibit)) {
    if (batch.batch === parameters['batch']) return batch;
  }
  return null;
}

type CheckBy = (transcript: Sha256) => Promise<CheckMail | null>;

async function checkFrom(
  { nameServers, ...reader }: RederivePorts,
  digest: Sha256,
): Promise<CheckMail | null> {
  const transcript = await readTranscript(reader, digest);
  return transcript === null ? null : nameServers.recorded(transcript);
}

/** From the transcript among its inputs alone. */
async function authenticateAgain(
  { checkBy, readAgain }: { readonly checkBy: CheckBy; readonly readAgain: ReadAgain },
  loaded: Loaded,
  { inputs, parameters }: Derivation,
): Promise<Json | null> {
  const by = namesAt(inputs, 2);
  const { exhibits } = await loaded(by);
  const found = inputs.map((digest) => exhibits.get(digest as Sha256));
  const [exhibit, transcript] = found;
  if (exhibit === undefined || transcript === undefined || found.includes(undefined)) return null;
  const check = await checkBy(transcript.digest);
  if (check === null) return null;
  for await (const batch of authenticateExhibit({ ...(await readAgain(by)), check }, exhibit)) {
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
  loaded: Loaded,
  { inputs, parameters }: Derivation,
): Promise<Json | null> {
  const wanted = new Set<string>(inputs);
  const home = recordedOffice(parameters);
  const index = await loaded((await sketchesOf(store, wanted)).by);
  const { originals, keys } = await originalsToGroup({ store, index, kernels, wanted, home });
  return keys.length < wanted.size ? null : clusterOriginals(originals);
}

/** How many of these sketches are of today's method, and by which names their mail was read. */
async function sketchesOf(
  store: Pick<EvidenceStore, 'findings'>,
  wanted: ReadonlySet<string>,
): Promise<{ readonly found: number; readonly by: Sha256 | null }> {
  let [found, by]: [number, Sha256 | null] = [0, null];
  for await (const { key, inputs } of store.findings(SKETCH.stage, SKETCH.methodVersion)) {
    if (!wanted.has(key)) continue;
    found += 1;
    by = namesAt(inputs, 1);
  }
  return { found, by };
}

async function searchAgain(
  ports: RederivePorts,
  loaded: Loaded,
  { inputs }: Derivation,
): Promise<Json | null> {
  const of = await groupingAgain(ports, loaded, inputs[0]);
  if (of === null) return null;
  const letters = numberedLetters(of.grouped, of.index);
  return searchLetters(ports, lettersToSearch(letters, of.index));
}

/** The grouping with this key and the index that it was made of; null where that was another. */
async function groupingAgain(
  { store }: RederivePorts,
  loaded: Loaded,
  key: string | undefined,
): Promise<{ readonly grouped: ClusterOutput; readonly index: CaseIndex } | null> {
  for await (const finding of store.findings(CLUSTER.stage, CLUSTER.methodVersion)) {
    if (finding.key !== key) continue;
    const wanted = new Set<string>(finding.inputs);
    const { found, by } = await sketchesOf(store, wanted);
    if (found < wanted.size) return null;
    return { grouped: finding.output as unknown as ClusterOutput, index: await loaded(by) };
  }
  return null;
}

async function wordAgain(
  ports: RederivePorts,
  loaded: Loaded,
  { inputs, parameters }: Derivation,
): Promise<Json | null> {
  const of = await groupingAgain(ports, loaded, inputs[0]);
  if (of === null) return null;
  const clusters = numberedClusters(of.grouped, of.index);
  const includePersonal = parameters['includePersonal'] === true;
  return wordClusters(ports, clustersToWord(clusters, of.index), includePersonal);
}
