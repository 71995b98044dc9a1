import type { ActorCount } from './actor-count.ts';
import type { ActorDraft } from './actors.ts';
import type { Refusal } from './findings.ts';
import { gapBetween, type Silences } from './gap.ts';
import { regularity, type Track } from './tracks.ts';

export interface LogEdges {
  readonly silences: Silences;
  readonly span: { readonly from: number; readonly until: number };
}

/** What gaps leave open: numbers that a sequence crossed unseen, or why no number bounds it. */
export interface OpenNumbers {
  readonly crossed: number;
  readonly unbounded: Refusal['code'] | null;
}

/** A pause of an actor is taken for at least this long before its end is called an end. */
const PAUSE_SECONDS_MIN = 600;
/** Parallel workers are out of step by about this many numbers where a gap begins. */
const LOOSE_MARGIN = 16;
/** Numbers that are counted one by one; a sequence that jumps further says nothing. */
const CROSSED_MAX = 20_000_000;

export function openNumbers(draft: ActorDraft, count: ActorCount, edges: LogEdges): OpenNumbers {
  const unbounded = edgeCode(draft, count, edges);
  if (unbounded !== null) return { crossed: 0, unbounded };
  let crossed = 0;
  for (const { from, to, track } of crossings(draft, edges)) {
    if (Math.abs(to - from) > CROSSED_MAX) return { crossed: 0, unbounded: 'gap-unbounded' };
    crossed += unseen(from, to, track, count);
  }
  return { crossed, unbounded: null };
}

interface Crossing {
  readonly from: number;
  readonly to: number;
  readonly track: Track;
}

function crossings({ tracks, before }: ActorDraft, { silences }: LogEdges): readonly Crossing[] {
  return tracks.flatMap((track) => {
    const inside = track.crossed.map((pair) => ({ ...pair, track }));
    const earlier = before.get(track);
    if (earlier === undefined) return inside;
    const gap = gapBetween(silences.quiet, earlier.lastSecond, track.firstSecond);
    if (gap === null) return inside;
    return [...inside, { from: earlier.lastValue, to: track.firstValue, track }];
  });
}

function unseen(from: number, to: number, track: Track, { records }: ActorCount): number {
  const { step, share } = regularity(track);
  const strict = share >= 0.9;
  const stride = strict ? Math.abs(step) : 1;
  const margin = strict ? 0 : LOOSE_MARGIN;
  const [low, high] = [Math.min(from, to) - margin, Math.max(from, to) + margin];
  const sets = [...records.values()];
  let numbers = 0;
  for (let value = low + (strict ? stride : 0); value < high; value += stride) {
    if (!sets.some(({ asked }) => asked.has(value))) numbers += 1;
  }
  return numbers;
}

/** Whether an end of what the actor did may lie where the log tells nothing. */
function edgeCode(draft: ActorDraft, count: ActorCount, edges: LogEdges): string | null {
  const later = new Set(draft.before.values());
  const ordered = draft.tracks.length > 0;
  const heads = draft.tracks.filter((track) => !draft.before.has(track));
  const tails = draft.tracks.filter((track) => !later.has(track));
  const whole = { firstSecond: count.from, lastSecond: count.until, pause: 0 };
  const begins = ordered ? heads : [whole];
  const ends = ordered ? tails : [whole];
  if (begins.some((run) => run.firstSecond - reach(run) <= edges.span.from))
    return 'log-starts-within';
  if (ends.some((run) => run.lastSecond + reach(run) >= edges.span.until)) return 'log-ends-within';
  const open =
    begins.some((run) =>
      gapBetween(edges.silences.named, run.firstSecond - reach(run), run.firstSecond),
    ) ||
    ends.some((run) =>
      gapBetween(edges.silences.named, run.lastSecond, run.lastSecond + reach(run)),
    );
  if (open) return 'gap-unbounded';
  // Look-ups in no order, or without numbers, say nothing about those that a gap swallowed.
  const unordered = !ordered || count.bodyRequests > 0;
  return unordered && gapBetween(edges.silences.named, count.from, count.until) !== null
    ? 'gap-unbounded'
    : null;
}

const reach = ({ pause }: { readonly pause: number }): number =>
  Math.max(PAUSE_SECONDS_MIN, 2 * pause);
