import type { Kernels } from './kernels.ts';
import { assert } from './result.ts';

/** Draws that depend on a seed and a label only: the same on every machine, in every run. */
export interface Random {
  /** Uniform in [0, 1). */
  unit(): number;
  /** Uniform whole number, both ends included. */
  between(low: number, high: number): number;
  chance(probability: number): boolean;
  pick<Item>(items: readonly Item[]): Item;
  /** One item with a probability proportional to its weight. */
  weighted<Item>(rows: readonly (readonly [item: Item, weight: number])[]): Item;
  shuffle<Item>(items: readonly Item[]): Item[];
  /** `length` characters of `alphabet`. */
  text(length: number, alphabet: string): string;
  hex(length: number): string;
  /** A stream of its own: draws made here never shift the draws made there. */
  fork(label: string): Random;
}

/**
 * A generator for `seed`: sfc32 (Doty-Humphrey's Small Fast Chaotic PRNG, 32 bit) started from the
 * SHA-256 of the seed. Not for secrets.
 */
export function randomFrom(seed: string, kernels: Kernels): Random {
  const next = smallFastChaotic(kernels.sha256(kernels.encode(seed)));
  const unit = (): number => next() / 4_294_967_296;
  const between = (low: number, high: number): number =>
    low + Math.floor(unit() * (high - low + 1));
  const pick = <Item>(items: readonly Item[]): Item => {
    const item = items[between(0, items.length - 1)];
    assert(item !== undefined, 'a pick needs items');
    return item;
  };
  const text = (length: number, alphabet: string): string => {
    let out = '';
    for (let at = 0; at < length; at++) out += alphabet[between(0, alphabet.length - 1)];
    return out;
  };
  return {
    unit,
    between,
    chance: (probability) => unit() < probability,
    pick,
    weighted: (rows) => heaviest(rows, unit()),
    shuffle: (items) => shuffled(items, between),
    text,
    hex: (length) => text(length, '0123456789abcdef'),
    fork: (label) => randomFrom(`${seed}/${label}`, kernels),
  };
}

function smallFastChaotic(digest: string): () => number {
  const word = (at: number): number => Number.parseInt(digest.slice(at * 8, at * 8 + 8), 16) | 0;
  let [a, b, c, counter] = [word(0), word(1), word(2), 1];
  const next = (): number => {
    const sum = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + sum;
    c |= 0;
    return sum >>> 0;
  };
  for (let round = 0; round < 12; round++) next();
  return next;
}

function heaviest<Item>(rows: readonly (readonly [Item, number])[], unit: number): Item {
  let left = unit * rows.reduce((sum, [, weight]) => sum + weight, 0);
  for (const [item, weight] of rows) {
    left -= weight;
    if (left < 0) return item;
  }
  const last = rows.at(-1);
  assert(last !== undefined, 'a weighted pick needs rows');
  return last[0];
}

function shuffled<Item>(
  items: readonly Item[],
  between: (low: number, high: number) => number,
): Item[] {
  const out = [...items];
  for (let at = out.length - 1; at > 0; at--) {
    const other = between(0, at);
    [out[at], out[other]] = [out[other] as Item, out[at] as Item];
  }
  return out;
}
