import type { ActorCount } from './actor-count.ts';
import type { ActorDraft } from './actors.ts';
import type { Refusal } from './findings.ts';
import { type Gap, gapBetween, longestBetween, type Silences, silentSeconds } from './gap.ts';
import { type Crossed, keepsPace, regularity, speedOf, type Track } from './tracks.ts';

export interface LogEdges {
  readonly silences: Silences;
  readonly span: { readonly from: number; readonly until: number };
}

/** What gaps leave open: numbers that a sequence crossed unseen, or why no number bounds it. */
export interface OpenNumbers {
  readonly crossed: number;
  readonly unbounded: Refusal['code'] | null;
  /** The silences in which it crossed them, in the order of time. */
  readonly gaps: readonly CrossedGap[];
}

/** A time of which lines are missing, in which a sequence went on. */
export interface CrossedGap extends Gap {
  /** Whether the log has no line of anybody there. */
  readonly silent: boolean;
  /** Numbers that were passed over; they may have been asked for, and no line says so. */
  readonly numbers: number;
  /** How the numbers are written, as `textForm` gives it. */
  readonly form: string;
  values(): Generator<number>;
}

/** A pause of an actor is taken for at least this long before its end is called an end. */
const PAUSE_SECONDS_MIN = 600;
/** Parallel workers are out of step by about this many numbers where a gap begins. */
const LOOSE_MARGIN = 16;
/** Numbers that are counted one by one; a sequence that jumps further says nothing. */
const CROSSED_MAX = 20_000_000;

export function openNumbers(draft: ActorDraft, count: ActorCount, edges: LogEdges): OpenNumbers {
  const open = openEdge(draft, count, edges);
  if (open !== null) {
    const gaps = open.gap === null ? [] : [{ ...open.gap, ...NOTHING_TOLD }];
    return { crossed: 0, unbounded: open.code, gaps };
  }
  const gaps: CrossedGap[] = [];
  for (const crossing of crossings(draft, count, edges)) {
    const far = Math.abs(crossing.to - crossing.from) > CROSSED_MAX;
    if (far) return { crossed: 0, unbounded: 'gap-unbounded', gaps: [] };
    let numbers = 0;
    for (const _ of unseen(crossing, count)) numbers += 1;
    if (numbers === 0) continue;
    const form = formOf(crossing, count);
    gaps.push({ ...crossing.gap, numbers, form, values: () => unseen(crossing, count) });
  }
  gaps.sort((a, b) => a.from - b.from);
  const crossed = gaps.reduce((sum, { numbers }) => sum + numbers, 0);
  return { crossed, unbounded: null, gaps };
}

/** A gap of which no numbers before and behind it say what was asked meanwhile. */
const NOTHING_TOLD = { silent: true, numbers: 0, form: '0 ', *values(): Generator<number> {} };

interface Crossing {
  readonly from: number;
  readonly to: number;
  readonly track: Track;
  readonly gap: Gap & { readonly silent: boolean };
  /** The log says nothing there, and the site is never so quiet: lines are missing. */
  readonly named: boolean;
}

function crossings(
  { tracks, before }: ActorDraft,
  { from: began, until: ended }: ActorCount,
  { silences }: LogEdges,
): readonly Crossing[] {
  // A stranger whose number lies near a run prolongs it: what he crossed, the actor did not.
  const own = ({ fromSecond, toSecond }: Crossed): boolean =>
    fromSecond < ended && toSecond > began;
  return tracks.flatMap((track) => {
    const earlier = before.get(track);
    const ends: Crossed[] = earlier === undefined ? [] : [betweenRuns(earlier, track)];
    return [...track.crossed.filter(own), ...ends].flatMap((crossed): Crossing[] => {
      const { from, to, fromSecond, toSecond } = crossed;
      const missing = gapBetween(silences.likely, fromSecond, toSecond);
      const quiet = missing ?? longestBetween(silences.quiet, fromSecond, toSecond);
      const waited = toSecond - fromSecond;
      if (quiet !== null && silentSeconds([quiet], fromSecond, toSecond) * 2 >= waited) {
        return [{ from, to, track, named: missing !== null, gap: { ...quiet, silent: true } }];
      }
      // Others have lines in that time, this sequence has none, and went on at its own pace.
      if (keepsPace(speedOf(track), to - from, waited)) {
        const unlogged = { from: fromSecond + 1, until: toSecond - 1, silent: false };
        return [{ from, to, track, named: true, gap: unlogged }];
      }
      const gap = quiet === null ? null : { ...quiet, silent: true };
      return gap === null ? [] : [{ from, to, track, named: missing !== null, gap }];
    });
  });
}

