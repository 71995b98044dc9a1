import { fail, ok, type Result } from '../base/index.ts';
import type { ExposureEvidence, LinkedRecord } from './assess.ts';
import { parseStratum, type Stratum } from './strata.ts';
import { suppressedCells, type TargetingCell, type TargetingRow, targeting } from './targeting.ts';

/** Below this every cell would be suppressed. */
const REPORTS_MIN = 22;
/** A release that may not be the source gives no base rates. */
const OTHER_MAX = 0.5;

interface Question {
  readonly households: readonly LinkedRecord[];
  /** Places of the credible releases. */
  readonly credible: readonly number[];
  readonly probabilityOther: number;
}

/**
 * Who was targeted: by party, by county, by both, against the rows of the credible releases that
 * the channel reaches.
 */
export function targetingOf(
  evidence: ExposureEvidence,
  { households, credible, probabilityOther }: Question,
): Result<readonly TargetingRow[], string> {
  if (households.length < REPORTS_MIN) {
    return fail(`fewer than ${REPORTS_MIN} households: every cell would be suppressed`);
  }
  if (credible.length === 0 || probabilityOther >= OTHER_MAX) {
    return fail(
      `no base rates: the source may be none of the releases (probability ${probabilityOther.toFixed(2)})`,
    );
  }
  const byMail =
    households.filter(({ report }) => isMailed(evidence, report)).length > households.length / 2;
  const bases = credible.map((place) => baseShares(evidence.releases[place]!.counts, byMail));
  const strata = households.map(({ version }) => parseStratum(stratumIn(version, credible)));
  const counts = countCells(strata.map((stratum) => [stratum, 1]));
  const known = (cell: string): boolean => bases.some((base) => (base.get(cell) ?? 0) > 0);
  const cells: TargetingCell[] = [...new Set(bases.flatMap((base) => [...base.keys()]))]
    .filter(known)
    .sort()
    .map((cell) => ({
      cell,
      count: counts.get(cell) ?? 0,
      total: households.length,
      bases: bases.map((base) => base.get(cell) ?? 0),
    }));
  const hidden = suppressedCells(counts, linesOf([...counts.keys()]));
  return ok(targeting(cells, hidden));
}

const isMailed = ({ reports }: ExposureEvidence, report: number): boolean => {
  const { channel, recipient } = reports[report]!;
  return channel === null
    ? recipient.email !== ''
    : /mail/i.test(channel) && !/post/i.test(channel);
};

function stratumIn(
  {
    releases,
    strata,
  }: { readonly releases: readonly number[]; readonly strata: readonly string[] },
  credible: readonly number[],
): string {
  const at = releases.findIndex((place) => credible.includes(place));
  return (at === -1 ? strata.at(-1) : strata[at]) ?? '';
}

function cellNames({ party, county }: Stratum): readonly string[] {
  const names: string[] = [];
  if (party !== '' && party !== 'none') names.push(`party:${party}`);
  if (county !== '') names.push(`county:${county}`);
  if (names.length === 2) names.push(`party:${party}, county:${county}`);
  return names;
}

function countCells(strata: Iterable<readonly [Stratum, number]>): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const [stratum, count] of strata) {
    for (const cell of cellNames(stratum)) counts.set(cell, (counts.get(cell) ?? 0) + count);
  }
  return counts;
}

/**
 * Shares of the cells among the rows that mail reaches; of all rows where none shows an address.
 */
function baseShares(
  counts: ReadonlyMap<string, number>,
  byMail: boolean,
): ReadonlyMap<string, number> {
  const rows = [...counts].map(([stratum, count]) => [parseStratum(stratum), count] as const);
  const reached = byMail ? rows.filter(([stratum]) => stratum.hasEmail) : rows;
  const used = reached.length > 0 ? reached : rows;
  const total = used.reduce((sum, [, count]) => sum + count, 0);
  return new Map([...countCells(used)].map(([cell, count]) => [cell, count / total]));
}

/** What adds up to a number that can be known: parties, counties, each row and column of both. */
function linesOf(cells: readonly string[]): readonly (readonly string[])[] {
  const both = cells.filter((cell) => cell.includes(', county:'));
  const single = cells.filter((cell) => !cell.includes(', county:'));
  const [parties, counties] = ['party:', 'county:'].map((kind) =>
    single.filter((cell) => cell.startsWith(kind)),
  );
  return [
    parties!,
    counties!,
    ...parties!.map((party) => both.filter((cell) => cell.startsWith(`${party}, `))),
    ...counties!.map((county) => both.filter((cell) => cell.endsWith(`, ${county}`))),
  ];
}
