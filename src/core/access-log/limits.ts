import { instantFromMilliseconds, type Limit } from '../base/index.ts';
import { LINE_BYTES_MAX, TEMPLATES_MAX } from '../web-log/index.ts';
import type { ReadLog } from './access-log.ts';
import { CLIENTS_MAX } from './clients.ts';
import type { Gap } from './gap.ts';

/** Gaps that are named one by one. */
const GAPS_NAMED_MAX = 100;

export const timeText = (second: number): string =>
  (instantFromMilliseconds(second * 1000) ?? 'unknown').replace('.000Z', 'Z');

/** What was cut, could not be read, or is missing, piece by piece. */
export function readingLimits(
  log: ReadLog,
  gaps: readonly Gap[],
  refused: number,
): readonly Limit[] {
  const out: Limit[] = [];
  const say = (code: string, at: string, text: string): void => void out.push({ code, at, text });
  for (const { name, counts, clockJumps } of log.pieces) {
    const { unread, tooLong, lines } = counts;
    if (unread > 0)
      say('log-lines-unread', name, `${unread} of ${lines} lines are no request in a known form`);
    if (tooLong > 0)
      say('log-line-too-long', name, `${tooLong} lines are longer than ${LINE_BYTES_MAX} bytes`);
    if (clockJumps > 0) {
      say(
        'log-clock',
        name,
        `${clockJumps} times the clock goes back by more than an hour; the lines are read as they stand`,
      );
    }
  }
  for (const { from, until } of gaps.slice(0, GAPS_NAMED_MAX)) {
    const minutes = Math.round((until - from) / 60);
    say(
      'log-gap',
      `${timeText(from)} to ${timeText(until)}`,
      `${minutes} minutes without a line, in hours in which the site is in use`,
    );
  }
  if (gaps.length > GAPS_NAMED_MAX)
    say('log-gap', 'log', `${gaps.length - GAPS_NAMED_MAX} more gaps`);
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
