import { readFileSync } from 'node:fs';
import { grouped, isDay, systemCode } from '../../core/base/index.ts';
import { printable } from '../../core/display/index.ts';
import { type ExposureReport, parseReport } from '../../core/exposure/index.ts';
import {
  COUNTIES_MAX,
  type CommittedReport,
  commitmentLeakage,
  isName,
  queryLeakage,
  type Terms,
} from '../../core/psi/index.ts';
import { askCounty, commitList } from '../psi/index.ts';
import { openRollEngine, reportIdentities } from '../roll-engine/index.ts';
import { readPassphrase } from './passphrase.ts';
import { openDesk, receivedFile, refuseStep, writtenText } from './step.ts';
import type { MatchStep, StepOrder, StepSurroundings, StepTerminal } from './surroundings.ts';

function readTerms(order: StepOrder): Terms | { readonly wrongUse: string } {
  const [incident, epoch] = [order.option('incident'), order.option('epoch')];
  const [until, by] = [order.option('until'), order.option('by') ?? 'name'];
  if (!isName(incident)) return { wrongUse: 'commit: name the incident: --incident october-2020' };
  if (!isName(epoch)) return { wrongUse: 'commit: name the epoch: --epoch 2020-10' };
  if (!isDay(until)) return { wrongUse: 'commit: give the last day: --until 2020-11-30' };
  if (until < new Date().toISOString().slice(0, 10))
    return { wrongUse: `commit: ${until} is over: give the last day on which answers are wanted` };
  if (by !== 'name' && by !== 'email') return { wrongUse: '--by is name or email' };
  const counties = order.option('counties');
  if (counties !== null && !(/^[1-9]\d{0,2}$/.test(counties) && Number(counties) <= COUNTIES_MAX)) {
    return { wrongUse: `commit: --counties is the number of counties of the state` };
  }
  const mode = order.given('notice') ? 'notice' : 'count';
  const whole = counties === null ? null : Number(counties);
  return { incident, epoch, epochEnds: until, key: by, mode, counties: whole };
}

export const matchCommit: MatchStep = async (asked, surroundings) => {
  const { terminal } = surroundings;
  const terms = readTerms(asked.order);
  if ('wrongUse' in terms) return terms;
  const read = readReports(asked.file, terminal);
  if (read === null) return 2;
  const identities = await identify(read.reports, terms, surroundings);
  const reports: CommittedReport[] = read.reports.flatMap(({ id }, at) => {
    const identity = identities[at];
    return identity === null || identity === undefined ? [] : [{ id, identity }];
  });
  const word = await readPassphrase(asked.order, { terminal, chosen: true });
  if ('wrongUse' in word) return word;
  const desk = await openDesk(asked, surroundings, 'sealing');
  const made = commitList(desk, { terms, reports, ...word });
  if (!made.ok) return refuseStep(made.failure, { step: 'commit', desk, terminal, file: null });
  const { commitment, path } = made.value;
  const bytes = receivedFile(path, terminal)?.length ?? 0;
  const unusable = read.reports.length - reports.length;
  await terminal.write(
    `${grouped(reports.length)} reports name ${grouped(commitment.people)} different people; ` +
      `${grouped(unusable)} do not show what the key needs and are left out.\n` +
      writtenText(
        { path, bytes },
        commitmentLeakage(commitment),
        'send it to every county. Each answers with a tag file.',
      ),
  );
  if (read.lost > 0) terminal.say(`tocsin: ${read.lost} lines are no reports; they were left out`);
  return read.lost > 0 ? 1 : 0;
};

async function identify(
  reports: readonly ExposureReport[],
  { key }: Pick<Terms, 'key'>,
  { onInterrupt }: StepSurroundings,
): Promise<readonly (string | null)[]> {
  const engine = await openRollEngine();
  onInterrupt(engine.close);
  try {
    return await reportIdentities(engine, reports, key);
  } finally {
    engine.close();
  }
}

/** Every line is a report or counted as lost; null, said already, where the file cannot be read. */
function readReports(
  file: string,
  terminal: StepTerminal,
): { readonly reports: readonly ExposureReport[]; readonly lost: number } | null {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (cause) {
    const system = systemCode(cause);
    terminal.say(`tocsin: ${printable(file)}: cannot be read (${system}) [match-unreadable]`);
    return null;
  }
  const reports: ExposureReport[] = [];
  let lost = 0;
  for (const line of text.split('\n')) {
    if (line.trim() === '') continue;
    const parsed = parseReport(line);
    if (parsed.ok) reports.push(parsed.value);
    else lost += 1;
  }
  return { reports, lost };
}

export const matchQuery: MatchStep = async (asked, surroundings) => {
  const { terminal } = surroundings;
  const tags = receivedFile(asked.file, terminal);
  if (tags === null) return 2;
  const word = await readPassphrase(asked.order, { terminal, chosen: false });
  if ('wrongUse' in word) return word;
  const desk = await openDesk(asked, surroundings, 'blinding');
  const made = await askCounty(desk, { tags, ...word });
  desk.finish();
  if (!made.ok) return refuseStep(made.failure, { step: 'query', desk, terminal, file: tags });
  const { header } = made.value;
  const next = `send it to ${header.county}. It answers once.`;
  await terminal.write(writtenText(made.value, queryLeakage(header), next));
  return 0;
};
