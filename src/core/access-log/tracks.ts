import { type Gap, gapBetween } from './gap.ts';

/**
 * Follows record numbers through time: a track is a run of look-ups each close to the one before,
 * whoever sent them. Interleaved exits that work through one list are one track.
 */
export interface Track {
  readonly family: number;
  firstSecond: number;
  /** Before the first one where a clock was set back. */
  earliestSecond: number;
  lastSecond: number;
  firstValue: number;
  lastValue: number;
  low: number;
  high: number;
  /** Look-ups that moved on to another number. */
  steps: number;
  /** Steps by each distance from -STEP_MAX to STEP_MAX; null until the track stands. */
  distances: Uint32Array | null;
  /** Longest wait between two look-ups, in seconds. */
  pause: number;
  /** Clients of the look-ups; every one until the track stands, then counted by `member`. */
  early: number[] | null;
  /** Sum of all steps, whatever their direction. */
  travel: number;
  /** Pairs of neighbours in the track with a log gap between them. */
  crossed: Crossed[];
}

/** Two neighbours in a track, from before and from after a silence. */
export interface Crossed {
  readonly from: number;
  readonly to: number;
  readonly fromSecond: number;
  readonly toSecond: number;
}

/** Numbers further away than this are no continuation. */
export const STEP_MAX = 64;
/** Steps after which a track stands: by then chance has been refused sixteen times. */
export const STANDING_STEPS = 16;
/** Chance that a stranger's look-up continues a live track, which sets how long tracks live. */
const STRANGER_CHANCE = 0.05;
/** A track lives no longer than this without a look-up, and a standing one no shorter. */
const LIFE_SECONDS_MAX = 21_600;
const STANDING_LIFE_SECONDS = 30;
/** Tracks that wait for their next number; the oldest are forgotten beyond it. */
const LIVE_MAX = 200_000;

export interface Family {
  /** Chance that two look-ups of ordinary visitors lie within STEP_MAX of each other. */
  readonly nearness: number;
}

export interface Tracker {
  /** One look-up, in the order of the log. */
  follow(family: number, value: number, second: number, client: number): void;
  readonly standing: readonly Track[];
}

interface FamilyState {
  readonly live: Map<number, Track>;
  /** Mean seconds between look-ups, over the last hundred or so. */
  interval: number;
  lastSecond: number;
}

/** `member(client, track)` is called for each look-up of each standing track. */
export function createTracker(
  families: readonly Family[],
  gaps: readonly Gap[],
  member: (client: number, track: Track, second: number) => void,
): Tracker {
  const standing: Track[] = [];
  const states: FamilyState[] = families.map(() => ({
    live: new Map(),
    interval: 1,
    lastSecond: Number.NaN,
  }));

  const life = (family: number, track: Track): number => {
    const interval = Math.max(states[family]!.interval, 1e-4);
    const nearness = Math.max(families[family]!.nearness, 1e-9);
    const byChance = Math.min(LIFE_SECONDS_MAX, (STRANGER_CHANCE * interval) / nearness);
    if (track.distances === null) return Math.max(1, byChance);
    const pace = (track.lastSecond - track.firstSecond) / track.steps;
    return Math.max(STANDING_LIFE_SECONDS, byChance, Math.min(pace * 30, LIFE_SECONDS_MAX));
  };
  const nearest = (family: number, value: number, second: number): Track | null => {
    const { live } = states[family]!;
    const bucket = Math.floor(value / STEP_MAX);
    let best: Track | null = null;
    for (let at = bucket - 1; at <= bucket + 1; at++) {
      const track = live.get(at);
      if (track === undefined || Math.abs(value - track.lastValue) > STEP_MAX) continue;
      if (Math.abs(second - track.lastSecond) > life(family, track)) continue;
      if (best === null || closer(track, best, value)) best = track;
    }
    return best;
  };
  const advance = (track: Track, value: number, second: number, client: number): void => {
    const step = value - track.lastValue;
    const { live } = states[track.family]!;
    const from = Math.floor(track.lastValue / STEP_MAX);
    const to = Math.floor(value / STEP_MAX);
    if (from !== to) {
      if (live.get(from) === track) live.delete(from);
      live.set(to, track);
    }
    const waited = second - track.lastSecond;
    track.pause = Math.max(track.pause, waited);
    track.travel += Math.abs(step);
    if (
      isCrossing(track, step, waited) ||
      (waited > 60 && gapBetween(gaps, track.lastSecond, second) !== null)
    ) {
      const [fromSecond, toSecond] = [track.lastSecond, second];
      track.crossed.push({ from: track.lastValue, to: value, fromSecond, toSecond });
    }
    track.lastValue = value;
    track.lastSecond = Math.max(track.lastSecond, second);
    track.earliestSecond = Math.min(track.earliestSecond, second);
    track.low = Math.min(track.low, value);
    track.high = Math.max(track.high, value);
    if (step !== 0) track.steps += 1;
    track.early?.push(client);
    if (track.distances === null) {
      if (track.steps >= STANDING_STEPS) stand(track);
      else if ((track.early?.length ?? 0) > STANDING_STEPS * 4) track.early = null;
    } else {
      track.distances[step + STEP_MAX]! += 1;
      member(client, track, second);
    }
  };
  const stand = (track: Track): void => {
    track.distances = new Uint32Array(2 * STEP_MAX + 1);
    standing.push(track);
    for (const client of track.early ?? []) member(client, track, track.lastSecond);
    track.early = null;
  };

  return {
    standing,
    follow(family, value, second, client) {
      const state = states[family]!;
      const waited = Math.abs(second - state.lastSecond);
      if (waited < LIFE_SECONDS_MAX) state.interval += (waited - state.interval) / 100;
      state.lastSecond = second;
      const track = nearest(family, value, second);
      if (track !== null) return advance(track, value, second, client);
      if (state.live.size >= LIVE_MAX) forget(state.live);
      const bucket = Math.floor(value / STEP_MAX);
      // A standing track keeps its place until it ends by itself.
      const holder = state.live.get(bucket);
      if (holder?.distances && second - holder.lastSecond <= life(family, holder)) return;
      state.live.set(bucket, begin(family, value, second, client));
    },
  };
}

