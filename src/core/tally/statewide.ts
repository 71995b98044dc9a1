import { compareText } from '../base/index.ts';
import {
  type Attribution,
  addLikelihoods,
  attributeSum,
  DEFAULT_PRIORS,
  hypothesisName,
} from '../exposure/index.ts';
import { HITS_SHOWN_MIN, shownCells } from '../psi/index.ts';
import type { CountyTally } from './county-tally.ts';

/** Why a county's tally is not in the sum, or a part of the answer is not given. */
export interface TallyRefusal {
  readonly code: TallyRefusalCode;
  /** Null where it is about all of them. */
  readonly county: string | null;
  readonly reason: string;
}

/** Each has a row in docs/failures.md. */
export type TallyRefusalCode =
  | 'tally-list-other'
  | 'tally-twice'
  | 'tally-releases-other'
  | 'tally-counties-missing';

/** `matches` of findings.json: what the counties of a state counted together. */
export interface StatewideMatch {
  readonly counties: readonly {
    readonly county: string;
    readonly records: number;
    /** People asked about. */
    readonly reports: number;
    /** Null: hidden, since it or another county's is below 11. */
    readonly matched: number | null;
  }[];
  /** People found in any county; null below 11. */
  readonly matched: number | null;
  readonly attribution: StatewideAttribution | null;
  readonly refusals: readonly TallyRefusal[];
}

/** Which release the data came from, by the hits of all counties together. */
export interface StatewideAttribution {
  /** "Release r" means r or anything derived from it. */
  readonly posterior: readonly { readonly hypothesis: string; readonly probability: number }[];
  readonly credibleSet: readonly string[];
  /** First and last day of the releases in the 95 % set; null where none is in it. */
  readonly listDates: { readonly from: string; readonly until: string } | null;
  /** Counties whose hits are in it. */
  readonly counties: number;
  /** Whether people found nowhere could be counted, since all counties took part. */
  readonly whole: boolean;
}

/** Adds what counties counted; order of the tallies does not matter. */
export function sumTallies(given: readonly CountyTally[]): StatewideMatch {
  const refusals: TallyRefusal[] = [];
  const inOrder = given.toSorted(
    (a, b) => compareText(a.county, b.county) || compareText(a.tags, b.tags),
  );
  const list = commonest(inOrder.map((tally) => tally.list));
  const counted = new Map<string, CountyTally>();
  for (const tally of inOrder) {
    const { county } = tally;
    if (tally.list !== list)
      refusals.push({ code: 'tally-list-other', county, reason: LIST_OTHER });
    else if (counted.has(county)) refusals.push({ code: 'tally-twice', county, reason: TWICE });
    else counted.set(county, tally);
  }
  const tallies = [...counted.values()];
  const found = tallies.reduce((sum, { matched }) => sum + matched, 0);
  const shown = shownCells(
    tallies.map(({ county, records, matched }) => ({
      label: county,
      count: records,
      hits: matched,
    })),
  );
  const source = attributionOf(tallies, found);
  return {
    counties: tallies.map(({ county, records, asked }, at) => ({
      county,
      records,
      reports: asked,
      matched: shown[at]!.hits,
    })),
    matched: found > 0 && found < HITS_SHOWN_MIN ? null : found,
    attribution: source.attribution,
    refusals: [...refusals, ...source.refusals],
  };
}

const LIST_OTHER = 'it was counted for another list of reports; only counts of one list add';
const TWICE = 'another tally of this county is in the sum already';
const RELEASES_OTHER = 'its tags tell other releases apart than those of most counties';
const COUNTIES_MISSING =
  'not all counties of the state took part, or their number was not said when the list was committed:' +
  ' people who were found nowhere may be on a roll, so they say nothing about the source';

interface Source {
  readonly attribution: StatewideAttribution | null;
  readonly refusals: readonly TallyRefusal[];
}

function attributionOf(tallies: readonly CountyTally[], found: number): Source {
  const told = tallies.filter(({ likelihood }) => likelihood !== null);
  const releases = commonest(told.map(releasesKey));
  const alike = told.filter((tally) => releasesKey(tally) === releases);
  const [first] = alike;
  if (first === undefined) return { attribution: null, refusals: [] };
  const apart = tallies.filter((tally) => !alike.includes(tally));
  const refusals: TallyRefusal[] = apart.map(({ county }) => ({
    code: 'tally-releases-other',
    county,
    reason: RELEASES_OTHER,
  }));
  const whole = first.counties !== null && alike.length >= first.counties;
  if (!whole) {
    refusals.push({ code: 'tally-counties-missing', county: null, reason: COUNTIES_MISSING });
  }
  const attribution = attributeSum({
    jurisdiction: stateOf(first),
    releases: first.releases.map((release) => ({ ...release, logEvidence: 0 })),
    likelihood: addLikelihoods(alike.flatMap(({ likelihood }) => likelihood ?? [])),
    onNoRoll: whole ? Math.max(0, first.asked - found) : null,
    logEvidenceOther: 0,
    // Relatives who report together are one draw: the list tells how many households it names.
    independence: first.households / first.asked,
    priors: DEFAULT_PRIORS,
  });
  return {
    attribution: {
      ...named(attribution),
      listDates: listDatesOf(attribution, first),
      counties: alike.length,
      whole,
    },
    refusals,
  };
}

/** The USPS code that a jurisdiction begins with. */
const stateOf = ({ releases }: CountyTally): string =>
  releases[0]?.jurisdiction.slice(0, 2).toUpperCase() ?? '';

/** Counties cut their part out of one release: what has to be alike for likelihoods to add. */
const releasesKey = (tally: CountyTally): string =>
  JSON.stringify([
    stateOf(tally),
    ...tally.releases.map(({ id, asOf, subset }) => [id, asOf, subset]),
  ]);

function named({ posterior, credibleSet }: Attribution) {
  return {
    posterior: posterior.map(({ hypothesis, probability }) => ({
      hypothesis: hypothesisName(hypothesis),
      probability: Number(probability.toPrecision(6)),
    })),
    credibleSet: credibleSet.map(hypothesisName),
  };
}

function listDatesOf(
  { credibleSet }: Attribution,
  { releases }: CountyTally,
): StatewideAttribution['listDates'] {
  const days = credibleSet
    .flatMap((hypothesis) => {
      if (hypothesis.kind === 'live') return [hypothesis.from, hypothesis.until];
      if (hypothesis.kind === 'other') return [];
      return releases.filter(({ id }) => id === hypothesis.releaseId).map(({ asOf }) => asOf);
    })
    .sort();
  return days.length === 0 ? null : { from: days[0]!, until: days.at(-1)! };
}

/** The value that stands there most often; among equals the first in order of their text. */
function commonest(values: readonly string[]): string | null {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  const [best] = [...counts].sort(([a, m], [b, n]) => n - m || compareText(a, b));
  return best?.[0] ?? null;
}
