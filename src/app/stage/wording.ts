import type { Json } from '../../core/base/index.ts';
import {
  commonestWording,
  type SubjectSkeleton,
  subjectSkeletons,
  type WordingSpan,
} from '../../core/campaign/index.ts';
import { type Rereader, rereadMessages, type Wanted } from './reread.ts';

/** The commonest wording of each cluster, words that too few members share withheld. */
export const WORDING = { stage: 'wording', methodVersion: 1 } as const;

/** Members read again per cluster, by stride: enough to tell what is shared, bounded in cost. */
export const WORDING_SAMPLE_MAX = 100;

/** Clusters whose wording is read; the largest first. The rest keep their counts. */
export const WORDED_CLUSTERS_MAX = 200;

export interface WordedCampaign {
  readonly id: string;
  readonly wording: readonly WordingSpan[];
  readonly subjects: readonly SubjectSkeleton[];
}

export interface WordingOutput {
  readonly campaigns: readonly WordedCampaign[];
}

export interface ClusterToWord {
  readonly id: string;
  readonly members: readonly MemberToWord[];
}

export interface MemberToWord extends Wanted {
  readonly subject: string | null;
  /** Whom it was addressed to; null where it does not say. One text to many people is no secret. */
  readonly recipient: string | null;
}

export async function wordClusters(
  reader: Rereader,
  clusters: readonly ClusterToWord[],
  includePersonal: boolean,
): Promise<WordingOutput & Json> {
  const campaigns: WordedCampaign[] = [];
  for (const { id, members } of clusters.slice(0, WORDED_CLUSTERS_MAX)) {
    const messages = (await rereadMessages(reader, byStride(members, WORDING_SAMPLE_MAX))).filter(
      (message) => message !== null,
    );
    const personal = messages.flatMap(({ to }) => to.map(({ name }) => name));
    const subjects = members.flatMap(({ subject, recipient }) =>
      subject === null ? [] : [{ subject, recipient }],
    );
    campaigns.push({
      id,
      wording: commonestWording(
        messages.map(({ text }) => text),
        { includePersonal, personal, recipients: messages.map(({ to }) => to[0]?.address ?? null) },
      ),
      subjects: subjectSkeletons(
        subjects.map(({ subject }) => subject),
        { includePersonal, personal, recipients: subjects.map(({ recipient }) => recipient) },
      ),
    });
  }
  return { campaigns } as unknown as WordingOutput & Json;
}

/** At most `most` of them, evenly spread, the first always among them. */
function byStride<Item>(items: readonly Item[], most: number): readonly Item[] {
  const step = Math.max(1, items.length / most);
  return Array.from({ length: Math.min(items.length, most) }, (_, index) => {
    return items[Math.floor(index * step)];
  }).filter((item) => item !== undefined);
}
