import type { Random } from '../base/index.ts';
import { inventList, VOTER_IDS } from './list.ts';
import { type LogLine, type LookupTruth, lookupLog } from './lookup-log.ts';
import { mailedAmong } from './mailed.ts';
import { LIST_SCALE_MAX, PEOPLE, type Registration, type Resident } from './registration.ts';
import { STORY_DAY, vintagesOf } from './vintages.ts';

/** People of state A's list at scale 1: a miniature too. */
const A_PEOPLE = 6_000;
const A_PEOPLE_MIN = 1_200;
const VISITS = 3_600;
const VISITS_MIN = 1_800;
/** Ten times the default: longer logs of the same people teach nothing more. */
const VISITS_MAX = 36_000;
/** Numbers that the script tried, of all that state A gave out (set). */
const TRIED_SHARE = 0.92;
/**
 * Share of state A's voters who asked for a ballot by mail (set): a list that is not the source.
 */
const ABSENTEE_SHARE = 0.2;

/** State A: every month's list, what its portal held in October, and what the page gave away. */
export interface PlannedA {
  readonly months: readonly (readonly Registration[])[];
  readonly portal: readonly Registration[];
  readonly absentee: readonly Registration[];
  readonly taken: readonly Registration[];
  readonly mailed: readonly Registration[];
  readonly log: { readonly lines: readonly LogLine[]; readonly truth: LookupTruth };
}

export function planA(
  order: { readonly scale: number; readonly residents: readonly Resident[] },
  random: Random,
): PlannedA {
  const people = Math.max(
    A_PEOPLE_MIN,
    Math.round(A_PEOPLE * Math.min(LIST_SCALE_MAX, order.scale)),
  );
  const { residents } = order;
  const list = inventList(
    { state: 'A', people, residents, residentsBelow: TRIED_SHARE },
    random.fork('list'),
  );
  const months = vintagesOf(
    list,
    { state: 'A', base: STORY_DAY, residents },
    random.fork('months'),
  );
  const live = months.at(-1) ?? list;
  // Whom the story knows gave the portal the home that it has; they tell it of no move.
  const known = list.filter(({ resident }) => resident !== null);
  const portal = [
    ...live.filter(({ email, resident }) => email !== '' && resident === null),
    ...known,
  ].sort((one, other) => Number(one.id) - Number(other.id));
  const draws = random.fork('absentee');
  const span = VOTER_IDS.A.span(Math.floor(list.length * TRIED_SHARE));
  const taken = portal.filter(({ id }) => Number(id) >= span.from && Number(id) <= span.until);
  const isTarget = ({ party }: Registration): boolean => party === PEOPLE.A.party;
  const visits = Math.min(VISITS_MAX, Math.max(VISITS_MIN, Math.round(VISITS * order.scale)));
  const records = new Set(portal.map(({ id }) => Number(id)));
  return {
    months,
    portal,
    absentee: live.filter(() => draws.chance(ABSENTEE_SHARE)),
    taken,
    mailed: mailedAmong(taken, isTarget, random.fork('mailed')),
    log: lookupLog({ records, ...span, visits }, random.fork('log')),
  };
}
