import type { OfficeTruth, TrueList } from '../invented/index.ts';
import type { ReplayTruth } from '../replay/index.ts';
import type { AccessLogSummary, Investigation, MatchesSummary } from '../report/index.ts';
import type { Share } from './score.ts';
import { type SourceScore, scoreSource } from './source-score.ts';

/** The parts of an investigation that rest on lists and logs; null where none were given. */
export type OfficeFindings = Pick<Investigation, 'exposure' | 'accessLog' | 'matches'>;

/** How what was said of lists and logs compares with what is true of them. */
export interface OfficeScore {
  readonly lists: readonly ListScore[];
  readonly fields: FieldsScore | null;
  readonly log: LogScore | null;
  readonly matches: MatchScore | null;
}

/** One state's list. */
export interface ListScore {
  readonly jurisdiction: string;
  readonly source: SourceScore;
  /** Whether the bracket of list dates holds the day of the true list; null: no day was said. */
  readonly dates: boolean | null;
  /**
   * Whether exactly the right fields are said not to be had by everybody; null: nothing was said.
   */
  readonly notPublic: boolean | null;
  readonly sizes: readonly SizeScore[];
  readonly targeting: TargetingScore;
}

/** One bound or interval, and whether the truth lies within it. */
export interface SizeScore {
  readonly label: string;
  readonly estimator: string;
  readonly low: number | null;
  readonly high: number | null;
  readonly truth: number;
  readonly covers: boolean;
}

export interface TargetingScore {
  /** Of the groups that were claimed: those that the senders did prefer. */
  readonly claims: Share;
  /** Whether the party that the wave was after is among them; null: no group was told of. */
  readonly partyClaimed: boolean | null;
  /** Whether its interval holds the truth; null: it was not claimed. */
  readonly partyCovered: boolean | null;
}

export interface FieldsScore {
  readonly found: Share;
  readonly missed: readonly string[];
  /** Said to be shown, though no mail shows it. */
  readonly extra: readonly string[];
}

export interface LogScore {
  /** Records whose lines the log has: whom the office can notify for certain. */
  readonly victims: { readonly said: number | null; readonly truth: number };
  readonly taken: SizeScore;
  /** First and last second of the script's work exactly right. */
  readonly times: boolean;
}

export interface MatchScore {
  /** Of the counties whose count is shown: shown exactly. */
  readonly exact: Share;
  /** Counties whose count is hidden, and those of 1 to 10 people that should have been. */
  readonly hidden: number;
  readonly smallShown: number;
  readonly matched: { readonly said: number | null; readonly truth: number };
  readonly source: SourceScore;
}

/** Scores what rests on lists and logs; null where the investigation was given none of them. */
export function scoreOffice(
  { office }: ReplayTruth,
  findings: Partial<OfficeFindings>,
  ownCampaigns: ReadonlySet<string>,
): OfficeScore | null {
  const { exposure = null, accessLog = null, matches = null } = findings;
  if (exposure === null && accessLog === null && matches === null) return null;
  const campaign = exposure?.campaigns.find(({ campaign: id }) => ownCampaigns.has(id));
  return {
    lists: exposure === null ? [] : office.lists.map((list) => listScore(list, campaign)),
    fields: exposure === null ? null : fieldsScore(office, campaign),
    log: accessLog === null ? null : logScore(office, accessLog),
    matches: matches === null ? null : matchScore(office, matches),
  };
}

type CampaignExposure = NonNullable<OfficeFindings['exposure']>['campaigns'][number] | undefined;

function listScore(truth: TrueList, campaign: CampaignExposure): ListScore {
  const said = campaign?.jurisdictions.find(
    ({ jurisdiction }) => jurisdiction === truth.jurisdiction,
  );
  return {
    jurisdiction: truth.jurisdiction,
    source: scoreSource(truth.releaseId, said?.attribution),
    dates: dated(truth, said?.attribution.listDates ?? null),
    notPublic: said === undefined ? null : publicity(truth, said.fieldsHeld),
    sizes: (said?.size ?? [])
      .filter(({ suppressed }) => !suppressed)
      .map(({ label, estimator, low, high }) => {
        const is = label === 'mailed' ? truth.mailed : truth.taken;
        return { label, estimator, low, high, truth: is, covers: covers(label, low, high, is) };
      }),
    targeting: targetingScore(truth, said?.targeting ?? []),
  };
}

