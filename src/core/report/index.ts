export type {
  CampaignSummary,
  ExhibitSummary,
  HourCount,
  Investigation,
  MemberRef,
  RouteHint,
  WordingSpan,
} from './investigation.ts';
