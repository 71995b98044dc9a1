import type { GeneratedMessage } from './generator/corpus.ts';

/**
 * B-cubed over campaign messages (Bagga & Baldwin 1998); background counts only in cluster sizes.
 */
export interface BCubed {
  readonly precision: number;
  readonly recall: number;
  /** Of the means. */
  readonly f1: number;
}

export interface ClusterScore extends BCubed {
  readonly perCampaign: readonly BCubed[];
  /** Background in clusters with at least as many campaign messages, over all background. */
  readonly contamination: number;
  /** Background in clusters of two and more that hold fewer campaign messages than background. */
  readonly junk: number;
  /** Campaign messages in those clusters. */
  readonly strays: number;
}

export function scoreClusters(
  messages: readonly GeneratedMessage[],
  groups: readonly (readonly string[])[],
): ClusterScore {
  const campaignOf = new Map(messages.map((message) => [message.id, message.campaign]));
  const sizes = new Map<number, number>();
  for (const { campaign } of messages) {
    if (campaign !== null) sizes.set(campaign, (sizes.get(campaign) ?? 0) + 1);
  }
  const sums = new Map<number, { precision: number; recall: number }>();
  let [contaminated, junk, strays] = [0, 0, 0];
  for (const group of groups) {
    const counts = countBy(group, campaignOf);
    const background = counts.get(null) ?? 0;
    const ours = group.length - background;
    if (ours >= background) contaminated += background;
    else if (group.length > 1) {
      junk += background;
      strays += ours;
    }
    for (const [campaign, count] of counts) {
      if (campaign === null) continue;
      const sum = sums.get(campaign) ?? { precision: 0, recall: 0 };
      sum.precision += (count * count) / group.length;
      sum.recall += (count * count) / (sizes.get(campaign) ?? 1);
      sums.set(campaign, sum);
    }
  }
  const perCampaign = [...sizes.keys()]
    .sort((a, b) => a - b)
    .map((campaign) => meanOf(sums.get(campaign), sizes.get(campaign) ?? 1));
  const total = [...sums.values()].reduce(
    (all, sum) => ({ precision: all.precision + sum.precision, recall: all.recall + sum.recall }),
    { precision: 0, recall: 0 },
  );
  const members = [...sizes.values()].reduce((sum, size) => sum + size, 0);
  const background = messages.length - members;
  return {
    ...meanOf(total, members),
    perCampaign,
    contamination: contaminated / Math.max(1, background),
    junk,
    strays,
  };
}

function countBy(
  group: readonly string[],
  campaignOf: ReadonlyMap<string, number | null>,
): ReadonlyMap<number | null, number> {
  const counts = new Map<number | null, number>();
  for (const id of group) {
    const campaign = campaignOf.get(id) ?? null;
    counts.set(campaign, (counts.get(campaign) ?? 0) + 1);
  }
  return counts;
}

function meanOf(
  sum: { readonly precision: number; readonly recall: number } | undefined,
  count: number,
): BCubed {
  const precision = (sum?.precision ?? 0) / count;
  const recall = (sum?.recall ?? 0) / count;
  return { precision, recall, f1: (2 * precision * recall) / Math.max(1e-9, precision + recall) };
}
