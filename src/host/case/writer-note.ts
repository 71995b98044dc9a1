import { rmSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { isAlive } from '../store/index.ts';
import { readIfThere, writeDurably } from './case-files.ts';

/**
 * Says who writes to the case, for the message that a second one gets. It is no lock: that is the
 * store's, and ends with its session.
 */
export interface Writer {
  readonly pid: number;
  readonly host: string;
}

const notePath = (folder: string): string => join(folder, 'writer.json');

export function leaveNote(folder: string): void {
  const writer: Writer = { pid: process.pid, host: hostname() };
  writeDurably(notePath(folder), `${JSON.stringify(writer)}\n`, 0o600);
}

export function removeNote(folder: string): void {
  rmSync(notePath(folder), { force: true });
}

export function readNote(folder: string): Writer | null {
  try {
    const { pid, host } = JSON.parse(readIfThere(notePath(folder)) ?? '');
    return Number.isSafeInteger(pid) && typeof host === 'string' ? { pid, host } : null;
  } catch {
    return null;
  }
}

/** On another machine we cannot see, so it is taken to live. */
export const mayLive = ({ pid, host }: Writer): boolean => host !== hostname() || isAlive(pid);
