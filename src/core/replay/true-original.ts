import { assert, type Instant, instantFromMilliseconds } from '../base/index.ts';
import type { HeldOriginal } from './evidence.ts';
import type { TrueOriginal } from './replay.ts';
import { LOOKALIKE_REPORTERS } from './specials.ts';
import { templateOf } from './wording.ts';

/** Id of the one campaign. */
const CAMPAIGN = 'or-else';

/** Where an original lies. */
export type Placed = Pick<
  TrueOriginal,
  'file' | 'exhibit' | 'container' | 'entry' | 'position' | 'order' | 'sha256'
>;

const instantAt = (milliseconds: number): Instant => {
  const instant = instantFromMilliseconds(milliseconds);
  assert(instant !== null, 'the replay stays within four-digit years');
  return instant;
};

/** The truth about one original that an item holds. */
export function trueOriginal(held: HeldOriginal, form: string, placed: Placed): TrueOriginal {
  const { voter, of } = held;
  const shared = {
    ...placed,
    form,
    shownSender: held.shownSender,
    subject: held.subject,
    county: voter.county.name,
    state: voter.county.state,
    sentAt: instantAt(held.sentAt),
    reportedAt: instantAt(held.reportedAt),
  };
  if ('kind' in of)
    return {
      ...shared,
      kind: of.kind,
      campaign: null,
      template: null,
      variant: null,
      sender: null,
      mail: null,
      recipientKey: null,
      relay: null,
      staleAddress: false,
      forgedTraces: false,
      reporterLikeSender: false,
    };
  const { wording, origin, key, forged } = of.mail;
  return {
    ...shared,
    kind: 'threat',
    campaign: CAMPAIGN,
    template: templateOf(wording),
    variant: wording.variant,
    sender: origin === 'account' ? 'second' : 'first',
    mail: key,
    recipientKey: voter.key,
    relay: origin === 'account' ? 'account' : origin.id,
    staleAddress: wording.base === 'T1' && voter.listed !== voter.address,
    forgedTraces: forged && origin !== 'account',
    reporterLikeSender: LOOKALIKE_REPORTERS.includes(voter.email),
  };
}
