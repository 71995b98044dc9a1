/** Text made of pieces of another text, and where each character stood there. */
export interface PlacedText {
  readonly text: string;
  /** Place in the source of a place in `text`; of its end, where the last piece ended. */
  place(at: number): number;
}

/** `starts[n]`: where a piece begins in `text`; `sources[n]`: where that stood in the source. */
export function placedText(
  text: string,
  starts: readonly number[],
  sources: readonly number[],
): PlacedText {
  const place = (at: number): number => {
    let [low, high] = [0, starts.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((starts[middle] ?? 0) <= at) low = middle + 1;
      else high = middle;
    }
    return low === 0 ? at : at - (starts[low - 1] ?? 0) + (sources[low - 1] ?? 0);
  };
  return { text, place };
}
