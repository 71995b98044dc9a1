export { type Answer, type AnswerState, QUESTIONS, type QuestionId, type Ref } from './answer.ts';
