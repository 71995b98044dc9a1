import type { Gap, Silences } from './gap.ts';

/** Days that are kept; logs of longer than ten years are not one question. */
const DAYS_MAX = 3_700;
const MINUTES = 1440;
const ANY = 1;
const ORDINARY = 2;
/** Minutes with unread lines that are told apart; the rest may lie anywhere. */
const UNREAD_MINUTES_MAX = 100_000;
const ELSEWHERE = -10;

/** Which minutes have lines, and which have lines other than look-ups. */
export interface TrafficHours {
  line(second: number, isLookup: boolean): void;
  /** Lines next to this moment that were no request. */
  unread(second: number, lines: number): void;
  /** Such lines between both seconds, give or take a minute. */
  unreadBetween(from: number, until: number): number;
  silences(): Silences;
  /** First and last second of the minutes with lines; null where there are none. */
  span(): { readonly from: number; readonly until: number } | null;
}

export function createTrafficHours(): TrafficHours {
  const days = new Map<number, Uint8Array>();
  const unread = new Map<number, number>();
  let lastDay = -1;
  let lastMinutes: Uint8Array = new Uint8Array(MINUTES);
  const minutesOf = (day: number): Uint8Array | null => {
    const known = days.get(day);
    if (known !== undefined || days.size >= DAYS_MAX) return known ?? null;
    const made = new Uint8Array(MINUTES);
    days.set(day, made);
    return made;
  };
  return {
    line(second, isLookup) {
      const day = Math.floor(second / 86_400);
      if (day !== lastDay) {
        const minutes = minutesOf(day);
        if (minutes === null) return;
        [lastDay, lastMinutes] = [day, minutes];
      }
      lastMinutes[Math.floor((second - day * 86_400) / 60)]! |= isLookup ? ANY : ANY | ORDINARY;
    },
    unread(second, lines) {
      const minute = Math.floor(second / 60);
      const at = unread.size < UNREAD_MINUTES_MAX || unread.has(minute) ? minute : ELSEWHERE;
      unread.set(at, (unread.get(at) ?? 0) + lines);
    },
    unreadBetween(from, until) {
      let sum = unread.get(ELSEWHERE) ?? 0;
      for (const [minute, lines] of unread) {
        if (minute >= Math.floor(from / 60) - 1 && minute <= Math.floor(until / 60) + 1)
          sum += lines;
      }
      return sum;
    },
    silences: () => silencesOf(days),
    span() {
      const kept = sameEra(days);
      const [first, last] = [kept[0], kept.at(-1)];
      if (first === undefined || last === undefined) return null;
      const begin = days.get(first)?.findIndex((minute) => minute > 0) ?? 0;
      const end = days.get(last)?.findLastIndex((minute) => minute > 0) ?? 0;
      return { from: first * 86_400 + begin * 60, until: last * 86_400 + end * 60 + 59 };
    },
  };
}

/** Lines this far from their neighbours come from a clock that was wrong. */
const ERA_BREAK_DAYS = 180;

/**
 * Days in order, without those that a wrong clock wrote: the longest run without half a year's
 * break.
 */
function sameEra(days: ReadonlyMap<number, Uint8Array>): readonly number[] {
  const sorted = [...days.keys()].sort((a, b) => a - b);
  let best: readonly number[] = [];
  let run: number[] = [];
  for (const day of sorted) {
    const before = run.at(-1);
    if (before !== undefined && day - before > ERA_BREAK_DAYS) run = [];
    run.push(day);
    if (run.length > best.length) best = run;
  }
  return best;
}

/** A silence is a gap where habit gives it a chance below e^-20, one in 500 million. */
const SURPRISE_MIN = 20;
/** The same for a silence while an actor is at work: one in 160,000. */
const LIKELY_MIN = 12;
/** No hour is busier than this share of its minutes, or one silent minute would tell too much. */
const BUSY_MAX = 0.98;
/** Days on which an hour was seen before what it does is called a habit. */
const HABIT_DAYS_MIN = 2;
/** Shorter silences are a restart. */
const GAP_MINUTES_MIN = 10;
/** A silence in which a sequence may have gone on unseen. */
const QUIET_MINUTES_MIN = 2;
/** Silences that are kept; a page so quiet has few look-ups to lose. */
const QUIET_MAX = 100_000;

