import { fail, ok, type Result } from '../../core/base/index.ts';
import { type StrataDimensions, sharedDimensions } from '../../core/exposure/index.ts';
import type { RollField } from '../../core/roll/index.ts';
import type { RollEngine } from './engine.ts';
import { csvFailure, type FileRefusal } from './failure.ts';
import { IDENTITY, type IdentityKey, SPELT } from './identities.ts';
import { type RollFile, sameStamp, stampOf } from './release-file.ts';
import { columnOf, scanOf, stratumColumns, stratumOf } from './scan.ts';

/** Identities of a county over several releases of its roll. */
export interface ReleaseIdentities {
  /** Different identities, in no order. */
  readonly identities: readonly string[];
  /** The stratum of each in the newest release that holds it; `several` where its rows disagree. */
  readonly strata: readonly string[];
  /** Places of the releases that hold each, ascending. */
  readonly held: readonly (readonly number[])[];
  readonly rows: number;
  /** Rows without the fields of the key. */
  readonly without: number;
}

const CELL_OF_SEVERAL = 'several';

/**
 * Every different identity of all releases, with the releases that hold it. Dimensions that not all
 * of them can tell are left out, so that a stratum means the same in each.
 */
export async function readReleaseIdentities(
  engine: RollEngine,
  files: readonly RollFile[],
  { key, dimensions }: { readonly key: IdentityKey; readonly dimensions: StrataDimensions },
): Promise<Result<ReleaseIdentities, FileRefusal>> {
  const shared = sharedDimensions(
    files.map(({ layout: { layout, places } }) => ({
      layoutId: layout.id,
      party: places.has('Party'),
      email: places.has('ContactMethod.Email'),
      county: places.has('County'),
    })),
  );
  const told = {
    party: dimensions.party && shared.party,
    email: dimensions.email && shared.email,
    county: dimensions.county && shared.county,
  };
  const read = { identities: [] as string[], strata: [] as string[], held: [] as number[][] };
  const patterns = new Map<string, number[]>();
  let [all, without] = [0, 0];
  try {
    await engine.each(heldBy(files, key, told), ([identity, stratum, places, rows]) => {
      all += Number(rows);
      if (identity === null) without += Number(rows);
      else {
        const pattern = String(places);
        const held = patterns.get(pattern) ?? pattern.split(',').map(Number);
        patterns.set(pattern, held);
        read.identities.push(String(identity));
        read.strata.push(String(stratum));
        read.held.push(held);
      }
    });
  } catch (cause) {
    return fail(refusalOf(cause, files));
  }
  const changed = files.find(({ path, stamp }) => !sameStamp(stamp, stampOf(path)));
  if (changed !== undefined) {
    return fail({ file: changed.path, failure: { code: 'roll-changed' } });
  }
  return ok({ ...read, rows: all, without });
}

/** One row an identity: its newest stratum, the releases that hold it, how many rows it has. */
function heldBy(files: readonly RollFile[], key: IdentityKey, told: StrataDimensions): string {
  const rows = files.map(({ layout, path }, place) => {
    const column = (field: RollField): string => columnOf(layout, field);
    return `SELECT ${place} AS place, ${IDENTITY[key]} AS identity, cell FROM (
      SELECT ${SPELT}, cell FROM (SELECT first, last, line, zip, email, ${stratumOf(told)} AS cell FROM (
        SELECT ${column('FirstName')} AS first, ${column('LastName')} AS last,
          ${column('ResidenceAddress.Line')} AS line, ${column('ResidenceAddress.ZipCode')} AS zip,
          ${column('ContactMethod.Email')} AS email, ${stratumColumns(layout)}
        FROM ${scanOf(path, layout)})))`;
  });
  const once = `SELECT identity, place, count(*) AS rows,
      CASE WHEN min(cell) = max(cell) THEN min(cell) ELSE '${CELL_OF_SEVERAL}' END AS cell
    FROM (${rows.join(' UNION ALL ')}) GROUP BY identity, place`;
  return `SELECT identity, arg_max(cell, place), string_agg(place, ',' ORDER BY place),
    sum(rows)::DOUBLE FROM (${once}) GROUP BY identity`;
}

/** Which file a query failed on; the engine's message quotes rows and goes nowhere. */
function refusalOf(cause: unknown, files: readonly RollFile[]): FileRefusal {
  const message = cause instanceof Error ? cause.message : '';
  const file = files.find(({ path }) => message.includes(path)) ?? files[0]!;
  const failure = csvFailure(cause, file.layout.layout.encoding);
  if (failure === null) {
    throw new Error('the roll engine failed on a query that is not about a row');
  }
  return { file: file.path, failure };
}
