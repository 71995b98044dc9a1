import { linkCampaigns, linkFacts } from '../src/core/campaign/index.ts';
import { drawLinkedCampaigns } from './generator/links.ts';
import { createRandom } from './generator/random.ts';

/**
 * `node bench/links.ts [first seed]`: links between campaigns against planted truth, ten fresh
 * draws of 40 campaigns. A strong link is right when one hand stands behind all its campaigns; a
 * joined pair is right when one hand stands behind both. Planted lies: links and files of another
 * hand, exits of a VPN that strangers share, common programs, hosts and files.
 */
const firstSeed = Number(process.argv[2] ?? 8501);
const DRAWS = 10;

interface LinkScore {
  readonly linkPrecision: number;
  readonly linkRecall: number;
  readonly joinPrecision: number;
  readonly joinRecall: number;
}

const share = (part: number, whole: number): number => (whole === 0 ? 1 : part / whole);

function score(seed: number): LinkScore {
  const { sources, hands, ownValues, pairs } = drawLinkedCampaigns(createRandom(seed));
  const { links, joined } = linkCampaigns(sources.flatMap(linkFacts), hands.size);
  const strong = links.filter(({ strength }) => strength === 'strong');
  const isOneHand = (campaigns: readonly string[]): boolean =>
    new Set(campaigns.map((campaign) => hands.get(campaign))).size === 1;
  const shown = new Set(strong.map(({ kind, value }) => `${kind} ${value}`));
  const found = new Set(joined.map(({ campaigns }) => [...campaigns].sort().join(' ')));
  return {
    linkPrecision: share(
      strong.filter(({ campaigns }) => isOneHand(campaigns)).length,
      strong.length,
    ),
    linkRecall: share([...ownValues].filter((value) => shown.has(value)).length, ownValues.size),
    joinPrecision: share(
      joined.filter(({ campaigns }) => isOneHand(campaigns)).length,
      joined.length,
    ),
    joinRecall: share([...pairs].filter((pair) => found.has(pair)).length, pairs.size),
  };
}

const scores = Array.from({ length: DRAWS }, (_, n) => score(firstSeed + n));
process.stdout.write(
  `links: seeds ${firstSeed} to ${firstSeed + DRAWS - 1}, 40 campaigns each, with planted lies\n`,
);
for (const [what, measure] of [
  ['strong links, precision', 'linkPrecision'],
  ['strong links, recall', 'linkRecall'],
  ['joined pairs, precision', 'joinPrecision'],
  ['joined pairs, recall', 'joinRecall'],
] as const) {
  const values = scores.map((each) => each[measure]);
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  process.stdout.write(
    `  ${what.padEnd(26)} mean ${mean.toFixed(3)}  worst ${Math.min(...values).toFixed(3)}\n`,
  );
}
