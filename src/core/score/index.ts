export type { Findings } from './match.ts';
export type { ListScore, OfficeScore, SizeScore } from './office-score.ts';
export { renderScore } from './render-score.ts';
export {
  type CampaignScore,
  type CountLine,
  type Score,
  type Share,
  scoreReplay,
} from './score.ts';
