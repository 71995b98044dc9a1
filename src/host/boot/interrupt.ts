import { constants } from 'node:os';
import type { Surroundings, Terminal } from '../cli/index.ts';

/**
 * Ends cleanly on Ctrl-C or a kind kill: closes what asked to be closed, then exits with 128 plus
 * the signal's number. A second signal ends at once; what was acknowledged is on disk either way.
 */
export function interruptible(terminal: Terminal): Surroundings['onInterrupt'] {
  const closers: (() => void | Promise<void>)[] = [];
  let ending = false;
  const end = async (signal: 'SIGINT' | 'SIGTERM'): Promise<void> => {
    const code = 128 + constants.signals[signal];
    if (ending) process.exit(code);
    ending = true;
    if (terminal.draws) terminal.say('');
    await Promise.allSettled(closers.toReversed().map(async (close) => close()));
    terminal.say(
      'tocsin: stopped. What was taken in is kept; the same command goes on from there.',
    );
    process.exit(code);
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => void end(signal));
  return (close) => void closers.push(close);
}
