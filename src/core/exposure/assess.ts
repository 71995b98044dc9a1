import type { Kernels } from '../base/index.ts';
import type { ReleaseManifest, RollField } from '../roll/index.ts';
import {
  type Attribution,
  attributeSource,
  DEFAULT_PRIORS,
  probabilityOf,
  type ShownRecord,
} from './attribution.ts';
import { type MixedCopies, mixtureOf } from './collusion.ts';
import type { PersonKeys } from './comparison.ts';
import { credibleReleases } from './credible-releases.ts';
import {
  type CanaryFinding,
  canariesByLot,
  type WatchFinding,
  watchedGroups,
} from './experiments.ts';
import { type FieldHeld, fieldEvidence, fieldsHeld, fieldsShown } from './fields-held.ts';
import { type Link, type Linkage, linkReports, presenceOf, type RecordVersion } from './linkage.ts';
import { type LegibleMark, legibleMarks, type MarkKeys, markEvidence } from './marks.ts';
import { type CountyCount, countiesOf, type Movers, moversOf } from './movers.ts';
import type { ExposureReport } from './report.ts';
import { type Residence, residencesOf } from './residence.ts';
import { linkedRecipients, releaseSize, SIZE_REPORTS_MIN, type SizeEstimate } from './size.ts';
import { type SizeFacts, sizeFromFacts } from './size-facts.ts';
import { collapseCounts, collapseStratum, parseStratum, type StrataDimensions } from './strata.ts';
import { targetingOf } from './targeted-cells.ts';
import type { TargetingRow } from './targeting.ts';

/** A release with what was counted in it. */
export interface ReadRelease {
  readonly manifest: ReleaseManifest;
  /** Fields that its layout holds, for manifests that do not say. */
  readonly fields: ReadonlySet<RollField>;
  readonly counts: ReadonlyMap<string, number>;
  /** log likelihood of its canaries' hits if this release, and if any other source. */
  readonly planted: { readonly ifThis: number; readonly ifOther: number };
  /** What reads its marks; null where they are not at hand or none were planted. */
  readonly markKeys: MarkKeys | null;
  /** How many of its canaries reports speak of. */
  readonly canaries: { readonly hits: number; readonly planted: number };
}

/** Everything that the rolls and the reports say, as the roll engine read it. */
export interface ExposureEvidence {
  readonly reports: readonly ExposureReport[];
  readonly keys: readonly PersonKeys[];
  readonly versions: readonly RecordVersion[];
  readonly pairs: readonly (readonly [report: number, version: number])[];
  readonly sample: readonly PersonKeys[];
  readonly shares: {
    readonly first: ReadonlyMap<string, number>;
    readonly last: ReadonlyMap<string, number>;
  };
  /** In the order of their days. */
  readonly releases: readonly ReadRelease[];
  /** By jurisdiction: what its releases tell of strata alike. */
  readonly dimensions: ReadonlyMap<string, StrataDimensions>;
  /**
   * By jurisdiction: different record versions over all of its releases, by stratum of those
   * dimensions; on large rolls from a share of the hashes.
   */
  readonly versionCounts: ReadonlyMap<string, ReadonlyMap<string, number>>;
  readonly facts: SizeFacts;
  readonly kernels: Kernels;
}

/**
 * A question that the evidence cannot answer, and why: it stands beside the answers, never left
 * out.
 */
export interface Refusal {
  readonly question: string;
  readonly reason: string;
}

/** What is said about one jurisdiction. */
export interface JurisdictionExposure {
  readonly jurisdiction: string;
  /** Linked reports, one a household. */
  readonly households: number;
  readonly recipients: number;
  readonly attribution: Attribution;
  /** First and last day of the releases in the 95 % set; null where none is in it. */
  readonly listDates: { readonly from: string; readonly until: string } | null;
  readonly fieldsHeld: readonly FieldHeld[];
  /** Linked reports whose shown data the newest list of the whole roll no longer holds. */
  readonly stale: number;
  readonly movers: Movers;
  /** Linked persons by the county of their roll row; empty where the rolls name none. */
  readonly counties: readonly CountyCount[];
  readonly size: readonly SizeEstimate[];
  readonly targeting: readonly TargetingRow[];
  /** Which marked copies went into a mixture; null where that cannot be told. */
  readonly mixture: MixedCopies | null;
  readonly refusals: readonly Refusal[];
}

