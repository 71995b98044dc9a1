import { StoreFault } from '../../app/ports/index.ts';
import { printable } from '../../core/display/index.ts';
import { type CaseFailure, type CaseHandle, type CaseRequest, openCase } from '../case/index.ts';
import { nodeKernels, systemClock } from '../kernels/index.ts';
import type { ExitCode, Outcome, Surroundings } from './command.ts';
import type { Terminal } from './terminal.ts';

/**
 * Opens the case, does `work` on it and closes it, also where the person interrupts. A case that
 * does not open and a store that fails are said in one line; anything else is thrown on.
 */
export async function withCase(
  request: Pick<CaseRequest, 'folder' | 'storeUrl' | 'write'> & Verifying,
  { terminal, onInterrupt }: Surroundings,
  work: (opened: CaseHandle) => Promise<Outcome>,
): Promise<Outcome> {
  const { folder, verifying = false } = request;
  const opened = await openCase({ ...request, kernels: nodeKernels, clock: systemClock });
  if (!opened.ok) return caseRefusal(request, opened.failure, terminal);
  onInterrupt(opened.value.close);
  try {
    return await work(opened.value);
  } catch (fault) {
    return storeFault({ folder, verifying }, fault, terminal);
  } finally {
    await opened.value.close();
  }
}

interface Verifying {
  /** True for the command that looks for damage: to find some is its answer, not a wrong use. */
  readonly verifying?: boolean;
}

/** Damage that keeps a case from being opened at all. */
const DAMAGE: ReadonlySet<CaseFailure['code']> = new Set([
  'store-damaged',
  'vault-unusable',
  'log-key-damaged',
]);

/** Says in one line why the case did not open; the code is a row of docs/failures.md. */
export function caseRefusal(
  { folder, verifying = false }: Pick<CaseRequest, 'folder'> & Verifying,
  failure: CaseFailure,
  terminal: Terminal,
): ExitCode {
  const isFound = verifying && DAMAGE.has(failure.code);
  const rest = isFound ? '; nothing else could be checked: restore the case from a copy' : '';
  terminal.say(`tocsin: ${printable(folder)}: ${sentence(failure)}${rest} [${failure.code}]`);
  return isFound ? 1 : 2;
}

function sentence(failure: CaseFailure): string {
  switch (failure.code) {
    case 'case-in-use':
      return `another process${failure.pid === null ? '' : ` (${failure.pid})`} is writing to this case; wait for it or end it`;
    case 'case-unknown':
      return 'there is no case here';
    case 'case-empty':
      return 'nothing was taken in yet: the run that made this case was cut off; run "tocsin investigate" again';
    case 'case-unusable':
    case 'vault-unusable':
      return `the folder cannot be used (${failure.system})`;
    case 'log-key-missing':
      return 'keys/log.key is gone: the log can be checked, but nothing can be added to it';
    case 'log-key-damaged':
      return 'the key files do not read as a pair of keys';
    case 'log-damaged':
      return 'the log does not fit its signed checkpoint; "tocsin verify" says where';
    case 'log-rolled-back':
      return `log/checkpoint speaks of ${failure.published} entries, the store has ${failure.found} or others; "tocsin verify" says where`;
    case 'postgres-missing':
      return `no PostgreSQL for ${failure.platform}: run "npm ci --ignore-scripts", install PostgreSQL, or give --store`;
    case 'postgres-version':
      return `written by PostgreSQL ${failure.wanted}, here is ${failure.found.join(', ')}`;
    case 'store-will-not-start':
      return `the embedded PostgreSQL did not start: ${printable(failure.log)}`;
    case 'store-unreachable':
      return `no PostgreSQL server answers there (${failure.system})`;
    case 'store-damaged':
      return damaged(failure.said);
    case 'store-version':
      return `written by ${failure.found > failure.wanted ? 'a newer' : 'another'} version of Tocsin (${failure.found} migrations, this one has ${failure.wanted})`;
  }
}

const damaged = (said: string): string =>
  `the store says that its own files are damaged${said === '' ? '' : ` (${printable(said)})`}`;

const FAULTS: { readonly [code in Exclude<StoreFault['code'], 'store-damaged'>]: string } = {
  'store-lost': 'the connection to the store was lost',
  'store-full': 'the store has no room left',
};

/**
 * Says that the store failed on the way; what it acknowledged stands. Anything else is thrown on.
 */
function storeFault(
  { folder, verifying }: Pick<CaseRequest, 'folder'> & Required<Verifying>,
  fault: unknown,
  terminal: Terminal,
): ExitCode {
  if (!(fault instanceof StoreFault)) throw fault;
  if (fault.code === 'store-damaged') {
    const next = verifying
      ? 'what lies behind could not be checked: restore the case from a copy'
      : '"tocsin verify" says what else; restore the case from a copy';
    terminal.say(`tocsin: ${printable(folder)}: ${damaged(fault.said)}; ${next} [${fault.code}]`);
    return verifying ? 1 : 3;
  }
  terminal.say(
    `tocsin: ${printable(folder)}: ${FAULTS[fault.code]}; what was taken in is kept, the same command goes on from there [${fault.code}]`,
  );
  return 3;
}
