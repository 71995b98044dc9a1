import type { Progress } from '../../app/ports/index.ts';
import { printable } from '../../core/display/index.ts';
import { type Step, stepDone, stepLine } from './progress-line.ts';
import type { Terminal } from './terminal.ts';

/** Redrawing more often than this is work that nobody can see. */
const REDRAW_MS = 100;

const CLEAR_LINE = '\r\u001B[2K';

interface Running extends Step {
  readonly startedAt: number;
}

/**
 * Progress on standard error: one line that is drawn over, on a terminal only; notes stand above
 * it and are all that a file or pipe gets. `now` gives milliseconds from any start.
 */
export function createProgress(terminal: Terminal, now: () => number): Progress {
  let running: Running | null = null;
  let drawnAt = Number.NEGATIVE_INFINITY;
  let shown = false;

  const clear = (): void => {
    if (shown) terminal.draw(CLEAR_LINE);
    shown = false;
  };
  const close = (): void => {
    clear();
    if (running !== null && terminal.draws) {
      terminal.say(stepDone({ ...running, elapsedMs: now() - running.startedAt }, terminal));
    }
    running = null;
  };
  const draw = (step: Running): void => {
    drawnAt = now();
    terminal.draw(`${CLEAR_LINE}${stepLine(step, terminal)}`);
    shown = true;
  };

  return {
    update(name, done, total) {
      if (running !== null && running.name !== name) close();
      const at = now();
      const startedAt = running?.startedAt ?? at;
      running = { name, done, total, startedAt, elapsedMs: at - startedAt };
      if (terminal.draws && at - drawnAt >= REDRAW_MS) draw(running);
    },
    note(line) {
      clear();
      terminal.say(printable(line));
      if (running !== null && terminal.draws) draw(running);
    },
    finish: close,
  };
}