/** What `tocsin exposure` knows: one answer over all lists, then one for each jurisdiction. */
export interface ExposureAnswer {
  readonly reports: readonly ExposureReport[];
  readonly linkage: Linkage;
  /**
   * Reports on no roll whose recipients live where no list is at hand: they tell nothing of these.
   */
  readonly elsewhere: number;
  /** Place of a release that holds what each linked report shows; null for others. */
  readonly linkedRelease: readonly (number | null)[];
  /** `jurisdiction/row id` of the person each linked report speaks of; null for others. */
  readonly linkedPerson: readonly (string | null)[];
  readonly releases: readonly ReadRelease[];
  /** Most linked reports first. */
  readonly jurisdictions: readonly JurisdictionExposure[];
  /** From the facts: canaries put into groups by lot, and groups that a dashboard watches. */
  readonly canaryGroups: readonly CanaryFinding[];
  readonly watched: readonly WatchFinding[];
  readonly refusals: readonly Refusal[];
}

/** One linked report, ready to be counted. */
export interface LinkedRecord {
  readonly report: number;
  readonly version: RecordVersion;
  readonly presence: readonly number[];
}

/** The whole answer: linkage, then source, fields, size and targeting for each jurisdiction. */
export function assessExposure(evidence: ExposureEvidence): ExposureAnswer {
  const linkage = linkReports({
    ...evidence,
    reports: evidence.keys,
    rollSize: largestLists(evidence, rowsOf),
    emails: largestLists(evidence, rowsWithEmail),
  });
  const records = linkedRecords(evidence, linkage.links);
  const residences = residencesOf(evidence, records);
  const listed = new Set(evidence.releases.map(({ manifest }) => manifest.jurisdiction));
  const byJurisdiction = Map.groupBy(records, ({ version }) => jurisdictionOf(evidence, version));
  const jurisdictions = [...byJurisdiction]
    .sort(([a, left], [b, right]) => right.length - left.length || (a < b ? -1 : 1))
    .map(([jurisdiction, own], at) =>
      assessJurisdiction(evidence, {
        jurisdiction,
        own,
        linkage,
        residences,
        several: listed.size > 1,
        leads: at === 0,
      }),
    );
  const linkedRelease: (number | null)[] = evidence.reports.map(() => null);
  for (const { report, presence } of records) linkedRelease[report] = presence.at(-1) ?? null;
  return {
    reports: evidence.reports,
    linkage,
    elsewhere: linkage.links.filter(
      ({ state }, at) => state === 'on-no-roll' && residences[at] === 'elsewhere',
    ).length,
    linkedRelease,
    linkedPerson: personsOf(evidence, records),
    releases: evidence.releases,
    jurisdictions,
    canaryGroups: canariesByLot(evidence.facts.canaryStrata),
    watched: watchedGroups(evidence.facts.daily),
    refusals:
      jurisdictions.length === 0
        ? NOTHING_LINKED
        : [
            ...jurisdictions.flatMap(({ refusals }) => refusals),
            ...[...listed]
              .filter((jurisdiction) => !byJurisdiction.has(jurisdiction))
              .map((jurisdiction) => ({
                question: `source, ${jurisdiction}`,
                reason: 'no report is linked to a person on a list of this jurisdiction',
              })),
          ],
  };
}

const personsOf = (
  { reports }: ExposureEvidence,
  records: readonly LinkedRecord[],
): readonly (string | null)[] => {
  const persons = new Map(records.map(({ report, version }) => [report, version.person]));
  return reports.map((_, at) => persons.get(at) ?? null);
};

const NOTHING_LINKED: readonly Refusal[] = ['source', 'size', 'targeting'].map((question) => ({
  question,
  reason: 'no report is linked to a roll with a probability of .95',
}));

const rowsOf = ({ counts }: ReadRelease): number =>
  [...counts.values()].reduce((sum, count) => sum + count, 0);

const rowsWithEmail = ({ counts }: ReadRelease): number =>
  [...counts].reduce(
    (sum, [stratum, rows]) => sum + (parseStratum(stratum).hasEmail ? rows : 0),
    0,
  );

/**
 * Persons whom a report may speak of: the largest list of each jurisdiction, by the rows that
 * count.
 */
