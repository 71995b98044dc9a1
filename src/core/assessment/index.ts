export { type Answer, type AnswerState, QUESTIONS, type QuestionId, type Ref } from './answer.ts';
export { questionBoard } from './board.ts';
export { counted, countedPersons, grouped, PERSONS_SUPPRESSED_MAX } from './counting.ts';
export { fieldsClaimed } from './data-held.ts';
export type { BoardFacts, CampaignFacts } from './facts.ts';
export { type WordingFault, wordingFaults } from './wording.ts';
