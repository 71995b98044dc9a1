import type { AccessLogFindings } from './findings.ts';
import { timeText } from './limits.ts';

/** The object of `access-log --json`; never a record number. */
export type AccessLogDocument = ReturnType<typeof accessLogDocument>;

export const accessLogJson = (found: AccessLogFindings): string =>
  `${JSON.stringify(accessLogDocument(found), null, 2)}\n`;

export function accessLogDocument(found: AccessLogFindings) {
  const { taken, refusals, limits, lines, requests, unread, lookups, span } = found;
  return {
    taken,
    actors: found.actors.map(({ from, until, ...rest }) => ({
      from: timeText(from),
      until: timeText(until),
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
      from: span === null ? null : timeText(span.from),
      until: span === null ? null : timeText(span.until),
    },
  };
}
