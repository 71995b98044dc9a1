import type { Corpus, GeneratedMessage } from './corpus.ts';
import { babble, takeStock } from './material.ts';
import { FORWARDER_NOISE, throughForwarder } from './noise.ts';
import { createRandom, type Random } from './random.ts';
import { fillTemplate, inventTemplate, type Profile, type Template } from './template.ts';
import { inventVoter } from './voters.ts';

/** Letters of scripts in which mail comes that no English list knows; Han writes no blanks. */
const SCRIPTS: readonly { readonly letters: string; readonly between: string }[] = [
  { letters: 'абвгдежзийклмнопрстуфхцчшщыьэюя', between: ' ' },
  { letters: 'αβγδεζηθικλμνξοπρστυφχψω', between: ' ' },
  { letters: 'ابتثجحخدذرزسشصضطظعغفقكلمنهوي', between: ' ' },
  { letters: 'कखगघचछजझटठडढतथदधनपफबभमयरलवशषसह', between: ' ' },
  {
    letters: '的一是不了人我在有他这中大来上国个到说们为子和你地出道也时年得就那要下',
    between: '',
  },
];
const CAMPAIGNS_PER_SCRIPT = 1;
const PLAIN_CAMPAIGNS = 6;
const SIZE = 60;
/** Of the messages, so many are the same message reported again. */
const DUPLICATES = 0.25;
const BACKGROUND = 400;

/** Five words or fewer, at least half of them the sender's own, as in text messages. */
const SHORT_TEXTS: readonly string[] = [
  '{given} polls close tonight',
  'vote {count} text back now',
  'ballot of {family} was rejected',
  'we know where {given} lives',
  'call {phone} before voting',
];
/** Six to nine words: hardly a run of three words without a slot. */
const LINES: readonly string[] = [
  '{given} the polls close on {date}',
  'your ballot at {city} office was not counted',
  'dear {given} {family} you are not on the list',
  'last call {given} vote for {party} or lose it',
];

/**
 * What the main corpus has not: campaigns and background in other scripts, texts of five words and
 * fewer, and messages that are reported several times.
 */
export function drawKinds(seed: number): Corpus {
  const random = createRandom(seed);
  const stock = takeStock(random, PLAIN_CAMPAIGNS);
  const templates: Template[] = [
    ...SCRIPTS.flatMap((script) =>
      Array.from({ length: CAMPAIGNS_PER_SCRIPT }, () => foreignTemplate(random, script)),
    ),
    ...SHORT_TEXTS.map((text) => shortTemplate(text, 'short')),
    ...LINES.map((text) => shortTemplate(text, 'line')),
    ...stock.bases.slice(0, PLAIN_CAMPAIGNS).map((base) => inventTemplate(random, 'clean', base)),
  ];
  const messages: GeneratedMessage[] = templates.flatMap((template, campaign) =>
    Array.from({ length: SIZE }, (_, n) => drawMessage(random, template, { campaign, n })),
  );
  for (const original of random.shuffled(messages).slice(0, DUPLICATES * messages.length)) {
    messages.push({ ...original, id: `${original.id}-again` });
  }
  for (let n = 0; n < BACKGROUND; n++) {
    messages.push({ id: `b${n}`, text: background(random, stock, n), campaign: null, pieces: [] });
  }
  return { messages: random.shuffled(messages), templates };
}

function drawMessage(
  random: Random,
  template: Template,
  { campaign, n }: { readonly campaign: number; readonly n: number },
): GeneratedMessage {
  const voter = inventVoter(random);
  const filled = fillTemplate(random, template, voter);
  // A text message is not forwarded by a mail program.
  const pieces =
    template.profile === 'short' || template.profile === 'line'
      ? filled
      : throughForwarder(random, filled, { noise: FORWARDER_NOISE, voter });
  const text = pieces.map((piece) => piece.text).join('');
  return { id: `c${campaign}-${n}`, text, campaign, pieces: [] };
}

function background(random: Random, stock: ReturnType<typeof takeStock>, n: number): string {
  if (n % 4 === 0) return babble(random, stock.vocabulary).split(' ').slice(0, 5).join(' ');
  if (n % 4 === 1) return foreignSentences(random, random.pick(SCRIPTS), 8).join(' ');
  return stock.background[n] ?? babble(random, stock.vocabulary);
}

function foreignTemplate(random: Random, script: (typeof SCRIPTS)[number]): Template {
  const sentences = foreignSentences(random, script, 14);
  const template = inventTemplate(random, 'clean', { sentences, vocabulary: [] });
  return { ...template, profile: script.between === '' ? 'unspaced' : 'non-latin' };
}

function foreignSentences(
  random: Random,
  { letters, between }: (typeof SCRIPTS)[number],
  count: number,
): readonly string[] {
  const word = (): string =>
    Array.from({ length: between === '' ? 2 : 3 + random.below(6) }, () =>
      random.pick([...letters]),
    ).join('');
  return Array.from(
    { length: count },
    () =>
      `${Array.from({ length: 7 + random.below(9) }, word).join(between)}${between === '' ? '。' : '.'}`,
  );
}

const shortTemplate = (text: string, profile: Profile): Template => {
  let slots = 0;
  const parts = text
    .split(/(\{\w+\})/)
    .filter((part) => part !== '')
    .map((part) =>
      part.startsWith('{')
        ? { kind: 'slot' as const, field: part.slice(1, -1), slot: slots++ }
        : { kind: 'fixed' as const, text: part },
    );
  return { profile, paragraphs: [[[parts]]], slots };
};
