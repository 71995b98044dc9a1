import type { Kernels } from '../base/index.ts';
import { listCounties } from './counties.ts';
import { ALASKA_FORM, FLORIDA_FORM, PORTAL_FORM } from './list-files.ts';
import type { PlannedA } from './plan-a.ts';
import type { PlannedF } from './plan-f.ts';
import { jsonFile, type OfficeFile, type ReleaseTold, releaseFiles } from './release.ts';
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

export function* releasesOfF({ months, copies }: PlannedF, kernels: Kernels): Iterable<OfficeFile> {
  for (const [at, rows] of months.entries()) {
    const asOf = VINTAGE_DAYS[at] ?? '';
    const own = told({ releaseId: `state-f-${asOf}`, jurisdiction: 'FL', asOf });
    yield* releaseFiles({ folder: FOLDER, told: own, form: FLORIDA_FORM, rows }, kernels);
  }
  for (const { releaseId, requester, asOf, rows, spelling, register, ...commits } of copies) {
    const derivedFrom = `state-f-${asOf}`;
    const { canaryCommit, markKeyCommit } = commits;
    const own = { releaseId, jurisdiction: 'FL', asOf, requester, derivedFrom };
    const order = {
      folder: FOLDER,
      told: told({ ...own, canaryCommit, markKeyCommit }),
      form: FLORIDA_FORM,
      rows,
      spelling,
    };
    yield* releaseFiles(order, kernels);
    yield jsonFile(`registers/${releaseId}.json`, register, kernels);
  }
}

export function* releasesOfA({ months, portal, absentee }: PlannedA, kernels: Kernels) {
  for (const [at, rows] of months.entries()) {
    const asOf = VINTAGE_DAYS[at] ?? '';
    const own = told({ releaseId: `state-a-${asOf}`, jurisdiction: 'AK', asOf });
    yield* releaseFiles({ folder: FOLDER, told: own, form: ALASKA_FORM, rows }, kernels);
  }
  const cut = { jurisdiction: 'AK', asOf: PORTAL_DAY };
  const users = told({
    ...cut,
    releaseId: PORTAL_RELEASE,
    rowFilter: 'users of the online portal',
  });
  yield* releaseFiles({ folder: FOLDER, told: users, form: PORTAL_FORM, rows: portal }, kernels);
  const asked = told({
    ...cut,
    releaseId: 'state-a-absentee',
    rowFilter: 'asked for a ballot by mail',
  });
  yield* releaseFiles({ folder: FOLDER, told: asked, form: ALASKA_FORM, rows: absentee }, kernels);
}

/** The first `count` counties' parts of state F's monthly lists, those of the wave first. */
export function* countySlices(
  { months }: PlannedF,
  count: number,
  kernels: Kernels,
): Iterable<OfficeFile> {
  const wave = [...listCounties('F')].sort(
    (one, other) => other.county.mailed - one.county.mailed || (one.code < other.code ? -1 : 1),
  );
  for (const { code, county } of wave.slice(0, count)) {
    const folder = `counties/${folderOf(county.name)}`;
    for (const [at, all] of months.entries()) {
      const asOf = VINTAGE_DAYS[at] ?? '';
      const own = told({ releaseId: `state-f-${asOf}`, jurisdiction: 'FL', asOf });
      const rows = all.filter(({ place }) => place.code === code);
      yield* releaseFiles({ folder, told: own, form: FLORIDA_FORM, rows }, kernels);
    }
  }
}

/** `st-ormond` */
export const folderOf = (county: string): string => county.toLowerCase().replaceAll(' ', '-');
