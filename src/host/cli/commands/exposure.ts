import { closeSync, existsSync, openSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Limit } from '../../../core/base/index.ts';
import {
  assessExposure,
  canaryEvidence,
  canaryHits,
  checkRegister,
  type ExposureReport,
  exposureJson,
  exposureText,
  NO_FACTS,
  parseRegister,
  parseReport,
  parseSizeFacts,
  type SealedRegister,
  type SizeFacts,
} from '../../../core/exposure/index.ts';
import { printable } from '../../../core/report/index.ts';
import { nodeKernels } from '../../kernels/index.ts';
import {
  checkIds,
  type FileRefusal,
  openReleases,
  openRollEngine,
  type RollFile,
  readRolls,
  rollFailureSentence,
} from '../../roll-engine/index.ts';
import type { Command, ExitCode, Order, Outcome, Surroundings } from '../command.ts';
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
      says: 'JSON: {"probes","provider","survey"}, for how many were mailed',
    },
    json: { value: null, says: 'print one JSON document, exact and in full' },
  },
  run: (order, surroundings) => {
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
  { terminal, onInterrupt }: Surroundings,
): Promise<Outcome> {
  const read = readReports(file, terminal);
  if (read === null) return 2;
  const opened = openReleases(releases);
  if (!opened.ok) return refuse(opened.failure, terminal);
  const registers = readRegisters(order.option('registers'), opened.value, terminal);
  const facts = readFacts(order.option('facts'), terminal);
  if (registers === null || facts === null) return 2;
  const { limits } = read;
  const { reports, hits } = apartFromCanaries(read.reports, registers);
  const noted = [
    ...limits,
    ...opened.value.filter(({ layoutProposed }) => layoutProposed).map(proposedLimit),
  ];
  const engine = await openRollEngine();
  onInterrupt(engine.close);
  try {
    for (const roll of opened.value) {
      const ids = await checkIds(engine, roll);
      if (!ids.ok) return refuse({ file: roll.path, failure: ids.failure }, terminal);
    }
    const rolls = await readRolls(engine, opened.value, reports);
    if (!rolls.ok) return refuse(rolls.failure, terminal);
    if (rolls.value.crowdedKeys > 0) noted.push(crowdedLimit(rolls.value.crowdedKeys));
    const found = assessExposure({
      ...rolls.value,
      reports,
      keys: rolls.value.reports,
      releases: opened.value.map(({ manifest, layout }, at) => ({
        manifest,
        fields: new Set(layout.places.keys()),
        counts: rolls.value.counts[at]!,
        planted: canaryEvidence(hits[at]?.size ?? 0, registers[at]?.canaries.length ?? 0),
        markKeys: registers[at]?.keys ?? null,
        canaries: { hits: hits[at]?.size ?? 0, planted: registers[at]?.canaries.length ?? 0 },
      })),
      facts,
      kernels: nodeKernels,
    });
    await terminal.write(order.given('json') ? exposureJson(found, noted) : exposureText(found));
    for (const { at, text, code } of noted)
      terminal.say(`tocsin: ${printable(at)}: ${text} [${code}]`);
    return limits.length > 0 ? 1 : 0;
  } finally {
    engine.close();
  }
}

function refuse({ file, failure }: FileRefusal, terminal: Terminal): ExitCode {
  terminal.say(
    `tocsin: ${printable(file)}: ${printable(rollFailureSentence(failure))} [${failure.code}]`,
  );
  return 2;
}

const proposedLimit = ({ path }: RollFile): Limit => ({
  code: 'layout-proposed',
  at: path,
  text: 'nobody named a known layout; the header names its columns, please check with "tocsin roll show"',
});

const crowdedLimit = (keys: number): Limit => ({
  code: 'blocking-crowded',
  at: 'reports',
  text: `${keys} times a name or address fits more than 1,000 rows; it was not used to find candidates`,
});

/** The register of each release, in their order; null, said already, where one does not fit. */
function readRegisters(
  folder: string | null,
  files: readonly RollFile[],
  terminal: Terminal,
): readonly (SealedRegister | null)[] | null {
  if (folder === null) return files.map(() => null);
  const found = new Map<string, SealedRegister>();
  for (const name of readdirSync(folder).filter((entry) => entry.endsWith('.json'))) {
    const path = join(folder, name);
    const register = parseRegister(readFileSync(path, 'utf8'));
    const manifest = files.find(
      ({ manifest: own }) => register.ok && own.releaseId === register.value.releaseId,
    )?.manifest;
    const checked =
      register.ok && manifest !== undefined
        ? checkRegister(register.value, manifest, nodeKernels)
        : register;
    if (!checked.ok) {
      const { failure } = checked;
      const what =
        failure.code === 'register-malformed'
          ? `breaks a rule: ${failure.rule}`
          : `does not fit the manifest's commitment to its ${failure.what}`;
      terminal.say(`tocsin: ${printable(path)}: the register ${what} [${failure.code}]`);
      return null;
    }
    if (register.ok) found.set(register.value.releaseId, register.value);
  }
  return files.map(({ manifest }) => found.get(manifest.releaseId) ?? null);
}

function readFacts(path: string | null, terminal: Terminal): SizeFacts | null {
  if (path === null) return NO_FACTS;
  const text = existsSync(path) ? readFileSync(path, 'utf8') : '';
  const facts = parseSizeFacts(text);
  if (facts.ok) return facts.value;
  terminal.say(
    `tocsin: ${printable(path)}: the facts break a rule: ${facts.failure.rule} [${facts.failure.code}]`,
  );
  return null;
}

/** Reports of canaries tell of a copy, not of voters: they are counted and taken out. */
function apartFromCanaries(
  reports: readonly ExposureReport[],
  registers: readonly (SealedRegister | null)[],
): { readonly reports: readonly ExposureReport[]; readonly hits: readonly ReadonlySet<number>[] } {
  const hits = registers.map((register) => canaryHits(register?.canaries ?? [], reports));
  const planted = new Set(
    registers
      .flatMap((register) => register?.canaries ?? [])
      .map(({ email }) => email.toLowerCase()),
  );
  return {
    reports: reports.filter(({ recipient }) => !planted.has(recipient.email.toLowerCase())),
    hits,
  };
}

/** Every line is a report or a named loss; null, said already, where the file itself cannot be read. */
function readReports(
  file: string,
  terminal: Terminal,
): { readonly reports: readonly ExposureReport[]; readonly limits: readonly Limit[] } | null {
  let text: string;
  try {
    closeSync(openSync(file, 'r'));
    text = readFileSync(file, 'utf8');
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
    if (code === '') throw cause;
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
