import { COMMENTS, FOOTERS, FORWARD_HEADS, SUBJECTS } from './phrases.ts';
import type { Random } from './random.ts';
import type { Piece } from './template.ts';
import type { Voter } from './voters.ts';

/** How often each thing happens to a message on its way to the office, 0 to 1. */
export interface Noise {
  readonly forward: number;
  readonly comment: number;
  readonly footer: number;
  readonly rewrapOrQuote: number;
  readonly truncate: number;
  readonly lostBlankLines: number;
  /** Of the words, in a campaign that disguises. */
  readonly homoglyph: number;
  readonly zeroWidth: number;
  /** Whole words in mathematical letters. */
  readonly mathematical: number;
}

export const FORWARDER_NOISE: Noise = {
  forward: 0.6,
  comment: 0.35,
  footer: 0.3,
  rewrapOrQuote: 0.3,
  truncate: 0.1,
  lostBlankLines: 0,
  homoglyph: 0,
  zeroWidth: 0,
  mathematical: 0,
};

export const DISGUISE = { homoglyph: 0.1, zeroWidth: 0.06, mathematical: 0.01 };

const noise = (text: string): Piece => ({ kind: 'noise', text });

export function throughForwarder(
  random: Random,
  original: readonly Piece[],
  { noise: rates, voter }: { readonly noise: Noise; readonly voter: Voter },
): readonly Piece[] {
  let pieces = disguised(random, original, rates);
  if (random.chance(rates.lostBlankLines)) pieces = pieces.map(withoutBlankLines);
  if (random.chance(rates.truncate)) pieces = truncated(pieces, 0.4 + 0.55 * random.next());
  if (random.chance(rates.rewrapOrQuote)) {
    pieces = rewrapped(pieces, 58 + random.below(20));
    if (random.chance(0.5)) pieces = quoted(pieces);
  }
  const head: Piece[] = [];
  if (random.chance(rates.comment)) head.push(noise(`${random.pick(COMMENTS)}\n\n`));
  if (random.chance(rates.forward)) head.push(noise(forwardHead(random, voter)));
  const foot = random.chance(rates.footer) ? [noise(`\n\n${random.pick(FOOTERS)}`)] : [];
  return [...head, ...pieces, ...foot];
}

const SENDERS = ['Proud Group <info@group.example>', 'Roll Office <office@roll.example>'];

const forwardHead = (random: Random, voter: Voter): string =>
  random
    .pick(FORWARD_HEADS)
    .replace('{sender}', random.pick(SENDERS))
    .replace('{subject}', random.pick(SUBJECTS))
    .replace('{email}', voter.email);

const LOOK_ALIKE: Readonly<Record<string, string>> = {
  a: 'а',
  c: 'с',
  e: 'е',
  i: 'і',
  o: 'о',
  p: 'р',
  x: 'х',
  y: 'у',
  A: 'А',
  B: 'В',
  E: 'Е',
  H: 'Н',
  O: 'О',
  T: 'Т',
};

function disguised(random: Random, pieces: readonly Piece[], rates: Noise): readonly Piece[] {
  if (rates.homoglyph + rates.zeroWidth + rates.mathematical === 0) return pieces;
  return pieces.map((piece) => ({
    ...piece,
    text: piece.text.replace(/[A-Za-z]{2,}/g, (word) => disguisedWord(random, word, rates)),
  }));
}

function disguisedWord(random: Random, word: string, rates: Noise): string {
  if (random.chance(rates.mathematical)) return mathematical(word);
  let text = word;
  if (random.chance(rates.homoglyph)) {
    const at = random.below(text.length);
    text = text.replace(/./gu, (letter, index: number) =>
      index >= at ? (LOOK_ALIKE[letter] ?? letter) : letter,
    );
  }
  if (random.chance(rates.zeroWidth)) {
    const at = 1 + random.below(text.length - 1);
    text = `${text.slice(0, at)}\u200b${text.slice(at)}`;
  }
  return text;
}

const mathematical = (word: string): string =>
  word.replace(/[A-Za-z]/g, (letter) => {
    const code = letter.charCodeAt(0);
    return String.fromCodePoint(code >= 97 ? 0x1d41a + code - 97 : 0x1d400 + code - 65);
  });

const withoutBlankLines = (piece: Piece): Piece => ({
  ...piece,
  text: piece.text.replaceAll('\n\n', '\n'),
});

function truncated(pieces: readonly Piece[], share: number): readonly Piece[] {
  let left = Math.round(share * pieces.reduce((sum, piece) => sum + piece.text.length, 0));
  const kept: Piece[] = [];
  for (const piece of pieces) {
    if (left <= 0) break;
    kept.push({ ...piece, text: piece.text.slice(0, left) });
    left -= piece.text.length;
  }
  return kept;
}

function rewrapped(pieces: readonly Piece[], width: number): readonly Piece[] {
  let column = 0;
  return pieces.map((piece) => {
    let text = '';
    for (const character of piece.text) {
      const breaks = character === ' ' && column >= width;
      text += breaks ? '\n' : character;
      column = breaks || character === '\n' ? 0 : column + 1;
    }
    return { ...piece, text };
  });
}

function quoted(pieces: readonly Piece[]): readonly Piece[] {
  return [
    noise('> '),
    ...pieces.flatMap((piece) =>
      piece.text.split(/(\n)/).flatMap((text): readonly Piece[] => {
        if (text === '') return [];
        return text === '\n' ? [{ ...piece, text }, noise('> ')] : [{ ...piece, text }];
      }),
    ),
  ];
}
