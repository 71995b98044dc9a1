import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Investigation } from '../../src/core/report/index.ts';

export interface Run {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

const COMMAND = resolve(import.meta.dirname, '../../bin/tocsin');

/**
 * Runs `bin/tocsin` as a person would; `node` names another Node to start it on, `input` is piped
 * in.
 */
export function tocsin(
  words: readonly string[],
  node = process.execPath,
  input = '',
): Promise<Run> {
  return new Promise((done, failed) => {
    const child = spawn(node, [COMMAND, ...words], { stdio: ['pipe', 'pipe', 'pipe'] });
    // Who has ended does not read on.
    child.stdin.on('error', () => undefined).end(input);
    const out: Buffer[] = [];
    const err: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => out.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => err.push(chunk));
    child.on('error', failed);
    child.on('close', (code) =>
      done({ code, out: Buffer.concat(out).toString(), err: Buffer.concat(err).toString() }),
    );
  });
}

/** What the last run of `investigate` wrote for programs. */
export const findingsOf = (caseFolder: string): Investigation =>
  JSON.parse(readFileSync(join(caseFolder, 'report/findings.json'), 'utf8'));
