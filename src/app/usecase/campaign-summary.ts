import { type Instant, instantFromMilliseconds, millisecondsOf } from '../../core/base/index.ts';
import { type HeldForm, heldFormOf } from '../../core/held-form/index.ts';
import type { CampaignSummary, HourCount, MemberRef } from '../../core/report/index.ts';
import type { WordedCampaign } from '../stage/index.ts';
import type { CaseIndex } from './case-index.ts';
import { checksOf } from './check-summary.ts';
import type { NameSender } from './open-senders.ts';
import type { IndexedOriginal, Judged } from './original-table.ts';

const HOUR_MS = 3_600_000;

export interface CampaignToSum {
  readonly label: string;
  readonly id: string;
  /** Reported for sure, and those that their mail may have made up. */
  readonly sure: readonly IndexedOriginal[];
  readonly inDoubt: readonly IndexedOriginal[];
  /** All of them, as the answer lists them. */
  readonly listed: Iterable<MemberRef>;
  /** Null where the campaign is beyond those whose wording is read. */
  readonly worded: WordedCampaign | null;
  readonly nameSender: NameSender;
}

/**
 * Everything that a report says of one campaign, counted from its sure members; where it has none,
 * told of the others.
 */
export function summariseCampaign(campaign: CampaignToSum): CampaignSummary {
  const { label, id, sure, inDoubt, listed, worded, nameSender } = campaign;
  const members = sure.length > 0 ? sure : inDoubt;
  const doubted = sure.filter(nameSender.isDoubted);
  const times = members.flatMap(({ at }) => (at === null ? [] : [at])).sort();
  const withRoute = members.filter(({ boundaryIp }) => boundaryIp !== null);
  const intact = members.filter(({ forward }) => forward === null || forward.intact).length;
  return {
    label,
    id,
    originals: sure.length,
    inDoubt: inDoubt.length,
    authorsInDoubt: peopleIn(inDoubt),
    doubted: doubted.length,
    authorsDoubted: peopleIn(doubted),
    distinctOriginals: new Set(members.map(({ sha256 }) => sha256)).size,
    exhibits: new Set(members.map(({ exhibit }) => exhibit)).size,
    distinctRecipients: new Set(members.flatMap(({ recipients }) => recipients)).size,
    firstAt: times[0] ?? null,
    lastAt: times.at(-1) ?? null,
    undated: members.length - times.length,
    overTime: countByHour(times),
    shownSenders: shownSenders(sure, nameSender.name),
    subjects: worded?.subjects ?? [],
    routes: commonest(withRoute.map(({ boundaryIp }) => boundaryIp ?? '')).map(
      ([ip, messages]) => ({
        ip,
        messages,
        hints: [],
      }),
    ),
    routesUnknown: members.length - withRoute.length,
    checks: checksOf(members),
    verdicts: verdictCounts(members.map(({ judged, checked }) => checked ?? judged)),
    pressure: commonest(members.flatMap(({ judged }) => judged.coercion)).map(
      ([sign, originals]) => ({ sign, originals }),
    ),
    wording: worded?.wording ?? [],
    banners: worded?.banners ?? [],
    audience: worded?.audience ?? null,
    templates: worded?.templates ?? [],
    intact,
    degraded: members.length - intact,
    members: listed,
  };
}

/** How many people wrote the mails that these came in. */
const peopleIn = (originals: readonly IndexedOriginal[]): number =>
  new Set(originals.map(({ author }) => author)).size;

/**
 * How many of each kind, and of how many that is only probable; open ones by what leaves them so.
 */
function verdictCounts(
  verdicts: readonly Pick<Judged, 'kind' | 'because' | 'isProbable'>[],
): CampaignSummary['verdicts'] {
  const keyOf = ({ kind, because }: (typeof verdicts)[number]): string =>
    `${kind} ${because ?? ''}`;
  const groups = Map.groupBy(verdicts, keyOf);
  return commonest(verdicts.map(keyOf)).flatMap(([key, originals]) => {
    const [first, ...more] = groups.get(key) ?? [];
    if (first === undefined) return [];
    const { kind, because } = first;
    const probable = [first, ...more].filter(({ isProbable }) => isProbable).length;
    return [{ kind, ...(because === undefined ? {} : { because }), originals, probable }];
  });
}

export const heldForm = ({ forward }: IndexedOriginal): HeldForm => heldFormOf({ forward });

const memberRef = (original: IndexedOriginal, senders: NameSender): MemberRef => ({
  exhibit: original.exhibit,
  path: original.path,
  sha256: original.sha256,
  held: heldForm(original),
  shownSender:
    original.from === null || senders.isInDoubt(original)
      ? null
      : senders.name(original.from.address),
  ...(senders.isInDoubt(original) ? { inDoubt: true as const } : {}),
});

/** Originals by number as an answer lists them, each made when it is its turn. */
export const memberRefs = (
  { originals }: CaseIndex,
  numbers: Uint32Array,
  nameSender: NameSender,
): Iterable<MemberRef> => ({
  *[Symbol.iterator]() {
    for (const number of numbers) yield memberRef(originals.at(number), nameSender);
  },
});

function countByHour(times: readonly Instant[]): HourCount[] {
  const hours = Map.groupBy(times, (at) => Math.floor(millisecondsOf(at) / HOUR_MS));
  return [...hours].flatMap(([hour, originals]) => {
    const start = instantFromMilliseconds(hour * HOUR_MS);
    return start === null ? [] : [{ hour: start, originals: originals.length }];
  });
}

/** Addresses in lower case with the display name most often seen beside them. */
function shownSenders(
  members: readonly IndexedOriginal[],
  nameSender: NameSender['name'],
): CampaignSummary['shownSenders'] {
  const byAddress = Map.groupBy(members, ({ from }) => {
    return from === null ? '' : nameSender(from.address.toLowerCase());
  });
  byAddress.delete('');
  return [...byAddress]
    .map(([address, messages]) => ({
      address,
      name: nameBeside(address, messages),
      messages: messages.length,
    }))
    .sort((a, b) => b.messages - a.messages || (a.address < b.address ? -1 : 1));
}

/** A display name can be a person's: it is withheld with the address. */
function nameBeside(address: string, messages: readonly IndexedOriginal[]): string {
  if (messages[0]?.from?.address.toLowerCase() !== address) return '';
  return commonest(messages.map(({ from }) => from?.name ?? ''))[0]?.[0] ?? '';
}

/** Values with their counts, commonest first, then by code unit. */
function commonest(values: readonly string[]): readonly (readonly [string, number])[] {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return byCount(counts);
}

export const byCount = <Value extends string>(
  counts: ReadonlyMap<Value, number>,
): readonly (readonly [Value, number])[] =>
  [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
