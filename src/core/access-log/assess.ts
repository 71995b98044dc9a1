import { networkText, recordNumberText } from '../web-log/index.ts';
import type { ReadLog } from './access-log.ts';
import {
  type ActorCount,
  bodyBounds,
  countActors,
  distinctAsked,
  numberedBounds,
  recordsTaken,
} from './actor-count.ts';
import { type ActorDraft, findActors } from './actors.ts';
import {
  type AccessLogFindings,
  type Actor,
  type NoticeRecord,
  TOOL_NOT_SAID,
} from './findings.ts';
import { type CrossedGap, type LogEdges, type OpenNumbers, openNumbers } from './gap-bounds.ts';
import { readingLimits } from './limits.ts';
import { CHUNKS_MAX, type ChunkBudget, createNumberSet, type NumberSet } from './number-set.ts';
import { refusalsOf } from './refusals.ts';
import { type Survey, survey } from './survey.ts';
import { regularity } from './tracks.ts';

/** Records of one actor below which it is not named: a batch by hand, a test, a monitor. */
const ACTOR_RECORDS_MIN = 100;
/** Look-ups without a number, of one actor, below which it is not named. */
const ACTOR_BODY_MIN = 200;
/** Networks that are listed; all are counted. */
const NETWORKS_SHOWN_MAX = 500;

interface Judged {
  readonly draft: ActorDraft;
  readonly count: ActorCount;
  readonly open: OpenNumbers;
  /** Lines of its time that could not be read. */
  readonly unread: number;
}

/** The second reading: who took how much, and what the log cannot say. */
export function assessAccessLog(log: ReadLog): AccessLogFindings {
  const silences = log.hours.silences();
  const edges: LogEdges = { silences, span: log.hours.span() ?? { from: 0, until: 0 } };
  const found = survey(log);
  const budget: ChunkBudget = { left: CHUNKS_MAX, refused: 0 };
  const drafts = findActors(log, found, silences);
  const counts = countActors(log, found, drafts, budget);
  const judged = drafts
    .map((draft, at) => ({ draft, count: counts[at]! }))
    .filter(
      ({ count }) =>
        distinctAsked(count) >= ACTOR_RECORDS_MIN || count.bodyRequests >= ACTOR_BODY_MIN,
    )
    .map(({ draft, count }) => ({
      ...{ draft, count, open: openNumbers(draft, count, edges) },
      unread: log.hours.unreadBetween(count.from, count.until),
    }))
    .sort((a, b) => a.count.from - b.count.from);
  const actors = judged.map((each) => actorOf(each, log));
  const total = sumOf(judged, budget);
  const sum = (pick: (counts: ReadLog['pieces'][number]['counts']) => number): number =>
    log.pieces.reduce((all, { counts: own }) => all + pick(own), 0);
  return {
    taken: total,
    actors,
    refusals: refusalsOf({ judged, found, log, refused: budget.refused }),
    limits: readingLimits(log, silences.named, crossedBy(judged), budget.refused),
    gaps: silences.named,
    probes: log.probes.rows,
    span: log.hours.span(),
    lines: sum(({ lines }) => lines),
    requests: sum(({ requests }) => requests),
    unread: sum(({ unread }) => unread),
    lookups: lookupsOf(log, found),
    ownLookups: log.own.lookups,
    notice: () => noticeOf(judged),
  };
}

const lookupsOf = ({ series }: ReadLog, { chosen }: Survey): number =>
  series.all.reduce((sum, each) => sum + (chosen[each.index] ? each.count : 0), 0);

function sumOf(judged: readonly Judged[], budget: ChunkBudget): AccessLogFindings['taken'] {
  const counts = judged.map(({ count }) => count);
  const numbered = numberedBounds(counts);
  const bodies = counts.map(bodyBounds);
  // Actors without numbers may have got what others got: only the largest adds to what is certain.
  const bodyLeast = bodies.reduce((most, { atLeast }) => Math.max(most, atLeast), 0);
  const atLeast = Math.max(numbered.atLeast, bodyLeast);
  const unbounded = judged.some((each) => each.open.unbounded !== null) || budget.refused > 0;
  if (unbounded) return { atLeast, atMost: null };
  const crossed = judged.reduce((sum, { open, unread }) => sum + open.crossed + unread, 0);
  return {
    atLeast,
    atMost: bodies.reduce((sum, { atMost }) => sum + atMost, numbered.atMost + crossed),
  };
}

function actorOf({ draft, count, open, unread }: Judged, { clients, targets }: ReadLog): Actor {
  const networks = [...count.networks].sort(([, a], [, b]) => b - a);
  const longest = draft.tracks.reduce((a, b) => (b.steps > a.steps ? b : a), draft.tracks[0]!);
  const numbered = numberedBounds([count]);
  const body = bodyBounds(count);
  const most = numbered.atMost + body.atMost + open.crossed + unread;
  return {
    kind: draft.tracks.length > 0 ? 'sequence' : count.records.size > 0 ? 'bulk' : 'no-numbers',
    from: count.from,
    until: count.until,
    requests: count.requests,
    distinctIds: count.records.size > 0 ? distinctAsked(count) : null,
    taken: {
      atLeast: Math.max(numbered.atLeast, body.atLeast),
      atMost: open.unbounded === null ? most : null,
    },
    tool: toolOf(count, clients.agents),
    networks: networks.slice(0, NETWORKS_SHOWN_MAX).map(([network]) => networkText(network)),
    networkCount: networks.length,
    pages: [...count.slots].map((slot) => targets.slots[slot]!.shown),
    gaps: open.gaps.map(({ form: _, values: __, ...gap }) => gap),
    doubtful: count.doubtful,
    unread,
    step: longest === undefined ? null : regularity(longest).step,
  };
}

/** What most of the look-ups said they were, and how many others there are. */
function toolOf({ agents }: ActorCount, known: ReadLog['clients']['agents']): string {
  const names = new Map<string, number>();
  for (const [row, requests] of agents) {
    const agent = known[row];
    const name = agent?.tool ?? (agent?.text ?? '').slice(0, 160);
    names.set(name, (names.get(name) ?? 0) + requests);
  }
  names.delete('');
  const [first, ...more] = [...names].sort(([, a], [, b]) => b - a);
  return first === undefined
    ? TOOL_NOT_SAID
    : `${first[0]}${more.length > 0 ? ` and ${more.length} more` : ''}`;
}

/** Every gap in which an actor went on, with the numbers that it passed over. */
const crossedBy = (judged: readonly Judged[]): readonly CrossedGap[] =>
  judged.flatMap(({ open }) => open.gaps);

function* noticeOf(judged: readonly Judged[]): Generator<NoticeRecord> {
  const counts = judged.map(({ count }) => count);
  for (const { form, value, certain } of recordsTaken(counts)) {
    yield { record: written(form, value), returned: certain ? 'yes' : 'possibly' };
  }
  const listed = new Map<string, NumberSet>();
  for (const { form, values } of crossedBy(judged)) {
    const own = listed.get(form) ?? createNumberSet({ left: CHUNKS_MAX, refused: 0 });
    listed.set(form, own);
    for (const value of values()) {
      const known = counts.some(({ records }) => {
        const sets = records.get(form);
        return sets !== undefined && (sets.asked.has(value) || sets.doubted.has(value));
      });
      if (!known && own.add(value)) yield { record: written(form, value), returned: 'unlogged' };
    }
  }
}

function written(form: string, value: number): string {
  const blank = form.indexOf(' ');
  return recordNumberText(form.slice(blank + 1), Number(form.slice(0, blank)), value);
}
