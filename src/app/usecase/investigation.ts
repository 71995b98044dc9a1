import { questionBoard } from '../../core/assessment/index.ts';
import { assert, type Instant } from '../../core/base/index.ts';
import type { CampaignSummary, ExhibitSummary, Investigation } from '../../core/report/index.ts';
import type { EvidenceStore, Unread } from '../ports/index.ts';
import type { ClusterOutput, WordingOutput } from '../stage/index.ts';
import { commonest, heldForm, memberRef, summariseCampaign } from './campaign-summary.ts';
import type { CaseIndex, IndexedExhibit, IndexedOriginal } from './case-index.ts';
import type { OfficeAnswers } from './consult-office.ts';
import { accessLogSummary, exposureSummary, matchesSummary } from './office-summary.ts';
import { type NameSender, senderNaming } from './open-senders.ts';

/** Exhibits that the board links to where no campaign stands. */
const EXHIBIT_SAMPLES_MAX = 5;

export interface Drawn {
  readonly index: CaseIndex;
  readonly clusters: ClusterOutput['clusters'];
  readonly worded: WordingOutput;
  readonly office: OfficeAnswers;
  readonly checkpoint: Awaited<ReturnType<EvidenceStore['checkpoint']>>;
  readonly unread: readonly Unread[];
  readonly asOf: Instant;
  readonly includePersonal: boolean;
  readonly tool: string;
}

/** Folds exhibits, findings and what could not be read into the one value that the report shows. */
export function drawTogether(drawn: Drawn): Investigation {
  const { index, clusters, unread, includePersonal } = drawn;
  const nameSender = senderNaming(index.originals(), includePersonal);
  const campaigns = campaignSummaries(drawn, nameSender);
  const clustered = new Set(campaigns.flatMap(({ members }) => members.map(refOf)));
  const unclustered = [...index.originals()]
    .filter((original) => !clustered.has(refOf(original)))
    .map((original) => memberRef(original, nameSender));
  const exhibits = [...index.exhibits.values()];
  const counts = countsOf(exhibits, unclustered.length);
  const office = officeSummaries(drawn, campaigns);
  const degraded = [...index.originals()].filter(isDegraded).length;
  return {
    schema: 'tocsin/investigation/1',
    tool: drawn.tool,
    asOf: drawn.asOf,
    personalDataIncluded: includePersonal,
    log: logState(drawn.checkpoint),
    counts,
    networkTables: [],
    board: questionBoard({
      personalDataIncluded: includePersonal,
      exhibits: exhibits.length,
      unread: unread.length,
      originals: counts.originals,
      intact: counts.originals - degraded,
      degraded,
      unclustered: unclustered.length,
      exhibitSamples: exhibits
        .filter(({ originals }) => originals.size > 0)
        .slice(0, EXHIBIT_SAMPLES_MAX)
        .map(({ digest }) => digest),
      campaigns,
      ...office,
    }),
    campaigns,
    ...linkSummaries(drawn.worded, campaigns),
    ...office,
    unclustered,
    exhibits: exhibitSummaries(exhibits, campaigns, includePersonal),
    unread: unread.map((one) => publicUnread(one, includePersonal)),
    limits: wordingLimit(clusters.length - drawn.worded.campaigns.length),
  };
}

const wordingLimit = (unread: number): Investigation['limits'] =>
  unread === 0
    ? []
    : [
        {
          code: 'wording-over-limit',
          at: 'campaigns',
          text: `The wording of ${unread} smaller campaigns was not read.`,
        },
      ];
const officeSummaries = (
  { office, includePersonal }: Drawn,
  campaigns: readonly CampaignSummary[],
): Pick<Investigation, 'exposure' | 'accessLog' | 'matches'> => ({
  exposure:
    office.exposure === null
      ? null
      : exposureSummary(office.exposure, { campaigns, includePersonal }),
  accessLog: office.accessLog === null ? null : accessLogSummary(office.accessLog, includePersonal),
  matches: office.matches === null ? null : matchesSummary(office.matches),
});