function silencesOf(days: ReadonlyMap<number, Uint8Array>): Silences {
  const kept = sameEra(days);
  const surprise = surpriseByHour(kept, days);
  const named: Gap[] = [];
  const likely: Gap[] = [];
  const quiet: Gap[] = [];
  for (const { since, at, sum } of silentRuns(kept, days, surprise)) {
    const gap = { from: since * 60, until: at * 60 - 1 };
    if (at - since >= QUIET_MINUTES_MIN && quiet.length < QUIET_MAX) quiet.push(gap);
    if (at - since < GAP_MINUTES_MIN || since === kept[0]! * MINUTES) continue;
    if (sum >= SURPRISE_MIN) named.push(gap);
    if (sum >= LIKELY_MIN) likely.push(gap);
  }
  return { named, likely, quiet };
}

/** Minutes without a line that a minute with one follows, and how odd habit finds them together. */
function* silentRuns(
  kept: readonly number[],
  days: ReadonlyMap<number, Uint8Array>,
  surprise: Float64Array,
): Generator<{ readonly since: number; readonly at: number; readonly sum: number }> {
  let since = -1;
  let sum = 0;
  for (let day = kept[0] ?? 0; day <= (kept.at(-1) ?? -1); day++) {
    const minutes = days.get(day);
    for (let minute = 0; minute < MINUTES; minute++) {
      const at = day * MINUTES + minute;
      if (minutes?.[minute] === undefined || minutes[minute] === 0) {
        if (since < 0) [since, sum] = [at, 0];
        sum += surprise[hourOfWeekKind(day, minute)] ?? 0;
      } else if (since >= 0) {
        yield { since, at, sum };
        since = -1;
      }
    }
  }
}

/** Weekdays and weekends have habits of their own. 1970-01-01 was a Thursday. */
const hourOfWeekKind = (day: number, minute: number): number =>
  (((day + 4) % 7) % 6 === 0 ? 24 : 0) + Math.floor(minute / 60);

/**
 * -log(1 - share of busy minutes) for each hour of a weekday (0-23) and of a weekend (24-47). The
 * share is that of the median day: one night of a machine at work is no habit.
 */
function surpriseByHour(
  kept: readonly number[],
  days: ReadonlyMap<number, Uint8Array>,
): Float64Array {
  const hasOrdinary = kept.some((day) => days.get(day)?.some((minute) => minute & ORDINARY));
  const flag = hasOrdinary ? ORDINARY : ANY;
  const busy = Array.from({ length: 48 }, (): number[] => []);
  for (const day of kept) {
    const minutes = days.get(day);
    if (minutes === undefined) continue;
    for (let from = 0; from < MINUTES; from += 60) {
      let count = 0;
      for (let at = from; at < from + 60; at++) if ((minutes[at]! & flag) !== 0) count += 1;
      busy[hourOfWeekKind(day, from)]!.push(count);
    }
  }
  const shares = busy.map((counts) =>
    counts.length < HABIT_DAYS_MIN ? Number.NaN : median(counts) / 60,
  );
  return Float64Array.from(shares, (own, hour) => {
    // Too few days of this kind: half of what the other kind does.
    const habit = Number.isNaN(own) ? shares[(hour + 24) % 48]! / 2 : own;
    return Number.isNaN(habit) ? 0 : -Math.log(1 - Math.min(BUSY_MAX, habit));
  });
}

function median(counts: readonly number[]): number {
  const sorted = Uint16Array.from(counts).sort();
  return (sorted[(sorted.length - 1) >> 1]! + sorted[sorted.length >> 1]!) / 2;
}
