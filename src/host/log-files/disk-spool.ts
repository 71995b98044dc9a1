import { closeSync, mkdtempSync, openSync, readSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Spool } from '../../core/access-log/index.ts';

/** Blocks of 1.5 MB that stay in memory; a month of a small office never touches the disk. */
const MEMORY_BLOCKS_MAX = 24;

export interface DiskSpool extends Spool {
  /** Leaves nothing behind; also when the process ends before. */
  close(): void;
}

/**
 * A spool that goes to disk when it grows: a file of mode 600 in a folder of its own, which is
 * unlinked as soon as it is open, so that not even a killed process leaves record numbers behind.
 */
export function createDiskSpool(): DiskSpool {
  const memory: Uint8Array[] = [];
  let file: { readonly descriptor: number; readonly folder: string } | null = null;
  let onDisk = 0;
  let blockBytes = 0;
  return {
    push(block) {
      if (memory.length < MEMORY_BLOCKS_MAX) {
        memory.push(block);
        return;
      }
      file ??= openUnseen();
      blockBytes = block.length;
      for (let at = 0; at < block.length; ) {
        at += writeSync(file.descriptor, block, at, block.length - at, onDisk * blockBytes + at);
      }
      onDisk += 1;
    },
    *blocks() {
      yield* memory;
      // One buffer for all: a fresh one for each block would wait for the collector.
      const bytes = new Uint8Array(blockBytes);
      for (let block = 0; file !== null && block < onDisk; block++) {
        for (let at = 0; at < blockBytes; ) {
          const read = readSync(
            file.descriptor,
            bytes,
            at,
            blockBytes - at,
            block * blockBytes + at,
          );
          if (read === 0) throw new Error('the spool is shorter than what was written to it');
          at += read;
        }
        yield bytes;
      }
    },
    close() {
      if (file === null) return;
      closeSync(file.descriptor);
      rmSync(file.folder, { recursive: true, force: true });
      file = null;
    },
  };
}

function openUnseen(): { readonly descriptor: number; readonly folder: string } {
  const folder = mkdtempSync(join(tmpdir(), 'tocsin-'));
  const descriptor = openSync(join(folder, 'look-ups'), 'wx+', 0o600);
  // Windows keeps an open file; `close` removes it there.
  if (process.platform !== 'win32') rmSync(folder, { recursive: true, force: true });
  return { descriptor, folder };
}
