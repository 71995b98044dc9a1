import { readFileSync, statSync } from 'node:fs';
import { grouped, instantFromMilliseconds, systemCode } from '../../core/base/index.ts';
import { printable } from '../../core/display/index.ts';
import { type Leakage, leakageText } from '../../core/psi/index.ts';
import {
  appendLedger,
  type CountyDesk,
  destroyKeys,
  type ExchangeFailure,
  exchangeFailureSentence,
  nodePrimitives,
  SEALING_COST,
} from '../psi/index.ts';
import type {
  MatchOrder,
  MatchStep,
  StepOutcome,
  StepSurroundings,
  StepTerminal,
} from './surroundings.ts';

/** Ten million records in match mode; a larger file is none of ours. */
const FILE_BYTES_MAX = 1_000_000_000;

/** Runs a step. A file or folder that the system refuses is said; it is no defect. */
export async function runStep(
  step: MatchStep,
  asked: MatchOrder,
  surroundings: StepSurroundings,
): Promise<StepOutcome> {
  try {
    return await step(asked, surroundings);
  } catch (cause) {
    if (!(cause instanceof Error && 'syscall' in cause && 'code' in cause)) throw cause;
    const path = 'path' in cause ? String(cause.path) : asked.folder;
    const failure = { code: 'match-unreadable', path, system: String(cause.code) } as const;
    surroundings.progress.finish();
    surroundings.terminal.say(
      `tocsin: ${printable(exchangeFailureSentence(failure))} [${failure.code}]`,
    );
    return 2;
  }
}

/** What every step works with; keys whose epoch is over are destroyed before anything else. */
export async function openDesk(
  { folder }: Pick<MatchOrder, 'folder'>,
  { terminal, progress }: StepSurroundings,
  doing: string,
): Promise<CountyDesk & { finish(): void }> {
  const desk = {
    primitives: await nodePrimitives(),
    folder,
    cost: SEALING_COST,
    now: instantFromMilliseconds(Date.now()) ?? '',
    pace: (done: number, total: number) => progress.update(doing, done, total),
    finish: () => progress.finish(),
  };
  const destroyed = destroyKeys(desk, 'over');
  if (destroyed > 0) terminal.say(`tocsin: keys of past epochs that were destroyed: ${destroyed}`);
  return desk;
}

/** A received file; null, said already, where it cannot be read. */
export function receivedFile(path: string, terminal: StepTerminal): Uint8Array | null {
  try {
    if (statSync(path).size > FILE_BYTES_MAX) {
      terminal.say(`tocsin: ${printable(path)}: larger than any file of private matching`);
      return null;
    }
    return readFileSync(path);
  } catch (cause) {
    const system = systemCode(cause);
    terminal.say(`tocsin: ${printable(path)}: cannot be read (${system}) [match-unreadable]`);
    return null;
  }
}

/** Says why a step is refused and logs it: what is refused is as telling as what is answered. */
export function refuseStep(
  failure: ExchangeFailure,
  {
    step,
    desk,
    terminal,
    file,
  }: {
    readonly step: string;
    readonly desk: CountyDesk;
    readonly terminal: StepTerminal;
    /** The file that is refused; null where the step read none. */
    readonly file: Uint8Array | null;
  },
): StepOutcome {
  terminal.say(`tocsin: ${printable(exchangeFailureSentence(failure))} [${failure.code}]`);
  if (failure.code !== 'match-log-broken') {
    const read = file === null ? {} : { file: desk.primitives.kernels.sha256(file) };
    appendLedger(desk.folder, { at: desk.now, did: 'refused', step, code: failure.code, ...read });
  }
  return 2;
}

/** Where the file is, how large, what its reader learns, and what to do with it. */
export const writtenText = (
  { path, bytes }: { readonly path: string; readonly bytes: number },
  leakage: Leakage,
  next: string,
): string =>
  `Written: ${printable(path)} (${grouped(bytes)} bytes)\n\n${leakageText(leakage)}\n\nNext: ${next}\n`;
