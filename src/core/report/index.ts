export { renderBoard, type TerminalStyle } from './board-text.ts';
export { defang, printable } from './display.ts';
export { renderFindings } from './findings-json.ts';
export { HELD_FORMS, type HeldForm, heldFormOf } from './held-form.ts';
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
export { gravestFirst } from './limit-gravity.ts';
export type {
  AccessLogSummary,
  CampaignExposure,
  ExposureSummary,
  FieldSummary,
  MatchesSummary,
} from './office-summary.ts';
export { renderReport } from './page.ts';
export {
  PHONE_STEPS,
  PROVIDER_STEPS,
  PROVIDER_STEPS_AS_OF,
  type ProviderSteps,
  STEPS_ALWAYS,
} from './provider-steps.data.ts';
export type { ReportSection } from './section.ts';
export { wrapped } from './wrap.ts';
