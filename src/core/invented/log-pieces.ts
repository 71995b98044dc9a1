import type { Kernels } from '../base/index.ts';
import { gzipStored } from '../mail-writer/index.ts';
import type { LogLine } from './lookup-log.ts';
import type { OfficeFile } from './release.ts';

/** Seconds of a week: the server starts another piece each Sunday at midnight. */
const WEEK = 7 * 86_400;
/** A Sunday, 1970-01-04. */
const SUNDAY = 3 * 86_400;
/** Pieces that the server leaves unpacked: the one it writes and the one before. */
const UNPACKED = 2;

/** The log as it lies there: `access.log`, `access.log.1`, then packed ones, the oldest highest. */
export function* logPieces(lines: readonly LogLine[], kernels: Kernels): Iterable<OfficeFile> {
  const weeks = Map.groupBy(lines, ([second]) => Math.floor((second - SUNDAY) / WEEK));
  const last = Math.max(...weeks.keys());
  for (const [week, own] of [...weeks].sort(([a], [b]) => b - a)) {
    const age = last - week;
    const bytes = kernels.encode(own.map(([, line]) => `${line}\n`).join(''));
    const name = age === 0 ? 'access.log' : `access.log.${age}`;
    yield age < UNPACKED
      ? { path: `logs/${name}`, bytes }
      : { path: `logs/${name}.gz`, bytes: gzipStored(bytes) };
  }
}
