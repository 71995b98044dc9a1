export { type DisplayPiece, defang, displayPieces, printable } from './display.ts';
export type {
  CampaignSummary,
  ExhibitSummary,
  HourCount,
  Investigation,
  MemberRef,
  RouteHint,
  WordingSpan,
} from './investigation.ts';
