import type { ReplayTruth, TrueOriginal } from '../replay/index.ts';
import { type Findings, type Matched, matchOriginals } from './match.ts';
import { type OfficeScore, scoreOffice } from './office-score.ts';

/** `hits` of `of`. */
export interface Share {
  readonly hits: number;
  readonly of: number;
}

/** How an investigation of a replay compares with what is true. */
export interface Score {
  readonly schema: 'tocsin/score/1';
  /** Reported originals that were found, in all and by the form in which they came. */
  readonly found: Share;
  readonly foundByForm: { readonly [form: string]: Share };
  /** Voters' own letters and pictures that were kept, as letters or as messages: no mistakes. */
  readonly letters: Share;
  /** Said to be originals where nothing true is: `exhibit path`. */
  readonly falseOriginals: readonly string[];
  readonly campaigns: CampaignScore;
  /** Of the found campaign originals: shown sender exactly right. */
  readonly shownSender: Share;
  readonly shownSenderByForm: { readonly [form: string]: Share };
  /** Reports of the second sender that its own row among the shown senders counts. */
  readonly secondSender: { readonly apart: boolean; readonly counted: number; readonly of: number };
  readonly counts: readonly CountLine[];
  /** What rests on lists and logs; null where none were given. */
  readonly office: OfficeScore | null;
}

export interface CampaignScore {
  /** B-cubed (Bagga & Baldwin 1998) over campaign originals; background counts in cluster sizes. */
  readonly precision: number;
  /** An original that was not found has recall 0 and no precision. */
  readonly recall: number;
  readonly f1: number;
  /** Clusters that hold campaign originals. */
  readonly clusters: number;
  /** Background in clusters where campaign originals are at least as many, of all background. */
  readonly contamination: Share;
}

export interface CountLine {
  readonly what: string;
  readonly said: number;
  readonly truth: number;
}

/** Scores findings against the truth. Pure; the same input gives the same score. */
export function scoreReplay(truth: ReplayTruth, findings: Findings): Score {
  const matched = matchOriginals(truth, findings);
  const reported = matched.pairs.filter(({ row }) => !isLetter(row));
  const campaign = matched.pairs.filter(({ row }) => row.campaign !== null);
  const seen = campaign.filter((pair) => pair.said !== null);
  return {
    schema: 'tocsin/score/1',
    found: shareOf(reported, isFound),
    foundByForm: byForm(reported, isFound),
    letters: shareOf(
      matched.pairs.filter(({ row }) => isLetter(row)),
      isKept,
    ),
    falseOriginals: matched.unmatched.map(({ ref }) => `${ref.exhibit} ${ref.path}`),
    campaigns: campaignScore(matched),
    shownSender: shareOf(seen, hasSender),
    shownSenderByForm: byForm(seen, hasSender),
    secondSender: secondSender(truth, matched, findings),
    counts: countLines(truth, matched, findings),
    office: scoreOffice(truth, findings, ownClusters(matched)),
  };
}

type Pair = Matched['pairs'][number];

const isLetter = (row: TrueOriginal): boolean => row.form === 'letter' || row.form === 'screenshot';
const isKept = ({ said }: Pair): boolean => said !== null;
/** A reported original that was taken for a letter is lost to every answer. */
const isFound = ({ said }: Pair): boolean => said !== null && !said.isLetter;
const hasSender = ({ row, said }: Pair): boolean =>
  said?.ref.shownSender?.toLowerCase() === row.shownSender.toLowerCase();

const shareOf = (pairs: readonly Pair[], holds: (pair: Pair) => boolean): Share => ({
  hits: pairs.filter(holds).length,
  of: pairs.length,
});

function byForm(
  pairs: readonly Pair[],
  holds: (pair: Pair) => boolean,
): { readonly [form: string]: Share } {
  const forms = [...new Set(pairs.map(({ row }) => row.form))].sort();
  return Object.fromEntries(
    forms.map((form) => [
      form,
      shareOf(
        pairs.filter(({ row }) => row.form === form),
        holds,
      ),
    ]),
  );
}

interface Cluster {
  size: number;
  readonly campaigns: Map<string, number>;
  background: number;
}

function clustersOf(matched: Matched): ReadonlyMap<string, Cluster> {
  const clusters = new Map<string, Cluster>();
  const at = (id: string): Cluster => {
    const cluster = clusters.get(id) ?? { size: 0, campaigns: new Map(), background: 0 };
    clusters.set(id, cluster);
    return cluster;
  };
  for (const { row, said } of matched.pairs) {
    if (said === null || said.cluster === null) continue;
    const cluster = at(said.cluster);
    cluster.size += 1;
    if (row.campaign === null) cluster.background += 1;
    else cluster.campaigns.set(row.campaign, (cluster.campaigns.get(row.campaign) ?? 0) + 1);
  }
  for (const { cluster } of matched.unmatched) if (cluster !== null) at(cluster).size += 1;
  return clusters;
}

