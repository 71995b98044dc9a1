import { grouped } from '../base/index.ts';

/** A count of persons that stands in a report; null is one that was left out. */
export const shownCount = (count: number | null): string =>
  count === null ? 'withheld' : grouped(count);

/** `2020-09-11 06:41 UTC`, of a time as the log's answer writes it. */
export const minute = (at: string): string => `${at.slice(0, 10)} ${at.slice(11, 16)} UTC`;

/** `4.2`, `0.35`, `120`: two or three figures. */
export function ratio(value: number): string {
  if (value >= 100) return grouped(Math.round(value));
  return value >= 10 ? value.toFixed(0) : value.toFixed(value >= 1 ? 1 : 2);
}

/** `12k`, `1.5M` for an axis. */
export function shortCount(value: number): string {
  if (value >= 1e6) return `${trimmed(value / 1e6)}M`;
  return value >= 1e4 ? `${trimmed(value / 1e3)}k` : grouped(value);
}

const trimmed = (value: number): string => String(Math.round(value * 10) / 10);
