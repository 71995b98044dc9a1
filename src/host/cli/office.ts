import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import type { CountyTallies, NoticeFolder, Office, Progress } from '../../app/ports/index.ts';
import { NO_OFFICE, type OfficeAddresses, parseOffice } from '../../core/letter/index.ts';
import { writeDurably } from '../case/index.ts';
import { nodeKernels } from '../kernels/index.ts';
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

/** What `--office` says: the office's addresses, `none` for none, or null where it is not given. */
export function officeNamed(
  order: Pick<Order, 'option'>,
): OfficeAddresses | null | { readonly wrongUse: string } {
  const text = order.option('office');
  if (text === null) return null;
  if (text === 'none') return NO_OFFICE;
  const office = parseOffice(text);
  if (office.ok) return office.value;
  return {
    wrongUse: `--office takes addresses or domains with commas between them, or none; "${office.failure.name}" is neither`,
  };
}
