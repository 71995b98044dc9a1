import { grouped } from '../base/index.ts';
import { checksToMake, whetherUnaltered, whoVouches } from './checks.ts';
import { counted, listed, quotedAddress, routed, toldOf } from './counting.ts';
import {
  bestRefs,
  campaignRefs,
  type Draft,
  exhibitRefs,
  noneRead,
  noneShared,
  open,
  point,
} from './draft.ts';
import type { BoardFacts, CampaignFacts } from './facts.ts';
import {
  askTheWriters,
  askWhoseMailbox,
  eitherBeside,
  eitherMeans,
  lettersBeside,
} from './letters.ts';

export function whetherReal(facts: BoardFacts): Draft {
  const spread = facts.campaigns.find((campaign) => campaign.exhibits > 1);
  const wouldChange = [
    ...askWhoseMailbox(facts),
    ...checksToMake(facts),
    ...askTheWriters(facts),
    'The untouched original of a report: ask the reporter to download it (steps are in the report) and add the file to the case.',
  ];
  if (facts.originals === 0 || (facts.intact === 0 && spread === undefined)) {
    const text =
      facts.originals === 0
        ? `${noneRead(facts)}${eitherBeside(facts)}${eitherMeans(facts)}`
        : `${heldAs(facts)}${eitherBeside(facts)}${eitherMeans(facts)} ${facts.originals === 1 ? sharedWording(facts) : 'No wording arrived in more than one exhibit.'}`;
    const beside = lettersBeside(facts);
    return {
      ...open(beside === '' ? text : `${text} ${beside}`, 'no exact copy of an original'),
      evidence: bestRefs(facts),
      wouldChange,
    };
  }
  return {
    state: 'partly',
    text: `${heldAs(facts)}${eitherBeside(facts)}${eitherMeans(facts)} ${sharedWording(facts)} ${whetherUnaltered(facts.checks)}`,
    confidence: mostlySigned(facts) ? 'moderate' : 'low',
    basis: wereChecked(facts)
      ? "bytes and wording compared; signatures checked by name servers' answers"
      : 'bytes and wording compared; no signature checked',
    evidence: bestRefs(facts),
    wouldChange,
  };
}

const wereChecked = ({ checks }: BoardFacts): boolean => (checks?.firstDay ?? null) !== null;

/** Most originals bear a signature that holds. */
const mostlySigned = ({ checks, originals }: BoardFacts): boolean =>
  (checks?.unaltered ?? 0) * 2 > originals;

function heldAs({ originals, intact, degraded }: BoardFacts): string {
  if (degraded === 0)
    return originals === 1
      ? 'The one reported original is held as exact bytes.'
      : `All reported originals (${grouped(originals)}) are held as exact bytes.`;
  if (intact === 0)
    return originals === 1
      ? 'The one reported original is not held as exact bytes: only as a quoted or partial copy.'
      : `None of the reported originals (${grouped(originals)}) is held as exact bytes: only as quoted or partial copies.`;
  return `Of ${counted(originals, 'reported original')}, ${grouped(intact)} are held as exact bytes and ${grouped(degraded)} only as quoted or partial copies.`;
}

function sharedWording({ originals, unclustered, campaigns }: BoardFacts): string {
  if (originals === 1) return 'There is nothing to compare its wording with.';
  if (campaigns.length === 0) return 'No two of them share their wording.';
  const sharing = `${grouped(originals - unclustered)} of ${grouped(originals)}`;
  return `${sharing} share their wording with another one.`;
}

export function whoSent(facts: BoardFacts, unsure?: CampaignFacts): Draft {
  const campaign = facts.campaigns.find((each) => routed(each) > 0) ?? facts.campaigns[0] ?? unsure;
  const wouldChange = [
    ...checksToMake(facts),
    'Log lines of the server behind a recorded address: its owner or abuse desk can give them for the exact times.',
  ];
  if (campaign === undefined) {
    const each =
      facts.originals === 0 ? '' : ' "tocsin examine FILE" shows the route of one message.';
    return {
      ...open(`${noneShared(facts)}${each}`, 'no campaign'),
      evidence: exhibitRefs(facts),
      wouldChange,
    };
  }
  const doubt = campaign === unsure ? `${noneRead(facts)} ` : '';
  const shown = `${doubt}${inCampaign(facts, campaign)} ${shownSenders(campaign)}`;
  const evidence = campaignRefs([campaign]);
  if (routed(campaign) === 0) {
    const text = `${shown} No copy held here carries a connection that the recipient's own mail server recorded.`;
    const ask =
      'An original with its full header lines: ask a reporter to download it (steps are in the report).';
    return { ...open(text, 'the From line only'), evidence, wouldChange: [ask, ...wouldChange] };
  }
  return {
    state: 'partly',
    text: `${shown} ${recordedConnections(campaign)}`,
    points: [
      ...point(
        campaign.checks === null ? 'By the header lines' : 'By header lines and checks',
        ...verdicts(campaign),
      ),
      ...point('Name servers', whoVouches(campaign.checks)),
    ],
    confidence: 'low',
    basis: wereChecked(facts)
      ? "what the recipients' own mail servers wrote down on arrival, and name servers' answers since"
      : "what the recipients' own mail servers wrote down on arrival: connections and checks",
    evidence,
    wouldChange,
  };
}

const VERDICT_WORDS: { readonly [kind: string]: string } = {
  'spoofed-domain': 'the address shown was not where it came from (spoofed domain)',
  lookalike: 'the domain shown resembles another one (lookalike)',
  'display-name-imitation': 'the name shown imitates another address',
  'compromised-relay': 'it passed through a server that bears the traces of misuse',
  freemail: 'it is a real account at a consumer mail provider',
  genuine: 'it was sent with the authority of the domain shown',
  undetermined: 'the copy held cannot tell',
  'hired-service':
    'it was sent by a service that anybody may hire, and nothing tells whether the office shown did',
  'domain-publishes-nothing':
    'its domain publishes nothing by which its mail could be told, and nothing else tells',
};