type SaidList = NonNullable<CampaignExposure>['jurisdictions'][number];

const dated = (
  { asOf }: TrueList,
  said: { readonly from: string; readonly until: string } | null,
): boolean | null => (said === null ? null : said.from <= asOf && asOf <= said.until);

function publicity({ notPublic }: TrueList, said: SaidList['fieldsHeld']): boolean {
  const closed = said.flatMap(({ field, availability }) =>
    availability === 'never' || availability === 'restricted' ? [field] : [],
  );
  return closed.toSorted().join() === notPublic.toSorted().join();
}

/** A floor bounds from below only, a ceiling from above only. */
function covers(label: string, low: number | null, high: number | null, truth: number): boolean {
  const above = label === 'taken, at most' || (low ?? 0) <= truth;
  const below = label === 'taken, at least' || high === null || truth <= high;
  return above && below;
}

type SaidCell = NonNullable<CampaignExposure>['targeting'][number];

function targetingScore(truth: TrueList, said: readonly SaidCell[]): TargetingScore {
  const cells = new Map(truth.targeting.map((cell) => [cell.cell, cell]));
  const claimed = said.filter((row) => row.claimed);
  const preferred = claimed.filter(({ cell }) => {
    const is = cells.get(cell);
    return is !== undefined && (is.oddsRatio === null || is.oddsRatio > 1);
  });
  const party = truth.targeting.find(
    ({ cell, mailed }) => /^party:[^,]*$/.test(cell) && mailed > 0,
  );
  const own = claimed.find(({ cell }) => cell === party?.cell);
  const ratio = party?.oddsRatio ?? Number.POSITIVE_INFINITY;
  return {
    claims: { hits: preferred.length, of: claimed.length },
    partyClaimed: said.length === 0 ? null : own !== undefined,
    partyCovered:
      own === undefined
        ? null
        : (own.low ?? 0) <= ratio && ratio <= (own.high ?? Number.POSITIVE_INFINITY),
  };
}

function fieldsScore({ lists }: OfficeTruth, campaign: CampaignExposure): FieldsScore {
  const held = new Set<string>(lists.flatMap(({ fieldsHeld }) => fieldsHeld));
  const said = new Set(
    (campaign?.fields ?? []).filter(({ shown }) => shown).map(({ field }) => field as string),
  );
  const missed = [...held].filter((field) => !said.has(field)).sort();
  return {
    found: { hits: held.size - missed.length, of: held.size },
    missed,
    extra: [...said].filter((field) => !held.has(field)).sort(),
  };
}

function logScore({ log }: OfficeTruth, said: AccessLogSummary): LogScore {
  const { atLeast, atMost } = said.taken;
  const bounded =
    atLeast !== null && atMost !== null && atLeast <= log.taken && log.taken <= atMost;
  const at = (times: readonly string[], pick: (...all: number[]) => number): number =>
    pick(...times.map((time) => Date.parse(time)));
  const from = at(
    said.actors.map((actor) => actor.from),
    Math.min,
  );
  const until = at(
    said.actors.map((actor) => actor.until),
    Math.max,
  );
  return {
    victims: { said: atLeast, truth: log.logged },
    taken: {
      label: 'taken',
      estimator: 'look-up page log',
      low: atLeast,
      high: atMost,
      truth: log.taken,
      covers: bounded,
    },
    times: from === Date.parse(log.from) && until === Date.parse(log.until),
  };
}

/** Counts below it are not published. */
const SHOWN_MIN = 11;

function matchScore({ matches, lists }: OfficeTruth, said: MatchesSummary): MatchScore {
  const truth = new Map((matches?.counties ?? []).map((one) => [one.county, one.matched]));
  const shown = said.counties.filter(({ matched }) => matched !== null);
  const small = ({ county }: { readonly county: string }): boolean => {
    const is = truth.get(county) ?? 0;
    return is > 0 && is < SHOWN_MIN;
  };
  const month = lists.find(({ source }) => source === 'copy')?.sameRows[0] ?? '';
  return {
    exact: {
      hits: shown.filter(({ county, matched }) => truth.get(county) === matched).length,
      of: shown.length,
    },
    hidden: said.counties.length - shown.length,
    smallShown: shown.filter(small).length,
    matched: {
      said: said.matched,
      truth: [...truth.values()].reduce((sum, count) => sum + count, 0),
    },
    source: scoreSource(month, said.attribution ?? undefined),
  };
}
