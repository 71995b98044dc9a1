import { grouped } from '../base/index.ts';
import { counted, countedPersons } from './counting.ts';
import { bestRefs, campaignRefs, type Draft, noneRead, noneShared, open } from './draft.ts';
import { listRefusal, sizePoints, sourceAnswer, targetsAnswer } from './exposure-answers.ts';
import type { BoardFacts, CampaignFacts } from './facts.ts';
import { eitherBeside, lettersBeside } from './letters.ts';

/** Who reports is not who was targeted: without a voter list there is no base rate. */
export function whoWasTargeted(facts: BoardFacts): Draft {
  const answer = targetsAnswer(facts);
  if (answer !== null) return answer;
  const [largest] = facts.campaigns;
  const named =
    largest === undefined
      ? noneShared(facts)
      : `The originals of ${largest.label} name ${recipients(facts, largest)}.`;
  return {
    ...open(
      `${named} Who reports is not who was targeted. ${listRefusal(facts) ?? 'No voter list has been compared.'}`,
      'reports only, no base rate',
    ),
    evidence: campaignRefs(facts.campaigns.slice(0, 1)),
    wouldChange: [
      'The voter list of the jurisdiction, to compare the named recipients with everyone on it.',
      'Reports from other counties, or their answer that they have none.',
    ],
  };
}

function recipients(facts: BoardFacts, campaign: CampaignFacts): string {
  const persons = countedPersons(campaign.distinctRecipients, facts.personalDataIncluded);
  if (campaign.distinctRecipients === 0) return 'no recipient address';
  return `${persons} recipient ${campaign.distinctRecipients === 1 && persons === '1' ? 'address' : 'addresses'}`;
}

/** Shown apart from claimed: only what stands in the message is held for certain. */
export function whereTheDataCameFrom(facts: BoardFacts): Draft {
  const answer = sourceAnswer(facts);
  if (answer !== null) return answer;
  const text = [listRefusal(facts), loggedOnly(facts)].filter((part) => part !== null).join(' ');
  return {
    ...open(
      text === '' ? 'No list, release record or access log has been compared.' : text,
      text === '' ? 'no such evidence on file' : 'no report compared with a list',
    ),
    evidence: [],
    wouldChange: [
      'The register of who received the voter list, and when; one line per release.',
      'The log files of the voter look-up page for the weeks before the first report.',
      'The public layout of the list, to tell fields that anyone can buy from fields that nobody can.',
    ],
  };
}

function loggedOnly({ accessLog }: BoardFacts): string | null {
  if (accessLog === null) return null;
  if (accessLog.finding === null) {
    return `The look-up page log was not used: ${accessLog.refusals[0]?.reason ?? 'refused'}.`;
  }
  return accessLog.actors.length === 0
    ? 'The look-up page log shows no run through record numbers.'
    : 'The look-up page log shows record numbers tried one after the other; no list ties them to the messages.';
}

/** Reports give a floor, never the size: reached, sent and taken need other evidence. */
export function howMany(facts: BoardFacts): Draft {
  const wouldChange = [
    'Delivery counts from the mail providers of the recipients, for the recorded addresses and hours.',
    'The log files of the voter look-up page, to count the records that were read.',
    'The number of reports that reached the office by phone or in person.',
  ];
  const points = sizePoints(facts);
  if (points.length > 0) {
    return {
      state: 'partly',
      text: `${facts.originals === 0 ? '' : `${reported(facts)} `}Mailed, taken and reported are different things: these numbers never add.`,
      points,
      confidence: 'low',
      basis: 'each number has its method and its assumptions in the report',
      evidence: [
        ...bestRefs(facts),
        ...[facts.exposure?.finding, facts.accessLog?.finding, facts.matches?.finding].flatMap(
          (id) => (typeof id === 'string' ? [{ kind: 'finding', id } as const] : []),
        ),
      ],
      wouldChange,
    };
  }
  if (facts.originals === 0)
    return {
      ...open(`${noneRead(facts)}${eitherBeside(facts)}`, 'nothing counted'),
      evidence: [],
      wouldChange,
    };
  return {
    ...open(
      `${reported(facts)} These are reports, a floor and not the size. How many messages were sent, how many people they reached, and how many records were taken is unknown.`,
      'counts of what was handed in; no method estimates the rest',
    ),
    evidence: bestRefs(facts),
    wouldChange,
  };
}

function reported(facts: BoardFacts): string {
  const { originals, exhibits, campaigns, personalDataIncluded } = facts;
  const beside = lettersBeside(facts);
  const all = `Reported: ${counted(originals, 'original')} in ${counted(exhibits, 'exhibit')}.${eitherBeside(facts)}${beside === '' ? '' : ` ${beside}`}`;
  const [largest] = campaigns;
  if (largest === undefined) return all;
  const persons = countedPersons(largest.distinctRecipients, personalDataIncluded);
  return `${all} Largest campaign, ${largest.label}: ${grouped(largest.originals)} reported, ${grouped(largest.distinctOriginals)} different, recipient addresses: ${persons === '0' ? 'none shown' : persons}.`;
}

export function whetherTheClaimIsTrue(): Draft {
  return {
    ...open(
      'The claims in the messages have not been taken apart or checked. Repetition is no evidence for them.',
      'no claim on file',
    ),
    evidence: [],
    wouldChange: [
      'Each checkable part of the claim as one sentence, with the record that shows it true or false.',
      'A written statement of the official who keeps that record.',
    ],
  };
}

export function whoIsBehind(): Draft {
  return {
    ...open(
      'No statement by anyone about who is behind this is on file. Tocsin never attributes: it reports who said what, on which evidence.',
      'no statement on file',
    ),
    evidence: [],
    wouldChange: [
      'A statement of a named authority, with the evidence it rests on.',
      'A second statement that rests on other evidence.',
    ],
  };
}

export function whyTheyDidIt(): Draft {
  return {
    ...open(
      'No statement by anyone about the motive is on file, and no explanations have been compared.',
      'no statement on file',
    ),
    evidence: [],
    wouldChange: [
      'Two or more explanations, set against the same evidence by two people.',
      'Who was targeted, and who else received other messages of the same sender.',
    ],
  };
}

/** Never waits for `actor`. */
export function whatVotersShouldKnow(): Draft {
  return {
    ...open(
      'No official statement is on file in this case. What to tell voters does not depend on who sent the messages.',
      'no statement on file',
    ),
    evidence: [],
    wouldChange: [
      'One sentence of the election office, with its date: is voting affected, and where can a voter ask.',
    ],
  };
}
