import { fail, ok, type Result, systemCode } from '../../core/base/index.ts';
import type { ResolvedLayout } from '../../core/roll/index.ts';
import { checkIds } from './duplicate-ids.ts';
import type { RollEngine } from './engine.ts';
import { csvFailure, type RollFailure } from './failure.ts';
import { digestFile, layoutFor, sameStamp, stampOf } from './release-file.ts';
import { scanOf, stratumColumns, stratumOf } from './scan.ts';

/** What a manifest says of a file, found by reading it whole. */
export interface RollDescription {
  readonly sha256: string;
  readonly rowCount: number;
  readonly strataCounts: ReadonlyMap<string, number>;
  readonly layout: ResolvedLayout;
  readonly layoutProposed: boolean;
}

/** Reads a roll from end to end where it lies; fails on the first row that breaks a rule. */
export async function describeRoll(
  engine: RollEngine,
  path: string,
  named: { readonly layoutId: string; readonly mapping: string | null },
): Promise<Result<RollDescription, RollFailure>> {
  try {
    const stamp = stampOf(path);
    if (stamp.size === 0) return fail({ code: 'roll-empty' });
    const fitted = layoutFor(path, named);
    if (!fitted.ok) return fitted;
    const { layout, proposed } = fitted.value;
    const sha256 = digestFile(path);
    const ids = await checkIds(engine, { path, layout });
    if (!ids.ok) return ids;
    const every = Array.from({ length: layout.width }, (_, at) => `count(c${at})`).join(', ');
    // Every column is looked at once, so that a torn row or wrong encoding anywhere is found here.
    await engine.rows(`SELECT ${every} FROM ${scanOf(path, layout)}`);
    const rows = await engine.rows(
      `SELECT ${stratumOf()} AS stratum, count(*)::DOUBLE FROM (SELECT ${stratumColumns(layout)} FROM ${scanOf(path, layout)}) GROUP BY stratum ORDER BY stratum`,
    );
    if (!sameStamp(stamp, stampOf(path))) return fail({ code: 'roll-changed' });
    const strataCounts = new Map(rows.map(([stratum, count]) => [String(stratum), Number(count)]));
    const rowCount = [...strataCounts.values()].reduce((sum, count) => sum + count, 0);
    if (rowCount === 0) return fail({ code: 'roll-empty' });
    return ok({ sha256, rowCount, strataCounts, layout, layoutProposed: proposed });
  } catch (cause) {
    const failure = csvFailure(cause, named.layoutId === 'fl' ? 'latin-1' : 'utf-8');
    if (failure !== null) return fail(failure);
    const system = systemCode(cause);
    return fail({ code: 'roll-unreadable', system });
  }
}
