import type { Json, Limit } from '../../core/base/index.ts';
import {
  assessGroups,
  type ExposureDocument,
  exposureDocument,
  type GatheredGroups,
  SIZE_REPORTS_MIN,
} from '../../core/exposure/index.ts';
import type { RollShelf, ShelvedRelease } from '../ports/index.ts';

/**
 * Whose data it was: recipients of each campaign linked to list releases, source, size, targeting.
 */
export const EXPOSURE = { stage: 'exposure', methodVersion: 5 } as const;

/** Below this nothing is said of a campaign but that it has too few. */
export const EXPOSURE_REPORTS_MIN = SIZE_REPORTS_MIN;

/** A linked report: the only rows of a list that enter the case. */
export interface LinkedRow {
  /** `EXHIBIT/PATH` of the report. */
  readonly report: string;
  /** `JURISDICTION/ID` of the row. */
  readonly row: string;
  readonly probability: number;
}

export interface CampaignExposureOutput {
  readonly campaign: string;
  /** Different recipients that its members name. */
  readonly reports: number;
  /** Without its links: `rows` has them. */
  readonly document: ExposureDocument;
  readonly rows: readonly LinkedRow[];
}

export interface ExposureOutput {
  readonly releases: readonly ShelvedRelease[];
  readonly campaigns: readonly CampaignExposureOutput[];
  /** Campaigns with too few reports that name a recipient. */
  readonly few: readonly string[];
  readonly limits: readonly Limit[];
}

export interface ExposureWork {
  readonly shelf: RollShelf;
  readonly gathered: GatheredGroups;
  readonly evidence: Parameters<typeof assessGroups>[0];
  readonly few: readonly string[];
  readonly limits: readonly Limit[];
}

export function exposureOutput({
  shelf,
  gathered,
  evidence,
  few,
  limits,
}: ExposureWork): ExposureOutput & Json {
  const answers = assessGroups(evidence, gathered, shelf.registers);
  const campaigns = answers.map((answer, at) => {
    const document = exposureDocument(answer, []);
    return {
      campaign: gathered.groups[at]?.id ?? '',
      reports: answer.reports.length,
      document: { ...document, linkage: { ...document.linkage, links: [] } },
      rows: answer.linkage.links.flatMap(({ probability }, report) => {
        const row = answer.linkedPerson[report] ?? null;
        const id = answer.reports[report]?.id ?? '';
        return row === null
          ? []
          : [{ report: id, row, probability: Number(probability.toPrecision(6)) }];
      }),
    };
  });
  return { releases: shelf.releases, campaigns, few, limits } as unknown as ExposureOutput & Json;
}
