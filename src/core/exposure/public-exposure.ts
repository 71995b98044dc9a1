import type { Limit } from '../base/index.ts';
import type { Refusal } from './assess.ts';
import type {
  AttributionDocument,
  ExposureDocument,
  JurisdictionDocument,
} from './exposure-json.ts';
import type { Movers } from './movers.ts';
import type { SizeEstimate } from './size.ts';
import { COUNT_PUBLISHED_MIN, suppressedCells, type TargetingRow } from './targeting.ts';

/** A count of persons; null where it is 1 to 10, or would give such a count away. */
export type PublicCount = number | null;

/** An estimate that anybody may read. */
export interface PublicSize extends SizeEstimate {
  /** Its count is left out: fewer than 11 persons, or what would give such a count away. */
  readonly suppressed: boolean;
}

/** Persons of one county as anybody may read them. */
export interface PublicCounty {
  /** As the roll writes it. */
  readonly county: string;
  readonly recipients: PublicCount;
}

/** `Movers`, each count by itself shown or left out. */
export type PublicMovers = { readonly [name in keyof Movers]: PublicCount };

/** A jurisdiction without any count of 1 to 10 persons, or one that another would give away. */
export interface PublicJurisdiction
  extends Omit<
    JurisdictionDocument,
    'households' | 'recipients' | 'stale' | 'movers' | 'counties' | 'size'
  > {
  readonly households: PublicCount;
  readonly recipients: PublicCount;
  readonly stale: PublicCount;
  readonly movers: PublicMovers;
  readonly counties: readonly PublicCounty[];
  readonly size: readonly PublicSize[];
}

/** The object of `exposure --json` as a report may show it: no single report, no small count. */
export interface PublicExposure {
  readonly linkage: {
    /** Persons, each once: two reports of one person would tell of that person. */
    readonly linked: PublicCount;
    readonly unresolved: PublicCount;
    readonly onNoRoll: PublicCount;
    readonly elsewhere: PublicCount;
  };
  readonly attribution: AttributionDocument;
  readonly size: readonly PublicSize[];
  readonly refusals: readonly Refusal[];
  readonly targeting: readonly TargetingRow[];
  readonly fieldsHeld: ExposureDocument['fieldsHeld'];
  readonly jurisdictions: readonly PublicJurisdiction[];
  /** Of staff addresses, and of tests without a count: the same for every campaign. */
  readonly canaryGroups: ExposureDocument['canaryGroups'];
  readonly watched: ExposureDocument['watched'];
  readonly meaning: string;
  readonly limits: readonly Limit[];
}

const isSmall = (count: number): boolean => count > 0 && count < COUNT_PUBLISHED_MIN;

/**
 * A part of a whole that may be known: shown where neither it nor what is left of the whole is
 * small.
 */
const partOf = (part: number, whole: number): PublicCount =>
  isSmall(part) || isSmall(whole - part) ? null : part;

/**
 * Takes out every count of 1 to 10 persons, and as many others that none follows by subtraction
 * (complementary suppression). Reports fall into one class each (linked to one jurisdiction,
 * unresolved, on no roll here or elsewhere) and their sum may be known, so the classes are one
 * line; the counties of a jurisdiction are another. With `includePersonal` all stays.
 */
export function publicExposure(
  document: ExposureDocument,
  includePersonal: boolean,
): PublicExposure {
  const { linkage, jurisdictions, limits, meaning, refusals } = document;
  const hidden = includePersonal ? NOTHING_HIDDEN : hiddenClasses(document);
  const parts = jurisdictions.map((part) =>
    includePersonal ? openPart(part) : publicPart(part, hidden.has(classOf(part))),
  );
  const { linked, unresolved, onNoRoll, elsewhere } = linkage;
  const sum = (classes: readonly string[], count: number): PublicCount =>
    classes.some((each) => hidden.has(each)) ? null : count;
  const persons = jurisdictions.reduce((all, { recipients }) => all + recipients, 0);
  const [first] = parts;
  return {
    linkage: {
      linked: includePersonal ? linked : sum(jurisdictions.map(classOf), persons),
      unresolved: sum(['unresolved'], unresolved),
      onNoRoll: sum(['here', 'elsewhere'], onNoRoll),
      elsewhere: sum(['elsewhere'], elsewhere),
    },
    attribution: document.attribution,
    size: parts.flatMap(({ size }) => size),
    refusals,
    targeting: first?.targeting ?? [],
    fieldsHeld: document.fieldsHeld,
    jurisdictions: parts,
    canaryGroups: document.canaryGroups,
    watched: document.watched,
    meaning,
    limits,
  };
}

