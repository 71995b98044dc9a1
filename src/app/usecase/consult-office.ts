import type { Kernels, Limit, Result } from '../../core/base/index.ts';
import { type Derivation, findingKey, sealFinding } from '../../core/evidence/index.ts';
import { gatherGroups } from '../../core/exposure/index.ts';
import type { StatewideMatch } from '../../core/tally/index.ts';
import type {
  CountyTallies,
  EvidenceStore,
  ExhibitVault,
  Intake,
  LookupLogs,
  Office,
  OfficeRefusal,
  Progress,
  RollShelf,
} from '../ports/index.ts';
import {
  ACCESS_LOG,
  type AccessLogOutput,
  accessLogOutput,
  type ClusterToWord,
  EXPOSURE,
  EXPOSURE_REPORTS_MIN,
  type ExposureOutput,
  exposureOutput,
  MATCHES,
  matchesOutput,
  matchesParameters,
  noticeLines,
  RECIPIENTS_READ_MAX,
  readRecipients,
} from '../stage/index.ts';

export interface ConsultPorts {
  readonly office: Office;
  readonly store: Pick<EvidenceStore, 'findings' | 'known' | 'addFindings'>;
  readonly vault: Pick<ExhibitVault, 'read'>;
  readonly intake: Pick<Intake, 'messages' | 'opener'>;
  readonly kernels: Kernels;
  readonly progress: Progress;
}

/** A finding's key with what it says. */
export interface Answered<Output> {
  readonly finding: string;
  readonly output: Output;
}

/** What counties counted; `answered` is null where no file is a tally. */
export interface MatchesAnswer {
  readonly answered: Answered<StatewideMatch> | null;
  readonly refused: readonly OfficeRefusal[];
}

/** What the office's lists and logs say; null where none were given. */
export interface OfficeAnswers {
  readonly exposure: Result<Answered<ExposureOutput>, OfficeRefusal> | null;
  readonly accessLog: Result<Answered<AccessLogOutput>, OfficeRefusal> | null;
  readonly matches: MatchesAnswer | null;
}

/** The campaigns, and the finding that grouped them. */
export interface CampaignsToLink {
  readonly clustering: string;
  /** Made when a list has to be read. */
  readonly clusters: () => readonly ClusterToWord[];
}

/**
 * Asks the lists and logs, unless a finding over the same bytes stands already. A list or log that
 * cannot be trusted refuses its own answer, by name, and leaves the rest of the case as it is.
 */
export async function consultOffice(
  ports: ConsultPorts,
  campaigns: CampaignsToLink,
): Promise<OfficeAnswers> {
  const { rolls, logs, tallies } = ports.office;
  return {
    exposure: rolls === null ? null : noted(ports, await askRolls(ports, rolls, campaigns)),
    accessLog: logs === null ? null : noted(ports, await askLogs(ports, logs)),
    matches: tallies === null ? null : await askCounties(ports, tallies()),
  };
}

function noted<Value>(
  { progress }: ConsultPorts,
  answer: Result<Value, OfficeRefusal>,
): Result<Value, OfficeRefusal> {
  if (!answer.ok) {
    const { name, reason, code } = answer.failure;
    progress.note(`${name}: ${reason} [${code}]`);
  }
  return answer;
}

async function askCounties(
  ports: ConsultPorts,
  { tallies, refused }: CountyTallies,
): Promise<MatchesAnswer> {
  for (const failure of refused) noted(ports, { ok: false, failure });
  if (tallies.length === 0) return { answered: null, refused };
  const parameters = matchesParameters(tallies, ports.kernels);
  const output = matchesOutput(tallies);
  const finding = sealFinding({ ...MATCHES, inputs: [], parameters }, output, ports.kernels);
  await ports.store.addFindings([finding]);
  return { answered: { finding: finding.key, output }, refused };
}

