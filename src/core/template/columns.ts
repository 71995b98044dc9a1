import { type Reading, valueTokens } from './reading.ts';
import type { Filling, Region } from './regions.ts';

/** Of the members, so many must fill both columns. */
const FILLED_SHARE = 0.9;
/** A column of choices: so many different words, each said more than once, cover nearly all. */
const CHOICES_MAX = 8;
const CHOICES_COVER = 0.95;
/** Two columns vary on their own when their pairs are so many more than the values of either. */
const PAIRS_OVER_VALUES = 1.5;
const SATURATED_SHARE = 0.5;
const MEMBERS_MIN = 8;

/**
 * A region whose members end or begin with one word of a few, apart from the rest: two neighbouring
 * columns that no fixed word parts. Null where the words depend on each other (one phrase) or the
 * outer words vary without end.
 */
export function partColumns(reading: Reading, region: Region): readonly [Region, Region] | null {
  const { fillings } = region;
  const wide = fillings.filter(({ from, to }) => to - from >= 2);
  if (fillings.length < MEMBERS_MIN || wide.length < FILLED_SHARE * fillings.length) return null;
  for (const cut of [lastWord, firstWord]) {
    const parts = wide.map((filling) => cut(filling));
    if (!areApart(reading, parts, cut === lastWord ? 1 : 0)) continue;
    const column = (side: 0 | 1): Region => ({
      ...region,
      fillings: parts.map((part) => part[side]),
      read: region.read - (fillings.length - wide.length),
    });
    return [column(0), column(1)];
  }
  return null;
}

type Pair = readonly [Filling, Filling];

const lastWord = ({ member, from, to }: Filling): Pair => [
  { member, from, to: to - 1 },
  { member, from: to - 1, to },
];

const firstWord = ({ member, from, to }: Filling): Pair => [
  { member, from, to: from + 1 },
  { member, from: from + 1, to },
];

function areApart(reading: Reading, parts: readonly Pair[], narrow: 0 | 1): boolean {
  const words = [new Map<string, number>(), new Map<string, number>()] as const;
  const pairs = new Set<string>();
  for (const part of parts) {
    const [left, right] = part.map((filling) => valueTokens(reading, filling).join(' '));
    words[0].set(left ?? '', (words[0].get(left ?? '') ?? 0) + 1);
    words[1].set(right ?? '', (words[1].get(right ?? '') ?? 0) + 1);
    pairs.add(`${left}\n${right}`);
  }
  const choices = [...words[narrow].values()].filter((count) => count > 1);
  const covered = choices.reduce((sum, count) => sum + count, 0);
  const widest = Math.max(words[0].size, words[1].size);
  // A side with a value of its own for most members pairs with anything by itself.
  const independent =
    widest >= SATURATED_SHARE * parts.length ||
    pairs.size >= PAIRS_OVER_VALUES * Math.max(widest, 2);
  const few = choices.length > 1 && choices.length <= CHOICES_MAX;
  return few && independent && covered >= CHOICES_COVER * parts.length;
}
