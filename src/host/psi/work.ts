import { setImmediate as breathe } from 'node:timers/promises';

/** Says how far a long computation is. */
export type Pace = (done: number, total: number) => void;

/** Between two looks at the terminal and at signals: a twentieth of a second of curve work. */
const BREATH_ITEMS = 500;

/** Collects what a computation yields, breathing on the way. */
export async function gather<Item>(
  items: Iterable<Item>,
  { total, pace }: { readonly total: number; readonly pace: Pace },
): Promise<Item[]> {
  const out: Item[] = [];
  for (const item of items) {
    out.push(item);
    if (out.length % BREATH_ITEMS !== 0) continue;
    pace(out.length, total);
    await breathe();
  }
  pace(out.length, total);
  return out;
}

/** One thing made of each item, as it is asked for. */
export function* each<Item, Made>(
  items: readonly Item[],
  make: (item: Item, at: number) => Made,
): Generator<Made> {
  for (const [at, item] of items.entries()) yield make(item, at);
}
