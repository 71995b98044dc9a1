import type { CheckFacts } from '../../core/assessment/index.ts';
import { millisecondsOf } from '../../core/base/index.ts';
import { DAYS_EARLY_MAX, DAYS_LATE_MAX } from '../../core/forensics/index.ts';
import { holdsSigned } from '../../core/mail/index.ts';
import { type AuthenticatedOriginal, openBecause } from '../stage/index.ts';
import type { Checked, IndexedOriginal } from './original-table.ts';

const DAY_MS = 86_400_000;
const DAY_LETTERS = 'YYYY-MM-DD'.length;

/** What the case's index keeps of one checked original. */
export function checkedBy(original: AuthenticatedOriginal): Checked {
  const { certainty, asOf, takenAt, complete, authorised, unaltered, contradicts, dkim } = original;
  const days =
    asOf === null || takenAt === null
      ? 0
      : (millisecondsOf(asOf) - millisecondsOf(takenAt)) / DAY_MS;
  return {
    ...openness(original),
    isProbable: certainty === 'probable',
    asOf: asOf?.slice(0, DAY_LETTERS) ?? null,
    // Answers from before it came settle it only where it passes by them.
    complete: complete && (authorised || days >= -DAYS_EARLY_MAX),
    authorised,
    signed: dkim.length > 0,
    unaltered,
    late: days > DAYS_LATE_MAX,
    contradicted: contradicts.length > 0,
  };
}

/** A verdict's kind, with what leaves it open in a whole copy. */
export function openness(
  verdict: Parameters<typeof openBecause>[0],
): Pick<Checked, 'kind' | 'because'> {
  const because = openBecause(verdict);
  return { kind: verdict.kind, ...(because === null ? {} : { because }) };
}

/** Held as the bytes that were sent, or as a copy that may hold them: signatures can be checked. */
export const canBeChecked = (original: Pick<IndexedOriginal, 'forward'>): boolean =>
  holdsSigned(original);

/** What the checks of some originals say together; null where none was checked. */
export function checksOf(originals: Iterable<IndexedOriginal>): CheckFacts | null {
  const facts = {
    checkable: 0,
    checked: 0,
    open: 0,
    authorised: 0,
    signed: 0,
    unaltered: 0,
    late: 0,
    contradicted: 0,
  };
  const days = new Set<string>();
  for (const original of originals) {
    if (!canBeChecked(original)) continue;
    facts.checkable += 1;
    const { checked } = original;
    if (checked === null) continue;
    if (checked.asOf !== null) days.add(checked.asOf);
    if (checked.complete) facts.checked += 1;
    else facts.open += 1;
    if (checked.authorised) facts.authorised += 1;
    if (checked.signed) facts.signed += 1;
    if (checked.unaltered) facts.unaltered += 1;
    if (checked.late) facts.late += 1;
    if (checked.contradicted) facts.contradicted += 1;
  }
  if (facts.checked + facts.open === 0) return null;
  const sorted = [...days].sort();
  return { ...facts, firstDay: sorted[0] ?? null, lastDay: sorted.at(-1) ?? null };
}
