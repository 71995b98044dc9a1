import type { Random } from './random.ts';
import { realMailBodies } from './real-mail.ts';
import type { Material } from './template.ts';

/** Real mail, split into what campaigns are made from and what stands beside them. */
export interface Stock {
  /** One entry a base mail, in random order. */
  readonly bases: readonly Material[];
  readonly background: readonly string[];
  readonly vocabulary: readonly string[];
}

const SENTENCES_MIN = 12;
const PLAIN_SENTENCE = /(?:^|\s)([A-Z][A-Za-z]*(?:[ ,;'-]+[A-Za-z]+){5,27}[.!?])(?=\s|$)/g;

export function takeStock(random: Random, bases: number): Stock {
  const bodies = random.shuffled(realMailBodies());
  const chosen: string[][] = [];
  const background: string[] = [];
  const vocabulary = new Map<string, number>();
  /** Sentences of the bases: a mail that repeats them would be the same text under another name. */
  const taken = new Set<string>();
  for (const body of bodies) {
    const sentences = body.length < 40_000 ? plainSentences(body) : [];
    for (const word of sentences
      .join(' ')
      .toLowerCase()
      .match(/[a-z]{3,}/g) ?? []) {
      vocabulary.set(word, (vocabulary.get(word) ?? 0) + 1);
    }
    const repeated = sentences.filter((sentence) => taken.has(sentence)).length;
    if (chosen.length < bases && sentences.length >= SENTENCES_MIN && repeated === 0) {
      chosen.push(sentences);
      for (const sentence of sentences) taken.add(sentence);
    } else if (repeated === 0) background.push(body.slice(0, 20_000));
  }
  const common = [...vocabulary]
    .sort((a, b) => b[1] - a[1])
    .slice(0, 4000)
    .map(([word]) => word);
  return {
    bases: chosen.map((sentences) => ({ sentences, vocabulary: common })),
    background,
    vocabulary: common,
  };
}

function plainSentences(body: string): string[] {
  if (/<html|<table|<br|base64/i.test(body)) return [];
  const own = body
    .split('\n')
    .filter((line) => !/^\s*[>|]/.test(line))
    .join(' ');
  return [...new Set([...own.matchAll(PLAIN_SENTENCE)].map((hit) => hit[1] ?? ''))];
}

/** Mail that nobody sent: words in natural frequency, hardly three in a row ever repeated. */
export function babble(random: Random, vocabulary: readonly string[]): string {
  const words = Array.from({ length: 30 + random.below(170) }, () => {
    const rank = Math.floor(vocabulary.length ** random.next()) - 1;
    return vocabulary[Math.max(0, rank)] ?? 'word';
  });
  return words.map((word, at) => (at % 11 === 10 ? `${word}.` : word)).join(' ');
}
