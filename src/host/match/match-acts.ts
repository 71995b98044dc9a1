import { type Instant, type Json, parseInstant } from '../../core/base/index.ts';
import type { Act } from '../../core/evidence/index.ts';
import { type LedgerEntry, readLedger } from '../psi/index.ts';

/**
 * What a step adds to the folder's log, as acts for the log of a case: digests, codes and sizes,
 * nothing of a person. Call it before the step, and what it gives afterwards.
 */
export function matchActs(
  folder: string,
  { by, now }: { readonly by: string; readonly now: () => Instant },
): () => readonly Act[] {
  const before = readLedger(folder);
  const standing = before.ok ? before.value.length : 0;
  return () => {
    const after = readLedger(folder);
    if (after.ok) return after.value.slice(standing).map((entry) => actOf(entry, by));
    const { code } = after.failure;
    return [{ kind: 'match-log', by, at: now(), reason: LOG_CHANGED, body: { code } }];
  };
}

const REASONS: { readonly [did in LedgerEntry['did']]: string } = {
  committed: 'private matching: the list of reports was committed to',
  encoded: 'private matching: a roll was encoded under a key of its own',
  queried: 'private matching: a county was asked',
  answered: 'private matching: a query was answered',
  counted: 'private matching: an answer was counted',
  destroyed: 'private matching: a key was destroyed',
  opened: 'private matching: reports of the list were opened to an auditor',
  refused: 'private matching: a step was refused',
};

const LOG_CHANGED = "private matching: the log of the exchange's folder was changed";

function actOf({ at, did, ...rest }: LedgerEntry, by: string): Act {
  const { before: _, ...body } = rest as { readonly [name: string]: Json };
  const instant = parseInstant(at);
  if (!instant.ok) throw new Error('the log has no time');
  return { kind: `match-${did}`, by, at: instant.value, reason: REASONS[did], body };
}