async function askRolls(
  ports: ConsultPorts,
  rolls: NonNullable<Office['rolls']>,
  campaigns: CampaignsToLink,
): Promise<Result<Answered<ExposureOutput>, OfficeRefusal>> {
  ports.progress.update('Checking voter lists', 0, null);
  const opened = await rolls();
  if (!opened.ok) return opened;
  const derivation = {
    ...EXPOSURE,
    inputs: [campaigns.clustering],
    parameters: opened.value.parameters,
  };
  const standing = await standingOutput<ExposureOutput>(ports, derivation);
  if (standing !== null) return { ok: true, value: standing };
  const output = await linkCampaigns(ports, opened.value, campaigns.clusters());
  if (!output.ok) return output;
  for (const { at, text } of output.value.limits) ports.progress.note(`${at}: ${text}`);
  const finding = sealFinding(derivation, output.value, ports.kernels);
  await ports.store.addFindings([finding]);
  return { ok: true, value: { finding: finding.key, output: output.value } };
}

/** Reads the recipients of every campaign, then the lists, once for all. */
async function linkCampaigns(
  ports: Pick<ConsultPorts, 'vault' | 'intake' | 'kernels' | 'progress'>,
  shelf: RollShelf,
  clusters: readonly ClusterToWord[],
): Promise<Result<ReturnType<typeof exposureOutput>, OfficeRefusal>> {
  ports.progress.update('Reading recipients', 0, null);
  const { groups, left } = await readRecipients(ports, clusters);
  const enough = groups.filter(({ reports }) => reports.length >= EXPOSURE_REPORTS_MIN);
  const gathered = gatherGroups(enough, shelf.registers);
  ports.progress.update('Reading voter lists', 0, null);
  const read = await shelf.read(gathered.reports);
  if (!read.ok) return read;
  return {
    ok: true,
    value: exposureOutput({
      shelf,
      gathered,
      evidence: read.value.evidence,
      few: groups.filter((group) => !enough.includes(group)).map(({ id }) => id),
      limits: [...read.value.limits, ...leftLimit(left)],
    }),
  };
}

const leftLimit = (left: number): readonly Limit[] =>
  left === 0
    ? []
    : [
        {
          code: 'recipients-read-max',
          at: 'campaigns',
          text: `${left} originals beyond ${RECIPIENTS_READ_MAX} were not read for their recipients`,
        },
      ];

async function askLogs(
  ports: ConsultPorts,
  logs: NonNullable<Office['logs']>,
): Promise<Result<Answered<AccessLogOutput>, OfficeRefusal>> {
  ports.progress.update('Checking logs', 0, null);
  const opened = await logs();
  if (!opened.ok) return opened;
  const { kernels, office, store } = ports;
  const derivation = { ...ACCESS_LOG, inputs: [], parameters: opened.value.parameters };
  const name = noticeName(findingKey(derivation, kernels));
  const standing = await standingOutput<AccessLogOutput>(ports, derivation);
  // A list that somebody removed is written again, which takes the log.
  const isWhole = standing?.output.notice.records === 0 || office.notices.has(name);
  if (standing !== null && isWhole) return { ok: true, value: standing };
  const output = await readLogs(ports, opened.value, name);
  const finding = sealFinding(derivation, output, kernels);
  await store.addFindings([finding]);
  return { ok: true, value: { finding: finding.key, output } };
}

/** One list a finding: another log never writes over it. */
export const noticeName = (finding: string): string => `notice-${finding.slice(0, 16)}.csv`;

const readLogs = (
  { office }: ConsultPorts,
  logs: LookupLogs,
  name: string,
): Promise<ReturnType<typeof accessLogOutput>> =>
  logs.read((found, limits) => {
    const count = { records: 0, certain: 0 };
    if (found.actors.length > 0) office.notices.keep(name, noticeLines(found, count));
    return accessLogOutput(found, limits, count);
  });

async function standingOutput<Output>(
  { store, kernels }: ConsultPorts,
  derivation: Derivation,
): Promise<Answered<Output> | null> {
  const key = findingKey(derivation, kernels);
  if (!(await store.known([key])).has(key)) return null;
  for await (const finding of store.findings(derivation.stage, derivation.methodVersion)) {
    if (finding.key === key) return { finding: key, output: finding.output as unknown as Output };
  }
  return null;
}
