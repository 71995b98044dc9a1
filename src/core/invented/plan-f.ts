import type { Kernels, Random } from '../base/index.ts';
import { type CanaryOrder, canariesFor } from './canary-staff.ts';
import { type MarkedCopy, markedCopy, registerOf, spellingOf } from './copies.ts';
import { inventList } from './list.ts';
import type { Spelling } from './list-files.ts';
import { mailedAmong } from './mailed.ts';
import { LIST_SCALE_MAX, PEOPLE, type Registration, type Resident } from './registration.ts';
import { STORY_DAY, VINTAGE_DAYS, vintagesOf } from './vintages.ts';

/**
 * People of state F's list at scale 1: a miniature, as docs/methods/replay.md says. The smallest of
 * its sixty counties has the 200 records that private matching asks for.
 */
const F_PEOPLE = 17_000;
/** Fewest that hold the residents of the smallest replay. */
const F_PEOPLE_MIN = 2_400;

/** Who asked for copies, of which month (set). */
const REQUESTS: readonly (readonly [suffix: string, requester: string, day: string])[] = [
  ['a', 'Larkshaw Mailing House', '2020-06-30'],
  ['b', 'Registry Watch Cooperative', '2020-06-30'],
  ['c', 'Tollgate Data Bureau', '2020-06-30'],
  ['a', 'Larkshaw Mailing House', '2020-08-31'],
];

export interface PlanOrder extends CanaryOrder {
  readonly scale: number;
  /** Those who reported mails of the wave and whom this list has. */
  readonly residents: readonly Resident[];
}

/** State F: every month's list, and the copies of it. */
export interface PlannedF {
  /** The list of the story's month, as it is. */
  readonly list: readonly Registration[];
  readonly months: readonly (readonly Registration[])[];
  readonly copies: readonly MarkedCopy[];
  /** Place of the copy that was used. */
  readonly used: number;
  readonly spelling: Spelling;
  readonly isTarget: (row: Registration) => boolean;
  /** The recipients of the wave among the rows of the used copy, canaries too. */
  readonly mailed: readonly Registration[];
}

export function planF(order: PlanOrder, random: Random, kernels: Kernels): PlannedF {
  const people = Math.max(
    F_PEOPLE_MIN,
    Math.round(F_PEOPLE * Math.min(LIST_SCALE_MAX, order.scale)),
  );
  const { residents } = order;
  const list = inventList(
    { state: 'F', people, residents, residentsBelow: 1 },
    random.fork('list'),
  );
  const months = vintagesOf(
    list,
    { state: 'F', base: STORY_DAY, residents },
    random.fork('months'),
  );
  const isTarget = ({ party, email, place }: Registration): boolean =>
    party === PEOPLE.F.party && email !== '' && place.county.mailed > 0;
  const used = random.fork('used').between(0, 2);
  const biasKey = random.fork('bias').hex(64);
  const copies = REQUESTS.map(([suffix, requester, asOf], at) => {
    const releaseId = `state-f-${asOf}-${suffix}`;
    const draws = random.fork(`copy/${releaseId}`);
    const planted = canariesFor(order, at === used, draws.fork('canaries'));
    const canaries = planted.map(({ canary }) => canary);
    const register = registerOf(releaseId, canaries, { random: draws.fork('keys'), biasKey });
    const month = months[VINTAGE_DAYS.indexOf(asOf as (typeof VINTAGE_DAYS)[number])] ?? list;
    const told = { releaseId, requester, asOf };
    return markedCopy(
      { told, list: month, register, planted, isReached: isTarget },
      draws.fork('rows'),
      kernels,
    );
  });
  const copy = copies[used] as MarkedCopy;
  return {
    list,
    months,
    copies,
    used,
    spelling: spellingOf(copy.register, kernels),
    isTarget,
    mailed: mailedAmong(copy.rows, isTarget, random.fork('mailed')),
  };
}
