import { constants } from 'node:os';
import type { Surroundings, Terminal } from '../cli/index.ts';

/** Ctrl-C reaches us twice where an older Node started us and hands it on; a person is slower. */
const SAME_PRESS_MS = 500;

/**
 * Ends cleanly on Ctrl-C or a kind kill: closes what asked to be closed, then exits with 128 plus
 * the signal's number. A person's second signal ends at once. Where `head` closed the pipe it has
 * what it wanted: the same end, without a word, as no failure.
 */
export function interruptible(terminal: Terminal): Surroundings['onInterrupt'] {
  const closers: (() => void | Promise<void>)[] = [];
  let endingSince: number | null = null;
  const closeAll = () => Promise.allSettled(closers.toReversed().map(async (close) => close()));
  const end = async (signal: 'SIGINT' | 'SIGTERM'): Promise<void> => {
    const code = 128 + constants.signals[signal];
    if (endingSince !== null) {
      if (performance.now() - endingSince > SAME_PRESS_MS) process.exit(code);
      return;
    }
    endingSince = performance.now();
    if (terminal.draws) terminal.say('');
    await closeAll();
    terminal.say('tocsin: stopped.');
    process.exit(code);
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => void end(signal));
  for (const stream of [process.stdout, process.stderr])
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') throw error;
      if (endingSince !== null) return;
      endingSince = performance.now();
      void closeAll().then(() => process.exit(process.exitCode ?? 0));
    });
  return (close) => void closers.push(close);
}
