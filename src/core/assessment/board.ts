import type { Answer, QuestionId } from './answer.ts';
import { QUESTIONS } from './answer.ts';
import { whatDataTheyHold } from './data-held.ts';
import type { Draft } from './draft.ts';
import type { BoardFacts } from './facts.ts';
import { whetherOneOperation, whetherReal, whoSent } from './observed-answers.ts';
import {
  howMany,
  whatVotersShouldKnow,
  whereTheDataCameFrom,
  whetherTheClaimIsTrue,
  whoIsBehind,
  whoWasTargeted,
  whyTheyDidIt,
} from './open-answers.ts';

interface Question {
  readonly asks: string;
  readonly answer: (facts: BoardFacts) => Draft;
}

const ASKED: { readonly [id in QuestionId]: Question } = {
  real: { asks: 'Is it real and original?', answer: whetherReal },
  sender: { asks: 'Who really sent it? (machines, not people)', answer: whoSent },
  operation: { asks: 'One operation or several?', answer: whetherOneOperation },
  targets: { asks: 'Who was targeted?', answer: whoWasTargeted },
  'data-held': { asks: 'What personal data did the sender hold?', answer: whatDataTheyHold },
  'data-source': {
    asks: 'Was the data public or stolen, and from whose list?',
    answer: whereTheDataCameFrom,
  },
  size: { asks: 'How many records, how many people?', answer: howMany },
  'claim-true': { asks: 'Is the claim true?', answer: whetherTheClaimIsTrue },
  actor: { asks: 'Who is behind it?', answer: whoIsBehind },
  motive: { asks: 'Why?', answer: whyTheyDidIt },
  'voters-now': { asks: 'What should voters know now?', answer: whatVotersShouldKnow },
};

/**
 * The question board: all eleven questions in order, each with the state that these facts support.
 *
 * A machine answers `unknown` or `partly`, never more (no finding becomes an answer without an
 * act), and `partly` only with evidence behind it. `text` quotes shown senders and
 * addresses as they stand: whoever displays it makes them printable and defangs them.
 */
export const questionBoard = (facts: BoardFacts): readonly Answer[] =>
  QUESTIONS.map((question) => {
    const { asks, answer } = ASKED[question];
    return { question, asks, points: [], ...answer(facts) };
  });
