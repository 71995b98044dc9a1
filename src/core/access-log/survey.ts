import type { Agent } from '../web-log/index.ts';
import type { ReadLog } from './access-log.ts';
import type { Clients } from './clients.ts';
import { isNotFound, learnOutcomes, mayCarry, type OutcomeModel } from './outcome.ts';
import type { Series } from './series.ts';
import type { LookupRows } from './spool.ts';
import { STEP_MAX } from './tracks.ts';

/** What the look-ups are, before anyone asks who sent them. */
export interface Survey {
  /** Of each series: whether it holds record numbers, not something else that counts up. */
  readonly chosen: readonly boolean[];
  /** How the page of each series answers. */
  readonly outcomes: readonly OutcomeModel[];
  /** Of each family: chance that two ordinary look-ups lie close to each other. */
  readonly nearness: readonly number[];
  /** Clients who behave like a person with a browser. */
  isOrdinary(client: number): boolean;
}

/** Look-ups of one person in the time of a log; an office's own kiosk has more. */
const ORDINARY_LOOKUPS_MAX = 20;
/** Numbers that must have been asked for before a parameter is called a record number. */
const CHANGES_MIN = { named: 20, unnamed: 100, body: 20 } as const;
const SAMPLE_MAX = 4_096;

export function survey(log: ReadLog): Survey {
  const chosen = chooseSeries(log);
  const isOrdinary = ordinaryClients(log);
  const tallies = new Map<number, Tally>();
  const samples = new Map<number, number[]>();
  let sampled = 0;
  for (const rows of log.lookups.blocks()) {
    for (let at = 0; at < rows.count; at++) {
      const series = log.series.all[rows.series[at]!]!;
      if (!chosen[series.index]) continue;
      if (asksTheSame(log, rows.client[at]!)) continue;
      const ordinary = isOrdinary(rows.client[at]!);
      const known = series.body ? undefined : log.known?.find(series.prefix, rows.value[at]!);
      count(tallyOf(tallies, series.slot), rows, { at, ordinary, known });
      if (!ordinary || series.body) continue;
      const sample = samples.get(series.family) ?? [];
      if (sample.length === 0) samples.set(series.family, sample);
      // Any number in the sample has the same chance to stay: a steady stride through it.
      if (sample.length < SAMPLE_MAX) sample.push(rows.value[at]!);
      else {
        sampled = (sampled + 1_597) % SAMPLE_MAX;
        sample[sampled] = rows.value[at]!;
      }
    }
  }
  const models = new Map([...tallies].map(([slot, tally]) => [slot, learn(tally)] as const));
  const none = learn(emptyTally());
  return {
    chosen,
    isOrdinary,
    outcomes: log.series.all.map(({ slot }) => models.get(slot) ?? none),
    nearness: Array.from({ length: log.series.families }, (_, family) =>
      nearnessOf(samples.get(family) ?? []),
    ),
  };
}

/**
 * One slot for each form of request: a named one before an unnamed, then the one that varies most.
 */
function chooseSeries({ series, targets }: ReadLog): readonly boolean[] {
  const sums = new Map<number, { changes: number; dates: number; count: number }>();
  for (const each of series.all) {
    const sum = sums.get(each.slot) ?? { changes: 0, dates: 0, count: 0 };
    sum.changes += each.changes;
    sum.dates += each.dates;
    sum.count += each.count;
    sums.set(each.slot, sum);
  }
  const best = new Map<number, number>();
  const rank = (slot: number): number =>
    (targets.slots[slot]!.kind === 'named' ? 1e15 : 0) + sums.get(slot)!.changes;
  for (const [slot, { changes, dates, count: all }] of sums) {
    const { kind, template } = targets.slots[slot]!;
    if (changes < CHANGES_MIN[kind] || dates > all * 0.9) continue;
    // Requests without a number in their address are look-ups of their own.
    const key = kind === 'body' ? -1 - template : template;
    const other = best.get(key);
    if (other === undefined || rank(slot) > rank(other)) best.set(key, slot);
  }
  const slots = new Set(best.values());
  return series.all.map((each: Series) => slots.has(each.slot));
}

