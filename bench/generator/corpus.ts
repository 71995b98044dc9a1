import { babble, type Stock, takeStock } from './material.ts';
import { DISGUISE, FORWARDER_NOISE, type Noise, throughForwarder } from './noise.ts';
import { FOOTERS } from './phrases.ts';
import { createRandom, type Random } from './random.ts';
import {
  fillTemplate,
  inventSibling,
  inventTemplate,
  type Piece,
  type Profile,
  type Template,
} from './template.ts';
import { inventVoter } from './voters.ts';

export interface GeneratedMessage {
  readonly id: string;
  readonly text: string;
  /** Number of the campaign; null for background and digests. */
  readonly campaign: number | null;
  /** What each stretch is in truth; empty unless asked for. */
  readonly pieces: readonly Piece[];
}

export interface Corpus {
  readonly messages: readonly GeneratedMessage[];
  readonly templates: readonly Template[];
}

export interface CorpusPlan {
  readonly seed: number;
  readonly messages: number;
  readonly campaigns: number;
  /** Share of campaign mail. */
  readonly campaignShare: number;
  /** Messages of a campaign; by default log-uniform from 100 to 5,000, scaled to the share. */
  readonly size?: number;
  readonly noise?: Partial<Noise>;
  readonly withPieces?: boolean;
  readonly madLibs?: number;
}

/** Fixed places in the round of profiles; two mad-libs stand at the end of every forty. */
const ROUND: readonly Profile[] = [
  'clean',
  'spintax',
  'reordered',
  'homoglyph',
  'mixed',
  'sibling',
];

/** A corpus with planted truth: real mail as bases and background, invented voters in the slots. */
export function drawCorpus(plan: CorpusPlan): Corpus {
  const random = createRandom(plan.seed);
  const stock = takeStock(random, plan.campaigns);
  const templates = inventTemplates(random, stock, plan);
  const sizes = sizesOf(random, plan);
  const messages: GeneratedMessage[] = [];
  templates.forEach((template, campaign) => {
    const noise = noiseFor(template, plan);
    for (let n = 0; n < (sizes[campaign] ?? 0); n++) {
      const voter = inventVoter(random);
      const pieces = throughForwarder(random, fillTemplate(random, template, voter), {
        noise,
        voter,
      });
      messages.push(messageOf(`c${campaign}-${n}`, campaign, pieces, plan.withPieces === true));
    }
  });
  const background = Math.max(0, plan.messages - messages.length);
  for (let n = 0; n < background; n++) {
    const real = stock.background[n];
    const body = real ?? babble(random, stock.vocabulary);
    const foot = random.chance(FORWARDER_NOISE.footer) ? `\n\n${random.pick(FOOTERS)}` : '';
    messages.push({ id: `b${n}`, text: body + foot, campaign: null, pieces: [] });
  }
  return { messages: random.shuffled(messages), templates };
}

function inventTemplates(random: Random, stock: Stock, plan: CorpusPlan): readonly Template[] {
  const madLibs = plan.madLibs ?? Math.round(plan.campaigns / 20);
  const templates: Template[] = [];
  for (let at = 0; at < plan.campaigns; at++) {
    const material = stock.bases[at % stock.bases.length];
    if (material === undefined) break;
    const profile =
      at >= plan.campaigns - madLibs ? 'mad-lib' : (ROUND[at % ROUND.length] ?? 'clean');
    const elder = templates.findLast((template) => template.profile === 'clean');
    templates.push(
      profile === 'sibling' && elder !== undefined
        ? inventSibling(random, elder, material)
        : inventTemplate(random, profile === 'sibling' ? 'clean' : profile, material),
    );
  }
  return templates;
}

function sizesOf(random: Random, plan: CorpusPlan): readonly number[] {
  if (plan.size !== undefined) return Array.from({ length: plan.campaigns }, () => plan.size ?? 0);
  const raw = Array.from({ length: plan.campaigns }, () => random.logUniform(100, 5000));
  const sum = raw.reduce((total, size) => total + size, 0);
  const scale = (plan.messages * plan.campaignShare) / sum;
  return raw.map((size) => Math.max(5, Math.round(size * scale)));
}

function noiseFor(template: Template, plan: CorpusPlan): Noise {
  const disguises = template.profile === 'homoglyph' || template.profile === 'mixed';
  return { ...FORWARDER_NOISE, ...(disguises ? DISGUISE : {}), ...plan.noise };
}

function messageOf(
  id: string,
  campaign: number | null,
  pieces: readonly Piece[],
  keep: boolean,
): GeneratedMessage {
  const text = pieces.map((piece) => piece.text).join('');
  return { id, text, campaign, pieces: keep ? pieces : [] };
}

/**
 * Campaigns of fifty, and offices that forward "all we got" in one mail: each digest quotes one
 * message of 3 to 12 campaigns. `first` puts the digests before everything else.
 */
export function drawDigests(seed: number, first: boolean): Corpus {
  const corpus = drawCorpus({
    seed,
    messages: 12 * 50 + 400,
    campaigns: 12,
    campaignShare: 0.6,
    size: 50,
    madLibs: 0,
    withPieces: true,
  });
  const random = createRandom(seed ^ 0x5eed);
  const digests = Array.from({ length: 6 }, (_, n): GeneratedMessage => {
    const campaigns = random
      .shuffled(corpus.templates.map((_, at) => at))
      .slice(0, 3 + random.below(10));
    const quotes = campaigns.map((campaign) => {
      const voter = inventVoter(random);
      const template = corpus.templates[campaign];
      return template === undefined
        ? ''
        : fillTemplate(random, template, voter)
            .map((piece) => piece.text)
            .join('');
    });
    return {
      id: `d${n}`,
      text: `All we got:\n\n${quotes.join('\n\n----\n\n')}`,
      campaign: null,
      pieces: [],
    };
  });
  const messages = first
    ? [...digests, ...corpus.messages]
    : random.shuffled([...digests, ...corpus.messages]);
  return { messages, templates: corpus.templates };
}
