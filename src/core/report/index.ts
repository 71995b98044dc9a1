export type { WordingSpan } from '../campaign/index.ts';
export { type DisplayPiece, defang, displayPieces, printable } from './display.ts';
export { HELD_FORMS, type HeldForm, type HeldFormMeaning, heldFormOf } from './held-form.ts';
export type {
  CampaignSummary,
  ExhibitSummary,
  HourCount,
  Investigation,
  MemberRef,
  RouteHint,
} from './investigation.ts';
