import type { Limit } from '../base/index.ts';
import type { ExposureAnswer, JurisdictionExposure, Refusal } from './assess.ts';
import { hypothesisName } from './attribution.ts';
import type { MixedCopies } from './collusion.ts';
import type { CanaryFinding, WatchFinding } from './experiments.ts';
import type { FieldHeld } from './fields-held.ts';
import type { SizeEstimate } from './size.ts';
import type { TargetingRow } from './targeting.ts';

/** The source in JSON: hypotheses by their names, probabilities to six digits. */
export interface AttributionDocument {
  /** Most probable first; `other` always among them. */
  readonly posterior: readonly { readonly hypothesis: string; readonly probability: number }[];
  readonly credibleSet: readonly string[];
}

/** A report and the list that holds what it shows. */
export interface DocumentLink {
  readonly id: string;
  readonly release: string | null;
  readonly probability: number;
}

/** One jurisdiction in JSON: its refusals stand with those of all. */
export interface JurisdictionDocument
  extends Omit<JurisdictionExposure, 'attribution' | 'listDates' | 'refusals'> {
  readonly attribution: AttributionDocument & Pick<JurisdictionExposure, 'listDates'>;
}

/**
 * The object of `tocsin exposure --json`, exact and in full (docs/json.md). `attribution`,
 * `targeting` and `fieldsHeld` are those of the jurisdiction with most linked reports;
 * `jurisdictions` has each.
 */
export interface ExposureDocument {
  readonly linkage: {
    readonly linked: number;
    readonly unresolved: number;
    readonly onNoRoll: number;
    /** Of those on no roll: people who live where no list is at hand. */
    readonly elsewhere: number;
    readonly links: readonly DocumentLink[];
  };
  readonly attribution: AttributionDocument;
  readonly size: readonly SizeEstimate[];
  readonly refusals: readonly Refusal[];
  readonly targeting: readonly TargetingRow[];
  readonly fieldsHeld: readonly FieldHeld[];
  readonly jurisdictions: readonly JurisdictionDocument[];
  readonly canaryGroups: readonly CanaryFinding[];
  readonly watched: readonly WatchFinding[];
  readonly meaning: string;
  readonly limits: readonly Limit[];
}

const round = (value: number): number => Number(value.toPrecision(6));
const rounded = (value: number | null): number | null => (value === null ? null : round(value));

/**
 * The object that `exposureJson` writes. It holds ids of reports and counts below 11:
 * `publicExposure` is for others.
 */
export function exposureDocument(
  answer: ExposureAnswer,
  limits: readonly Limit[],
): ExposureDocument {
  const { linkage, linkedRelease, releases, reports, jurisdictions } = answer;
  const count = (state: string): number =>
    linkage.links.filter((link) => link.state === state).length;
  const links = linkage.links.flatMap(({ state, probability }, at) => {
    if (state !== 'linked') return [];
    const release = linkedRelease[at] ?? null;
    return [
      {
        id: reports[at]!.id,
        release: release === null ? null : releases[release]!.manifest.releaseId,
        probability: round(probability),
      },
    ];
  });
  const parts = jurisdictions.map(partOf);
  const [first] = parts;
  return {
    linkage: {
      linked: links.length,
      unresolved: count('unresolved'),
      onNoRoll: count('on-no-roll'),
      elsewhere: answer.elsewhere,
      links,
    },
    attribution: first?.attribution ?? { posterior: [], credibleSet: [] },
    size: jurisdictions.flatMap(({ size }) => size),
    refusals: answer.refusals,
    targeting: first?.targeting ?? [],
    fieldsHeld: first?.fieldsHeld ?? [],
    jurisdictions: parts,
    canaryGroups: answer.canaryGroups.map((row) => ({ ...row, pValue: round(row.pValue) })),
    watched: answer.watched.map((row) => ({ ...row, eValue: round(row.eValue) })),
    meaning: 'A release means that release or anything derived from it.',
    limits,
  };
}

/** `tocsin exposure --json`. */
export const exposureJson = (answer: ExposureAnswer, limits: readonly Limit[]): string =>
  `${JSON.stringify(exposureDocument(answer, limits), null, 1)}\n`;

const partOf = (part: JurisdictionExposure): JurisdictionDocument => ({
  jurisdiction: part.jurisdiction,
  households: part.households,
  recipients: part.recipients,
  attribution: {
    posterior: part.attribution.posterior.map(({ hypothesis, probability }) => ({
      hypothesis: hypothesisName(hypothesis),
      probability: round(probability),
    })),
    credibleSet: part.attribution.credibleSet.map(hypothesisName),
    listDates: part.listDates,
  },
  fieldsHeld: part.fieldsHeld,
  stale: part.stale,
  movers: part.movers,
  counties: part.counties,
  size: part.size,
  mixture: part.mixture === null ? null : mixtureOf(part.mixture),
  targeting: part.targeting.map(
    ({ cell, oddsRatio, low, high, tippingPoint, suppressed, claimed }) => ({
      cell,
      oddsRatio: rounded(oddsRatio),
      low: rounded(low),
      high: rounded(high),
      tippingPoint: rounded(tippingPoint),
      suppressed,
      claimed,
    }),
  ),
});

const mixtureOf = ({ marks, copies }: MixedCopies): MixedCopies => ({
  marks,
  copies: copies.map(({ releaseId, score, pValue, inMixture }) => ({
    releaseId,
    score: round(score),
    pValue: round(pValue),
    inMixture,
  })),
});
