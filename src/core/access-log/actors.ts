import type { ReadLog } from './access-log.ts';
import { bulkClients, withBulk } from './bulk.ts';
import type { Clients } from './clients.ts';
import { type Silences, silentSeconds } from './gap.ts';
import { logsAssets, type Survey } from './survey.ts';
import {
  createTracker,
  isRegular,
  keepsPace,
  STANDING_STEPS,
  speedOf,
  type Track,
} from './tracks.ts';
import type { Part } from './walk.ts';

/** Look-ups that belong together, before their records are counted. */
export interface ActorDraft {
  /** Runs of numbers, in the order of time; none for a client who asks in no order. */
  readonly tracks: readonly Track[];
  /** Each run with the one that it goes on from, where there is one. */
  readonly before: ReadonlyMap<Track, Track>;
  readonly clients: readonly ActorClient[];
}

/** A client, and how much of what it looked up is the actor's. */
export interface ActorClient {
  readonly row: number;
  readonly part: Part;
}

/** Records of one actor below which nobody speaks of enumeration: clerks work in batches. */
const ENUMERATION_MIN = 100;
/** A person cannot keep this up: seconds between two look-ups. */
const MACHINE_PACE_SECONDS = 3;
/** Runs that are joined with each other; the longest are kept. */
const TRACKS_MAX = 3_000;

/** Finds who asks for records one after the other, and who asks by machine for many. */
export function findActors(log: ReadLog, found: Survey, silences: Silences): ActorDraft[] {
  const members = new Map<number, Map<Track, number>>();
  const tracker = createTracker(
    found.nearness.map((nearness) => ({ nearness })),
    silences.quiet,
    (client, track) => {
      const own = members.get(client) ?? new Map<Track, number>();
      if (own.size === 0) members.set(client, own);
      own.set(track, (own.get(track) ?? 0) + 1);
    },
  );
  for (const rows of log.lookups.blocks()) {
    for (let at = 0; at < rows.count; at++) {
      const series = log.series.all[rows.series[at]!]!;
      if (series.body || !found.chosen[series.index]) continue;
      tracker.follow(series.family, rows.value[at]!, rows.second[at]!, rows.client[at]!);
    }
  }
  const tracks = tracker.standing
    .filter(isRegular)
    .sort((a, b) => b.steps - a.steps)
    .slice(0, TRACKS_MAX)
    .sort((a, b) => a.firstSecond - b.firstSecond);
  const groups = createGroups(tracks);
  const before = continuations(tracks, silences, agentsOf(log, members));
  for (const [track, earlier] of before) groups.join(track, earlier);
  const isBulk = bulkClients(log, found);
  const own = clientsOfTracks(log, members, groups, isBulk);
  const drafts = qualified(groups).map((group) => ({
    tracks: group,
    before,
    clients: own.get(groups.root(group[0]!)) ?? [],
  }));
  return withBulk(log.clients, isBulk, drafts);
}

interface Groups {
  readonly tracks: readonly Track[];
  has(track: Track): boolean;
  root(track: Track): Track;
  join(a: Track, b: Track): void;
}

function createGroups(tracks: readonly Track[]): Groups {
  const parent = new Map(tracks.map((track) => [track, track]));
  const root = (track: Track): Track => {
    let at = track;
    for (let up = parent.get(at)!; up !== at; up = parent.get(at)!) {
      parent.set(at, parent.get(up)!);
      at = up;
    }
    return at;
  };
  return {
    tracks,
    has: (track) => parent.has(track),
    root,
    join: (a, b) => void parent.set(root(a), root(b)),
  };
}

/** How far a sequence may have moved in a silence of the log: three times its own pace. */
const OVERRUN = 3;
/** Numbers that may be missing where a sequence takes up again. */
const RESUME_SLACK = 256;

