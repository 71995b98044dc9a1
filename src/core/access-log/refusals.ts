import type { ReadLog } from './access-log.ts';
import type { ActorCount } from './actor-count.ts';
import { hidesAddresses } from './bulk.ts';
import type { Refusal } from './findings.ts';
import type { OpenNumbers } from './gap-bounds.ts';
import type { Survey } from './survey.ts';

const REASONS: { readonly [code: string]: string } = {
  'log-starts-within':
    'the log begins while records were being taken; what was taken before is not in it',
  'log-ends-within':
    'the log ends while records were being taken; what was taken afterwards is not in it',
  'gap-unbounded':
    'a gap in the log lies where records were being taken, and no numbers before and after bound it',
};

/** The question that a log without look-ups leaves open: a false all-clear is the worst answer. */
export const ENUMERATION = 'enumeration';

/**
 * Why this log does not tell whether numbers were tried one after the other; null where it does.
 */
function unsaid(log: ReadLog, { chosen }: Survey): Refusal | null {
  const sum = (pick: (counts: ReadLog['pieces'][number]['counts']) => number): number =>
    log.pieces.reduce((all, { counts }) => all + pick(counts), 0);
  const [lines, requests] = [sum((counts) => counts.lines), sum((counts) => counts.requests)];
  const cannot = (code: string, reason: string): Refusal => {
    return { question: ENUMERATION, code, reason };
  };
  if (lines === 0) return cannot('log-empty', 'no line of the log could be read');
  if (requests === 0) return cannot('log-empty', 'no line of the log is a request in a known form');
  if (requests * 2 < lines) {
    return cannot('log-mostly-unread', 'most lines of the log are no request in a known form');
  }
  const { slots } = log.targets;
  const named = slots.some(({ kind }) => kind === 'named');
  if (log.parameter !== null && !named) {
    return cannot('parameter-unseen', 'the parameter that was named occurs in no request');
  }
  if (chosen.some((each) => each)) return null;
  const few = log.series.all.filter(({ slot }) => slots[slot]?.kind === 'named');
  // Fewer look-ups by a named parameter than anyone could call an enumeration.
  if (few.some(({ count, dates }) => dates <= count * 0.9)) return null;
  return cannot(
    'no-look-ups',
    'no form of request holds record numbers that differ (up to four letters and 15 digits); what names a record here is not known: try --parameter',
  );
}

interface Asked {
  readonly judged: readonly { readonly count: ActorCount; readonly open: OpenNumbers }[];
  readonly found: Survey;
  readonly log: ReadLog;
  readonly refused: number;
}

/** Which questions this log does not answer, each with its reason. */
export function refusalsOf({ judged, found, log, refused }: Asked): readonly Refusal[] {
  const out: Refusal[] = [];
  const nothing = judged.length === 0 ? unsaid(log, found) : null;
  if (nothing !== null) out.push(nothing);
  for (const code of new Set(judged.flatMap(({ open }) => open.unbounded ?? []))) {
    out.push({ question: 'taken, at most', code, reason: REASONS[code] ?? code });
  }
  if (nothing === null && hidesAddresses(log.clients)) {
    out.push({
      question: 'look-ups in no order',
      code: 'addresses-hidden',
      reason:
        'most look-ups come from one network, as behind a proxy: only a run of numbers, or a tool that names itself, is told from people here',
    });
  }
  if (judged.some(({ count }) => count.bodyRequests > 0)) {
    out.push({
      question: 'list of records',
      code: 'numbers-not-logged',
      reason:
        'some look-ups carried their number in the body of the request, which no log holds: they are counted, not listed',
    });
  }
  const used = new Set(judged.flatMap(({ count }) => [...count.slots]));
  const blind = log.series.all.some(
    ({ index, slot }) => used.has(slot) && found.outcomes[index]?.by === 'nothing',
  );
  if (blind) {
    out.push({
      question: 'taken, at least',
      code: 'hits-unproven',
      reason:
        'neither status nor size tells a record from "not found" on this page: such answers count as possible only',
    });
  }
  if (refused > 0) {
    out.push({
      question: 'taken, at most',
      code: 'records-over-limit',
      reason: 'more records in more places than are kept; what was counted stands as a lower bound',
    });
  }
  return out;
}
