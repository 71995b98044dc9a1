import type { Command, CommandRow } from './command.ts';

export const usageOf = (row: CommandRow, command: Command): string =>
  `tocsin ${row.name} ${command.usage}`.trimEnd();

export function generalHelp(commands: readonly CommandRow[]): string {
  return [
    'Tocsin: from reported e-mails to a sourced public answer.',
    '',
    'usage: tocsin COMMAND ...',
    '',
    ...columns(commands.map(({ name, summary }) => [name, summary])),
    '',
    '"tocsin help COMMAND" says more. "tocsin --version" names the version.',
    'Exit codes: 0 done; 1 done, but something could not be read; 2 wrong use; 3 a defect in Tocsin.',
  ].join('\n');
}

export function commandHelp(row: CommandRow, command: Command): string {
  const options = Object.entries(command.options).map(
    ([name, { value, says }]) =>
      [value === null ? `--${name}` : `--${name} ${value}`, says] as const,
  );
  return [
    `usage: ${usageOf(row, command)}`,
    '',
    ...command.about,
    ...(options.length > 0 ? ['', 'options:', ...columns(options)] : []),
  ].join('\n');
}

function columns(rows: readonly (readonly [string, string])[]): readonly string[] {
  const width = Math.max(...rows.map(([name]) => name.length));
  return rows.map(([name, says]) => `  ${name.padEnd(width)}  ${says}`);
}
