import type { Random } from '../base/index.ts';

/** Volumes at scale 1. `fact`: sources of the case; `set`: chosen where the record is silent. */
export const FULL = {
  /** set; "tens of thousands" is the fact. */
  sent: 40_000,
  /** set: a secondary figure. */
  freemailSent: 25_000,
  /** fact: more than 180, nearly 200. */
  universitySent: 183,
  /** set; that one such sender was reported in one state is the fact. */
  secondSenderSent: 20,
  /** set, as the whole curve below. */
  reports: 600,
  secondSenderReports: 6,
  screenshots: 24,
  background: 400,
  /** fact: records taken from state A. */
  recordsTaken: 113_000,
} as const;

/** Fewest that still hold every form of report and every trap. */
const REPORTS_MIN = 60;
const BACKGROUND_MIN = 40;

export interface Volumes {
  readonly sent: number;
  readonly reports: number;
  readonly secondSenderReports: number;
  readonly screenshots: number;
  readonly background: number;
}

export const volumesAt = (scale: number): Volumes => ({
  sent: Math.round(FULL.sent * scale),
  reports: Math.max(REPORTS_MIN, Math.round(FULL.reports * scale)),
  // Three voters: what fewer saw may be a private address, which a report withholds.
  secondSenderReports: Math.max(3, Math.round(FULL.secondSenderReports * scale)),
  screenshots: Math.max(2, Math.round(FULL.screenshots * scale)),
  background: Math.max(BACKGROUND_MIN, Math.round(FULL.background * scale)),
});

/** 2020-10-20 07:30 in state F: the first report. Public attribution came 36 hours later. */
export const FIRST_REPORT = Date.UTC(2020, 9, 20, 11, 30);

export const HOUR = 3_600_000;
export const MINUTE = 60_000;

/** Reports of the 600 that were in after so many hours (set). */
export const REPORT_CURVE: readonly (readonly [hours: number, reports: number])[] = [
  [0, 0],
  [6, 36],
  [12, 120],
  [24, 200],
  [36, 420],
  [60, 600],
];

/** When each of `count` reports came in, ascending, along the curve: milliseconds since 1970. */
export function reportTimes(count: number, random: Random): readonly number[] {
  return Array.from({ length: count }, (_, place) => {
    const along = ((place + 0.02 + 0.96 * random.unit()) / count) * FULL.reports;
    return FIRST_REPORT + Math.floor(hoursFor(along) * HOUR);
  });
}

function hoursFor(reports: number): number {
  let [fromHours, fromReports] = [0, 0];
  for (const [hours, reached] of REPORT_CURVE) {
    if (reports < reached)
      return fromHours + ((reports - fromReports) / (reached - fromReports)) * (hours - fromHours);
    [fromHours, fromReports] = [hours, reached];
  }
  return fromHours;
}

/**
 * Splits `total` by weight so that the parts add up exactly (largest remainder), none below
 * `minimum` while there is enough to go round.
 */
export function apportion<Item>(
  total: number,
  rows: readonly (readonly [Item, number])[],
  minimum = 0,
): readonly (readonly [Item, number])[] {
  const floor = Math.min(minimum, Math.floor(total / Math.max(1, rows.length)));
  const free = total - floor * rows.length;
  const weight = rows.reduce((sum, row) => sum + row[1], 0);
  const ideal = rows.map(([item, share], place) => {
    const exact = (free * share) / weight;
    return { item, place, whole: Math.floor(exact), rest: exact - Math.floor(exact) };
  });
  let left = free - ideal.reduce((sum, row) => sum + row.whole, 0);
  const extra = new Set<number>();
  for (const row of [...ideal].sort((a, b) => b.rest - a.rest || a.place - b.place)) {
    if (left-- <= 0) break;
    extra.add(row.place);
  }
  return ideal.map(({ item, place, whole }) => [item, floor + whole + (extra.has(place) ? 1 : 0)]);
}

/** The parts of `apportion` as a list of items, in the order of the rows. */
export const spread = <Item>(
  total: number,
  rows: readonly (readonly [Item, number])[],
  minimum = 0,
): Item[] =>
  apportion(total, rows, minimum).flatMap(([item, count]) =>
    Array.from({ length: count }, () => item),
  );