const begin = (family: number, value: number, second: number, client: number): Track => ({
  travel: 0,
  crossed: [],
  family,
  firstSecond: second,
  earliestSecond: second,
  lastSecond: second,
  firstValue: value,
  lastValue: value,
  low: value,
  high: value,
  steps: 0,
  distances: null,
  pause: 0,
  early: [client],
});

const closer = (a: Track, b: Track, value: number): boolean =>
  (a.distances !== null) === (b.distances !== null)
    ? Math.abs(value - a.lastValue) < Math.abs(value - b.lastValue)
    : a.distances !== null;

/** Drops the half that has waited longest. A Map keeps the order in which keys were set. */
function forget(live: Map<number, Track>): void {
  let left = live.size / 2;
  for (const [bucket, track] of live) {
    if (left <= 0) return;
    if (track.distances !== null) continue;
    live.delete(bucket);
    left -= 1;
  }
}

/** Numbers by which workers in parallel are out of step at most; a longer jump left some out. */
const JUMP_MIN = 16;
/** A shorter wait has few numbers to hide. */
const WAITED_MIN = 10;

const isCrossing = (track: Track, step: number, waited: number): boolean =>
  track.distances !== null && Math.abs(step) > JUMP_MIN && keepsPace(speedOf(track), step, waited);

/** Numbers in a second while the track was at work: its longest wait is none. */
export const speedOf = ({ firstSecond, lastSecond, firstValue, lastValue, pause }: Track): number =>
  Math.abs(lastValue - firstValue) / Math.max(1, lastSecond - firstSecond - pause);

/**
 * Whether a sequence that waited so long and went on so much further kept its own pace meanwhile,
 * give or take three times: then it was at work, and its lines are missing.
 */
export function keepsPace(speed: number, distance: number, waited: number): boolean {
  const expected = speed * waited;
  const far = Math.abs(distance);
  return waited >= WAITED_MIN && far <= expected * 3 && far * 3 >= expected;
}

/** How regular a track is: the share of its commonest step, and that step. */
export function regularity(track: Track): { readonly step: number; readonly share: number } {
  let step = 0;
  let most = 0;
  let all = 0;
  track.distances?.forEach((count, at) => {
    const distance = at - STEP_MAX;
    if (distance === 0) return;
    all += count;
    if (count > most) [most, step] = [count, distance];
  });
  return { step, share: all === 0 ? 0 : most / all };
}

/** Steps of a track below which chance and short batches are not told from enumeration. */
const SHARE_MIN = 0.4;

/**
 * Goes somewhere: mostly by one step, or (workers in parallel) in one direction more than chance
 * does.
 */
export function isRegular(track: Track): boolean {
  if (regularity(track).share >= SHARE_MIN) return true;
  const directed = Math.abs(track.lastValue - track.firstValue) / Math.max(1, track.travel);
  return directed >= Math.max(0.1, 4 / Math.sqrt(track.steps));
}
