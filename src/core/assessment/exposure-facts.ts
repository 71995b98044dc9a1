/**
 * What voter-list releases say of a campaign, as a report may show it: null is a withheld count.
 */
export interface CampaignExposureFacts {
  readonly campaign: string;
  readonly label: string;
  readonly fields: readonly {
    /** A name of NIST SP 1500-102, or words. */
    readonly field: string;
    readonly shown: boolean;
    readonly claimed: boolean;
    readonly availability: readonly {
      readonly jurisdiction: string;
      readonly availability: string;
    }[];
  }[];
  readonly movers: {
    readonly linked: number | null;
    readonly stale: number | null;
    readonly stillListed: number | null;
    readonly reportedElsewhere: number | null;
  };
  readonly linkage: {
    readonly linked: number | null;
    readonly unresolved: number | null;
    readonly onNoRoll: number | null;
    readonly elsewhere: number | null;
  };
  readonly refusals: readonly { readonly question: string; readonly reason: string }[];
  /** Most linked reports first. */
  readonly jurisdictions: readonly JurisdictionFacts[];
}

export interface JurisdictionFacts {
  readonly jurisdiction: string;
  readonly recipients: number | null;
  readonly households: number | null;
  readonly attribution: {
    readonly posterior: readonly { readonly hypothesis: string; readonly probability: number }[];
    readonly credibleSet: readonly string[];
    readonly listDates: { readonly from: string; readonly until: string } | null;
  };
  readonly size: readonly {
    readonly label: string;
    readonly estimator: string;
    readonly low: number | null;
    readonly high: number | null;
    readonly suppressed: boolean;
  }[];
  readonly targeting: readonly {
    readonly cell: string;
    readonly low: number | null;
    readonly high: number | null;
    readonly oddsRatio: number | null;
    readonly tippingPoint: number | null;
    readonly suppressed: boolean;
    readonly claimed: boolean;
  }[];
}

export interface ExposureFacts {
  /** Key of the finding; null where the lists were refused. */
  readonly finding: string | null;
  readonly releases: readonly { readonly releaseId: string; readonly jurisdiction: string }[];
  readonly campaigns: readonly CampaignExposureFacts[];
  readonly refusals: readonly { readonly question: string; readonly reason: string }[];
}

/** What the logs of the look-up page say. */
export interface AccessLogFacts {
  readonly finding: string | null;
  readonly taken: { readonly atLeast: number | null; readonly atMost: number | null };
  readonly actors: readonly { readonly from: string; readonly until: string }[];
  readonly refusals: readonly { readonly question: string; readonly reason: string }[];
  readonly read: { readonly from: string | null; readonly until: string | null };
}

/** What many counties counted together. */
export interface MatchesFacts {
  readonly finding: string | null;
  readonly counties: readonly { readonly county: string }[];
  readonly matched: number | null;
  readonly attribution: {
    readonly posterior: readonly { readonly hypothesis: string; readonly probability: number }[];
    readonly credibleSet: readonly string[];
    readonly listDates: { readonly from: string; readonly until: string } | null;
  } | null;
  readonly refusals: readonly { readonly reason: string }[];
}

/** The campaign that speaks: the first that presses people and is linked, else the first linked. */
export function speaking(
  exposure: ExposureFacts | null,
  pressing: ReadonlySet<string>,
): CampaignExposureFacts | undefined {
  const linked = (exposure?.campaigns ?? []).filter(
    ({ jurisdictions }) => jurisdictions.length > 0,
  );
  return linked.find(({ campaign }) => pressing.has(campaign)) ?? linked[0];
}