const held = ({ campaigns }: Cluster): number =>
  [...campaigns.values()].reduce((sum, count) => sum + count, 0);

function campaignScore(matched: Matched): CampaignScore {
  const clusters = clustersOf(matched);
  const ofCampaign = matched.pairs.filter(({ row }) => row.campaign !== null);
  const sizes = new Map<string, number>();
  for (const { row } of ofCampaign)
    sizes.set(String(row.campaign), (sizes.get(String(row.campaign)) ?? 0) + 1);
  let [precision, recall, found] = [0, 0, 0];
  for (const { row, said } of ofCampaign) {
    if (said === null) continue;
    const own = String(row.campaign);
    const cluster = said.cluster === null ? undefined : clusters.get(said.cluster);
    const together = cluster?.campaigns.get(own) ?? 1;
    precision += together / (cluster?.size ?? 1);
    recall += together / (sizes.get(own) ?? 1);
    found += 1;
  }
  precision = ratio(precision, found);
  recall = ratio(recall, ofCampaign.length);
  const mixed = [...clusters.values()].filter((cluster) => held(cluster) > 0);
  const contaminated = mixed.filter((cluster) => held(cluster) >= cluster.background);
  return {
    precision,
    recall,
    f1: ratio(2 * precision * recall, precision + recall),
    clusters: mixed.length,
    contamination: {
      hits: contaminated.reduce((sum, { background }) => sum + background, 0),
      of: matched.pairs.length - ofCampaign.length,
    },
  };
}

const ratio = (part: number, whole: number): number => (whole === 0 ? 0 : part / whole);

/** Apart: a row of its own among the shown senders of the campaigns that hold its mails. */
function secondSender(
  truth: ReplayTruth,
  matched: Matched,
  findings: Findings,
): Score['secondSender'] {
  const second = truth.senders.find(({ sender }) => sender === 'second');
  const clusters = new Set(
    matched.pairs.flatMap(({ row, said }) => (row.sender === 'second' ? [said?.cluster] : [])),
  );
  const counted = findings.campaigns
    .filter(({ id }) => clusters.has(id))
    .flatMap(({ shownSenders }) => shownSenders)
    .filter(({ address }) => address.toLowerCase() === second?.address)
    .reduce((sum, { messages }) => sum + messages, 0);
  return { apart: counted > 0, counted, of: second?.reports ?? 0 };
}

/** Clusters that hold more of the campaign than of anything else. */
const ownClusters = (matched: Matched): ReadonlySet<string> =>
  new Set(
    [...clustersOf(matched)].flatMap(([id, cluster]) =>
      held(cluster) > cluster.background ? [id] : [],
    ),
  );

function countLines(
  truth: ReplayTruth,
  matched: Matched,
  findings: Findings,
): readonly CountLine[] {
  const clusters = ownClusters(matched);
  const own = findings.campaigns.filter(({ id }) => clusters.has(id));
  const sum = (of: (campaign: (typeof own)[number]) => number): number =>
    own.reduce((all, campaign) => all + of(campaign), 0);
  const { totals } = truth;
  const exhibits = new Set(truth.originals.map((row) => row.exhibit)).size;
  return [
    { what: 'exhibits', said: findings.counts.exhibits, truth: exhibits },
    {
      what: 'originals of the campaign',
      said: sum((each) => each.originals),
      truth: copiesHeld(truth),
    },
    {
      what: 'recipients of the campaign',
      said: sum((each) => each.distinctRecipients),
      truth: totals.distinctRecipients,
    },
    { what: 'shown senders', said: distinctSenders(own), truth: truth.senders.length },
  ];
}

/** Campaign originals by where they are: a file that was handed over twice holds its own once. */
const copiesHeld = ({ originals }: ReplayTruth): number =>
  new Set(
    originals
      .filter((row) => row.campaign !== null)
      .map(({ exhibit, position, order }) => `${exhibit} ${position} ${order}`),
  ).size;

const distinctSenders = (campaigns: Findings['campaigns']): number =>
  new Set(
    campaigns.flatMap(({ shownSenders }) =>
      shownSenders.map(({ address }) => address.toLowerCase()),
    ),
  ).size;
