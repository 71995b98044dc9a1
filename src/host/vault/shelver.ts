import { closeSync, fsync, mkdirSync, openSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { VaultFault } from '../../app/ports/index.ts';
import type { Sha256 } from '../../core/base/index.ts';
import type { Draft } from './draft.ts';
import { isRealFolder, pathOf, plainFile, shelfOf } from './layout.ts';

const fsyncAsync = promisify(fsync);

/** Drafts of one round. Each holds an open file. */
const ROUND_MAX = 256;

/** A sealed draft with the name that it is to get. */
interface Ready {
  readonly draft: Draft;
  readonly digest: Sha256;
  readonly bytes: number;
}

interface Waiting extends Ready {
  resolve(): void;
  reject(error: unknown): void;
}

/**
 * Gives drafts their names, in rounds: whatever is ready while one round is on its way to the disk
 * goes with the next. All contents of a round are synced first, then all are named, then each
 * shelf once: no crash leaves a half under a digest, and a file costs a third of what it would cost
 * with syncs of its own (bench: 6,000 files of 4 KB, 0.7 instead of 1.9 CPU-seconds).
 */
export class Shelver {
  readonly #folder: string;
  /** Shelves whose earlier entries are on disk, whoever put them there. */
  readonly #durable = new Set<string>();
  #waiting: Waiting[] = [];
  #isRunning = false;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** Resolves when content and name are on disk, or the same content stood there already. */
  async shelve(ready: Ready): Promise<void> {
    await this.#prepareShelf(shelfOf(ready.digest));
    if (plainFile(this.#folder, ready.digest)?.bytes === ready.bytes) return;
    return await new Promise((resolve, reject) => {
      this.#waiting.push({ ...ready, resolve, reject });
      if (!this.#isRunning) void this.#run();
    });
  }

  async #run(): Promise<void> {
    this.#isRunning = true;
    while (this.#waiting.length > 0) await this.#shelveRound(this.#waiting.splice(0, ROUND_MAX));
    this.#isRunning = false;
  }

  async #shelveRound(round: readonly Waiting[]): Promise<void> {
    const flushed = await passing(round, async ({ draft }) => {
      await draft.flush();
    });
    const named = await passing(flushed, async ({ draft, digest }) => {
      renameSync(draft.path, pathOf(this.#folder, digest));
    });
    const byShelf = Map.groupBy(named, ({ digest }) => shelfOf(digest));
    await Promise.all(
      [...byShelf].map(async ([shelf, members]) => {
        const synced = syncFolder(join(this.#folder, shelf));
        for (const { resolve } of await passing(members, () => synced)) resolve();
      }),
    );
  }

  /** Once a process: what an earlier one put on the shelf may not have reached the disk. */
  async #prepareShelf(shelf: string): Promise<void> {
    if (this.#durable.has(shelf)) return;
    const path = join(this.#folder, shelf);
    mkdirSync(path, { recursive: true, mode: 0o700 });
    if (!isRealFolder(path)) throw new VaultFault('vault-unusable');
    await Promise.all([syncFolder(this.#folder), syncFolder(path)]);
    this.#durable.add(shelf);
  }
}

/** Does the step for all at once; who fails is rejected, the others go on. */
async function passing(
  members: readonly Waiting[],
  step: (member: Waiting) => Promise<void>,
): Promise<readonly Waiting[]> {
  const outcomes = await Promise.allSettled(members.map(step));
  return members.filter((member, n) => {
    const outcome = outcomes[n]!;
    if (outcome.status === 'rejected') member.reject(outcome.reason);
    return outcome.status === 'fulfilled';
  });
}

/** Makes the names in a folder durable: a rename survives a power cut only after this. */
async function syncFolder(folder: string): Promise<void> {
  const handle = openSync(folder, 'r');
  try {
    await fsyncAsync(handle);
  } finally {
    closeSync(handle);
  }
}
