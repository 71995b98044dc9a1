import { type SourceLikelihood, sourceLikelihood } from '../exposure/index.ts';
import {
  type CellCount,
  type Commitment,
  type ListedRelease,
  type MatchCount,
  shownCells,
} from '../psi/index.ts';
import { parseHeldLabel } from './held-cell.ts';

/** Names the form of the file; another form is refused. */
export const TALLY_SCHEMA = 'tocsin/match-tally/1';

/** Hits of one stratum as they may be shown. */
export interface TallyCell {
  readonly cell: string;
  readonly records: number;
  /** Null: hidden, since it or its neighbour is below 11. */
  readonly matched: number | null;
}

/**
 * What the hub counted for one county: a file that stays in its office. Hits of small cells are not
 * in it; they are summed up in the likelihood, which is all that a state-wide answer needs.
 */
export interface CountyTally {
  readonly schema: typeof TALLY_SCHEMA;
  readonly county: string;
  readonly incident: string;
  readonly epoch: string;
  /** SHA-256 of the commitment: only counts of one list add. */
  readonly list: string;
  /** SHA-256 of the tag file: names the exchange. */
  readonly tags: string;
  /** Counties that together hold every voter of the state; null where the hub did not say. */
  readonly counties: number | null;
  /** Different records of the county over all releases. */
  readonly records: number;
  /** People asked about, and the households that they live in. */
  readonly asked: number;
  readonly households: number;
  /** People found: exact, since the sum needs it. Below 11 it is shown nowhere. */
  readonly matched: number;
  /** Hits that are expected by chance. */
  readonly expectedFalse: number;
  readonly cells: readonly TallyCell[];
  readonly releases: readonly ListedRelease[];
  /** Null for a roll without releases. */
  readonly likelihood: SourceLikelihood | null;
}

/** The tally of a counted answer. */
export function tallyOf({
  count,
  commitment,
  list,
  tags,
  households,
  releases,
}: {
  readonly count: MatchCount;
  readonly commitment: Pick<Commitment, 'incident' | 'epoch' | 'counties'>;
  readonly list: string;
  readonly tags: string;
  readonly households: number;
  readonly releases: readonly ListedRelease[];
}): CountyTally {
  const { county, records, asked, hits, falseHits } = count;
  const { incident, epoch, counties } = commitment;
  return {
    schema: TALLY_SCHEMA,
    county,
    incident,
    epoch,
    list,
    tags,
    counties,
    records,
    asked,
    households: Math.min(households, asked),
    matched: hits,
    expectedFalse: falseHits,
    cells: shownCells(byStratum(count.cells, releases.length)).map((cell) => ({
      cell: cell.label,
      records: cell.count,
      matched: cell.hits,
    })),
    releases,
    likelihood: releases.length === 0 ? null : likelihoodOf(count.cells, releases),
  };
}

/** Cells without their intervals: hits of months are too few to be shown. */
function byStratum(cells: readonly CellCount[], releases: number): readonly CellCount[] {
  const sums = new Map<string, CellCount>();
  for (const { label, count, hits } of cells) {
    const stratum = parseHeldLabel(label, releases)?.stratum ?? label;
    const sum = sums.get(stratum);
    sums.set(stratum, {
      label: stratum,
      count: (sum?.count ?? 0) + count,
      hits: (sum?.hits ?? 0) + hits,
    });
  }
  return [...sums.values()];
}

/**
 * The likelihood of one county's hits. Rows of a release and versions of a stratum are sums of the
 * cells that tell their interval: hits in the others say nothing here, and neither do their
 * records.
 */
function likelihoodOf(
  cells: readonly CellCount[],
  releases: readonly Pick<ListedRelease, 'id' | 'asOf' | 'subset'>[],
): SourceLikelihood {
  const told = cells.flatMap((cell) => {
    const held = parseHeldLabel(cell.label, releases.length);
    return held === null || held.releases === null
      ? []
      : [{ ...cell, stratum: held.stratum, releases: held.releases }];
  });
  const counts = releases.map(() => new Map<string, number>());
  const versionCounts = new Map<string, number>();
  for (const { stratum, releases: held, count } of told) {
    add(versionCounts, stratum, count);
    for (const place of held) add(counts[place]!, stratum, count);
  }
  return sourceLikelihood({
    releases: releases.map((release, place) => ({ ...release, counts: counts[place]! })),
    versionCounts,
    cells: told
      .filter(({ hits }) => hits > 0)
      .map(({ stratum, releases: held, hits }) => ({ stratum, releases: held, count: hits })),
  });
}

const add = (sums: Map<string, number>, key: string, count: number): void =>
  void sums.set(key, (sums.get(key) ?? 0) + count);
