import { readReportSeal } from '../../core/evidence/index.ts';
import type { VerifyPorts } from './verify.ts';
import type { ProblemList } from './verify-problem.ts';

/** How many files of the report were compared with its seal; null where the case has no report. */
export async function verifyReport(
  { audit, verifier, kernels }: Pick<VerifyPorts, 'audit' | 'verifier' | 'kernels'>,
  problems: ProblemList,
): Promise<number | null> {
  const report = await audit.report();
  if (report === null) return null;
  const seal = report.seal === null ? null : readReportSeal(report.seal, verifier, kernels);
  if (seal === null) {
    problems.add({ code: 'report-unsealed' });
    return 0;
  }
  for (const { name, sha256 } of seal.files) {
    const found = report.digests.get(name);
    if (found === undefined) problems.add({ code: 'report-missing', name });
    else if (found !== sha256) problems.add({ code: 'report-altered', name });
  }
  return seal.files.length;
}
