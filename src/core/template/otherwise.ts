import type { Alignment, Consensus } from './align.ts';
import { CLOSE, type Tokens } from './tokens.ts';

/** A minority that is no accident: so many members, and so large a share of all. */
const MEMBERS_MIN = 5;
const MEMBERS_SHARE = 0.03;
/** What accident puts there is seldom said again. */
const REPEATED_MIN = 3;
/** More words than this said otherwise are another wording, not another value. */
const RUN_MAX = 3;

/**
 * Places of common words that a minority of the members replaces, again and again, by a few other
 * words: a column that most members fill alike (`FL`, and `AK` in one text of ten), or a choice.
 * Were they fixed, those members would give no value to the columns beside them.
 *
 * A paragraph mark is no word: it gets lost on the way. `common`: places ascending. A word counts
 * as replaced where the common words around it are said and one of them stands right beside it:
 * there the other word is known.
 */
export function saidOtherwise(
  { id }: Consensus,
  common: readonly number[],
  {
    members,
    alignments,
  }: { readonly members: readonly Tokens[]; readonly alignments: readonly Alignment[] },
): ReadonlySet<number> {
  const runs = new Map<
    string,
    { readonly places: readonly number[]; words: Map<number, number> }
  >();
  alignments.forEach((match, member) => {
    const ids = members[member]?.id ?? new Int32Array();
    for (const { from, to } of unsaidRuns(common, match)) {
      const [left, right] = [common[from - 1] ?? 0, common[to] ?? 0];
      const places = common.slice(from, to);
      if (places.some((at) => (id[at] ?? 0) <= CLOSE)) continue;
      const word = otherWord(ids, match, { left, right, places });
      if (word <= CLOSE) continue;
      const key = `${from} ${to}`;
      const run = runs.get(key) ?? { places, words: new Map<number, number>() };
      runs.set(key, run);
      run.words.set(word, (run.words.get(word) ?? 0) + 1);
    }
  });
  const needed = Math.max(MEMBERS_MIN, MEMBERS_SHARE * alignments.length);
  const otherwise = new Set<number>();
  for (const { places, words } of runs.values()) {
    const repeated = [...words.values()].filter((count) => count >= REPEATED_MIN);
    if (repeated.reduce((sum, count) => sum + count, 0) < needed) continue;
    for (const place of places) otherwise.add(place);
  }
  return otherwise;
}

/**
 * Short runs of common places in a row that the member passes over unsaid: half open, both
 * neighbours said.
 */
function* unsaidRuns(
  common: readonly number[],
  match: Alignment,
): Generator<{ readonly from: number; readonly to: number }> {
  let said = -1;
  for (let order = 0; order < common.length; order++) {
    if ((match[common[order] ?? 0] ?? -1) < 0) continue;
    const [from, to] = [said + 1, order];
    const isShort = to > from && to - from <= RUN_MAX;
    if (said >= 0 && isShort && areInARow(common, from, to)) yield { from, to };
    said = order;
  }
}

const areInARow = (common: readonly number[], from: number, to: number): boolean =>
  (common[to - 1] ?? 0) - (common[from] ?? 0) === to - from - 1;

interface Run {
  readonly left: number;
  readonly right: number;
  readonly places: readonly number[];
}

/**
 * The member's word in the run's place; 0 where it has none or it cannot be told from what varies
 * there.
 */
function otherWord(ids: Int32Array, match: Alignment, { left, right, places }: Run): number {
  const [before, behind] = [match[left] ?? -1, match[right] ?? -1];
  if (behind <= before + 1) return 0;
  if (places[0] === left + 1) return ids[before + 1] ?? 0;
  return places.at(-1) === right - 1 ? (ids[behind - 1] ?? 0) : 0;
}
