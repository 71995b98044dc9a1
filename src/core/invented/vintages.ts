import type { Random } from '../base/index.ts';
import { listCounties } from './counties.ts';
import { traitsOf, VOTER_IDS } from './list.ts';
import { surname } from './names.ts';
import {
  emailFor,
  homeIn,
  homeOf,
  invent,
  PEOPLE,
  type Registration,
  type Resident,
} from './registration.ts';

/** Days whose state the monthly lists show; the story's month among them. */
export const VINTAGE_DAYS = [
  '2020-02-29',
  '2020-03-31',
  '2020-04-30',
  '2020-05-31',
  '2020-06-30',
  '2020-07-31',
  '2020-08-31',
  '2020-09-30',
] as const;

/** The month whose list the senders had: its place among the days. */
export const STORY_DAY = VINTAGE_DAYS.indexOf('2020-06-30');

/** Share of the rows that change from one month to the next (set; the nation's is 1.4 to 1.7 %). */
const CHURN = 0.0175;
/** What changes: home, e-mail address; the rest leave the list, and as many are new. */
const MOVES = 0.6;
const NEW_ADDRESSES = 0.15;
/** Moves that stay within the county. */
const NEAR = 0.85;

export interface VintagesOrder {
  readonly state: 'F' | 'A';
  /** Place of the story's month among the days. */
  readonly base: number;
  readonly residents: readonly Resident[];
}

/**
 * Every month's list, oldest first, out of the list of the story's month: the months after and
 * before it grow out of it by the same churn, which knows no direction. Residents of the story move
 * later when the story says so and at no other time; before, they are like anybody.
 */
export function vintagesOf(
  list: readonly Registration[],
  order: VintagesOrder,
  random: Random,
): readonly (readonly Registration[])[] {
  const months: (readonly Registration[])[] = [];
  months[order.base] = list;
  const residents = new Map(order.residents.map((resident) => [resident.key, resident]));
  const change = changesIn(order.state, list.length);
  let rows = list;
  for (let at = order.base + 1; at < VINTAGE_DAYS.length; at++) {
    const month = VINTAGE_DAYS[at]?.slice(0, 7) ?? '';
    const draws = random.fork(`later/${month}`);
    rows = rows.flatMap((row) => {
      const resident = row.resident === null ? undefined : residents.get(row.resident);
      if (resident === undefined) return [change(row, 'later', draws)];
      if (resident.moved?.month !== month) return [row];
      const { to } = resident.moved;
      return to === null ? [] : [{ ...row, ...homeOf(to) }];
    });
    months[at] = rows;
  }
  rows = list;
  for (let at = order.base - 1; at >= 0; at--) {
    const draws = random.fork(`earlier/${VINTAGE_DAYS[at]}`);
    rows = rows.map((row) => change(row, 'earlier', draws));
    months[at] = rows;
  }
  return months;
}

type Change = (row: Registration, when: 'later' | 'earlier', random: Random) => Registration;

function changesIn(state: 'F' | 'A', standing: number): Change {
  const people = PEOPLE[state];
  const ids = VOTER_IDS[state];
  const counties = listCounties(state).map((place) => [place, place.people] as const);
  let [newcomers, gone] = [0, 0];
  return (row, when, random) => {
    if (!random.chance(CHURN)) return row;
    const what = random.unit();
    if (what < MOVES) {
      const place = random.chance(NEAR) ? row.place : random.weighted(counties);
      return { ...row, place, ...homeIn(place, random) };
    }
    if (what < MOVES + NEW_ADDRESSES) {
      // State A's public list shows no address, so a change of one shows in no month.
      return state === 'A' || row.email === '' ? row : { ...row, email: emailFor(row, random) };
    }
    const id = when === 'later' ? ids.standing(standing + newcomers++) : ids.gone(gone++);
    const place = random.weighted(counties);
    const traits = traitsOf(people, people.share * people.reached, random);
    const home = homeIn(place, random);
    return invent({ id, place, home, family: surname(random), ...traits }, random);
  };
}
