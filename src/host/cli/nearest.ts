/** A word that a person may have meant: at most this many letters wrong. */
const WRONG_LETTERS_MAX = 2;

/** The known word closest to `word`, where one is close. */
export function nearest(word: string, known: readonly string[]): string | null {
  let best: string | null = null;
  let fewest = WRONG_LETTERS_MAX + 1;
  for (const candidate of known) {
    if (Math.abs(candidate.length - word.length) >= fewest) continue;
    const wrong = distance(word, candidate);
    if (wrong < fewest) [best, fewest] = [candidate, wrong];
  }
  return best;
}

/** Levenshtein distance. Only called with lengths that differ by at most two. */
function distance(a: string, b: string): number {
  let above = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (const [row, letter] of [...a].entries()) {
    const here = [row + 1];
    for (const [at, other] of [...b].entries()) {
      const replaced = (above[at] ?? 0) + (letter === other ? 0 : 1);
      here.push(Math.min(replaced, (above[at + 1] ?? 0) + 1, (here[at] ?? 0) + 1));
    }
    above = here;
  }
  return above.at(-1) ?? 0;
}
