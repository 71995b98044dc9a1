import type { AccessLogFindings } from './findings.ts';
import { timeText } from './limits.ts';

/** The object of `access-log --json`; never a record number. */
export type AccessLogDocument = ReturnType<typeof accessLogDocument>;

/** Gaps of one actor that are listed; all are counted in its bounds. */
const GAPS_MAX = 100;

export const accessLogJson = (found: AccessLogFindings): string =>
  `${JSON.stringify(accessLogDocument(found), null, 2)}\n`;

export function accessLogDocument(found: AccessLogFindings) {
  const { taken, refusals, limits, lines, requests, unread, lookups, span } = found;
  return {
    taken,
    actors: found.actors.map(({ from, until, gaps, ...rest }) => ({
      from: timeText(from),
      until: timeText(until),
      gaps: gaps.slice(0, GAPS_MAX).map((gap) => ({
        from: timeText(gap.from),
        until: timeText(gap.until),
        numbers: gap.numbers,
        silent: gap.silent,
      })),
      ...rest,
    })),
    refusals,
    limits,
    probes: found.probes.map(
      ({ kind, requests: count, answered, firstSecond, lastSecond, networks }) => ({
        kind,
        requests: count,
        answered,
        from: timeText(firstSecond),
        until: timeText(lastSecond),
        networks: [...networks].sort(([, a], [, b]) => b - a).map(([network]) => network),
      }),
    ),
    read: {
      lines,
      requests,
      unread,
      lookups,
      ownLookups: found.ownLookups,
      from: span === null ? null : timeText(span.from),
      until: span === null ? null : timeText(span.until),
    },
  };
}
