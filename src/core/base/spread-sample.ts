/**
 * At most `most` of the items, in their order: one of each of so many equal stretches, the first
 * item always among them.
 *
 * Where in its stretch an item is taken is drawn from the number of the stretch alone, so that the
 * same items give the same sample, and a pattern that recurs in the input (every third message by
 * another wording) is met as often as it occurs. A fixed stride could miss it, or see nothing else.
 */
export function spreadSample<Item>(items: readonly Item[], most: number): readonly Item[] {
  if (items.length <= most) return items;
  const step = items.length / most;
  return Array.from({ length: most }, (_, stretch) => {
    const from = Math.floor(stretch * step);
    const width = Math.floor((stretch + 1) * step) - from;
    const place = stretch === 0 ? 0 : Math.floor((scattered(stretch) / 2 ** 32) * width);
    return items[from + place] as Item;
  });
}

/** 32 bits, evenly spread: murmur3's fmix32 over a Weyl sequence. */
function scattered(number: number): number {
  let hash = Math.imul(number, 0x9e3779b1);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