/** Which run goes on where an earlier one of the same family stopped. */
function continuations(
  tracks: readonly Track[],
  silences: Silences,
  agents: ReadonlyMap<Track, readonly number[]>,
): ReadonlyMap<Track, Track> {
  const before = new Map<Track, Track>();
  const taken = new Set<Track>();
  const nearestBefore = (track: Track): { earlier: Track; distance: number } | null => {
    let nearest: { earlier: Track; distance: number } | null = null;
    for (const earlier of tracks) {
      if (earlier.firstSecond > track.firstSecond || earlier === track) break;
      if (earlier.family !== track.family || taken.has(earlier)) continue;
      if (!alike(agents.get(earlier) ?? [], agents.get(track) ?? [])) continue;
      const distance = resumes(earlier, track, silences);
      if (distance !== null && distance < (nearest?.distance ?? Number.POSITIVE_INFINITY))
        nearest = { earlier, distance };
    }
    return nearest;
  };
  for (const track of tracks) {
    const nearest = nearestBefore(track);
    if (nearest === null) continue;
    const { earlier, distance } = nearest;
    if (distance > RESUME_SLACK && !isIdle(earlier, track, tracks, silences)) continue;
    before.set(track, earlier);
    taken.add(earlier);
  }
  return before;
}

/**
 * Whether the log is silent between two runs, or at least no other run of their kind fills the
 * time.
 */
function isIdle(
  { family, lastSecond }: Track,
  { firstSecond }: Track,
  tracks: readonly Track[],
  { quiet }: Silences,
): boolean {
  return (
    silentSeconds(quiet, lastSecond, firstSecond) > 0 ||
    !tracks.some(
      (other) =>
        other.family === family &&
        other.lastSecond > lastSecond + 1 &&
        other.firstSecond < firstSecond - 1,
    )
  );
}

/** Numbers between the end of one run and the start of the next; null where it is no sequel. */
function resumes(earlier: Track, later: Track, { quiet }: Silences): number | null {
  const waited = later.firstSecond - earlier.lastSecond;
  if (waited < -60) return null;
  const direction = Math.sign(earlier.lastValue - earlier.firstValue);
  if (direction !== Math.sign(later.lastValue - later.firstValue)) return null;
  const distance = (later.firstValue - earlier.lastValue) * direction;
  const speed = Math.max(speedOf(earlier), speedOf(later));
  const silent = silentSeconds(quiet, earlier.lastSecond, later.firstSecond);
  const reach = RESUME_SLACK + OVERRUN * speed * silent;
  const near = distance >= -RESUME_SLACK && distance <= reach;
  return near || (distance > 0 && keepsPace(speed, distance, waited)) ? Math.abs(distance) : null;
}

/** Agents of each run, the commonest first. */
function agentsOf(
  { clients }: ReadLog,
  members: ReadonlyMap<number, ReadonlyMap<Track, number>>,
): ReadonlyMap<Track, readonly number[]> {
  const counts = new Map<Track, Map<number, number>>();
  for (const [client, own] of members) {
    const agent = clients.agentOf(client);
    for (const [track, steps] of own) {
      const agents = counts.get(track) ?? new Map<number, number>();
      if (agents.size === 0) counts.set(track, agents);
      agents.set(agent, (agents.get(agent) ?? 0) + steps);
    }
  }
  return new Map(
    [...counts].map(([track, agents]) => [
      track,
      [...agents].sort(([, a], [, b]) => b - a).map(([agent]) => agent),
    ]),
  );
}

/**
 * Agents that are drawn anew for every request are alike; else the commonest one must be the same.
 */
const ROTATING_MIN = 5;

const alike = (a: readonly number[], b: readonly number[]): boolean =>
  a[0] === b[0] || (a.length >= ROTATING_MIN && b.length >= ROTATING_MIN);

/**
 * Share of a run's steps from which a client is one of its exits, whatever else came from there.
 */
const EXIT_SHARE_MIN = 0.02;

/**
 * A client whose look-ups are mostly steps of one group's runs belongs to it, and joins its runs.
 * One from which others look up too (a proxy, a library, a carrier) has its part in every run it
 * steps in.
 */