function largestLists(
  { releases }: ExposureEvidence,
  rows: (release: ReadRelease) => number,
): number {
  const largest = new Map<string, number>();
  for (const release of releases) {
    const { jurisdiction } = release.manifest;
    largest.set(jurisdiction, Math.max(largest.get(jurisdiction) ?? 0, rows(release)));
  }
  return Math.max(
    1,
    [...largest.values()].reduce((sum, each) => sum + each, 0),
  );
}

const jurisdictionOf = (
  { releases }: ExposureEvidence,
  { releases: held }: RecordVersion,
): string => releases[held[0] ?? 0]?.manifest.jurisdiction ?? '';

function linkedRecords(
  { versions, keys }: ExposureEvidence,
  links: readonly Link[],
): readonly LinkedRecord[] {
  const ofPerson = Map.groupBy(versions, ({ person }) => person);
  return links.flatMap(({ state, version }, report) => {
    if (state !== 'linked' || version === null) return [];
    const best = versions[version]!;
    const presence = presenceOf(keys[report]!, version, ofPerson.get(best.person) ?? [], versions);
    return [{ report, version: best, presence }];
  });
}

/** The first report of each household: relatives who report together are one draw, not four. */
function onePerHousehold(records: readonly LinkedRecord[]): readonly LinkedRecord[] {
  const seen = new Set<string>();
  return records.filter(({ version: { keys, person } }) => {
    const home =
      keys.house === '' || keys.street === ''
        ? person
        : `${keys.last}|${keys.house}|${keys.street}|${keys.zip}`;
    if (seen.has(home)) return false;
    seen.add(home);
    return true;
  });
}

interface Scope {
  readonly jurisdiction: string;
  readonly own: readonly LinkedRecord[];
  readonly linkage: Linkage;
  readonly residences: readonly Residence[];
  /** Lists of several jurisdictions are at hand. */
  readonly several: boolean;
  readonly leads: boolean;
}

function assessJurisdiction(evidence: ExposureEvidence, scope: Scope): JurisdictionExposure {
  const { jurisdiction, own } = scope;
  const households = onePerHousehold(own);
  const shown = fieldsShown(own.map(({ report }) => evidence.reports[report]!));
  const { attribution, local } = attribute(evidence, scope, { households, shown });
  const credible = credibleReleases(evidence.releases, attribution, local);
  const recipients = new Set(own.map(({ version }) => version.person)).size;
  const probabilityOther = probabilityOf(attribution, ({ kind }) => kind === 'other');
  const refusals: Refusal[] = [];
  const tag = scope.several ? `, ${jurisdiction}` : '';
  const size = [...linkedRecipients(recipients)];
  if (recipients < SIZE_REPORTS_MIN) {
    refusals.push({
      question: `size${tag}`,
      reason: `fewer than ${SIZE_REPORTS_MIN} recipients are linked: matched counts and nothing else`,
    });
  } else {
    const bounded = releaseSize({
      probabilityOther,
      rows: credible.map((place) => rowsOf(evidence.releases[place]!)),
    });
    if (bounded.ok) size.push(...bounded.value);
    else refusals.push({ question: `taken, at most${tag}`, reason: bounded.failure.reason });
  }
  // Facts of the case are about one campaign: they are told with the list that most reports are
  // linked to.
  if (scope.leads) {
    const told = sizeFromFacts(settingOf(evidence, scope, credible));
    size.push(...told.estimates);
    refusals.push(...told.refusals);
  }
  const targeted = targetingOf(evidence, { households, credible, probabilityOther });
  if (!targeted.ok) refusals.push({ question: `targeting${tag}`, reason: targeted.failure });
  const mixture = mixtureOf(evidence, jurisdiction, marksOf(evidence.reports, own));
  if (mixture !== null && !mixture.ok) {
    refusals.push({ question: `mixed copies${tag}`, reason: mixture.failure });
  }
  const newest = evidence.releases.findLastIndex(
    ({ manifest }) => manifest.jurisdiction === jurisdiction && manifest.rowFilter === null,
  );
  const days = credible.map((place) => evidence.releases[place]!.manifest.asOf).sort();
  return {
    jurisdiction,
    households: households.length,
    recipients,
    attribution,
    listDates: days.length === 0 ? null : { from: days[0]!, until: days.at(-1)! },
    fieldsHeld: fieldsHeld(jurisdiction, shown, evidence.releases),
    stale: newest === -1 ? 0 : own.filter(({ presence }) => !presence.includes(newest)).length,
    movers: moversOf(evidence, { own, newest, jurisdiction }),
    counties: countiesOf(own),
    size: size.map((row) =>
      scope.several ? { ...row, estimator: `${row.estimator}${tag}` } : row,
    ),
    targeting: targeted.ok ? targeted.value : [],
    mixture: mixture?.ok ? mixture.value : null,
    refusals,
  };
}

