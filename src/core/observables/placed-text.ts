/** Text made of pieces of another text, and where each character stood there. */
export interface PlacedText {
  readonly text: string;
  /** Place in the source of a place in `text`; of its end, where the last piece ended. */
  place(at: number): number;
  /** Place in the source behind the character before `at`. */
  end(at: number): number;
}

/**
 * `starts[n]`: where a piece begins in `text`; `sources[n]` and `ends[n]`: where it stood in the source.
 * Pieces may touch in `text` that stand apart in the source.
 */
export function placedText(
  text: string,
  starts: readonly number[],
  sources: readonly number[],
  ends: readonly number[] = [],
): PlacedText {
  /** The piece that begins at or before a place; -1 before the first. */
  const pieceAt = (at: number): number => {
    let [low, high] = [0, starts.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (starts[middle]! <= at) low = middle + 1;
      else high = middle;
    }
    return low - 1;
  };
  const placeIn = (piece: number, at: number): number =>
    piece < 0 ? at : at - starts[piece]! + sources[piece]!;
  return {
    text,
    place: (at) => placeIn(pieceAt(at), at),
    end(at) {
      const piece = pieceAt(at - 1);
      const isLast = starts[piece + 1] === at;
      return (isLast ? ends[piece] : undefined) ?? placeIn(piece, at);
    },
  };
}
