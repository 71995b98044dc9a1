import { createZipStates } from '../roll/index.ts';
import type { ExposureEvidence, LinkedRecord } from './assess.ts';

/**
 * The jurisdiction a recipient lives in, `elsewhere` where no list is at hand for it, or unknown.
 */
export type Residence = string | 'elsewhere' | null;

/** USPS code of the state that a jurisdiction lies in. */
export const stateOf = (jurisdiction: string): string => jurisdiction.slice(0, 2).toUpperCase();

/**
 * Where each report's recipient lives: the roll row it is linked to; else the state it shows; else
 * the first three digits of the ZIP code, as linked rows or the postal service place them. A list
 * of one state says nothing of people in another, so only residents count as absent from it.
 *
 * Nothing shown: with lists of one jurisdiction it is taken for that one, else unknown.
 */
export function residencesOf(
  evidence: Pick<ExposureEvidence, 'reports' | 'releases'>,
  records: readonly LinkedRecord[],
): readonly Residence[] {
  const { reports, releases } = evidence;
  const listed = [...new Set(releases.map(({ manifest }) => manifest.jurisdiction))];
  const linked = new Map(records.map((record) => [record.report, jurisdictionIn(record)]));
  const areas = areasOf(records);
  const stateOfZip = createZipStates();
  const only = listed.length === 1 ? (listed[0] ?? null) : null;
  const inState = (state: string): Residence => {
    const there = listed.filter((jurisdiction) => stateOf(jurisdiction) === state);
    if (there.length === 0) return 'elsewhere';
    return there.length === 1 ? (there[0] ?? null) : null;
  };
  return reports.map(({ recipient: { state, zip } }, at) => {
    const row = linked.get(at);
    if (row !== undefined) return row;
    const written = state.trim().toUpperCase();
    if (/^[A-Z]{2}$/.test(written)) return inState(written);
    const area = zip.slice(0, 3);
    const met = areas.get(area);
    if (met !== undefined) return met;
    const placed = area.length === 3 ? stateOfZip(zip) : null;
    return placed === null ? only : inState(placed);
  });
}

/** A person is named `jurisdiction/voter id`; a jurisdiction's own name has no stroke. */
const jurisdictionIn = ({ version: { person } }: LinkedRecord): string =>
  person.slice(0, person.indexOf('/'));

/** ZIP areas of linked rows; null where rows of two jurisdictions share one. */
function areasOf(records: readonly LinkedRecord[]): ReadonlyMap<string, string | null> {
  const areas = new Map<string, string | null>();
  for (const record of records) {
    const area = record.version.keys.zip.slice(0, 3);
    if (area.length < 3) continue;
    const own = jurisdictionIn(record);
    areas.set(area, areas.has(area) && areas.get(area) !== own ? null : own);
  }
  return areas;
}
