import { fail, ok, type Result, systemCode } from '../../core/base/index.ts';
import type { ExposureReport, StrataDimensions } from '../../core/exposure/index.ts';
import type { ResolvedLayout, RollField } from '../../core/roll/index.ts';
import type { RollEngine } from './engine.ts';
import { csvFailure, type FileRefusal, type RollFailure } from './failure.ts';
import { layoutFor } from './release-file.ts';
import { mappingBeside } from './release-folder.ts';
import { columnOf, scanOf, stratumColumns, stratumOf } from './scan.ts';

/** By what a person is recognised across lists: names with house number and ZIP, or e-mail. */
export type IdentityKey = 'name' | 'email';

/** A roll as it lies there, without a manifest. */
export interface PlainRoll {
  readonly path: string;
  readonly layout: ResolvedLayout;
}

export interface RollIdentities {
  /** Different identities, in no order. */
  readonly identities: readonly string[];
  /** The stratum of each; `several` where its rows disagree. */
  readonly cells: readonly string[];
  readonly rows: number;
  /** Rows without the fields of the key: blanked by law, or never given. */
  readonly without: number;
}

/**
 * Spelt by the same macros for rolls and reports, so that both sides say the same of one person.
 */
export const SPELT = `name_key(first) AS first, name_key(last) AS last,
  house_key(spaced(upper(line))) AS house, left(trim(zip), 5) AS zip, lower(trim(email)) AS email`;

/** A text by which one person is recognised; NULL where a field of the key is missing. */
export const IDENTITY: Readonly<Record<IdentityKey, string>> = {
  name: `CASE WHEN first <> '' AND last <> '' AND house <> '' AND zip <> ''
    THEN 'name|' || concat_ws('|', first, last, house, zip) END`,
  email: `CASE WHEN email LIKE '_%@_%' THEN 'email|' || email END`,
};

/** Finds the layout of a roll: a mapping beside it, a state's own, else what its header says. */
export function openPlainRoll(path: string, layoutId: string): Result<PlainRoll, RollFailure> {
  try {
    const fitted = layoutFor(path, { layoutId, mapping: mappingBeside(path) });
    return fitted.ok ? ok({ path, layout: fitted.value.layout }) : fitted;
  } catch (cause) {
    const system = systemCode(cause);
    return fail({ code: 'roll-unreadable', system });
  }
}

const CELL_OF_SEVERAL = 'several';

/** Every different identity of a roll with its cell; the rows themselves stay in the engine. */
export async function readIdentities(
  engine: RollEngine,
  { path, layout }: PlainRoll,
  { key, dimensions }: { readonly key: IdentityKey; readonly dimensions: StrataDimensions },
): Promise<Result<RollIdentities, FileRefusal>> {
  const column = (field: RollField): string => columnOf(layout, field);
  const rows = `SELECT ${IDENTITY[key]} AS identity, cell FROM (SELECT ${SPELT}, cell FROM (
      SELECT first, last, line, zip, email, ${stratumOf(dimensions)} AS cell FROM (
        SELECT ${column('FirstName')} AS first, ${column('LastName')} AS last,
          ${column('ResidenceAddress.Line')} AS line, ${column('ResidenceAddress.ZipCode')} AS zip,
          ${column('ContactMethod.Email')} AS email, ${stratumColumns(layout)}
        FROM ${scanOf(path, layout)})))`;
  const grouped = `SELECT identity, CASE WHEN min(cell) = max(cell) THEN min(cell)
      ELSE '${CELL_OF_SEVERAL}' END, count(*)::DOUBLE FROM (${rows}) GROUP BY identity`;
  const identities: string[] = [];
  const cells: string[] = [];
  let [all, without] = [0, 0];
  try {
    for (const [identity, cell, count] of await engine.rows(grouped)) {
      all += Number(count);
      if (identity === null) without = Number(count);
      else {
        identities.push(String(identity));
        cells.push(String(cell));
      }
    }
  } catch (cause) {
    const failure = csvFailure(cause, layout.layout.encoding);
    if (failure === null) throw cause;
    return fail({ file: path, failure });
  }
  return ok({ identities, cells, rows: all, without });
}

/**
 * The identity of each report, in their order; null where it does not show the fields of the key.
 */
export async function reportIdentities(
  engine: RollEngine,
  reports: readonly ExposureReport[],
  key: IdentityKey,
): Promise<readonly (string | null)[]> {
  await engine.run(
    'CREATE OR REPLACE TABLE asked (id INTEGER, first VARCHAR, last VARCHAR, line VARCHAR, zip VARCHAR, email VARCHAR)',
  );
  await engine.fill(
    'asked',
    reports.map(({ recipient: r }, at) => [at, r.first, r.last, r.street, r.zip, r.email]),
  );
  const rows = await engine.rows(
    `SELECT id, ${IDENTITY[key]} FROM (SELECT id, ${SPELT} FROM asked) ORDER BY id`,
  );
  return rows.map(([, identity]) => (identity === null ? null : String(identity)));
}
