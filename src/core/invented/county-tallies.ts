import type { Kernels } from '../base/index.ts';
import { BATCH_MIN, SPIKES, spreadFor } from '../psi/index.ts';
import { heldCells, tallyOf } from '../tally/index.ts';
import { listCounties } from './counties.ts';
import { folderOf } from './office-releases.ts';
import type { PlannedF } from './plan-f.ts';
import type { Registration } from './registration.ts';
import { jsonFile, type OfficeFile } from './release.ts';
import { VINTAGE_DAYS } from './vintages.ts';

/** A person as private matching compares people: names, house number, ZIP. */
type Identity = string;

/** What is true of the matching: whom the state asked about, and where they are listed. */
export interface TrueMatches {
  /** People asked about: reported under name and home of state F's list. */
  readonly asked: number;
  readonly counties: readonly {
    readonly county: string;
    readonly records: number;
    readonly matched: number;
  }[];
}

export interface PlannedMatches {
  readonly truth: TrueMatches;
  readonly asked: readonly Registration[];
  /** Each county's records with the months that hold them. */
  readonly held: ReadonlyMap<string, ReadonlyMap<Identity, readonly number[]>>;
}

/**
 * What the hub of state F could count with its counties; null where the exchange would refuse:
 * fewer than 200 people asked about, or a county with fewer records.
 */
export function planMatches(
  { months, list }: Pick<PlannedF, 'months' | 'list'>,
  askedAbout: ReadonlySet<string>,
): PlannedMatches | null {
  const asked = list.filter(({ resident }) => resident !== null && askedAbout.has(resident));
  const held = heldByCounty(months);
  const people = new Map(asked.map((row) => [identityOf(row), row.place.code]));
  const counties = listCounties('F').map(({ code, county }) => ({
    county: countyName(county.name),
    records: held.get(code)?.size ?? 0,
    matched: [...people.values()].filter((place) => place === code).length,
  }));
  const few = people.size < BATCH_MIN || counties.some(({ records }) => records < BATCH_MIN);
  return few ? null : { truth: { asked: people.size, counties }, asked, held };
}

const countyName = (name: string): string => `${name} County`;

const identityOf = ({ given, family, line, zip }: Registration): Identity =>
  `${nameKey(given)}|${nameKey(family)}|${/^\d*/.exec(line)?.[0] ?? ''}|${zip}`;

const nameKey = (name: string): string =>
  name
    .toUpperCase()
    .normalize('NFD')
    .replace(/[^A-ZØ]/g, '');

function heldByCounty(
  months: readonly (readonly Registration[])[],
): ReadonlyMap<string, ReadonlyMap<Identity, number[]>> {
  const counties = new Map<string, Map<Identity, number[]>>();
  const identities = new Map<Registration, Identity>();
  for (const [month, rows] of months.entries()) {
    for (const row of rows) {
      const identity = identities.get(row) ?? identityOf(row);
      identities.set(row, identity);
      const county = counties.get(row.place.code) ?? new Map<Identity, number[]>();
      counties.set(row.place.code, county);
      const held = county.get(identity);
      if (held === undefined) county.set(identity, [month]);
      else if (held.at(-1) !== month) held.push(month);
    }
  }
  return counties;
}

/** Nothing but the months tells cells of a county apart: thin cells would tell no month. */
const STRATUM = '||';

/**
 * The file of each county that `tocsin match count` would have left at the hub. Counted by a plain
 * join, which an exchange gives too; cells are merged and folded by the code that the hub runs.
 */
export function* tallyFiles({ truth, asked, held }: PlannedMatches, kernels: Kernels) {
  const people = new Set(asked.map(identityOf));
  const homes = new Set([...people].map((one) => one.slice(one.indexOf('|') + 1)));
  const digest = (text: string): string => kernels.sha256(kernels.encode(text));
  const list = digest([...people].sort().join(','));
  for (const { code, county } of listCounties('F')) {
    const records = [...(held.get(code) ?? [])];
    const { labels } = heldCells(records.map(([, releases]) => ({ stratum: STRATUM, releases })));
    const cells = new Map<string, { label: string; count: number; hits: number }>();
    for (const [at, [identity]] of records.entries()) {
      const label = labels[at] ?? '';
      const cell = cells.get(label) ?? { label, count: 0, hits: 0 };
      cells.set(label, cell);
      cell.count += 1;
      if (people.has(identity)) cell.hits += 1;
    }
    const own = [...cells.values()].sort((a, b) => (a.label < b.label ? -1 : 1));
    const tally = tallyOf({
      count: {
        county: countyName(county.name),
        asked: truth.asked,
        hits: own.reduce((sum, { hits }) => sum + hits, 0),
        records: records.length,
        cells: own,
        falseHits: truth.asked / spreadFor({ people: truth.asked }, records.length + SPIKES),
      },
      commitment: { incident: 'october-2020', epoch: '2020-10', counties: held.size },
      list,
      tags: digest(`${list} ${code}`),
      households: homes.size,
      releases: VINTAGE_DAYS.map((asOf) => ({
        id: `state-f-${asOf}`,
        asOf,
        subset: false,
        jurisdiction: 'FL',
      })),
    });
    yield jsonFile(`matches/${folderOf(county.name)}.json`, tally, kernels);
  }
}

/** The list of people that the hub asks about, as `tocsin match commit` reads it. */
export function askedFile({ asked }: PlannedMatches, kernels: Kernels): OfficeFile {
  const lines = asked.map(({ given, family, line, unit, town, zip }, at) =>
    JSON.stringify({
      id: `R-${String(at + 1).padStart(5, '0')}`,
      recipient: {
        name: `${given} ${family}`,
        street: unit === '' ? line : `${line} ${unit}`,
        city: town,
        state: 'FL',
        postalCode: zip,
      },
    }),
  );
  return { path: 'hub/reports.jsonl', bytes: kernels.encode(`${lines.join('\n')}\n`) };
}