const NOTHING_HIDDEN: ReadonlySet<string> = new Set();

const classOf = ({ jurisdiction }: { readonly jurisdiction: string }): string =>
  `linked ${jurisdiction}`;

function hiddenClasses({ linkage, jurisdictions }: ExposureDocument): ReadonlySet<string> {
  const counts = new Map<string, number>([
    // Persons, of whom there can be fewer than reports.
    ...jurisdictions.map((part) => [classOf(part), part.recipients] as const),
    ['unresolved', linkage.unresolved],
    ['here', linkage.onNoRoll - linkage.elsewhere],
    ['elsewhere', linkage.elsewhere],
  ]);
  return suppressedCells(counts, [[...counts.keys()]]);
}

const openPart = (part: JurisdictionDocument): PublicJurisdiction => ({
  ...part,
  size: part.size.map((row) => ({ ...row, suppressed: false })),
});

function publicPart(part: JurisdictionDocument, isHidden: boolean): PublicJurisdiction {
  const { recipients, households, movers } = part;
  const few = isHidden || isSmall(recipients);
  const counties = publicCounties(part, few);
  const hiddenCounties = new Set(
    counties.flatMap(({ county, recipients: shown }) =>
      shown === null ? [`county:${county}`] : [],
    ),
  );
  const stale = few ? null : partOf(movers.stale, movers.linked);
  return {
    ...part,
    recipients: few ? null : recipients,
    households: few ? null : partOf(households, recipients),
    stale,
    movers: {
      linked: few ? null : partOf(recipients, movers.linked) === null ? null : movers.linked,
      stale,
      stillListed: stale === null ? null : partOf(movers.stillListed, movers.stale),
      reportedElsewhere: few ? null : partOf(movers.reportedElsewhere, movers.linked),
    },
    counties,
    size: part.size.map((row) => publicSize(row, few)),
    targeting: part.targeting.map((row) =>
      hiddenCounties.has(row.cell) ? { ...row, ...SUPPRESSED } : row,
    ),
  };
}

const SUPPRESSED = {
  oddsRatio: null,
  low: null,
  high: null,
  tippingPoint: null,
  suppressed: true,
  claimed: false,
} as const;

/**
 * One choice of hidden counties for the map and the targeting: two choices would undo each other.
 */
function publicCounties(
  { counties, targeting, recipients }: JurisdictionDocument,
  few: boolean,
): readonly PublicCounty[] {
  const named = counties.reduce((sum, { recipients: own }) => sum + own, 0);
  const counts = new Map<string, number>(
    counties.map(({ county, recipients: own }) => [county, own]),
  );
  counts.set('', Math.max(0, recipients - named));
  const hidden = suppressedCells(counts, [[...counts.keys()]]);
  const untold = new Set(targeting.flatMap(({ cell, suppressed }) => (suppressed ? [cell] : [])));
  return counties.map(({ county, recipients: own }) => ({
    county,
    recipients: few || hidden.has(county) || untold.has(`county:${county}`) ? null : own,
  }));
}

/**
 * A floor that counts people is left out where they are few; a wider estimate says the same safely.
 */
function publicSize(row: SizeEstimate, few: boolean): PublicSize {
  const { estimator, low, high } = row;
  if (estimator.startsWith('distinct linked recipients')) {
    return few ? { ...row, low: null, suppressed: true } : { ...row, suppressed: false };
  }
  return {
    ...row,
    low: low !== null && isSmall(low) ? 0 : low,
    high: high !== null && isSmall(high) ? COUNT_PUBLISHED_MIN - 1 : high,
    suppressed: false,
  };
}
