import type { Terminal } from '../../src/host/cli/index.ts';

export interface RecordedTerminal extends Terminal {
  /** Standard output, whole. */
  out(): string;
  /** Standard error, whole. */
  err(): string;
}

/** A terminal that keeps what it was given. */
export function recordedTerminal(look: Partial<Terminal> = {}): RecordedTerminal {
  const out: string[] = [];
  const err: string[] = [];
  return {
    write: async (text) => void out.push(text),
    say: (line) => void err.push(`${line}\n`),
    draw: (text) => void err.push(text),
    draws: false,
    columns: 80,
    colour: false,
    unicode: false,
    ...look,
    out: () => out.join(''),
    err: () => err.join(''),
  };
}
