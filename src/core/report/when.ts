import { type Instant, MONTHS } from '../base/index.ts';

/** `20 Oct 2020, 13:05 UTC`. The same on every machine: no locale, no local zone. */
export const moment = (at: Instant): string => `${day(at)}, ${clock(at)} UTC`;

/** `20 Oct 2020` */
export const day = (at: Instant): string => `${shortDay(at)} ${at.slice(0, 4)}`;

/** `20 Oct` */
export const shortDay = (at: Instant): string => `${Number(at.slice(8, 10))} ${monthName(at)}`;

/** `Oct 2020` */
export const month = (at: Instant): string => `${monthName(at)} ${at.slice(0, 4)}`;

/** `13:05` */
export const clock = (at: Instant): string => at.slice(11, 16);

const monthName = (at: Instant): string => MONTHS[Number(at.slice(5, 7)) - 1] ?? '';

/** `20 Oct 2020, 13:05 to 22:10 UTC`, or with both days where they differ; null without a first. */
export function span(first: Instant | null, last: Instant | null): string | null {
  if (first === null) return null;
  if (last === null || last === first) return moment(first);
  if (day(first) === day(last)) return `${day(first)}, ${clock(first)} to ${clock(last)} UTC`;
  return `${day(first)}, ${clock(first)} to ${moment(last)}`;
}
