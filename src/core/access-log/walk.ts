import { STEP_MAX, type Track } from './tracks.ts';

/** Where one actor's runs lie: seconds and numbers, both included. */
interface Area {
  readonly from: number;
  readonly until: number;
  readonly low: number;
  readonly high: number;
}

/** When and over which numbers an actor walked, to tell its look-ups from others of its clients. */
export interface Walk {
  /** Whether the look-up lies where and when the actor walked. */
  has(family: number, value: number, second: number): boolean;
  /** Whether the actor walked at that time at all, or rested. */
  during(second: number): boolean;
}

/**
 * How much of what a client looked up is its actor's. `all`: a script serves nobody else. `period`:
 * all while the actor walked or rested, the rest perhaps. `doubt`: what lies on the walk, the rest
 * perhaps. `walk`: what lies on the walk; the rest is other people's behind the same address.
 */
export type Part = 'all' | 'period' | 'doubt' | 'walk';

/** Whether a look-up is the actor's, may be, or is somebody else's. */
export function belonging(
  part: Part,
  walk: Walk,
  { family, value, second }: { readonly family: number; value: number; second: number },
): 'certain' | 'possible' | 'other' {
  if (part === 'all' || walk.has(family, value, second)) return 'certain';
  if (part === 'walk') return 'other';
  return part === 'period' && walk.during(second) ? 'certain' : 'possible';
}

/** A walk is widened by its longest pause, and by no less: tries before, repeats after. */
const EDGE_SECONDS_MIN = 60;
/** A pause of a slow walk is not its edge. */
const EDGE_SECONDS_MAX = 1_800;
/** Areas that each look-up is held against; neighbours in time are joined beyond it. */
const AREAS_MAX = 64;
/**
 * A walk rests so long and goes on; what a client that serves nobody else asks meanwhile is its
 * own.
 */
const REST_SECONDS = 21_600;

export function createWalk(tracks: readonly Track[]): Walk {
  const families = new Map<number, Area[]>();
  for (const track of tracks) {
    const own = families.get(track.family) ?? [];
    if (own.length === 0) families.set(track.family, own);
    own.push(areaOf(track));
  }
  const areas = new Map([...families].map(([family, own]) => [family, joined(own)] as const));
  const times = joined([...areas.values()].flat());
  return {
    has: (family, value, second) =>
      areas
        .get(family)
        ?.some(
          ({ from, until, low, high }) =>
            second >= from && second <= until && value >= low && value <= high,
        ) ?? false,
    during: (second) =>
      times.some(
        ({ from, until }) => second >= from - REST_SECONDS && second <= until + REST_SECONDS,
      ),
  };
}

function areaOf({ earliestSecond, lastSecond, low, high, pause }: Track): Area {
  const edge = Math.min(EDGE_SECONDS_MAX, Math.max(EDGE_SECONDS_MIN, pause));
  return {
    from: earliestSecond - edge,
    until: lastSecond + edge,
    low: low - STEP_MAX,
    high: high + STEP_MAX,
  };
}

/** The same areas where they are few; else neighbours in time are joined until they are. */
function joined(areas: readonly Area[]): readonly Area[] {
  let kept = [...areas].sort((a, b) => a.from - b.from);
  while (kept.length > AREAS_MAX) {
    kept = kept.flatMap((area, at) => {
      if (at % 2 === 1) return [];
      const next = kept[at + 1];
      return [next === undefined ? area : around(area, next)];
    });
  }
  return kept;
}

const around = (a: Area, b: Area): Area => ({
  from: Math.min(a.from, b.from),
  until: Math.max(a.until, b.until),
  low: Math.min(a.low, b.low),
  high: Math.max(a.high, b.high),
});