/** What nothing shows for certain is no fact on the board. */
const onlyProbable = (probable: number, of: number): string =>
  probable === 0 ? '' : probable === of ? ', probable' : `, ${grouped(probable)} of them probable`;

const verdicts = (campaign: CampaignFacts): readonly string[] =>
  campaign.verdicts.map(
    ({ kind, because, originals: of, probable }) =>
      `${grouped(of)} of ${grouped(toldOf(campaign))}: ${VERDICT_WORDS[because ?? kind] ?? kind}${onlyProbable(probable, of)}`,
  );

function inCampaign(facts: BoardFacts, campaign: CampaignFacts): string {
  if (facts.campaigns.length === 1) return 'In the one campaign found,';
  const among = facts.campaigns.length === 0 ? '' : `, one of ${grouped(facts.campaigns.length)}`;
  return `In campaign ${campaign.label}${among},`;
}

function shownSenders(campaign: CampaignFacts): string {
  const [first, ...others] = campaign.shownSenders;
  if (first === undefined)
    return campaign.inDoubt > 0
      ? 'no From line can be counted: whoever sent the mails that hold the messages can have made them up.'
      : 'no original shows a From line.';
  const more =
    others.length > 0
      ? `, and ${counted(others.length, 'other address', 'other addresses')} in other copies`
      : '';
  return `the From line shows ${quotedAddress(first.address)}${more}. That line can be typed by anyone.${besideOwn(campaign)}`;
}

/**
 * Files, numbers and addresses beside a message can be the message's, or an attacker's who made it
 * up.
 */
const besideOwn = ({ doubted, authorsDoubted, originals }: CampaignFacts): string =>
  doubted === 0
    ? ''
    : ` ${grouped(doubted)} of ${grouped(originals)} came in mails by ${counted(authorsDoubted, 'author')} that bring files, numbers or addresses beside the message, or answer instead of forwarding: whoever wrote such a mail can have made the message up.`;

function recordedConnections(campaign: CampaignFacts): string {
  const addresses = campaign.routes.map((route) => route.ip);
  const where =
    addresses.length === 1
      ? `one address (${addresses[0]})`
      : `one of ${grouped(addresses.length)} addresses (${listed(addresses, 3)})`;
  return `In ${grouped(routed(campaign))} of ${counted(toldOf(campaign), campaign.originals > 0 ? 'original' : 'message')} the recipient's own mail server recorded a connection from ${where}: ${addresses.length === 1 ? 'a machine, not a person' : 'machines, not people'}.`;
}

export function whetherOneOperation(facts: BoardFacts): Draft {
  const wouldChange = [
    'Originals from the smaller groups, with full header lines, to compare their routes and times.',
    'Log lines of a shared server that show who used it at the recorded times.',
  ];
  if (facts.campaigns.length === 0) {
    return { ...open(noneShared(facts), 'no campaign'), evidence: exhibitRefs(facts), wouldChange };
  }
  return {
    state: 'partly',
    text: [groups(facts), twins(facts), links(facts)].filter((part) => part !== '').join(' '),
    confidence: 'low',
    basis: 'wording compared, and what the messages show of the machines and programs behind them',
    evidence: campaignRefs(facts.campaigns),
    wouldChange,
  };
}

function groups({ originals, unclustered, campaigns }: BoardFacts): string {
  const sharing = `${grouped(originals - unclustered)} of ${counted(originals, 'original')}`;
  const alone =
    unclustered === 0
      ? ''
      : ` ${grouped(unclustered)} ${unclustered === 1 ? 'stands' : 'stand'} alone.`;
  if (campaigns.length === 1) return `${sharing} share one wording.${alone}`;
  return `${sharing} fall into ${grouped(campaigns.length)} groups (campaigns) by their wording.${alone}`;
}

function twins({ campaigns }: BoardFacts): string {
  const several = campaigns.find((campaign) => campaign.shownSenders.length > 1);
  if (several === undefined) return '';
  return `In ${several.label} one wording came under ${grouped(several.shownSenders.length)} shown senders.`;
}

/** What campaigns have in common, as a clerk would say it. */
const SIGNS: { readonly [kind: string]: string } = {
  'origin-host': 'a recorded address',
  'sender-domain': 'an authenticated sender domain',
  mailer: 'a sending program of their own',
  'url-host': 'a host in their links',
  'url-path': 'a path in their links',
  attachment: 'an attached file',
};

/** Only strong links are named: what strangers share is in the report, and is counted. */
function links({ campaigns, links: all, joined }: BoardFacts): string {
  if (campaigns.length < 2) return '';
  const strong = all.filter(({ strength }) => strength === 'strong');
  const weak = all.length - strong.length;
  const held = joined.map((pair) => pair.join(' with '));
  const signs = strong.map(
    ({ kind, campaigns: labels }) => `${listed(labels, 4)} by ${SIGNS[kind] ?? 'a shared trait'}`,
  );
  return [
    strong.length === 0 ? 'No two campaigns share a sign that strangers do not share as well.' : '',
    held.length === 0
      ? ''
      : `Two strong signs of different kinds hold together: ${listed(held, 3)}.`,
    strong.length === 0 ? '' : `Linked: ${listed(signs, 3)}. A link alone is no proof.`,
    weak === 0
      ? ''
      : `${counted(weak, 'weaker sign')}, which strangers share, ${weak === 1 ? 'stands' : 'stand'} in the report.`,
  ]
    .filter((part) => part !== '')
    .join(' ');
}