function ordinaryClients({ clients }: ReadLog): (client: number) => boolean {
  let nameless = 0;
  let visitors = 0;
  for (let row = 1; row < clients.size; row++) {
    if (clients.lookups(row) === 0) continue;
    visitors += 1;
    if (kindOf(clients, row) === 'none') nameless += 1;
  }
  const assetsLogged = logsAssets(clients);
  // The common log format names no agent; then no visitor has one, and none is odd for it.
  const agentsLogged = nameless < visitors * 0.5;
  return (row) => {
    if (row === 0 || clients.lookups(row) > ORDINARY_LOOKUPS_MAX) return false;
    const kind = kindOf(clients, row);
    const named = kind === 'browser' || (kind === 'none' && !agentsLogged);
    return named && (!assetsLogged || clients.assets(row) > 0);
  };
}

const kindOf = (clients: Clients, row: number): Agent['kind'] | undefined =>
  clients.agents[clients.agentOf(row)]?.kind;

/**
 * Whether visitors' images and styles are in this log; where a content network serves them, none
 * is.
 */
export function logsAssets(clients: Clients): boolean {
  let assets = 0;
  let visitors = 0;
  for (let row = 1; row < clients.size; row++) {
    if (clients.assets(row) > 0) assets += 1;
    if (clients.lookups(row) > 0) visitors += 1;
  }
  return assets >= visitors * 0.05;
}

/** A monitor asks for one record for ever: its answer is no kind of page, only one page. */
const asksTheSame = ({ clients }: ReadLog, row: number): boolean =>
  clients.lookups(row) > ORDINARY_LOOKUPS_MAX && clients.changes(row) < clients.lookups(row) * 0.2;

interface Tally {
  readonly sizes: Map<number, { count: number; ordinary: number; valid: number; invalid: number }>;
  notFound: number;
  redirects: number;
  ordinary: number;
}

const emptyTally = (): Tally => ({ sizes: new Map(), notFound: 0, redirects: 0, ordinary: 0 });

function tallyOf(tallies: Map<number, Tally>, slot: number): Tally {
  const known = tallies.get(slot);
  if (known !== undefined) return known;
  const made = emptyTally();
  tallies.set(slot, made);
  return made;
}

/** Sizes up to this are counted to the byte; larger ones to one part in a thousand. */
const EXACT_BYTES_MAX = 65_536;

interface Counted {
  readonly at: number;
  readonly ordinary: boolean;
  readonly known: boolean | undefined;
}

function count(tally: Tally, rows: LookupRows, { at, ordinary, known }: Counted): void {
  const status = rows.status[at]!;
  if (ordinary) tally.ordinary += 1;
  if (isNotFound(status)) tally.notFound += 1;
  if (ordinary && status >= 300 && status < 400 && status !== 304) tally.redirects += 1;
  if (!mayCarry(status)) return;
  const bytes = rows.bytes[at]!;
  const unit = bytes <= EXACT_BYTES_MAX ? 1 : 2 ** Math.floor(Math.log2(bytes / 1000));
  const size = Math.round(bytes / unit) * unit;
  const sum = tally.sizes.get(size) ?? { count: 0, ordinary: 0, valid: 0, invalid: 0 };
  if (sum.count === 0) tally.sizes.set(size, sum);
  sum.count += 1;
  if (ordinary) sum.ordinary += 1;
  if (known === true) sum.valid += 1;
  if (known === false) sum.invalid += 1;
}

const learn = ({ sizes, notFound, redirects, ordinary }: Tally): OutcomeModel =>
  learnOutcomes({
    sizes: [...sizes].map(([size, sum]) => ({ size, ...sum })),
    notFound,
    redirected: ordinary === 0 ? 0 : redirects / ordinary,
  });

/**
 * Share of all pairs in the sample that lie within STEP_MAX of each other, the same number aside.
 */
function nearnessOf(sample: readonly number[]): number {
  const sorted = Float64Array.from(sample).sort();
  if (sorted.length < 2) return 0;
  let pairs = 0;
  let low = 0;
  let same = 0;
  for (let high = 1; high < sorted.length; high++) {
    while (sorted[high]! - sorted[low]! > STEP_MAX) low += 1;
    same = sorted[high] === sorted[high - 1] ? same + 1 : 0;
    pairs += high - low - Math.min(same, high - low);
  }
  return (2 * pairs) / (sorted.length * (sorted.length - 1));
}
