/** Text made of pieces of another text, and where each character stood there. */
export interface PlacedText {
  readonly text: string;
  /** Place in the source of a place in `text`; of its end, where the last piece ended. */
  place(at: number): number;
  /** Place in the source behind the character before `at`. */
  end(at: number): number;
}

/**
 * `starts[n]`: where a piece begins in `text`; `sources[n]`: where that stood in the source. Pieces
 * may touch in `text` that stand apart in the source. `ends`: where pieces end that were written
 * longer.
 */
export function placedText(
  text: string,
  starts: readonly number[],
  sources: readonly number[],
  ends?: ReadonlyMap<number, number>,
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
  /** What was written longer is one character, or a pair of surrogates. */
  const isBehind = (piece: number, at: number): boolean =>
    at - starts[piece]! === (text.codePointAt(starts[piece]!)! > 0xffff ? 2 : 1);
  return {
    text,
    place: (at) => placeIn(pieceAt(at), at),
    end(at) {
      const piece = pieceAt(at - 1);
      const written = ends?.get(piece);
      return written !== undefined && isBehind(piece, at) ? written : placeIn(piece, at);
    },
  };
}
