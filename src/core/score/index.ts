export type { Findings } from './match.ts';
export { renderScore } from './render-score.ts';
export {
  type Score,
  scoreReplay,
} from './score.ts';
