import type { ReplayTruth, TrueOriginal } from '../replay/index.ts';
import type { Investigation, LetterRef, MemberRef } from '../report/index.ts';

/** An original that an investigation says it found, and where it put it. */
export interface Said {
  readonly ref: Omit<LetterRef, 'pressing'> & Partial<Pick<MemberRef, 'held' | 'shownSender'>>;
  /** Id of its campaign; null where it joined none. */
  readonly cluster: string | null;
  /** Set aside as a letter to the office. */
  readonly isLetter: boolean;
}

export interface Matched {
  /** Every true original, with what was said of it; null: not found. */
  readonly pairs: readonly { readonly row: TrueOriginal; readonly said: Said | null }[];
  /** Said to be originals, but nothing true is there. */
  readonly unmatched: readonly Said[];
}

export type Findings = Pick<Investigation, 'campaigns' | 'unclustered' | 'counts'> &
  Partial<Pick<Investigation, 'exposure' | 'accessLog' | 'matches'>> & {
    readonly letters?: Iterable<Omit<LetterRef, 'pressing'>>;
  };

/**
 * Pairs what was found with what is true. An original whose bytes a form keeps is found only by
 * its exact bytes: same exhibit, same message of it, same SHA-256. One that a forward only quotes
 * is found by its place: same exhibit, same message, same order among the quoted ones.
 */
export function matchOriginals(truth: ReplayTruth, findings: Findings): Matched {
  const said = groupBy(allSaid(findings), ({ ref }) => `${ref.exhibit} ${positionOf(ref)}`);
  const pairs: { row: TrueOriginal; said: Said | null }[] = [];
  const rows = groupBy(truth.originals, (row) => `${row.exhibit} ${row.position}`);
  for (const [place, here] of rows) {
    const candidates = said.get(place) ?? fromEntry(said, here[0]);
    const taken = new Map<number, Said | null>();
    for (const row of here) {
      const twin = taken.get(row.order);
      if (twin !== undefined) {
        pairs.push({ row, said: twin });
        continue;
      }
      const at =
        row.sha256 === null
          ? candidates.findIndex(({ ref }) => ref.held === 'inline')
          : candidates.findIndex(({ ref }) => ref.sha256 === row.sha256);
      const [found] = at < 0 ? [] : candidates.splice(at, 1);
      taken.set(row.order, found ?? null);
      pairs.push({ row, said: found ?? null });
    }
  }
  return { pairs, unmatched: [...said.values()].flat() };
}

/** A zip's member may have been kept as an exhibit of its own. */
const fromEntry = (said: ReadonlyMap<string, Said[]>, row: TrueOriginal | undefined): Said[] =>
  (row?.entry == null ? undefined : said.get(`${row.entry.sha256} 0`)) ?? [];

const allSaid = ({ campaigns, unclustered, letters }: Findings): readonly Said[] =>
  [
    ...campaigns.flatMap(({ id, members }) =>
      Array.from(members, (ref) => ({ ref, cluster: id, isLetter: false })),
    ),
    ...Array.from(unclustered, (ref) => ({ ref, cluster: null, isLetter: false })),
    ...Array.from(letters ?? [], (ref) => ({ ref, cluster: null, isLetter: true })),
  ].sort((a, b) => comparePaths(a.ref.path, b.ref.path));

/** Which top-level message of its exhibit: the first step of the path. */
const positionOf = ({ path }: Pick<LetterRef, 'path'>): string => path.split('.', 1)[0] ?? path;

/** Paths in the order of a mail: `0.i2` before `0.i10`, what carries before what is carried. */
function comparePaths(a: string, b: string): number {
  const [left, right] = [stepsOf(a), stepsOf(b)];
  for (let at = 0; at < Math.max(left.length, right.length); at++) {
    const [one, other] = [left[at] ?? '', right[at] ?? ''];
    if (one !== other) return one < other ? -1 : 1;
  }
  return 0;
}

/** Steps of a path that sort as text: numbers get leading zeros. */
const stepsOf = (path: string): readonly string[] =>
  path.split('.').map((step) => step.replace(/\d+/, (digits) => digits.padStart(9, '0')));

function groupBy<Item>(items: readonly Item[], key: (item: Item) => string): Map<string, Item[]> {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    const name = key(item);
    const group = groups.get(name);
    if (group === undefined) groups.set(name, [item]);
    else group.push(item);
  }
  return groups;
}
