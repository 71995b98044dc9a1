import {
  closeSync,
  fsyncSync,
  linkSync,
  openSync,
  renameSync,
  unlinkSync,
  writeSync,
} from 'node:fs';

/** Written whole or not at all; throws EEXIST where the file stands. */
export function createFile(path: string, bytes: Uint8Array, mode = 0o644): void {
  const draft = writeDraft(path, bytes, mode);
  try {
    linkSync(draft, path);
  } finally {
    unlinkSync(draft);
  }
}

/** Written whole or not at all, over whatever stood there. */
export const replaceFile = (path: string, bytes: Uint8Array, mode = 0o644): void =>
  renameSync(writeDraft(path, bytes, mode), path);

function writeDraft(path: string, bytes: Uint8Array, mode: number): string {
  const draft = `${path}.${process.pid}`;
  const handle = openSync(draft, 'w', mode);
  try {
    for (let at = 0; at < bytes.length; ) at += writeSync(handle, bytes, at);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
  return draft;
}
