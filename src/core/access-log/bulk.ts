import type { ReadLog } from './access-log.ts';
import type { ActorDraft } from './actors.ts';
import type { Clients } from './clients.ts';
import type { Survey } from './survey.ts';

/** Look-ups in one hour that no person does by hand: one each 18 seconds. */
const MACHINE_HOUR_MIN = 200;

/**
 * Clients who ask for ever other records by machine, in no order: what a script says it is, or more
 * look-ups in an hour than hands can do, without the images and styles that a browser fetches.
 */
export function bulkClients(
  { clients }: ReadLog,
  { isOrdinary }: Survey,
): (client: number) => boolean {
  const bare = bareAgents(clients);
  return (row) =>
    !isOrdinary(row) && (bare.has(clients.agentOf(row)) || asksByMachine(clients, row));
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
    const own = rows.map((row) => ({ row, part: 'all' as const }));
    const kin = out.find((draft) =>
      draft.clients.some(({ row, part }) => part !== 'walk' && clients.agentOf(row) === agent),
    );
    if (kin === undefined) out.push({ tracks: [], before: new Map(), clients: own });
    else kin.clients.push(...own);
  }
  return out;
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

function asksByMachine(clients: Clients, row: number): boolean {
  const lookups = clients.lookups(row);
  if (lookups === 0 || clients.changes(row) < lookups * 0.2) return false;
  const kind = clients.agents[clients.agentOf(row)]?.kind;
  if (kind === 'script' || kind === 'scanner') return true;
  return clients.peakHour(row) >= MACHINE_HOUR_MIN && clients.assets(row) * 50 <= lookups;
}
