import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import type {
  CountyTallies,
  NameServers,
  NoticeFolder,
  Office,
  Progress,
} from '../../app/ports/index.ts';
import type { DnsOrder } from '../../app/usecase/index.ts';
import { parseDnsTranscript } from '../../core/forensics/index.ts';
import { writeDurably } from '../case/index.ts';
import { liveDns } from '../dns/index.ts';
import { isDnsTranscript } from '../intake/index.ts';
import { nodeKernels, systemClock } from '../kernels/index.ts';
import { openLookupLogs } from '../log-files/index.ts';
import { readTallies } from '../match/index.ts';
import { openRollShelf } from '../roll-engine/index.ts';
import type { Order, Surroundings } from './command.ts';

interface OfficeSetting {
  /** Of the case. */
  readonly folder: string;
  readonly progress: Pick<Progress, 'update'>;
  readonly onOpen: Surroundings['onInterrupt'];
}

/** The lists and logs that an order names, none of them opened yet. */
export function officeOf(order: Order, { folder, progress, onOpen }: OfficeSetting): Office {
  const [releases, logs] = [order.option('releases'), order.option('access-log')];
  const matches = order.option('matches');
  const [registers, facts] = [order.option('registers'), order.option('facts')];
  return {
    rolls:
      releases === null
        ? null
        : () => openRollShelf({ releases, registers, facts, kernels: nodeKernels }),
    logs:
      logs === null
        ? null
        : () =>
            openLookupLogs({
              path: logs,
              kernels: nodeKernels,
              onProgress: progress.update,
              onOpen,
            }),
    tallies: matches === null ? null : () => talliesIn(matches),
    notices: noticesIn(join(folder, 'office')),
  };
}

function talliesIn(folder: string): CountyTallies {
  const { tallies, unread } = readTallies([folder]);
  return {
    tallies,
    refused: unread.map(({ file, code, reason }) => ({ name: file, code, reason })),
  };
}

const OWNER_ONLY = { folder: 0o700, file: 0o600 } as const;

/** Beside the report, never in it. */
function noticesIn(folder: string): NoticeFolder {
  return {
    has: (name) => existsSync(join(folder, name)),
    keep: (name, lines) => {
      mkdirSync(folder, { recursive: true, mode: OWNER_ONLY.folder });
      writeDurably(join(folder, name), lines, OWNER_ONLY.file);
    },
  };
}

/**
 * Unset, V8 lets a case of a million messages grow to several times its live size on a machine with
 * much memory: the old generation by its own factor, the young one to 128 MB. The first may grow
 * this many percent over what is live before it is collected, the second stays as it starts
 * (docs/performance.md).
 */
const HEAP_FLAGS = ['--heap-growing-percent=30', '--semi-space-growth-factor=1'];

export function keepHeapSmall(): void {
  for (const flag of HEAP_FLAGS) setFlagsFromString(flag);
}

/** What `--dns` orders for a case; `paths` are taken in with the evidence. */
export interface CaseDns {
  readonly order: DnsOrder;
  readonly nameServers: NameServers;
  readonly paths: readonly string[];
}

type WrongUse = { readonly wrongUse: string };

/**
 * Reads `--dns`, `--transcript`, `--name-servers` and `--ask-local-parts` of `investigate`; null:
 * nothing is checked.
 */
export async function caseDns(order: Order): Promise<CaseDns | null | WrongUse> {
  const how = order.option('dns') ?? 'none';
  const misfit = dnsMisfit(how, order);
  if (misfit !== null) return { wrongUse: misfit };
  if (how !== 'live' && how !== 'recorded') return null;
  const file = order.option('transcript');
  const servers = order.option('name-servers')?.split(',') ?? [];
  const asksLocalParts = order.given('ask-local-parts');
  const live = (): ReturnType<typeof liveDns> =>
    liveDns({ now: systemClock.now, servers, asksLocalParts });
  if (how === 'live' && !starts(live)) {
    return { wrongUse: '--name-servers takes addresses: 192.0.2.53 or 192.0.2.53:5353' };
  }
  const named = file === null ? null : transcriptIn(file);
  if (named !== null && 'wrongUse' in named) return named;
  // With the first order that needs it: mail is read without it.
  const { nameServersBy } = await import('../mailauth/index.ts');
  return {
    order: how === 'live' ? { how, asksLocalParts } : { how, transcript: named?.digest ?? null },
    nameServers: nameServersBy(live),
    paths: file === null ? [] : [file],
  };
}

/** What does not go together; null where all does. */
function dnsMisfit(how: string, order: Order): string | null {
  if (how !== 'live' && order.given('name-servers')) return '--name-servers belongs to --dns live';
  if (how !== 'live' && order.given('ask-local-parts'))
    return '--ask-local-parts belongs to --dns live';
  if (how !== 'recorded' && order.given('transcript'))
    return '--transcript belongs to --dns recorded; with live the case keeps the answers';
  return ['live', 'recorded', 'none'].includes(how)
    ? null
    : `--dns is live, recorded or none, not "${how}"`;
}

function starts(live: () => unknown): boolean {
  try {
    live();
    return true;
  } catch {
    return false;
  }
}

function transcriptIn(
  file: string,
): { readonly digest: ReturnType<typeof nodeKernels.sha256> } | WrongUse {
  try {
    const bytes = readFileSync(file);
    const read = parseDnsTranscript(JSON.parse(bytes.toString('utf8')));
    if (read.ok && isDnsTranscript(bytes)) return { digest: nodeKernels.sha256(bytes) };
  } catch {
    // Not there, or no JSON: the same answer.
  }
  return { wrongUse: `"${file}" is no DNS transcript` };
}
