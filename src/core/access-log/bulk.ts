import type { ReadLog } from './access-log.ts';
import type { ActorDraft } from './actors.ts';
import type { Clients } from './clients.ts';
import { logsAssets, type Survey } from './survey.ts';

/** Look-ups in one hour that no person does by hand: one each 18 seconds. */
const MACHINE_HOUR_MIN = 200;
/**
 * The same where no log shows who fetched images: more than a library or a carrier brings, one each
 * 3 seconds.
 */
const MACHINE_HOUR_UNSEEN_MIN = 1_200;
/** So many in all, at so many an hour from the first to the last: no person sits that long. */
const SUSTAINED = { lookups: 1_000, hourly: 100 } as const;
/** Two look-ups further apart than this are no sign of one actor, though their tool is one. */
const APART_SECONDS = 86_400;

/**
 * Clients who ask for ever other records by machine, in no order: what a script says it is, or more
 * look-ups in an hour than hands can do, without the images and styles that a browser fetches.
 */
export function bulkClients(
  { clients }: ReadLog,
  { isOrdinary }: Survey,
): (client: number) => boolean {
  const bare = bareAgents(clients);
  const paced = pacedByMachine(clients);
  return (row) =>
    !isOrdinary(row) &&
    (bare.has(clients.agentOf(row)) || (asksForOthers(clients, row) && paced(row)));
}

/** Adds those who ask in no order: to an actor of the same agent, or as actors of their own. */
export function withBulk(
  clients: Clients,
  isBulk: (client: number) => boolean,
  drafts: readonly ActorDraft[],
): ActorDraft[] {
  const taken = new Set(drafts.flatMap((draft) => draft.clients.map(({ row }) => row)));
  const byAgent = new Map<number, number[]>();
  for (let row = 1; row < clients.size; row++) {
    if (taken.has(row) || !isBulk(row)) continue;
    const agent = clients.agentOf(row);
    const list = byAgent.get(agent) ?? [];
    if (list.length === 0) byAgent.set(agent, list);
    list.push(row);
  }
  const out = drafts.map((draft) => ({ ...draft, clients: [...draft.clients] }));
  for (const [agent, rows] of byAgent) {
    for (const together of inTime(clients, rows)) {
      const own = together.map((row) => ({ row, part: 'all' as const }));
      const kin = out.find((draft) =>
        draft.clients.some(
          ({ row, part }) =>
            part !== 'walk' && clients.agentOf(row) === agent && near(clients, row, together),
        ),
      );
      if (kin === undefined) out.push({ tracks: [], before: new Map(), clients: own });
      else kin.clients.push(...own);
    }
  }
  return out;
}

/** Clients of one agent, apart where a day or more lies between what they looked up. */
function inTime(clients: Clients, rows: readonly number[]): readonly (readonly number[])[] {
  const groups: number[][] = [];
  let until = Number.NEGATIVE_INFINITY;
  for (const row of rows.toSorted((a, b) => clients.firstLookup(a) - clients.firstLookup(b))) {
    if (clients.firstLookup(row) - until > APART_SECONDS) groups.push([]);
    groups.at(-1)!.push(row);
    until = Math.max(until, clients.lastLookup(row));
  }
  return groups;
}

/** Whether a client was there within a day of the others, of which the first one came first. */
function near(clients: Clients, row: number, others: readonly number[]): boolean {
  const from = clients.firstLookup(others[0]!);
  const until = others.reduce((last, other) => Math.max(last, clients.lastLookup(other)), 0);
  return (
    clients.firstLookup(row) - until <= APART_SECONDS &&
    from - clients.lastLookup(row) <= APART_SECONDS
  );
}

/** Clients behind which one actor may stand: fewer are a kiosk or two. */
const EXITS_MIN = 3;
/** Look-ups in the busiest hours of all these clients together. */
const EXITS_HOUR_MIN = 300;

/**
 * Agents that look up a great deal, from several addresses, and fetch next to nothing of what the
 * page brings along, though other visitors do: a browser's name, but no browser.
 */
function bareAgents(clients: Clients): ReadonlySet<number> {
  const sums = new Map<number, { lookups: number; bare: number; clients: number; peak: number }>();
  let [lookups, bare] = [0, 0];
  for (let row = 1; row < clients.size; row++) {
    const own = clients.lookups(row);
    if (own === 0) continue;
    const agent = clients.agentOf(row);
    const sum = sums.get(agent) ?? { lookups: 0, bare: 0, clients: 0, peak: 0 };
    sums.set(agent, sum);
    const without = clients.assets(row) === 0 && clients.changes(row) * 5 >= own ? own : 0;
    sum.lookups += own;
    sum.bare += without;
    sum.clients += 1;
    sum.peak += clients.peakHour(row);
    lookups += own;
    bare += without;
  }
  const out = new Set<number>();
  for (const [agent, sum] of sums) {
    const others = lookups - sum.lookups;
    const habit = others === 0 ? 1 : (bare - sum.bare) / others;
    const many = sum.clients >= EXITS_MIN && sum.lookups >= sum.clients * 20;
    if (many && sum.peak >= EXITS_HOUR_MIN && sum.bare >= sum.lookups * 0.9 && habit < 0.5)
      out.add(agent);
  }
  return out;
}

/** Not for one record for ever, as a monitor does. */
const asksForOthers = (clients: Clients, row: number): boolean =>
  clients.lookups(row) > 0 && clients.changes(row) >= clients.lookups(row) * 0.2;

/**
 * A script by its own word, or quicker than people are, of whom images and styles would be seen.
 */
function pacedByMachine(clients: Clients): (row: number) => boolean {
  const assetsLogged = logsAssets(clients);
  const hidden = hidesAddresses(clients);
  return (row) => {
    const kind = clients.agents[clients.agentOf(row)]?.kind;
    if (kind === 'script' || kind === 'scanner') return true;
    const peak = clients.peakHour(row);
    if (assetsLogged) {
      const quick = peak >= MACHINE_HOUR_MIN || isSustained(clients, row);
      return quick && clients.assets(row) * 50 <= clients.lookups(row);
    }
    return peak >= MACHINE_HOUR_UNSEEN_MIN && !hidden;
  };
}

function isSustained(clients: Clients, row: number): boolean {
  const lookups = clients.lookups(row);
  const hours = (clients.lastLookup(row) - clients.firstLookup(row)) / 3_600;
  return lookups >= SUSTAINED.lookups && lookups >= hours * SUSTAINED.hourly;
}

/** Addresses that a log shows where each visitor's own is in it. */
const ADDRESSES_MIN = 50;
/** Look-ups that it takes to say so. */
const LOOKUPS_MIN = 500;

/** Whether most look-ups come from one network, of few addresses: a proxy hides who asks. */
export function hidesAddresses(clients: Clients): boolean {
  const addresses = new Set<number>();
  const sums = new Map<number, number>();
  let all = 0;
  for (let row = 1; row < clients.size; row++) {
    const lookups = clients.lookups(row);
    if (lookups === 0) continue;
    const network = clients.network(row);
    sums.set(network, (sums.get(network) ?? 0) + lookups);
    all += lookups;
    addresses.add(clients.addressKey(row));
    if (addresses.size >= ADDRESSES_MIN) return false;
  }
  return all >= LOOKUPS_MIN && Math.max(...sums.values()) * 2 >= all;
}
