const WIDE =
  /[\u1100-\u115F\u2E80-\uA4CF\uAC00-\uD7A3\uF900-\uFAFF\uFE30-\uFE6F\uFF00-\uFF60\uFFE0-\uFFE6\u{1F300}-\u{1FAFF}\u{20000}-\u{3FFFD}]/u;
const MARK = /^\p{M}$/u;

/** Terminal columns that printable text takes: wide letters and emoji two, accents none. */
export const columnsOf = (text: string): number =>
  Array.from(text).reduce((sum, point) => sum + columnsOfPoint(point), 0);

function columnsOfPoint(point: string): number {
  if (point <= '~') return 1;
  if (MARK.test(point)) return 0;
  return WIDE.test(point) ? 2 : 1;
}

/** Cut to at most `columns`, with `...` where something was cut. */
export function fitted(text: string, columns: number): string {
  return columnsOf(text) <= columns ? text : `${pieces(text, columns - 3)[0] ?? ''}...`;
}

/**
 * Words set into lines of at most `width` columns; a longer word is broken, never lost.
 * The first line starts with `firstIndent`, the others with `indent`.
 */
export function wrapped(
  text: string,
  width: number,
  firstIndent: string,
  indent: string,
): readonly string[] {
  const lines: string[] = [];
  let line = firstIndent;
  let used = firstIndent.length;
  let isEmpty = true;
  for (const word of text.split(' ')) {
    for (const piece of pieces(word, width - Math.max(indent.length, firstIndent.length))) {
      const columns = columnsOf(piece);
      const isFull = !isEmpty && used + 1 + columns > width;
      if (isFull) lines.push(line);
      const start = isFull ? indent : line;
      line = isFull || isEmpty ? `${start}${piece}` : `${start} ${piece}`;
      used = isFull ? indent.length + columns : used + columns + (isEmpty ? 0 : 1);
      isEmpty = false;
    }
  }
  return [...lines, line];
}

/**
 * A word in stretches of at most `columns`; one stretch at least, and no accent without its letter.
 */
function pieces(word: string, columns: number): readonly string[] {
  const stretches: string[] = [];
  let stretch = '';
  let used = 0;
  for (const point of word) {
    const wide = columnsOfPoint(point);
    if (used + wide > columns && stretch !== '') {
      stretches.push(stretch);
      stretch = '';
      used = 0;
    }
    stretch += point;
    used += wide;
  }
  return [...stretches, stretch];
}
