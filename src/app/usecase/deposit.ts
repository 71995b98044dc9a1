import type { CustodyEntry } from '../../core/evidence/index.ts';
import {
  type Clock,
  type Deposit,
  type EvidenceStore,
  type ExhibitVault,
  type Found,
  type Intake,
  type Progress,
  ReadFailure,
  type Unread,
} from '../ports/index.ts';

/** Files being hashed and written at once: enough to keep two cores and a disk busy. */
const DEPOSITS_AT_ONCE = 48;

/** Deposits per transaction: one log append and one signature for all of them. */
const DEPOSIT_BATCH_MAX = 256;

export interface DepositPorts {
  readonly intake: Pick<Intake, 'find' | 'kindOf'>;
  readonly vault: Pick<ExhibitVault, 'keep'>;
  readonly store: Pick<EvidenceStore, 'deposit' | 'exhibits'>;
  readonly clock: Clock;
  readonly progress: Progress;
}

export interface DepositOrder {
  readonly paths: readonly string[];
  /** Who hands the evidence over. */
  readonly givenBy: string;
}

export interface DepositSummary {
  readonly files: number;
  readonly bytes: number;
  /** Custody entries that did not stand before. */
  readonly added: number;
  readonly unread: readonly Unread[];
}

/**
 * Takes every file below the paths into the case: bytes hashed while they stream to the vault, then
 * custody and log. A file that cannot be read is named once and the rest goes on. The same file
 * given again by the same person is no second handing over: its first custody entry stands.
 */
export async function depositPaths(
  ports: DepositPorts,
  order: DepositOrder,
): Promise<DepositSummary> {
  const standing = await standingCustody(ports);
  const summary = { files: 0, bytes: 0, added: 0, unread: [] as Unread[] };
  let waiting: Promise<Deposit | Unread>[] = [];
  const flush = async (): Promise<void> => {
    const settled = await Promise.all(waiting);
    waiting = [];
    const deposits = settled.filter((item) => 'exhibit' in item);
    for (const item of settled) if (!('exhibit' in item)) note(item);
    const entries = deposits.filter(({ custody }) => !standing.has(handover(custody)));
    if (entries.length > 0) summary.added += (await ports.store.deposit(entries)).added;
    summary.files += deposits.length;
    summary.bytes += deposits.reduce((sum, { exhibit }) => sum + exhibit.bytes, 0);
    ports.progress.update('Taking in', summary.files, null);
  };
  const note = (unread: Unread): void => {
    summary.unread.push(unread);
    ports.progress.note(`${unread.name}: ${unread.text}`);
  };
  const gate = createGate(DEPOSITS_AT_ONCE);
  for await (const item of ports.intake.find(order.paths)) {
    if ('unread' in item) note(item.unread);
    if ('skipped' in item) ports.progress.note(`${item.skipped.name}: ${item.skipped.text}`);
    if (!('found' in item)) continue;
    await gate.enter();
    waiting.push(depositFile(ports, order, item.found).finally(gate.leave));
    if (waiting.length >= DEPOSIT_BATCH_MAX) await flush();
  }
  await flush();
  return summary;
}

async function standingCustody({ store }: DepositPorts): Promise<ReadonlySet<string>> {
  const standing = new Set<string>();
  for await (const { custody } of store.exhibits()) {
    for (const entry of custody) standing.add(handover(entry));
  }
  return standing;
}

/** Everything of a custody entry but its time. */
const handover = ({ exhibit, givenBy, receivedHow, name }: CustodyEntry): string =>
  [exhibit, givenBy, receivedHow, name].join('\0');

async function depositFile(
  { vault, intake, clock }: DepositPorts,
  { givenBy }: DepositOrder,
  file: Found,
): Promise<Deposit | Unread> {
  const receivedAt = clock.now();
  try {
    const { digest, bytes, head } = await vault.keep(file.open());
    return {
      exhibit: { digest, bytes, kind: intake.kindOf(head) },
      custody: { exhibit: digest, givenBy, receivedAt, receivedHow: 'file', name: file.name },
    };
  } catch (cause) {
    if (cause instanceof ReadFailure) return cause.unread;
    throw cause;
  }
}

interface Gate {
  enter(): Promise<void>;
  readonly leave: () => void;
}

/** Lets at most `places` through at once, in the order of asking. */
export function createGate(places: number): Gate {
  let free = places;
  const queue: (() => void)[] = [];
  return {
    async enter() {
      if (free > 0) free -= 1;
      else await new Promise<void>((resolve) => queue.push(resolve));
    },
    leave: () => {
      const next = queue.shift();
      if (next === undefined) free += 1;
      else next();
    },
  };
}
