import type { Random } from '../base/index.ts';
import { assert } from '../base/index.ts';
import { ALMERA, type County, countiesBy } from '../invented/index.ts';
import { FORM_SHARES, type FormRow, houses } from '../mail-writer/index.ts';
import { type CanaryNumbers, canariesAt } from './canaries-heard.ts';
import { RELAY_SHARES, type Relay } from './relays.ts';
import { type Special, specialReports } from './specials.ts';
import { reportTimes, spread, type Volumes } from './volumes.ts';
import { STALE_SHARE, type Voter, type VoterWish, type voterMaker } from './voters.ts';
import { reportableFrom, type SentMail, sentTime, VIDEO_SHARE } from './wave.ts';
import { VARIANT_SHARES, type Wording } from './wording.ts';

/** One campaign original handed over once. */
export interface Report {
  /** When the office had it; milliseconds since 1970. */
  readonly at: number;
  readonly form: FormRow;
  readonly mail: SentMail;
  /** The voter's second report of the same mail: it went to the state's office. */
  readonly again: boolean;
}

export interface PlannedReports {
  readonly reports: readonly Report[];
  readonly canaries: CanaryNumbers;
  /** Recipients who are canaries: nobody lives there. */
  readonly canariesHeard: readonly Voter[];
}

/** Who reports which mail of the wave, when, in what form: ascending in time. */
export function planReports(
  volumes: Volumes,
  makeVoter: MakeVoter,
  random: Random,
): PlannedReports {
  const count = volumes.reports;
  const times = reportTimes(count, random.fork('times'));
  const forms = random.fork('forms').shuffle(spread(count, FORM_SHARES, 2));
  const slots = times.map((at, place) => ({ place, at, form: forms[place] as FormRow }));
  const canaries = canariesAt(count, random.fork('canaries'));
  const planted = { volumes, canariesHeard: canaries.heard };
  const specials = specialReports(slots, planted, random.fork('specials'));
  const canariesHeard: Voter[] = [];
  const free = count - [...specials.values()].filter(hasPlace).length;
  const takeCounty = countyPool(free, random.fork('counties'));
  const traits = traitsOf(count, random.fork('traits'));
  const reports: Report[] = [];
  for (const { place, at, form } of slots) {
    const special = specials.get(place) ?? {};
    const before = special.sameAs === undefined ? undefined : reports[special.sameAs.place];
    const trait = traits[place];
    assert(trait !== undefined, 'every report has its traits');
    if (before !== undefined && special.sameAs?.what === 'mail') {
      reports.push({ at, form, mail: before.mail, again: true });
      continue;
    }
    const county = special.county ?? before?.mail.recipient.county ?? takeCounty(at);
    const recipient =
      before?.mail.recipient ??
      makeVoter(
        wishFor({ special, county, form, stale: trait.stale }),
        random.fork(`voter/${place}`),
      );
    if (special.canary) canariesHeard.push(recipient);
    const mail: SentMail = {
      key: `M-${String(place + 1).padStart(5, '0')}`,
      recipient,
      wording: trait.wording,
      origin: special.secondSender === true ? 'account' : trait.relay,
      sentAt: special.sentAt ?? sentTime(county, at, random.fork(`sent/${place}`)),
      forged: special.forged === true,
    };
    reports.push({ at, form, mail, again: false });
  }
  return { reports, canaries, canariesHeard };
}

export type MakeVoter = ReturnType<typeof voterMaker>;

const hasPlace = (special: Special): boolean =>
  special.county !== undefined || special.sameAs !== undefined;

function wishFor(of: {
  readonly special: Special;
  readonly county: County;
  readonly form: FormRow;
  readonly stale: boolean;
}): VoterWish {
  const { special, county, form, stale } = of;
  return {
    county,
    stale: stale && special.canary === undefined,
    houses: houses(form.client, form.form),
    ...(special.listedIn === undefined ? {} : { listedIn: special.listedIn }),
    ...(special.email === undefined ? {} : { email: special.email }),
    ...(special.canary === undefined ? {} : { canary: true }),
  };
}

/** Hands out counties so that their shares hold, none before its part of the wave was sent. */
function countyPool(count: number, random: Random): (at: number) => County {
  const shares = countiesBy('reports').filter(([, weight]) => weight > 0);
  const left = new Map<County, number>();
  for (const county of spread(count, shares, 2)) left.set(county, (left.get(county) ?? 0) + 1);
  return (at) => {
    const ready = [...left].filter(([county, rest]) => rest > 0 && reportableFrom(county) <= at);
    const county = ready.length === 0 ? ALMERA : random.weighted(ready);
    left.set(county, (left.get(county) ?? 0) - 1);
    return county;
  };
}

interface Traits {
  readonly wording: Wording;
  readonly relay: Relay;
  readonly stale: boolean;
}

/** What varies independently from mail to mail, in exact shares. */
function traitsOf(count: number, random: Random): readonly Traits[] {
  const shuffled = <Item>(rows: readonly (readonly [Item, number])[]): Item[] =>
    random.shuffle(spread(count, rows, 2));
  const bases = shuffled<'T1' | 'T2'>([
    ['T1', 0.6],
    ['T2', 0.4],
  ]);
  const variants = shuffled(VARIANT_SHARES);
  const videos = shuffled(yesOrNo(VIDEO_SHARE));
  const relays = shuffled(RELAY_SHARES);
  const stales = shuffled(yesOrNo(STALE_SHARE));
  return bases.map((base, place) => ({
    wording: { base, variant: variants[place] ?? 'a', video: videos[place] ?? false },
    relay: relays[place] as Relay,
    stale: stales[place] ?? false,
  }));
}

const yesOrNo = (share: number): readonly (readonly [boolean, number])[] => [
  [true, share],
  [false, 1 - share],
];
