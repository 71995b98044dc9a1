import { createHash } from 'node:crypto';
import { closeSync, fdatasync, openSync, unlinkSync, write, writeSync } from 'node:fs';
import { promisify } from 'node:util';
import { VAULT_HEAD_BYTES, type VaultedBytes } from '../../app/ports/index.ts';
import type { Sha256 } from '../../core/base/index.ts';

const fdatasyncAsync = promisify(fdatasync);
const writeAsync = promisify(write);

/** Content up to here is gathered in memory and written in one go; most mail is smaller. */
const SMALL_BYTES_MAX = 1 << 18;

/** Exhibits are evidence: nobody writes to them, only the case's own user reads them. */
const FILE_MODE = 0o400;

/**
 * Content on its way in, hashed as it comes: in memory while it is small, then in a temporary file.
 *
 * `path` names the file if one is needed. Always `discard` at the end; it does nothing to a file
 * that was moved away.
 */
export class Draft {
  readonly path: string;
  readonly #hasher = createHash('sha256');
  #gathered: Uint8Array[] = [];
  #bytes = 0;
  #head: Uint8Array = new Uint8Array(0);
  #handle: number | null = null;

  constructor(path: string) {
    this.path = path;
  }

  /** The chunk may be reused by its owner afterwards. */
  async add(chunk: Uint8Array): Promise<void> {
    this.#hasher.update(chunk);
    this.#bytes += chunk.length;
    if (this.#head.length < VAULT_HEAD_BYTES) {
      const more = chunk.subarray(0, VAULT_HEAD_BYTES - this.#head.length);
      this.#head = Uint8Array.from(Buffer.concat([this.#head, more]));
    }
    if (this.#handle === null && this.#bytes <= SMALL_BYTES_MAX) {
      this.#gathered.push(Uint8Array.from(chunk));
      return;
    }
    await writeWhole(this.#spill(), chunk);
  }

  /** Ends the content. */
  seal(): VaultedBytes {
    const digest = this.#hasher.digest('hex') as Sha256;
    return { digest, bytes: this.#bytes, head: this.#head };
  }

  /** On disk when it resolves, under the temporary name. */
  async flush(): Promise<void> {
    await fdatasyncAsync(this.#spill());
  }

  discard(): void {
    if (this.#handle === null) return;
    closeSync(this.#handle);
    this.#handle = null;
    try {
      unlinkSync(this.path);
    } catch {
      // It was moved to its shelf; or it stays and the next writer sweeps it away.
    }
  }

  /** Opens the file and writes what was gathered, once: small content costs no trip to a thread. */
  #spill(): number {
    if (this.#handle !== null) return this.#handle;
    this.#handle = openSync(this.path, 'wx', FILE_MODE);
    for (const chunk of this.#gathered) {
      for (let at = 0; at < chunk.length; ) at += writeSync(this.#handle, chunk, at);
    }
    this.#gathered = [];
    return this.#handle;
  }
}

async function writeWhole(handle: number, chunk: Uint8Array): Promise<void> {
  for (let at = 0; at < chunk.length; ) {
    const { bytesWritten } = await writeAsync(handle, chunk, at);
    at += bytesWritten;
  }
}
