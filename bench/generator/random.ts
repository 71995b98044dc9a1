/**
 * A seeded stream of chance (sfc32, Doty-Humphrey): the same seed gives the same corpus everywhere.
 */
export interface Random {
  /** From 0 up to, not including, 1. */
  next(): number;
  /** Whole number from 0 up to, not including, `end`. */
  below(end: number): number;
  chance(probability: number): boolean;
  pick<Item>(items: readonly Item[]): Item;
  shuffled<Item>(items: readonly Item[]): Item[];
  /** Log-uniform whole number between both bounds. */
  logUniform(low: number, high: number): number;
}

export function createRandom(seed: number): Random {
  let [a, b, c, d] = [0x9e3779b9, 0x243f6a88, seed | 0, 1];
  const step = (): number => {
    const t = (((a + b) | 0) + d) | 0;
    d = (d + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (c << 21) | (c >>> 11);
    c = (c + t) | 0;
    return (t >>> 0) / 2 ** 32;
  };
  for (let i = 0; i < 15; i++) step();
  const below = (end: number): number => Math.floor(step() * end);
  return {
    next: step,
    below,
    chance: (probability) => step() < probability,
    pick: (items) => items[below(items.length)] as (typeof items)[number],
    shuffled: (items) => {
      const order = [...items];
      for (let i = order.length - 1; i > 0; i--) {
        const j = below(i + 1);
        [order[i], order[j]] = [
          order[j] as (typeof items)[number],
          order[i] as (typeof items)[number],
        ];
      }
      return order;
    },
    logUniform: (low, high) =>
      Math.round(Math.exp(Math.log(low) + step() * (Math.log(high) - Math.log(low)))),
  };
}
