import type { Kernels, Limit } from '../../core/base/index.ts';
import { gravestFirst } from '../../core/display/index.ts';
import { type Finding, sealFinding } from '../../core/evidence/index.ts';
import type { OfficeAddresses } from '../../core/letter/index.ts';
import type {
  Clock,
  EvidenceStore,
  ExhibitVault,
  Intake,
  NameServers,
  Office,
  Progress,
  Unread,
} from '../ports/index.ts';
import {
  CLUSTER,
  type ClusterOutput,
  clusterOriginals,
  LETTER_TRACES,
  type LetterTracesOutput,
  searchLetters,
  WORDING,
  type WordingOutput,
  wordClusters,
} from '../stage/index.ts';
import { authenticateCase, type DnsOrder } from './authenticate-case.ts';
import {
  type CaseIndex,
  clustersToWord,
  indexCase,
  lettersToSearch,
  numberedClusters,
  numberedLetters,
  originalsToGroup,
} from './case-index.ts';
import { namesForCase } from './case-names.ts';
import { type CaseOffice, officeOfCase, officeParameters } from './case-office.ts';
import { consultOffice } from './consult-office.ts';
import { depositPaths } from './deposit.ts';
import { type Drawing, drawTogether } from './draw-together.ts';
import { examineCase } from './examine-case.ts';

export interface InvestigatePorts {
  readonly intake: Intake;
  readonly vault: Pick<ExhibitVault, 'keep' | 'read'>;
  readonly store: Pick<
    EvidenceStore,
    'deposit' | 'exhibits' | 'findings' | 'known' | 'addFindings' | 'checkpoint'
  >;
  /** Lists and logs that the office holds, where it gives any. */
  readonly office: Office;
  /** Null: none is asked, and no answers are judged by. */
  readonly nameServers: NameServers | null;
  readonly clock: Clock;
  readonly kernels: Kernels;
  readonly progress: Progress;
}

export interface InvestigateOrder {
  readonly paths: readonly string[];
  readonly givenBy: string;
  readonly includePersonal: boolean;
  /** The office's own addresses; null: told from where the forwards came in. */
  readonly office: OfficeAddresses | null;
  readonly dns: DnsOrder | null;
  /** Bytes of a names file; null: those that the case was given last. */
  readonly names: Uint8Array | null;
  /** Name and version of the program, for the record. */
  readonly tool: string;
}

/**
 * The main job: deposits the paths, runs every stage that has not run yet, and draws what all
 * findings say together into one answer. Repeating it repeats nothing; a run that was cut off goes
 * on where it stopped.
 */
export async function investigate(
  ports: InvestigatePorts,
  order: InvestigateOrder,
): Promise<Drawing> {
  const { unread } = await depositPaths(ports, order);
  const caseNames = await namesForCase(ports, givenNames(order));
  await examineCase(ports, caseNames);
  const { nameServers } = ports;
  const { dns, office } = order;
  const limits =
    dns === null || nameServers === null
      ? []
      : await authenticateCase({ ...ports, caseNames, nameServers }, dns, office);
  return summarise(ports, order, { unread, limits });
}

const givenNames = ({ names, givenBy }: InvestigateOrder): Parameters<typeof namesForCase>[1] =>
  names === null ? null : { bytes: names, givenBy };

/** What this run could not read or ask. */
interface Losses {
  readonly unread: readonly Unread[];
  readonly limits: readonly Limit[];
}

/** What the case's findings say together, without taking anything in. */
async function summarise(
  ports: InvestigatePorts,
  { includePersonal, tool, office: named }: InvestigateOrder,
  { unread, limits }: Losses,
): Promise<Drawing> {
  const { store, kernels, progress, clock } = ports;
  const index = await indexCase(store);
  noteLimits(index, progress);
  progress.update('Grouping', 0, 2);
  const home = officeOfCase(index, named);
  const clustering = await groupOriginals(ports, index, home);
  const grouped = clustering.output as unknown as ClusterOutput;
  const clusters = numberedClusters(grouped, index);
  progress.update('Grouping', 1, 2);
  const wording = sealFinding(
    { ...WORDING, inputs: [clustering.key], parameters: { includePersonal } },
    await wordClusters(ports, clustersToWord(clusters, index), includePersonal),
    kernels,
  );
  const letters = numberedLetters(grouped, index);
  const traces = sealFinding(
    { ...LETTER_TRACES, inputs: [clustering.key], parameters: {} },
    await searchLetters(ports, lettersToSearch(letters, index)),
    kernels,
  );
  await store.addFindings([clustering, wording, ...(letters.length > 0 ? [traces] : [])]);
  progress.update('Grouping', 2, 2);
  const office = await consultOffice(ports, {
    clustering: clustering.key,
    // Whoever makes messages up can name anybody in them.
    clusters: () =>
      clustersToWord(
        clusters.filter(({ members }) => members.length > 0),
        index,
      ),
  });
  const checkpoint = await store.checkpoint();
  progress.finish();
  return drawTogether({
    index,
    clusters,
    home,
    letters,
    letterTraces: traces.output as unknown as LetterTracesOutput,
    worded: wording.output as unknown as WordingOutput,
    office,
    checkpoint,
    unread,
    limits,
    asOf: clock.now(),
    includePersonal,
    tool,
  });
}

/** A function of its own, so that a million sketches are let go of when it ends. */
async function groupOriginals(
  { store, kernels }: InvestigatePorts,
  index: CaseIndex,
  home: CaseOffice,
): Promise<Finding> {
  const { originals, keys } = await originalsToGroup({
    store,
    index,
    kernels,
    wanted: null,
    home,
  });
  return sealFinding(
    { ...CLUSTER, inputs: keys, parameters: officeParameters(home) },
    clusterOriginals(originals),
    kernels,
  );
}

/** Limits named on the terminal; the report has all. */
const LIMITS_NAMED_MAX = 50;

/** One line for each exhibit of which something was cut, with the name it arrived under. */
function noteLimits({ exhibits }: CaseIndex, progress: Progress): void {
  const cut = [...exhibits.values()].filter(({ limits }) => limits.length > 0);
  for (const { custody, limits } of cut.slice(0, LIMITS_NAMED_MAX)) {
    const more = limits.length > 1 ? ` (and ${limits.length - 1} more in the report)` : '';
    progress.note(`${custody[0]?.name}: ${gravestFirst(limits)[0]?.text}${more}`);
  }
  const rest = cut.length - LIMITS_NAMED_MAX;
  if (rest > 0) progress.note(`${rest} more files have parts that were not read: see the report.`);
}
