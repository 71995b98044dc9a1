import { closeSync, fsync, openSync } from 'node:fs';
import { promisify } from 'node:util';

const fsyncAsync = promisify(fsync);

/** Makes the names in a folder durable: a rename survives a power cut only after this. */
export type FolderSync = (folder: string) => Promise<void>;

interface Turn {
  running: Promise<void>;
  /** The sync that has not begun: whoever asks before it begins is served by it. */
  waiting: Promise<void> | null;
}

/** One fsync serves all who asked for the same folder before it began. */
export function makeFolderSync(): FolderSync {
  const turns = new Map<string, Turn>();
  return (folder) => {
    const turn = turns.get(folder) ?? { running: Promise.resolve(), waiting: null };
    turns.set(folder, turn);
    if (turn.waiting !== null) return turn.waiting;
    const begin = (): Promise<void> => {
      turn.waiting = null;
      turn.running = syncFolder(folder);
      return turn.running;
    };
    turn.waiting = turn.running.then(begin, begin);
    return turn.waiting;
  };
}

export async function syncFolder(folder: string): Promise<void> {
  const handle = openSync(folder, 'r');
  try {
    await fsyncAsync(handle);
  } finally {
    closeSync(handle);
  }
}
