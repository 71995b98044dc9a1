import { closeSync, openSync, readFileSync } from 'node:fs';
import type { OfficeRefusal } from '../../../app/ports/index.ts';
import { assert, type Limit, systemCode } from '../../../core/base/index.ts';
import { printable } from '../../../core/display/index.ts';
import {
  assessGroups,
  type ExposureReport,
  exposureJson,
  exposureText,
  gatherGroups,
  parseReport,
} from '../../../core/exposure/index.ts';
import { nodeKernels } from '../../kernels/index.ts';
import { openRollShelf } from '../../roll-engine/index.ts';
import type { Command, ExitCode, Order, Outcome, Surroundings } from '../command.ts';
import { keepHeapSmall } from '../office.ts';
import type { Terminal } from '../terminal.ts';

/** Lines of a reports file that are read; a campaign of a million reports has never been seen. */
const REPORTS_MAX = 1_000_000;
/** A reports file is held in memory. */
const NAMED_MAX = 20;

export const exposure: Command = {
  usage: '--releases DIR --reports FILE.jsonl [--registers DIR] [--facts FILE] [--json]',
  about: [
    'Links reported recipients to voter-list releases and says whose data it was: which release it',
    'came from or that it was another source, which fields the sender holds, how many at least and',
    'at most, who was targeted. DIR holds NAME.csv, .tsv or .txt with NAME.manifest.json beside',
    'each. The lists are read where they lie; nothing is kept. One release that cannot be trusted',
    'refuses the whole answer, since leaving it out would name another.',
  ],
  options: {
    releases: { value: 'DIR', says: 'the folder of releases with their manifests' },
    reports: { value: 'FILE.jsonl', says: 'one report a line: {"id","recipient":{...}}' },
    registers: { value: 'DIR', says: 'sealed registers (*.json): reads marks and canaries back' },
    facts: {
      value: 'FILE',
      says: 'JSON: {"probes","provider","survey","rangeIds","canaryStrata","daily"}',
    },
    json: { value: null, says: 'print one JSON document, exact and in full' },
  },
  run: (order, surroundings) => {
    keepHeapSmall();
    const [releases, reports] = [order.option('releases'), order.option('reports')];
    if (releases === null) return wrongUse('name the folder of releases: --releases DIR');
    if (reports === null) return wrongUse('name the reports: --reports FILE.jsonl');
    if (order.arguments.length > 0) return wrongUse('takes no further words');
    return answer({ releases, reports, order }, surroundings);
  },
};

const wrongUse = (sentence: string): Promise<Outcome> => Promise.resolve({ wrongUse: sentence });

interface Asked {
  readonly releases: string;
  readonly reports: string;
  readonly order: Order;
}

async function answer(
  { releases, reports: file, order }: Asked,
  { terminal }: Surroundings,
): Promise<Outcome> {
  const read = readReports(file, terminal);
  if (read === null) return 2;
  const shelf = await openRollShelf({
    releases,
    registers: order.option('registers'),
    facts: order.option('facts'),
    kernels: nodeKernels,
  });
  if (!shelf.ok) return refuse(shelf.failure, terminal);
  const { registers } = shelf.value;
  const gathered = gatherGroups([{ id: file, reports: read.reports }], registers);
  const rolls = await shelf.value.read(gathered.reports);
  if (!rolls.ok) return refuse(rolls.failure, terminal);
  const [found] = assessGroups(rolls.value.evidence, gathered, registers);
  assert(found !== undefined, 'one group has one answer');
  const noted = [...read.limits, ...rolls.value.limits];
  await terminal.write(order.given('json') ? exposureJson(found, noted) : exposureText(found));
  for (const { at, text, code } of noted)
    terminal.say(`tocsin: ${printable(at)}: ${text} [${code}]`);
  return read.limits.length > 0 ? 1 : 0;
}

function refuse({ name, reason, code }: OfficeRefusal, terminal: Terminal): ExitCode {
  terminal.say(`tocsin: ${printable(name)}: ${printable(reason)} [${code}]`);
  return 2;
}

/**
 * Every line is a report or a named loss; null, said already, where the file itself cannot be read.
 */
function readReports(
  file: string,
  terminal: Terminal,
): { readonly reports: readonly ExposureReport[]; readonly limits: readonly Limit[] } | null {
  let text: string;
  try {
    closeSync(openSync(file, 'r'));
    text = readFileSync(file, 'utf8');
  } catch (cause) {
    const code = systemCode(cause);
    terminal.say(`tocsin: ${printable(file)}: the reports cannot be read (${code})`);
    return null;
  }
  const reports: ExposureReport[] = [];
  const limits: Limit[] = [];
  const seen = new Set<string>();
  let losses = 0;
  const lose = (code: string, line: number, what: string): void => {
    losses += 1;
    if (losses <= NAMED_MAX) limits.push({ code, at: `line ${line}`, text: what });
  };
  for (const [at, line] of text.split('\n').entries()) {
    if (line.trim() === '') continue;
    if (reports.length >= REPORTS_MAX) {
      lose('reports-max', at + 1, `more than ${REPORTS_MAX} reports; the rest was not read`);
      break;
    }
    const parsed = parseReport(line);
    if (!parsed.ok) {
      const { failure } = parsed;
      lose(
        failure.code,
        at + 1,
        failure.code === 'report-rule' ? `a report breaks a rule: ${failure.rule}` : 'not JSON',
      );
    } else if (seen.has(parsed.value.id)) {
      lose('report-id-twice', at + 1, 'a report with the id of an earlier one; not counted again');
    } else {
      seen.add(parsed.value.id);
      reports.push(parsed.value);
    }
  }
  if (losses > NAMED_MAX) {
    limits.push({
      code: 'report-losses',
      at: 'reports',
      text: `${losses - NAMED_MAX} more lines were not read`,
    });
  }
  return { reports, limits };
}
