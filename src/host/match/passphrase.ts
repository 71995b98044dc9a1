import { readFileSync } from 'node:fs';
import type { StepOrder, StepTerminal } from './surroundings.ts';

/** Shorter ones fall to guessing, argon2 or not. */
const LENGTH_MIN = 12;
const LENGTH_MAX = 1000;

export type PassphraseReading = { readonly passphrase: string } | { readonly wrongUse: string };

/**
 * The passphrase of the sealed keys: first line of `--passphrase-file`, else asked for without
 * showing it; twice where it is chosen. Never on the command line, which others can list.
 */
export async function readPassphrase(
  order: StepOrder,
  { terminal, chosen }: { readonly terminal: StepTerminal; readonly chosen: boolean },
): Promise<PassphraseReading> {
  const file = order.option('passphrase-file');
  if (file !== null) return checked(fromFile(file));
  if (!process.stdin.isTTY) {
    return { wrongUse: 'needs a passphrase: --passphrase-file FILE, or a terminal to ask on' };
  }
  const first = await ask(terminal, chosen ? 'Choose a passphrase: ' : 'Passphrase: ');
  if (chosen && first !== null && (await ask(terminal, 'Once more: ')) !== first) {
    return { wrongUse: 'the two passphrases differ' };
  }
  return checked(first);
}

function checked(passphrase: string | null): PassphraseReading {
  if (passphrase === null) return { wrongUse: 'the passphrase cannot be read' };
  if (passphrase.length < LENGTH_MIN || passphrase.length > LENGTH_MAX) {
    return { wrongUse: `a passphrase has at least ${LENGTH_MIN} characters` };
  }
  return { passphrase };
}

function fromFile(path: string): string | null {
  try {
    return readFileSync(path, 'utf8').split(/\r?\n/)[0] ?? '';
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause) return null;
    throw cause;
  }
}

/** One line typed without echo; null where the person gave up (Ctrl-C, Ctrl-D). */
function ask(terminal: StepTerminal, question: string): Promise<string | null> {
  const { stdin } = process;
  terminal.draw(question);
  stdin.setRawMode(true);
  stdin.setEncoding('utf8');
  stdin.resume();
  return new Promise((done) => {
    let typed = '';
    const finish = (answer: string | null): void => {
      stdin.off('data', read);
      stdin.setRawMode(false);
      stdin.pause();
      terminal.draw('\n');
      done(answer);
    };
    const read = (chunk: string): void => {
      for (const character of chunk) {
        if (character === '\r' || character === '\n') {
          finish(typed);
          return;
        }
        if (character === '\u0003' || character === '\u0004') {
          finish(null);
          return;
        }
        if (character === '\u007f' || character === '\b') typed = typed.slice(0, -1);
        else typed += character;
      }
    };
    stdin.on('data', read);
  });
}
