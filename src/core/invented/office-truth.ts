import { type Instant, instantFromMilliseconds } from '../base/index.ts';
import type { SizeFacts } from '../exposure/index.ts';
import type { RollField } from '../roll/index.ts';
import type { TrueMatches } from './county-tallies.ts';
import { PORTAL_DAY, PORTAL_RELEASE } from './office-releases.ts';
import type { PlannedA } from './plan-a.ts';
import type { PlannedF } from './plan-f.ts';
import type { Registration } from './registration.ts';
import { VINTAGE_DAYS } from './vintages.ts';

/** What is true of the lists, the copies and the look-up page. */
export interface OfficeTruth {
  readonly note: string;
  /** The list that most recipients come from first. */
  readonly lists: readonly TrueList[];
  readonly log: TrueLog;
  readonly facts: SizeFacts;
  /** Null: too few people or records for private matching. */
  readonly matches: TrueMatches | null;
}

export interface TrueList {
  readonly state: 'F' | 'A';
  readonly jurisdiction: string;
  /** `copy`: the marked copy of one requester; `portal`: a system's rows, no copy of the list. */
  readonly source: 'copy' | 'portal';
  readonly releaseId: string;
  readonly requester: string | null;
  readonly asOf: string;
  /** Releases with the same rows but for spelling and canaries; marks alone tell them apart. */
  readonly sameRows: readonly string[];
  readonly rows: number;
  /** Fields that the sender shows or must have used, whatever else the mails claim. */
  readonly fieldsHeld: readonly RollField[];
  /** Of those: fields that not everybody can have by the law that the state borrows. */
  readonly notPublic: readonly RollField[];
  /** Different people whom mails of the wave went to, canaries among them. */
  readonly mailed: number;
  /** Records that the sender had: the copy whole, or what the page gave away. */
  readonly taken: number;
  /** Rows with an e-mail address; odds ratios are against them. */
  readonly reached: number;
  readonly targeting: readonly TrueCell[];
}

export interface TrueCell {
  /** As the answer names cells: `party:TRN`, `county:ALR`, `party:TRN, county:ALR`. */
  readonly cell: string;
  readonly mailed: number;
  /** Odds among the mailed over odds among the reached rows; null: only they were mailed. */
  readonly oddsRatio: number | null;
}

export interface TrueLog {
  /** Different records that the script was given; those whose lines the log still has. */
  readonly taken: number;
  readonly logged: number;
  readonly requests: number;
  readonly from: Instant;
  readonly until: Instant;
  readonly gaps: readonly { readonly from: Instant; readonly until: Instant }[];
}

const FIELDS_HELD: readonly RollField[] = [
  'FirstName',
  'LastName',
  'ResidenceAddress.Line',
  'ResidenceAddress.City',
  'ResidenceAddress.State',
  'ResidenceAddress.ZipCode',
  'ContactMethod.Email',
];

/** AS 15.07.195: residences may be confidential, e-mail addresses are in no copy of the list. */
const NOT_PUBLIC_IN_A: readonly RollField[] = [
  'ResidenceAddress.Line',
  'ResidenceAddress.City',
  'ResidenceAddress.ZipCode',
  'ContactMethod.Email',
];

export function officeTruth(of: {
  readonly f: PlannedF;
  readonly a: PlannedA;
  readonly facts: SizeFacts;
  readonly matches: TrueMatches | null;
}): OfficeTruth {
  const { truth } = of.a.log;
  return {
    note: 'Lists and log are a miniature: their sizes are scored against the figures here, not against totals.',
    lists: [listF(of.f), listA(of.a)],
    log: {
      taken: truth.taken,
      logged: truth.logged,
      requests: truth.requests,
      from: instantOf(truth.from),
      until: instantOf(truth.until),
      gaps: truth.gaps.map(({ from, until }) => ({
        from: instantOf(from),
        until: instantOf(until),
      })),
    },
    facts: of.facts,
    matches: of.matches,
  };
}

function instantOf(second: number): Instant {
  const instant = instantFromMilliseconds(second * 1000);
  if (instant === null) throw new Error('the log lies in 2020');
  return instant;
}

function listF({ copies, used, mailed }: PlannedF): TrueList {
  const copy = copies[used];
  const rows = copy?.rows ?? [];
  const asOf = copy?.asOf ?? VINTAGE_DAYS[0];
  return {
    state: 'F',
    jurisdiction: 'FL',
    source: 'copy',
    releaseId: copy?.releaseId ?? '',
    requester: copy?.requester ?? null,
    asOf,
    sameRows: [
      `state-f-${asOf}`,
      ...copies.filter((other) => other.asOf === asOf).map(({ releaseId }) => releaseId),
    ],
    rows: rows.length,
    fieldsHeld: FIELDS_HELD,
    notPublic: [],
    mailed: mailed.length,
    taken: rows.length,
    ...targetingTruth(rows, mailed, ({ party, place: { code } }) => [
      `party:${party}`,
      `county:${code}`,
      `party:${party}, county:${code}`,
    ]),
  };
}

function listA({ portal, taken, mailed }: PlannedA): TrueList {
  return {
    state: 'A',
    jurisdiction: 'AK',
    source: 'portal',
    releaseId: PORTAL_RELEASE,
    requester: null,
    asOf: PORTAL_DAY,
    sameRows: [PORTAL_RELEASE],
    rows: portal.length,
    fieldsHeld: FIELDS_HELD,
    notPublic: NOT_PUBLIC_IN_A,
    mailed: mailed.length,
    taken: taken.length,
    ...targetingTruth(portal, mailed, ({ party }) => [`party:${party}`]),
  };
}

/** Odds of each cell among the mailed against its odds among the rows that mail reaches. */
function targetingTruth(
  rows: readonly Registration[],
  mailed: readonly Registration[],
  cellsOf: (row: Registration) => readonly string[],
): Pick<TrueList, 'reached' | 'targeting'> {
  const reached = rows.filter(({ email }) => email !== '');
  const base = tally(reached.flatMap(cellsOf));
  const own = tally(mailed.flatMap(cellsOf));
  const odds = (part: number, whole: number): number => part / (whole - part);
  return {
    reached: reached.length,
    targeting: [...base]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([cell, count]) => {
        const hit = own.get(cell) ?? 0;
        const ratio = odds(hit, mailed.length) / odds(count, reached.length);
        return {
          cell,
          mailed: hit,
          oddsRatio: Number.isFinite(ratio) ? Number(ratio.toPrecision(6)) : null,
        };
      }),
  };
}

function tally(values: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return counts;
}
