import { fail, ok, type Result } from '../../core/base/index.ts';
import { literal, type RollEngine } from './engine.ts';
import { csvFailure, type RollFailure } from './failure.ts';
import type { RollFile } from './release-file.ts';
import { columnOf, scanOf } from './scan.ts';

/** Registrations that a state keeps after it removed them; their ids may stand elsewhere again. */
const REMOVED = "('R', 'REMOVED', 'X')";
const NAMED_MAX = 2;

/** Refuses a roll in which two standing registrations have one id, naming both rows. */
export async function checkIds(
  engine: RollEngine,
  { path, layout }: Pick<RollFile, 'path' | 'layout'>,
): Promise<Result<null, RollFailure>> {
  if (!layout.places.has('VoterId')) return ok(null);
  const id = `trim(${columnOf(layout, 'VoterId')})`;
  const standing = `${id} <> '' AND upper(trim(${columnOf(layout, 'VoterStatus')})) NOT IN ${REMOVED}`;
  const scan = scanOf(path, layout);
  try {
    const [twice] = await engine.rows(
      `SELECT h::VARCHAR FROM (SELECT hash(${id}) AS h FROM ${scan} WHERE ${standing}) GROUP BY h HAVING count(*) > 1 LIMIT 1`,
    );
    if (twice === undefined) return ok(null);
    const header = layout.layout.header ? 1 : 0;
    await engine.run('SET preserve_insertion_order = true');
    const rows = await engine.rows(
      `SELECT place::INTEGER FROM (SELECT row_number() OVER () AS place, ${id} AS id, ${standing} AS stands FROM ${scan})
       WHERE stands AND hash(id)::VARCHAR = ${literal(String(twice[0]))} ORDER BY place LIMIT ${NAMED_MAX}`,
    );
    await engine.run('SET preserve_insertion_order = false');
    return fail({ code: 'roll-id-twice', rows: rows.map(([place]) => Number(place) + header) });
  } catch (cause) {
    const failure = csvFailure(cause, layout.layout.encoding);
    if (failure === null)
      throw new Error('the roll engine failed on a query that is not about a row');
    return fail(failure);
  }
}
