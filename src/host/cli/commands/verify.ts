import { createRederive } from '../../../app/usecase/index.ts';
import { type VerifyReport, verifyCase } from '../../../app/verification/index.ts';
import type { CaseHandle } from '../../case/index.ts';
import { recordedDns } from '../../dns/index.ts';
import { createIntake } from '../../intake/index.ts';
import { nodeKernels } from '../../kernels/index.ts';
import { nameServersBy } from '../../mailauth/index.ts';
import type { Command, Order, Outcome, Surroundings } from '../command.ts';
import { createProgress } from '../progress.ts';
import type { Terminal } from '../terminal.ts';
import { problemLine } from '../verify-text.ts';
import { withCase } from '../with-case.ts';

/** Findings derived again unless told otherwise. */
const SAMPLE_DEFAULT = 50;

/** Problems printed for a person; `--json` has all that are listed. */
const PROBLEMS_SHOWN_MAX = 50;

export const verify: Command = {
  usage: 'DIR [--sample N] [--store URL] [--json]',
  about: [
    'Hashes every exhibit again, checks every log entry, checkpoint and signature, compares the store',
    'with the log, derives a sample of findings again, and compares the report with its seal.',
    'Changes nothing.',
    'Exit code 0: everything is as it was recorded; 1: something is not, and is named.',
  ],
  options: {
    sample: { value: 'N', says: `findings to derive again; ${SAMPLE_DEFAULT} unless told` },
    store: { value: 'URL', says: 'the PostgreSQL server of the case, where it is not embedded' },
    json: { value: null, says: 'print one JSON document' },
  },
  run: async (order, surroundings) => {
    const [folder, extra] = order.arguments;
    if (folder === undefined) return { wrongUse: 'name the case folder' };
    if (extra !== undefined) return { wrongUse: 'takes one case folder' };
    const sample = order.option('sample') ?? String(SAMPLE_DEFAULT);
    if (!/^\d{1,9}$/.test(sample)) return { wrongUse: '--sample takes a whole number' };
    return runVerification(folder, Number(sample), order, surroundings);
  },
};

async function runVerification(
  folder: string,
  sample: number,
  order: Order,
  surroundings: Surroundings,
): Promise<Outcome> {
  const { terminal } = surroundings;
  const request = { folder, storeUrl: order.option('store'), write: false, verifying: true };
  return withCase(request, surroundings, async (opened) => {
    const report = await verifyHandle(opened, sample, terminal);
    const text = order.given('json') ? `${JSON.stringify(report, null, 2)}\n` : reportText(report);
    await terminal.write(text);
    return report.problemCount > 0 ? 1 : 0;
  });
}

function verifyHandle(
  { folder, vault, store, audit, verifier }: CaseHandle,
  sample: number,
  terminal: Terminal,
): Promise<VerifyReport> {
  const intake = createIntake({ kernels: nodeKernels, vault, caseFolder: folder });
  const progress = createProgress(terminal, () => performance.now());
  const rederive = createRederive({
    intake,
    vault,
    store,
    kernels: nodeKernels,
    nameServers: nameServersBy(askedNothing),
  });
  return verifyCase(
    { vault, audit, verifier, kernels: nodeKernels, progress, rederive },
    { sample },
  );
}

/** A verification asks no name server, whatever it derives. */
const askedNothing = (): ReturnType<typeof recordedDns> =>
  recordedDns({ schema: 'tocsin/dns-transcript/1', entries: [] });

function reportText({
  log,
  facts,
  vault,
  rederived,
  report,
  problems,
  problemCount,
}: VerifyReport): string {
  const lines = [
    `Log       ${log.size} entries, ${log.checkpoints} checkpoints; ${log.signed === null ? 'none signed' : `signed up to ${log.signed.size} at ${log.signed.at}`}`,
    `Records   ${facts.custody} custody entries, ${facts.finding} findings, ${facts.act} acts`,
    `Exhibits  ${vault.exhibits} hashed again, ${vault.bytes} bytes${vault.unrecorded > 0 ? `; ${vault.unrecorded} more that no record names (a run was cut off)` : ''}`,
    `Findings  ${rederived.same} derived again with the same result${rederived.notPossible > 0 ? `, ${rederived.notPossible} not possible any more` : ''}${rederived.outside > 0 ? `; ${rederived.outside} rest on lists or logs outside of the case` : ''}`,
    `Report    ${report === null ? 'none was written' : `${report} files compared with their seal`}`,
    '',
    problemCount === 0
      ? 'Everything is as it was recorded.'
      : `${problemCount} ${problemCount === 1 ? 'thing is' : 'things are'} not as recorded:`,
    ...problems.slice(0, PROBLEMS_SHOWN_MAX).map(problemLine),
  ];
  const rest = problemCount - Math.min(problems.length, PROBLEMS_SHOWN_MAX);
  if (rest > 0) lines.push(`and ${rest} more (--json lists up to 10,000)`);
  return `${lines.join('\n')}\n`;
}
