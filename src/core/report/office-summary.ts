import type { AccessLogDocument } from '../access-log/index.ts';
import type { Limit } from '../base/index.ts';
import type { PublicExposure, PublicMovers } from '../exposure/index.ts';
import type { Availability, RollField } from '../roll/index.ts';
import type { StatewideMatch } from '../tally/index.ts';

/** A list release that the office holds: what its manifest says. */
export interface ReleaseSummary {
  readonly releaseId: string;
  readonly jurisdiction: string;
  /** YYYY-MM-DD. */
  readonly asOf: string;
  readonly requester: string | null;
  readonly rows: number;
}

/** One kind of personal data, held against what the lists carry and what anyone can have. */
export interface FieldSummary {
  /** A name of NIST SP 1500-102, or words for what no list has: `social security number`. */
  readonly field: RollField | string;
  /** It stands filled in in the messages: the sender holds it. */
  readonly shown: boolean;
  /** The wording says that the sender has it, and no message shows it. */
  readonly claimed: boolean;
  /** Releases that carry it in a jurisdiction where anyone can have it. */
  readonly publicIn: readonly string[];
  /** Releases that carry it at all. */
  readonly inReleases: readonly string[];
  /** By jurisdiction of the lists, with the law or file description it rests on. */
  readonly availability: readonly {
    readonly jurisdiction: string;
    readonly availability: Availability;
    readonly basis: string | null;
  }[];
}

/** What the lists say of one campaign: the object of `exposure --json` without single reports. */
export interface CampaignExposure extends PublicExposure {
  /** Id of the campaign. */
  readonly campaign: string;
  readonly label: string;
  readonly fields: readonly FieldSummary[];
  /** Over all jurisdictions. */
  readonly movers: PublicMovers;
}

export interface ExposureSummary {
  /** Key of the finding; null where a list was refused. */
  readonly finding: string | null;
  readonly releases: readonly ReleaseSummary[];
  /** In the order of their labels. */
  readonly campaigns: readonly CampaignExposure[];
  /** Lists that were not used, campaigns with too few recipients. */
  readonly refusals: readonly { readonly question: string; readonly reason: string }[];
  readonly limits: readonly Limit[];
}

/** What counties counted together on their own rolls. */
export interface MatchesSummary extends Omit<StatewideMatch, 'refusals'> {
  /** Key of the finding; null where no file was a tally. */
  readonly finding: string | null;
  readonly refusals: readonly {
    readonly code: string;
    readonly county: string | null;
    readonly reason: string;
  }[];
}

export interface AccessLogSummary extends Omit<AccessLogDocument, 'taken' | 'actors'> {
  /** Key of the finding; null where the logs were refused. */
  readonly finding: string | null;
  /** Null: nothing bounds it, or fewer than 11. */
  readonly taken: { readonly atLeast: number | null; readonly atMost: number | null };
  readonly actors: AccessLogDocument['actors'];
  /**
   * File of the case folder, never of the report, with the record numbers for notice; null: none.
   */
  readonly noticeList: string | null;
}
