import type { Kernels } from '../base/index.ts';
import { listCounties } from './counties.ts';
import { ALASKA_FORM, FLORIDA_FORM, type ListForm, PORTAL_FORM, rowWriter } from './list-files.ts';
import type { PlannedA } from './plan-a.ts';
import type { PlannedF } from './plan-f.ts';
import type { Registration } from './registration.ts';
import {
  jsonFile,
  type OfficeFile,
  type ReleaseOrder,
  type ReleaseTold,
  releaseFiles,
} from './release.ts';
import { VINTAGE_DAYS } from './vintages.ts';

/** The release that the portal's rows are in. */
export const PORTAL_RELEASE = 'state-a-portal';
const FOLDER = 'releases';
/** Day of the portal's copy: the script's last. */
export const PORTAL_DAY = '2020-10-17';

const told = (
  of: Pick<ReleaseTold, 'releaseId' | 'jurisdiction' | 'asOf'> & Partial<ReleaseTold>,
): ReleaseTold => ({
  requester: null,
  rowFilter: null,
  derivedFrom: null,
  canaryCommit: null,
  markKeyCommit: null,
  ...of,
});

/** A form and how its rows are written. */
type Writing = Pick<ReleaseOrder, 'form' | 'write'>;

const plainly = (form: ListForm): Writing => ({ form, write: rowWriter(form) });

/** State F: each month's list, the copies with their registers, the parts of counties. */
export function* releasesOfF(
  f: PlannedF,
  countyLists: number,
  kernels: Kernels,
): Iterable<OfficeFile> {
  const plain = plainly(FLORIDA_FORM);
  const months = { state: 'f', jurisdiction: 'FL', months: f.months };
  yield* monthlyLists({ ...months, folder: FOLDER }, plain, kernels);
  for (const copy of f.copies) {
    const { releaseId, requester, asOf, rows, spelling, register, ...commits } = copy;
    const { canaryCommit, markKeyCommit } = commits;
    const derivedFrom = `state-f-${asOf}`;
    const of = { releaseId, jurisdiction: 'FL', asOf, requester, derivedFrom };
    const order = {
      folder: FOLDER,
      told: told({ ...of, canaryCommit, markKeyCommit }),
      form: FLORIDA_FORM,
      rows,
      write: (row: Registration) => FLORIDA_FORM.row(row, spelling),
    };
    yield* releaseFiles(order, kernels);
    yield jsonFile(`registers/${releaseId}.json`, register, kernels);
  }
  for (const { code, county } of waveFirst().slice(0, countyLists)) {
    const own = f.months.map((rows) => rows.filter(({ place }) => place.code === code));
    const folder = `counties/${folderOf(county.name)}`;
    yield* monthlyLists({ ...months, months: own, folder }, plain, kernels);
  }
}

/** State A: each month's list, what its portal held, who asked for a ballot by mail. */
export function* releasesOfA(
  { months, portal, absentee }: PlannedA,
  kernels: Kernels,
): Iterable<OfficeFile> {
  const plain = plainly(ALASKA_FORM);
  yield* monthlyLists({ state: 'a', jurisdiction: 'AK', months, folder: FOLDER }, plain, kernels);
  const cut = (releaseId: string, rowFilter: string): ReleaseTold =>
    told({ releaseId, rowFilter, jurisdiction: 'AK', asOf: PORTAL_DAY });
  const users = cut(PORTAL_RELEASE, 'users of the online portal');
  const written = plainly(PORTAL_FORM);
  yield* releaseFiles({ folder: FOLDER, told: users, rows: portal, ...written }, kernels);
  const asked = cut('state-a-absentee', 'asked for a ballot by mail');
  yield* releaseFiles({ folder: FOLDER, told: asked, rows: absentee, ...plain }, kernels);
}

function* monthlyLists(
  of: {
    readonly folder: string;
    readonly state: string;
    readonly jurisdiction: string;
    readonly months: readonly (readonly Registration[])[];
  },
  writing: Writing,
  kernels: Kernels,
): Iterable<OfficeFile> {
  const { folder, state, jurisdiction, months } = of;
  for (const [at, rows] of months.entries()) {
    const asOf = VINTAGE_DAYS[at] ?? '';
    const own = told({ releaseId: `state-${state}-${asOf}`, jurisdiction, asOf });
    yield* releaseFiles({ folder, told: own, rows, ...writing }, kernels);
  }
}

/** Counties of state F in the order in which they get their lists. */
const waveFirst = () =>
  [...listCounties('F')].sort(
    (one, other) => other.county.mailed - one.county.mailed || (one.code < other.code ? -1 : 1),
  );

/** `st-ormond` */
export const folderOf = (county: string): string => county.toLowerCase().replaceAll(' ', '-');