const betweenRuns = (earlier: Track, { firstValue, firstSecond }: Track): Crossed => ({
  from: earlier.lastValue,
  to: firstValue,
  fromSecond: earlier.lastSecond,
  toSecond: firstSecond,
});

/** Numbers between both ends of a crossing that no line of the actor asks for, ascending. */
function* unseen({ from, to, track, named }: Crossing, { records }: ActorCount): Generator<number> {
  const { step, share } = regularity(track);
  const strict = share >= 0.9;
  const stride = strict ? Math.abs(step) : 1;
  const margin = strict ? 0 : LOOSE_MARGIN;
  // In a mere lull nothing is missing: the run began and ended where the log shows it.
  const [lowest, highest] = named ? [-Infinity, Infinity] : [track.low, track.high];
  const low = Math.max(Math.min(from, to) - margin, Math.min(lowest, from, to));
  const high = Math.min(Math.max(from, to) + margin, Math.max(highest, from, to));
  const sets = [...records.values()];
  for (let value = low + (strict ? stride : 0); value < high; value += stride) {
    if (value >= 0 && !sets.some(({ asked }) => asked.has(value))) yield value;
  }
}

/** The numbers on both sides of a gap are written alike, but where a digit is gained. */
function formOf({ from, to }: Crossing, { records }: ActorCount): string {
  const forms = [...records];
  const [form] =
    forms.find(([, { asked }]) => asked.has(from)) ??
    forms.find(([, { asked }]) => asked.has(to)) ??
    [];
  return form ?? '0 ';
}

interface OpenEdge {
  readonly code: string;
  /** The gap that leaves it open; null where the log's own end does. */
  readonly gap: Gap | null;
}

/** Whether an end of what the actor did may lie where the log tells nothing. */
function openEdge(draft: ActorDraft, count: ActorCount, edges: LogEdges): OpenEdge | null {
  const later = new Set(draft.before.values());
  const ordered = draft.tracks.length > 0;
  const heads = draft.tracks.filter((track) => !draft.before.has(track));
  const tails = draft.tracks.filter((track) => !later.has(track));
  const whole = { firstSecond: count.from, lastSecond: count.until, pause: 0 };
  const begins = ordered ? heads : [whole];
  const ends = ordered ? tails : [whole];
  if (begins.some((run) => run.firstSecond - reach(run) <= edges.span.from))
    return { code: 'log-starts-within', gap: null };
  if (ends.some((run) => run.lastSecond + reach(run) >= edges.span.until))
    return { code: 'log-ends-within', gap: null };
  const { likely } = edges.silences;
  const at = [
    ...begins.map((run) => gapBetween(likely, run.firstSecond - reach(run), run.firstSecond)),
    ...ends.map((run) => gapBetween(likely, run.lastSecond, run.lastSecond + reach(run))),
    // Look-ups in no order, or without numbers, say nothing about those that a gap swallowed.
    ordered && count.bodyRequests === 0 ? null : gapBetween(likely, count.from, count.until),
  ];
  const gap = at.find((each) => each !== null) ?? null;
  return gap === null ? null : { code: 'gap-unbounded', gap };
}

const reach = ({ pause }: { readonly pause: number }): number =>
  Math.max(PAUSE_SECONDS_MIN, 2 * pause);
