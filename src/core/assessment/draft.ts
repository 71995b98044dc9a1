import type { Answer, Point, Ref } from './answer.ts';
import type { BoardFacts, CampaignFacts } from './facts.ts';

/** What the function of one question decides; the board adds the question itself. */
export type Draft = Omit<Answer, 'question' | 'asks' | 'points'> & Partial<Pick<Answer, 'points'>>;

/** A part of an answer; nothing where it has nothing to say. */
export const point = (about: string, ...says: readonly string[]): readonly Point[] => {
  const said = says.filter((each) => each !== '');
  return said.length === 0 ? [] : [{ about, says: said }];
};

/** How many campaigns or exhibits one answer links to. */
const REFS_MAX = 5;

/** Why there is nothing to answer from, in a case without a sure original. */
export const noneRead = (facts: BoardFacts): string =>
  facts.either.messages === 0
    ? 'No reported original has been read in this case.'
    : 'No reported original here is sure.';

/** Why there is no campaign to answer from. */
export function noneShared(facts: BoardFacts): string {
  if (facts.originals === 0) return noneRead(facts);
  return facts.originals === 1
    ? 'There is one reported original, and nothing to compare it with.'
    : 'No two originals share their wording.';
}

/** An answer that is not there yet: nothing is claimed, so it has no confidence. */
export const open = (
  text: string,
  basis: string,
): Pick<Draft, 'state' | 'text' | 'confidence' | 'basis'> => ({
  state: 'unknown',
  text,
  confidence: null,
  basis,
});

export const campaignRefs = (campaigns: readonly CampaignFacts[]): readonly Ref[] =>
  campaigns.slice(0, REFS_MAX).map(({ id }) => ({ kind: 'campaign', id }));

export const exhibitRefs = (facts: BoardFacts): readonly Ref[] =>
  facts.exhibitSamples.slice(0, REFS_MAX).map((id) => ({ kind: 'exhibit', id }));

/** Refs to the campaigns, or to exhibits where originals stand alone. */
export const bestRefs = (facts: BoardFacts): readonly Ref[] =>
  facts.campaigns.length > 0 ? campaignRefs(facts.campaigns) : exhibitRefs(facts);
