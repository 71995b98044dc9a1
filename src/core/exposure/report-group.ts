import {
  assessExposure,
  type ExposureAnswer,
  type ExposureEvidence,
  type ReadRelease,
} from './assess.ts';
import { canaryEvidence, canaryHits, type SealedRegister } from './canaries.ts';
import type { ExposureReport } from './report.ts';

/** Reports of one campaign. */
export interface ReportGroup {
  readonly id: string;
  readonly reports: readonly ExposureReport[];
}

/**
 * Reports of canaries tell of a copy, not of voters: they are counted and taken out. The hits stand
 * in the order of the registers.
 */
export function apartFromCanaries(
  reports: readonly ExposureReport[],
  registers: readonly (SealedRegister | null)[],
): { readonly reports: readonly ExposureReport[]; readonly hits: readonly number[] } {
  const planted = new Set(
    registers
      .flatMap((register) => register?.canaries ?? [])
      .map(({ email }) => email.toLowerCase()),
  );
  return {
    reports: reports.filter(({ recipient }) => !planted.has(recipient.email.toLowerCase())),
    hits: registers.map((register) => canaryHits(register?.canaries ?? [], reports).size),
  };
}

/** What the registers say of each release, once it is known how many of its canaries were met. */
export const plantedIn = (
  registers: readonly (SealedRegister | null)[],
  hits: readonly number[],
): readonly Pick<ReadRelease, 'planted' | 'markKeys' | 'canaries'>[] =>
  registers.map((register, at) => {
    const planted = register?.canaries.length ?? 0;
    const met = hits[at] ?? 0;
    return {
      planted: canaryEvidence(met, planted),
      markKeys: register?.keys ?? null,
      canaries: { hits: met, planted },
    };
  });

/**
 * The evidence of one group among reports that were read together: as if it had been read alone.
 * `places` are those of its reports in the evidence.
 */
function evidenceOf(evidence: ExposureEvidence, places: readonly number[]): ExposureEvidence {
  const reports = new Map(places.map((place, at) => [place, at]));
  const versions = new Map<number, number>();
  const pairs = evidence.pairs.flatMap(([report, version]) => {
    const own = reports.get(report);
    if (own === undefined) return [];
    const at = versions.get(version) ?? versions.size;
    versions.set(version, at);
    return [[own, at] as const];
  });
  return {
    ...evidence,
    reports: places.map((place) => evidence.reports[place]!),
    keys: places.map((place) => evidence.keys[place]!),
    versions: [...versions.keys()].map((version) => evidence.versions[version]!),
    pairs,
  };
}

/** Groups side by side, their canaries taken out: what the rolls are read for, once for all. */
export interface GatheredGroups {
  readonly reports: readonly ExposureReport[];
  /** By group: places of its reports, and hits on each release's canaries. */
  readonly groups: readonly {
    readonly id: string;
    readonly places: readonly number[];
    readonly hits: readonly number[];
  }[];
}

/**
 * Puts the reports of all groups into one list, so that every roll is read once for all of them.
 */
export function gatherGroups(
  groups: readonly ReportGroup[],
  registers: readonly (SealedRegister | null)[],
): GatheredGroups {
  const all: ExposureReport[] = [];
  const gathered = groups.map(({ id, reports }) => {
    const apart = apartFromCanaries(reports, registers);
    const places = apart.reports.map((report) => all.push(report) - 1);
    return { id, places, hits: apart.hits };
  });
  return { reports: all, groups: gathered };
}

/** The answer for each group, in their order. */
export const assessGroups = (
  evidence: ExposureEvidence,
  { groups }: GatheredGroups,
  registers: readonly (SealedRegister | null)[],
): readonly ExposureAnswer[] =>
  groups.map(({ places, hits }) => {
    const planted = plantedIn(registers, hits);
    return assessExposure({
      ...evidenceOf(evidence, places),
      releases: evidence.releases.map((release, at) => ({ ...release, ...planted[at] })),
    });
  });
