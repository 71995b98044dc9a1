import { canonicalJson, type Json, type Kernels } from '../base/index.ts';
import { parseMapping, type RollLayout, resolveLayout, stateLayout } from '../roll/index.ts';
import { type ListForm, PORTAL_MAPPING } from './list-files.ts';
import type { Registration } from './registration.ts';

/** A file that an office holds; paths count from the office's folder. */
export interface OfficeFile {
  readonly path: string;
  readonly bytes: Uint8Array;
}

/** What the manifest of a release says beside what is counted in its rows. */
export interface ReleaseTold {
  readonly releaseId: string;
  readonly jurisdiction: string;
  readonly asOf: string;
  readonly requester: string | null;
  readonly rowFilter: string | null;
  readonly derivedFrom: string | null;
  readonly canaryCommit: string | null;
  readonly markKeyCommit: string | null;
}

export interface ReleaseOrder {
  /** `releases`, or the folder of a county. */
  readonly folder: string;
  readonly told: ReleaseTold;
  readonly form: ListForm;
  readonly rows: readonly Registration[];
  readonly write: (row: Registration) => string;
}

/** The roll and its manifest, as `tocsin roll add` and `roll release` leave them in a folder. */
export function* releaseFiles(order: ReleaseOrder, kernels: Kernels): Iterable<OfficeFile> {
  const { folder, told, form, rows, write } = order;
  const lines = rows.map(write);
  const layout = layoutOf(form);
  const text = form.header + lines.join('');
  const bytes = layout.encoding === 'utf-8' ? kernels.encode(text) : latin1(text);
  const stem = `${folder}/${told.releaseId}`;
  yield { path: `${stem}${form.header === '' ? '.txt' : '.csv'}`, bytes };
  const first = form.header === '' ? (lines[0] ?? '') : form.header;
  const fitted = resolveLayout(layout, first.replace(/\n$/, ''));
  const places = fitted.ok ? fitted.value.places : new Map<never, never>();
  const manifest = {
    ...told,
    layoutId: form.layoutId,
    fieldsPresent: [...places.keys()],
    sha256: kernels.sha256(bytes),
    rowCount: rows.length,
    strataCounts: strataOf(rows, layout),
  };
  yield jsonFile(`${stem}.manifest.json`, manifest, kernels);
  if (form.layoutId === PORTAL_MAPPING.id)
    yield jsonFile(`${stem}.mapping.json`, PORTAL_MAPPING, kernels);
}

/** The layout by which `core/roll` reads a form. */
function layoutOf({ layoutId }: ListForm): RollLayout {
  const own = stateLayout(layoutId);
  if (own !== null) return own;
  const mapping = parseMapping(canonicalJson(PORTAL_MAPPING as unknown as Json));
  if (!mapping.ok) throw new Error('the portal has a mapping');
  return mapping.value;
}

/** Rows by stratum, as the roll engine names strata: `party|has e-mail|county`. */
function strataOf(
  rows: readonly Registration[],
  { fields }: RollLayout,
): { readonly [stratum: string]: number } {
  const counts = new Map<string, number>();
  const [email, county] = [fields['ContactMethod.Email'], fields.County];
  for (const { party, email: address, place } of rows) {
    const reached = email !== undefined && address !== '' ? 1 : 0;
    const stratum = `${party}|${reached}|${county === undefined ? '' : place.code}`;
    counts.set(stratum, (counts.get(stratum) ?? 0) + 1);
  }
  return Object.fromEntries([...counts].sort(([a], [b]) => (a < b ? -1 : 1)));
}

export const jsonFile = (path: string, value: unknown, kernels: Kernels): OfficeFile => ({
  path,
  bytes: kernels.encode(`${JSON.stringify(value, null, 1)}\n`),
});

/** One byte for each character; the names of the replay have none above U+00FF. */
function latin1(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length);
  for (let at = 0; at < text.length; at++) bytes[at] = text.charCodeAt(at);
  return bytes;
}
