import type { TrueStatement } from './replay.ts';
import { LIST_DRAWN } from './voters.ts';

/** What is true of each question of the board, whatever the evidence allows to say. */
export const ANSWERS: { readonly [question: string]: string } = {
  real: 'The mails are real: voters got them. The shown sender is false.',
  sender:
    "Three misused hosts (192.0.2.41, 198.51.100.17, 203.0.113.88) sent all but the second sender's mails; a freemail account sent those. The owner of brackenfold.example did not send.",
  operation:
    'One operation with two base templates, near variants and a video link in one of twenty. The second sender used the same wording; who ran it is unexplained.',
  targets: 'Only voters of the Tern Party, by the lists of state F and state A.',
  'data-held':
    'Shown: name, address, party. Claimed and not shown: e-mail, telephone, "everything". Taken from state A beside them: birth dates, licence numbers.',
  'data-source': `State F's public file as of ${LIST_DRAWN}, and records taken from state A's online registration from 29 September to 17 October 2020.`,
  size: 'Sent, filtered, reported and distinct recipients: see totals. Records taken: 113,000. Lists and log are a miniature with figures of their own: see office.',
  'claim-true':
    'No one can see how a person voted: the threat is empty. The video: voter data real, intrusion staged, no ballot accepted.',
  actor: 'A contractor firm that works for the state of Izmar. Ruvelia had data and sent nothing.',
  motive:
    'Best supported: to undermine confidence and sow discord. Harm to the candidate: an assessment of the wider campaign. To keep the Tern Party home fits the mails only. A provocation by the named group: rejected.',
  'voters-now': 'Ballots are secret; registration cannot be changed by a mail; keep the original.',
};

/**
 * Roots of evidence: E1 mails, E2 headers, E3 relay owner, E4 intelligence, E5 video, E6 logs, ...
 */
export const TRUE_STATEMENTS: readonly TrueStatement[] = (
  [
    ['S01', ['E1'], [], 'confirmed'],
    ['S02', ['SELF'], [], 'consistent with S09 and S18'],
    ['S03', ['E11'], [], 'never tied to the senders'],
    ['S04', ['E2'], ['S02'], 'confirmed: origin host; one sample'],
    ['S05', ['E2'], ['S01'], 'confirmed as relay hosts; seven samples, one origin'],
    ['S06', ['E2'], [], 'confirmed but for the address, which it reverses'],
    ['S07', ['E3'], ['S06'], 'confirmed'],
    ['S08', ['E1'], [], 'fits the lists: movers'],
    ['S09', ['E4'], [], 'actor repeated by S14 and S18; motive contested; amount not given'],
    ['S10', ['E4'], ['S09'], 'partly corrected by S16: data that are not public too'],
    ['S11', ['E4'], ['S09'], 'partly'],
    ['S12', ['E4', 'E5'], ['S09'], 'confirmed in substance'],
    ['S13', ['E9'], [], 'not contradicted'],
    ['S14', ['E6'], ['S09'], 'stands; about eleven states in S18'],
    ['S15', ['E10'], ['S09'], 'stands'],
    ['S16', ['E7'], [], 'stands'],
    ['S17', ['E7'], ['S16'], "wrong: driver's licence numbers, no plates"],
    ['S18', ['E8'], [], 'allegations, not tried'],
    ['S19', ['E5'], ['S18'], 'stands'],
  ] as const
).map(([id, roots, cites, later]) => ({ id, roots, cites, later }));
