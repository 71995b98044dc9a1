import { grouped } from '../../core/base/index.ts';
import type { Terminal } from './terminal.ts';

export interface Step {
  readonly name: string;
  readonly done: number;
  /** Null: not known. */
  readonly total: number | null;
  readonly elapsedMs: number;
}

type Look = Pick<Terminal, 'columns' | 'colour' | 'unicode'>;

const BAR_WIDTH = 24;
/** A rate from less than this is noise. */
const RATE_AFTER_MS = 500;

/** `reading  [######......]  1,234 of 6,046  812/s  6 s left`, as much of it as fits. */
export function stepLine(step: Step, look: Look): string {
  const { name, done, total } = step;
  const counts = total === null ? grouped(done) : `${grouped(done)} of ${grouped(total)}`;
  const { rate, left } = pace(step);
  // A line that reaches the last column makes some terminals wrap.
  const room = look.columns - 1;
  const choices = [
    [name, bar(step, look), counts, rate, left],
    [name, counts, rate, left],
    [name, counts, left],
    [name, counts],
    [counts],
  ].map((words) => words.filter((word) => word !== ''));
  const fits = choices.find((words) => words.join('  ').length <= room) ?? [];
  return coloured(fits, look);
}

/** What stays when a step is over: `reading  6,046  7.4 s`. */
export function stepDone({ name, done, elapsedMs }: Step, look: Look): string {
  const line = `${name}  ${grouped(done)}  ${(elapsedMs / 1000).toFixed(1)} s`;
  return line.slice(0, look.columns - 1);
}

function coloured([name = '', ...rest]: readonly string[], { colour }: Look): string {
  const shown = colour && rest.length > 0 ? `\u001B[1m${name}\u001B[0m` : name;
  return [shown, ...rest].join('  ');
}

function bar({ done, total }: Step, { unicode }: Look): string {
  if (total === null || total <= 0) return '';
  const filled = Math.round(BAR_WIDTH * Math.min(1, done / total));
  const [full, empty] = unicode ? ['█', '░'] : ['#', '.'];
  return `[${full.repeat(filled)}${empty.repeat(BAR_WIDTH - filled)}]`;
}

function pace({ done, total, elapsedMs }: Step): { readonly rate: string; readonly left: string } {
  if (elapsedMs < RATE_AFTER_MS || done === 0) return { rate: '', left: '' };
  const perSecond = (done * 1000) / elapsedMs;
  const left =
    total === null || done >= total ? '' : `${duration((total - done) / perSecond)} left`;
  return {
    rate: `${grouped(perSecond < 10 ? Math.round(perSecond * 10) / 10 : Math.round(perSecond))}/s`,
    left,
  };
}

function duration(seconds: number): string {
  const whole = Math.ceil(seconds);
  if (whole < 60) return `${whole} s`;
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${whole % 60} s`;
  return `${Math.floor(whole / 3600)} h ${Math.floor((whole % 3600) / 60)} min`;
}