const refOf = ({ exhibit, path }: { readonly exhibit: string; readonly path: string }): string =>
  `${exhibit}/${path}`;

const isDegraded = ({ forward }: IndexedOriginal): boolean => forward !== null && !forward.intact;

function campaignSummaries(
  { clusters, index, worded }: Drawn,
  nameSender: NameSender,
): readonly CampaignSummary[] {
  const wordings = new Map(worded.campaigns.map((campaign) => [campaign.id, campaign]));
  return clusters.map(({ id, members }, place) =>
    summariseCampaign({
      label: `C${place + 1}`,
      id,
      members: members.flatMap((ref) => index.find(ref) ?? []),
      worded: wordings.get(id) ?? null,
      nameSender,
    }),
  );
}

function linkSummaries(
  { links, joined }: WordingOutput,
  campaigns: readonly CampaignSummary[],
): Pick<Investigation, 'links' | 'joined'> {
  const labels = new Map(campaigns.map(({ id, label }) => [id, label]));
  const labelOf = (id: string): string => labels.get(id) ?? '';
  return {
    links: links.map(({ kind, value, strength, weight, why, campaigns: held }) => ({
      kind,
      value,
      strength,
      weight,
      why,
      campaigns: held.map(labelOf),
    })),
    joined: joined.map(({ campaigns: [a, b] }) => [labelOf(a), labelOf(b)]),
  };
}

function countsOf(
  exhibits: readonly IndexedExhibit[],
  unclustered: number,
): Investigation['counts'] {
  const sum = (of: (exhibit: IndexedExhibit) => number): number =>
    exhibits.reduce((total, exhibit) => total + of(exhibit), 0);
  return {
    exhibits: exhibits.length,
    bytes: sum(({ bytes }) => bytes),
    messages: sum(({ messages }) => messages),
    originals: sum(({ originals }) => originals.size),
    carriers: sum(({ carriers }) => carriers),
    unclustered,
  };
}

/** A checkpoint's first lines are the log's name, its size and its root (C2SP tlog-checkpoint). */
function logState(checkpoint: Drawn['checkpoint']): Investigation['log'] {
  const { note, size } = checkpoint ?? { note: '', size: 0 };
  const [key = '', , root = ''] = note.split('\n');
  return { note, size, root, key };
}

function exhibitSummaries(
  exhibits: readonly IndexedExhibit[],
  campaigns: readonly CampaignSummary[],
  includePersonal: boolean,
): readonly ExhibitSummary[] {
  const labels = new Map<string, Set<string>>();
  for (const { label, members } of campaigns) {
    for (const { exhibit } of members) {
      labels.set(exhibit, (labels.get(exhibit) ?? new Set()).add(label));
    }
  }
  return exhibits.map((exhibit, place) => {
    const [custody] = exhibit.custody;
    assert(custody !== undefined, 'an exhibit stands by its custody entry');
    return {
      label: `E${place + 1}`,
      digest: exhibit.digest,
      kind: exhibit.kind,
      bytes: exhibit.bytes,
      messages: exhibit.messages,
      originals: exhibit.originals.size,
      receivedAt: custody.receivedAt,
      receivedHow: custody.receivedHow,
      name: includePersonal ? custody.name : null,
      campaigns: [...(labels.get(exhibit.digest) ?? [])],
      held: commonest([...exhibit.originals.values()].map(heldForm)).map(([form, originals]) => ({
        form: form as ExhibitSummary['held'][number]['form'],
        originals,
      })),
      limits: exhibit.limits,
    };
  });
}

/** A file name can hold a voter's name: the report gets its kind of trouble, the terminal the name. */
function publicUnread(unread: Unread, includePersonal: boolean): Unread {
  return includePersonal ? unread : { ...unread, name: 'a file named on the terminal' };
}
