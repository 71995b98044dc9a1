import type { Random } from '../base/index.ts';
import { type ListCounty, listCounties } from './counties.ts';
import { surname } from './names.ts';
import {
  homeIn,
  homeOf,
  invent,
  PEOPLE,
  type People,
  personal,
  type Registration,
  type Resident,
} from './registration.ts';

export interface ListOrder {
  readonly state: 'F' | 'A';
  readonly people: number;
  readonly residents: readonly Resident[];
  /** Residents have ids below this share of all. */
  readonly residentsBelow: number;
}

/** Numbers that a state gave out. */
export interface VoterIds {
  /** The `at`-th registration that stands. */
  standing(at: number): string;
  /** Somebody who was removed before. */
  gone(at: number): string;
  /** Lowest and highest number among the first `count` standing ones. */
  span(count: number): { readonly from: number; readonly until: number };
}

/** State F: nine digits, sparse. State A: seven digits in a row; each fifth holder is gone. */
export const VOTER_IDS: { readonly [state in 'F' | 'A']: VoterIds } = {
  F: idsOf(
    100_400_003,
    (at) => 7 * at,
    (at) => 7 * at + 5,
  ),
  A: idsOf(
    3_010_000,
    (at) => at + Math.floor(at / 4),
    (at) => 5 * at + 4,
  ),
};

function idsOf(
  first: number,
  standing: (at: number) => number,
  gone: (at: number) => number,
): VoterIds {
  return {
    standing: (at) => String(first + standing(at)),
    gone: (at) => String(first + gone(at)),
    span: (count) => ({ from: first, until: first + standing(count - 1) }),
  };
}

/** The list of the story's month: its residents, and others up to the wanted size. */
export function inventList(order: ListOrder, random: Random): readonly Registration[] {
  const people = PEOPLE[order.state];
  const drafts = listCounties(order.state).flatMap((place) => {
    const own = order.residents.filter((resident) => resident.place.code === place.code);
    return countyDrafts({ place, own, people, all: order.people }, random);
  });
  return numbered(random.shuffle(drafts), order);
}

type Draft = (id: string) => Registration;

function countyDrafts(
  of: {
    readonly place: ListCounty;
    readonly own: readonly Resident[];
    readonly people: People;
    readonly all: number;
  },
  random: Random,
): Draft[] {
  const { place, own, people, all } = of;
  const size = Math.max(own.length, Math.round(all * place.people));
  const wanted = size * people.share * people.reached - own.length;
  const chance = Math.max(0, wanted / Math.max(1, size - own.length));
  const homes = own.map(({ listed, family }) => ({ home: homeOf(listed), family }));
  const drafts: Draft[] = own.map((resident) => residentDraft(resident, people, random));
  while (drafts.length < size) {
    const kin = homes.length > 0 && random.chance(KIN_SHARE) ? random.pick(homes) : null;
    const at = kin ?? { home: homeIn(place, random), family: surname(random) };
    if (kin === null) homes.push(at);
    const traits = traitsOf(people, chance, random);
    drafts.push((id) => invent({ id, place, ...at, ...traits }, random));
  }
  return drafts;
}

/** Share of people who live with somebody of their name (set). */
const KIN_SHARE = 0.35;

/** The wave's party with an address at `chance`; all others in the shares that are left. */
export function traitsOf(people: People, chance: number, random: Random) {
  if (random.chance(chance)) return { party: people.party, reached: true };
  const unreached = people.share * (1 - people.reached);
  const party = random.weighted([[people.party, unreached], ...people.others]);
  return { party, reached: party !== people.party && random.chance(people.reached) };
}

function residentDraft(resident: Resident, people: People, random: Random): Draft {
  const { given, family, email, place, listed, key } = resident;
  const told = personal(random);
  return (id) => ({
    id,
    given,
    family,
    ...homeOf(listed),
    place,
    party: people.party,
    email,
    ...told,
    resident: key,
  });
}

/** Ids in the order of the draw; residents who fell behind the mark change places with others. */
function numbered(drafts: readonly Draft[], order: ListOrder): readonly Registration[] {
  const ids = VOTER_IDS[order.state];
  const rows = drafts.map((draft, at) => draft(ids.standing(at)));
  const mark = Math.floor(rows.length * order.residentsBelow);
  let front = 0;
  for (let at = mark; at < rows.length; at++) {
    const late = rows[at];
    if (late === undefined || late.resident === null) continue;
    while (rows[front]?.resident !== null) front += 1;
    const early = rows[front];
    if (early === undefined || front >= mark) break;
    rows[front] = { ...late, id: early.id };
    rows[at] = { ...early, id: late.id };
  }
  return rows;
}
