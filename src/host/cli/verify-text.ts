import type { VerifyProblem } from '../../app/verification/index.ts';
import { printable } from '../../core/display/index.ts';

/** One problem as a line for a person: what, where, and its code (a row of docs/failures.md). */
export const problemLine = (problem: VerifyProblem): string =>
  `  ${printable(sentence(problem))} [${problem.code}]`;

function sentence(problem: VerifyProblem): string {
  switch (problem.code) {
    case 'exhibit-missing':
      return `exhibit ${problem.exhibit}: its bytes are not in the vault`;
    case 'exhibit-unreadable':
      return `exhibit ${problem.exhibit}: its bytes cannot be read`;
    case 'exhibit-altered':
      return `exhibit ${problem.exhibit}: its bytes are changed and hash to ${problem.found}`;
    case 'vault-foreign-file':
      return `vault/${problem.name}: nobody recorded this file`;
    case 'leaf-altered':
      return `log entry ${problem.index}: its ${problem.part === 'unknown' ? 'body or hash' : problem.part} is changed`;
    case 'leaf-missing':
      return `log entry ${problem.index}: is gone`;
    case 'leaf-malformed':
      return `log entry ${problem.index}: does not read as a record`;
    case 'leaf-unsigned':
      return `log entry ${problem.index} and those after it: no checkpoint signs for them`;
    case 'checkpoint-malformed':
      return `checkpoint at ${problem.size}: does not read as one`;
    case 'checkpoint-signature-wrong':
      return `checkpoint at ${problem.size}: not signed by the key of this case`;
    case 'checkpoint-root-differs':
      return `checkpoint at ${problem.size}: the entries up to there have another root`;
    case 'checkpoint-row-differs':
      return `checkpoint at ${problem.size}: ${problem.column} is not what the signed note says`;
    case 'published-missing':
      return 'log/checkpoint: is gone';
    case 'published-malformed':
      return 'log/checkpoint: does not read as a checkpoint';
    case 'published-signature-wrong':
      return 'log/checkpoint: not signed by the key of this case';
    case 'published-differs':
      return 'log/checkpoint: speaks of another log than the store holds';
    case 'log-rolled-back':
      return `the store has ${problem.found} entries, but ${problem.published} were published: it was set back`;
    case 'row-differs':
      return `${problem.table} at entry ${problem.index} ${problem.name}: not what the log says`;
    case 'row-missing':
      return `${problem.table} at entry ${problem.index} ${problem.name}: in the log, not in the table`;
    case 'row-unlogged':
      return `${problem.table} at entry ${problem.index} ${problem.name}: in the table, not in the log`;
    case 'rows-unreadable':
      return `${problem.table} ${problem.from} to ${problem.to}: the store cannot read them (${problem.text})`;
    case 'report-altered':
      return `report/${problem.name}: is not what the last finished run wrote`;
    case 'report-missing':
      return `report/${problem.name}: is gone`;
    case 'report-unsealed':
      return 'report: no seal of this case says what was written there; "tocsin investigate" writes it anew';
    case 'part-unreadable':
      return `${problem.name}: the store cannot read this part of itself (${problem.text}); the records were read without it`;
    case 'output-altered':
      return `finding ${problem.finding} at entry ${problem.index}: its output is changed`;
    case 'output-not-rederived':
      return `finding ${problem.finding} at entry ${problem.index}: its method gives another output today`;
  }
}
