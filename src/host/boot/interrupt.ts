import { constants } from 'node:os';
import type { Surroundings, Terminal } from '../cli/index.ts';

/** Ctrl-C reaches us twice where an older Node started us and hands it on; a person is slower. */
const SAME_PRESS_MS = 500;

/**
 * Ends cleanly on Ctrl-C or a kind kill: closes what asked to be closed, then exits with 128 plus
 * the signal's number. A person's second signal ends at once.
 */
export function interruptible(terminal: Terminal): Surroundings['onInterrupt'] {
  const closers: (() => void | Promise<void>)[] = [];
  let endingSince: number | null = null;
  const end = async (signal: 'SIGINT' | 'SIGTERM'): Promise<void> => {
    const code = 128 + constants.signals[signal];
    if (endingSince !== null) {
      if (performance.now() - endingSince > SAME_PRESS_MS) process.exit(code);
      return;
    }
    endingSince = performance.now();
    if (terminal.draws) terminal.say('');
    await Promise.allSettled(closers.toReversed().map(async (close) => close()));
    terminal.say('tocsin: stopped.');
    process.exit(code);
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => void end(signal));
  return (close) => void closers.push(close);
}
