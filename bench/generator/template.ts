import { CLOSINGS, CUES, GREETINGS } from './phrases.ts';
import type { Random } from './random.ts';
import type { Voter } from './voters.ts';

/** A stretch of a generated message and what it is in truth. */
export interface Piece {
  readonly text: string;
  readonly kind: 'fixed' | 'slot' | 'choice' | 'noise';
  /** Which column of the template, for a slot. */
  readonly slot?: number;
  readonly type?: string;
}

export type Profile =
  | 'clean'
  | 'spintax'
  | 'reordered'
  | 'homoglyph'
  | 'mixed'
  | 'sibling'
  | 'mad-lib'
  | 'non-latin'
  | 'unspaced'
  | 'short'
  | 'line';

type Part =
  | { readonly kind: 'fixed'; readonly text: string }
  | { readonly kind: 'slot'; readonly field: string; readonly slot: number }
  | { readonly kind: 'choice'; readonly options: readonly string[] };

type Sentence = readonly Part[];

export interface Template {
  readonly profile: Profile;
  /** Paragraphs of alternative sentences: one of each inner list is said. */
  readonly paragraphs: readonly (readonly (readonly Sentence[])[])[];
  readonly slots: number;
}

/** What a template is made from: sentences of one real mail, and words to spin with. */
export interface Material {
  readonly sentences: readonly string[];
  readonly vocabulary: readonly string[];
}

const SPIN_SHARE = 0.12;
const REORDERED_SHARE = 0.7;

export function inventTemplate(random: Random, profile: Profile, material: Material): Template {
  const numbering = { next: 0 };
  const spin = profile === 'spintax' || profile === 'mixed' ? SPIN_SHARE : 0;
  if (profile === 'mad-lib') return madLib(random, material, numbering);
  const said = (sentence: string): Sentence =>
    spun(random, parseSentence(sentence, numbering), spin, material.vocabulary);
  const body = material.sentences.slice(0, 9 + random.below(7));
  const carriers = 3 + random.below(4);
  const order = random.shuffled(
    body.map((sentence, at) => (at < carriers ? withCue(random, sentence) : sentence)),
  );
  const paragraphs: Sentence[][][] = [[[said(random.pick(GREETINGS))]]];
  while (order.length > 0) {
    const size = 2 + random.below(3);
    paragraphs.push(
      order.splice(0, size).map((sentence) => {
        const first = said(sentence);
        const twin = random.pick(material.sentences);
        const spinsWhole = spin > 0 && !sentence.includes('{') && random.chance(0.2);
        return spinsWhole && twin !== sentence
          ? [first, [{ kind: 'choice', options: [twin] }]]
          : [first];
      }),
    );
  }
  if (random.chance(0.6)) paragraphs.push([[said(random.pick(CLOSINGS))]]);
  return { profile, paragraphs, slots: numbering.next };
}

/** A template that shares about half of its paragraphs with another one. */
export function inventSibling(random: Random, elder: Template, material: Material): Template {
  const fresh = inventTemplate(random, 'clean', material);
  const offset = elder.slots;
  const renumbered = fresh.paragraphs.map((paragraph) =>
    paragraph.map((options) =>
      options.map((sentence) =>
        sentence.map((part) =>
          part.kind === 'slot' ? { ...part, slot: part.slot + offset } : part,
        ),
      ),
    ),
  );
  return {
    profile: 'sibling',
    paragraphs: [...halfOf(elder.paragraphs), ...halfOf([...renumbered].reverse())],
    slots: offset + fresh.slots,
  };
}

/** The first paragraphs up to half of the text, the last one cut between sentences. */
function halfOf(paragraphs: Template['paragraphs']): readonly Template['paragraphs'][number][] {
  const lengthOf = (sentence: Sentence): number =>
    sentence.reduce((sum, part) => sum + (part.kind === 'fixed' ? part.text.length : 20), 0);
  const all = paragraphs.flat().reduce((sum, [first]) => sum + lengthOf(first ?? []), 0);
  let said = 0;
  return paragraphs
    .map((paragraph) =>
      paragraph.filter(([first]) => {
        const kept = said < all / 2;
        said += lengthOf(first ?? []);
        return kept;
      }),
    )
    .filter((paragraph) => paragraph.length > 0);
}

/** A sentence of the base mail with a clause that holds slots, after one of its inner words. */
function withCue(random: Random, sentence: string): string {
  const words = sentence.split(' ');
  const at = 2 + random.below(Math.max(1, words.length - 3));
  return [...words.slice(0, at), random.pick(CUES), ...words.slice(at)].join(' ');
}

