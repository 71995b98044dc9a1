import { StoreFault } from '../../app/ports/index.ts';
import type { Wanted } from './facts.ts';
import type { LogWriter } from './log-writer.ts';

interface Waiting {
  readonly wanted: Wanted;
  resolve(added: number): void;
  reject(error: unknown): void;
}

/** Writes that wait together share one transaction and one fsync, up to this many facts. */
const FACTS_MAX = 20_000;

/**
 * Group commit: while one batch is on its way to the disk, whatever is asked meanwhile gathers, and
 * goes next as one batch. After a failure the log's state is unknown, so everything later fails
 * too.
 */
export class WriteQueue {
  readonly #writer: LogWriter;
  #waiting: Waiting[] = [];
  #broken: { readonly error: unknown } | null = null;
  #running: Promise<void> = Promise.resolve();
  #isRunning = false;

  constructor(writer: LogWriter) {
    this.#writer = writer;
  }

  /** Resolves with the number of facts added when they are on disk. */
  add(wanted: Wanted): Promise<number> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ wanted, resolve, reject });
      if (!this.#isRunning) this.#running = this.#run();
    });
  }

  /** Resolves when nothing is waiting any more. */
  async idle(): Promise<void> {
    await this.#running;
  }

  async #run(): Promise<void> {
    this.#isRunning = true;
    while (this.#waiting.length > 0) await this.#commit(this.#takeNext());
    this.#isRunning = false;
  }

  async #commit(batch: readonly Waiting[]): Promise<void> {
    try {
      if (this.#broken !== null) throw new StoreFault('store-lost', this.#broken.error);
      const added = await this.#writer.commit(batch.map(({ wanted }) => wanted));
      for (const [n, { resolve }] of batch.entries()) resolve(added[n] ?? 0);
    } catch (error) {
      this.#broken ??= { error };
      for (const { reject } of batch) reject(error);
    }
  }

  #takeNext(): readonly Waiting[] {
    let facts = 0;
    let count = 0;
    while (count < this.#waiting.length && (count === 0 || facts < FACTS_MAX)) {
      facts += sizeOf(this.#waiting[count]!.wanted);
      count += 1;
    }
    return this.#waiting.splice(0, count);
  }
}

function sizeOf(wanted: Wanted): number {
  switch (wanted.kind) {
    case 'custody':
      return wanted.deposits.length;
    case 'finding':
      return wanted.findings.length;
    case 'act':
      return 1;
  }
}
