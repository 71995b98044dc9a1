import type { ReadLog } from './access-log.ts';
import type { ActorDraft } from './actors.ts';
import type { Bounds } from './findings.ts';
import { type ChunkBudget, createNumberSet, type NumberSet } from './number-set.ts';
import type { Series } from './series.ts';
import type { LookupRows } from './spool.ts';
import type { Survey } from './survey.ts';
import { belonging, createWalk, type Part, type Walk } from './walk.ts';

/** Records that one actor asked for, by how their numbers are written. */
export interface RecordSets {
  readonly asked: NumberSet;
  readonly returned: NumberSet;
  readonly unclear: NumberSet;
  /** Of look-ups that may be other people's; a record may have been in the answer. */
  readonly doubted: NumberSet;
}

/** What an actor's look-ups come to. */
export interface ActorCount {
  from: number;
  until: number;
  requests: number;
  /** Look-ups that may be other people's behind the same addresses: in no other count here. */
  doubtful: number;
  /** Look-ups without a number. */
  bodyRequests: number;
  bodyHits: number;
  bodyUnclear: number;
  /** Sizes of pages that held a record, of look-ups without a number. */
  readonly bodySizes: Set<number>;
  /** Every such page is told from others by its size alone. */
  steady: boolean;
  /** By the text form of the numbers: letters and zeros. */
  readonly records: Map<string, RecordSets>;
  readonly agents: Map<number, number>;
  readonly networks: Map<number, number>;
  readonly slots: Set<number>;
}

/** Sizes that are told apart; a page has fewer. */
const SIZES_MAX = 100_000;
const NETWORKS_MAX = 50_000;

const textForm = ({ prefix, padded }: Series): string => `${padded} ${prefix}`;

/**
 * Client of no actor; of one whose every look-up is one actor's: that actor; of others: `MIXED`.
 */
const NOBODY = -1;
const MIXED = -2;

interface Share {
  readonly count: ActorCount;
  readonly walk: Walk;
  readonly part: Part;
}

/** Counts every look-up of every actor, exactly. */
export function countActors(
  log: ReadLog,
  found: Survey,
  drafts: readonly ActorDraft[],
  budget: ChunkBudget,
): readonly ActorCount[] {
  const counts = drafts.map(emptyCount);
  if (drafts.length === 0) return counts;
  const actorOf = new Int32Array(log.clients.size).fill(NOBODY);
  const shares = new Map<number, Share[]>();
  drafts.forEach(({ clients, tracks }, at) => {
    const walk = createWalk(tracks);
    for (const { row, part } of clients) {
      actorOf[row] = part === 'all' ? at : MIXED;
      if (part === 'all') continue;
      shares.set(row, [...(shares.get(row) ?? []), { count: counts[at]!, walk, part }]);
    }
  });
  for (const rows of log.lookups.blocks()) {
    for (let at = 0; at < rows.count; at++) {
      const actor = actorOf[rows.client[at]!]!;
      if (actor === NOBODY) continue;
      const series = log.series.all[rows.series[at]!]!;
      if (!found.chosen[series.index]) continue;
      const taken = { log, found, budget, rows, at, series };
      if (actor !== MIXED) take(counts[actor]!, taken);
      else takeShares(shares.get(rows.client[at]!) ?? [], taken);
    }
  }
  return counts;
}

function takeShares(shares: readonly Share[], taken: Taken): void {
  const { rows, at, series } = taken;
  const lookup = { family: series.family, value: rows.value[at]!, second: rows.second[at]! };
  for (const { count, walk, part } of shares) {
    const whose = belonging(part, walk, lookup);
    if (whose === 'certain') take(count, taken);
    else if (whose === 'possible') doubt(count, taken);
  }
}

const emptyCount = (): ActorCount => ({
  from: Number.POSITIVE_INFINITY,
  until: 0,
  requests: 0,
  doubtful: 0,
  bodyRequests: 0,
  bodyHits: 0,
  bodyUnclear: 0,
  bodySizes: new Set(),
  steady: true,
  records: new Map(),
  agents: new Map(),
  networks: new Map(),
  slots: new Set(),
});

interface Taken {
  readonly log: ReadLog;
  readonly found: Survey;
  readonly budget: ChunkBudget;
  readonly rows: LookupRows;
  readonly at: number;
  readonly series: Series;
}

