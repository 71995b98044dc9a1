import { fail, ok, type Result } from '../../core/base/index.ts';
import type { ResolvedLayout } from '../../core/roll/index.ts';
import {
  EMPTY_A,
  hashStretch,
  type Lanes,
  NAME_FOLD,
  numberBag,
  numberOf,
  openRowParts,
  PART,
} from '../roll-rows/index.ts';
import type { RollFailure } from './failure.ts';
import type { RollFile } from './release-file.ts';
import { linesAt, passOver } from './roll-pass.ts';

/** Registrations that a state keeps after it removed them; their ids may stand elsewhere again. */
const REMOVED: ReadonlySet<number> = new Set(
  ['R', 'REMOVED', 'X'].map((word) => {
    const lanes = new Int32Array(2);
    hashStretch({ bytes: Buffer.from(word), from: 0, to: word.length, lanes }, NAME_FOLD, 0, 99);
    return lanes[0]!;
  }),
);
/** Numbers for more rows than this grow as they come: a manifest may state anything. */
const ROWS_MAX = 20_000_000;

/** The voter ids of standing registrations. */
export interface StandingIds {
  add(lanes: Lanes): void;
  /**
   * Refuses a roll in which two have one id, naming both rows: those are looked for a second time.
   */
  check(file: RollFile): Promise<Result<null, RollFailure>>;
}

const idOf = (lanes: Lanes): number | null =>
  lanes[PART.id] === EMPTY_A || REMOVED.has(lanes[PART.status]!)
    ? null
    : numberOf(lanes[PART.id]!, lanes[PART.id + 1]!);

export function standingIds({ places }: ResolvedLayout, rows: number): StandingIds {
  const has = places.has('VoterId');
  const ids = numberBag(has ? Math.min(rows, ROWS_MAX) : 0);
  return {
    add: (lanes) => {
      if (!has) return;
      const id = idOf(lanes);
      if (id !== null) ids.add(id);
    },
    check: async (file) => {
      const repeated = ids.repeated();
      return repeated.size === 0 ? ok(null) : await firstTwice(file, repeated);
    },
  };
}

/**
 * By the texts of the ids: two of ten million hashes may agree by chance, one time in two hundred.
 */
async function firstTwice(
  file: RollFile,
  repeated: ReadonlySet<number>,
): Promise<Result<null, RollFailure>> {
  const parts = openRowParts(file.layout);
  const seen = new Map<string, number>();
  let twice: readonly number[] | null = null;
  const passed = await passOver(file, (row) => {
    parts.read(row);
    const id = idOf(parts.hashing.lanes);
    if (twice !== null || id === null || !repeated.has(id)) return;
    const text = parts.text(row, 'VoterId');
    const before = seen.get(text);
    if (before === undefined) seen.set(text, row.offset);
    else twice = [before, row.offset];
  });
  if (!passed.ok) return passed;
  if (twice === null) return ok(null);
  return fail({ code: 'roll-id-twice', rows: await linesAt(file.path, twice) });
}
