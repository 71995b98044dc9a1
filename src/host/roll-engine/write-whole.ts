import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';

/** A file that appears whole under its name or not at all. */
export interface WholeFile {
  write(text: string | Uint8Array): void;
  /** Syncs and gives it its name. */
  keep(): void;
  /** Removes what was written; harmless after `keep`. */
  drop(): void;
}

export function writeWhole(path: string, mode: number): WholeFile {
  const draft = `${path}.draft`;
  const file = openSync(draft, 'wx', mode);
  let open = true;
  const close = (): void => {
    if (open) closeSync(file);
    open = false;
  };
  return {
    write: (text) =>
      void (typeof text === 'string' ? writeSync(file, text) : writeSync(file, text)),
    keep: () => {
      fsyncSync(file);
      close();
      renameSync(draft, path);
    },
    drop: () => {
      close();
      rmSync(draft, { force: true });
    },
  };
}
