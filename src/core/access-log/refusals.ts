import type { ReadLog } from './access-log.ts';
import type { ActorCount } from './actor-count.ts';
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

interface Asked {
  readonly judged: readonly { readonly count: ActorCount; readonly open: OpenNumbers }[];
  readonly found: Survey;
  readonly log: ReadLog;
  readonly refused: number;
}

/** Which questions this log does not answer, each with its reason. */
export function refusalsOf({ judged, found, log, refused }: Asked): readonly Refusal[] {
  const out: Refusal[] = [];
  for (const code of new Set(judged.flatMap(({ open }) => open.unbounded ?? []))) {
    out.push({ question: 'taken, at most', code, reason: REASONS[code] ?? code });
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