function parseSentence(sentence: string, numbering: { next: number }): Sentence {
  return sentence
    .split(/(\{\w+\})/)
    .filter((part) => part !== '')
    .map((part): Part => {
      if (!part.startsWith('{')) return { kind: 'fixed', text: part };
      return { kind: 'slot', field: part.slice(1, -1), slot: numbering.next++ };
    });
}

function spun(
  random: Random,
  sentence: Sentence,
  share: number,
  vocabulary: readonly string[],
): Sentence {
  if (share === 0) return sentence;
  return sentence.flatMap((part): readonly Part[] => {
    if (part.kind !== 'fixed') return [part];
    return part.text.split(/(\b[a-z]{3,}\b)/).map((word): Part => {
      if (!/^[a-z]{3,}$/.test(word) || !random.chance(share)) return { kind: 'fixed', text: word };
      const others = Array.from({ length: 1 + random.below(3) }, () => random.pick(vocabulary));
      return { kind: 'choice', options: [...new Set([word, ...others])] };
    });
  });
}

/** 70 to 100 words with 34 to 36 choice points: hardly three words in a row are shared. */
function madLib(
  random: Random,
  { sentences, vocabulary }: Material,
  numbering: { next: number },
): Template {
  const text = sentences
    .join(' ')
    .toLowerCase()
    .replace(/[^a-z ]+/g, ' ');
  const words = text
    .split(/ +/)
    .filter((word) => word !== '')
    .slice(0, 70 + random.below(31));
  const spots = new Set(random.shuffled(words.map((_, at) => at)).slice(0, 34 + random.below(3)));
  const phrase = (): string =>
    Array.from({ length: 1 + random.below(2) }, () => random.pick(vocabulary)).join(' ');
  const parts = words.flatMap((word, at): readonly Part[] => {
    const gap: Part = { kind: 'fixed', text: (at + 1) % 13 === 0 ? '. ' : ' ' };
    if (!spots.has(at)) return [{ kind: 'fixed', text: word }, gap];
    const options = [word, ...Array.from({ length: 2 + random.below(5) }, phrase)];
    return [{ kind: 'choice', options: [...new Set(options)] }, gap];
  });
  const middle = Math.floor(parts.length / 2);
  return {
    profile: 'mad-lib',
    paragraphs: [
      [[parseSentence(random.pick(GREETINGS), numbering)]],
      [[parts.slice(0, middle)]],
      [[parseSentence(withCue(random, sentences.at(-1) ?? ''), numbering)]],
      [[parts.slice(middle)]],
    ],
    slots: numbering.next,
  };
}

/** One message of a campaign, before its voters and their programs touch it. */
export function fillTemplate(random: Random, template: Template, voter: Voter): readonly Piece[] {
  const reorders = template.profile === 'reordered' || template.profile === 'mixed';
  const [greeting, ...rest] = template.paragraphs;
  const body = reorders && random.chance(REORDERED_SHARE) ? random.shuffled(rest) : rest;
  const pieces: Piece[] = [];
  [greeting ?? [], ...body].forEach((paragraph, at) => {
    if (at > 0) pieces.push({ kind: 'fixed', text: '\n\n' });
    paragraph.forEach((options, index) => {
      if (index > 0) pieces.push({ kind: 'fixed', text: ' ' });
      for (const part of random.pick(options)) pieces.push(pieceOf(random, part, voter));
    });
  });
  return pieces;
}

function pieceOf(random: Random, part: Part, voter: Voter): Piece {
  switch (part.kind) {
    case 'fixed':
      return part;
    case 'choice':
      return { kind: 'choice', text: random.pick(part.options) };
    case 'slot':
      return {
        kind: 'slot',
        text: slotValue(random, part.field, voter),
        slot: part.slot,
        type: TYPES[part.field] ?? 'text',
      };
  }
}

const TYPES: Readonly<Record<string, string>> = {
  given: 'person-name',
  family: 'person-name',
  title: 'person-name',
  street: 'street-address',
  city: 'city',
  county: 'county',
  state: 'state',
  stateCode: 'state',
  postalCode: 'postal-code',
  email: 'email',
  phone: 'phone',
  party: 'party',
  voterId: 'voter-id',
  birthDate: 'birth-date',
  date: 'date',
  amount: 'amount',
  token: 'url-token',
  count: 'count',
};

const MONTHS = ['September', 'October', 'November'];

function slotValue(random: Random, field: string, voter: Voter): string {
  if (field === 'date') return `${random.pick(MONTHS)} ${1 + random.below(28)}, 2020`;
  if (field === 'amount') return `$${1 + random.below(40)},${100 + random.below(900)}.00`;
  if (field === 'count') return String(2 + random.below(97));
  return voter[field as keyof Voter] ?? field;
}