function clientsOfTracks(
  { clients }: ReadLog,
  members: ReadonlyMap<number, ReadonlyMap<Track, number>>,
  groups: Groups,
  isBulk: (client: number) => boolean,
): ReadonlyMap<Track, ActorClient[]> {
  const common = commonAgents(clients, members, groups);
  const belongs = (client: number, steps: number): boolean =>
    steps * 2 >= clients.lookups(client) &&
    (steps >= 3 || (clients.assets(client) === 0 && common(clients.agentOf(client))));
  const part = partOf(clients);
  const sure: (readonly [ActorClient, Track])[] = [];
  const mixed: (readonly [number, Steps])[] = [];
  for (const [row, own] of members) {
    const rows = [...own].filter(([track]) => groups.has(track));
    if (row === 0 || rows.length === 0) continue;
    const steps = rows.reduce((sum, [, times]) => sum + times, 0);
    if (belongs(row, steps) || (steps >= STANDING_STEPS && isBulk(row)))
      sure.push([{ row, part: part(row, steps) }, joinRuns(rows, groups)]);
    else if (steps >= STANDING_STEPS) mixed.push([row, rows]);
  }
  const out = new Map<Track, ActorClient[]>();
  const put = (track: Track, client: ActorClient): void => {
    const root = groups.root(track);
    const list = out.get(root) ?? [];
    if (list.length === 0) out.set(root, list);
    list.push(client);
  };
  for (const [client, track] of sure) put(track, client);
  const stepsOf = stepsByRoot(groups);
  for (const [row, rows] of mixed) {
    for (const [root, steps] of stepsByRoot(groups, rows)) {
      if (steps < STANDING_STEPS || steps < stepsOf.get(root)! * EXIT_SHARE_MIN) continue;
      put(root, { row, part: 'walk' });
    }
  }
  return out;
}

/** How many steps a client has in each run. */
type Steps = readonly (readonly [Track, number])[];

/** Runs in which one client stepped more than once are one actor's; the first of them. */
function joinRuns(rows: Steps, groups: Groups): Track {
  const [first, ...rest] = rows.filter(([, times]) => times > 1);
  if (first !== undefined) for (const [track] of rest) groups.join(track, first[0]);
  return first?.[0] ?? rows[0]![0];
}

/** Steps in each group's runs: all of them, or those of one client. */
function stepsByRoot(
  groups: Groups,
  rows: Steps = groups.tracks.map((track) => [track, track.steps]),
): ReadonlyMap<Track, number> {
  const sums = new Map<Track, number>();
  for (const [track, steps] of rows) {
    const root = groups.root(track);
    sums.set(root, (sums.get(root) ?? 0) + steps);
  }
  return sums;
}

/**
 * Each page of a person fetches at least this many images and styles, most of them kept by
 * browsers.
 */
const ASSETS_A_LOOKUP = 0.5;

/** What a client did beside its steps: people's, where they fetched what people fetch. */
function partOf(clients: Clients): (row: number, steps: number) => Part {
  const assetsLogged = logsAssets(clients);
  return (row, steps) => {
    const kind = clients.agents[clients.agentOf(row)]?.kind;
    if (kind === 'script' || kind === 'scanner') return 'all';
    if (!assetsLogged) return 'doubt';
    const others = clients.lookups(row) - steps;
    const assets = clients.assets(row);
    if (assets === 0) return 'period';
    return assets >= others * ASSETS_A_LOOKUP ? 'walk' : 'doubt';
  };
}

/** Agents with more than two in a hundred of all steps; every agent where none is common. */
function commonAgents(
  clients: ReadLog['clients'],
  members: ReadonlyMap<number, ReadonlyMap<Track, number>>,
  groups: Groups,
): (agent: number) => boolean {
  const counts = new Map<number, number>();
  let all = 0;
  for (const [client, own] of members) {
    for (const [track, steps] of own) {
      if (!groups.has(track)) continue;
      const agent = clients.agentOf(client);
      counts.set(agent, (counts.get(agent) ?? 0) + steps);
      all += steps;
    }
  }
  const common = new Set(
    [...counts].flatMap(([agent, steps]) => (steps * 50 > all ? [agent] : [])),
  );
  const covered = [...common].reduce((sum, agent) => sum + (counts.get(agent) ?? 0), 0);
  return covered * 2 < all ? () => true : (agent) => common.has(agent);
}

/** Groups with one long run, or many records at a pace that no person keeps. */
function qualified(groups: Groups): readonly (readonly Track[])[] {
  const byRoot = new Map<Track, Track[]>();
  for (const track of groups.tracks) {
    const root = groups.root(track);
    byRoot.set(root, [...(byRoot.get(root) ?? []), track]);
  }
  return [...byRoot.values()].filter((tracks) => {
    const steps = tracks.reduce((sum, track) => sum + track.steps, 0);
    const seconds = tracks.reduce((sum, track) => sum + track.lastSecond - track.firstSecond, 0);
    const machine = seconds / steps < MACHINE_PACE_SECONDS;
    const long = tracks.some((track) => track.steps >= ENUMERATION_MIN);
    return steps >= ENUMERATION_MIN && (long || machine);
  });
}
