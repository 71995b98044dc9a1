import { compareText, type Json, type Sha256 } from '../../core/base/index.ts';
import { groupFingerprints } from '../../core/campaign/index.ts';

/**
 * Sets the letters to the office aside and groups the originals that share their wording.
 *
 * Its parameter is the office: at which addresses, and whether a person named them.
 */
export const CLUSTER = { stage: 'cluster', methodVersion: 7 } as const;

/** Which message: `EXHIBIT/PATH`. */
export type MessageRef = `${Sha256}/${string}`;

export const messageRef = (exhibit: Sha256, path: string): MessageRef => `${exhibit}/${path}`;

/** Originals by number, counted from 0: a case can hold a million, so none is an object. */
export interface OriginalsToGroup {
  readonly count: number;
  readonly exhibit: (original: number) => Sha256;
  readonly path: (original: number) => string;
  /** No original after all, but a mail written to the office itself. */
  readonly isLetter: (original: number) => boolean;
  /** The mail that would hand it on may have made it up. */
  readonly isInDoubt: (original: number) => boolean;
  /** Sure, but for what its mail brings beside it: of one author, many count as one. */
  readonly isDoubted: (original: number) => boolean;
  /** Who wrote the mail that it came in: a number that equal authors share. */
  readonly author: (original: number) => number;
  /** Equal texts give the same array. */
  readonly fingerprints: (original: number) => Uint32Array;
  /**
   * By when a receiver recorded it, else when it claims to be written, none last; then by
   * reference.
   */
  readonly inOrderOfTime: (a: number, b: number) => number;
}

/** What a `cluster` finding stores. A place is `N/PATH`, N counting in `exhibits`. */
export interface ClusterOutput {
  /** Sorted. */
  readonly exhibits: readonly Sha256[];
  readonly clusters: readonly { readonly id: MessageRef; readonly members: readonly string[] }[];
  readonly unclustered: readonly string[];
  readonly letters: readonly string[];
  /** Of the clustered and the unclustered: those that their mail may have made up. */
  readonly inDoubt: readonly string[];
}

/** Where a place of the output is. */
export function readPlace(
  place: string,
  { exhibits }: Pick<ClusterOutput, 'exhibits'>,
): { readonly exhibit: Sha256 | undefined; readonly path: string } {
  const end = place.indexOf('/');
  return { exhibit: exhibits[Number(place.slice(0, end))], path: place.slice(end + 1) };
}

/**
 * The batch answer: the order of arrival does not change it. Members stand
 * in the order of time, then reference, and the first gives its cluster the id.
 *
 * Originals with equal fingerprints are one text and speak once: a message that a voter reports
 * twenty times weighs no more than one. Clusters stand by their sure members, of which those with a
 * doubt weigh as many as wrote them; of those without one, the one that most people wrote comes
 * first.
 */
export function clusterOriginals(originals: OriginalsToGroup): ClusterOutput & Json {
  const inTime = Uint32Array.from({ length: originals.count }, (_, original) => original).sort(
    originals.inOrderOfTime,
  );
  const { isLetter } = originals;
  const texts = textsOf(
    originals,
    inTime.filter((original) => !isLetter(original)),
  );
  const groups = groupFingerprints(
    texts.map(({ fingerprints }) => fingerprints),
    (a, b) => byReference(originals, texts[a]?.copies[0] ?? 0, texts[b]?.copies[0] ?? 0),
  );
  const rank = new Uint32Array(originals.count);
  inTime.forEach((original, at) => {
    rank[original] = at;
  });
  const byRank = (a: number, b: number): number => (rank[a] ?? 0) - (rank[b] ?? 0);
  const wordings = groups.map((group) =>
    Uint32Array.from(group.flatMap((text) => texts[text]?.copies ?? [])).sort(byRank),
  );
  return outputOf(originals, { wordings, letters: inTime.filter(isLetter), byRank });
}

interface Text {
  readonly fingerprints: Uint32Array;
  /** The first, in time, stands for all. */
  readonly copies: number[];
}

/** Originals by their text; wordless ones each alone. */
function textsOf({ fingerprints }: OriginalsToGroup, inTime: Uint32Array): readonly Text[] {
  const byText = new Map<Uint32Array, Text>();
  const texts: Text[] = [];
  for (const original of inTime) {
    const wording = fingerprints(original);
    const standing = wording.length === 0 ? undefined : byText.get(wording);
    if (standing !== undefined) {
      standing.copies.push(original);
      continue;
    }
    const text = { fingerprints: wording, copies: [original] };
    byText.set(wording, text);
    texts.push(text);
  }
  return texts;
}

interface Grouped {
  readonly wordings: readonly Uint32Array[];
  readonly letters: Uint32Array;
  readonly byRank: (a: number, b: number) => number;
}

function outputOf(
  originals: OriginalsToGroup,
  { wordings: groups, letters, byRank }: Grouped,
): ClusterOutput & Json {
  const held = new Set<Sha256>();
  for (let original = 0; original < originals.count; original++) {
    held.add(originals.exhibit(original));
  }
  const exhibits = [...held].sort();
  const number = new Map(exhibits.map((exhibit, at) => [exhibit, at]));
  const placeOf = (original: number): string =>
    `${number.get(originals.exhibit(original))}/${originals.path(original)}`;
  const clusters = groups
    .filter((members) => members.length > 1)
    .map((members) => {
      const first = members[0] ?? 0;
      const id = messageRef(originals.exhibit(first), originals.path(first));
      return { id, members, ...weightOf(originals, members) };
    })
    .sort(
      (a, b) =>
        b.weight - a.weight ||
        b.authors - a.authors ||
        b.members.length - a.members.length ||
        compareText(a.id, b.id),
    );
  const alone = groups.filter((members) => members.length === 1).map(([only]) => only ?? 0);
  return {
    exhibits,
    clusters: clusters.map(({ id, members }) => ({ id, members: Array.from(members, placeOf) })),
    unclustered: alone.sort(byRank).map(placeOf),
    letters: Array.from(letters, placeOf),
    inDoubt: groups
      .flatMap((members) => Array.from(members.filter(originals.isInDoubt)))
      .sort(byRank)
      .map(placeOf),
  } as unknown as ClusterOutput & Json;
}

/** What sure members weigh, and how many people wrote the mails that hold the others. */
function weightOf(
  { isInDoubt, isDoubted, author }: OriginalsToGroup,
  members: Uint32Array,
): { readonly weight: number; readonly authors: number } {
  const people = (some: Uint32Array): number => new Set(some.map(author)).size;
  const inDoubt = members.filter(isInDoubt);
  const doubted = members.filter(isDoubted);
  return {
    weight: members.length - inDoubt.length - doubted.length + people(doubted),
    authors: people(inDoubt),
  };
}

/** Digests have one length, so this is the order of `EXHIBIT/PATH`. */
const byReference = ({ exhibit, path }: OriginalsToGroup, a: number, b: number): number =>
  compareText(exhibit(a), exhibit(b)) || compareText(path(a), path(b));