function take(count: ActorCount, { log, found, budget, rows, at, series }: Taken): void {
  const second = rows.second[at]!;
  const client = rows.client[at]!;
  const model = found.outcomes[series.index]!;
  const outcome = model.of(rows.status[at]!, rows.bytes[at]!);
  count.from = Math.min(count.from, second);
  count.until = Math.max(count.until, second);
  count.requests += 1;
  count.slots.add(series.slot);
  add(count.agents, log.clients.agentOf(client));
  const network = log.clients.network(client);
  if (count.networks.has(network) || count.networks.size < NETWORKS_MAX)
    add(count.networks, network);
  if (series.body) {
    count.bodyRequests += 1;
    count.steady &&= model.steady;
    if (outcome === 'unclear') count.bodyUnclear += 1;
    if (outcome !== 'hit') return;
    count.bodyHits += 1;
    if (count.bodySizes.size < SIZES_MAX) count.bodySizes.add(rows.bytes[at]!);
    return;
  }
  const sets = setsOf(count, textForm(series), budget);
  const value = rows.value[at]!;
  sets.asked.add(value);
  if (outcome === 'hit') sets.returned.add(value);
  else if (outcome === 'unclear') sets.unclear.add(value);
}

/** A look-up that may be the actor's or another's: it can only raise the upper number. */
function doubt(count: ActorCount, { found, budget, rows, at, series }: Taken): void {
  const outcome = found.outcomes[series.index]!.of(rows.status[at]!, rows.bytes[at]!);
  count.doubtful += 1;
  if (outcome === 'miss') return;
  if (series.body) count.bodyUnclear += 1;
  else setsOf(count, textForm(series), budget).doubted.add(rows.value[at]!);
}

const add = (counts: Map<number, number>, key: number): void =>
  void counts.set(key, (counts.get(key) ?? 0) + 1);

function setsOf({ records }: ActorCount, form: string, budget: ChunkBudget): RecordSets {
  const known = records.get(form);
  if (known !== undefined) return known;
  const made = {
    asked: createNumberSet(budget),
    returned: createNumberSet(budget),
    unclear: createNumberSet(budget),
    doubted: createNumberSet(budget),
  };
  records.set(form, made);
  return made;
}

export const distinctAsked = ({ records }: ActorCount): number =>
  [...records.values()].reduce((sum, { asked }) => sum + asked.size, 0);

/**
 * Records returned for certain, and those that may have been, over several actors without repeats.
 */
export function numberedBounds(counts: readonly ActorCount[]): {
  readonly atLeast: number;
  readonly atMost: number;
} {
  let atLeast = 0;
  let atMost = 0;
  for (const { certain } of recordsTaken(counts)) {
    if (certain) atLeast += 1;
    atMost += 1;
  }
  return { atLeast, atMost };
}

interface TakenRecord {
  readonly value: number;
  readonly certain: boolean;
}

/** Every record that was or may have been returned, once; form by form. */
export function* recordsTaken(
  counts: readonly ActorCount[],
): Generator<TakenRecord & { readonly form: string }> {
  const forms = new Set(counts.flatMap(({ records }) => [...records.keys()]));
  for (const form of forms) {
    const sets = counts.flatMap(({ records }) => records.get(form) ?? []);
    for (const record of askedRecords(sets)) yield { form, ...record };
    for (const record of doubtedRecords(sets)) yield { form, ...record };
  }
}

function* askedRecords(sets: readonly RecordSets[]): Generator<TakenRecord> {
  for (const [at, { asked }] of sets.entries()) {
    for (const value of asked.values()) {
      if (sets.slice(0, at).some((earlier) => earlier.asked.has(value))) continue;
      const certain = sets.some(({ returned }) => returned.has(value));
      const possible = sets.some((each) => each.unclear.has(value) || each.doubted.has(value));
      if (certain || possible) yield { value, certain };
    }
  }
}

function* doubtedRecords(sets: readonly RecordSets[]): Generator<TakenRecord> {
  for (const [at, { doubted }] of sets.entries()) {
    for (const value of doubted.values()) {
      if (sets.some(({ asked }) => asked.has(value))) continue;
      if (sets.slice(0, at).some((earlier) => earlier.doubted.has(value))) continue;
      yield { value, certain: false };
    }
  }
}

/**
 * Records given out by look-ups whose numbers no log holds. At most one for each answer. At least
 * as many as pages of different sizes, where a page's size depends on its record alone; else one.
 */
export function bodyBounds(count: ActorCount): Bounds & { readonly atMost: number } {
  const certain = count.bodyHits > 0 ? 1 : 0;
  return {
    atLeast: count.steady ? count.bodySizes.size : certain,
    atMost: count.bodyHits + count.bodyUnclear,
  };
}
