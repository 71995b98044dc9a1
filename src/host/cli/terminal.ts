import { once } from 'node:events';

/** Where text for a person goes; what stands here decides how it may look. */
export interface Terminal {
  /** Results, to standard output; resolves when more may come. */
  write(text: string): Promise<void>;
  /** One line for the person, to standard error: a refusal, a loss, a defect. */
  say(line: string): void;
  /** Raw text to standard error, for a line that is drawn over. */
  draw(text: string): void;
  /** Standard error is a terminal that can move its cursor. */
  readonly draws: boolean;
  readonly columns: number;
  readonly colour: boolean;
  readonly unicode: boolean;
}

const COLUMNS_WHEN_UNKNOWN = 80;

export function nodeTerminal(): Terminal {
  const { stdout, stderr, env } = process;
  const draws = stderr.isTTY === true && env['TERM'] !== 'dumb';
  return {
    write: async (text) => {
      if (!stdout.write(text)) await once(stdout, 'drain').catch(waitForTheEnd);
    },
    say: (line) => void stderr.write(`${line}\n`),
    draw: (text) => void stderr.write(text),
    draws,
    get columns() {
      return stderr.columns || COLUMNS_WHEN_UNKNOWN;
    },
    // https://no-color.org: any value but the empty one.
    colour: draws && (env['NO_COLOR'] ?? '') === '',
    unicode: /utf-?8/i.test(env['LC_ALL'] || env['LC_CTYPE'] || env['LANG'] || ''),
  };
}

/** Whoever reads has gone (`head` closed the pipe): nothing more is made, until boot ends us. */
function waitForTheEnd(error: unknown): Promise<never> {
  if (error instanceof Error && 'code' in error && error.code === 'EPIPE')
    return new Promise(() => undefined);
  throw error;
}
