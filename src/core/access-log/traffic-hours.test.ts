import { describe, expect, test } from 'vitest';
import { createTrafficHours, type TrafficHours } from './traffic-hours.ts';

const DAY = 86_400;
/** A Monday. */
const START = Date.UTC(2020, 9, 5) / 1000;

interface Week {
  readonly weeks: number;
  /** Minutes between two lines, of a weekday and of a weekend; 0 for none. */
  readonly weekday: number;
  readonly weekend: number;
  readonly without?: readonly [from: number, until: number];
}

function site({ weeks, weekday, weekend, without = [0, 0] }: Week): TrafficHours {
  const hours = createTrafficHours();
  for (let day = 0; day < weeks * 7; day++) {
    const step = day % 7 < 5 ? weekday : weekend;
    for (let minute = 0; step > 0 && minute < 1440; minute += step) {
      const second = START + day * DAY + minute * 60;
      if (second < without[0] || second >= without[1]) hours.line(second, false);
    }
  }
  return hours;
}

describe('a silence', () => {
  const at = (day: number, hour: number): number => START + day * DAY + hour * 3_600;

  test('of an hour is a gap by day on a weekday, none where weekends are so quiet', () => {
    const habit = { weeks: 3, weekday: 1, weekend: 30 };
    const week = site({ ...habit, without: [at(8, 12), at(8, 13)] }).silences();
    expect(week.named).toEqual([{ from: at(8, 12), until: at(8, 13) - 1 }]);
    // Saturday and Sunday of the second week.
    for (const day of [12, 13]) {
      const { named, quiet } = site({ ...habit, without: [at(day, 12), at(day, 13)] }).silences();
      expect(named).toEqual([]);
      expect(quiet.some(({ from, until }) => from <= at(day, 12) && until > at(day, 12))).toBe(
        true,
      );
    }
    // The other way round, the weekend is told by its own habit.
    const busy = site({ weeks: 3, weekday: 30, weekend: 1, without: [at(12, 12), at(12, 13)] });
    expect(busy.silences().named).toEqual([{ from: at(12, 12), until: at(12, 13) - 1 }]);
  });

  test('of nine minutes is a restart, however odd', () => {
    const short = site({ weeks: 1, weekday: 1, weekend: 1, without: [at(2, 12), at(2, 12) + 540] });
    expect(short.silences()).toEqual({
      named: [],
      likely: [],
      quiet: [{ from: at(2, 12), until: at(2, 12) + 539 }],
    });
    const long = site({ weeks: 1, weekday: 1, weekend: 1, without: [at(2, 12), at(2, 12) + 600] });
    expect(long.silences().named).toHaveLength(1);
  });

  test('of one minute is none', () => {
    const hours = site({ weeks: 1, weekday: 2, weekend: 2 });
    expect(hours.silences().quiet).toEqual([]);
  });
});

test('the span goes from the first minute with a line to the end of the last one', () => {
  const hours = createTrafficHours();
  expect(hours.span()).toBeNull();
  hours.line(START + 3 * 3_600 + 61, true);
  hours.line(START + 2 * DAY + 125, false);
  const { from, until } = hours.span()!;
  expect([from, until]).toEqual([START + 3 * 3_600 + 60, START + 2 * DAY + 179]);
});

test('a clock that was wrong by years for a day leaves the span alone', () => {
  const hours = createTrafficHours();
  for (const day of [-7_000, 0, 1, 2, 182, 400]) hours.line(START + day * DAY, false);
  expect(hours.span()).toEqual({ from: START, until: START + 182 * DAY + 59 });
});

test('unread lines count where they stand, give or take a minute', () => {
  const hours = createTrafficHours();
  for (const minute of [9, 10, 20, 30, 31]) hours.unread(START + minute * 60, 1 + minute);
  const between = hours.unreadBetween(START + 11 * 60, START + 29 * 60 + 59);
  expect(between).toBe(11 + 21 + 31);
  expect(hours.unreadBetween(START + 32 * 60, START + 40 * 60)).toBe(32);
});
