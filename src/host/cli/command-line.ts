import { parseArgs } from 'node:util';
import { printable } from '../../core/display/index.ts';
import type { Command, CommandRow, ExitCode, Order, Outcome, Surroundings } from './command.ts';
import { commandHelp, generalHelp, usageOf } from './help.ts';
import { nearest } from './nearest.ts';

export interface CommandLine {
  readonly commands: readonly CommandRow[];
  /** What `tocsin --version` prints. */
  readonly version: string;
}

/**
 * Runs one order, from words to exit code. Whatever a command throws is a defect: it is printed
 * with its stack and ends in 3; nothing is thrown on.
 */
export async function runCommandLine(
  words: readonly string[],
  { commands, version }: CommandLine,
  surroundings: Surroundings,
): Promise<ExitCode> {
  const { terminal } = surroundings;
  try {
    const outcome = await dispatch(words, { commands, version }, surroundings);
    if (typeof outcome === 'number') return outcome;
    terminal.say(`tocsin: ${outcome.wrongUse}`);
    return 2;
  } catch (defect) {
    const stack = defect instanceof Error ? (defect.stack ?? defect.message) : String(defect);
    terminal.say('tocsin: this is a defect in Tocsin, not in what you did. Please report it with:');
    terminal.say(stack.split('\n').map(printable).join('\n'));
    return 3;
  }
}

async function dispatch(
  words: readonly string[],
  line: CommandLine,
  surroundings: Surroundings,
): Promise<Outcome> {
  const { terminal } = surroundings;
  const [first, ...rest] = words;
  if (first === undefined) {
    terminal.say(generalHelp(line.commands));
    return 2;
  }
  if (first === '--version' || first === '-V' || first === 'version') {
    await terminal.write(`tocsin ${line.version}\n`);
    return 0;
  }
  if (first === 'help' || first === '--help' || first === '-h')
    return help(rest, line, surroundings);
  const row = line.commands.find((command) => command.name === first);
  if (row === undefined) return unknownCommand(first, line.commands);
  const command = await row.load();
  const order = readOrder(rest, command);
  if ('wrongUse' in order) return withUsage(order.wrongUse, row, command);
  if (order.given('help')) return help([row.name], line, surroundings);
  const outcome = await command.run(order, surroundings);
  return typeof outcome === 'number' ? outcome : withUsage(outcome.wrongUse, row, command);
}

async function help(
  [name, extra]: readonly string[],
  { commands }: CommandLine,
  { terminal }: Surroundings,
): Promise<Outcome> {
  const row = commands.find((command) => command.name === name);
  if (extra !== undefined)
    return { wrongUse: `help takes one command, not "${printable(extra)}" too` };
  if (name === undefined) await terminal.write(`${generalHelp(commands)}\n`);
  else if (row === undefined) return unknownCommand(name, commands);
  else await terminal.write(`${commandHelp(row, await row.load())}\n`);
  return 0;
}

function unknownCommand(word: string, commands: readonly CommandRow[]): Outcome {
  const what = word.startsWith('-') ? 'option' : 'command';
  const meant = nearest(
    word,
    commands.map((command) => command.name),
  );
  const hint = meant === null ? 'see "tocsin help"' : `did you mean "${meant}"?`;
  return { wrongUse: `there is no ${what} "${printable(word)}": ${hint}` };
}

const withUsage = (wrongUse: string, row: CommandRow, command: Command): Outcome => ({
  wrongUse: `${row.name}: ${wrongUse}\nusage: ${usageOf(row, command)}`,
});

function readOrder(
  words: readonly string[],
  command: Command,
): Order | { readonly wrongUse: string } {
  const known = Object.entries(command.options);
  const { tokens } = parseArgs({
    args: [...words],
    options: {
      ...Object.fromEntries(
        known.map(
          ([name, { value }]) => [name, { type: value === null ? 'boolean' : 'string' }] as const,
        ),
      ),
      help: { type: 'boolean', short: 'h' },
    },
    allowPositionals: true,
    strict: false,
    tokens: true,
  });
  const values = new Map<string, string | true>();
  const positionals: string[] = [];
  for (const token of tokens) {
    if (token.kind === 'positional') positionals.push(token.value);
    if (token.kind !== 'option') continue;
    const wrongUse = wrongOption(token, command);
    if (wrongUse !== null) return { wrongUse };
    if (values.has(token.name)) return { wrongUse: `${token.rawName} is given twice` };
    values.set(token.name, token.value ?? true);
  }
  return {
    arguments: positionals,
    option: (name) => {
      const value = values.get(name);
      return typeof value === 'string' ? value : null;
    },
    given: (name) => values.has(name),
  };
}

interface OptionWord {
  readonly name: string;
  readonly rawName: string;
  readonly value: string | undefined;
  readonly inlineValue: boolean | undefined;
}

function wrongOption(word: OptionWord, { options }: Command): string | null {
  const { name, rawName: written, value } = word;
  if (name === 'help') return null;
  const option = Object.hasOwn(options, name) ? options[name] : undefined;
  if (option === undefined) {
    const meant = nearest(name, Object.keys(options));
    const hint = meant === null ? '' : `: did you mean --${meant}?`;
    return `there is no option "${printable(written)}"${hint}`;
  }
  if (option.value === null && value !== undefined) return `${written} takes no value`;
  if (option.value !== null && (value === undefined || value === '' || isOption(word))) {
    return `${written} needs a value: ${written} ${option.value}`;
  }
  return null;
}

/** `--out --seed 3`: the person forgot the folder. */
const isOption = ({ value, inlineValue }: OptionWord): boolean =>
  inlineValue !== true && value?.startsWith('-') === true;
