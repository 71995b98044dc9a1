export { renderBoard, type TerminalStyle } from './board-text.ts';
export { renderFindings } from './findings-json.ts';
export { fileName, type Html, html, joined, NOTHING, outside } from './html.ts';
export type {
  Audience,
  CampaignSummary,
  ExhibitSummary,
  HourCount,
  Investigation,
  LetterRef,
  MemberRef,
  OfficeMail,
  RouteHint,
} from './investigation.ts';
export type {
  AccessLogSummary,
  CampaignExposure,
  ExposureSummary,
  FieldSummary,
  MatchesSummary,
} from './office-summary.ts';
export { renderReport } from './page.ts';
export type { ReportSection } from './section.ts';
