import type { Answer, QuestionId } from './answer.ts';
import { QUESTIONS } from './answer.ts';
import { whatDataTheyHold } from './data-held.ts';
import type { Draft } from './draft.ts';
import type { BoardFacts, CampaignFacts } from './facts.ts';
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
  /** `unsure`: the first campaign of which every message may be made up. */
  readonly answer: (facts: BoardFacts, unsure: CampaignFacts | undefined) => Draft;
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
 * act), and `partly` only with evidence behind it. Campaigns without a sure original answer
 * nothing; in a case that has no other, who sent the first of them is told, with the doubt. `text`
 * quotes shown senders and addresses as they stand: whoever displays it makes them printable and
 * defangs them.
 */
export function questionBoard(all: BoardFacts): readonly Answer[] {
  const facts = ofTheSure(all);
  const unsure = all.originals > 0 ? undefined : all.campaigns[0];
  return QUESTIONS.map((question) => {
    const { asks, answer } = ASKED[question];
    return { question, asks, points: [], ...answer(facts, unsure) };
  });
}

/** Without the campaigns of which every message may be made up, and what they share with others. */
function ofTheSure(facts: BoardFacts): BoardFacts {
  const campaigns = facts.campaigns.filter(({ originals }) => originals > 0);
  const sure = new Set(campaigns.map(({ label }) => label));
  const isSure = (label: string): boolean => sure.has(label);
  return {
    ...facts,
    campaigns,
    links: facts.links
      .map((link) => ({ ...link, campaigns: link.campaigns.filter(isSure) }))
      .filter((link) => link.campaigns.length > 1),
    joined: facts.joined.filter((pair) => pair.every(isSure)),
    exposure: facts.exposure && {
      ...facts.exposure,
      campaigns: facts.exposure.campaigns.filter(({ label }) => isSure(label)),
    },
  };
}