function settingOf(
  { releases, reports, facts }: ExposureEvidence,
  { own }: Scope,
  credible: readonly number[],
): Parameters<typeof sizeFromFacts>[0] {
  const release = releases[credible[0] ?? -1];
  const all = release === undefined ? 0 : rowsOf(release);
  const reached = release === undefined ? 0 : rowsWithEmail(release);
  const named = own.filter(({ report }) => reports[report]?.channel !== null);
  const channels = Map.groupBy(named, ({ report }) => reports[report]?.channel);
  return {
    facts,
    canaries: release?.canaries ?? { hits: 0, planted: 0 },
    rows: { all, reached },
    channels: [...channels.values()].map((of) => new Set(of.map(({ version }) => version.person))),
  };
}

/** Canaries and marks of one copy, the marks read from every linked report. */
function plantedEvidence(
  { releases, reports, kernels }: ExposureEvidence,
  place: number,
  own: readonly LinkedRecord[],
): ReadRelease['planted'] {
  const { planted, markKeys } = releases[place]!;
  if (markKeys === null) return planted;
  const read = markEvidence(marksOf(reports, own), markKeys, kernels);
  return { ifThis: planted.ifThis + read.ifThis, ifOther: planted.ifOther + read.ifOther };
}

/** Every mark that the linked reports show. */
const marksOf = (
  reports: ExposureEvidence['reports'],
  own: readonly LinkedRecord[],
): readonly LegibleMark[] =>
  own.flatMap(({ report, version }) =>
    legibleMarks(reports[report]!.recipient.street, voterIdOf(version.person)),
  );

/** A person is named `jurisdiction/voter id`. */
const voterIdOf = (person: string): string => person.slice(person.indexOf('/') + 1);

function attribute(
  evidence: ExposureEvidence,
  { jurisdiction, linkage, own, residences }: Scope,
  {
    households,
    shown,
  }: { readonly households: readonly LinkedRecord[]; readonly shown: ReadonlySet<RollField> },
): { readonly attribution: Attribution; readonly local: readonly number[] } {
  const { releases, dimensions, versionCounts } = evidence;
  const local = [...releases.keys()].filter(
    (place) => releases[place]?.manifest.jurisdiction === jurisdiction,
  );
  const here = new Map(local.map((place, at) => [place, at]));
  const shared = dimensions.get(jurisdiction) ?? { party: false, email: false, county: false };
  const records: ShownRecord[] = households.map(({ version, presence }) => ({
    stratum: collapseStratum(version.strata.at(-1) ?? '', shared),
    releases: presence.flatMap((place) => here.get(place) ?? []),
  }));
  // A person on no roll tells of the lists of where they live, and of no other.
  const onNoRoll = linkage.links.filter(
    ({ state }, at) => state === 'on-no-roll' && residences[at] === jurisdiction,
  ).length;
  const planted = new Map(local.map((place) => [place, plantedEvidence(evidence, place, own)]));
  const allOther = [...planted.values()].reduce((sum, { ifOther }) => sum + ifOther, 0);
  const attribution = attributeSource({
    jurisdiction,
    releases: local.map((place) => {
      const { manifest, counts, fields } = releases[place]!;
      const { ifThis, ifOther } = planted.get(place)!;
      return {
        id: manifest.releaseId,
        asOf: manifest.asOf,
        subset: manifest.rowFilter !== null,
        counts: collapseCounts(counts, shared),
        logEvidence: fieldEvidence(shown, manifest, fields) + ifThis + allOther - ifOther,
      };
    }),
    versionCounts: versionCounts.get(jurisdiction) ?? new Map(),
    records,
    onNoRoll,
    logEvidenceOther: allOther,
    independence: 1,
    priors: DEFAULT_PRIORS,
  });
  return { attribution, local };
}
