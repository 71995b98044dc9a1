import { instantFromMilliseconds, type Limit } from '../base/index.ts';
import { LINE_BYTES_MAX, TEMPLATES_MAX } from '../web-log/index.ts';
import type { ReadLog } from './access-log.ts';
import { CLIENTS_MAX } from './clients.ts';
import type { Gap } from './gap.ts';
import type { CrossedGap } from './gap-bounds.ts';

/** Gaps that are named one by one. */
const GAPS_NAMED_MAX = 100;

export const timeText = (second: number): string =>
  (instantFromMilliseconds(second * 1000) ?? 'unknown').replace('.000Z', 'Z');

const times = (count: number): string =>
  count === 1 ? 'once' : count === 2 ? 'twice' : `${count} times`;

interface NamedGap extends Gap {
  readonly numbers: number;
  readonly silent: boolean;
}

/**
 * Silences that the site's habit calls gaps, and those in which a sequence went on; in order of
 * time.
 */
function namedGaps(gaps: readonly Gap[], crossed: readonly CrossedGap[]): readonly NamedGap[] {
  const named = new Map<number, NamedGap>(
    gaps.map((gap) => [gap.from, { ...gap, numbers: 0, silent: true }]),
  );
  for (const { from, until, numbers, silent } of crossed) {
    const known = named.get(from) ?? { from, until, numbers: 0, silent };
    named.set(from, { ...known, numbers: known.numbers + numbers });
  }
  return [...named.values()].sort((a, b) => a.from - b.from);
}

function gapText({ from, until, numbers, silent }: NamedGap): string {
  const minutes = Math.max(1, Math.round((until - from) / 60));
  const time = `${minutes} ${minutes === 1 ? 'minute' : 'minutes'} without a line`;
  if (numbers === 0) return `${time}, in hours in which the site is in use`;
  const passed = numbers === 1 ? '1 record number was' : `${numbers} record numbers were`;
  const whose = silent ? time : `${time} of a run of numbers that kept its pace`;
  return `${whose}; ${passed} passed over meanwhile, and nothing here tells whether they were asked for`;
}

/** What was cut, could not be read, or is missing, piece by piece. */
export function readingLimits(
  log: ReadLog,
  gaps: readonly Gap[],
  crossed: readonly CrossedGap[],
  refused: number,
): readonly Limit[] {
  const out: Limit[] = [];
  const say = (code: string, at: string, text: string): void => void out.push({ code, at, text });
  for (const { name, counts, clockJumps } of log.pieces) {
    const { unread, tooLong, lines } = counts;
    if (unread > 0) {
      const are = unread === 1 ? 'is' : 'are';
      say(
        'log-lines-unread',
        name,
        `${unread} of ${lines} lines ${are} no request in a known form`,
      );
    }
    if (tooLong > 0) {
      const are = tooLong === 1 ? 'line is' : 'lines are';
      say('log-line-too-long', name, `${tooLong} ${are} longer than ${LINE_BYTES_MAX} bytes`);
    }
    if (clockJumps > 0) {
      say(
        'log-clock',
        name,
        `the clock goes back by more than an hour ${times(clockJumps)}; the lines are read as they stand`,
      );
    }
  }
  const named = namedGaps(gaps, crossed);
  for (const gap of named.slice(0, GAPS_NAMED_MAX)) {
    say('log-gap', `${timeText(gap.from)} to ${timeText(gap.until)}`, gapText(gap));
  }
  if (named.length > GAPS_NAMED_MAX)
    say('log-gap', 'log', `${named.length - GAPS_NAMED_MAX} more gaps`);
  if (log.clients.full)
    say(
      'log-clients-over-limit',
      'log',
      `more than ${CLIENTS_MAX} clients; the rest is counted as one`,
    );
  if (log.targets.full || log.series.full) {
    say(
      'log-forms-over-limit',
      'log',
      `more than ${TEMPLATES_MAX} forms of address; look-ups of further forms are not counted`,
    );
  }
  if (refused > 0) say('log-records-over-limit', 'log', `${refused} records more than are kept`);
  return out;
}
