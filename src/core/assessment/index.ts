export type {
  Answer,
  AnswerState,
  Point,
  Ref,
} from './answer.ts';
export { questionBoard } from './board.ts';
export { ASK_COMMAND, whetherUnaltered, whoVouches } from './checks.ts';
export { counted, countedPersons, listed, PERSONS_SUPPRESSED_MAX } from './counting.ts';
export { fieldsClaimed } from './data-held.ts';
export { cellWords } from './exposure-answers.ts';
export type { CampaignFacts, CheckFacts } from './facts.ts';
export { fieldWords } from './field-words.ts';
export { eitherCounted } from './letters.ts';
export { percent } from './likelihood.ts';
export { hypothesisWords } from './source-words.ts';
export { wordingFaults } from './wording.ts';
