import type { Instant, Kernels } from '../../core/base/index.ts';
import { type CheckpointVerifier, readCheckpoint, sameHash } from '../../core/evidence/index.ts';
import type { AuditedTables, StoredCheckpoint } from '../ports/index.ts';
import type { ProblemList, VerifyProblem } from './verify-problem.ts';

/** What a good signature vouches for: the root of the first `size` leaves. */
export interface SignedState {
  readonly size: number;
  readonly root: Uint8Array;
  readonly at: Instant;
  readonly note: string;
  /** As stored, to be compared with the range that the leaves give. */
  readonly peaks: Uint8Array;
}

interface Context {
  readonly verifier: CheckpointVerifier;
  readonly kernels: Kernels;
  readonly problems: ProblemList;
}

/** Checks every stored note's signature, and its row against the note. */
export async function verifyCheckpoints(
  tables: AuditedTables,
  context: Context,
): Promise<readonly SignedState[]> {
  const states: SignedState[] = [];
  for await (const { checkpoints, unreadable } of tables.checkpoints()) {
    for (const rows of unreadable) context.problems.add({ code: 'rows-unreadable', ...rows });
    for (const stored of checkpoints) {
      const state = verifyStored(stored, context);
      if (state !== null) states.push(state);
    }
  }
  return states.sort((one, other) => one.size - other.size);
}

function verifyStored(
  stored: StoredCheckpoint,
  { verifier, kernels, problems }: Context,
): SignedState | null {
  const { size, root, peaks, note, at } = stored;
  const reading = readCheckpoint(note, verifier, kernels);
  switch (reading.kind) {
    case 'malformed':
      problems.add({ code: 'checkpoint-malformed', size });
      return null;
    case 'unsigned':
      problems.add({ code: 'checkpoint-signature-wrong', size });
      return null;
    case 'signed': {
      const said = reading.checkpoint;
      const differs = (column: 'size' | 'root' | 'at'): void =>
        problems.add({ code: 'checkpoint-row-differs', size, column });
      if (said.size !== size) differs('size');
      if (!sameHash(said.root, root)) differs('root');
      if (said.at !== at) differs('at');
      return { size: said.size, root: said.root, at: said.at, note, peaks };
    }
  }
}

/**
 * The checkpoint in the case folder must be one of the store's. A crash may keep the newest one
 * from being published, so an earlier one is fine, and none at all after the first write.
 */
export function publishedProblem(
  published: string | null,
  states: readonly SignedState[],
  { verifier, kernels }: Context,
): VerifyProblem | null {
  if (published === null) return states.length > 1 ? { code: 'published-missing' } : null;
  const reading = readCheckpoint(published, verifier, kernels);
  if (reading.kind === 'malformed') return { code: 'published-malformed' };
  if (reading.kind === 'unsigned') return { code: 'published-signature-wrong' };
  if (states.some(({ note }) => note === published)) return null;
  const { size } = reading.checkpoint;
  const found = states.at(-1)?.size ?? 0;
  return size > found
    ? { code: 'log-rolled-back', published: size, found }
    : { code: 'published-differs' };
}
