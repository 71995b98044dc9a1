import type { CampaignSummary, ExhibitSummary, Investigation } from './investigation.ts';
import type { ReportSection } from './section.ts';

/** Campaigns with a full account on the page; the others get one row each. */
export const CAMPAIGNS_IN_FULL_MAX = 10;
/** Smaller ones get a row: a full account of two messages says no more. */
const CAMPAIGN_IN_FULL_ORIGINALS_MIN = 5;
/** Campaigns listed on the page at all. A page of 200 rows still reads; findings.json has all. */
export const CAMPAIGN_ROWS_MAX = 200;
/** Exhibits listed on the page: about 120 KB of markup. findings.json has all. */
export const EXHIBIT_ROWS_MAX = 300;

/** Which campaigns and exhibits this page shows, and the label that each is linked by. */
export interface Anchors {
  readonly campaignsInFull: readonly CampaignSummary[];
  readonly campaignRows: readonly CampaignSummary[];
  readonly exhibitRows: readonly ExhibitSummary[];
  /** Campaign id to label, for those shown. */
  readonly campaigns: ReadonlyMap<string, string>;
  /** Exhibit digest to label, for those shown. */
  readonly exhibits: ReadonlyMap<string, string>;
  /** Key of a finding to the section that shows it. */
  readonly findings: ReadonlyMap<string, Pick<ReportSection, 'id' | 'title'>>;
}

/** Chooses what the page shows: what an answer cites always, then the rest in order. */
export function chooseAnchors(
  { board, campaigns, exhibits }: Investigation,
  sections: readonly ReportSection[] = [],
): Anchors {
  const cited = new Set(board.flatMap(({ evidence }) => evidence.map(({ id }) => id)));
  const campaignsInFull = campaigns
    .filter(({ originals }, i) => originals >= (i === 0 ? 1 : CAMPAIGN_IN_FULL_ORIGINALS_MIN))
    .slice(0, CAMPAIGNS_IN_FULL_MAX);
  const inFull = new Set(campaignsInFull);
  const others = campaigns.filter((each) => !inFull.has(each));
  const campaignRows = chosen(others, CAMPAIGN_ROWS_MAX, ({ id }) => cited.has(id));
  const exhibitRows = chosen(exhibits, EXHIBIT_ROWS_MAX, ({ digest }) => cited.has(digest));
  return {
    campaignsInFull,
    campaignRows,
    exhibitRows,
    campaigns: new Map([...campaignsInFull, ...campaignRows].map(({ id, label }) => [id, label])),
    exhibits: new Map(exhibitRows.map(({ digest, label }) => [digest, label])),
    findings: new Map(
      sections.flatMap((section) =>
        section.finding === null ? [] : [[section.finding, section] as const],
      ),
    ),
  };
}

/** At most `max` in their order, the cited ones before all others. */
function chosen<Item>(
  items: readonly Item[],
  max: number,
  isCited: (item: Item) => boolean,
): readonly Item[] {
  if (items.length <= max) return items;
  const cited = items.filter(isCited).slice(0, max);
  const kept = new Set(cited);
  for (const item of items) {
    if (kept.size >= max) break;
    kept.add(item);
  }
  return items.filter((item) => kept.has(item));
}
